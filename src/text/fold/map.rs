//! The table as it is looked up in: pages of code points, made from the lists of classes when first asked for.

use std::sync::LazyLock;

use super::table;

/// Marks of one kind, the first of a class standing for all. 。 and . stay apart, since a number has a point.
const PUNCTUATION: &str = "\
    ,，、﹐﹑､ \"“”„‟«»‹›「」『』﹁﹂﹃﹄〝〞〟＂｢｣ '‘’‚‛′＇ -‐‑‒–—―−－─﹣ ~～〜∼ ·•・‧･∙⋅ …⋯ \
    (（﹙〔［\\[【〖{｛〘﹝ )）﹚〕］\\]】〗}｝〙﹞ <《〈＜﹤ >》〉＞﹥ :：﹕︰ ;；﹔ !！﹗ ?？﹖ 。｡";

const PAGE: usize = 128;

/// A map from code points to code points; what is not in it stays as it is.
pub(super) struct Map {
    /// For each page of code points, which page of `chars` has it, counted from 1; 0 where all stay as they are.
    pages: Vec<u16>,
    chars: Vec<char>,
    /// All that it changes, and what that becomes.
    pairs: Vec<(char, char)>,
}

impl Map {
    fn new(classes: &str) -> Self {
        let mut pairs: Vec<(char, char)> = Vec::new();
        for class in classes.split(' ') {
            let mut chars = class.chars().filter(|c| *c != '\\');
            if let Some(first) = chars.next() {
                pairs.extend(chars.map(|c| (c, first)));
            }
        }
        let mut map = Self {
            pages: Vec::new(),
            chars: Vec::new(),
            pairs,
        };
        for (from, to) in &map.pairs {
            let code = *from as usize;
            let page = code / PAGE;
            if map.pages.len() <= page {
                map.pages.resize(page + 1, 0);
            }
            if map.pages[page] == 0 {
                let first = page * PAGE;
                let codes = (first..first + PAGE).map(|c| u32::try_from(c).unwrap_or(0));
                // A surrogate is no char and is never asked for.
                map.chars
                    .extend(codes.map(|c| char::from_u32(c).unwrap_or('\0')));
                map.pages[page] = u16::try_from(map.chars.len() / PAGE).unwrap_or(0);
            }
            let place = (usize::from(map.pages[page]) - 1) * PAGE + code % PAGE;
            map.chars[place] = *to;
        }
        map
    }

    /// What `c` becomes.
    pub(super) fn get(&self, c: char) -> char {
        let code = c as usize;
        match self.pages.get(code / PAGE) {
            None | Some(0) => c,
            Some(page) => {
                let place = (usize::from(*page) - 1) * PAGE + code % PAGE;
                self.chars.get(place).copied().unwrap_or(c)
            }
        }
    }

    /// All that it changes.
    pub(super) fn keys(&self) -> impl Iterator<Item = char> + '_ {
        self.pairs.iter().map(|(from, _)| *from)
    }

    /// What these become.
    pub(super) fn values(&self) -> impl Iterator<Item = char> + '_ {
        self.pairs.iter().map(|(_, to)| *to)
    }
}

macro_rules! maps {
    ($($name:ident $classes:expr;)*) => {
        $(pub(super) static $name: LazyLock<Map> = LazyLock::new(|| Map::new($classes));)*
    };
}

maps! {
    SCRIPT table::SCRIPT;
    COMPATIBILITY table::COMPATIBILITY;
    WIDTH table::WIDTH;
    DIACRITICS table::DIACRITICS;
    CASE table::CASE;
    MARKS PUNCTUATION;
}
