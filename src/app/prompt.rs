//! A line that is being typed.

use crate::text;

/// What the line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromptKind {
    /// A search in the article.
    Search {
        /// Towards the start.
        backwards: bool,
    },
    /// The filter of the list.
    Filter,
    /// The filter of the entities.
    Entities,
    /// The name of a view.
    View,
    /// The filter of the concordance.
    FilterLines,
    /// The name of the file into which the concordance is written.
    Export,
    /// The filter of a list to choose from.
    Picker {
        /// The list was opened with it, and is closed with it.
        closes: bool,
    },
}

impl PromptKind {
    /// Whether it narrows a list as one types.
    #[must_use]
    pub const fn is_filter(self) -> bool {
        matches!(self, Self::Filter | Self::Entities | Self::Picker { .. })
    }
}

impl PromptKind {
    /// Whether what is typed is also looked for by how it is read, where that is switched on.
    #[must_use]
    pub const fn reads_pinyin(self) -> bool {
        match self {
            Self::Search { .. } | Self::Filter | Self::Entities | Self::FilterLines => true,
            Self::View | Self::Export | Self::Picker { .. } => false,
        }
    }
}

/// So many bytes has a line room for.
const LIMIT: usize = 4096;

/// The line and its cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// What it is for.
    pub kind: PromptKind,
    /// What was typed. No controls.
    text: String,
    /// Byte of the cursor, on a grapheme boundary.
    cursor: usize,
    /// Which entry of the history is shown, counted from the newest, and what had been typed before.
    recalled: Option<(usize, String)>,
}

impl Prompt {
    /// A line with the cursor at its end.
    #[must_use]
    pub fn new(kind: PromptKind, text: &str) -> Self {
        Self {
            kind,
            text: text.to_owned(),
            cursor: text.len(),
            recalled: None,
        }
    }

    /// What was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether an entry of the history is shown.
    #[must_use]
    pub const fn is_recalled(&self) -> bool {
        self.recalled.is_some()
    }

