//! The hits of the search as a list to choose from, each in its line.

use super::body::Gone;
use super::geometry::Pane;
use super::message::Effect;
use super::picker::{Picker, PickerKind, PickerRow};
use super::state::App;
use crate::action::Action;
use crate::article::ByteSpan;

/// So many characters stand before a hit.
const BEFORE: usize = 16;
/// So many bytes of a line are shown at most.
const MOST: usize = 600;

/// Hits of the open list, before more come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed {
    current: Option<ByteSpan>,
    last: Option<ByteSpan>,
}

impl App {
    pub(super) fn open_hit_list(&mut self) {
        let Some(find) = &self.find else {
            self.say_hinting("nothing is searched for", Action::Search, "searches");
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

    /// In the list, when it is open: the hit under the cursor, and the last one.
    pub(super) fn listed_hits(&self) -> Option<Listed> {
        let picker = self.picker.as_ref();
        let picker = picker.filter(|picker| picker.kind == PickerKind::Hits)?;
        let hits = self.find.as_ref()?.hits();
        Some(Listed {
            current: picker
                .current()
                .and_then(|row| hits.get(row as usize).copied()),
            last: hits.last().copied(),
        })
    }

    /// More hits have come to what was listed. A search begins at the point, so they may also stand before the others.
    pub(super) fn hit_list_grows(&mut self, listed: Option<Listed>) {
        let Some((picker, find)) = self.picker.as_mut().zip(self.find.as_ref()) else {
            return;
        };
        let hits = find.hits();
        let before = picker.total() as usize;
        if picker.kind != PickerKind::Hits || before == hits.len() {
            return;
        }
        picker.set_rows(hits.len());
        let last = listed.and_then(|listed| listed.last);
        if hits.get(before.wrapping_sub(1)).copied() == last {
            return;
        }
        // The rows have other numbers now.
        if !picker.filter().trim().is_empty() {
            let filter = picker.filter().to_owned();
            picker.set_filter(&filter);
        } else if let Some(current) = listed.and_then(|listed| listed.current) {
            let line = hits.partition_point(|hit| *hit < current);
            picker.go(u32::try_from(line).unwrap_or(u32::MAX));
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
            self.over = None;
            self.focus = Pane::Body;
            if let Some(body) = &mut self.body {
                body.go(Gone::Hit(hit));
            }
            self.sync_sidebar();
        }
        Vec::new()
    }
}
