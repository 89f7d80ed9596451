//! Marks: places under letters, across articles, as long as the session lasts.

use std::collections::BTreeMap;

use super::body::{Gone, View};
use super::jumps::Jump;
use super::message::Effect;
use super::picker::{Picker, PickerKind, PickerRow};
use super::state::App;
use crate::action::Action;
use crate::library::ArticleId;
use crate::text::{self, Profile};

/// So many graphemes of the text at a mark are kept, to know it by.
const QUOTED: usize = 24;

/// A place under a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The letter or digit.
    pub letter: char,
    /// The article.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// The view of it, with the point.
    pub view: View,
    /// The first words at the point.
    pub quote: String,
}

/// All marks by their letters.
#[derive(Debug, Default)]
pub(super) struct Marks(BTreeMap<char, Mark>);

impl App {
    /// Carries out an action with the character that was typed behind it.
    pub(super) fn act_with(&mut self, action: Action, letter: char) -> Vec<Effect> {
        match action {
            Action::GoToMark if letter == '\'' => self.go_before_jump(),
            _ if !letter.is_alphanumeric() => {
                self.warn(format!("a mark is a letter or a digit, not “{letter}”"));
                Vec::new()
            }
            Action::GoToMark => self.go_to_mark(letter),
            _ => {
                self.set_mark(letter);
                Vec::new()
            }
        }
    }

    fn set_mark(&mut self, letter: char) {
        let Some((body, point)) = self.body.as_ref().zip(self.point()) else {
            self.warn("no article is open");
            return;
        };
        let article = body.article();
        let block = article.text.block_at(point.offset);
        let end = block
            .and_then(|id| article.text.block(id))
            .map_or(point.offset, |block| block.span.end());
        let rest = article.text.whole().get(point.offset..end).unwrap_or("");
        let quote = text::graphemes(rest).take(QUOTED).map(|g| g.text).collect();
        let gone = point.gone.unwrap_or(Gone::Offset(point.offset));
        let mark = Mark {
            letter,
            id: body.id(),
            title: article.meta.title.clone(),
            view: View {
                gone: Some(gone),
                ..body.view()
            },
            quote,
        };
        self.been.marks.0.insert(letter, mark);
        self.say(format!("mark {letter} is set"));
    }

    fn go_to_mark(&mut self, letter: char) -> Vec<Effect> {
        let Some(mark) = self.been.marks.0.get(&letter) else {
            let set = self.keys_of(Action::SetMark);
            let set = set.first().map_or("", String::as_str);
            self.warn(format!("there is no mark {letter}; {set}{letter} sets it"));
            return Vec::new();
        };
        let (id, view) = (mark.id, mark.view);
        self.leave_here();
        self.show(id, view)
    }

    /// Back to where one was before the last jump, and there again to here.
    fn go_before_jump(&mut self) -> Vec<Effect> {
        let Some(Jump { id, view }) = self.been.jumps.last_left() else {
            self.say("there was no jump yet");
            return Vec::new();
        };
        self.leave_here();
        self.show(id, view)
    }

    /// Opens the list of the marks.
    pub(super) fn open_marks(&mut self) {
        let marks: Vec<Mark> = self.been.marks.0.values().cloned().collect();
        if marks.is_empty() {
            let set = self.keys_of(Action::SetMark);
            let set = set.first().map_or("", String::as_str);
            self.say(format!("no mark is set; {set} and a letter set one"));
            return;
        }
        let rows = marks.len();
        self.open_picker(Picker::new(PickerKind::Marks(marks), rows), false);
    }

    /// Goes to a mark of the list.
    pub(super) fn choose_mark(&mut self, mark: &Mark) -> Vec<Effect> {
        self.over = None;
        self.focus = super::geometry::Pane::Body;
        self.go_to_mark(mark.letter)
    }
}

/// The row of a mark in the list: its letter, wide or not, and what stands there.
pub(super) fn row(mark: &Mark, profile: &Profile) -> PickerRow {
    let letter = mark.letter.to_string();
    let blank = 3u16.saturating_sub(text::str_width(&letter, profile));
    PickerRow::new(
        format!("{letter}{}{}", " ".repeat(blank.into()), mark.quote),
        mark.title.as_str(),
    )
}
