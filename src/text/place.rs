//! Where in a text a byte is, as people count.

/// Line and column, from 1, of a byte of a text; columns in code points. A byte behind the end is at the end, one
/// within a character where this begins.
#[must_use]
pub fn line_and_column(text: &str, at: usize) -> (u32, u32) {
    let before = text.get(..text.floor_char_boundary(at)).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before.get(start..).unwrap_or("").chars().count();
    let number = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
    (number(before.matches('\n').count()), number(column))
}

#[cfg(test)]
mod tests {
    use super::line_and_column;

    #[test]
    fn lines_and_columns_begin_at_one() {
        let text = "甲乙\n丙x";
        for (at, want) in [
            (0, (1, 1)),
            (3, (1, 2)),
            (5, (1, 2)),
            (6, (1, 3)),
            (7, (2, 1)),
            (11, (2, 3)),
            (99, (2, 3)),
        ] {
            assert_eq!(line_and_column(text, at), want, "{at}");
        }
        assert_eq!(line_and_column("", 0), (1, 1));
    }
}
