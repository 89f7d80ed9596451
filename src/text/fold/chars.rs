//! One character at a time.

use std::collections::HashMap;

use super::map::{CASE, COMPATIBILITY, DIACRITICS, MARKS, Map, SCRIPT, WIDTH};
use super::options::FoldOptions;
use crate::text::is_han;

/// Folds characters by some switches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Fold {
    options: FoldOptions,
}

impl Fold {
    /// By these switches.
    #[must_use]
    pub const fn new(options: FoldOptions) -> Self {
        Self { options }
    }

    /// Its switches.
    #[must_use]
    pub const fn options(self) -> FoldOptions {
        self.options
    }

    /// What stands for `c`: equal for all characters that count as equal, and for itself. A line end stays one, and
    /// nothing else becomes one.
    #[must_use]
    pub fn char(self, c: char) -> char {
        let options = self.options;
        let mut c = c;
        if !c.is_ascii() {
            // Letters and marks beyond ASCII end where CJK begins, so that Han, the most, are looked up in few tables.
            let is_letter = !('\u{2E80}'..='\u{FAFF}').contains(&c);
            if options.width {
                c = if BLANKS.contains(&c) {
                    ' '
                } else {
                    WIDTH.get(c)
                };
            }
            if options.script {
                c = SCRIPT.get(COMPATIBILITY.get(c));
            }
            if options.diacritics && is_letter {
                c = DIACRITICS.get(c);
            }
        }
        if options.case {
            c = if c.is_ascii() {
                c.to_ascii_lowercase()
            } else if ('\u{2E80}'..='\u{A63F}').contains(&c) {
                c
            } else {
                CASE.get(c)
            };
        }
        if options.punctuation && !c.is_alphanumeric() {
            c = MARKS.get(c);
        }
        c
    }

    /// Whether `c` does not count by itself, but goes with the character before it.
    #[must_use]
    pub const fn is_mark(self, c: char) -> bool {
        match c {
            '\u{0300}'..='\u{036F}' => self.options.diacritics,
            '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => self.options.script,
            _ => false,
        }
    }

    /// Whether a blank between these two does not count.
    #[must_use]
    pub const fn joins(self, before: char, behind: char) -> bool {
        self.options.spaces && is_han(before) && is_han(behind)
    }

    /// For each of `chars` every character that counts as equal to it, itself among them, in order. None for a line end.
    #[must_use]
    pub fn classes(self, chars: &[char]) -> Vec<Vec<char>> {
        let mut found: HashMap<char, Vec<char>> = HashMap::new();
        for c in chars.iter().filter(|c| **c != '\n') {
            let want = self.char(*c);
            found.entry(want).or_default().extend([*c, want]);
        }
        let maps: [(&Map, bool); 6] = [
            (&SCRIPT, self.options.script),
            (&COMPATIBILITY, self.options.script),
            (&WIDTH, self.options.width),
            (&DIACRITICS, self.options.diacritics),
            (&CASE, self.options.case),
            (&MARKS, self.options.punctuation),
        ];
        let maps = maps.into_iter().filter(|(_, on)| *on);
        let mapped = maps.flat_map(|(map, _)| map.keys().chain(map.values()));
        let others = ('\0'..='\x7f').chain(BLANKS).filter(|c| *c != '\n');
        for c in mapped.chain(others) {
            if let Some(class) = found.get_mut(&self.char(c)) {
                class.push(c);
            }
        }
        for class in found.values_mut() {
            class.sort_unstable();
            class.dedup();
        }
        let class = |c: &char| found.get(&self.char(*c)).cloned().unwrap_or_default();
        chars.iter().map(class).collect()
    }

    /// The same for one character.
    #[must_use]
    pub fn class(self, c: char) -> Vec<char> {
        self.classes(&[c]).pop().unwrap_or_default()
    }
}

const BLANKS: [char; 16] = [
    ' ', '\u{A0}', '\u{2000}', '\u{2001}', '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}',
    '\u{2006}', '\u{2007}', '\u{2008}', '\u{2009}', '\u{200A}', '\u{202F}', '\u{205F}', '\u{3000}',
];

/// Whether `c` is a space of any width; zero-width ones are, too, where Han are set apart. No tab and no line end.
#[must_use]
pub const fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{A0}' | '\u{2000}'
            ..='\u{200B}' | '\u{202F}' | '\u{205F}' | '\u{2060}' | '\u{3000}' | '\u{FEFF}'
    )
}

/// The digit that a numeral stands for: ASCII and full-width digits, 〇 零 ○ and 一 to 九.
#[must_use]
pub const fn numeral(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' => c,
        '０' | '〇' | '零' | '○' => '0',
        '１' | '一' => '1',
        '２' | '二' => '2',
        '３' | '三' => '3',
        '４' | '四' => '4',
        '５' | '五' => '5',
        '６' | '六' => '6',
        '７' | '七' => '7',
        '８' | '八' => '8',
        '９' | '九' => '9',
        _ => return None,
    })
}

