//! Terms that ask for what is known of a text: mentions of a kind, dates, relations.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::Path;

use super::leaf::Needle;
use super::query::{Field, Pattern, Value, first, last};
use super::{Query, QueryError};
use crate::article::{
    Annotations, Argument, Article, ByteSpan, EntityId, Kind, Mention, Meta, Role, Target,
};
use crate::names::Date;
use crate::text::{Fold, Folded};

/// A field's term made ready.
#[derive(Debug)]
pub(super) struct Asked {
    field: Field,
    want: Want,
}

/// What is wanted of it.
#[derive(Debug)]
enum Want {
    Any,
    Needle(Needle),
    /// All of a name, folded.
    Whole(String, Fold),
    /// All of a label or its first part, folded.
    Label(String, Fold),
    Kind(Kind),
    Days(Option<Date>, Option<Date>),
    Tie(Option<Box<Want>>, Vec<(Option<String>, Want)>),
}

/// What an article has of it.
#[derive(Debug, Default)]
pub(super) struct Has {
    /// The places, in order; none over another.
    pub(super) hits: Vec<ByteSpan>,
    /// Whether it is true of the article as a whole.
    pub(super) whole: bool,
}

impl Asked {
    /// Makes a term ready.
    ///
    /// # Errors
    /// As [`Needle::new`].
    pub(super) fn new(field: Field, value: &Value, query: &Query) -> Result<Self, QueryError> {
        let want = match value {
            Value::Any => Want::Any,
            Value::Kind(kind) => Want::Kind(*kind),
            Value::Days(first, last) => Want::Days(*first, *last),
            Value::Text(pattern) => Want::new(field, pattern, query)?,
            Value::Tie(label, parts) => {
                // A label is known: one in quotation marks, for its blanks, is no more exact than another.
                let label = label.clone().map(|label| match label {
                    Pattern::Phrase(label) => Pattern::Word(label),
                    label => label,
                });
                let label = label.map(|label| Want::new(Field::Label, &label, query).map(Box::new));
                let parts = parts.iter().map(|part| {
                    let want = part
                        .name
                        .as_ref()
                        .map_or(Ok(Want::Any), |name| Want::new(Field::Entity, name, query))?;
                    Ok((part.role.clone(), want))
                });
                Want::Tie(
                    label.transpose()?,
                    parts.collect::<Result<_, QueryError>>()?,
                )
            }
        };
        Ok(Self { field, want })
    }

    /// Whether it asks for anything.
    pub(super) const fn asks(&self) -> bool {
        match &self.want {
            Want::Needle(needle) => needle.asks(),
            _ => true,
        }
    }

    /// What an article has of it.
    pub(super) fn of(&self, article: &Article) -> Has {
        let meta = &article.meta;
        let whole = |holds: bool| Has {
            hits: Vec::new(),
            whole: holds,
        };
        match self.field {
            Field::Title => self.of_title(article),
            Field::Date => whole(self.want.holds_day(&meta.date)),
            Field::Source => whole(self.want.fits_known(&meta.source)),
            Field::Page => whole(self.want.fits_known(&meta.page)),
            Field::Section => whole(self.want.fits_known(&meta.section)),
            Field::File => whole(self.want.fits_file(meta)),
            Field::Note => self.of_notes(article),
            Field::Relation => self.of_relations(article),
            Field::Of(kind) => {
                let mut has = self.of_mentions(article, Some(kind));
                if kind == Kind::Event {
                    has.extend(self.of_events(article));
                }
                has.settle(article)
            }
            Field::Kind | Field::Label | Field::Entity => {
                self.of_mentions(article, None).settle(article)
            }
        }
    }

    fn of_title(&self, article: &Article) -> Has {
        let mut has = Has {
            hits: Vec::new(),
            whole: self.want.fits_known(&article.meta.title),
        };
        let roles = [Role::Kicker, Role::Headline, Role::Deck];
        for block in article
            .text
            .blocks()
            .iter()
            .filter(|b| roles.contains(&b.role))
        {
            if let Want::Needle(needle) = &self.want {
                let start = block.span.start();
                let hits = needle.hits(article.text.slice(block.span));
                has.hits
                    .extend(hits.map(|hit| ByteSpan::new(hit.start + start, hit.end + start)));
            }
        }
        has.whole |= !has.hits.is_empty();
        has
    }

