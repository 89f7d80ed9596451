//! Following a text through columns: a token a line.

use super::Piece;
use crate::format::column::line_end;

/// Tells where the tokens of a text stand, which are the field of this number, from 0, of their lines.
pub(super) fn follow(raw: &str, text: &str, field: usize, met: &mut dyn FnMut(Piece)) {
    let (mut at, mut start) = (0, 0);
    for line in raw.split_inclusive(char::from(line_end(raw))) {
        let here = start;
        start += line.len();
        let Some((column, token)) = nth(line, field) else {
            continue;
        };
        // Blanks between tokens are the reader's.
        let rest = text.get(at..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let len = if rest.starts_with(token) {
            token.len()
        } else {
            // The index that some corpora write behind a character.
            let bare = token.trim_end_matches(|c: char| c.is_ascii_digit());
            let first = token.chars().next().map_or(0, char::len_utf8);
            let stuck = [bare, token.get(..first).unwrap_or("")];
            let known = stuck
                .iter()
                .find(|token| !token.is_empty() && rest.starts_with(**token));
            match known {
                Some(token) => token.len(),
                None => continue,
            }
        };
        met(Piece {
            text: at + blanks,
            raw: here + column,
            len,
        });
        at += blanks + len;
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
