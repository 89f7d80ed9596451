//! How common a character is.

use crate::text;

/// The Han characters that make up nearly half of modern news, the most common first.
const COMMON_HAN: &str = "的一是在不了有人国中大这和为上年个我以会业来发展到新时他地要生们出行对于作成经工日家\
    市部多学分后方能产动民主说公全力可高进理面就用本同事之现加长所过法资前者开机体社自实也下月建定关员合政重\
    外内化企性当平天记电等水子务场报此目交与总门区表示小价意第三通两入万其教应问将得最度如心信量保提心相管";

/// About how often `c` stands among 10,000 characters of news. A guess to choose what to look for first; a wrong one
/// costs time only.
pub(super) fn commonness(c: char) -> usize {
    match c {
        '，' | ' ' => 500,
        '。' | '、' => 200,
        'e' | 't' | 'a' | 'o' | 'i' | 'n' | 's' | 'r' => 40,
        'a'..='z' | '0'..='9' => 15,
        '!'..='~' => 10,
        _ if text::is_han(c) => COMMON_HAN
            .chars()
            .position(|han| han == c)
            .map_or(2, |rank| 1200 / (rank + 4) + 10),
        _ => 20,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_rarer_than_what_stands_around_them() {
        assert!(commonness('的') > commonness('国'));
        assert!(commonness('国') > commonness('翀'));
        assert!(commonness('e') > commonness('v'));
    }
}
