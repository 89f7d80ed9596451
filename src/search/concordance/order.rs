//! In which order the lines stand.

use std::sync::Arc;

use super::Context;
use crate::names::Date;
use crate::text::Words;

/// So many characters or words of the context decide, at the most.
pub const MOST_DEPTH: u8 = 3;

/// What context is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Unit {
    /// Characters as they are seen (graphemes), but no marks and no blanks.
    #[default]
    Characters,
    /// Words, as [`Words`] cuts them.
    Words,
}

impl Unit {
    /// What they are called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::Words => "words",
        }
    }

    /// So many of them, as one says it: `1 word`.
    #[must_use]
    pub fn counted(self, count: u8) -> String {
        let name = self.name();
        match count {
            1 => format!("1 {}", name.trim_end_matches('s')),
            _ => format!("{count} {name}"),
        }
    }
}

/// By what lines are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// In the order of the articles, and in each in the order of its text.
    #[default]
    Article,
    /// By the article's date, the earliest first; articles without one that can be read come first of all.
    Date,
    /// By what stands to the left, the nearest first.
    Left,
    /// By what stands to the right.
    Right,
}

impl Sort {
    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Date => "date",
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// An order of lines. Lines that it does not tell apart stand in the order of [`Sort::Article`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order {
    /// By what.
    pub sort: Sort,
    /// In what the context is counted.
    pub unit: Unit,
    /// How many of them decide, 1 to [`MOST_DEPTH`].
    pub depth: u8,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            sort: Sort::default(),
            unit: Unit::default(),
            depth: 1,
        }
    }
}

impl Order {
    /// What decides where a line stands: compared by code points, so what is alike stands together.
    pub(super) fn key(&self, context: &Context<'_>, date: &str, words: &Words) -> Arc<str> {
        let count = usize::from(self.depth.clamp(1, MOST_DEPTH));
        let units = match self.sort {
            Sort::Article => return Arc::default(),
            // In one form, as sources write 2023-9-5 and 2023-11-01.
            Sort::Date => {
                let day = Date::parse(date).map(|day| day.to_string());
                return day.unwrap_or_default().into();
            }
            Sort::Left => context.leftwards(self.unit, count, words),
            Sort::Right => context.rightwards(self.unit, count, words),
        };
        let mut key = String::new();
        for (_, unit) in units {
            key.extend(unit.chars().flat_map(char::to_lowercase));
            // Below every character of a word: 乌 stands before 乌镇.
            key.push('\u{1}');
        }
        key.into()
    }
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn one_is_no_plural() {
        let told = [1, 2].map(|n| [Unit::Characters, Unit::Words].map(|unit| unit.counted(n)));
        assert_eq!(
            told,
            [["1 character", "1 word"], ["2 characters", "2 words"]]
        );
    }
}
