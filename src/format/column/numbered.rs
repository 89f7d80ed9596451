//! Files whose first column numbers the tokens of each sentence, and those of them with two columns of tags.

use super::cut::{Cut, Separator, cut};
use super::shape::{Shape, Sort, is_remark, lines, separator, sort};
use super::tag;

/// A line of three columns or more without the number that is its first one.
pub(super) fn unnumbered<'t>(
    line: &'t str,
    whole: &Cut<'t>,
    separator: Separator,
) -> Option<Cut<'t>> {
    if whole.columns < 3 || !is_number(whole.token) {
        return None;
    }
    let from = whole.token.len() + 1;
    let rest = cut(line.get(from..)?, separator);
    (rest.columns + 1 == whole.columns).then_some(Cut {
        tag_at: rest.tag_at + from,
        ..rest
    })
}

fn is_number(token: &str) -> bool {
    (1..6).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_digit())
}

/// The number in its first column of a row in a sentence, when it is the one that is due.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// The number before; nothing at the start of a sentence.
    last: Option<u32>,
    rows: u64,
    due: u64,
}

impl Numbers {
    pub(super) fn sentence(&mut self) {
        self.last = None;
    }

    pub(super) fn row(&mut self, cut: &Cut<'_>) {
        self.rows += 1;
        let is_due = cut.columns > 2 && !cut.middle.starts_with('_');
        let number = if is_due && is_number(cut.token) {
            cut.token.parse::<u32>().ok()
        } else {
            None
        };
        self.due += u64::from(match (number, self.last) {
            (Some(number), None) => number < 2,
            (Some(number), Some(last)) => number == last + 1,
            (None, _) => false,
        });
        self.last = number.or(self.last.map(|last| last + 1));
    }

    /// Whether nearly all rows have the number that is due, and there are enough of them to be no chance.
    pub(super) const fn all(&self) -> bool {
        self.rows > 1 && self.due * 20 >= self.rows * 19
    }
}

/// Whether the first lines have a token and two tags, as the files of `GermEval` 2014: of mentions, and of those within them.
/// A chunk looks like a tag as well.
pub(super) fn is_nested(text: &str, shape: Shape) -> bool {
    let (mut rows, mut fitting, mut chunks) = (0u32, 0u32, 0u32);
    let mut start = true;
    for (line, ..) in lines(text).take(1000) {
        match sort(line) {
            Sort::Blank | Sort::Article => start = true,
            Sort::Row => {
                let cut = shape.cut(line);
                if start && is_remark(line, cut.tag) {
                    continue;
                }
                start = false;
                rows += 1;
                let tags = tag::parse(cut.middle).zip(tag::parse(cut.tag));
                if let Some((tag, _)) = tags.filter(|_| cut.columns == 3) {
                    fitting += 1;
                    chunks += u32::from(CHUNKS.contains(&tag.label));
                }
            }
        }
    }
    fitting > 0 && chunks == 0 && fitting * 10 >= rows * 9
}

/// The chunks of the shared tasks of 2000 and 2003.
const CHUNKS: [&str; 13] = [
    "NP", "VP", "PP", "ADVP", "ADJP", "SBAR", "PRT", "CONJP", "INTJ", "LST", "UCP", "NC", "VC",
];

/// Whether a file or an article of one numbers its tokens.
pub(in crate::format) fn counts(text: &str) -> bool {
    is_numbered(text, separator(text))
}

/// Whether the first lines number their tokens.
pub(super) fn is_numbered(text: &str, separator: Separator) -> bool {
    let mut numbers = Numbers::default();
    let mut start = true;
    for (line, ..) in lines(text).take(1000) {
        match sort(line) {
            // What CoNLL-2003 begins with is a token; a text may count.
            Sort::Article if line.contains(" -X-") => return false,
            Sort::Blank | Sort::Article => {
                start = true;
                numbers.sentence();
            }
            Sort::Row => {
                let cut = cut(line, separator);
                if !(start && is_remark(line, cut.tag)) {
                    start = false;
                    numbers.row(&cut);
                }
            }
        }
    }
    numbers.all()
}

#[cfg(test)]
mod tests {
    use super::super::shape::learn;
    use super::*;
    use crate::format::entry::ReadOptions;

    fn shape(text: &str) -> Shape {
        learn(text, &ReadOptions::default())
    }

    #[test]
    fn a_column_of_numbers_is_no_token() {
        for text in ["0\t乌\tO\n1\t镇\tO\n\n0\t雨\tO\n", "1 乌 n O\n2 镇 n O\n"] {
            let seen = shape(text);
            assert!(seen.numbered, "{text}");
            let cut = seen.cut(text.lines().next().unwrap());
            assert_eq!((cut.token, cut.tag), ("乌", "O"));
            assert_eq!(cut.columns, seen.columns);
            assert_eq!(text.get(cut.tag_at..cut.tag_at + 1), Some("O"));
        }
        for text in [
            "1 O\n2 O\n",
            "3\tCD\tO\n4\tCD\tO\n",
            "1 CD O\n",
            "1 _ _ O\n2 _ _ O\n",
            "-DOCSTART- -X- -X- O\n\n1 CD B-NP O\n2 CD I-NP O\n",
        ] {
            assert!(!shape(text).numbered, "{text}");
        }
    }

    #[test]
    fn two_tags_behind_a_numbered_token_are_of_mentions_and_of_those_within() {
        for (text, want) in [
            ("1\t乌\tB-LOC\tO\n2\t镇\tI-LOC\tB-PER\n", true),
            (
                "#\thttp://a.b/c [2009-10-17]\n1\ta\tB-ORG\tB-LOC\n2\tb\tO\tO\n",
                true,
            ),
            ("1\ta\tB-NP\tB-PER\n2\tb\tO\tO\n", false),
            ("1\ta\tNN\tB-PER\n2\tb\tVB\tO\n", false),
            ("1\ta\tNN\tO\tB-PER\n2\tb\tVB\tO\tO\n", false),
            ("a\tB-PER\tB-PER\nb\tO\tO\n", false),
        ] {
            assert_eq!(shape(text).nested, want, "{text}");
        }
    }
}
