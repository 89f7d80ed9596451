//! Moving in the article: rows, blocks, mentions, the selection.

use super::body::{Gone, View};
use super::gather::{Edge, Shown};
use super::geometry::Pane;
use super::jumps::Jump;
use super::message::Effect;
use super::ring;
use super::select::{self, Selection};
use super::sidebar::Item;
use super::state::App;
use super::update::rows_of;
use crate::action::Action;
use crate::article::{BlockId, MentionId, Text};

impl App {
    pub(super) fn scroll_body(&mut self, action: Action, count: Option<u32>) {
        match action {
            // As in vim, 12G is a place by number; here it is a block.
            Action::Top | Action::Bottom if count.is_some() => {
                self.leave_here();
                self.go_to_block(count.unwrap_or(1));
            }
            Action::Top => {
                self.leave_here();
                if let Some(body) = &mut self.body {
                    body.to_top();
                }
            }
            Action::Bottom => {
                self.leave_here();
                if let Some(body) = &mut self.body {
                    body.to_bottom();
                }
            }
            Action::NextBlock => self.go_by_blocks(i64::from(count.unwrap_or(1))),
            Action::PreviousBlock => self.go_by_blocks(-i64::from(count.unwrap_or(1))),
            _ => {
                let Some(body) = &mut self.body else { return };
                if let Some(by) = rows_of(action, count, body.height())
                    && !body.scroll(by)
                {
                    self.say(if by < 0 { "top" } else { "end" });
                }
            }
        }
    }

    /// Puts the point on the first character of a block; going up it is this block first, unless the point is there.
    fn go_by_blocks(&mut self, by: i64) {
        let Some((point, body)) = self.point().zip(self.body.as_mut()) else {
            return;
        };
        let text = &body.article().text;
        let start_of = |n: u32| ink_start(text, n);
        let Some(here) = text.block_at(point.offset).map(|id| i64::from(id.0)) else {
            return;
        };
        let blocks = i64::try_from(text.blocks().len()).unwrap_or(i64::MAX);
        let inside = start_of(u32::try_from(here).unwrap_or(0)).is_some_and(|s| s < point.offset);
        let to = here + by + i64::from(by < 0 && inside);
        let to = to.clamp(0, blocks - 1);
        if to == here && by > 0 {
            self.say("last block");
            return;
        }
        let to = u32::try_from(to).ok().and_then(start_of);
        if let Some(offset) = to {
            body.go(Gone::Offset(offset));
        }
    }

    /// Puts the point on the first character of a block by its number, from 1; the last one when there are fewer.
    pub(super) fn go_to_block(&mut self, number: u32) {
        let Some(body) = &mut self.body else { return };
        let text = &body.article().text;
        let last = u32::try_from(text.blocks().len()).unwrap_or(u32::MAX);
        let offset = ink_start(text, number.min(last).saturating_sub(1));
        if let Some(offset) = offset {
            body.go(Gone::Offset(offset));
        }
    }

    /// Goes to another mention.
    pub(super) fn walk(&mut self, action: Action, count: Option<u32>) {
        let Some(body) = &self.body else { return };
        let annotations = &body.article().annotations;
        if annotations.mentions().is_empty() {
            self.say("no mention in this article");
            return;
        }
        let count = count.unwrap_or(1);
        let (forwards, list) = match action {
            Action::NextMention | Action::PreviousMention => {
                let forwards = action == Action::NextMention;
                return self.walk_all(forwards, count);
            }
            Action::NextOfKind | Action::PreviousOfKind => {
                let mention = self.mention_at_point().and_then(|m| annotations.mention(m));
                let category = mention.map(|m| annotations.category(m.label));
                let list = category.map(|c| annotations.mentions_of(c));
                (action == Action::NextOfKind, list)
            }
            _ => {
                let mention = self.mention_at_point().and_then(|m| annotations.mention(m));
                let Some(mention) = mention else {
                    self.warn_no_mention();
                    return;
                };
                let Some(entity) = mention.entity.and_then(|e| annotations.entity(e)) else {
                    self.warn("this mention belongs to no entity");
                    return;
                };
                (action == Action::NextOfEntity, Some(entity.mentions()))
            }
        };
        let (Some(list), Some(here)) = (list, self.mention_at_point()) else {
            self.warn_no_mention();
            return;
        };
        let before = list.partition_point(|m| *m < here);
        let behind = list.partition_point(|m| *m <= here);
        let len = list.len();
        if let Some((index, wrapped)) = ring::step(len, before, behind, forwards, count)
            && let Some(id) = list.get(index).copied()
        {
            self.go_to_mention(id);
            self.say_number(index + 1, len, wrapped, forwards);
        }
    }

