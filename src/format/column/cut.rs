//! Lines taken apart into columns.

/// What parts the columns of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Separator {
    /// A tab each; a token may hold spaces.
    Tab,
    /// Spaces or tabs.
    Space,
}

/// A line taken apart. Its places are bytes of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut<'t> {
    /// The first column; a space when the line begins with two.
    pub(super) token: &'t str,
    /// What stands between the first column and the last, with the separators between them.
    pub(super) middle: &'t str,
    /// The last column; empty when there is but one.
    pub(super) tag: &'t str,
    pub(super) tag_at: usize,
    pub(super) columns: usize,
}

/// Takes a line apart that is not blank and does not end with white space.
pub(super) fn cut(line: &str, separator: Separator) -> Cut<'_> {
    match separator {
        Separator::Tab => tabs(line).unwrap_or_else(|| spaces(line)),
        Separator::Space => spaces(line),
    }
}

/// By tabs; nothing when there is none.
fn tabs(line: &str) -> Option<Cut<'_>> {
    let (mut first, mut last, mut count) = (0, 0, 0);
    for (at, byte) in line.bytes().enumerate() {
        if byte == b'\t' {
            if count == 0 {
                first = at;
            }
            last = at;
            count += 1;
        }
    }
    (count > 0).then(|| Cut {
        token: line.get(..first).unwrap_or(""),
        middle: line.get(first + 1..last).unwrap_or(""),
        tag: line.get(last + 1..).unwrap_or(""),
        tag_at: last + 1,
        columns: count + 1,
    })
}

/// By runs of spaces and tabs.
fn spaces(line: &str) -> Cut<'_> {
    let bytes = line.as_bytes();
    // Nearly all lines are a token, a space and a tag.
    let mut gaps = (0..).zip(bytes).filter(|(_, b)| matches!(b, b' ' | b'\t'));
    if let (Some((gap, _)), None) = (gaps.next(), gaps.next())
        && gap > 0
        && gap + 1 < bytes.len()
    {
        return Cut {
            token: line.get(..gap).unwrap_or(""),
            middle: "",
            tag: line.get(gap + 1..).unwrap_or(""),
            tag_at: gap + 1,
            columns: 2,
        };
    }
    let is_blank = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\t'));
    // A line that begins with a separator has a token that is a space, or none.
    let mut first = 0;
    if is_blank(0) && is_blank(1) {
        first = 1;
    }
    while first > 0 && is_blank(first + 1) {
        first += 1;
    }
    let token_end = if is_blank(0) {
        usize::from(first > 0)
    } else {
        let end = bytes.iter().position(|b| matches!(b, b' ' | b'\t'));
        first = end.unwrap_or(bytes.len());
        first
    };
    let (mut columns, mut last, mut middle_end) = (1, bytes.len(), first);
    let mut at = first;
    while at < bytes.len() {
        let gap = at;
        while is_blank(at) {
            at += 1;
        }
        if at < bytes.len() {
            columns += 1;
            (last, middle_end) = (at, gap);
        }
        while at < bytes.len() && !is_blank(at) {
            at += 1;
        }
    }
    Cut {
        token: line.get(..token_end).unwrap_or(""),
        middle: line.get(first..middle_end).unwrap_or("").trim(),
        tag: line.get(last..).unwrap_or(""),
        tag_at: last,
        columns,
    }
}

/// The values of the columns between token and tag.
pub(super) fn values(middle: &str, separator: Separator) -> impl Iterator<Item = &str> {
    let by_tab = separator == Separator::Tab && middle.contains('\t');
    middle
        .split(move |c| c == '\t' || (!by_tab && c == ' '))
        .filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fall_into_columns() {
        use Separator::{Space, Tab};
        for (line, separator, token, middle, tag, columns) in [
            ("乌\tO", Tab, "乌", "", "O", 2),
            ("New York\tB-LOC", Tab, "New York", "", "B-LOC", 2),
            (" \tO", Tab, " ", "", "O", 2),
            ("\tO", Tab, "", "", "O", 2),
            ("a\tNN\tI-NP\tO", Tab, "a", "NN\tI-NP", "O", 4),
            ("a b c", Tab, "a", "b", "c", 3),
            ("乌 O", Space, "乌", "", "O", 2),
            ("乌", Space, "乌", "", "", 1),
            ("a  NN \tI-NP  O", Space, "a", "NN \tI-NP", "O", 4),
            ("  O", Space, " ", "", "O", 2),
            (" O", Space, "", "", "O", 2),
            ("   O", Space, " ", "", "O", 2),
        ] {
            let made = cut(line, separator);
            assert_eq!(
                (made.token, made.middle, made.tag, made.columns),
                (token, middle, tag, columns),
                "{line:?}"
            );
            assert_eq!(line.get(made.tag_at..), Some(tag), "{line:?}");
        }
        assert_eq!(
            values("NN \tI-NP", Space).collect::<Vec<_>>(),
            ["NN", "I-NP"]
        );
    }
}
