//! The class table: what a character is to the rules of line breaking.
//!
//! Source: CLREQ, "Prohibition rules for line start and line end" and its tables of marks, with the Japanese
//! characters that UAX #14 calls CJ and NS. ASCII marks have the class of their full-width forms.

use crate::text::{is_cjk, is_han};

/// What a character is to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A Chinese character.
    Han,
    /// Kana, Hangul, and wide symbols: they break like Han.
    Ideograph,
    /// A letter of a script that is not CJK.
    Letter,
    /// An ASCII digit.
    Digit,
    /// A letter of full width.
    WideLetter,
    /// A digit of full width.
    WideDigit,
    /// An opening mark: does not end a line.
    Open,
    /// A closing mark: does not start a line.
    Close,
    /// ，。、: do not start a line, and may hang.
    Stop,
    /// Another mark or sign that does not start a line.
    NonStart,
    /// ／ and /: do not start a line, from level gb on do not end one either.
    Solidus,
    /// A currency sign: does not end a line.
    Prefix,
    /// The interpunct of names.
    Dot,
    /// — and ―, single or in pairs.
    Dash,
    /// … and ‥, in pairs.
    Ellipsis,
    /// The ASCII hyphen, which may be a sign.
    Hyphen,
    /// " and ', of which only the context tells the side; the cutter makes them `Open`, `Close` or `Other`.
    Quote,
    /// A blank that glues what stands beside it.
    Glue,
    /// White space at which a line may end.
    Blank,
    /// TAB, drawn to the next stop.
    Tab,
    /// Takes no cells.
    Zero,
    /// Takes no cells and lets a line end (zero-width space).
    ZeroSpace,
    /// Takes no cells and glues (word joiner, byte order mark).
    ZeroGlue,
    /// Anything else: symbols, emoji, controls.
    Other,
}

impl Class {
    /// White space: never begins a line, takes no cells at its end.
    pub(super) const fn is_blank(self) -> bool {
        matches!(self, Self::Blank | Self::Tab)
    }

    /// Takes no cells and stays with what is before it.
    pub(super) const fn is_zero(self) -> bool {
        matches!(self, Self::Zero | Self::ZeroSpace | Self::ZeroGlue)
    }

    /// Something to see, which a line can begin with.
    pub(super) const fn is_content(self) -> bool {
        !self.is_blank() && !self.is_zero()
    }

    /// Part of a word or number, of half or full width.
    pub(super) const fn is_word(self) -> bool {
        matches!(
            self,
            Self::Letter | Self::Digit | Self::WideLetter | Self::WideDigit
        )
    }

    /// Letter or digit that is not CJK.
    pub(super) const fn is_latin(self) -> bool {
        matches!(self, Self::Letter | Self::Digit)
    }

    /// Whether it is kept from line starts at every level but none.
    pub(super) const fn never_starts(self) -> bool {
        matches!(
            self,
            Self::Close | Self::Stop | Self::NonStart | Self::Solidus | Self::Dot
        )
    }

    /// Whether it is kept from line ends at every level but none.
    pub(super) const fn never_ends(self) -> bool {
        matches!(self, Self::Open | Self::Prefix)
    }
}

/// To which floor of line breaking a character belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Floor {
    /// UAX #14, between two of its kind.
    Latin,
    /// The rules of this room.
    Cjk,
    /// The marks that Chinese and Latin text share: CJK where CJK text is about, except within a Latin word.
    Shared,
}

/// Class and floor of a character. Class is [`Class::Zero`] for none: what takes no cells is for the cutter to say.
#[inline]
pub(super) fn classify(c: char) -> (Class, Floor) {
    match c {
        '\u{4E00}'..='\u{9FFF}' => (Class::Han, Floor::Cjk),
        '\0'..='\u{7F}' => (ascii(c), Floor::Latin),
        _ => beyond(c),
    }
}

const fn ascii(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        'a'..='z' | 'A'..='Z' => Class::Letter,
        ' ' => Class::Blank,
        '\t' => Class::Tab,
        ',' | '.' | ';' | ':' | '?' | '!' | '%' => Class::NonStart,
        ')' | ']' | '}' => Class::Close,
        '(' | '[' | '{' => Class::Open,
        '$' => Class::Prefix,
        '/' => Class::Solidus,
        '-' => Class::Hyphen,
        '"' | '\'' => Class::Quote,
        _ => Class::Other,
    }
}

