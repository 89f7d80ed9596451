//! The test card of `kanbao doctor`: a frame that stays straight where the widths are right.
//!
//! It is printed without any cursor move, so that a wrong width is seen as a border out of line.

use crate::layout::Marks;
use crate::text::{Profile, Trait, graphemes, str_width, units};

/// Cells between the borders.
const INSIDE: u16 = 46;
/// Cells of the names at the left.
const NAMES: u16 = 16;

/// A row of the card.
struct Sample {
    name: &'static str,
    text: &'static str,
}

const fn sample(name: &'static str, text: &'static str) -> Sample {
    Sample { name, text }
}

const SAMPLES: [Sample; 16] = [
    sample("Han", "看报：第１版，乌镇峰会。"),
    sample("quotes", "“乌镇”‘峰会’"),
    sample("dashes", "——……·–‥"),
    sample("circled", "①②⑳Ⓐ"),
    sample("letters", "α β Ж ā ǎ"),
    sample("lines", "─│┌┐█▒"),
    sample("symbols", "☆→℃×Ⅷ※"),
    sample("private use", "\u{E000}\u{E001}"),
    sample("emoji", "👍 ❤\u{FE0F} 1\u{FE0F}\u{20E3}"),
    sample("skin tones", "👍🏽 👋🏿"),
    sample("joined emoji", "👨\u{200D}👩\u{200D}👧 🏳\u{FE0F}\u{200D}🌈"),
    sample("flags", "\u{1F1E8}\u{1F1F3} \u{1F1E8}"),
    sample("voiced kana", "か\u{3099}き\u{3099} ｶﾞ"),
    sample(
        "Hangul letters",
        "\u{1112}\u{1161}\u{11AB} \u{1113}\u{1161}",
    ),
    sample("hexagrams", "䷀䷁ ☰☷"),
    sample("newer Han", "𠀀 𰀀 \u{31350}"),
];

/// The card for a terminal of this profile, line by line.
pub(super) fn card(profile: &Profile) -> Vec<String> {
    let marks = Marks::of(profile);
    let [top_left, top_right, bottom_left, bottom_right] = marks.lines.corners;
    let across = marks.lines.horizontal.repeat(usize::from(INSIDE));
    let mut rows = vec![format!("{top_left}{across}{top_right}")];
    for Sample { name, text } in SAMPLES {
        let name = match name {
            "joined emoji" if !profile.has(Trait::JoinedEmoji) => "emoji in parts",
            name => name,
        };
        let side = marks.lines.vertical;
        let mut row = format!("{side} {name}");
        blanks(&mut row, NAMES.saturating_sub(1 + str_width(name, profile)));
        for g in graphemes(text) {
            units(g.text, profile)
                .iter()
                .for_each(|unit| row.push_str(&unit.symbol));
        }
        let used = NAMES + str_width(text, profile);
        blanks(&mut row, INSIDE.saturating_sub(used));
        row.push_str(side);
        rows.push(row);
    }
    rows.push(format!("{bottom_left}{across}{bottom_right}"));
    rows
}

fn blanks(row: &mut String, cells: u16) {
    row.extend(std::iter::repeat_n(' ', usize::from(cells)));
}

/// What is told of a trait: of what, and how it is with the trait and without.
pub(super) const fn told(which: Trait) -> (&'static str, &'static str, &'static str) {
    const CELLS: [&str; 2] = ["2 cells", "1 cell"];
    let (of, [with, without]) = match which {
        Trait::WideQuotes => ("quotes “ ” ‘ ’", CELLS),
        Trait::WideMarks => ("dashes, ellipses, interpunct — … ·", CELLS),
        Trait::WideCircled => ("circled digits and letters ①", CELLS),
        Trait::WideLetters => ("Greek, Cyrillic, pinyin α Ж ā", CELLS),
        Trait::WideLines => ("box drawing and blocks ─ █", CELLS),
        Trait::WideSymbols => ("other symbols ☆ → ℃", CELLS),
        Trait::WidePrivate => ("private use", CELLS),
        Trait::WideEmoji => ("narrow emoji in colour (VS16)", CELLS),
        Trait::JoinedKeycaps => ("keycaps", CELLS),
        Trait::JoinedSkinTones => ("emoji with a skin tone", ["2 cells", "2 and 2 cells"]),
        Trait::JoinedEmoji => ("joined emoji (ZWJ)", ["2 cells", "2 cells each"]),
        Trait::WideIndicators => ("half of a flag", CELLS),
        Trait::PartedKana => ("kana with a combining mark", ["4 cells", "2 cells"]),
        Trait::PartedJamo => ("Hangul vowels and finals", ["1 cell", "none"]),
        Trait::NarrowHexagrams => ("hexagrams", ["1 cell", "2 cells"]),
        Trait::WideTrigrams => ("trigrams", CELLS),
        Trait::NarrowNewHan => ("Han from Extension H on", ["1 cell", "2 cells"]),
        Trait::LostNewHan => ("  whether they are shown", ["no", "yes"]),
    };
    (of, with, without)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Ambiguous;

    #[test]
    fn every_row_has_the_same_width_on_every_terminal() {
        let plain = Profile::default();
        let single = Trait::ALL.map(|which| plain.with(which, true));
        for profile in single
            .into_iter()
            .chain([plain, Profile::new(Ambiguous::Two)])
        {
            for row in card(&profile) {
                assert_eq!(str_width(&row, &profile), INSIDE + 2, "{row}");
            }
        }
    }
}
