//! Text and tokens, for formats that are made of tokens: what stood between two of them, which such a file does not say,
//! and how a text falls into tokens. Each undoes the other: tokens that were cut are joined to the text they came from,
//! but for white space that a joint does not put there.

use crate::article::ByteSpan;
use crate::text::{Script, is_cjk, is_han, script};

/// How the tokens of an article are joined, and how its text is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Joint {
    /// Each character is a token; nothing stands between them.
    #[default]
    Characters,
    /// Chinese with words of other scripts in it: a space stands between two of those only.
    Chinese,
    /// Words with spaces between them; nothing stands between two CJK characters.
    Spaced,
}

/// What decides how tokens are joined. It counts the same over tokens and over the text that they make.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    /// Characters that are no white space.
    chars: u64,
    /// Those that are Han or kana.
    east: u64,
    tokens: u64,
    /// Tokens of one code point.
    singles: u64,
}

impl Tally {
    /// Counts a token, or a text as one.
    pub(super) fn add(&mut self, token: &str) {
        let mut count = 0u32;
        for c in token.chars() {
            count += 1;
            // The first, since most are.
            if is_han(c) {
                self.chars += 1;
                self.east += 1;
            } else if !is_space(c) {
                self.chars += 1;
                self.east += u64::from(is_kana(c));
            }
        }
        self.tokens += 1;
        self.singles += u64::from(count == 1);
    }

    const fn is_chinese(self) -> bool {
        self.chars > 0 && self.east * 4 >= self.chars
    }

    /// Nearly all tokens are characters.
    const fn is_single(self) -> bool {
        self.singles * 20 >= self.tokens * 19
    }

    /// How these tokens are joined.
    pub(super) const fn joint(self) -> Joint {
        if !self.is_chinese() {
            Joint::Spaced
        } else if self.is_single() {
            Joint::Characters
        } else {
            Joint::Chinese
        }
    }
}

/// Whether it is one code point, by its first byte.
fn is_one(token: &str) -> bool {
    let width = match token.as_bytes().first() {
        None => return false,
        Some(0x00..=0x7F) => 1,
        Some(0x80..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..) => 4,
    };
    token.len() == width
}

/// A span without white space at its ends, of which no token is made.
pub(super) fn trimmed(text: &str, span: ByteSpan) -> ByteSpan {
    let part = text.get(span.range()).unwrap_or("");
    let start = span.start() + (part.len() - part.trim_start_matches(is_space).len());
    ByteSpan::new(start, start + part.trim_matches(is_space).len())
}

/// Kana, full or half width.
const fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}')
}

/// White space, and what would be taken for a byte order mark at the start of a file.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// Which quotes and dashes belong to Chinese where the text is Chinese.
const fn is_chinese_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

impl Joint {
    /// Whether a character is a token of its own, which needs no space.
    fn stands_alone(self, c: char) -> bool {
        match self {
            Self::Characters => true,
            Self::Chinese if is_chinese_mark(c) => true,
            // Korean is written in words.
            Self::Chinese | Self::Spaced => is_cjk(c) && script(c) != Script::Hangul,
        }
    }

    /// Whether a space stands between two tokens.
    pub(super) fn spaces(self, before: &str, after: &str) -> bool {
        // Most tokens of most files are a character.
        if self == Self::Characters && (is_one(before) || is_one(after)) {
            return false;
        }
        let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
            return false;
        };
        if is_space(last) || is_space(first) {
            return false;
        }
        match self {
            Self::Characters => !is_cjk(last) && !is_cjk(first),
            Self::Chinese => !self.stands_alone(last) && !self.stands_alone(first),
            Self::Spaced => !(self.stands_alone(last) && self.stands_alone(first)),
        }
    }
}

/// A token in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// Bytes of the text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it begins a sentence, which is a line.
    pub(super) first: bool,
}

