//! What the start of a file shows of its columns, by which it is recognised.

use super::cut::{Cut, Separator, cut, values};
use super::fits_mostly;
use super::numbered::Numbers;
use super::shape::{self, Sort};
use super::tag::{self, NAMELESS, Part, Step};
use crate::article::Kind;
use crate::format::entry::Look;

/// Lines of up to so many columns are of this form by their tags alone: other tables have more.
const FEW: usize = 4;

/// From so many lines on, tags at their ends are no chance.
const MUCH: u32 = 20;

/// What the start of a file shows.
#[derive(Debug, Default)]
pub(in crate::format) struct Seen {
    /// Lines that are to be a token and its tag, and those of few columns that are.
    pub(super) rows: u32,
    few: u32,
    /// Those of more columns, by their number.
    wide: [u32; shape::MOST],
    /// Tags that begin a mention or go on with one, and those of tokens in none.
    mentions: u32,
    outside: u32,
    /// The same in the column before the last, where that has tags too.
    outer: u32,
    pub(super) articles: u32,
    /// The name ends as those of such files do.
    pub(super) named: bool,
    pub(in crate::format) starts_article: bool,
    /// Lines of four columns or five, the last but one of which is a chunk; of five the second is a lemma.
    chunked: u32,
    /// Lines of four columns that have nothing but `_` for a part of speech and a chunk.
    unknown: u32,
    /// Articles begin with `-DOCSTART- -X- -X- O`, as CoNLL-2003 has it.
    crossed: bool,
    /// All of those lines by the number of their columns.
    even: [u32; shape::MOST],
    /// Those whose token is one character, with its place or without, and those of them that are no ASCII.
    single: u32,
    wider: u32,
    /// Tags that go on with the mention of the line before, and those whose label stands for a known kind.
    going_on: u32,
    known: u32,
    /// Tokens in no mention that are a mark of a sentence.
    marks: u32,
    /// Blank lines behind lines, those at the end too.
    blank: u32,
    /// Whether the tokens of each sentence are numbered: then the column behind the token is none of CoNLL-2003's.
    numbers: Numbers,
}

/// The lines of the start of a file without white space at their ends, and without one that may be cut.
fn lines_of<'a>(look: &Look<'a>) -> impl Iterator<Item = &'a str> {
    let end = char::from(shape::line_end(look.start));
    let cut = if look.whole {
        look.start.len()
    } else {
        look.start.rfind(end).unwrap_or(0)
    };
    shape::lines(look.start.get(..cut).unwrap_or("")).map(|(line, ..)| line)
}

impl Seen {
    pub(in crate::format) fn of(look: &Look<'_>) -> Self {
        let named = matches!(
            look.ending().as_str(),
            "conll" | "bio" | "iob" | "iob1" | "iob2" | "bioes" | "bmes" | "bieo"
        );
        let mut seen = Self {
            named,
            ..Self::default()
        };
        let tabs = lines_of(look).filter(|line| line.trim().contains('\t'));
        let rows = lines_of(look).filter(|line| !line.trim().is_empty());
        let separator = if tabs.count() * 2 >= rows.count() {
            Separator::Tab
        } else {
            Separator::Space
        };
        let mut start = true;
        let mut tags = tag::Row::default();
        // What stands behind the last line end is no line.
        let mut lines = lines_of(look).peekable();
        while let Some(line) = lines.next() {
            match shape::sort(line) {
                Sort::Blank => {
                    start = true;
                    tags = tag::Row::default();
                    seen.blank += u32::from(seen.rows > 0 && lines.peek().is_some());
                    seen.numbers.sentence();
                }
                Sort::Article => {
                    start = true;
                    tags = tag::Row::default();
                    seen.numbers.sentence();
                    seen.starts_article |= seen.rows == 0;
                    seen.articles += 1;
                    seen.crossed |= cut(line, Separator::Space).middle.starts_with("-X-");
                }
                Sort::Row => {
                    let cut = cut(line, separator);
                    if !(start && shape::is_remark(line, cut.tag)) {
                        start = false;
                        seen.row(&cut, separator, &mut tags);
                    }
                }
            }
        }
        seen
    }

