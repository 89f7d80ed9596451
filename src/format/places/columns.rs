//! Following a text through columns: a token a line.

use super::Piece;
use crate::format::column::{counts, line_end};

/// Tells where the tokens of a text stand, which are the first fields of their lines, or the second where they are numbered.
pub(super) fn follow(raw: &str, text: &str, met: &mut dyn FnMut(Piece)) {
    let mut walk = Walk::new(text);
    let field = usize::from(counts(raw));
    for (start, line) in lines(raw) {
        let Some((column, token)) = nth(line, field) else {
            continue;
        };
        // The index that some corpora write behind a character.
        let first = token.chars().next().map_or(0, char::len_utf8);
        let (character, index) = token.split_at(first);
        let has_index = !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit());
        if !walk.take(token, start + column, met) && has_index {
            walk.take(character, start + column, met);
        }
    }
}

/// The same for CoNLL-U, whose words are the second fields. Words of a token of several, and empty nodes, are no text.
pub(super) fn follow_words(raw: &str, text: &str, met: &mut dyn FnMut(Piece)) {
    let mut walk = Walk::new(text);
    let mut until = 0u32;
    for (start, line) in lines(raw) {
        let Some((_, id)) = nth(line, 0).filter(|(_, id)| !id.starts_with('#')) else {
            until = 0;
            continue;
        };
        let range = id.split_once('-');
        let is_within = id.parse().is_ok_and(|id: u32| id <= until);
        if is_within || id.contains('.') {
            continue;
        }
        if let Some((_, last)) = range {
            until = last.parse().unwrap_or(0);
        }
        if let Some((column, word)) = nth(line, 1) {
            walk.take(word, start + column, met);
        }
    }
}

/// The lines of a part, each with where it begins.
fn lines(raw: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    raw.split_inclusive(char::from(line_end(raw)))
        .map(move |line| {
            let here = start;
            start += line.len();
            (here, line)
        })
}

/// How far a text was followed.
struct Walk<'a> {
    text: &'a str,
    at: usize,
    /// Whether the last token was not where it should be.
    is_lost: bool,
}

/// So many bytes of a text are looked through for a token after one that was not there.
const FARTHEST: usize = 1 << 12;

impl<'a> Walk<'a> {
    const fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            is_lost: false,
        }
    }

    /// Takes a token where the text goes on with it; blanks between tokens are the reader's.
    fn take(&mut self, token: &str, raw: usize, met: &mut dyn FnMut(Piece)) -> bool {
        let rest = self.text.get(self.at..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let skipped = if rest.starts_with(token) {
            Some(0)
        } else if self.is_lost && token.chars().nth(1).is_some() {
            let near = rest.as_bytes().get(..FARTHEST.min(rest.len()));
            memchr::memmem::find(near.unwrap_or_default(), token.as_bytes())
        } else {
            None
        };
        self.is_lost = skipped.is_none();
        let Some(skipped) = skipped else {
            return false;
        };
        let text = self.at + blanks + skipped;
        met(Piece {
            text,
            raw,
            len: token.len(),
        });
        self.at = text + token.len();
        true
    }
}

/// A field of a line and where it begins: fields are parted by TABs where there is one, else by blanks.
fn nth(line: &str, field: usize) -> Option<(usize, &str)> {
    let line = line.trim_end_matches(['\n', '\r']);
    let has_tabs = line.contains('\t');
    let parts = |c: char| if has_tabs { c == '\t' } else { c == ' ' };
    let mut start = 0;
    for (n, part) in line.split(parts).enumerate() {
        if n == field {
            return (!part.is_empty()).then_some((start, part));
        }
        start += part.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_that_are_numbered_stand_in_the_second_field() {
        let raw = "#\thttp://a.b/c\n1\t3\tO\tO\n2\tRook\tB-PER\tO\n\n1\tIben\tB-PER\tO\n";
        let mut found = Vec::new();
        follow(raw, "3 Rook\nIben", &mut |piece| {
            found.push((piece.text, raw.get(piece.raw..piece.raw + piece.len)));
        });
        assert_eq!(
            found,
            [(0, Some("3")), (2, Some("Rook")), (7, Some("Iben"))]
        );
    }
}
