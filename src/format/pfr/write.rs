//! Articles as tagged words, in the normal form.

use super::tags::{PERSON, are_name, are_parts, is_bad_in_label, is_mention, is_tag};
use crate::article::{Article, Meta};
use crate::format::entry::{WriteOptions, Written};
use crate::format::geometry::{Lie, lies};
use crate::format::inline::DEPTH;
use crate::format::loss::{Feature, Losses, labels_of_mentions};

/// Writes an article, without line end behind its last line.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    losses.add_labels(labels_of_mentions(&article.annotations), |label| {
        tag(label) == label
    });
    let head = head(&article.meta, losses);
    let marks = marks(article, losses);
    let mut marks = marks.iter().peekable();
    let text = article.text.whole().trim_end_matches('\n');
    let mut main = String::with_capacity(text.len() * 3);
    let mut start = 0;
    for (number, line) in (1usize..).zip(text.split('\n')) {
        if number > 1 {
            main.push('\n');
        }
        let end = start + line.len();
        let mut writer = Writer {
            text,
            at: start,
            out: format!("{head}-{number:03}/m  "),
            opening: 0,
            open: Vec::new(),
            before: None,
        };
        while let Some(mark) = marks.next_if(|mark| mark.start < end) {
            let is_leaf = marks.peek().is_none_or(|next| next.start >= mark.end);
            writer.mark(mark, is_leaf);
        }
        writer.plain(end);
        main.push_str(&writer.out);
        losses.add(Feature::Spaces, lost_spaces(line));
        start = end + 1;
    }
    Written { main, beside: None }
}

/// The id of all paragraphs, without their number.
fn head(meta: &Meta, losses: &mut Losses) -> String {
    let digits: String = meta.date.chars().filter(char::is_ascii_digit).collect();
    let is_day = digits.len() == 8 && meta.date.len() <= 10;
    let is_number = !meta.page.is_empty() && meta.page.bytes().all(|b| b.is_ascii_digit());
    let is_page = is_number && meta.page.len() <= 3;
    let others = [&meta.source, &meta.section, &meta.language, &meta.continues];
    let lost = [
        !is_day && !meta.date.is_empty(),
        !is_page && !meta.page.is_empty(),
    ];
    let lost = lost.iter().filter(|lost| **lost).count();
    let others = others.iter().filter(|other| !other.is_empty()).count();
    losses.add(Feature::Meta, lost + others);
    let date = if is_day { &digits } else { "00000000" };
    let page = if is_page { &meta.page } else { "00" };
    let day = format!("{date}-{page:0>2}-");
    let own = meta.name.strip_prefix(day.as_str()).unwrap_or(&meta.name);
    let own: String = own
        .chars()
        .map(|c| if is_bad_in_label(c) { '_' } else { c })
        .collect();
    let own = if own.is_empty() { "001" } else { &own };
    format!("{day}{own}")
}

/// A mention that can be written: bytes of the text, and its tag.
struct Mark {
    start: usize,
    end: usize,
    tag: String,
}

/// The mentions that can be written, the outer before the inner. None of them crosses another, a line end or a Latin
/// word.
fn marks(article: &Article, losses: &mut Losses) -> Vec<Mark> {
    let made = &article.annotations;
    let lies = lies(made.mentions());
    let mut marks: Vec<(Mark, Lie)> = Vec::with_capacity(lies.len());
    for (mention, lie) in made.mentions().iter().zip(lies) {
        let hull = mention.hull();
        let words = article.text.slice(hull);
        if mention.is_discontinuous() {
            continue;
        }
        let before = words.len() - words.trim_ascii_start().len();
        let words = words.trim_ascii();
        let start = hull.start() + before;
        let end = start + words.len();
        let lost = if words.is_empty() {
            Some(Feature::Spaces)
        } else if words.contains('\n') {
            Some(Feature::Lines)
        } else if [start, end]
            .iter()
            .any(|at| is_within_word(article.text.whole(), *at))
        {
            Some(Feature::SubToken)
        } else {
            None
        };
        match lost {
            Some(feature) => losses.add(feature, 1),
            None => {
                let tag = tag(made.label_name(mention.label));
                marks.push((Mark { start, end, tag }, lie));
            }
        }
    }
    // Without the white space around them they may stand in another order.
    marks.sort_by_key(|(mark, _)| (mark.start, std::cmp::Reverse(mark.end)));
    let mut open: Vec<usize> = Vec::new();
    marks.retain(|(mark, lie)| {
        while open.pop_if(|end| *end <= mark.start).is_some() {}
        let crosses = open.last().is_some_and(|end| *end < mark.end);
        let is_deep = open.len() >= DEPTH;
        if crosses || is_deep {
            // Crossing ones are counted before anything is written.
            let is_counted = lie.crossing;
            let feature = if crosses {
                Feature::Crossing
            } else {
                Feature::Nested
            };
            losses.add(feature, usize::from(!is_counted));
            return false;
        }
        open.push(mark.end);
        true
    });
    marks.into_iter().map(|(mark, _)| mark).collect()
}

/// A label as a tag.
fn tag(label: &str) -> String {
    let tag: String = label
        .chars()
        .map(|c| if is_bad_in_label(c) { '_' } else { c })
        .collect();
    if tag.is_empty() { "x".to_owned() } else { tag }
}