    /// Byte of the cursor.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// Types a string at the cursor. Controls are left out; line ends and TABs become one space, as do the blanks around
    /// them. What finds no room in the line is left out too.
    pub fn insert(&mut self, typed: &str) {
        let breaks = |c: char| matches!(c, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let parts: Vec<&str> = typed.split(breaks).collect();
        let last = parts.len() - 1;
        let lines = parts.iter().enumerate().map(|(n, part)| {
            let part = if n > 0 { part.trim_start() } else { part };
            if n < last { part.trim_end() } else { part }
        });
        let mut clean = String::new();
        for line in lines.filter(|line| !line.is_empty()) {
            if !clean.is_empty() {
                clean.push(' ');
            }
            clean.extend(line.chars().filter(|c| !text::is_unsafe(*c)));
        }
        let room = LIMIT.saturating_sub(self.text.len());
        clean.truncate(clean.floor_char_boundary(room));
        self.text.insert_str(self.cursor, &clean);
        self.cursor = text::ceil_boundary(&self.text, self.cursor + clean.len());
        self.recalled = None;
    }

    /// Deletes the grapheme before the cursor. False when the line was empty.
    pub fn delete(&mut self) -> bool {
        if self.text.is_empty() {
            return false;
        }
        self.delete_from(text::prev_boundary(&self.text, self.cursor));
        true
    }

    /// Deletes the word before the cursor and the blanks behind it: a run of letters and digits, else one grapheme.
    pub fn delete_word(&mut self) {
        let before = &self.text[..self.cursor];
        let trimmed = before.trim_end();
        let is_word =
            |c: &char| matches!(text::script(*c), text::Script::Letter | text::Script::Digit);
        let word: usize = trimmed
            .chars()
            .rev()
            .take_while(is_word)
            .map(char::len_utf8)
            .sum();
        let from = if word > 0 {
            trimmed.len() - word
        } else {
            text::prev_boundary(&self.text, trimmed.len())
        };
        self.delete_from(text::floor_boundary(&self.text, from));
    }

    /// Deletes everything before the cursor.
    pub fn delete_all(&mut self) {
        self.delete_from(0);
    }

    /// Cursor one grapheme to the left.
    pub fn left(&mut self) {
        self.cursor = text::prev_boundary(&self.text, self.cursor);
    }

    /// Cursor one grapheme to the right.
    pub fn right(&mut self) {
        self.cursor = text::next_boundary(&self.text, self.cursor);
    }

    /// Cursor to the start.
    pub const fn start(&mut self) {
        self.cursor = 0;
    }

    /// Cursor to the end.
    pub const fn end(&mut self) {
        self.cursor = self.text.len();
    }

    /// Shows the next older entry of `history` (newest last) that begins as what was typed. False at the oldest.
    pub fn older(&mut self, history: &[String]) -> bool {
        let (skip, typed) = match &self.recalled {
            Some((n, typed)) => (*n + 1, typed.clone()),
            None => (0, self.text.clone()),
        };
        let found = (skip..history.len()).find_map(|n| {
            let entry = history.get(history.len() - 1 - n)?;
            (entry.starts_with(&typed) && *entry != self.text).then_some((n, entry))
        });
        let Some((n, entry)) = found else {
            return false;
        };
        self.show(entry.clone());
        self.recalled = Some((n, typed));
        true
    }

    /// Shows the next newer entry, and at last what had been typed. False when there is nothing newer.
    pub fn newer(&mut self, history: &[String]) -> bool {
        let Some((n, typed)) = self.recalled.take() else {
            return false;
        };
        let found = (0..n).rev().find_map(|n| {
            let entry = history.get(history.len() - 1 - n)?;
            entry.starts_with(&typed).then_some((n, entry))
        });
        if let Some((n, entry)) = found {
            self.show(entry.clone());
            self.recalled = Some((n, typed));
        } else {
            self.show(typed);
        }
        true
    }

    fn show(&mut self, text: String) {
        self.cursor = text.len();
        self.text = text;
    }

    fn delete_from(&mut self, from: usize) {
        self.text.replace_range(from..self.cursor, "");
        self.cursor = text::floor_boundary(&self.text, from);
        self.recalled = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Prompt {
        Prompt::new(PromptKind::Filter, text)
    }

    #[test]
    fn a_line_is_edited_by_graphemes() {
        let mut p = line("e\u{301}乌");
        p.left();
        p.delete();
        assert_eq!((p.text(), p.cursor()), ("乌", 0));
        p.insert("高\u{1b}锐\n第二行");
        assert_eq!((p.text(), p.cursor()), ("高锐 第二行乌", 16));
        p.delete_all();
        p.insert("高锐");
        p.end();
        p.insert(" IPv6 ");
        p.delete_word();
        assert_eq!(p.text(), "高锐乌 ");
        p.delete_word();
        assert_eq!(p.text(), "高锐");
        p.delete_all();
        assert!(p.text().is_empty() && !p.delete());
    }

    #[test]
    fn what_is_pasted_becomes_one_line() {
        for (pasted, want) in [
            ("乌镇\r\n峰会", "乌镇 峰会"),
            ("\n 乌镇 \t\n\n　峰会\n", "乌镇 峰会"),
            ("a \u{2028}b\u{85}c", "a b c"),
            ("\u{1b}[201~\u{9b}31m\u{202e}倒\u{7f}", "[201~31m倒"),
            (" a ", " a "),
            ("\n\r\t", ""),
        ] {
            let mut p = line("");
            p.insert(pasted);
            assert_eq!((p.text(), p.cursor()), (want, want.len()), "{pasted:?}");
        }
        let mut p = line("");
        p.insert(&"乌镇\n".repeat(100_000));
        assert!((LIMIT - 3..=LIMIT).contains(&p.text().len()));
        p.insert("峰");
        assert!(p.text().len() <= LIMIT);
    }

    #[test]
    fn history_is_recalled_by_its_beginning() {
        let history = ["乌镇", "IPv6", "乌镇峰会"].map(str::to_owned);
        let mut p = line("乌");
        assert!(p.older(&history));
        assert_eq!(p.text(), "乌镇峰会");
        assert!(p.older(&history));
        assert_eq!(p.text(), "乌镇");
        assert!(!p.older(&history));
        assert!(p.newer(&history));
        assert_eq!(p.text(), "乌镇峰会");
        assert!(p.newer(&history));
        assert_eq!(p.text(), "乌");
        assert!(!p.newer(&history));
    }
}
