//! What of a file is text, by the marks of its format: each character with its place.

/// Elements (XML 1.0): tags are no text, references are the character that they stand for. A TEI file's text begins with
/// its `text`.
pub(super) fn elements(raw: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = ["<text>", "<text "]
        .iter()
        .find_map(|tag| raw.find(tag))
        .unwrap_or(0);
    std::iter::from_fn(move || {
        loop {
            let rest = raw.get(at..)?;
            let c = rest.chars().next()?;
            let here = at;
            match c {
                '<' => at += rest.find('>').map_or(rest.len(), |end| end + 1),
                '&' => {
                    let (c, len) = reference(rest).unwrap_or((c, 1));
                    at += len;
                    return Some((here, c));
                }
                _ => {
                    at += c.len_utf8();
                    return Some((here, c));
                }
            }
        }
    })
}

/// A reference and its length.
fn reference(rest: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 12;
    let end = rest.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = rest.get(1..end)?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((c, end + 1))
}

/// Boson: `{{type:words}}`, with `\n` for a line end.
pub(super) fn braces(raw: &str) -> impl Iterator<Item = (usize, char)> {
    marked(raw, |rest| {
        if rest.starts_with("\\n") {
            return Some(2);
        }
        if let Some(inner) = rest.strip_prefix("{{") {
            let colon = inner.find([':', '}', '{', '\n'])?;
            return inner[colon..].starts_with(':').then_some(colon + 3);
        }
        rest.starts_with("}}").then_some(2)
    })
}

/// YEDDA: `[@words#Type*]`, also with `$`.
pub(super) fn brackets(raw: &str) -> impl Iterator<Item = (usize, char)> {
    marked(raw, |rest| {
        if rest.starts_with("[@") || rest.starts_with("[$") {
            return Some(2);
        }
        let inner = rest.strip_prefix('#')?;
        let end = inner.find("*]")?;
        let is_type = !inner.get(..end)?.contains(['#', '[', '\n']);
        is_type.then_some(end + 3)
    })
}

/// MSRA: `words/tag`.
pub(super) fn words(raw: &str) -> impl Iterator<Item = (usize, char)> {
    marked(raw, |rest| {
        let inner = rest.strip_prefix('/')?;
        let len = tag(inner);
        let is_last = inner
            .get(len..)?
            .chars()
            .next()
            .is_none_or(char::is_whitespace);
        (len > 0 && is_last).then_some(1 + len)
    })
}

/// The length of a tag.
fn tag(rest: &str) -> usize {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric());
    end.unwrap_or(rest.len())
}

/// The People's Daily: `word/tag`, compounds in brackets, readings in braces, an id before the line.
pub(super) fn compounds(raw: &str) -> impl Iterator<Item = (usize, char)> {
    marked(raw, |rest| {
        if let Some(inner) = rest.strip_prefix('/') {
            return (tag(inner) > 0).then_some(1 + tag(inner));
        }
        // Brackets that are text have a tag of their own.
        if rest.starts_with("[/") || rest.starts_with("]/w") {
            return None;
        }
        if rest.starts_with('[') {
            return Some(1);
        }
        if let Some(inner) = rest.strip_prefix(']') {
            let behind = inner.strip_prefix('/');
            return Some(1 + behind.map_or_else(|| tag(inner), |rest| 1 + tag(rest)));
        }
        if rest.starts_with('{') {
            return rest.find('}').map(|end| end + 1);
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let is_id = digits == 8 && rest.as_bytes().get(8) == Some(&b'-');
        is_id.then(|| rest.find('/').unwrap_or(8))
    })
}

/// WebAnno TSV 3: the sentences stand as they are behind `#Text=`.
pub(super) fn sentences(raw: &str) -> impl Iterator<Item = (usize, char)> {
    const TEXT: &str = "#Text=";
    let mut start = 0;
    raw.split_inclusive('\n').flat_map(move |line| {
        let here = start;
        start += line.len();
        let text = line.strip_prefix(TEXT).unwrap_or("");
        escapes(text).map(move |(at, c)| (here + TEXT.len() + at, c))
    })
}

/// Strings of TOML and JSON: an escape is the character that it stands for.
pub(super) fn escapes(raw: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (c, len) = super::json::escaped(raw.get(at..)?)?;
        let here = at;
        at += len;
        Some((here, c))
    })
}

/// What `mark` does not tell the length of.
fn marked(raw: &str, mark: impl Fn(&str) -> Option<usize>) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = raw.get(at..)?;
            let c = rest.chars().next()?;
            match mark(rest) {
                Some(len) if len > 0 => at += len,
                _ => {
                    let here = at;
                    at += c.len_utf8();
                    return Some((here, c));
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(from: impl Iterator<Item = (usize, char)>) -> String {
        from.map(|(_, c)| c).collect()
    }

    #[test]
    fn marks_are_no_text() {
        for (skimmed, text) in [
            (
                read(elements("<a>甲&lt;<b x='>'/>乙&#x4E59;&amp;</a>")),
                "甲<'/>乙乙&",
            ),
            (read(elements("<teiHeader>题</teiHeader><text>甲")), "甲"),
            (read(braces("去{{place:风城}}}}，{{不是")), "去风城，{{不是"),
            (
                read(brackets("[@林小满#人*]去[$风城#地*]#1")),
                "林小满去风城#1",
            ),
            (
                read(compounds(
                    "20231111-02-001-001/m  2023/m  年/x  [[世界/x]nt  [/w  峰/x]event  ]/w",
                )),
                "  2023  年  世界  [  峰  ]",
            ),
            (read(compounds("会/nr、]/nt 长{zhang3}/v")), "会、 长"),
            (read(words("[会/32/nr 、/o\n")), "[会/32 、\n"),
            (
                read(sentences("#FORMAT=x\n#Text=甲乙\n1-1\t0-1\t甲\n#Text=丙\n")),
                "甲乙\n丙\n",
            ),
            (read(escapes("甲\\n\\\"乙\\u4e59")), "甲\n\"乙乙"),
        ] {
            assert_eq!(skimmed, text);
        }
    }
}
