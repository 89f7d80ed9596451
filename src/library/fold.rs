//! Text for comparing in the filter of the list: case and width do not count.

/// Lower case, with half-width letters, digits and marks for full-width ones.
pub(super) fn fold(text: &str) -> String {
    let narrow = text.chars().map(|c| match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    });
    narrow.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_width_do_not_count() {
        assert_eq!(fold("ＩＰｖ６　乌镇（Ａ）"), "ipv6 乌镇(a)");
    }
}
