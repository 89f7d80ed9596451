//! Which faults of a TOML file of the reader's are told.

use toml::de::Error;

/// The first place at which a text is no TOML, and the parser's word for it.
#[derive(Debug)]
pub(super) struct Broken {
    /// Its byte.
    pub(super) at: usize,
    /// What is wrong there, in one line.
    pub(super) said: String,
}

impl Broken {
    /// The first of what the parser found. The others mostly follow from it: a bracket that is missing gives five.
    pub(super) fn first(errors: &[Error]) -> Option<Self> {
        let place = |error: &Error| error.span().map_or(0, |span| span.start);
        let first = errors.iter().min_by_key(|error| place(error))?;
        Some(Self {
            at: place(first),
            said: first.message().replace('\n', ", "),
        })
    }
}

/// What was found in a text, with its bytes, in the order of the text. Of what stands in the table in which the text is
/// broken, or behind it, nothing is told, as it may follow from that. `tables` are the bytes at which tables begin.
pub(super) fn told<T>(
    mut found: Vec<(usize, T)>,
    broken: Option<&Broken>,
    tables: &[usize],
) -> Vec<T> {
    if let Some(broken) = broken {
        let table = tables.iter().copied().filter(|at| *at <= broken.at).max();
        let from = table.unwrap_or(0);
        found.retain(|(at, _)| *at < from);
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, one)| one).collect()
}
