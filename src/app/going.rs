//! Going to a place by its number: a percentage of the article, a block, a character or a byte of its text.

use std::fmt;

use super::body::{Gone, grapheme_at};
use super::picker::FOLD;
use super::state::App;
use crate::article::{BlockId, Text};
use crate::text::{Folded, PAIR_REACH, Pair, pair_from};

/// A place by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// So far through the text, 0 to 100.
    Percent(u8),
    /// A block, from 1.
    Block(u32),
    /// A code point of the text, from 0: what annotators count.
    Character(usize),
    /// A byte of the text, from 0.
    Byte(usize),
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(n) => write!(f, "{n}% of the article"),
            Self::Block(n) => write!(f, "block {n}"),
            Self::Character(n) => write!(f, "character {n}, counted from 0 (code points)"),
            Self::Byte(n) => write!(f, "byte {n}, counted from 0"),
        }
    }
}

/// How much there is to go to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Going<'a>(pub(super) Option<&'a Text>);

impl Going<'_> {
    /// Reads a place as it is typed: `50%`, `12` for a block, `@120` for a character, `@b360` for a byte. Nothing when it is
    /// no number at all; else what is wrong with it.
    pub(super) fn read(self, typed: &str) -> Option<Result<Destination, String>> {
        let typed = Folded::key(typed, FOLD);
        if !typed.starts_with(|c: char| c == '@' || c.is_ascii_digit()) {
            return None;
        }
        let Some(text) = self.0 else {
            return Some(Err("no article is open".to_owned()));
        };
        let blocks = text.blocks().len();
        let no_number = || {
            format!(
                "“{typed}” is no place: 50% of the article, block 12, character @120 or byte @b360"
            )
        };
        Some(if let Some(number) = typed.strip_prefix("@b") {
            number.parse().map_err(|_| no_number()).and_then(|byte| {
                let last = text.len().saturating_sub(1);
                within(byte, 0, last, "byte").map(|()| Destination::Byte(byte))
            })
        } else if let Some(number) = typed.strip_prefix('@') {
            // How many there are is counted when one goes there, not with each key: the text may be long.
            number
                .parse()
                .map_err(|_| no_number())
                .map(Destination::Character)
        } else if let Some(number) = typed.strip_suffix('%') {
            number.parse().map_err(|_| no_number()).and_then(|percent| {
                within(percent, 0, 100, "percentage")?;
                Ok(Destination::Percent(u8::try_from(percent).unwrap_or(100)))
            })
        } else {
            typed.parse().map_err(|_| no_number()).and_then(|block| {
                within(block, 1, blocks, "block")?;
                Ok(Destination::Block(u32::try_from(block).unwrap_or(u32::MAX)))
            })
        })
    }
}

fn within(number: usize, first: usize, last: usize, what: &str) -> Result<(), String> {
    if (first..=last).contains(&number) {
        Ok(())
    } else {
        Err(format!(
            "there is no {what} {number}: {first} to {last} is expected"
        ))
    }
}

impl App {
    /// Puts the point on a place; back leads to where one was.
    pub(super) fn go_to_destination(&mut self, to: Destination) {
        let Some(body) = &self.body else { return };
        let text = &body.article().text;
        let offset = match to {
            Destination::Percent(percent) => {
                let at = text.len() as u128 * u128::from(percent.min(100)) / 100;
                usize::try_from(at).unwrap_or(usize::MAX)
            }
            Destination::Block(number) => {
                self.leave_here();
                self.go_to_block(number);
                return;
            }
            Destination::Byte(byte) => byte,
            Destination::Character(number) => match text.whole().char_indices().nth(number) {
                Some((at, _)) => at,
                None => {
                    let last = text.whole().chars().count().saturating_sub(1);
                    self.warn(format!(
                        "there is no character {number}: 0 to {last} is expected"
                    ));
                    return;
                }
            },
        };
        self.leave_here();
        self.go_to_offset(offset);
    }