/// The characters that stand for a digit.
#[must_use]
pub(super) fn numerals_of(digit: char) -> Vec<char> {
    "0123456789０１２３４５６７８９〇零○一二三四五六七八九"
        .chars()
        .filter(|c| numeral(*c) == Some(digit))
        .collect()
}

impl Fold {
    /// Every character that may stand where the query has the numeral `c` beside another: its digit's numerals, and
    /// what counts as equal to one of them.
    #[must_use]
    pub fn numeral_class(self, c: char) -> Vec<char> {
        let Some(digit) = numeral(c) else {
            return self.class(c);
        };
        let classes = self.classes(&numerals_of(digit));
        let mut class: Vec<char> = classes.into_iter().flatten().collect();
        class.sort_unstable();
        class.dedup();
        class
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Switch;

    /// Behind all that is folded, but for a few rare scripts' cases.
    const ALL: char = '\u{2FFFF}';

    fn only(switch: Switch) -> Fold {
        let mut options = FoldOptions::all(false);
        options.set(switch, true);
        Fold::new(options)
    }

    #[test]
    fn what_counts_as_equal() {
        let default = Fold::default();
        for class in [
            "台臺檯颱",
            "发發髮",
            "着著",
            "里裡裏",
            "乾干幹",
            "群羣",
            "鎮镇",
            "會会",
            "Aａ",
            "６6",
            "ςσΣ",
            "É\u{E9}",
            " \u{3000}",
            "豈\u{F900}岂",
            "⽂文",
            "⻓长",
            "⺠民",
            "⻛風",
            "ｱア",
            "ㄱ\u{FFA1}",
            "ㅡ\u{FFDA}",
            "ㅣ\u{FFDC}",
            "，,",
            "計计",
            "畫画划",
        ] {
            let folded: std::collections::BTreeSet<char> =
                class.chars().map(|c| default.char(c)).collect();
            assert_eq!(folded.len(), 1, "{class}: {folded:?}");
        }
        for (a, b) in [
            ('é', 'e'),
            ('“', '"'),
            ('…', '.'),
            ('①', '1'),
            ('㊣', '正'),
            ('一', '1'),
            ('、', '，'),
        ] {
            assert_ne!(default.char(a), default.char(b), "{a} {b}");
        }
        let all = Fold::new(FoldOptions::all(true));
        for (a, b) in [
            ('é', 'E'),
            ('“', '「'),
            ('、', '，'),
            ('—', '－'),
            ('（', '〔'),
            ('ở', 'O'),
            ('【', '['),
        ] {
            assert_eq!(all.char(a), all.char(b), "{a} {b}");
        }
        assert_ne!(all.char('。'), all.char('.'), "a number has a point");
    }

    #[test]
    fn each_switch_is_alone() {
        let pairs = [
            (Switch::Width, 'Ａ', 'A'),
            (Switch::Case, 'A', 'a'),
            (Switch::Script, '鎮', '镇'),
            (Switch::Punctuation, '“', '「'),
            (Switch::Diacritics, 'é', 'e'),
        ];
        for (on, _, _) in pairs {
            let fold = only(on);
            for (switch, a, b) in pairs {
                assert_eq!(
                    fold.char(a) == fold.char(b),
                    on == switch,
                    "{a} {b}, {on:?}"
                );
            }
        }
        assert!(!only(Switch::Width).joins('王', '正'));
        assert!(only(Switch::Spaces).joins('王', '正'));
    }

    /// Folding twice is folding once, and no line end comes or goes, whatever the switches.
    #[test]
    fn folding_is_settled() {
        let mut tried = vec![FoldOptions::default(), FoldOptions::all(true)];
        for switch in Switch::ALL {
            let mut options = FoldOptions::all(true);
            options.set(switch, false);
            tried.push(options);
            options = FoldOptions::all(false);
            options.set(switch, true);
            tried.push(options);
        }
        for options in tried {
            let fold = Fold::new(options);
            for c in '\0'..ALL {
                let once = fold.char(c);
                assert_eq!(fold.char(once), once, "{c:?} {options:?}");
                assert_eq!(once == '\n', c == '\n');
            }
        }
    }

    #[test]
    fn a_class_is_all_that_folds_alike() {
        for options in [
            FoldOptions::default(),
            FoldOptions::all(true),
            FoldOptions::all(false),
        ] {
            let fold = Fold::new(options);
            for c in "台发乌鎮王a1Ａé\"“（ ，σkßア龙⽂".chars() {
                let want: Vec<char> = ('\0'..ALL)
                    .filter(|other| fold.char(*other) == fold.char(c))
                    .collect();
                assert_eq!(fold.class(c), want, "{c} {options:?}");
            }
        }
        assert!(Fold::default().class('\n').is_empty());
        let eight: String = Fold::default().numeral_class('8').into_iter().collect();
        assert_eq!(eight, "8⼋八８");
    }
}