    fn walk_all(&mut self, forwards: bool, count: u32) {
        let Some(body) = &self.body else { return };
        let annotations = &body.article().annotations;
        let len = annotations.mentions().len();
        let point = body.point();
        let at = match point.map(|p| (p.gone, p.offset)) {
            Some((Some(Gone::Mention(id)), _)) => {
                (id.0 as usize, (id.0 as usize).saturating_add(1))
            }
            Some((_, offset)) => {
                let first = annotations.first_from(offset).0 as usize;
                (first, first)
            }
            None => return,
        };
        let (mut before, mut behind) = at;
        let mut wrapped = false;
        let mut found = None;
        let mut left = count;
        // Hidden ones are passed over one by one; a round without any shown ends it.
        let mut passed = 0;
        while left > 0 && passed <= len {
            let Some((index, turned)) = ring::step(len, before, behind, forwards, 1) else {
                break;
            };
            wrapped |= turned;
            (before, behind) = (index, index + 1);
            let id = MentionId(u32::try_from(index).unwrap_or(u32::MAX));
            if self.sidebar.shows(annotations, id) {
                found = Some(id);
                left -= 1;
                passed = 0;
            } else {
                passed += 1;
            }
        }
        match found {
            Some(id) => {
                self.go_to_mention(id);
                self.say_number(id.0 as usize + 1, len, wrapped, forwards);
            }
            None => self.say("all mentions are hidden"),
        }
    }

    pub(super) fn say_number(&mut self, number: usize, of: usize, wrapped: bool, forwards: bool) {
        let turn = match (wrapped, forwards) {
            (false, _) => "",
            (true, true) => ", from the start again",
            (true, false) => ", from the end again",
        };
        self.say(format!("mention {number}/{of}{turn}"));
    }

    /// Puts the point on a mention; back leads to where one was.
    pub(super) fn go_to_mention(&mut self, id: MentionId) {
        self.leave_here();
        if let Some(body) = &mut self.body {
            body.go(Gone::Mention(id));
        }
        self.sync_sidebar();
    }

    /// The sidebar's cursor goes to the entity of what was gone to; where it has none, to the heading of its kind.
    pub(super) fn sync_sidebar(&mut self) {
        let Some(body) = &self.body else { return };
        let annotations = &body.article().annotations;
        let mention = self
            .mention_gone_to()
            .and_then(|id| annotations.mention(id));
        match mention.map(|mention| (mention.entity, mention.label)) {
            Some((Some(entity), _)) => self.sidebar.go_to_entity(entity),
            Some((None, label)) => self.sidebar.go_to_category(annotations.category(label)),
            None => {}
        }
    }

    /// What was gone to: a mention, or the shortest around a hit.
    pub(super) fn mention_gone_to(&self) -> Option<MentionId> {
        let body = self.body.as_ref()?;
        let annotations = &body.article().annotations;
        let hit = match body.gone()? {
            Gone::Mention(id) => return Some(id),
            Gone::Hit(hit) => hit,
            Gone::Offset(_) => return None,
        };
        let touching = annotations.touching(hit).into_iter();
        let hulls = touching.filter_map(|id| Some((id, annotations.mention(id)?.hull())));
        let around =
            hulls.filter(|(_, hull)| hull.start() <= hit.start() && hit.end() <= hull.end());
        around.min_by_key(|(_, hull)| hull.len()).map(|(id, _)| id)
    }

    /// Enter: opens the article under the list's cursor, walks the mentions of the sidebar's entity, follows what stands
    /// at the point.
    pub(super) fn follow(&mut self) -> Vec<Effect> {
        match self.focus {
            Pane::List => {
                if let Some(effects) = self.run_view() {
                    return effects;
                }
                let Some(id) = self.list.at(self.list.cursor().line()) else {
                    return Vec::new();
                };
                self.over = None;
                self.focus = Pane::Body;
                if self.list.results().is_some() {
                    let (edge, preview) = (Edge::First, false);
                    return self.open_result(id, Shown { edge, preview });
                }
                self.leave_here();
                self.open(id, None)
            }
            Pane::Sidebar => {
                self.follow_entity();
                Vec::new()
            }
            Pane::Body => self.follow_body(),
        }
    }

