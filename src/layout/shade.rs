//! How a grapheme of the body looks: its block's role, the mentions over it, hits, selection, point, laid over each
//! other in this order.

use super::painter::Painter;
use crate::app::{App, Body, Find, Gone, Kept, grapheme_at};
use crate::article::{Annotations, ByteSpan, EntityId, Kind, LabelId, Mention, MentionId, Role};
use crate::theme::{Slot, Style};

/// What the reader laid over the text: hits, selection, point, where one has gone.
#[derive(Default)]
pub(super) struct Over<'a> {
    find: Option<&'a Find>,
    kept: &'a [Kept],
    current_hit: Option<ByteSpan>,
    selection: Option<ByteSpan>,
    point: Option<ByteSpan>,
    gone_mention: Option<(MentionId, &'a Mention)>,
    set_off: Option<EntityId>,
    /// Where the mentions of that entity are, of those in sight.
    set_off_at: Vec<ByteSpan>,
}

impl<'a> Over<'a> {
    /// As it is now.
    pub(super) fn new(app: &'a App, body: &'a Body) -> Self {
        let article = body.article();
        let annotations = &article.annotations;
        let place = body.point();
        let gone = place.and_then(|point| point.gone);
        let find = app.find();
        // A mention or hit that was gone to is marked as a whole.
        let at_point = place.filter(|point| matches!(point.gone, None | Some(Gone::Offset(_))));
        let point = app
            .selection()
            .map(|s| s.cursor)
            .or_else(|| at_point.map(|point| point.offset));
        let set_off = app.entity_set_off();
        let mut set_off_at = Vec::new();
        if set_off.is_some() {
            let touching = annotations.touching(body.sight()).into_iter();
            let mentions = touching.filter_map(|id| annotations.mention(id));
            let of_it = mentions.filter(|mention| mention.entity == set_off);
            set_off_at.extend(of_it.flat_map(Mention::spans));
        }
        Self {
            find,
            kept: app.kept(),
            current_hit: match gone {
                Some(Gone::Hit(span)) if find.is_some_and(|f| f.is_hit(span)) => Some(span),
                _ => None,
            },
            selection: app.selection().map(|s| s.span(article)),
            point: point.map(|offset| grapheme_at(article, offset)),
            gone_mention: match gone {
                Some(Gone::Mention(id)) => annotations.mention(id).map(|mention| (id, mention)),
                _ => None,
            },
            set_off,
            set_off_at,
        }
    }

    /// What of it is to be seen on a row with these bytes.
    pub(super) fn row(&self, range: ByteSpan) -> Laid {
        let cut = |span: Option<ByteSpan>| {
            let span = span.filter(|span| span.touches(range))?;
            let (from, to) = (span.start(), span.end());
            Some(ByteSpan::new(from.max(range.start()), to.min(range.end())))
        };
        let gone = self.gone_mention;
        let is_set_off = || self.set_off_at.iter().any(|span| span.touches(range));
        Laid {
            hits: self
                .find
                .map_or_else(Vec::new, |find| find.within(range).to_vec()),
            kept: self
                .kept
                .iter()
                .flat_map(|kept| {
                    kept.find
                        .within(range)
                        .iter()
                        .map(|hit| (*hit, kept.colour))
                })
                .collect(),
            current_hit: cut(self.current_hit),
            selection: cut(self.selection),
            point: cut(self.point),
            gone_mention: gone
                .filter(|(_, mention)| mention.touches(range))
                .map(|(id, _)| id),
            set_off: self.set_off.filter(|_| is_set_off()),
        }
    }
}

/// What the reader laid over one row: all that its picture depends on beside the text, its mentions, and which of them
/// are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Laid {
    hits: Vec<ByteSpan>,
    kept: Vec<(ByteSpan, usize)>,
    current_hit: Option<ByteSpan>,
    selection: Option<ByteSpan>,
    point: Option<ByteSpan>,
    gone_mention: Option<MentionId>,
    set_off: Option<EntityId>,
}

/// What lies over the bytes of one row.
#[derive(Default)]
pub(super) struct Shade<'a> {
    covers: Vec<Cover<'a>>,
    gaps: Vec<ByteSpan>,
    laid: Laid,
}

struct Cover<'a> {
    id: MentionId,
    mention: &'a Mention,
    slot: Slot,
    /// The ground that the corpus gives the label, where it stands for no known kind.
    color: Option<[u8; 3]>,
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
            laid: Laid::default(),
        }
    }

    /// All that lies over the bytes of `range`, which are those of a row in sight.
    pub(super) fn new(app: &'a App, body: &'a Body, range: ByteSpan, over: &Over<'_>) -> Self {
        let annotations = &body.article().annotations;
        let shown = |id: &MentionId| app.sidebar().shows(annotations, *id);
        Self {
            laid: over.row(range),
            ..Self::of(annotations, range, shown)
        }
    }

    /// The style of the grapheme at `span`, in a block that looks like `ground`.
    pub(super) fn style(&self, painter: &Painter<'_>, span: ByteSpan, ground: Style) -> Style {
        let mut style = self.mention_style(painter, span, ground);
        let laid = &self.laid;
        let touches = |other: Option<ByteSpan>| other.is_some_and(|o| o.touches(span));
        if touches(laid.current_hit) {
            style = painter.over(Slot::HitCurrent, style);
        } else if laid.hits.iter().any(|h| h.touches(span)) {
            style = painter.over(Slot::Hit, style);
        } else if let Some((_, colour)) = laid.kept.iter().find(|(h, _)| h.touches(span)) {
            style = painter.over(Slot::of_kept(*colour), style);
        }
        if touches(laid.selection) {
            style = painter.over(Slot::Selection, style);
        }
        if touches(laid.point) {
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
        if let Some(color) = inner.color {
            style = painter.on_ground(color).over(style);
        }
        match relation(over().map(|c| c.mention)) {
            Relation::Alone => {}
            Relation::Nested => style = painter.over(Slot::MentionNested, style),
            Relation::Crossing => style = painter.over(Slot::MentionCrossing, style),
        }
        if over().any(|c| c.mention.is_discontinuous()) {
            style = painter.over(Slot::MentionDiscontinuous, style);
        }
        let (set_off, gone) = (self.laid.set_off, self.laid.gone_mention);
        if set_off.is_some() && over().any(|c| c.mention.entity == set_off) {
            style = painter.over(Slot::MentionEntity, style);
        }
        if over().any(|c| Some(c.id) == gone) {
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
        slot: label_slot(annotations, mention.label),
        color: label_color(annotations, mention.label),
    })
}

/// The ground that the corpus gives a label which stands for no known kind; kinds look as the theme has them.
pub(super) fn label_color(annotations: &Annotations, label: LabelId) -> Option<[u8; 3]> {
    let label = annotations.labels().get(label.0 as usize)?;
    label.color.filter(|_| label.kind == Kind::Other)
}

/// The slot of a label's mentions: its kind's, or, where it stands for no known kind, one of its own.
#[must_use]
pub fn label_slot(annotations: &Annotations, label: LabelId) -> Slot {
    match annotations.kind(label) {
        Kind::Other => Slot::of_label(annotations.label_name(label)),
        kind => kind_slot(kind),
    }
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
