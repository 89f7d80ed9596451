//! What of a file is text, by the marks of its format: each character with its place.

use crate::format::tei::READINGS;

/// Elements (XML 1.0): tags are no text, references are the character that they stand for.
pub(super) fn elements(raw: &str) -> impl Iterator<Item = (usize, char)> {
    Elements {
        raw,
        at: 0,
        plain: 0,
        is_tei: false,
        choice: None,
    }
}

/// The same of a TEI file: it begins with its `text`; notes, and all but the first of several readings, are no text.
pub(super) fn tei(raw: &str) -> impl Iterator<Item = (usize, char)> {
    let mut tags = raw.match_indices("text").filter(|(at, name)| {
        let before = raw.get(..*at).unwrap_or("");
        let behind = raw.get(at + name.len()..).unwrap_or("");
        let named = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == ':');
        let prefix = before.get(named.len()..).unwrap_or("");
        named.ends_with('<')
            && (prefix.is_empty() || prefix.ends_with(':'))
            && behind.starts_with(|c: char| c == '>' || c.is_whitespace())
    });
    Elements {
        raw,
        at: tags
            .next()
            .and_then(|(at, _)| raw.get(..at)?.rfind('<'))
            .unwrap_or(0),
        plain: 0,
        is_tei: true,
        choice: None,
    }
}

/// What is text of marked-up text.
struct Elements<'a> {
    raw: &'a str,
    at: usize,
    /// Up to here nothing is markup: a CDATA section.
    plain: usize,
    is_tei: bool,
    /// The element around several readings that is open.
    choice: Option<&'a str>,
}

impl<'a> Elements<'a> {
    /// How long the markup is that begins here, with what it hides.
    fn markup(&mut self, rest: &'a str) -> usize {
        let up_to = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
        if rest.starts_with("<!--") {
            return up_to("-->");
        }
        const CDATA: &str = "<![CDATA[";
        if rest.starts_with(CDATA) {
            self.plain = self.at + rest.find("]]>").unwrap_or(rest.len());
            return CDATA.len();
        }
        let tag = up_to(">");
        if !self.is_tei {
            return tag;
        }
        let inner = rest.get(1..tag).unwrap_or("");
        let is_end = inner.starts_with('/');
        let name = inner.trim_start_matches('/');
        let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '-' | '_')));
        let name = name.get(..end.unwrap_or(name.len())).unwrap_or("");
        let local = name.rsplit(':').next().unwrap_or(name);
        let is_empty = inner.ends_with("/>");
        match local {
            "note" if !is_end && !is_empty => up_to(&format!("</{name}>")),
            "choice" | "app" => {
                self.choice = (!is_end && !is_empty).then_some(name);
                tag
            }
            _ if is_end => match self.choice.take_if(|_| READINGS.contains(&local)) {
                Some(around) => up_to(&format!("</{around}>")),
                None => tag,
            },
            _ => tag,
        }
    }
}

impl Iterator for Elements<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<(usize, char)> {
        loop {
            let raw = self.raw;
            let rest = raw.get(self.at..)?;
            let c = rest.chars().next()?;
            let here = self.at;
            if here < self.plain {
                self.at += c.len_utf8();
                return Some((here, c));
            }
            if here == self.plain && rest.starts_with("]]>") {
                self.at += 3;
                continue;
            }
            match c {
                '<' => self.at += self.markup(rest),
                '&' => {
                    let (c, len) = reference(rest).unwrap_or((c, 1));
                    self.at += len;
                    return Some((here, c));
                }
                _ => {
                    self.at += c.len_utf8();
                    return Some((here, c));
                }
            }
        }
    }
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
        "nbsp" => '\u{A0}',
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
            let behind = inner.get(colon..)?.split('\n').next()?;
            // What is not closed is text.
            return (behind.starts_with(':') && behind.contains("}}")).then_some(colon + 3);
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
        let is_bracket = rest.starts_with("[/") && !rest.starts_with("[//");
        if is_bracket || rest.starts_with("]/w") || rest.starts_with("{/") {
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
pub(super) fn escapes(raw: &str) -> impl Iterator<Item = (usize, char)> + Clone {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (c, len) = super::json::escaped(raw.get(at..)?)?;
        let here = at;
        at += len;
        Some((here, c))
    })
}

/// HTML within strings of JSON: escapes are what they stand for, and tags are no text.
pub(super) fn html(raw: &str) -> impl Iterator<Item = (usize, char)> {
    let mut is_tag = false;
    escapes(raw).filter(move |(_, c)| {
        let was_tag = is_tag;
        is_tag = match c {
            '<' => true,
            '>' => false,
            _ => is_tag,
        };
        !was_tag && !is_tag
    })
}

/// One string of JSON that is HTML: the same, and references are the character that they stand for.
pub(super) fn page(inner: &str) -> impl Iterator<Item = (usize, char)> {
    const LONGEST: usize = 12;
    let mut from = escapes(inner);
    let mut is_tag = false;
    std::iter::from_fn(move || {
        loop {
            let (at, c) = from.next()?;
            match c {
                '<' => is_tag = true,
                '>' if is_tag => is_tag = false,
                _ if is_tag => {}
                '&' => {
                    let ahead = from.clone().take(LONGEST).map(|(_, c)| c);
                    let ahead: String = std::iter::once(c).chain(ahead).collect();
                    let Some((c, len)) = reference(&ahead) else {
                        return Some((at, c));
                    };
                    // All of it is ASCII.
                    from.by_ref().take(len - 1).for_each(drop);
                    return Some((at, c));
                }
                _ => return Some((at, c)),
            }
        }
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
            (
                read(tei(
                    "<teiHeader>题</teiHeader><tei:text n='1'>甲<note>注</note>",
                )),
                "甲",
            ),
            (
                read(tei("<text><choice><sic>甲</sic><corr>乙</corr></choice>丙")),
                "甲丙",
            ),
            (
                read(elements("<a><![CDATA[甲<b>]]>乙<!-- 丙 > 丁 --></a>")),
                "甲<b>乙",
            ),
            (
                read(html(r#"{"a": "<p n=\"1\">甲</p>\u4e59"}"#)),
                r#"{"a": "甲乙"}"#,
            ),
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
            (
                read(compounds("来/v  {/w  甲/n  }/w  [//w  乙/x]nt")),
                "来  {  甲  }  /  乙",
            ),
            (read(words("[会/32/nr 、/o\n")), "[会/32 、\n"),
            (
                read(sentences("#FORMAT=x\n#Text=甲乙\n1-1\t0-1\t甲\n#Text=丙\n")),
                "甲乙\n丙\n",
            ),
            (
                read(page(r#"<p n=\"1\">甲&amp;\u4e59 > &x; &#20057;</p>"#)),
                "甲&乙 > &x; 乙",
            ),
            (read(escapes("甲\\n\\\"乙\\u4e59")), "甲\n\"乙乙"),
        ] {
            assert_eq!(skimmed, text);
        }
    }
}
