//! Articles as columns, in the normal form.

use super::shape::ARTICLE;
use super::tag::{NAMELESS, Stand, letter};
use crate::article::{Annotations, Article, ByteSpan, Mention, MentionId};
use crate::format::entry::{WriteOptions, Written};
use crate::format::loss::{Feature, Losses, labels_of_mentions};
use crate::format::scheme::Scheme;
use crate::format::tokens::{Joint, Token, cut_unspaced, trimmed};

/// The mentions that one row of tags can carry: of those that share a place the first, which is the longest of those
/// that begin there.
pub(in crate::format) fn kept(annotations: &Annotations) -> Vec<(MentionId, &Mention)> {
    let mut end = 0;
    let all = (0u32..).map(MentionId).zip(annotations.mentions());
    all.filter(|(_, mention)| !mention.is_discontinuous())
        .filter(|(_, mention)| {
            let hull = mention.hull();
            let free = hull.start() >= end;
            if free {
                end = hull.end();
            }
            free
        })
        .collect()
}

/// Adds to the losses what does not come back of the white space of a text that was cut so.
pub(in crate::format) fn lost(text: &str, tokens: &[Token], joint: Joint, losses: &mut Losses) {
    let (mut lines, mut spaces) = (0, 0);
    let mut before: Option<Token> = None;
    for token in tokens {
        let gap = text
            .get(before.map_or(0, |t| t.end)..token.start)
            .unwrap_or("");
        let put = match before {
            None => "",
            Some(_) if token.first => "\n",
            Some(before) if joint.spaces(before.of(text), token.of(text)) => " ",
            Some(_) => "",
        };
        if gap.contains('\n') && !token.first {
            lines += 1;
        } else {
            spaces += usize::from(gap != put);
        }
        before = Some(*token);
    }
    let rest = text.get(before.map_or(0, |t| t.end)..).unwrap_or("");
    spaces += usize::from(!rest.trim_end_matches('\n').is_empty());
    losses.add(Feature::Lines, lines);
    losses.add(Feature::Spaces, spaces);
}

/// A label as a tag has it: without white space.
pub(in crate::format) fn word(label: &str) -> String {
    let word = label.split_whitespace().collect::<Vec<_>>().join("_");
    if word.is_empty() {
        NAMELESS.to_owned()
    } else {
        word
    }
}

/// A token with its tag, to be written.
pub(in crate::format) struct Tagged<'a> {
    pub(in crate::format) token: &'a str,
    /// Whether it begins a sentence.
    pub(in crate::format) first: bool,
    pub(in crate::format) tag: String,
    /// Its mention, by number among those given, and its number in that.
    pub(in crate::format) within: Option<(usize, usize)>,
}

/// The tokens of an article with their tags.
pub(in crate::format) fn tagged<'a>(
    article: &'a Article,
    mentions: &[(MentionId, &Mention)],
    scheme: Scheme,
    losses: &mut Losses,
) -> Vec<Tagged<'a>> {
    losses.add_labels(labels_of_mentions(&article.annotations), |label| {
        word(label) == label
    });
    let text = article.text.whole();
    let hulls = mentions.iter().map(|(_, m)| trimmed(text, m.hull()));
    let marks: Vec<ByteSpan> = hulls.collect();
    let (mut tokens, joint) = cut_unspaced(text, &marks);
    part_article_lines(text, &mut tokens);
    lost(text, &tokens, joint, losses);
    let labels: Vec<String> = {
        let labels = article.annotations.labels().iter();
        labels.map(|label| word(&label.name)).collect()
    };
    let label_of = |index: usize| {
        let label = mentions.get(index).map(|(_, m)| m.label.0 as usize);
        label
            .and_then(|l| labels.get(l))
            .map_or(NAMELESS, String::as_str)
    };
    // Which mention each token is in.
    let mut owners: Vec<Option<usize>> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    for token in &tokens {
        while marks.get(at).is_some_and(|mark| mark.end() <= token.start) {
            at += 1;
        }
        let within = marks
            .get(at)
            .is_some_and(|mark| mark.start() <= token.start);
        owners.push(within.then_some(at));
    }
    let seen: std::collections::HashSet<usize> = owners.iter().copied().flatten().collect();
    // A mention of nothing but white space has no token.
    losses.add(Feature::Spaces, mentions.len() - seen.len());
    let mut made = Vec::with_capacity(tokens.len());
    let mut number = 0;
    for (index, token) in tokens.iter().enumerate() {
        let owner = owners.get(index).copied().flatten();
        let before = index
            .checked_sub(1)
            .and_then(|i| owners.get(i).copied().flatten());
        let after = owners.get(index + 1).copied().flatten();
        let (tag, within) = match owner {
            None => ("O".to_owned(), None),
            Some(owner) => {
                let first = before != Some(owner);
                number = if first { 0 } else { number + 1 };
                let label = label_of(owner);
                let stand = Stand {
                    first,
                    last: after != Some(owner),
                    touches: !token.first && before.is_some_and(|b| label_of(b) == label),
                };
                let tag = format!("{}-{label}", letter(scheme, stand));
                (tag, Some((owner, number)))
            }
        };
        made.push(Tagged {
            token: token.of(text),
            first: token.first,
            tag,
            within,
        });
    }
    made
}

/// A token that would begin an article when it is read again becomes two.
fn part_article_lines(text: &str, tokens: &mut Vec<Token>) {
    if !tokens.iter().any(|token| token.of(text) == ARTICLE) {
        return;
    }
    let parted = tokens.drain(..).flat_map(|token| {
        let at = if token.of(text) == ARTICLE {
            token.end - 1
        } else {
            token.end
        };
        let rest = Token {
            start: at,
            first: false,
            ..token
        };
        std::iter::once(Token { end: at, ..token }).chain((at < token.end).then_some(rest))
    });
    *tokens = parted.collect();
}

/// Writes an article.
pub(super) fn write(article: &Article, options: &WriteOptions, losses: &mut Losses) -> Written {
    let mentions = kept(&article.annotations);
    let scheme = options.scheme.unwrap_or(Scheme::Bio);
    let mut out = String::with_capacity(article.text.len() * 2);
    for row in tagged(article, &mentions, scheme, losses) {
        if row.first && !out.is_empty() {
            out.push('\n');
        }
        out.push_str(row.token);
        out.push('\t');
        out.push_str(&row.tag);
        out.push('\n');
    }
    if !out.is_empty() {
        out.push('\n');
    }
    Written {
        main: out,
        beside: None,
    }
}
