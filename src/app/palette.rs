//! The command palette: every action by its name, its Chinese line or its help, the best match first; or a place to go to.

use std::ops::Range;

use super::going::{Destination, Going};
use super::picker::{FOLD, PickerRow, Word, Words};
use super::sheet::Tone;
use crate::action::Action;
use crate::text::{Profile, ceil_boundary, is_han, str_width};

/// Columns of the names, and of the Chinese lines, in cells.
const COLUMNS: [u16; 2] = [23, 17];

/// What a character counts that matches, and what is added at the start of a word, right behind another match, and for a
/// text that is matched as a whole. A match in the name or the Chinese line goes before one in the help.
const MATCH: i32 = 4;
const WORD_START: i32 = 8;
const RUN: i32 = 6;
const WHOLE: i32 = 40;
const OWN_NAME: i32 = 30;
/// What is added for a word, its beginning, Chinese characters, or syllables that stand together: they go before letters
/// that are scattered. Half of it in the help.
const TOGETHER: i32 = 100;
/// What is added where a word is matched to its end.
const WORD_END: i32 = 4;

/// The rows of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    /// The actions with their keys.
    commands: Vec<(Action, Vec<String>)>,
    /// The place that was typed instead of a name, or what is wrong with it.
    going: Option<Result<Destination, String>>,
}

/// What a row of the palette stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// An action.
    Do(Action),
    /// A place.
    Go(Destination),
    /// Nothing: what was typed is no place, and why.
    Wrong(String),
}

impl Palette {
    /// The actions, each with its keys, in the order in which they are shown.
    #[must_use]
    pub(super) const fn new(commands: Vec<(Action, Vec<String>)>) -> Self {
        Self {
            commands,
            going: None,
        }
    }

    /// How many rows there are: one when a place was typed.
    #[must_use]
    pub(super) fn rows(&self) -> usize {
        match self.going {
            Some(_) => 1,
            None => self.commands.len(),
        }
    }

    /// What a row stands for.
    #[must_use]
    pub(super) fn command(&self, row: u32) -> Option<Command> {
        Some(match &self.going {
            Some(Ok(to)) => Command::Go(*to),
            Some(Err(wrong)) => Command::Wrong(wrong.clone()),
            None => Command::Do(self.commands.get(row as usize)?.0),
        })
    }

    /// Takes in what is typed, and says which rows match it, the best first.
    pub(super) fn narrow(&mut self, typed: &str, article: Going<'_>) -> Vec<u32> {
        self.going = article.read(typed);
        if self.going.is_some() {
            return vec![0];
        }
        let words = Words::new(typed);
        let mut ranked: Vec<(i32, u32)> = (0u32..)
            .zip(&self.commands)
            .filter_map(|(row, (action, _))| Some((-matched(*action, &words)?.0, row)))
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, row)| row).collect()
    }

    /// What a row reads, with what was typed set off in it.
    #[must_use]
    pub(super) fn row(&self, row: u32, typed: &Words, profile: &Profile) -> PickerRow {
        match &self.going {
            Some(Ok(to)) => return PickerRow::new(format!("go to {to}"), ""),
            Some(Err(wrong)) => {
                return PickerRow {
                    tone: Tone::Warning,
                    ..PickerRow::new(wrong.as_str(), "")
                };
            }
            None => {}
        }
        let Some((action, keys)) = self.commands.get(row as usize) else {
            return PickerRow::default();
        };
        let mut made = PickerRow::new("", "");
        for key in keys {
            if !made.detail.is_empty() {
                made.ends.push(made.detail.len());
                made.detail.push_str(", ");
            }
            made.detail.push_str(key);
        }
        let marks = matched(*action, typed).map(|(_, marks)| marks);
        let marks = marks.unwrap_or_default();
        for (index, field) in fields(*action).into_iter().enumerate() {
            let from = made.text.len();
            let here = marks.get(index).into_iter().flatten();
            made.marks
                .extend(here.map(|mark| from + mark.start..from + mark.end));
            made.text.push_str(field);
            if let Some(column) = COLUMNS.get(index) {
                let cells = str_width(field, profile);
                let blank = usize::from(column.saturating_sub(cells).max(1));
                made.text.push_str(&" ".repeat(blank));
            }
        }
        made
    }
}

/// What of an action is looked in.
const fn fields(action: Action) -> [&'static str; 3] {
    [action.name(), action.chinese(), action.help()]
}

