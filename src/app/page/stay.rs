//! Keeping the cursor of a page on what it is on, while rows come and go around it.

use super::{PageRow, PageTarget};

/// Where the cursor is, told so that it can be found again in other rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    line: usize,
    /// The title of the section.
    section: String,
    /// Rows below its head.
    below: usize,
    target: Option<PageTarget>,
}

impl Place {
    /// The place of a line; nothing above the first section, where rows have no name.
    pub(super) fn of(rows: &[PageRow], line: u32) -> Option<Self> {
        let line = line as usize;
        let (head, section) = sections(rows).take_while(|(n, _)| *n <= line).last()?;
        Some(Self {
            line,
            section: section.to_owned(),
            below: line - head,
            target: rows.get(line)?.target.clone(),
        })
    }

    /// The line of this place. Of several about the same thing it is one in the same section, and of these the
    /// nearest. What is gone leaves its line in the section.
    pub(super) fn in_rows(&self, rows: &[PageRow]) -> Option<u32> {
        let mut heads = sections(rows);
        let head = heads
            .find(|(_, title)| *title == self.section)
            .map(|(n, _)| n);
        let end = heads.next().map_or(rows.len(), |(n, _)| n);
        let within = |line: usize| head.is_some_and(|head| (head..end).contains(&line));
        let line = match &self.target {
            Some(target) if *target != PageTarget::Section => {
                let is_it = |row: &PageRow| row.target.as_ref().is_some_and(|t| t.is_same(target));
                let same = (0..).zip(rows).filter(|(_, row)| is_it(row));
                let same = same.map(|(line, _)| line);
                // As far from the head as before, since what is above the section grows as well.
                let wanted = head.map_or(self.line, |head| head + self.below);
                same.min_by_key(|line: &usize| (!within(*line), line.abs_diff(wanted)))
            }
            _ => None,
        };
        let last = end.saturating_sub(1);
        let line = line.or_else(|| Some((head? + self.below).min(last)))?;
        u32::try_from(line).ok()
    }
}

/// The heads of sections, with their titles.
fn sections(rows: &[PageRow]) -> impl Iterator<Item = (usize, &str)> {
    let heads = (0..)
        .zip(rows)
        .filter(|(_, row)| row.target == Some(PageTarget::Section));
    heads.filter_map(|(n, row)| Some((n, row.row.parts.first()?.1.as_str())))
}