    pub(super) fn follow_entity(&mut self) {
        let Some(body) = &self.body else { return };
        let annotations = &body.article().annotations;
        let list = match self.sidebar.current() {
            Some(Item::Entity(id)) => annotations.entity(id).map_or(&[][..], |e| e.mentions()),
            Some(Item::Category(category)) => annotations.mentions_of(category),
            Some(Item::Lost | Item::Unplaced(_)) => {
                self.say("it has no place in the text: the card says where its file puts it");
                return;
            }
            None => &[],
        };
        let current = match body.gone() {
            Some(Gone::Mention(id)) => list.binary_search(&id).ok(),
            _ => None,
        };
        let index = current.map_or(0, |c| (c + 1) % list.len().max(1));
        let Some(id) = list.get(index).copied() else {
            self.say("no mention of it in this article");
            return;
        };
        let (len, wrapped) = (list.len(), current.is_some() && index == 0);
        let line = self.sidebar.cursor().line();
        self.go_to_mention(id);
        // The cursor stays where the reader put it, also on the heading of a kind.
        self.sidebar.go(line);
        self.say_number(index + 1, len, wrapped, true);
        if self.over.take().is_some() {
            self.focus = Pane::Body;
        }
    }

    pub(super) fn start_selection(&mut self) {
        if let Some(point) = self.point() {
            self.over = None;
            self.focus = Pane::Body;
            self.selection = Some(Selection {
                anchor: point.offset,
                cursor: point.offset,
            });
        }
    }

    /// What an action does to a selection; nothing when there is none or the action is not about it.
    pub(super) fn act_on_selection(
        &mut self,
        action: Action,
        count: Option<u32>,
    ) -> Option<Vec<Effect>> {
        let selection = self.selection?;
        let count = count.unwrap_or(1);
        let body = self.body.as_mut()?;
        let step: fn(&crate::article::Article, usize) -> Option<usize> = match action {
            Action::SelectLeft => select::previous_character,
            Action::SelectRight => select::next_character,
            Action::SelectWordLeft => select::previous_word,
            Action::SelectWordRight => select::next_word,
            Action::SelectUp | Action::SelectDown => {
                let by = i64::from(count);
                let by = if action == Action::SelectUp { -by } else { by };
                if let Some(to) = body.vertical(selection.cursor, by) {
                    self.extend_selection(to);
                }
                return Some(Vec::new());
            }
            _ => return None,
        };
        let mut to = selection.cursor;
        for _ in 0..count {
            let Some(next) = step(body.article(), to) else {
                break;
            };
            to = next;
        }
        self.extend_selection(to);
        Some(Vec::new())
    }

    fn extend_selection(&mut self, to: usize) {
        if let (Some(selection), Some(body)) = (&mut self.selection, &mut self.body) {
            selection.cursor = to;
            body.keep_in_sight(to);
        }
    }

    /// The place where one is, for the jump list.
    pub(super) fn here(&self) -> Option<Jump> {
        self.body.as_ref().map(|body| Jump {
            id: body.id(),
            view: body.view(),
        })
    }

    /// Remembers where one is, as it is about to be left.
    pub(super) fn leave_here(&mut self) {
        if let Some(here) = self.here() {
            self.been.jumps.leave(here);
        }
    }

    pub(super) fn go_back(&mut self, count: Option<u32>) -> Vec<Effect> {
        self.jump(count, "the oldest place", |jumps, here| jumps.back(here))
    }

    pub(super) fn go_forward(&mut self, count: Option<u32>) -> Vec<Effect> {
        self.jump(count, "the newest place", |jumps, here| jumps.forward(here))
    }

    fn jump(
        &mut self,
        count: Option<u32>,
        end: &str,
        step: impl Fn(&mut super::jumps::Jumps, Jump) -> Option<Jump>,
    ) -> Vec<Effect> {
        let Some(mut here) = self.here() else {
            return Vec::new();
        };
        // Whoever has left for another article that has not come goes back to where they are.
        let stays = self.stay();
        let from = here;
        let mut left = count.unwrap_or(1);
        while left > 0 {
            let Some(to) = step(&mut self.been.jumps, here) else {
                break;
            };
            // A place that was left without going anywhere is none to go to.
            left -= u32::from(to != here);
            here = to;
        }
        if here == from {
            if !stays {
                self.say(end);
            }
            return Vec::new();
        }
        self.show(here.id, here.view)
    }

    /// Shows a view, of this article or another.
    pub(super) fn show(&mut self, id: crate::library::ArticleId, view: View) -> Vec<Effect> {
        match &mut self.body {
            Some(body) if body.id() == id => {
                body.restore(view);
                self.stay();
                self.sync_sidebar();
                Vec::new()
            }
            _ => self.open(id, Some(view)),
        }
    }
}

/// The first character of a block that is no white space, as a byte of the text.
fn ink_start(text: &Text, block: u32) -> Option<usize> {
    let block = text.block(BlockId(block))?;
    let slice = text.slice(block.span);
    Some(block.span.start() + slice.len() - slice.trim_start().len())
}
