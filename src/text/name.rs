//! The form in which names are compared.

use super::{Fold, FoldOptions, is_blank, is_han};

/// A name for comparison: width, case and script do not count (台灣 is 台湾), all middle dots are one, and blanks beside Han
/// are passed over (彭 飞 is 彭飞); other blanks are one.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let fold = Fold::new(FoldOptions {
        width: true,
        case: true,
        script: true,
        ..FoldOptions::all(false)
    });
    let mut folded = String::with_capacity(name.len());
    let mut last = None;
    let mut blank = false;
    for c in name.chars().filter(|c| !fold.is_mark(*c)) {
        if is_blank(c) || c.is_whitespace() {
            blank = true;
            continue;
        }
        let is_close = last.is_none_or(is_han) || is_han(c);
        if std::mem::take(&mut blank) && !is_close {
            folded.push(' ');
        }
        last = Some(c);
        folded.push(match c {
            '\u{2027}' | '\u{2022}' | '\u{30FB}' | '\u{FF65}' | '\u{22C5}' => '·',
            c => fold.char(c),
        });
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::fold_name;

    #[test]
    fn names_written_alike_are_one() {
        for (name, want) in [
            ("彭 飞", "彭飞"),
            ("彭　飞", "彭飞"),
            ("ＩＰｖ６", "ipv6"),
            ("弗朗西斯・高锐", "弗朗西斯·高锐"),
            (" 5G  Advanced ", "5g advanced"),
            ("IPv6 委员会", "ipv6委员会"),
            ("臺灣", "台湾"),
            ("", ""),
        ] {
            assert_eq!(fold_name(name), fold_name(want), "{name}");
        }
        assert_ne!(fold_name("Lamp Board"), fold_name("LampBoard"));
    }
}
