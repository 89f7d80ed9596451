//! The hits of the search as a list to choose from, each in its line.

use super::body::Gone;
use super::message::Effect;
use super::picker::{Picker, PickerKind, PickerRow};
use super::state::App;
use crate::article::ByteSpan;

/// So many characters stand before a hit.
const BEFORE: usize = 16;
/// So many bytes of a line are shown at most.
const MOST: usize = 600;

impl App {
    pub(super) fn open_hit_list(&mut self) {
        let Some(find) = &self.find else {
            self.say("nothing is searched for; / searches");
            return;
        };
        let hits = find.hits();
        let Some(last) = hits.len().checked_sub(1) else {
            self.say("there is no hit");
            return;
        };
        let here = self.point().map_or(0, |point| point.offset);
        let line = hits.partition_point(|hit| hit.end() <= here).min(last);
        let mut picker = Picker::new(PickerKind::Hits, hits.len());
        picker.go(u32::try_from(line).unwrap_or(u32::MAX));
        self.open_picker(picker, false);
    }

    /// More hits have come.
    pub(super) fn hit_list_grows(&mut self) {
        let count = self.find.as_ref().map_or(0, |find| find.hits().len());
        if let Some(picker) = &mut self.picker
            && picker.kind == PickerKind::Hits
            && picker.total() as usize != count
        {
            picker.set_rows(count);
        }
    }

    /// A hit in its line: the line from a little before it.
    pub(super) fn hit_row(&self, index: usize) -> Option<PickerRow> {
        let article = self.article()?;
        let hit = *self.find.as_ref()?.hits().get(index)?;
        let text = &article.text;
        let number = text.block_at(hit.start())?;
        let block = text.block(number)?.span;
        let before = text.slice(ByteSpan::new(block.start(), hit.start()));
        let near = before.char_indices().rev().take(BEFORE).last();
        let from = block.start() + near.map_or(before.len(), |(at, _)| at);
        let whole = text.whole();
        let end = whole
            .ceil_char_boundary(block.end().min(from + MOST))
            .max(hit.end());
        let lead = if from > block.start() { "…" } else { "" };
        let shown = format!("{lead}{}", text.slice(ByteSpan::new(from, end)));
        let start = lead.len() + hit.start() - from;
        let mut row = PickerRow::new(shown, format!("block {}", number.0 + 1));
        row.marks.push(start..start + hit.len());
        Some(row)
    }

    pub(super) fn choose_hit(&mut self, index: usize) -> Vec<Effect> {
        let hit = self
            .find
            .as_ref()
            .and_then(|f| f.hits().get(index).copied());
        if let Some(hit) = hit {
            self.leave_here();
            if let Some(body) = &mut self.body {
                body.go(Gone::Hit(hit));
            }
            self.sync_sidebar();
        }
        Vec::new()
    }
}
