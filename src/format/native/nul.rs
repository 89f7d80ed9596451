//! Escapes that stand for NUL.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::format::report::Report;

/// How the escape is written, in 16 bits and in 32.
const ESCAPES: [&str; 2] = ["\\u0000", "\\U00000000"];

/// Enters the escapes in the values of a file that stand for NUL.
pub(super) fn tell(source: &str, table: &DeTable<'_>, report: &mut Report) {
    if !ESCAPES.iter().any(|escape| source.contains(escape)) {
        return;
    }
    let mut found = Found::default();
    table.iter().for_each(|(_, value)| found.value(value));
    let Some(start) = found.first else { return };
    let value = source.get(start..).unwrap_or("");
    let places = ESCAPES
        .iter()
        .filter_map(|escape| Some((at(value, escape)?, *escape)));
    if let Some((at, escape)) = places.min() {
        report.escaped_nuls(source, start + at, found.count, escape);
    }
}

/// The byte at which an escape stands first. Behind a backslash that is escaped itself, it is text.
fn at(value: &str, escape: &str) -> Option<usize> {
    let mut places = value.match_indices(escape).map(|(at, _)| at);
    places.find(|at| {
        let before = value.get(..*at).unwrap_or("").bytes().rev();
        before.take_while(|byte| *byte == b'\\').count() % 2 == 0
    })
}

/// The values that have NUL in them.
#[derive(Debug, Default)]
struct Found {
    /// Where the first of them begins, in bytes of the file.
    first: Option<usize>,
    /// How many NUL they have.
    count: usize,
}

impl Found {
    /// Counts those of a value and of what is in it, which the parser lets go only so deep.
    fn value(&mut self, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::String(text) => {
                let count = memchr::memchr_iter(0, text.as_bytes()).count();
                if count > 0 {
                    let start = value.span().start;
                    self.first = Some(self.first.map_or(start, |first| first.min(start)));
                    self.count += count;
                }
            }
            DeValue::Array(all) => all.iter().for_each(|value| self.value(value)),
            DeValue::Table(table) => table.iter().for_each(|(_, value)| self.value(value)),
            _ => {}
        }
    }
}
