//! A row in several passes, one a style: where a row changes its style often, as in a row of many mentions, it takes
//! fewer bytes to go back and forth in it than to tell the colours of text and mention again and again.

use super::diff::Glyph;
use super::emit::Emitter;
use super::pen::Pen;
use crate::layout::link;

/// Fewer changes of style in a row are not looked at.
const OFTEN: usize = 6;

impl Emitter {
    /// Appends what has changed in a row, in the shorter of both ways.
    pub(super) fn row(&mut self, y: u16, glyphs: &[Glyph<'_>], width: u16, out: &mut Vec<u8>) {
        let (before, start) = (self.state(), out.len());
        self.pass(y, glyphs, width, out);
        let Some(pens) = self.pens(glyphs) else {
            return;
        };
        let behind = self.state();
        self.restore(before);
        let mut other = Vec::with_capacity(out.len() - start);
        let mut order: Vec<Pen> = Vec::new();
        for pen in pens.iter().flatten() {
            if !order.contains(pen) {
                order.push(*pen);
            }
        }
        // The pen that is at hand is the first.
        order.sort_by_key(|pen| before.pen() != Some(*pen));
        for pen in order {
            let mine: Vec<Glyph<'_>> = glyphs
                .iter()
                .zip(&pens)
                .map(|(glyph, of)| Glyph {
                    changed: *of == Some(pen),
                    ..*glyph
                })
                .collect();
            self.pass(y, &mine, width, &mut other);
        }
        if other.len() < out.len() - start {
            out.truncate(start);
            out.append(&mut other);
        } else {
            self.restore(behind);
        }
    }

    /// The pen of each glyph that has changed, if the row can be written in passes and changes its pen often. It can
    /// where the cursor stands behind each glyph as we believe, and none reaches over what a pass before has written.
    fn pens(&self, glyphs: &[Glyph<'_>]) -> Option<Vec<Option<Pen>>> {
        let mut pens = Vec::with_capacity(glyphs.len());
        let (mut last, mut changes) = (None, 0);
        for glyph in glyphs {
            if glyph.changed && (!glyph.sure || link(glyph.cell.modifier) != 0) {
                return None;
            }
            let pen = self.pen_of(glyph);
            // A blank goes with what stands before it, when it looks the same in that pen.
            let own = match last {
                Some(before) if pen.is_blank_in(before, glyph.symbol()) => before,
                _ => pen,
            };
            if glyph.changed {
                changes += usize::from(last.is_some_and(|last| last != own));
                last = Some(own);
            }
            pens.push(glyph.changed.then_some(own));
        }
        (changes >= OFTEN).then_some(pens)
    }
}
