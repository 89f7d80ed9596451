//! What a column file does throughout, learnt from all of it.

use super::cut::{Cut, Separator, cut};
use super::numbered::{is_nested, is_numbered, unnumbered};
use super::tag::{self, Part, Row, Step};
use crate::format::entry::ReadOptions;
use crate::format::scheme::Scheme;
use crate::format::tokens::{Joint, Tally};

/// The line that begins an article.
pub(super) const ARTICLE: &str = "-DOCSTART-";

/// More columns than this are not told apart.
pub(super) const MOST: usize = 16;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) struct Shape {
    pub(super) separator: Separator,
    /// How many columns its lines have.
    pub(super) columns: usize,
    pub(super) scheme: Scheme,
    /// Whether tokens are a character and its place in the word: `310` is the character 3 at place 10.
    pub(super) indexed: bool,
    /// Whether the first column numbers the tokens of each sentence; the second is the token then.
    pub(super) numbered: bool,
    /// Whether the last two columns are tags: of mentions, and of those within them.
    pub(super) nested: bool,
    /// How the tokens of its beginning are joined; an article may differ.
    pub(super) joint: Joint,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            separator: Separator::Tab,
            columns: 2,
            scheme: Scheme::Bio,
            indexed: false,
            numbered: false,
            nested: false,
            joint: Joint::default(),
        }
    }
}

impl Shape {
    /// Takes a line apart. The number that its first column may be is no column.
    pub(super) fn cut<'t>(&self, line: &'t str) -> Cut<'t> {
        let whole = cut(line, self.separator);
        if self.numbered {
            unnumbered(line, &whole, self.separator).unwrap_or(whole)
        } else {
            whole
        }
    }
}

/// A line as readers need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// White space alone: it ends a sentence.
    Blank,
    /// It begins an article.
    Article,
    /// Anything else.
    Row,
}

/// What ends the lines of a text: CR in files as old Macs wrote them, which have no LF.
pub(in crate::format) fn line_end(text: &str) -> u8 {
    let has = |byte| memchr::memchr(byte, text.as_bytes()).is_some();
    if !has(b'\n') && has(b'\r') {
        b'\r'
    } else {
        b'\n'
    }
}

/// The lines of a text without white space at their ends, each with its first byte and the one behind it.
pub(in crate::format) fn lines(text: &str) -> impl Iterator<Item = (&str, usize, usize)> {
    let mut start = 0;
    let ends = memchr::memchr_iter(line_end(text), text.as_bytes()).chain([text.len()]);
    ends.map(move |end| {
        let line = text.get(start..end).unwrap_or("");
        let from = start;
        start = end + 1;
        let is_trimmed = line.as_bytes().last().is_some_and(u8::is_ascii_graphic);
        let line = if is_trimmed { line } else { line.trim_end() };
        (line, from, end)
    })
}

/// Sorts a line that was trimmed at its end.
pub(super) fn sort(line: &str) -> Sort {
    if line.is_empty() {
        return Sort::Blank;
    }
    if !line.starts_with('-') {
        return Sort::Row;
    }
    match line.strip_prefix(ARTICLE) {
        Some(rest) if rest.bytes().next().is_none_or(|b| b.is_ascii_whitespace()) => Sort::Article,
        _ => Sort::Row,
    }
}

/// Whether the first line of a sentence is a remark, such as the `# id` that some corpora put there: it begins with `#`
/// and a blank and ends with no tag. Behind a tab, as in the files of `GermEval` 2014, it is a source: an address, or words
/// and a date; one bare word there is a tag that has lost its letter.
pub(super) fn is_remark(line: &str, tag: &str) -> bool {
    let Some(rest) = line.strip_prefix('#').filter(|_| tag::parse(tag).is_none()) else {
        return false;
    };
    let is_source =
        |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '/' | ':' | '.' | '=');
    match rest.strip_prefix('\t') {
        Some(source) => source.trim().contains(is_source),
        None => rest.starts_with(' '),
    }
}

