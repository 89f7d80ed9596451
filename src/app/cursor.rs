//! A cursor on the lines of a pane that shows only some of them.

/// The line that is pointed at, and which lines are in sight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    line: u32,
    top: u32,
    height: u16,
}

impl Cursor {
    /// The line that is pointed at.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.line
    }

    /// The first line in sight.
    #[must_use]
    pub const fn top(&self) -> u32 {
        self.top
    }

    /// Lines of the pane.
    #[must_use]
    pub const fn height(&self) -> u16 {
        self.height
    }

    /// Sets the pane's height; there are `len` lines.
    pub(super) fn resize(&mut self, height: u16, len: u32) {
        self.height = height;
        self.go(self.line, len);
    }

    /// Points at a line, or the last of the `len` there are. It is in sight then, and no row of the pane is wasted.
    pub(super) fn go(&mut self, line: u32, len: u32) {
        self.line = line.min(len.saturating_sub(1));
        let height = u32::from(self.height.max(1));
        let least = self.line.saturating_sub(height - 1);
        self.top = self
            .top
            .clamp(least, self.line.max(least))
            .min(len.saturating_sub(height).max(least));
    }

    /// Points where another cursor does, with the same lines in sight as far as the pane's height is still the same.
    pub(super) fn put_back(&mut self, to: Self, len: u32) {
        self.top = to.top;
        self.go(to.line, len);
    }

    /// Scrolls by lines; the line that is pointed at stays where it is as long as it is in sight.
    pub(super) fn scroll(&mut self, by: i64, len: u32) {
        let height = u32::from(self.height.max(1));
        let last = i64::from(len.saturating_sub(height));
        let top = i64::from(self.top).saturating_add(by).clamp(0, last);
        self.top = u32::try_from(top).unwrap_or(0);
        self.go(self.line.clamp(self.top, self.top + height - 1), len);
    }

    /// Moves by lines.
    pub(super) fn step(&mut self, by: i64, len: u32) {
        let to = i64::from(self.line).saturating_add(by).max(0);
        self.go(u32::try_from(to).unwrap_or(u32::MAX), len);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_always_in_sight() {
        for (top, line, height, len, want) in [
            (0, 0, 5, 20, 0),
            (0, 5, 5, 20, 1),
            (10, 3, 5, 20, 3),
            (18, 19, 5, 20, 15),
            (0, 0, 0, 0, 0),
            (7, 2, 9, 3, 0),
        ] {
            let mut cursor = Cursor {
                line: 0,
                top,
                height,
            };
            cursor.go(line, len);
            assert_eq!((cursor.line(), cursor.top()), (line, want), "{top} {line}");
        }
        let mut cursor = Cursor::default();
        cursor.resize(3, 10);
        cursor.step(i64::MAX / 2, 10);
        assert_eq!((cursor.line(), cursor.top()), (9, 7));
        cursor.step(i64::MIN / 2, 10);
        assert_eq!((cursor.line(), cursor.top()), (0, 0));
    }
}