    fn row<'t>(&mut self, cut: &Cut<'t>, separator: Separator, tags: &mut tag::Row<'t>) {
        self.rows += 1;
        self.numbers.row(cut);
        let Some(tag) = tag::parse(cut.tag).filter(|tag| tag.label != NAMELESS) else {
            *tags = tag::Row::default();
            return;
        };
        // A label is a word that does not begin with a digit or a mark; where all else says that these are columns, it
        // may be a number, as that of an exported class.
        let is_sure = self.named || self.articles > 0;
        let is_word = tag
            .label
            .starts_with(|c: char| c.is_alphabetic() || (is_sure && c.is_ascii_digit()));
        if cut.columns < 2 || (tag.part != Part::Outside && !is_word) {
            return;
        }
        if cut.columns <= FEW {
            self.few += 1;
        } else if let Some(count) = self.wide.get_mut(cut.columns) {
            *count += 1;
        } else {
            return;
        }
        if let Some(count) = self.even.get_mut(cut.columns) {
            *count += 1;
        }
        let is_outside = tag.part == Part::Outside;
        self.token(cut.token, is_outside);
        self.going_on += u32::from(tags.next(tag).0 == Step::GoesOn);
        self.known += u32::from(!is_outside && Kind::from_label(tag.label) != Kind::Other);
        self.outside += u32::from(is_outside);
        self.mentions += u32::from(!is_outside);
        if cut.columns == 4 {
            let outer = values(cut.middle, separator).last().and_then(tag::parse);
            let is_word = |tag: tag::Tag<'_>| tag.label.starts_with(char::is_alphabetic);
            self.outer += u32::from(outer.is_some_and(is_word));
        }
        if matches!(cut.columns, 4 | 5) {
            let middle: Vec<&str> = values(cut.middle, separator).collect();
            let chunk = middle.last().copied().unwrap_or("");
            let is_chunk = tag::parse(chunk).is_some_and(|tag| tag.label != NAMELESS);
            self.chunked += u32::from(is_chunk && middle.len() + 2 == cut.columns);
            self.unknown += u32::from(middle == ["_", "_"]);
        }
    }

    /// What a token says of the file.
    fn token(&mut self, token: &str, is_outside: bool) {
        let mut chars = token.chars();
        let first = chars.next();
        if first.is_some() && chars.all(|c| c.is_ascii_digit()) {
            self.single += 1;
            self.wider += u32::from(!token.is_ascii());
        }
        let is_mark = |c: char| ".,;:!?\u{3002}，、；：！？…".contains(c);
        let is_marks = !token.is_empty() && token.chars().all(is_mark);
        self.marks += u32::from(is_outside && is_marks);
    }

    /// Whether nearly all lines have one number of columns.
    pub(super) fn is_even(&self) -> bool {
        let all: u32 = self.even.iter().sum();
        let most = self.even.iter().copied().max().unwrap_or(0);
        most * 10 >= all * 9
    }

    /// Whether something speaks for a token a line beside the tags: a few cells of any table may look like them, sizes
    /// (`S-M`), marks (`B-`) and names (`B-Team`).
    pub(super) fn is_told(&self) -> bool {
        let all: u32 = self.even.iter().sum();
        // A mention of several tokens; Chinese, a character a line; numbers that begin anew with each sentence.
        if self.named || self.articles > 0 || self.going_on > 0 || self.numbers.all() {
            return true;
        }
        if self.wider * 2 >= all && self.single * 10 >= all * 9 {
            return true;
        }
        let is_much = self.rows >= MUCH && self.mentions > 1 && self.outside > self.mentions;
        let is_sentence = self.marks > 0 || self.blank > 0;
        self.is_even() && (self.known > 0 || is_sentence || is_much)
    }

    /// Whether any token is in a mention.
    pub(super) const fn has_mentions(&self) -> bool {
        self.mentions > 0 || (self.outer > 0 && self.numbers.all())
    }

    /// Lines that are a token and its tag. Those of more columns than most such files have count where they all have the
    /// same number of them, and something more than a tag at their ends speaks for it: other tables may end so as well.
    pub(super) fn fitting(&self) -> u32 {
        let all: u32 = self.wide.iter().sum();
        let most = self.wide.iter().copied().max().unwrap_or(0);
        let has_both = self.mentions > 0 && self.outside > 0;
        let is_sure = self.named || self.articles > 0 || (has_both && self.is_told());
        if is_sure && most * 10 >= all * 9 {
            self.few + all
        } else {
            self.few
        }
    }

    /// Whether most lines are those of CoNLL-2003. Its normal form has `_` for what it does not know, which other files
    /// of four columns have as well.
    pub(in crate::format) fn is_chunked(&self) -> bool {
        let fitting = if self.crossed {
            self.chunked + self.unknown
        } else {
            self.chunked
        };
        fits_mostly(fitting, self.rows, self.named) && (self.crossed || !self.numbers.all())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Confidence, Format, detect};

    #[test]
    fn more_than_four_columns_need_more_than_a_tag_at_the_end() {
        use Confidence::{Certain, Likely};
        let german =
            "Norhaven Norhaven NE I-NC I-LOC\nMaro <unknown> NE I-NC I-PER\nfür für APPR B-NC O\n";
        let whole = format!("-DOCSTART- -X- -X- -X- O\n\n{german}");
        for (name, text, want) in [
            (
                "a.train",
                whole.as_str(),
                Some((Format::Conll2003, Certain)),
            ),
            ("a.txt", german, Some((Format::Conll2003, Likely))),
            (
                "a.txt",
                "a b c d e f B-PER\nb c d e f g I-PER\nc d e f g h O\n",
                Some((Format::Column, Likely)),
            ),
            ("a.bio", "a b c d e f O\n", Some((Format::Column, Likely))),
            (
                "a.txt",
                "-DOCSTART- a b c d e O\n\na b c d e f O\n",
                Some((Format::Column, Certain)),
            ),
            (
                "a.tsv",
                "1\tMaro\tB-PER\tO\n2\tgeht\tO\tO\n",
                Some((Format::Column, Likely)),
            ),
            // Tables, words of CoNLL-U, and lines of a text that happen to end so.
            ("a.tsv", "a\tb\tc\td\tB-class\nb\tc\td\te\tS-class\n", None),
            (
                "a.tsv",
                "a\tb\tc\td\tO\nb\tc\td\te\tO\nc\td\te\tf\tO\n",
                None,
            ),
            (
                "a.txt",
                "1\ta\t_\t_\t_\t_\t_\t_\t_\tNER=B-PER\n2\tb\t_\t_\t_\t_\t_\t_\t_\tO\n",
                Some((Format::Conllu, Likely)),
            ),
            (
                "a.txt",
                "He saw the very last of them O\nHe went to see B-movies\nand so did I and we all O\n",
                None,
            ),
        ] {
            let look = Look {
                name,
                start: text,
                whole: true,
            };
            let found = detect(&look).map(|(format, sign)| (format, sign.confidence));
            let found = found.filter(|(format, _)| *format != Format::Text);
            assert_eq!(found, want, "{text}");
        }
    }
}