    fn of_mentions(&self, article: &Article, kind: Option<Kind>) -> Has {
        let annotations = &article.annotations;
        let mut names: HashMap<EntityId, bool> = HashMap::new();
        let mut fits = |mention: &Mention| match (&self.want, self.field) {
            (Want::Kind(kind), _) => annotations.kind(mention.label) == *kind,
            (want, Field::Label) => want.fits(annotations.label_name(mention.label)),
            (Want::Any, Field::Entity) => mention.entity.is_some(),
            (Want::Tie(..), _) => false,
            (want, field) => {
                let kind_fits = kind.is_none_or(|kind| annotations.kind(mention.label) == kind);
                let own = field != Field::Entity || mention.entity.is_none();
                kind_fits
                    && ((own && want.fits(&mention.words(&article.text, "")))
                        || mention.entity.is_some_and(|id| {
                            *names
                                .entry(id)
                                .or_insert_with(|| want.names(annotations, id))
                        }))
            }
        };
        let mentions = annotations.mentions().iter().filter(|m| fits(m));
        Has {
            hits: mentions.map(Mention::hull).collect(),
            whole: false,
        }
    }

    fn of_notes(&self, article: &Article) -> Has {
        let mut has = Has::default();
        for note in article.annotations.notes() {
            if self.want.fits(&note.text) {
                match note.target {
                    Some(target) => places(&article.annotations, target, &mut has.hits),
                    None => has.whole = true,
                }
            }
        }
        has.settle(article)
    }

    fn of_relations(&self, article: &Article) -> Has {
        let mut has = Has::default();
        for relation in article.annotations.relations() {
            if self
                .want
                .ties(article, &[&relation.label], &relation.arguments, true)
            {
                for argument in &relation.arguments {
                    places(&article.annotations, argument.target, &mut has.hits);
                }
            }
        }
        has.settle(article)
    }

    fn of_events(&self, article: &Article) -> Has {
        let annotations = &article.annotations;
        let mut has = Has::default();
        for event in annotations.events() {
            let trigger = event.trigger.and_then(|id| annotations.mention(id));
            let word = trigger.map_or(Cow::Borrowed(""), |m| m.words(&article.text, ""));
            let fits = match &self.want {
                Want::Tie(..) => {
                    self.want
                        .ties(article, &[&event.label, &word], &event.arguments, false)
                }
                want => want.fits(&event.label) || want.fits(&word),
            };
            if fits {
                has.hits.extend(trigger.map(Mention::hull));
                for argument in &event.arguments {
                    places(annotations, argument.target, &mut has.hits);
                }
            }
        }
        has
    }
}

impl Has {
    fn extend(&mut self, other: Self) {
        self.hits.extend(other.hits);
        self.whole |= other.whole;
    }

    /// Puts the places in order; of those that lie over each other the first and longest stays. Each is cut to its line.
    fn settle(mut self, article: &Article) -> Self {
        for hit in &mut self.hits {
            let line = article.text.slice(*hit);
            let lead = line.len() - line.trim_start_matches('\n').len();
            let start = hit.start() + lead;
            let own = line.get(lead..).unwrap_or("");
            *hit = ByteSpan::new(start, start + own.find('\n').unwrap_or(own.len()));
        }
        self.hits.retain(|hit| !hit.is_empty());
        super::tree::settle(&mut self.hits, |hit| *hit);
        self
    }
}

impl Want {
    fn new(field: Field, pattern: &Pattern, query: &Query) -> Result<Self, QueryError> {
        let fold = Fold::new(query.fold);
        Ok(match (pattern, field) {
            // A label is known, not remembered in parts; a phrase is all of a name.
            (Pattern::Word(word), Field::Label) => Self::Label(Folded::key(word, fold), fold),
            (
                Pattern::Phrase(whole),
                Field::Label
                | Field::Entity
                | Field::Of(_)
                | Field::Source
                | Field::Page
                | Field::Section
                | Field::File,
            ) => Self::Whole(Folded::key(whole, fold), fold),
            (pattern, _) => Self::Needle(Needle::new(pattern, query)?),
        })
    }

