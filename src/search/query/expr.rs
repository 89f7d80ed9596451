//! A query taken apart.

use std::ops::Range;

use crate::article::Kind;
use crate::names::Date;

/// How its terms are put together; leaves by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) enum Expr {
    /// A term.
    Leaf(usize),
    /// All of them.
    And(Vec<Expr>),
    /// Any of them.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// Each so near the next: at most so many characters lie between them.
    Near(Vec<Expr>, Vec<usize>),
}

/// A single part as it is, several put together.
pub(super) fn one(mut parts: Vec<Expr>, together: impl FnOnce(Vec<Expr>) -> Expr) -> Expr {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            together(parts)
        }
    }
}

impl Expr {
    /// The numbers of its leaves, in order.
    pub(super) fn leaves(&self) -> Vec<usize> {
        match self {
            Self::Leaf(n) => vec![*n],
            Self::And(parts) | Self::Or(parts) | Self::Near(parts, _) => {
                parts.iter().flat_map(Self::leaves).collect()
            }
            Self::Not(part) => part.leaves(),
        }
    }

    /// What is left without these terms, as if they had not been typed.
    pub(in crate::search) fn without(self, gone: &impl Fn(usize) -> bool) -> Option<Self> {
        let all = |parts: Vec<Self>| -> Vec<Self> {
            let parts = parts.into_iter();
            parts.filter_map(|part| part.without(gone)).collect()
        };
        let put = |parts: Vec<Self>, together: &dyn Fn(Vec<Self>) -> Self| {
            (!parts.is_empty()).then(|| one(parts, together))
        };
        match self {
            Self::Leaf(n) => (!gone(n)).then_some(self),
            Self::And(parts) => put(all(parts), &Self::And),
            Self::Or(parts) => put(all(parts), &Self::Or),
            Self::Not(part) => Some(Self::Not(Box::new(part.without(gone)?))),
            Self::Near(parts, distances) => {
                let (mut left, mut apart) = (Vec::new(), Vec::new());
                // Over one that is gone the two beside it are as far apart as both were from it.
                let mut distance = 0usize;
                for (part, before) in parts.into_iter().zip([0].into_iter().chain(distances)) {
                    distance = distance.saturating_add(before);
                    if let Some(part) = part.without(gone) {
                        if !left.is_empty() {
                            apart.push(distance);
                        }
                        left.push(part);
                        distance = 0;
                    }
                }
                put(left, &|left| Self::Near(left, apart.clone()))
            }
        }
    }
}

/// A term of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Leaf {
    /// What is asked.
    pub(in crate::search) term: Term,
    /// Its bytes in the query.
    pub(in crate::search) at: Range<usize>,
}

impl Leaf {
    /// The field, when it is one of the article as a whole, whose value stands at no place of the text.
    pub(super) fn placeless(&self) -> Option<&'static str> {
        let Term::Field(field, _) = &self.term else {
            return None;
        };
        match field {
            Field::Date => Some("date"),
            Field::Source => Some("source"),
            Field::Page => Some("page"),
            Field::Section => Some("section"),
            Field::File => Some("file"),
            Field::Of(_)
            | Field::Kind
            | Field::Label
            | Field::Entity
            | Field::Title
            | Field::Note
            | Field::Relation => None,
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) enum Term {
    /// Something in the text.
    Text(Pattern),
    /// Something that is known of the text.
    Field(Field, Value),
}

/// Words to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) enum Pattern {
    /// As typed, with all that folding and reading make equal.
    Word(String),
    /// In quotation marks: blanks count, nothing is read as pinyin.
    Phrase(String),
    /// A regular expression, and where it begins in the query.
    Regex(String, usize),
}

/// What a field is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) enum Value {
    /// Anything, as long as there is something.
    Any,
    /// Something that holds this.
    Text(Pattern),
    /// A kind.
    Kind(Kind),
    /// From the first day to the last, either of which may be open.
    Days(Option<Date>, Option<Date>),
    /// A label, none for any, and who takes part.
    Tie(Option<Pattern>, Vec<Part>),
}

/// Someone who takes part: in which role, if that counts, and whose name holds what; nothing for anyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Part {
    pub(in crate::search) role: Option<String>,
    pub(in crate::search) name: Option<Pattern>,
}

macro_rules! fields {
    ($($variant:ident $($name:literal)+;)*) => {
        /// What can be asked for beside the text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::search) enum Field {
            /// Mentions of a kind, by the kind's name.
            Of(Kind),
            $(#[doc = concat!($($name, " "),+)] $variant,)*
        }

        impl Field {
            const NAMES: &'static [(&'static str, Self)] = &[$($(($name, Self::$variant),)+)*];
        }
    };
}

fields! {
    Kind "kind";
    Label "label";
    Entity "entity";
    Title "title";
    Date "date";
    Source "source";
    Page "page";
    Section "section";
    File "file";
    Note "note";
    Relation "relation" "rel";
}

/// The kinds by the names that a query gives them. None is Chinese: a full-width colon behind 地 is text.
const KINDS: [(&str, Kind); 17] = [
    ("person", Kind::Person),
    ("per", Kind::Person),
    ("place", Kind::Place),
    ("loc", Kind::Place),
    ("location", Kind::Place),
    ("gpe", Kind::Place),
    ("organisation", Kind::Organisation),
    ("organization", Kind::Organisation),
    ("org", Kind::Organisation),
    ("time", Kind::Time),
    ("event", Kind::Event),
    ("work", Kind::Work),
    ("product", Kind::Product),
    ("quantity", Kind::Quantity),
    ("number", Kind::Quantity),
    ("other", Kind::Other),
    ("evt", Kind::Event),
];

impl Field {
    /// The field of that name; case does not count.
    pub(in crate::search) fn from_name(name: &str) -> Option<Self> {
        let lower = name.to_lowercase();
        let kind = || KINDS.iter().find(|(n, _)| *n == lower);
        let field = Self::NAMES.iter().find(|(n, _)| *n == lower);
        field
            .map(|(_, field)| *field)
            .or_else(|| kind().map(|(_, kind)| Self::Of(*kind)))
    }

    /// All names, for suggestions.
    pub(in crate::search) fn names() -> impl Iterator<Item = &'static str> {
        let fields = Self::NAMES.iter().map(|(name, _)| *name);
        fields.chain(KINDS.iter().map(|(name, _)| *name))
    }
}

/// The kind that a query calls so: a kind's name, or a label that stands for one.
pub(in crate::search) fn kind_named(name: &str) -> Option<Kind> {
    let lower = name.to_lowercase();
    let own = KINDS.iter().find(|(n, _)| *n == lower).map(|(_, k)| *k);
    own.or_else(|| Some(Kind::from_label(name)).filter(|kind| *kind != Kind::Other))
}
