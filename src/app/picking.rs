//! Choosing from a list: opening one, what its rows read, what choosing one does.
//!
//! A new sort of list is a variant of [`PickerKind`] and an arm in each of [`App::picker_title`], [`App::picker_row`] and
//! [`App::chosen`]; `self.open_picker(Picker::new(kind, rows), false)` opens it.

use super::area::Area;
use super::body::Body;
use super::geometry::Pane;
use super::going::Going;
use super::marks;
use super::message::Effect;
use super::overlay::OverlayKind;
use super::palette::{Command, Palette};
use super::picker::{Picker, PickerKind, PickerRow, PickerState, apart};
use super::prompt::{Prompt, PromptKind};
use super::state::App;
use super::unfiltered::Unfiltered;
use super::update::rows_of;
use super::visits::Visit;
use crate::action::{Action, Group};
use crate::keys::keys_of_all;

impl App {
    /// The list to choose from, if one is open.
    #[must_use]
    pub const fn picker(&self) -> Option<&Picker> {
        self.picker.as_ref()
    }

    /// What the list is called.
    #[must_use]
    pub const fn picker_title(&self, kind: &PickerKind) -> &'static str {
        match kind {
            PickerKind::Palette(_) => "Actions and places",
            PickerKind::Marks(_) => "Marks",
            PickerKind::Hits => "Hits",
            PickerKind::Visited(_) => "Articles visited",
        }
    }

    /// What row `row` of the open list reads. Made anew each time, for the rows in sight and those a filter looks at.
    #[must_use]
    pub fn picker_row(&self, picker: &Picker, row: u32) -> PickerRow {
        let index = row as usize;
        let made = match &picker.kind {
            PickerKind::Palette(palette) => {
                return palette.row(row, picker.words(), &self.profile());
            }
            PickerKind::Marks(list) => list
                .get(index)
                .map(|mark| marks::row(mark, &self.profile())),
            PickerKind::Visited(visits) => visits.get(index).map(visited),
            PickerKind::Hits => self.hit_row(index),
        };
        made.unwrap_or_default()
    }

    /// The same with what the filter found in it set off.
    #[must_use]
    pub fn picker_row_shown(&self, picker: &Picker, row: u32) -> PickerRow {
        let mut made = self.picker_row(picker, row);
        if !matches!(picker.kind, PickerKind::Palette(_))
            && let Some(marks) = picker.words().found(&made.text)
        {
            made.marks.extend(marks);
            made.marks = apart(made.marks);
        }
        made
    }

    /// What choosing a row does. The list is closed already.
    fn chosen(&mut self, kind: PickerKind, row: u32) -> Vec<Effect> {
        let index = row as usize;
        match kind {
            PickerKind::Palette(palette) => self.command(palette.command(row)),
            PickerKind::Marks(list) => list
                .get(index)
                .map_or_else(Vec::new, |mark| self.choose_mark(mark)),
            PickerKind::Visited(visits) => visits
                .get(index)
                .map_or_else(Vec::new, |visit| self.visit(visit)),
            PickerKind::Hits => self.choose_hit(index),
        }
    }

    /// Opens a list over the panes; `typing`: with its filter line, so that the first key narrows it.
    pub(super) fn open_picker(&mut self, picker: Picker, typing: bool) {
        self.picker = Some(picker);
        self.prompt = typing.then(|| Prompt::new(PromptKind::Picker { closes: true }, ""));
        self.prompt_error = None;
        self.arrange();
    }

    /// What an action does to the open list.
    pub(super) fn act_in_picker(&mut self, action: Action, count: Option<u32>) -> Vec<Effect> {
        let Some(picker) = &mut self.picker else {
            return Vec::new();
        };
        match action {
            Action::Choose => return self.choose(),
            Action::Help => self.open_overlay(OverlayKind::Help),
            Action::FilterList => {
                let filter = picker.filter().to_owned();
                self.unfiltered = Some(Unfiltered::Picker(picker.state()));
                self.prompt = Some(Prompt::new(PromptKind::Picker { closes: false }, &filter));
            }
            // As elsewhere, 12G is the twelfth line.
            Action::Top | Action::Bottom if count.is_some() => {
                picker.go(count.unwrap_or(1).saturating_sub(1));
            }
            _ => {
                let height = picker.cursor().height();
                if let Some(by) = rows_of(action, count, height) {
                    picker.step(by);
                }
            }
        }
        Vec::new()
    }

    /// Closes the list and does what its line is for. Where nothing passes the filter, nothing is done.
    pub(super) fn choose(&mut self) -> Vec<Effect> {
        let row = self.picker.as_ref().and_then(Picker::current);
        let Some((picker, row)) = self.picker.take_if(|_| row.is_some()).zip(row) else {
            self.say("nothing to choose here");
            return Vec::new();
        };
        if let PickerKind::Palette(palette) = &picker.kind
            && let Some(Command::Wrong(wrong)) = palette.command(row)
        {
            // What was typed can be mended.
            self.picker = Some(picker);
            self.warn(wrong);
            return Vec::new();
        }
        self.prompt = None;
        self.chosen(picker.kind, row)
    }

    /// Narrows the list to what is typed now.
    pub(super) fn narrow(&mut self, text: &str) {
        let going = Going(self.body.as_ref().map(|body| &body.article().text));
        if let Some(picker) = &mut self.picker {
            if let PickerKind::Palette(palette) = &mut picker.kind {
                let passing = palette.narrow(text, going);
                let rows = palette.rows();
                picker.show(text, rows, passing);
                return;
            }
            picker.set_filter(text);
        }
        self.look_on();
    }

    /// Whether something is left to do that waits for no answer; [`Message::Idle`](super::Message::Idle) does some of it.
    #[must_use]
    pub fn has_work(&self) -> bool {
        self.picker.as_ref().is_some_and(|p| !p.is_complete()) || self.list.has_work()
    }

    /// The filter looks at some more rows.
    pub(super) fn look_on(&mut self) {
        let Some(mut picker) = self.picker.take_if(|p| !p.is_complete()) else {
            return;
        };
        let unseen = picker.unseen();
        let passes = |row: &u32| {
            let made = self.picker_row(&picker, *row);
            picker.words().found(&made.text).is_some()
        };
        let passing = unseen.clone().filter(passes).collect();
        picker.saw(unseen.end, passing);
        self.picker = Some(picker);
    }

    /// Leaves the filter line: a list that was opened with it is closed, else it is narrowed as before.
    pub(super) fn leave_picker(&mut self) {
        let closes = match self.prompt.take().map(|prompt| prompt.kind) {
            Some(PromptKind::Picker { closes }) => closes,
            _ => true,
        };
        if closes {
            self.picker = None;
        } else {
            self.give_back_filter();
        }
    }

    /// Narrows the open list as it was before, with the cursor where it stood.
    pub(super) fn put_back_picker(&mut self, state: PickerState) {
        let Some(picker) = &mut self.picker else {
            return;
        };
        let (filter, cursor) = (state.filter.clone(), state.cursor);
        // What is typed also ranks actions, and rows that came meanwhile may stand before the others.
        if matches!(picker.kind, PickerKind::Palette(_)) || !picker.put_back(state) {
            self.narrow(&filter);
            if let Some(picker) = &mut self.picker {
                picker.go(cursor.line());
            }
        }
    }

    /// A click on a line chooses it, one beside the list closes it.
    pub(super) fn click_picker(&mut self, (x, y): (u16, u16)) -> Vec<Effect> {
        let area = self.picker_area();
        if y == self.geometry.status.y {
            return Vec::new();
        }
        if !(area.x.saturating_sub(1)..=area.right()).contains(&x) {
            (self.picker, self.prompt) = (None, None);
            return Vec::new();
        }
        let row = y.checked_sub(area.y).filter(|row| *row < area.height);
        let line = row.zip(self.picker.as_ref());
        let line = line.map(|(row, picker)| picker.cursor().top() + u32::from(row));
        match (line, &mut self.picker) {
            (Some(line), Some(picker)) if picker.at(line).is_some() => {
                picker.go(line);
                self.choose()
            }
            _ => Vec::new(),
        }
    }

    /// The area of the rows of a list to choose from.
    #[must_use]
    pub fn picker_area(&self) -> Area {
        self.overlay_area()
    }

    /// Opens the palette.
    pub(super) fn open_palette(&mut self) {
        let keys = keys_of_all(&self.config.keymap);
        let commands = Action::ALL.iter().map(|action| {
            let keys = keys.get(action).cloned().unwrap_or_default();
            (*action, keys)
        });
        let palette = Palette::new(commands.collect());
        let rows = palette.rows();
        self.open_picker(Picker::new(PickerKind::Palette(palette), rows), true);
    }

    fn command(&mut self, command: Option<Command>) -> Vec<Effect> {
        match command {
            Some(Command::Go(to)) => {
                // What lies over the article would hide the place.
                let mut effects = self.close_concordance();
                if self.pages.is_some() {
                    effects.extend(self.cancel_page());
                }
                self.over = None;
                self.focus = Pane::Body;
                self.go_to_destination(to);
                effects
            }
            Some(Command::Do(action)) => match self.meaningless(action) {
                Some(why) => {
                    self.warn(format!("{} does nothing here: {why}", action.name()));
                    Vec::new()
                }
                None if action.character().is_some() => {
                    self.resolver.await_character(action);
                    Vec::new()
                }
                None => self.act(action, None),
            },
            Some(Command::Wrong(_)) | None => Vec::new(),
        }
    }

    /// Why an action means nothing where the reader is, if it does not.
    fn meaningless(&self, action: Action) -> Option<String> {
        let selects = matches!(
            action,
            Action::SelectLeft
                | Action::SelectRight
                | Action::SelectWordLeft
                | Action::SelectWordRight
                | Action::SelectUp
                | Action::SelectDown
        );
        let of_sidebar = matches!(action, Action::ToggleKind | Action::SortEntities);
        let of_page = matches!(
            action,
            Action::MergeNames | Action::SplitNames | Action::ToggleMeasure | Action::ToggleWithin
        );
        let why = match action.group() {
            Group::Concordance if self.concordance.is_none() => "it is for a concordance",
            _ if of_page && self.pages.is_none() => "it is for the page of a name",
            _ if of_sidebar && self.focus != Pane::Sidebar => {
                "it is for the sidebar when that has the keys"
            }
            Group::Prompt => "it is for a line that is being typed",
            _ if action == Action::Choose => "it is for a list to choose from",
            _ if selects && self.selection.is_none() => {
                let hint = self.hint(Action::Select, "begins to");
                return Some(format!("nothing is selected{hint}"));
            }
            _ => return None,
        };
        Some(why.to_owned())
    }

    /// Opens the list of the articles visited.
    pub(super) fn open_visits(&mut self) {
        if let Some(body) = &self.body {
            self.been
                .visits
                .leave(body.id(), body.view(), body.percent());
        }
        let visits = self.been.visits.newest_first();
        if visits.is_empty() {
            self.say("no article has been visited");
            return;
        }
        let rows = visits.len();
        // The first is the open one, unless that is only looked at.
        let open = self.body.as_ref().map(Body::id);
        let is_open = visits.first().map(|visit| visit.id) == open;
        self.open_picker(Picker::new(PickerKind::Visited(visits), rows), false);
        if let Some(picker) = self.picker.as_mut().filter(|_| is_open) {
            picker.go(1);
        }
    }

    fn visit(&mut self, visit: &Visit) -> Vec<Effect> {
        self.over = None;
        self.focus = Pane::Body;
        if self.body.as_ref().is_some_and(|b| b.id() == visit.id) {
            self.stay();
            return Vec::new();
        }
        self.leave_here();
        self.open(visit.id, visit.left)
    }
}