    /// Whether a name, a label or a remark is what is wanted.
    fn fits(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Needle(needle) => needle.is_in(text),
            Self::Whole(whole, fold) => Folded::key(text, *fold) == *whole,
            Self::Label(label, fold) => {
                // PER is also PER.NAM.
                let first = text.split(['.', '-', '_', ':', ' ']).next().unwrap_or("");
                Folded::key(text, *fold) == *label || Folded::key(first, *fold) == *label
            }
            Self::Kind(_) | Self::Days(..) | Self::Tie(..) => false,
        }
    }

    /// The same of something that an article may not say.
    fn fits_known(&self, text: &str) -> bool {
        !text.is_empty() && self.fits(text)
    }

    /// Whether an article's file is wanted: by its path, or by what the article is called in it. All of a name is also that
    /// of the file without its folder, and without its ending.
    fn fits_file(&self, meta: &Meta) -> bool {
        let path = Path::new(&meta.file);
        let part = |part: Option<&OsStr>| {
            let part = part.and_then(OsStr::to_str);
            matches!(self, Self::Whole(..)) && part.is_some_and(|part| self.fits_known(part))
        };
        self.fits_known(&meta.file)
            || self.fits_known(&meta.name)
            || part(path.file_name())
            || part(path.file_stem())
    }

    fn holds_day(&self, date: &str) -> bool {
        match (self, Date::parse(date)) {
            (Self::Any, date) => date.is_some(),
            (Self::Days(from, to), Some(date)) => {
                from.is_none_or(|from| last(date) >= first(from))
                    && to.is_none_or(|to| first(date) <= last(to))
            }
            _ => false,
        }
    }

    /// Whether an entity's name or another of its names is what is wanted.
    fn names(&self, annotations: &Annotations, id: EntityId) -> bool {
        annotations
            .entity(id)
            .is_some_and(|e| self.fits(&e.name) || e.aliases.iter().any(|alias| self.fits(alias)))
    }

    fn fits_target(&self, article: &Article, target: Target) -> bool {
        let annotations = &article.annotations;
        match target {
            _ if matches!(self, Self::Any) => true,
            Target::Entity(id) => self.names(annotations, id),
            Target::Mention(id) => annotations.mention(id).is_some_and(|mention| {
                self.fits(&mention.words(&article.text, ""))
                    || mention.entity.is_some_and(|id| self.names(annotations, id))
            }),
            Target::Unplaced(id) => annotations
                .unplaced_of(id)
                .is_some_and(|unplaced| self.fits(&unplaced.quote)),
            Target::Event(id) => annotations
                .events()
                .get(id.0 as usize)
                .is_some_and(|event| self.fits(&event.label)),
            Target::Relation(_) => false,
        }
    }

    /// Whether those who take part are the wanted ones: in their order, or in any.
    fn ties(
        &self,
        article: &Article,
        labels: &[&str],
        arguments: &[Argument],
        in_order: bool,
    ) -> bool {
        let (label, parts) = match self {
            Self::Tie(label, parts) => (label, parts),
            Self::Any => return true,
            want => return labels.iter().any(|label| want.fits(label)),
        };
        let labelled = label
            .as_ref()
            .is_none_or(|want| labels.iter().any(|label| want.fits(label)));
        labelled
            && parts.iter().enumerate().all(|(n, (role, want))| {
                let fits = |argument: &Argument| want.fits_target(article, argument.target);
                match role {
                    Some(role) => arguments
                        .iter()
                        .any(|a| a.role.eq_ignore_ascii_case(role) && fits(a)),
                    None if in_order => arguments.get(n).is_some_and(fits),
                    None => arguments.iter().any(fits),
                }
            })
    }
}

/// Where a target stands in the text.
fn places(annotations: &Annotations, target: Target, out: &mut Vec<ByteSpan>) {
    let mut mention = |id| out.extend(annotations.mention(id).map(Mention::hull));
    match target {
        Target::Mention(id) => mention(id),
        Target::Entity(id) => {
            let entity = annotations.entity(id);
            entity
                .map_or(&[][..], |e| e.mentions())
                .iter()
                .for_each(|id| mention(*id));
        }
        Target::Relation(id) => {
            let relation = annotations.relations().get(id.0 as usize);
            for argument in relation.map_or(&[][..], |r| &r.arguments) {
                if !matches!(argument.target, Target::Relation(_) | Target::Event(_)) {
                    places(annotations, argument.target, out);
                }
            }
        }
        Target::Event(id) => {
            if let Some(trigger) = annotations
                .events()
                .get(id.0 as usize)
                .and_then(|e| e.trigger)
            {
                mention(trigger);
            }
        }
        Target::Unplaced(_) => {}
    }
}