    /// `%`: to the partner of the bracket or quotation mark at the point, or of the next one in the block; with a count to
    /// that percentage of the article.
    pub(super) fn match_pair(&mut self, count: Option<u32>) {
        if self.point().is_none() {
            self.say("there is no text to go about in");
            return;
        }
        if let Some(percent) = count {
            match u8::try_from(percent).ok().filter(|percent| *percent <= 100) {
                Some(percent) => self.go_to_destination(Destination::Percent(percent)),
                None => self.warn(format!(
                    "{percent}% is not in the article: 0 to 100 is expected"
                )),
            }
            return;
        }
        let Some((body, point)) = self.body.as_ref().zip(self.point()) else {
            return;
        };
        let text = &body.article().text;
        let block = text.block_at(point.offset).and_then(|id| text.block(id));
        let Some(span) = block.map(|block| block.span) else {
            return;
        };
        let from = point.offset.saturating_sub(span.start());
        match pair_from(text.slice(span), from) {
            None if span.len() - from > PAIR_REACH => {
                self.say("no bracket or quotation mark in the next megabyte of the paragraph");
            }
            None => {
                self.say("no bracket or quotation mark from the point to the end of the paragraph")
            }
            Some(Pair {
                mark,
                partner: None,
                ..
            }) => {
                let within = if span.len() > PAIR_REACH {
                    " within a megabyte"
                } else {
                    ""
                };
                self.say(format!("this paragraph has no partner for {mark}{within}"));
            }
            Some(Pair {
                partner: Some(partner),
                ..
            }) => {
                self.leave_here();
                self.go_to_offset(span.start() + partner);
            }
        }
    }

    /// Puts the point on the character that holds a byte; between blocks on the next one's first, behind the last character
    /// on that.
    pub(super) fn go_to_offset(&mut self, offset: usize) {
        let Some(body) = &mut self.body else { return };
        let article = body.article();
        let text = &article.text;
        let Some(id) = text.block_at(offset) else {
            return;
        };
        let block = |id| text.block(id).map(|block| block.span);
        let Some(span) = block(id) else { return };
        let to = if offset < span.start() {
            span.start()
        } else if offset < span.end() {
            offset
        } else {
            let next = block(BlockId(id.0.saturating_add(1)));
            next.map_or_else(|| span.end().saturating_sub(1), |next| next.start())
        };
        let to = grapheme_at(article, to).start();
        body.go(Gone::Offset(to));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_typed() {
        let text = Text::from_lines("天亮了。\n船靠岸。".to_owned()).expect("short");
        let read = |typed: &str| match Going(Some(&text)).read(typed) {
            None => "no place".to_owned(),
            Some(Ok(to)) => to.to_string(),
            Some(Err(wrong)) => wrong,
        };
        let no_place = |typed| {
            format!(
                "“{typed}” is no place: 50% of the article, block 12, character @120 or byte @b360"
            )
        };
        for (typed, want) in [
            ("50%", "50% of the article".to_owned()),
            (" １００％ ", "100% of the article".to_owned()),
            (
                "101%",
                "there is no percentage 101: 0 to 100 is expected".to_owned(),
            ),
            ("2", "block 2".to_owned()),
            ("3", "there is no block 3: 1 to 2 is expected".to_owned()),
            ("0", "there is no block 0: 1 to 2 is expected".to_owned()),
            ("@7", "character 7, counted from 0 (code points)".to_owned()),
            ("@b24", "byte 24, counted from 0".to_owned()),
            (
                "@B25",
                "there is no byte 25: 0 to 24 is expected".to_owned(),
            ),
            ("@", no_place("@")),
            ("12x", no_place("12x")),
            (
                "99999999999999999999999",
                no_place("99999999999999999999999"),
            ),
            ("", "no place".to_owned()),
            ("top", "no place".to_owned()),
        ] {
            assert_eq!(read(typed), want, "{typed}");
        }
    }
}
