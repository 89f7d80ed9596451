//! Cutting terms off the front of a query.

use std::ops::Range;

use super::expr::Pattern;
use crate::search::QueryError;

/// The query and how far it has been read, in bytes.
#[derive(Debug, Clone)]
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

/// Whether a quotation mark begins a phrase.
pub(super) const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '＂' | '“')
}

pub(super) fn fault<T>(message: impl Into<String>, at: Range<usize>) -> Result<T, QueryError> {
    Err(QueryError {
        message: message.into(),
        at: Some(at),
    })
}

impl<'a> Scan<'a> {
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes a character if it is one of these.
    pub(super) fn take(&mut self, chars: &[char]) -> Option<char> {
        let c = self.peek().filter(|c| chars.contains(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(super) fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Takes an operator that is a word of its own, such as `OR`.
    pub(super) fn operator(&mut self, name: &str) -> bool {
        let Some(behind) = self.rest().strip_prefix(name) else {
            return false;
        };
        let ends = behind
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || c == '(' || c == ')');
        if ends {
            self.at += name.len();
        }
        ends
    }

    /// A pattern, if one stands here: in quotation marks, between slashes, or a bare word.
    pub(super) fn pattern(&mut self) -> Result<Option<Pattern>, QueryError> {
        match self.peek() {
            None | Some(')') => Ok(None),
            Some(c) if is_quote(c) => self.phrase(),
            Some('/') => self.regex().map(Some),
            Some(c) if c.is_whitespace() => Ok(None),
            Some(_) => {
                let word = self.word(|_| false);
                Ok((!word.is_empty()).then_some(Pattern::Word(word)))
            }
        }
    }

    fn phrase(&mut self) -> Result<Option<Pattern>, QueryError> {
        let start = self.at;
        let open = self.take(&['"', '＂', '“']).unwrap_or('"');
        let full = open == '“';
        let close = if full { '”' } else { open };
        let mut phrase = String::new();
        let mut chars = self.rest().chars();
        while let Some(c) = chars.next() {
            self.at += c.len_utf8();
            match c {
                _ if c == close && phrase.trim().is_empty() => {
                    return fault("nothing stands between the quotation marks", start..self.at);
                }
                _ if c == close => return Ok(Some(Pattern::Phrase(phrase))),
                '\\' if !full => {
                    if let Some(next) = chars.next() {
                        self.at += next.len_utf8();
                        phrase.push(next);
                    }
                }
                _ => phrase.push(c),
            }
        }
        if full {
            // A text may have an opening mark alone; a query that is being typed, too.
            self.at = start;
            let word = self.word(|_| false);
            return Ok(Some(Pattern::Word(word)));
        }
        fault(
            "the quotation mark is not closed",
            start..start + open.len_utf8(),
        )
    }

    fn regex(&mut self) -> Result<Pattern, QueryError> {
        let start = self.at;
        let inner = start + 1;
        let mut escaped = false;
        for (at, c) in self.rest().char_indices().skip(1) {
            if c == '/' && !escaped {
                let end = start + at;
                self.at = end + 1;
                if end == inner {
                    return fault("no expression stands between the slashes", start..self.at);
                }
                let pattern = self.text.get(inner..end).unwrap_or("");
                // An expression may have \/ as it is; without the backslash its places would not be the query's.
                return Ok(Pattern::Regex(pattern.to_owned(), inner));
            }
            escaped = c == '\\' && !escaped;
        }
        fault(
            "the expression is not closed by a second /; to find a slash write \"/\"",
            start..inner,
        )
    }

    /// A bare word: up to a blank, a bracket that it has not opened, or what `ends` says. A backslash takes the
    /// character behind it as it is.
    pub(super) fn word(&mut self, ends: impl Fn(char) -> bool) -> String {
        let mut word = String::new();
        let mut open = 0usize;
        while let Some(c) = self.peek() {
            if c.is_whitespace() || ends(c) || (c == ')' && open == 0) {
                break;
            }
            self.at += c.len_utf8();
            match c {
                '\\' => {
                    let next = self.peek().filter(|next| !next.is_whitespace());
                    self.at += next.map_or(0, char::len_utf8);
                    word.push(next.unwrap_or(c));
                    continue;
                }
                '(' => open += 1,
                ')' => open -= 1,
                _ => {}
            }
            word.push(c);
        }
        word
    }
}
