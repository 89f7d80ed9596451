//! Articles as tagged segments, in the normal form.

use super::{OUTSIDE, tag_at, tag_of};
use crate::article::Article;
use crate::format::entry::{WriteOptions, Written};
use crate::format::geometry::lies;
use crate::format::loss::{Feature, Losses, labels_of_mentions};
use crate::text::is_cjk;

/// Writes an article as one line, without its end. Of mentions that overlap, the first is written, or the longest of
/// those that begin together.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    let made = &article.annotations;
    losses.add_labels(labels_of_mentions(made), |label| tag_of(label) == label);
    let text = article.text.whole().trim_end_matches('\n');
    let mut main = String::with_capacity(text.len() * 2);
    let mut at = 0;
    for (mention, lie) in made.mentions().iter().zip(lies(made.mentions())) {
        let hull = mention.hull();
        if mention.is_discontinuous() {
            continue;
        }
        if hull.start() < at {
            // Those of one layer are counted before anything is written.
            let is_counted = lie.equal || lie.within || lie.crossing;
            losses.add(Feature::Crossing, usize::from(!is_counted));
            continue;
        }
        let words = line_of(text, hull.start(), hull.end());
        if words.is_empty() || hides_tag(&words).is_some() {
            losses.add(Feature::SubToken, 1);
            continue;
        }
        outside(&line_of(text, at, hull.start()), &mut main);
        segment(&words, &tag_of(made.label_name(mention.label)), &mut main);
        at = hull.end();
    }
    outside(&line_of(text, at, text.len()), &mut main);
    if main.is_empty() {
        segment("", OUTSIDE, &mut main);
    }
    Written { main, beside: None }
}

fn segment(words: &str, tag: &str, main: &mut String) {
    for part in [words, "/", tag, " "] {
        main.push_str(part);
    }
}

fn outside(words: &str, main: &mut String) {
    let mut rest = words;
    while let Some(slash) = hides_tag(rest) {
        let (head, behind) = rest.split_at(slash + 1);
        segment(head, OUTSIDE, main);
        rest = behind;
    }
    if !rest.is_empty() {
        segment(rest, OUTSIDE, main);
    }
}

/// The byte of a slash before what would be read as a tag. At the end of the words nothing is, since their own tag
/// follows.
fn hides_tag(words: &str) -> Option<usize> {
    memchr::memchr_iter(b'/', words.as_bytes()).find(|slash| {
        let rest = words.get(slash + 1..).unwrap_or("");
        tag_at(rest).is_some_and(|tag| tag.len() < rest.len())
    })
}

/// A part of the text on one line: a line end is a space where it stands between words of letters, else nothing.
fn line_of(text: &str, start: usize, end: usize) -> String {
    let part = text.get(start..end).unwrap_or("");
    let mut line = String::with_capacity(part.len());
    let mut at = start;
    for (number, piece) in part.split('\n').enumerate() {
        if number > 0 {
            // What stands on the other side of the part counts as well.
            let before = text
                .get(..at.saturating_sub(1))
                .and_then(|t| t.chars().next_back());
            let behind = text.get(at..).and_then(|t| t.chars().next());
            let is_word = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !is_cjk(c));
            if is_word(before) && is_word(behind) {
                line.push(' ');
            }
        }
        line.push_str(piece);
        at += piece.len() + 1;
    }
    line
}
