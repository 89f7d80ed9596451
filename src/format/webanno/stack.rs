//! What is stacked in the cells of a token.

use super::escape::parts;

/// One annotation's values: the column within the layer, and the value.
pub(super) type Values<'a> = [(usize, &'a str)];

pub(super) fn is_blank(cell: &str) -> bool {
    cell == "_" || cell.is_empty()
}

/// No value.
pub(super) fn is_null(value: &str) -> bool {
    value == "*" || is_blank(value)
}

/// The annotations stacked in the cells of one layer. Work is linear in the values, however many columns are empty.
#[derive(Debug, Default)]
pub(super) struct Stack<'a> {
    parts: Vec<&'a str>,
    /// The columns that have more values: number, where theirs begin in `parts`, and how many.
    columns: Vec<(usize, usize, usize)>,
    values: Vec<(usize, &'a str)>,
    depth: usize,
}

impl<'a> Stack<'a> {
    pub(super) fn split(&mut self, cells: &[&'a str]) {
        self.parts.clear();
        self.columns.clear();
        self.depth = 0;
        for (column, cell) in cells.iter().enumerate() {
            if is_blank(cell) {
                continue;
            }
            let from = self.parts.len();
            self.parts.extend(parts(cell, b'|'));
            self.columns.push((column, from, self.parts.len() - from));
        }
    }

    /// The values of the next annotation.
    pub(super) fn next(&mut self) -> Option<&Values<'a>> {
        let depth = self.depth;
        self.columns.retain(|(_, _, count)| *count > depth);
        self.depth += 1;
        self.values.clear();
        let parts = &self.parts;
        self.values.extend(
            self.columns
                .iter()
                .filter_map(|(column, from, _)| Some((*column, *parts.get(from + depth)?))),
        );
        (!self.values.is_empty()).then_some(&self.values)
    }
}