/// Whether a byte stands between two Latin letters or digits: read as two words they would be parted by a space.
fn is_within_word(text: &str, at: usize) -> bool {
    let byte = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at));
    let sides = [byte(at.checked_sub(1)), byte(Some(at))];
    sides
        .iter()
        .all(|side| side.is_some_and(u8::is_ascii_alphanumeric))
}

/// How many characters of white space of a line are not there when it is read: all but a single space between Latin
/// letters or digits.
fn lost_spaces(line: &str) -> usize {
    let is_space = |b: &u8| b.is_ascii_whitespace();
    let (bytes, mut lost, mut at) = (line.as_bytes(), 0, 0);
    while let Some(from) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(is_space))
    {
        let start = at + from;
        let run = bytes.get(start..).unwrap_or(&[]);
        let run = run.iter().take_while(|b| is_space(b)).count();
        at = start + run;
        let is_latin = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        let before = start.checked_sub(1).and_then(|before| bytes.get(before));
        let is_kept =
            is_latin(before) && is_latin(bytes.get(at)) && bytes.get(start) == Some(&b' ');
        lost += run - usize::from(is_kept);
    }
    lost
}

/// One line in the making.
struct Writer<'a> {
    text: &'a str,
    /// What of the text is written.
    at: usize,
    out: String,
    /// Brackets that open before the next word.
    opening: usize,
    /// Compounds that are open, the outer first.
    open: Vec<&'a Mark>,
    /// The word before and its tag, when it is a mention outside of brackets.
    before: Option<(&'a str, &'a str)>,
}

impl<'a> Writer<'a> {
    fn mark(&mut self, mark: &'a Mark, is_leaf: bool) {
        self.plain(mark.start);
        let words = self.text.get(mark.start..mark.end).unwrap_or("");
        let joins = |(word, tag): (&str, &str)| {
            let tags = (tag, mark.tag.as_str());
            are_parts(tags) || (tags == (PERSON, PERSON) && are_name(word, words))
        };
        let is_word = is_leaf
            && is_tag(&mark.tag)
            && is_mention(&mark.tag)
            && !words.contains(|c| matches!(Piece::of(c), Piece::Space | Piece::Bracket))
            && !self.before.is_some_and(joins);
        if is_word {
            self.word(words, &mark.tag);
            self.before = Some((words, &mark.tag));
            self.at = mark.end;
        } else {
            self.open.push(mark);
            self.opening += 1;
            self.before = None;
        }
    }

    /// Writes what there is up to a byte of the text, and closes the compounds that end there or before.
    fn plain(&mut self, to: usize) {
        while let Some(mark) = self.open.pop_if(|mark| mark.end <= to) {
            self.pieces(mark.end);
            self.close_one(mark);
        }
        self.pieces(to);
    }

    fn close_one(&mut self, mark: &Mark) {
        let end = self.out.trim_end_matches(' ').len();
        self.out.truncate(end);
        self.out.push(']');
        self.out.push_str(&mark.tag);
        self.out.push_str("  ");
        self.before = None;
    }

    fn pieces(&mut self, to: usize) {
        let mut rest = self.text.get(self.at..to.max(self.at)).unwrap_or("");
        while let Some(first) = rest.chars().next() {
            let sort = Piece::of(first);
            let end = match sort {
                Piece::Bracket => first.len_utf8(),
                Piece::Mark => rest.find(|c| c != first).unwrap_or(rest.len()),
                _ => rest.find(|c| Piece::of(c) != sort).unwrap_or(rest.len()),
            };
            let (piece, behind) = rest.split_at(end);
            if sort != Piece::Space {
                self.word(piece, sort.tag(piece));
                self.before = None;
            }
            rest = behind;
        }
        self.at = to.max(self.at);
    }

    fn word(&mut self, word: &str, tag: &str) {
        for _ in 0..std::mem::take(&mut self.opening) {
            self.out.push('[');
        }
        for part in [word, "/", tag, "  "] {
            self.out.push_str(part);
        }
    }
}

/// What the words between mentions are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// ASCII white space, which parts words.
    Space,
    /// Brackets and braces of ASCII, which mean something to the format: each alone.
    Bracket,
    /// Any other character that is no letter or digit; equal ones together.
    Mark,
    /// Letters and digits of ASCII.
    Latin,
    /// Other digits.
    Digit,
    /// Other letters.
    Letter,
}

impl Piece {
    fn of(c: char) -> Self {
        match c {
            c if c.is_ascii_whitespace() => Self::Space,
            '[' | ']' | '{' | '}' => Self::Bracket,
            c if c.is_ascii_alphanumeric() => Self::Latin,
            c if c.is_numeric() => Self::Digit,
            c if c.is_alphabetic() => Self::Letter,
            _ => Self::Mark,
        }
    }

    fn tag(self, piece: &str) -> &'static str {
        match self {
            Self::Space | Self::Bracket | Self::Mark => "w",
            Self::Digit => "m",
            Self::Latin if piece.bytes().all(|b| b.is_ascii_digit()) => "m",
            Self::Latin | Self::Letter => "x",
        }
    }
}
