//! Makes `src/text/fold/table.rs`, the characters that count as equal: `cargo run --example fold_table`.
//!
//! Traditional, Simplified and variant characters are those of OpenCC's character dictionaries in `data/opencc`: all that
//! is connected by a pair is one class. Radicals stand for the characters that they look like, by `data/unicode`.
//! Compatibility ideographs, widths and letters with diacritics come from Unicode's decompositions, cases from its simple
//! case folding. A test fails when the committed table is not what this makes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};
use unicode_normalization::char::{decompose_canonical, decompose_compatible, is_combining_mark};

fn main() -> io::Result<()> {
    std::fs::write(path(), table()?)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn path() -> PathBuf {
    root().join("src/text/fold/table.rs")
}

fn table() -> io::Result<String> {
    let mut out = String::from(
        "//! Characters that count as equal. Made by `cargo run --example fold_table`; not to be edited.\n//!\n\
         //! [`SCRIPT`] follows the character dictionaries of OpenCC, copyright 2010-2025 Carbo Kuo (BYVoid) and\n\
         //! contributors, Apache License 2.0 (see `data/opencc/README.md`).\n\n",
    );
    let classes = classes()?;
    let count: usize = classes.iter().map(BTreeSet::len).sum();
    let told = format!(
        "Han that stand for each other, {} classes of {count} characters: the first of a class stands for all.",
        classes.len()
    );
    let simplified = simplified()?;
    let texts: Vec<String> = classes
        .iter()
        .map(|class| told_by(class, &simplified))
        .collect();
    list(&mut out, "SCRIPT", &told, &texts);
    pairs(
        &mut out,
        "COMPATIBILITY",
        "Compatibility ideographs and radicals, each with the character it stands for.",
        &compatibility()?,
    );
    pairs(
        &mut out,
        "WIDTH",
        "Full-width and half-width forms, each with the common one.",
        &width(),
    );
    pairs(
        &mut out,
        "DIACRITICS",
        "Letters with marks, each with the letter alone.",
        &diacritics(),
    );
    pairs(
        &mut out,
        "CASE",
        "Letters beyond ASCII, each with the one of their simple case folding.",
        &case(),
    );
    out.truncate(out.trim_end().len());
    out.push('\n');
    Ok(out)
}

/// A list of classes, parted by spaces, in lines.
fn list(out: &mut String, name: &str, told: &str, classes: &[String]) {
    let _ = write!(
        out,
        "/// {told}\npub(super) const {name}: &str = \"\\\n    "
    );
    let mut column = 0;
    for class in classes {
        let shown = shown(class);
        if column + shown.chars().count() > 100 {
            out.push_str("\\\n    ");
            column = 0;
        }
        column += shown.chars().count() + 1;
        let _ = write!(out, "{shown} ");
    }
    out.push_str("\";\n\n");
}

fn pairs(out: &mut String, name: &str, told: &str, pairs: &BTreeMap<char, char>) {
    let classes: Vec<String> = pairs
        .iter()
        .map(|(from, to)| format!("{to}{from}"))
        .collect();
    list(out, name, told, &classes);
}

/// Characters that an editor or a normalising tool might change are written by their numbers.
fn shown(class: &str) -> String {
    let mut out = String::new();
    for c in class.chars() {
        let kept = decompose(c, compatible) == [c] && !is_combining_mark(c);
        if kept && c.is_alphanumeric() {
            out.push(c);
        } else {
            let _ = write!(out, "\\u{{{:X}}}", u32::from(c));
        }
    }
    out
}

/// The characters of Simplified writing.
fn simplified() -> io::Result<BTreeSet<char>> {
    let content = std::fs::read_to_string(root().join("data/opencc/STCharacters.txt"))?;
    let keys = content
        .lines()
        .filter_map(|line| line.split_once('\t')?.0.chars().next());
    Ok(keys.collect())
}

/// A class with the character first that stands for it: a Simplified one, a common one.
fn told_by(class: &BTreeSet<char>, simplified: &BTreeSet<char>) -> String {
    let rank = |c: &char| {
        (
            !simplified.contains(c),
            !('\u{4E00}'..='\u{9FFF}').contains(c),
        )
    };
    let mut chars: Vec<char> = class.iter().copied().collect();
    chars.sort_by_key(rank);
    chars.into_iter().collect()
}

/// The classes of OpenCC's dictionaries, each in order of code points, in the order of their first.
fn classes() -> io::Result<Vec<BTreeSet<char>>> {
    let mut class_of: BTreeMap<char, usize> = BTreeMap::new();
    let mut classes: Vec<BTreeSet<char>> = Vec::new();
    for file in ["STCharacters", "TSCharacters", "TWVariants", "HKVariants"] {
        let content = std::fs::read_to_string(root().join(format!("data/opencc/{file}.txt")))?;
        for line in content.lines().filter(|line| !line.starts_with('#')) {
            let Some((key, values)) = line.split_once('\t') else {
                continue;
            };
            let mut chars = key.chars().chain(values.chars().filter(|c| *c != ' '));
            let Some(first) = chars.next() else { continue };
            let mut home = *class_of.entry(first).or_insert(classes.len());
            if home == classes.len() {
                classes.push(BTreeSet::from([first]));
            }
            for c in chars {
                let other = *class_of.entry(c).or_insert(home);
                if other == home {
                    classes[home].insert(c);
                } else {
                    let (from, to) = (home.max(other), home.min(other));
                    for moved in std::mem::take(&mut classes[from]) {
                        class_of.insert(moved, to);
                        classes[to].insert(moved);
                    }
                    home = to;
                }
            }
        }
    }
    classes.retain(|class| class.len() > 1);
    classes.sort_by_key(|class| class.first().copied());
    Ok(classes)
}

fn decompose(c: char, how: fn(char, &mut dyn FnMut(char))) -> Vec<char> {
    let mut parts = Vec::new();
    how(c, &mut |part| parts.push(part));
    parts
}

fn only(c: char, how: fn(char, &mut dyn FnMut(char))) -> Option<char> {
    match decompose(c, how)[..] {
        [one] if one != c => Some(one),
        _ => None,
    }
}

fn mapped(
    ranges: &[std::ops::RangeInclusive<char>],
    to: impl Fn(char) -> Option<char>,
) -> BTreeMap<char, char> {
    let all = ranges.iter().cloned().flatten();
    all.filter_map(|c| Some((c, to(c)?))).collect()
}

fn compatible(c: char, push: &mut dyn FnMut(char)) {
    decompose_compatible(c, push);
}

fn canonical(c: char, push: &mut dyn FnMut(char)) {
    decompose_canonical(c, push);
}

fn compatibility() -> io::Result<BTreeMap<char, char>> {
    let ranges = ['\u{F900}'..='\u{FAFF}', '\u{2F800}'..='\u{2FA1F}'];
    let mut pairs = mapped(&ranges, |c| only(c, compatible));
    pairs.extend(radicals()?);
    Ok(pairs)
}

/// The radicals, each with the ideograph that it looks like (UAX #44, Equivalent_Unified_Ideograph). Decompositions have
/// the Kangxi radicals alone, of those in the supplement but two.
fn radicals() -> io::Result<Vec<(char, char)>> {
    let path = root().join("data/unicode/EquivalentUnifiedIdeograph.txt");
    let content = std::fs::read_to_string(path)?;
    let point = |hex: &str| u32::from_str_radix(hex.trim(), 16).ok();
    let line = |line: &str| {
        let (from, to) = line.split('#').next()?.split_once(';')?;
        let (first, last) = from.split_once("..").unwrap_or((from, from));
        let to = char::from_u32(point(to)?)?;
        let from = point(first)?..=point(last)?;
        Some(from.filter_map(char::from_u32).map(move |c| (c, to)))
    };
    let all = content.lines().filter_map(line).flatten();
    // Strokes are no radicals, and nobody writes them for characters.
    Ok(all
        .filter(|(c, _)| ('\u{2E80}'..='\u{2FD5}').contains(c))
        .collect())
}

fn width() -> BTreeMap<char, char> {
    let mut pairs = mapped(&['\u{FF01}'..='\u{FFEE}'], |c| match only(c, compatible) {
        Some(to) if matches!(c, '\u{FFA0}'..='\u{FFDC}') || is_combining_mark(to) => None,
        to => to,
    });
    // Of a Hangul letter the whole decomposition is a conjoining one; the full-width letters stand in the same order. The
    // filler is no letter.
    let halves = HANGUL.into_iter().flatten();
    pairs.extend(halves.zip('\u{3131}'..='\u{3163}'));
    pairs
}

/// The half-width Hangul letters.
const HANGUL: [std::ops::RangeInclusive<char>; 5] = [
    '\u{FFA1}'..='\u{FFBE}',
    '\u{FFC2}'..='\u{FFC7}',
    '\u{FFCA}'..='\u{FFCF}',
    '\u{FFD2}'..='\u{FFD7}',
    '\u{FFDA}'..='\u{FFDC}',
];

/// What no decomposition says, though readers take them for the letter with a stroke.
const STRUCK: [(char, char); 10] = [
    ('Ø', 'O'),
    ('ø', 'o'),
    ('Đ', 'D'),
    ('đ', 'd'),
    ('Ħ', 'H'),
    ('ħ', 'h'),
    ('Ł', 'L'),
    ('ł', 'l'),
    ('Ŧ', 'T'),
    ('ŧ', 't'),
];

fn diacritics() -> BTreeMap<char, char> {
    let ranges = [
        '\u{C0}'..='\u{52F}',
        '\u{1E00}'..='\u{1FFF}',
        '\u{212B}'..='\u{212B}',
    ];
    let mut pairs = mapped(&ranges, |c| {
        let parts = decompose(c, canonical);
        let (base, marks) = parts.split_first()?;
        let marked = !marks.is_empty() && marks.iter().all(|mark| is_combining_mark(*mark));
        let struck = STRUCK.iter().find(|(from, _)| from == base);
        let base = struck.map_or(*base, |(_, to)| *to);
        (marked && base.is_alphabetic()).then_some(base)
    });
    pairs.extend(STRUCK);
    pairs
}

fn case() -> BTreeMap<char, char> {
    let all = '\u{80}'..=char::MAX;
    let fold = |c: char| {
        let mut class = ClassUnicode::new([ClassUnicodeRange::new(c, c)]);
        class.try_case_fold_simple().ok()?;
        let least = class.iter().next()?.start();
        let mut lower = least.to_lowercase();
        let first = lower.next()?;
        let to = if lower.next().is_none() { first } else { least };
        (to != c).then_some((c, to))
    };
    all.filter_map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_table_is_what_this_makes() {
        let made = table().expect("dictionaries");
        let kept = std::fs::read_to_string(path()).expect("a table");
        assert!(made == kept, "run: cargo run --example fold_table");
    }

    #[test]
    fn classes_have_no_character_twice() {
        let mut seen = BTreeSet::new();
        for class in classes().expect("dictionaries") {
            assert!(class.len() < 10, "{class:?}");
            for c in class {
                assert!(seen.insert(c), "{c}");
            }
        }
    }
}
