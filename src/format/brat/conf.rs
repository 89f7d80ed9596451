//! brat's `annotation.conf` and `visual.conf`: which labels there are, what stands above which, how they are shown.
//!
//! Source: the documentation of brat, "Annotation configuration". Read are the sections of entities and events, with
//! their indents, and of labels and drawing. The rest (relations, attributes, macros, tools) says nothing about mentions.

use std::collections::HashMap;

use crate::article::{Type, Types};

/// So deep may labels stand below each other.
const DEPTH: usize = 32;

/// What the two files say; either may be missing.
#[must_use]
pub fn types(annotation: Option<&str>, visual: Option<&str>) -> Types {
    let mut types = HashMap::new();
    if let Some(text) = annotation {
        declared(text, &mut types);
    }
    if let Some(text) = visual {
        shown(text, &mut types);
    }
    Types::new(types)
}

/// The lines of each section that say something, with its name.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    text.lines().filter_map(move |line| {
        let line = line.trim_end();
        let inner = line.trim();
        if inner.is_empty() || inner.starts_with('#') {
            return None;
        }
        if let Some(name) = inner
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            section = name;
            return None;
        }
        Some((section, line))
    })
}

fn declared(text: &str, types: &mut HashMap<String, Type>) {
    let mut above: Vec<(usize, String)> = Vec::new();
    for (section, line) in lines(text) {
        let inner = line.trim_start();
        let is_macro = inner.starts_with('<') && inner.contains(">=");
        if !matches!(section, "entities" | "spans" | "events") || is_macro {
            continue;
        }
        let Some(name) = inner.split(char::is_whitespace).next() else {
            continue;
        };
        if name.bytes().all(|b| b == b'-') {
            continue;
        }
        let indent = line.len() - inner.len();
        while above.pop_if(|(other, _)| *other >= indent).is_some() {}
        let (name, declared) = match name.strip_prefix('!') {
            // It stands there for those below it alone.
            Some(name) => (name, false),
            None => (name, true),
        };
        let known = types.entry(name.to_owned()).or_default();
        known.declared |= declared;
        known.above = above.iter().rev().map(|(_, name)| name.clone()).collect();
        if above.len() < DEPTH {
            above.push((indent, name.to_owned()));
        }
    }
}

fn shown(text: &str, types: &mut HashMap<String, Type>) {
    for (section, line) in lines(text) {
        if section == "labels" {
            let mut parts = line.split('|').map(str::trim);
            if let (Some(name), Some(shown)) = (parts.next(), parts.next()) {
                shown.clone_into(&mut types.entry(name.to_owned()).or_default().shown);
            }
        } else if section == "drawing" {
            let line = line.trim_start();
            let Some((name, said)) = line.split_once(char::is_whitespace) else {
                continue;
            };
            let mut pairs = said.split(',').filter_map(|pair| pair.split_once(':'));
            let ground = pairs.find(|(key, _)| key.trim() == "bgColor");
            if let Some(color) = ground.and_then(|(_, value)| color(value.trim())) {
                types.entry(name.to_owned()).or_default().color = Some(color);
            }
        }
    }
}

/// `#rrggbb` or `#rgb`. Names of colours are those of browsers, and left to the theme.
fn color(text: &str) -> Option<[u8; 3]> {
    let hex = text.strip_prefix('#')?;
    let digits: Option<Vec<u8>> = hex
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect();
    match digits?[..] {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        [r, r2, g, g2, b, b2] => Some([r * 16 + r2, g * 16 + g2, b * 16 + b2]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_below_others_and_have_words_and_colours() {
        let annotation = "# a comment\n[entities]\n!Someone\n\tWorker\n\t\tFisher\n\tOwner\n-----\nBoat\n<B>=Boat|Net\n\
                          [relations]\nOwns\tArg1:Owner, Arg2:Boat\n[events]\nSail\tWho:Worker\n";
        let visual = "[labels]\nFisher | 渔民 | 渔\nOwns | 拥有\n[drawing]\nFisher\tbgColor:#7fa2ff, fgColor:black\n\
                      Boat bgColor:#abc\nSPAN_DEFAULT\tbgColor:lightgreen\n";
        let types = types(Some(annotation), Some(visual));
        let fisher = types.get("Fisher").unwrap();
        assert_eq!(fisher.above, ["Worker", "Someone"]);
        assert_eq!(
            (fisher.shown.as_str(), fisher.color),
            ("渔民", Some([0x7f, 0xa2, 0xff]))
        );
        assert_eq!(types.get("Owner").unwrap().above, ["Someone"]);
        assert!(types.get("Boat").unwrap().above.is_empty());
        assert_eq!(types.get("Boat").unwrap().color, Some([0xaa, 0xbb, 0xcc]));
        for (label, lacks) in [
            ("Sail", false),
            ("Boat", false),
            ("Someone", true),
            ("Owns", true),
            ("Net", true),
        ] {
            assert_eq!(types.lacks(label), lacks, "{label}");
        }
        assert!(
            !super::types(None, Some(visual)).lacks("Net"),
            "nothing says which there are"
        );
    }
}