impl Token {
    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// Cuts a text into tokens. No token reaches over one of the bytes `at`, which ascend; a line end within one of the
/// stretches `held`, which stand in order and share nothing, ends no sentence.
pub(super) fn cut(text: &str, joint: Joint, at: &[usize], held: &[ByteSpan]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open: Option<usize> = None;
    let mut first = true;
    let (mut cuts, mut held) = (at.iter().peekable(), held.iter().peekable());
    let mut push = |open: &mut Option<usize>, end: usize, first: &mut bool| {
        if let Some(start) = open.take() {
            tokens.push(Token {
                start,
                end,
                first: *first,
            });
            *first = false;
        }
    };
    for (at, c) in text.char_indices() {
        while let Some(cut) = cuts.next_if(|cut| **cut <= at) {
            if *cut == at {
                push(&mut open, at, &mut first);
            }
        }
        if is_space(c) {
            push(&mut open, at, &mut first);
            while held.next_if(|held| held.end() <= at).is_some() {}
            let is_held = held.peek().is_some_and(|held| held.start() < at);
            first |= c == '\n' && !is_held;
        } else if joint.stands_alone(c) {
            push(&mut open, at, &mut first);
            open = Some(at);
            push(&mut open, at + c.len_utf8(), &mut first);
        } else if open.is_none() {
            open = Some(at);
        }
    }
    push(&mut open, text.len(), &mut first);
    tokens
}

/// Cuts a text for a format that does not say what stands between tokens: into characters when it is Chinese and no
/// space parts its words of other scripts. No token reaches over an end of `marks`, which stand in order and share nothing;
/// no sentence ends within one.
pub(super) fn cut_unspaced(text: &str, marks: &[ByteSpan]) -> (Vec<Token>, Joint) {
    let at: Vec<usize> = marks.iter().flat_map(|m| [m.start(), m.end()]).collect();
    let mut whole = Tally::default();
    whole.add(text);
    if !whole.is_chinese() {
        return (cut(text, Joint::Spaced, &at, marks), Joint::Spaced);
    }
    let tokens = cut(text, Joint::Chinese, &at, marks);
    let mut tally = Tally::default();
    tokens.iter().for_each(|token| tally.add(token.of(text)));
    let parted = tokens.windows(2).any(|pair| match pair {
        [a, b] => !b.first && a.end < b.start && Joint::Chinese.spaces(a.of(text), b.of(text)),
        _ => false,
    });
    // Read again, so few words among so many characters would be taken for characters.
    if parted && !tally.is_single() {
        return (tokens, Joint::Chinese);
    }
    (cut(text, Joint::Characters, &at, marks), Joint::Characters)
}

/// How a text is cut for a format that says what stands between tokens.
pub(super) fn joint_of(text: &str) -> Joint {
    let mut whole = Tally::default();
    whole.add(text);
    if whole.is_chinese() {
        Joint::Chinese
    } else {
        Joint::Spaced
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let (tokens, _) = cut_unspaced(text, &[]);
        tokens.iter().map(|t| t.of(text)).collect()
    }

    fn joined(tokens: &[&str]) -> String {
        let mut tally = Tally::default();
        tokens.iter().for_each(|t| tally.add(t));
        let joint = tally.joint();
        let mut out = String::new();
        for (index, token) in tokens.iter().enumerate() {
            if index > 0 && joint.spaces(tokens[index - 1], token) {
                out.push(' ');
            }
            out.push_str(token);
        }
        out
    }

    #[test]
    fn what_is_cut_joins_again() {
        for (text, tokens) in [
            ("乌镇IPv6。", 7),
            ("他在看 Deep Learning 的书", 7),
            ("The man in 北京 left.", 6),
            ("한국 사람", 2),
            ("他说：“好……”——甲", 11),
            ("a b c", 3),
        ] {
            let cut = words(text);
            assert_eq!(cut.len(), tokens, "{cut:?}");
            let again = joined(&cut);
            assert_eq!(words(&again), cut);
            assert_eq!(
                again.replace(' ', ""),
                text.replace(' ', ""),
                "nothing but spaces goes"
            );
        }
        assert_eq!(
            joined(&words("The man in 北京 left.")),
            "The man in 北京 left."
        );
        assert_eq!(
            joined(&words("他在看 Deep Learning 的书")),
            "他在看Deep Learning的书"
        );
    }

    #[test]
    fn marks_part_tokens_and_hold_lines_together() {
        let text = "Mr Xu-led\nteam\nX";
        let tokens = cut(
            text,
            Joint::Spaced,
            &[3, 5, 6, 14],
            &[ByteSpan::new(3, 5), ByteSpan::new(6, 14)],
        );
        let cut: Vec<_> = tokens.iter().map(|t| (t.of(text), t.first)).collect();
        assert_eq!(
            cut,
            [
                ("Mr", true),
                ("Xu", false),
                ("-", false),
                ("led", false),
                ("team", false),
                ("X", true)
            ]
        );
    }
}
