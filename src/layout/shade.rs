//! How a grapheme of the body looks: its block's role, the mentions over it, hits, selection, point, laid over each
//! other in this order.

use super::painter::Painter;
use crate::app::{App, Body, Gone, grapheme_at};
use crate::article::{Annotations, ByteSpan, EntityId, Kind, Mention, MentionId, Role};
use crate::theme::{Slot, Style};

/// What lies over the bytes of one row.
#[derive(Default)]
pub(super) struct Shade<'a> {
    covers: Vec<Cover<'a>>,
    gaps: Vec<ByteSpan>,
    hits: &'a [ByteSpan],
    current_hit: Option<ByteSpan>,
    selection: Option<ByteSpan>,
    point: Option<ByteSpan>,
    gone_mention: Option<MentionId>,
    set_off: Option<EntityId>,
}

struct Cover<'a> {
    id: MentionId,
    mention: &'a Mention,
    slot: Slot,
}

impl<'a> Shade<'a> {
    /// The mentions over the bytes of `range`, those that `shown` lets through.
    pub(super) fn of(
        annotations: &'a Annotations,
        range: ByteSpan,
        shown: impl Fn(&MentionId) -> bool,
    ) -> Self {
        let covers = annotations.touching(range).into_iter().filter(&shown);
        let parted = annotations.spanning(range).into_iter().filter(&shown);
        let gaps = parted
            .filter_map(|id| annotations.mention(id))
            .flat_map(|m| m.spans().windows(2))
            .map(|pair| ByteSpan::new(pair[0].end(), pair[1].start()));
        Self {
            covers: covers.filter_map(|id| cover(annotations, id)).collect(),
            gaps: gaps.collect(),
            ..Self::default()
        }
    }

    /// All that lies over the bytes of `range`, which are those of a row in sight.
    pub(super) fn new(app: &'a App, body: &'a Body, range: ByteSpan) -> Self {
        let article = body.article();
        let annotations = &article.annotations;
        let shown = |id: &MentionId| app.sidebar().shows(annotations, *id);
        let gone = body.gone();
        let find = app.find();
        // A mention or hit that was gone to is marked as a whole.
        let at_point = || {
            let point = body.point()?;
            matches!(point.gone, None | Some(Gone::Offset(_))).then_some(point.offset)
        };
        let point = app.selection().map(|s| s.cursor).or_else(at_point);
        Self {
            hits: find.map_or(&[], |f| f.within(range)),
            current_hit: match gone {
                Some(Gone::Hit(span)) if find.is_some_and(|f| f.is_hit(span)) => Some(span),
                _ => None,
            },
            selection: app.selection().map(|s| s.span(article)),
            point: point.map(|offset| grapheme_at(article, offset)),
            gone_mention: match gone {
                Some(Gone::Mention(id)) => Some(id),
                _ => None,
            },
            set_off: app.entity_set_off(),
            ..Self::of(annotations, range, shown)
        }
    }

    /// The style of the grapheme at `span`, in a block that looks like `ground`.
    pub(super) fn style(&self, painter: &Painter<'_>, span: ByteSpan, ground: Style) -> Style {
        let mut style = self.mention_style(painter, span, ground);
        let touches = |other: &Option<ByteSpan>| other.is_some_and(|o| o.touches(span));
        if touches(&self.current_hit) {
            style = painter.over(Slot::HitCurrent, style);
        } else if self.hits.iter().any(|h| h.touches(span)) {
            style = painter.over(Slot::Hit, style);
        }
        if touches(&self.selection) {
            style = painter.over(Slot::Selection, style);
        }
        if touches(&self.point) {
            style = painter.over(Slot::Point, style);
        }
        style
    }

    fn mention_style(&self, painter: &Painter<'_>, span: ByteSpan, ground: Style) -> Style {
        let over = || self.covers.iter().filter(|c| c.mention.touches(span));
        let Some(inner) = over().min_by_key(|c| c.mention.hull().len()) else {
            return if self.gaps.iter().any(|g| g.touches(span)) {
                painter.over(Slot::MentionGap, ground)
            } else {
                ground
            };
        };
        let mut style = painter.over(inner.slot, ground);
        match relation(over().map(|c| c.mention)) {
            Relation::Alone => {}
            Relation::Nested => style = painter.over(Slot::MentionNested, style),
            Relation::Crossing => style = painter.over(Slot::MentionCrossing, style),
        }
        if over().any(|c| c.mention.is_discontinuous()) {
            style = painter.over(Slot::MentionDiscontinuous, style);
        }
        if self.set_off.is_some() && over().any(|c| c.mention.entity == self.set_off) {
            style = painter.over(Slot::MentionEntity, style);
        }
        if over().any(|c| Some(c.id) == self.gone_mention) {
            style = painter.over(Slot::MentionPoint, style);
        }
        style
    }
}

/// How the mentions over one place lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// There is one.
    Alone,
    /// Each lies within another.
    Nested,
    /// Two overlap, neither within the other.
    Crossing,
}

fn relation<'m>(over: impl Iterator<Item = &'m Mention> + Clone) -> Relation {
    let mut found = Relation::Alone;
    let mut seen: Vec<ByteSpan> = Vec::new();
    for mention in over {
        let hull = mention.hull();
        for other in &seen {
            let within = |a: ByteSpan, b: ByteSpan| b.start() <= a.start() && a.end() <= b.end();
            if within(hull, *other) || within(*other, hull) {
                found = Relation::Nested;
            } else {
                return Relation::Crossing;
            }
        }
        seen.push(hull);
    }
    found
}

fn cover(annotations: &Annotations, id: MentionId) -> Option<Cover<'_>> {
    let mention = annotations.mention(id)?;
    Some(Cover {
        id,
        mention,
        slot: kind_slot(annotations.kind(mention.label)),
    })
}

/// The slot of a kind's mentions.
pub(super) const fn kind_slot(kind: Kind) -> Slot {
    match kind {
        Kind::Person => Slot::MentionPerson,
        Kind::Place => Slot::MentionPlace,
        Kind::Organisation => Slot::MentionOrganisation,
        Kind::Time => Slot::MentionTime,
        Kind::Event => Slot::MentionEvent,
        Kind::Work => Slot::MentionWork,
        Kind::Product => Slot::MentionProduct,
        Kind::Quantity => Slot::MentionQuantity,
        Kind::Other => Slot::MentionOther,
    }
}

/// The slot of a block's role.
pub(super) const fn role_slot(role: Role) -> Slot {
    match role {
        Role::Kicker => Slot::Kicker,
        Role::Headline => Slot::Headline,
        Role::Deck => Slot::Deck,
        Role::Byline => Slot::Byline,
        Role::Dateline => Slot::Dateline,
        Role::SectionHead => Slot::SectionHead,
        Role::Paragraph => Slot::Paragraph,
        Role::Credit => Slot::Credit,
        Role::JumpLine => Slot::JumpLine,
        Role::Caption => Slot::Caption,
        Role::Quote => Slot::Quote,
    }
}
