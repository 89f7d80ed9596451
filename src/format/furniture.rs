//! The furniture of Chinese newspaper text: which line is a headline, a deck, a byline, a section head, a credit, a
//! jump line or a caption.
//!
//! A line is judged by its own shape first. Headline and section heads, whose shape is only that they are short, are
//! believed when something else on the page says that this is a newspaper page; else all lines stay paragraphs.

use crate::article::{BlockId, Role, Text};
use crate::text::{Profile, graphemes, is_han, width};

/// A heading is at most so many cells wide.
pub(super) const HEADING_CELLS: u16 = 40;
/// Lines longer than this (bytes) are not looked at: they are running text.
const LONGEST_FURNITURE: usize = 600;
/// The bracketed agency behind a photographer is shorter than this (bytes).
const LONGEST_AGENCY: usize = 59;
/// A headline and its company stand within the first so many blocks.
const TOP_BLOCKS: usize = 6;

/// Gives the blocks of a plain text their roles.
pub(super) fn recognise(text: &mut Text) {
    let mut roles: Vec<(BlockId, Role)> = Vec::new();
    let mut headline = None;
    let mut sections: Vec<BlockId> = Vec::new();
    for (index, block) in text.blocks().iter().enumerate() {
        let id = BlockId(u32::try_from(index).unwrap_or(u32::MAX));
        if block.span.len() > LONGEST_FURNITURE {
            continue;
        }
        let line = text.slice(block.span).trim();
        match shape(line) {
            // Further down a dash opens a list item and a short name a speaker.
            Some(Role::Deck | Role::Byline) if index >= TOP_BLOCKS => {}
            Some(role) => roles.push((id, role)),
            None if index == 0 => headline = is_heading(line).then_some(id),
            None if closes(line) => {}
            None if heads_section(text, id) && is_heading(line) => sections.push(id),
            None => {}
        }
    }
    // One short line alone proves nothing; a headline with sections under it is a page of its own making.
    if roles.is_empty() && (headline.is_none() || sections.is_empty()) {
        return;
    }
    if let Some(id) = headline {
        text.set_role(id, Role::Headline);
    }
    for id in sections {
        text.set_role(id, Role::SectionHead);
    }
    for (id, role) in roles {
        text.set_role(id, role);
    }
}

/// What a line is by its own shape.
fn shape(line: &str) -> Option<Role> {
    if is_jump_line(line) {
        Some(Role::JumpLine)
    } else if is_credit(line) {
        Some(Role::Credit)
    } else if is_caption(line) {
        Some(Role::Caption)
    } else if line.starts_with("——") && !closes(line) {
        Some(Role::Deck)
    } else if is_spaced_name(line) {
        Some(Role::Byline)
    } else {
        None
    }
}

/// A short line without closing punctuation.
pub(super) fn is_heading(line: &str) -> bool {
    // No character has more cells than bytes, so a short line need not be measured, and a long one no further than that
    // it is long.
    let is_short = || {
        let mut room = HEADING_CELLS;
        line.len() <= usize::from(HEADING_CELLS)
            || graphemes(line).all(|grapheme| {
                let left = room.checked_sub(width(grapheme.text, &Profile::default()));
                room = left.unwrap_or(0);
                left.is_some()
            })
    };
    !line.is_empty() && !closes(line) && is_short()
}

/// Whether a heading stands between running text: the line above and the line below end as sentences do.
fn heads_section(text: &Text, id: BlockId) -> bool {
    let line = |id: u32| text.block(BlockId(id)).map(|b| text.slice(b.span).trim());
    let above = id.0.checked_sub(1).and_then(line).is_some_and(closes);
    let below = id.0.checked_add(1).and_then(line).is_some_and(closes);
    above && below && line(id.0).is_some_and(|l| l.chars().any(is_han))
}

fn closes(line: &str) -> bool {
    let last = line
        .trim_end_matches(['”', '’', '」', '』', '）', ')', '"'])
        .chars()
        .next_back();
    last.is_none_or(|c| {
        matches!(
            c,
            '。' | '！'
                | '？'
                | '；'
                | '：'
                | '，'
                | '、'
                | '…'
                | '.'
                | '!'
                | '?'
                | ';'
                | ':'
                | ','
        )
    })
}

/// （上接第一版） or 下转第二版.
pub(super) fn is_jump_line(line: &str) -> bool {
    let inner = line.trim_matches(['（', '）', '(', ')', '▶', '◀', ' ', '\u{3000}']);
    (inner.starts_with("上接") || inner.starts_with("下转"))
        && inner.ends_with('版')
        && inner.chars().count() <= 16
}

/// （本报记者甲、乙报道）.
fn is_credit(line: &str) -> bool {
    let Some(inner) = line
        .strip_prefix(['（', '('])
        .and_then(|l| l.strip_suffix(['）', ')']))
    else {
        return false;
    };
    !inner.contains(['（', '。'])
        && ["记者", "通讯员", "编辑", "報道", "报道", "采写"]
            .iter()
            .any(|w| inner.contains(w))
}

/// A line that ends in its photographer: …… 王 正摄（人民视觉）.
fn is_caption(line: &str) -> bool {
    let line = line.trim_end_matches(['。', '）', ')']);
    // Only the end is looked at: most lines are long and no captions.
    let from = line.ceil_char_boundary(line.len().saturating_sub(LONGEST_AGENCY));
    let line = match line[from..].rfind(['（', '(']) {
        Some(at) => &line[..from + at],
        None => line,
    };
    let Some(before) = line.trim_end().strip_suffix(['摄', '攝']) else {
        return false;
    };
    // A name stands alone before 摄, parted from the sentence by a full stop or a space.
    let name = before
        .rsplit(['。', '　', '）'])
        .next()
        .unwrap_or("")
        .trim();
    let name = name
        .trim_start_matches("本报记者")
        .trim_start_matches("记者")
        .trim_start_matches("新华社");
    let han = name.chars().filter(|c| is_han(*c)).count();
    (2..=4).contains(&han) && name.chars().all(|c| is_han(c) || c == ' ' || c == '·')
}

/// 彭 飞: two Han with space between.
fn is_spaced_name(line: &str) -> bool {
    let mut chars = line.chars();
    let first = chars.next().is_some_and(is_han);
    let last = chars.next_back().is_some_and(is_han);
    let between = chars.as_str();
    first && last && !between.is_empty() && between.chars().all(|c| matches!(c, ' ' | '\u{3000}'))
}
