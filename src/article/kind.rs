//! What mentions are mentions of, and the labels that corpora write for it.

use std::collections::HashMap;
use std::sync::Arc;

/// The kind of an entity or mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// 人, a person.
    Person,
    /// 地, a place.
    Place,
    /// 机构, an organisation.
    Organisation,
    /// 时, a time or date.
    Time,
    /// 事, an event.
    Event,
    /// 作品, a book, report, song.
    Work,
    /// 产品, a product, protocol, device.
    Product,
    /// 数量, an amount with its unit.
    Quantity,
    /// Anything else; its label tells.
    Other,
}

impl Kind {
    /// All kinds, in the order of sidebars.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Place,
        Self::Organisation,
        Self::Time,
        Self::Event,
        Self::Work,
        Self::Product,
        Self::Quantity,
        Self::Other,
    ];

    /// The kind's name, as the native format, themes and the screen write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
            Self::Time => "time",
            Self::Event => "event",
            Self::Work => "work",
            Self::Product => "product",
            Self::Quantity => "quantity",
            Self::Other => "other",
        }
    }

    /// The kind that a corpus' label stands for; [`Kind::Other`] for one that is not known.
    ///
    /// Case does not count. Known are the kinds' own names and what common corpora write for them; of a label in
    /// parts (`PER.NAM`, `Location-Name`) the first part speaks when the whole is not known.
    #[must_use]
    pub fn from_label(label: &str) -> Self {
        let mut room = [0; 32];
        let own;
        let lower = match room.get_mut(..label.len()) {
            // Each record of a file may have its labels anew.
            Some(room) if label.is_ascii() => {
                room.copy_from_slice(label.as_bytes());
                room.make_ascii_lowercase();
                std::str::from_utf8(room).unwrap_or("")
            }
            _ => {
                own = label.to_lowercase();
                &own
            }
        };
        let first = lower.split(['-', '.', '_', ' ', ':']).next();
        Self::known(lower)
            .or_else(|| first.and_then(Self::known))
            .unwrap_or(Self::Other)
    }

    fn known(lower: &str) -> Option<Self> {
        Some(match lower {
            "person" | "per" | "people" | "human" | "name" | "nam" | "人" | "人名" | "姓名"
            | "人物" | "nr" | "nrf" | "nrg" | "nrj" | "nr1" | "nr2" => Self::Person,
            "place" | "loc" | "location" | "gpe" | "fac" | "facility" | "address" | "scene"
            | "地" | "地名" | "地点" | "ns" | "nsf" => Self::Place,
            "organisation" | "organization" | "org" | "company" | "government" | "机构"
            | "机构名" | "组织" | "组织机构" | "nt" | "ntc" | "nto" | "ntu" | "nis" => {
                Self::Organisation
            }
            "time" | "date" | "datetime" | "timex" | "时间" | "日期" | "t" => Self::Time,
            "event" | "evt" | "事件" => Self::Event,
            "work" | "work_of_art" | "book" | "movie" | "game" | "作品" => Self::Work,
            "product" | "产品" => Self::Product,
            "quantity" | "number" | "metric" | "money" | "percent" | "cardinal" | "ordinal"
            | "数量" => Self::Quantity,
            // Elements of TEI.
            "persname" | "forename" | "surname" => Self::Person,
            "placename" | "geogname" | "country" | "region" | "settlement" | "district"
            | "bloc" => Self::Place,
            "orgname" => Self::Organisation,
            "eventname" => Self::Event,
            "measure" | "num" => Self::Quantity,
            // What CEC calls the word for an event.
            "denoter" => Self::Event,
            "other" => Self::Other,
            _ => return None,
        })
    }
}

/// Kinds of labels that someone gave beside those that are known; they go before them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kinds(Arc<HashMap<String, Kind>>);

impl Kinds {
    /// These labels stand for these kinds; case does not count.
    #[must_use]
    pub fn new(given: impl IntoIterator<Item = (String, Kind)>) -> Self {
        let lower = given
            .into_iter()
            .map(|(label, kind)| (label.to_lowercase(), kind));
        Self(Arc::new(lower.collect()))
    }

    /// The same with these labels, which go before those of the same name.
    #[must_use]
    pub fn with(&self, given: impl IntoIterator<Item = (String, Kind)>) -> Self {
        let own = self.0.iter().map(|(label, kind)| (label.clone(), *kind));
        Self::new(own.chain(given))
    }

    /// The kind that a label stands for.
    #[must_use]
    pub fn of(&self, label: &str) -> Kind {
        let given = if self.0.is_empty() {
            None
        } else {
            self.0.get(&label.to_lowercase()).copied()
        };
        given.unwrap_or_else(|| Kind::from_label(label))
    }
}

/// The number of a [`Label`] in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct LabelId(pub u32);

/// A label as the source writes it, and the kind that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// As written: `PER`, `person`.
    pub name: String,
    /// What it stands for.
    pub kind: Kind,
    /// How the corpus wants it shown; empty: as it is written.
    pub shown: String,
    /// The colour that the corpus gives it: red, green, blue.
    pub color: Option<[u8; 3]>,
}

/// What is shown, hidden and walked together: a kind, or, among [`Kind::Other`], one label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// A kind; never [`Kind::Other`].
    Kind(Kind),
    /// A label that stands for no known kind.
    Label(LabelId),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_corpora_stand_for_kinds() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_label(kind.name()), kind);
        }
        for (label, kind) in [
            ("PER", Kind::Person),
            ("Organization", Kind::Organisation),
            ("GPE", Kind::Place),
            ("Metric", Kind::Quantity),
            ("Protein", Kind::Other),
            ("PER.NAM", Kind::Person),
            ("Location-Name", Kind::Place),
            ("Named-Person", Kind::Other),
            ("nrf", Kind::Person),
            ("ns", Kind::Place),
            ("nz", Kind::Other),
            ("person_name", Kind::Person),
            ("org_name", Kind::Organisation),
            ("persName", Kind::Person),
            ("name", Kind::Person),
            ("NAM", Kind::Person),
            ("姓名", Kind::Person),
            ("address", Kind::Place),
            ("government", Kind::Organisation),
            ("组织机构", Kind::Organisation),
            ("CARDINAL", Kind::Quantity),
            ("Denoter", Kind::Event),
        ] {
            assert_eq!(Kind::from_label(label), kind, "{label}");
        }
    }
}