fn beyond(c: char) -> (Class, Floor) {
    let shared = match c {
        '“' | '‘' => Some(Class::Open),
        '”' | '’' => Some(Class::Close),
        '—' | '―' => Some(Class::Dash),
        '…' | '‥' => Some(Class::Ellipsis),
        '·' | '‧' => Some(Class::Dot),
        '–' => Some(Class::NonStart),
        _ => None,
    };
    if let Some(class) = shared {
        return (class, Floor::Shared);
    }
    if is_cjk(c) {
        (wide(c), Floor::Cjk)
    } else {
        (narrow(c), Floor::Latin)
    }
}

/// Characters of East Asian Width W, F or H.
fn wide(c: char) -> Class {
    match c {
        '，' | '。' | '、' => Class::Stop,
        '；' | '：' | '？' | '！' | '．' | '％' | '～' | '〜' | '〰' | '゠' | '･' | '・' | '｡'
        | '､' => Class::NonStart,
        '﹐'..='﹒' | '﹔'..='﹗' | '﹪' | '︐'..='︖' | '￠' => Class::NonStart,
        // Iteration and length marks and small kana (UAX #14, classes NS and CJ).
        '々' | '〻' | 'ー' | 'ｰ' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | '゛' | '゜' | '\u{FF9E}'
        | '\u{FF9F}' => Class::NonStart,
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ' => {
            Class::NonStart
        }
        'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ' => {
            Class::NonStart
        }
        'ㇰ'..='ㇿ' | 'ｧ'..='ｯ' => Class::NonStart,
        '（' | '《' | '「' | '『' | '【' | '〈' | '〔' | '［' | '｛' | '〖' | '〘' | '〚'
        | '〝' | '｟' | '｢' => Class::Open,
        '）' | '》' | '」' | '』' | '】' | '〉' | '〕' | '］' | '｝' | '〗' | '〙' | '〛'
        | '〞' | '〟' | '｠' | '｣' => Class::Close,
        // Forms for vertical setting and small forms come in pairs, the opening one first.
        '︗' | '︵' | '︷' | '︹' | '︻' | '︽' | '︿' | '﹁' | '﹃' | '﹇' | '﹙' | '﹛'
        | '﹝' => Class::Open,
        '︘' | '︶' | '︸' | '︺' | '︼' | '︾' | '﹀' | '﹂' | '﹄' | '﹈' | '﹚' | '﹜'
        | '﹞' => Class::Close,
        '／' => Class::Solidus,
        '￥' | '＄' | '￡' | '￦' | '﹩' => Class::Prefix,
        '０'..='９' => Class::WideDigit,
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Class::WideLetter,
        '\u{3000}' => Class::Blank,
        _ if is_han(c) => Class::Han,
        _ => Class::Ideograph,
    }
}

/// Characters that are neither ASCII nor CJK.
fn narrow(c: char) -> Class {
    match c {
        '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}' | '\u{205F}' => Class::Blank,
        '\u{A0}' | '\u{2007}' | '\u{202F}' | '\u{2011}' => Class::Glue,
        '\u{2060}' | '\u{FEFF}' => Class::ZeroGlue,
        '\u{200B}' => Class::ZeroSpace,
        '‰' | '‱' | '℃' | '℉' | '°' | '′' | '″' | '‴' | '¢' | '‼' | '⁇' | '⁈' | '⁉' => {
            Class::NonStart
        }
        '¥' | '£' | '€' | '№' | '±' => Class::Prefix,
        '«' | '‹' | '„' | '‚' => Class::Open,
        '»' | '›' => Class::Close,
        _ if c.is_alphabetic() => Class::Letter,
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_the_marks_that_the_rules_name() {
        for (chars, want) in [
            ("，。、", Class::Stop),
            ("；：？！％‰℃～–・々ーっッ,.;:?!%", Class::NonStart),
            ("）》」』”’】〉〕］｝〗〞﹂﹄)]}", Class::Close),
            ("（《「『【〈〔［｛“‘〖〝﹁﹃([{", Class::Open),
            ("￥$¥", Class::Prefix),
            ("·‧", Class::Dot),
            ("—―", Class::Dash),
            ("…‥", Class::Ellipsis),
            ("／/", Class::Solidus),
            ("中〇𠀀", Class::Han),
            ("かカ한㈱", Class::Ideograph),
            ("Ａｚ", Class::WideLetter),
            ("０９", Class::WideDigit),
            ("aZéЖ", Class::Letter),
            (" \u{3000}\u{2003}", Class::Blank),
            ("😀+@①½٣", Class::Other),
        ] {
            for c in chars.chars() {
                assert_eq!(classify(c).0, want, "{c} U+{:04X}", c as u32);
            }
        }
        assert_eq!(classify('“').1, Floor::Shared);
        assert_eq!(classify('～').1, Floor::Cjk);
        assert_eq!(classify('℃').1, Floor::Latin);
    }
}