/// The token without the place that stands behind its character.
pub(super) fn unindexed<'t>(token: &'t str, place: &mut u32) -> Option<&'t str> {
    let first = token.chars().next()?.len_utf8();
    let (head, digits) = token.split_at_checked(first)?;
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number(digits) {
        *place = digits.parse().unwrap_or(0);
        return Some(head);
    }
    // Several characters before the place: only digits that are the next place, or 0, can be told from the token.
    for wanted in [*place + 1, 0] {
        let head = token.strip_suffix(wanted.to_string().as_str());
        if let Some(head) = head.filter(|head| !head.is_empty()) {
            *place = wanted;
            return Some(head);
        }
    }
    None
}

/// Learns how a file is written. What the options say goes before that.
pub(super) fn learn(text: &str, options: &ReadOptions) -> Shape {
    let mut shape = Shape {
        separator: separator(text),
        ..Shape::default()
    };
    shape.numbered = is_numbered(text, shape.separator);
    shape.nested = shape.numbered && is_nested(text, shape);
    let mut count = Count::default();
    let mut row = Row::default();
    let mut start = true;
    for (line, ..) in lines(text) {
        match sort(line) {
            Sort::Blank | Sort::Article => {
                start = true;
                row = Row::default();
                count.last_label = "";
            }
            Sort::Row => {
                let cut = shape.cut(line);
                if start && is_remark(line, cut.tag) {
                    continue;
                }
                start = false;
                // The tags of what is within say less.
                let tag = if shape.nested { cut.middle } else { cut.tag };
                count.line(cut.token, tag, cut.columns, &mut row);
            }
        }
    }
    Shape {
        columns: count.columns(),
        scheme: options.scheme.unwrap_or_else(|| count.scheme()),
        indexed: count.indexed(),
        joint: count.tally.joint(),
        ..shape
    }
}

/// Tabs where half of the first lines have one.
pub(super) fn separator(text: &str) -> Separator {
    let (mut lines, mut tabs) = (0u32, 0u32);
    let rows = text.split('\n').filter(|line| !line.trim().is_empty());
    for line in rows.take(1000) {
        lines += 1;
        tabs += u32::from(line.trim().contains('\t'));
    }
    if lines > 0 && tabs * 2 >= lines {
        Separator::Tab
    } else {
        Separator::Space
    }
}

/// For each B that IOB1 would not have, so many mentions begin with I where the scheme is IOB1 all the same.
const RARE: u64 = 4;

#[derive(Debug, Default)]
struct Count<'t> {
    columns: [u32; MOST],
    begins: u64,
    /// Those B that stand where IOB1 has them: behind a mention of their label.
    parting: u64,
    orphans: u64,
    ends: u64,
    middles: u64,
    insides: u64,
    /// The label of the token before; empty for none.
    last_label: &'t str,
    /// Tokens that are a character and the place that is due there, and those of them whose character is wide.
    indexed: u64,
    place: u32,
    tally: Tally,
    rows: u64,
}

impl<'t> Count<'t> {
    fn line(&mut self, token: &str, tag: &'t str, columns: usize, row: &mut Row<'t>) {
        self.rows += 1;
        if let Some(count) = self.columns.get_mut(columns) {
            *count += 1;
        }
        self.token(token);
        if tag == "O" {
            *row = Row::default();
            self.last_label = "";
            return;
        }
        let Some(tag) = tag::parse(tag) else {
            *row = Row::default();
            self.last_label = "";
            return;
        };
        match tag.letter {
            b'M' => self.middles += 1,
            b'I' => self.insides += 1,
            _ => {}
        }
        match tag.part {
            Part::Begin => {
                self.begins += 1;
                self.parting += u64::from(self.last_label == tag.label);
            }
            Part::End | Part::Single => self.ends += 1,
            Part::Inside | Part::Outside => {}
        }
        self.orphans += u64::from(row.next(tag).0 == Step::BeginsOrphan);
        self.last_label = tag.label;
    }

    fn token(&mut self, token: &str) {
        let single = token.chars().next().map_or(0, char::len_utf8);
        let digits = token.get(single..).unwrap_or("");
        if !digits.is_empty() && digits.len() < 6 && digits.bytes().all(|b| b.is_ascii_digit()) {
            let place = digits.parse().unwrap_or(u32::MAX);
            if place == 0 || place == self.place + 1 {
                self.indexed += 1;
                self.place = place;
            }
        }
        // How tokens are joined each article says again for itself.
        if self.rows < 20_000 {
            self.tally.add(token);
        }
    }