/// How well the words typed match an action, and where in each of its fields; nothing when one of them matches nowhere.
fn matched(action: Action, typed: &Words) -> Option<(i32, [Vec<Range<usize>>; 3])> {
    let mut score = 0;
    let mut marks = [Vec::new(), Vec::new(), Vec::new()];
    let [name, chinese, help] = fields(action);
    for word in &typed.0 {
        let of_name = ranges_of(name, word).map(|(score, at)| (score + OWN_NAME, at, 0));
        let of_chinese = ranges_of(chinese, word).map(|(score, at)| (score + OWN_NAME, at, 1));
        // A few letters are scattered over every help line: there they must stand together.
        let of_help = ranges_of(help, word)
            .filter(|(_, at)| at.len() == 1)
            .map(|(score, at)| {
                if score > TOGETHER {
                    (score - TOGETHER / 2, at, 2)
                } else {
                    (score, at, 2)
                }
            });
        let found = [of_help, of_chinese, of_name].into_iter().flatten();
        let (best, at, field) = found.max_by_key(|(score, _, _)| *score)?;
        score += best;
        if let Some(marks) = marks.get_mut(field) {
            marks.extend(at);
            marks.sort_by_key(|mark| mark.start);
        }
    }
    Some((score, marks))
}

/// How well `word` matches `text`, and at which bytes, as it is written or as it is read, whichever is better. The one place
/// where the palette compares.
fn ranges_of(text: &str, word: &Word) -> Option<(i32, Vec<Range<usize>>)> {
    let as_written = scattered(text, &word.text);
    let together = together(text, &word.text);
    let as_read = word.pinyin.as_ref().and_then(|pinyin| {
        let hit = pinyin.hits(text).next()?;
        let characters = text.get(hit.clone())?.chars().count();
        // Letters count, as they do where they are matched as they are written.
        let letters = word.text.chars().filter(char::is_ascii_alphabetic);
        let letters = letters.count().max(characters);
        let mut score = MATCH * i32::try_from(letters).unwrap_or(0);
        score += RUN * i32::try_from(letters.saturating_sub(1)).unwrap_or(0);
        score += if hit.start == 0 { WORD_START } else { 0 };
        score += if hit == (0..text.len()) { WHOLE } else { 0 };
        // Initials alone may be those of many things.
        score += if letters >= 2 * characters {
            TOGETHER
        } else {
            0
        };
        Some((score, vec![hit]))
    });
    [as_read, together, as_written]
        .into_iter()
        .flatten()
        .max_by_key(|(score, _)| *score)
}

/// How well a folded word matches a text where its characters stand together, from the start of a word of the text on or
/// as Chinese, and at which bytes. Nothing where they do not.
fn together(text: &str, word: &str) -> Option<(i32, Vec<Range<usize>>)> {
    let text_chars = text.char_indices();
    let text_chars: Vec<(usize, char)> = text_chars.map(|(at, c)| (at, FOLD.char(c))).collect();
    let word: Vec<char> = word.chars().collect();
    let length = i32::try_from(word.len()).unwrap_or(i32::MAX / 16);
    let places = text_chars.windows(word.len().max(1)).enumerate();
    let found = places.filter_map(|(at, part)| {
        let is_it = part.iter().map(|(_, c)| c).eq(&word);
        let starts = starts_word(&text_chars, at);
        if !is_it || !(starts || word.first().is_some_and(|c| is_han(*c))) {
            return None;
        }
        let behind = text_chars.get(at + part.len());
        let from = part.first()?.0;
        let to = behind.map_or(text.len(), |(to, _)| *to);
        let ends = behind.is_none_or(|(_, c)| !c.is_alphanumeric());
        let whole = part.len() == text_chars.len();
        let mut score = TOGETHER + MATCH * length + RUN * (length - 1);
        for (counts, more) in [(starts, WORD_START), (ends, WORD_END), (whole, WHOLE)] {
            score += if counts { more } else { 0 };
        }
        Some((score, from..ceil_boundary(text, to)))
    });
    // Of two that are as good the earlier one.
    let (score, range) = found.max_by_key(|(score, range)| (*score, usize::MAX - range.start))?;
    let length = i32::try_from(text_chars.len()).unwrap_or(i32::MAX);
    Some((score - length / 8, vec![range]))
}