fn visited(visit: &Visit) -> PickerRow {
    let detail = format!("{}  {}%", visit.date, visit.percent);
    PickerRow::new(visit.title.as_str(), detail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Message, Start};
    use crate::keys::parse_sequence;
    use crate::library::ArticleId;

    fn press(app: &mut App, keys: &str) {
        for key in parse_sequence(keys).expect(keys) {
            app.update(Message::Key(key));
        }
    }

    #[test]
    fn a_long_list_is_narrowed_between_keys() {
        let (config, _) = crate::config::layer(None);
        let (mut app, _) = App::new(Start {
            config: &config,
            articles: 0,
            problems: &[],
            columns: 80,
            rows: 24,
        });
        let visit = |n: u32| Visit {
            id: ArticleId(n),
            title: format!("第{n}篇"),
            date: String::new(),
            left: None,
            percent: 0,
        };
        let visits: Vec<Visit> = (0..20_000).map(visit).collect();
        let rows = visits.len();
        app.open_picker(Picker::new(PickerKind::Visited(visits), rows), false);
        press(&mut app, "G");
        let line = |app: &App| app.picker().map(|p| (p.cursor().line(), p.len()));
        assert_eq!(line(&app), Some((19_999, 20_000)));
        press(&mut app, "/99篇");
        assert!(app.has_work(), "one key does not look at all rows");
        let before = line(&app);
        app.update(Message::Idle);
        assert!(line(&app) > before);
        // A key in between is taken in; typing on begins anew.
        press(&mut app, "<Down>");
        assert_eq!(line(&app).map(|(line, _)| line), Some(1));
        while app.has_work() {
            app.update(Message::Idle);
        }
        assert_eq!(line(&app), Some((1, 200)));
        press(&mut app, "<Esc>");
        assert_eq!(line(&app).map(|(_, len)| len), Some(20_000));
        assert!(!app.has_work());
    }
}