    /// The number of columns that most lines have.
    fn columns(&self) -> usize {
        let counts = self.columns.iter().enumerate().skip(2);
        let most = counts.max_by_key(|(columns, count)| (**count, usize::MAX - columns));
        most.filter(|(_, count)| **count > 0)
            .map_or(2, |(columns, _)| columns)
    }

    fn scheme(&self) -> Scheme {
        // Each mention of these ends with E or is S; a few such tags are slips.
        if self.ends * 2 > self.begins || (self.middles > 0 && self.insides == 0) {
            if self.middles > self.insides {
                Scheme::Bmes
            } else {
                Scheme::Bioes
            }
        } else if self.orphans > 0 && self.orphans >= (self.begins - self.parting) * RARE {
            // In IOB1 nearly all mentions begin with I, and B only parts two of one label; a few are slips.
            Scheme::Iob1
        } else {
            Scheme::Bio
        }
    }

    /// Whether nearly all tokens have a place, and the text is Chinese: no place stands behind a word.
    fn indexed(&self) -> bool {
        self.rows > 0 && self.indexed * 20 >= self.rows * 19 && self.tally.joint() != Joint::Spaced
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Shape {
        learn(text, &ReadOptions::default())
    }

    #[test]
    fn the_scheme_is_told_from_all_tags() {
        use Scheme::{Bio, Bioes, Bmes, Iob1};
        for (tags, scheme) in [
            ("B-X I-X O B-Y", Bio),
            ("B-X I-X O I-Y I-Y", Bio),
            ("I-X I-X O I-Y B-Y I-Y", Iob1),
            ("I-X I-X O I-Y", Iob1),
            ("I-X O I-Y O I-Y I-X O B-X O I-Y B-Y", Iob1),
            ("B-X O I-Y O B-Y B-X O B-X O I-Y", Bio),
            ("B-X E-X O S-X B-X I-X E-X", Bioes),
            ("B-X L-X O U-X", Bioes),
            ("B-X M-X E-X O S-X", Bmes),
            ("O O", Bio),
            ("B-X I-X B-X I-X B-X I-X B-X I-X S-X", Bio),
        ] {
            let lines: String = tags.split(' ').map(|t| format!("乌\t{t}\n")).collect();
            assert_eq!(shape(&lines).scheme, scheme, "{tags}");
        }
        let forced = ReadOptions {
            scheme: Some(Bmes),
            ..ReadOptions::default()
        };
        assert_eq!(learn("乌\tB-X\n", &forced).scheme, Bmes);
    }

    #[test]
    fn a_place_behind_the_character_is_seen_only_where_all_have_it() {
        assert!(shape("他0\tO\n在0\tO\n河1\tO\n30\tO\n").indexed);
        assert!(!shape("他0\tO\n在0\tO\n河\tO\n边\tO\n").indexed);
        assert!(!shape("A4\tO\nb7\tO\n").indexed, "no place is due there");
        assert!(!shape("a0\tO\nb1\tO\n").indexed, "no Chinese");
        let mut place = 9;
        assert_eq!(unindexed("310", &mut place), Some("3"));
        assert_eq!(place, 10);
        assert_eq!(
            unindexed("👨\u{200D}👩11", &mut place),
            Some("👨\u{200D}👩")
        );
        assert_eq!(unindexed("乌", &mut place), None);
    }

    #[test]
    fn columns_are_counted() {
        let seen = shape("a b NN O\nc NN O\nd NN O\n\n乌\n");
        assert_eq!((seen.separator, seen.columns), (Separator::Space, 3));
        assert_eq!(shape("New York\tO\nx\tO\n").separator, Separator::Tab);
    }

    #[test]
    fn remarks_end_with_no_tag() {
        for (line, tag, want) in [
            ("# id 12", "12", true),
            ("# O", "O", false),
            (
                "#\thttp://a.b/c [2009-10-17]",
                "http://a.b/c [2009-10-17]",
                true,
            ),
            ("#\ta vom 26.02.2005", "a vom 26.02.2005", true),
            ("#\tB-PER", "B-PER", false),
            ("#\tPER", "PER", false),
            ("#a\tPER", "PER", false),
        ] {
            assert_eq!(is_remark(line, tag), want, "{line}");
        }
    }
}
