//! What of an `.ann` file makes no annotation, or would be written otherwise, kept in its own words.

use super::annotate::Maker;
use super::lines::{Line, What, Word};

/// Lines by their byte in the file, in the order of the passes.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Those that made something.
    pub(super) made: Vec<usize>,
    /// Those that made something, but not of all they name.
    pub(super) partly: Vec<usize>,
    /// Those of mentions whose quotation is not what would be written.
    quoting: Vec<usize>,
}

impl Kept {
    /// Enters the line of a mention; `reads` says whether it quotes what the text has there.
    pub(super) fn quotes(&mut self, at: usize, quote: Option<Word<'_>>, reads: bool) {
        self.made.push(at);
        // These would be written as blanks.
        let is_spaced = quote.is_some_and(|quote| quote.text.contains(['\t', '\r']));
        if !reads || is_spaced {
            self.quoting.push(at);
        }
    }
}

impl Maker<'_, '_> {
    /// Keeps the lines that need it. Stray lines behind a mention stay there: they may belong to its quotation.
    pub(super) fn keep(&mut self, lines: &[Line<'_>], text: &str) {
        let Kept {
            mut made,
            mut partly,
            mut quoting,
        } = std::mem::take(&mut self.kept);
        made.sort_unstable();
        partly.sort_unstable();
        quoting.sort_unstable();
        let has = |list: &[usize], at: usize| list.binary_search(&at).is_ok();
        let mut rest = lines.iter().peekable();
        while let Some(line) = rest.next() {
            let at = line.id.at;
            if !has(&made, at) {
                self.builder.verbatim("", whole(text, at));
                continue;
            }
            match &line.what {
                What::Mention { place, quote, .. } => {
                    let mut end = at + whole(text, at).len();
                    let mut spilled = false;
                    while let Some(stray) = rest.next_if(|next| next.what == What::Stray) {
                        end = stray.id.at + stray.id.text.len();
                        spilled = true;
                    }
                    if spilled || has(&quoting, at) {
                        let from = quote.map_or(place.at + place.text.len(), |quote| quote.at - 1);
                        let words = text.get(from..end).unwrap_or("");
                        self.builder.verbatim(line.id.text, words);
                    }
                }
                What::Group { .. } if has(&partly, at) => {
                    self.builder.verbatim("*", whole(text, at));
                }
                _ if has(&partly, at) => self.builder.verbatim(line.id.text, whole(text, at)),
                _ => {}
            }
        }
    }
}

/// The line that begins at a byte.
fn whole(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    rest.split('\n').next().unwrap_or("")
}