/// How well the characters of a folded word match a text in their order, not necessarily together, and at which bytes; of
/// all ways the best one. Nothing where they do not.
fn scattered(text: &str, word: &str) -> Option<(i32, Vec<Range<usize>>)> {
    let text_chars = text.char_indices();
    let text_chars: Vec<(usize, char)> = text_chars.map(|(at, c)| (at, FOLD.char(c))).collect();
    let word: Vec<char> = word.chars().collect();
    let last = word.len().checked_sub(1)?;
    // For each character of the word, and each of the text that it could be: the best score up to there, and the place of
    // the character before.
    let mut rows: Vec<Vec<Option<(i32, usize)>>> = Vec::with_capacity(word.len());
    for (n, wanted) in word.iter().enumerate() {
        let mut row = vec![None; text_chars.len()];
        // The best of the row above that lies before.
        let mut best: Option<(i32, usize)> = None;
        for (at, (_, c)) in text_chars.iter().enumerate() {
            let above = rows.last().filter(|_| n > 0);
            let before = at.checked_sub(1);
            let adjacent = above
                .zip(before)
                .and_then(|(row, b)| row.get(b).copied().flatten().map(|(score, _)| (score, b)));
            if let Some((score, b)) = adjacent
                && best.is_none_or(|(most, _)| score > most)
            {
                best = Some((score, b));
            }
            if c != wanted {
                continue;
            }
            let own = MATCH
                + if starts_word(&text_chars, at) {
                    WORD_START
                } else {
                    0
                };
            let apart = best.map(|(score, b)| (score + own, b));
            let together = adjacent.map(|(score, b)| (score + own + RUN, b));
            let found = if n == 0 {
                Some((own, at))
            } else {
                [apart, together].into_iter().flatten().max()
            };
            if let Some(place) = row.get_mut(at) {
                *place = found;
            }
        }
        rows.push(row);
    }
    let ends = rows.get(last)?.iter().enumerate();
    let ends = ends.filter_map(|(at, found)| found.map(|(score, _)| (score, at)));
    // Of two that are as good the earlier one.
    let (score, mut at) = ends.max_by_key(|(score, at)| (*score, usize::MAX - at))?;
    let mut places = vec![at];
    for row in rows.iter().skip(1).rev() {
        at = row.get(at).copied().flatten()?.1;
        places.push(at);
    }
    places.reverse();
    let whole = if word.len() == text_chars.len() {
        WHOLE
    } else {
        0
    };
    let length = i32::try_from(text_chars.len()).unwrap_or(i32::MAX);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for place in places {
        let from = text_chars.get(place)?.0;
        let to = ceil_boundary(text, from + text.get(from..)?.chars().next()?.len_utf8());
        match ranges.last_mut().filter(|range| range.end >= from) {
            Some(range) => range.end = to,
            None => ranges.push(from..to),
        }
    }
    // Of two that match as well the shorter one is more fully meant.
    Some((score + whole - length / 8, ranges))
}

fn starts_word(text: &[(usize, char)], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|b| text.get(b));
    before.is_none_or(|(_, c)| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, word: &str) -> Option<String> {
        let words = Words::new(word);
        let (_, ranges) = ranges_of(text, words.0.first()?)?;
        let parts = ranges.into_iter().filter_map(|r| text.get(r));
        Some(parts.collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn the_best_way_to_match_is_taken() {
        for (text, word, want) in [
            ("next-mention", "nm", Some("n|m")),
            ("next-mention", "ment", Some("ment")),
            ("next-mention", "NEXT", Some("next")),
            ("toggle-regex", "gr", Some("g|r")),
            ("下一个提及", "提及", Some("提及")),
            ("下一个提及", "下提", Some("下|提")),
            ("下一个提及", "及提", None),
            ("quit", "ｑｕ", Some("qu")),
            ("下一个提及", "xygtj", Some("下一个提及")),
            ("下一个提及", "tiji", Some("提及")),
            ("下一個提及", "一个", Some("一個")),
            ("quit", "", None),
            ("", "q", None),
        ] {
            assert_eq!(found(text, word).as_deref(), want, "{word} in {text}");
        }
    }

    #[test]
    fn no_name_reaches_beyond_its_column() {
        for action in Action::ALL {
            for (field, column) in fields(*action).into_iter().zip(COLUMNS) {
                assert!(str_width(field, &Profile::default()) < column, "{field}");
            }
        }
    }

    #[test]
    fn what_is_meant_comes_first() {
        let all = Action::ALL.iter().map(|a| (*a, Vec::new())).collect();
        let mut palette = Palette::new(all);
        for (typed, want) in [
            ("quit", "quit"),
            ("nm", "next-mention"),
            ("next men", "next-mention"),
            ("下一个提及", "next-mention"),
            ("xygtj", "next-mention"),
            ("xiayipian", "next-article"),
            ("上一篇", "previous-article"),
            ("copy sen", "copy-sentence"),
            ("regul", "toggle-regex"),
            ("help", "help"),
            ("top", "top"),
            ("search", "search"),
            ("peise", "next-theme"),
            ("配色", "next-theme"),
            ("theme", "next-theme"),
            ("bang", "help"),
        ] {
            let rows = palette.narrow(typed, Going::default());
            let first = rows.first().and_then(|row| palette.command(*row));
            let name = match first {
                Some(Command::Do(action)) => action.name(),
                _ => "",
            };
            assert_eq!(name, want, "{typed}");
        }
        assert!(palette.narrow("没有", Going::default()).is_empty());
        assert_eq!(
            palette.narrow(" ", Going::default()).len(),
            Action::ALL.len()
        );
    }
}
