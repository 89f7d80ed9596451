//! The form in which names are compared.

use crate::text::is_han;

/// A name for comparison: lower case, half width, one sort of middle dot, no blanks beside Han characters (彭 飞 is
/// 彭飞), other blanks as one.
#[must_use]
pub fn fold(name: &str) -> String {
    let narrow = name.chars().map(|c| match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{2027}' | '\u{2022}' | '\u{30FB}' | '\u{FF65}' | '\u{22C5}' => '·',
        c if c.is_whitespace() => ' ',
        c => c,
    });
    let mut folded = String::with_capacity(name.len());
    let mut blank = false;
    for c in narrow.flat_map(char::to_lowercase) {
        if c == ' ' {
            blank = true;
            continue;
        }
        let last = folded.chars().next_back();
        if blank && last.is_some_and(|last| !is_han(last)) && !is_han(c) {
            folded.push(' ');
        }
        blank = false;
        folded.push(c);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_written_alike_are_one() {
        for (name, want) in [
            ("彭 飞", "彭飞"),
            ("彭　飞", "彭飞"),
            ("ＩＰｖ６", "ipv6"),
            ("弗朗西斯・高锐", "弗朗西斯·高锐"),
            (" 5G  Advanced ", "5g advanced"),
            ("IPv6 委员会", "ipv6委员会"),
            ("", ""),
        ] {
            assert_eq!(fold(name), want);
        }
    }
}
