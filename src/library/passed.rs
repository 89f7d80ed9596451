//! What a walk, or an archive, passes over.

/// How many files were passed over, and as what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Passed {
    /// Those with hidden names.
    pub(super) hidden: usize,
    /// Those that hold no text.
    pub(super) binary: usize,
    /// Those that no format recognises.
    pub(super) unknown: usize,
    /// Archives within archives.
    pub(super) archives: usize,
}

impl Passed {
    pub(super) const fn add(&mut self, other: Self) {
        self.hidden += other.hidden;
        self.binary += other.binary;
        self.unknown += other.unknown;
        self.archives += other.archives;
    }

    /// In words: `1 hidden, 2 binary`; empty when nothing was passed over.
    pub(super) fn words(self) -> String {
        let said = [
            (self.hidden, "hidden"),
            (self.binary, "binary"),
            (self.unknown, "that no format recognises"),
            (self.archives, "that are archives in an archive"),
        ];
        let said = said.iter().filter(|(count, _)| *count > 0);
        let said: Vec<String> = said
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        said.join(", ")
    }
}
