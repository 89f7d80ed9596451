//! What becomes of the state with each message.

use super::body::Body;
use super::geometry::{Pane, has_room};
use super::message::{Effect, Message};
use super::overlay::OverlayKind;
use super::sheet::Tone;
use super::state::App;
use super::views::View;
use crate::action::Action;
use crate::keys::{Key, Outcome, Resolver};

impl App {
    /// Takes a message in and says what is to be done.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let mut effects = match message {
            Message::Key(key) => self.press(key),
            Message::Pause => {
                self.resolver.pause();
                self.drag_on();
                Vec::new()
            }
            Message::Idle => {
                self.look_on();
                self.list.look_on();
                Vec::new()
            }
            Message::Paste(text) => self.paste(&text),
            Message::Resize { columns, rows } => {
                self.size = (columns, rows);
                self.over = self.over.filter(|pane| !has_room(*pane, columns));
                self.arrange();
                self.keep_list_shown();
                self.refill_overlay();
                self.refill_page();
                Vec::new()
            }
            Message::Profile(profile) => {
                self.profile = profile;
                self.shown_card.of = None;
                self.arrange();
                self.refill_overlay();
                self.refill_page();
                Vec::new()
            }
            Message::Ground(ground) => {
                // A theme that the reader has gone to by hand stays.
                if self.theme == self.config.theme.on(self.ground) {
                    self.config.theme.on(ground).clone_into(&mut self.theme);
                }
                self.ground = ground;
                Vec::new()
            }
            Message::Rows(rows) => {
                self.list.rows_came(rows);
                Vec::new()
            }
            Message::Filtered {
                ticket,
                ids,
                complete,
            } => {
                self.list.filtered(ticket, ids, complete);
                Vec::new()
            }
            Message::Opened {
                ticket,
                id,
                file,
                result,
            } => {
                let mut effects = self.opened(ticket, id, file, result);
                effects.extend(self.arrive(ticket, id));
                effects
            }
            Message::NamePage {
                ticket,
                page,
                percent,
                faults,
            } => self.page_came(ticket, page, percent, faults),
            Message::NameFaults(faults) => self.rules_read(faults),
            Message::NamesIndexed { ticket, percent } => self.names_indexed(ticket, percent),
            Message::NamesKept(text) => self.names_kept(text),
            Message::Continuation { ticket, id } => self.continued(ticket, id),
            Message::Hits(hits) => self.hits_came(hits),
            Message::Found(part) => self.gathered(part),
            Message::Lines(part) => self.lines_gathered(*part),
            Message::Views(views) => {
                let views = views.into_iter();
                let views = views.map(|(name, query)| View::new(&name, query));
                self.list.change_views(|known| *known = views.collect());
                Vec::new()
            }
            Message::History(entries) => {
                self.history = entries;
                Vec::new()
            }
            Message::Mouse(mouse) => self.use_mouse(mouse),
            Message::Copied(text) => {
                let address = self.copied_address.take();
                self.say(
                    address.map_or_else(|| text.clone(), |address| format!("{address} · {text}")),
                );
                Vec::new()
            }
            Message::Words(words) => self.words_came(words),
            Message::Arranged {
                ticket,
                concordance,
                line,
            } => self.lines_came(ticket, concordance, line),
            Message::Collocates {
                ticket,
                found,
                frequencies,
                failed,
            } => self.collocates_came(ticket, found, frequencies, failed),
            Message::Counting { ticket, percent } => {
                self.counting_came(ticket, percent);
                Vec::new()
            }
            Message::Exported(text) => {
                self.say(text);
                Vec::new()
            }
            Message::Failed(text) => {
                self.said = Some((Tone::Error, text));
                Vec::new()
            }
        };
        self.arrange();
        self.count_selected();
        if self.geometry.list.is_some() {
            effects.extend(self.list.ask());
        }
        effects
    }

    fn press(&mut self, key: Key) -> Vec<Effect> {
        self.said = None;
        self.copied_address = None;
        self.held = None;
        let mut resolver = std::mem::take(&mut self.resolver);
        let outcomes = resolver.press(&self.config.keymap, self.mode(), key);
        self.resolver = resolver;
        let mut effects = Vec::new();
        for outcome in outcomes {
            match outcome {
                Outcome::Do(action, count) => effects.extend(self.act(action, count)),
                Outcome::TakeBack(_) => effects.extend(self.take_back_depth()),
                Outcome::DoWith(action, c) => effects.extend(self.act_with(action, c)),
                Outcome::Type(c) => {
                    if let Some(prompt) = &mut self.prompt {
                        prompt.insert(c.encode_utf8(&mut [0; 4]));
                    }
                    effects.extend(self.prompt_changed());
                }
                Outcome::Unbound(keys) => {
                    let hint = self.hint_of_keys();
                    self.warn(format!("{keys} does nothing here{hint}"));
                }
                Outcome::Pending | Outcome::Cancelled => {}
            }
        }
        effects
    }

    fn paste(&mut self, text: &str) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else {
            return Vec::new();
        };
        prompt.insert(text);
        self.prompt_changed()
    }

    /// Carries out an action, `count` times where that means anything.
    pub(super) fn act(&mut self, action: Action, count: Option<u32>) -> Vec<Effect> {
        if action != Action::DeleteView {
            self.asked_of_views.deleting = None;
        }
        match action {
            Action::Quit => return vec![Effect::Quit],
            Action::Suspend => return vec![Effect::Suspend],
            Action::Redraw => return vec![Effect::Redraw],
            Action::NextTheme => {
                self.theme = self.config.themes.next_after(&self.theme).to_owned();
                let name = self.theme.clone();
                self.say(format!("theme {name}"));
                return Vec::new();
            }
            Action::Cancel => return self.cancel(),
            // Help and problems make room for it.
            Action::Palette if self.overlay.take().is_some() => return self.act(action, count),
            _ if self.overlay.is_some() => {
                self.act_on_overlay(action, count);
                return Vec::new();
            }
            _ if self.pages.is_some() && self.picker.is_none() => {
                return self.act_on_page(action, count);
            }
            _ if self.picker.is_some() && self.prompt.is_none() => {
                return self.act_in_picker(action, count);
            }
            _ if self.prompt.is_some() => return self.act_in_prompt(action),
            _ => {}
        }
        if self.concordance.is_some() && !lies_over_it(action) {
            return self.act_in_concordance(action, count);
        }
        if let Some(effects) = self.act_on_selection(action, count) {
            return effects;
        }
        if let Some(effects) = self.copy(action) {
            return effects;
        }
        match action {
            Action::Help => self.open_overlay(OverlayKind::Help),
            Action::Problems => self.open_overlay(OverlayKind::Problems),
            Action::FocusNext => self.turn_focus(true),
            Action::FocusPrevious => self.turn_focus(false),
            Action::ToggleList => self.toggle_pane(Pane::List),
            Action::ToggleSidebar => self.toggle_pane(Pane::Sidebar),
            Action::FilterList => self.open_filter(),
            Action::FilterEntities => self.open_entity_filter(),
            Action::Visited => self.open_visits(),
            Action::Marks => self.open_marks(),
            Action::MatchPair => self.match_pair(count),
            Action::Palette => self.open_palette(),
            Action::Search => self.open_search(false),
            Action::SearchBackwards => self.open_search(true),
            Action::SearchPoint => return self.search_point(false),
            Action::SearchPointBackwards => return self.search_point(true),
            Action::Concordance => return self.open_concordance(),
            Action::HitList => self.open_hit_list(),
            Action::KeepSearch => return self.keep_search(),
            Action::NextSearch => return self.turn_search(),
            Action::DropSearches => return self.drop_kept(),
            Action::NextHit => return self.step_hit(true, count),
            Action::PreviousHit => return self.step_hit(false, count),
            Action::SearchLibrary => return self.open_library_search(),
            Action::SortResults => self.sort_results(),
            Action::SaveView => self.open_view_name(),
            Action::DeleteView => return self.delete_view(),
            Action::NextArticle => return self.step_article(true, count),
            Action::PreviousArticle => return self.step_article(false, count),
            Action::Back => return self.go_back(count),
            Action::Forward => return self.go_forward(count),
            Action::Follow => return self.follow(),
            Action::Select => self.start_selection(),
            Action::CardDown => self.scroll_card(i64::from(count.unwrap_or(1))),
            Action::CardUp => self.scroll_card(-i64::from(count.unwrap_or(1))),
            Action::ToggleKind => self.toggle_kind(),
            Action::SortEntities => self.sort_entities(),
            Action::NamePage => return self.name_page(),
            Action::NextMention
            | Action::PreviousMention
            | Action::NextOfKind
            | Action::PreviousOfKind
            | Action::NextOfEntity
            | Action::PreviousOfEntity => self.walk(action, count),
            Action::NextFault | Action::PreviousFault => self.walk_faults(action, count),
            Action::NextOfLabel
            | Action::PreviousOfLabel
            | Action::NextRelated
            | Action::PreviousRelated
            | Action::NextNoted
            | Action::PreviousNoted => self.walk_related(action, count),
            _ => {
                let line = self.list.cursor().line();
                self.scroll(action, count);
                if self.list.cursor().line() != line {
                    return self.preview_chosen();
                }
            }
        }
        Vec::new()
    }

    /// Scrolls the body, or moves the cursor of the list or the sidebar.
    fn scroll(&mut self, action: Action, count: Option<u32>) {
        match self.focus {
            Pane::List | Pane::Sidebar
                if count.is_some() && matches!(action, Action::Top | Action::Bottom) =>
            {
                let line = count.unwrap_or(1).saturating_sub(1);
                match self.focus {
                    Pane::List => self.list.go(line.saturating_add(self.list.lead())),
                    _ => self.sidebar.go(line),
                }
            }
            Pane::List => {
                if let Some(by) = rows_of(action, count, self.list.cursor().height()) {
                    self.list.step(by);
                }
            }
            Pane::Sidebar => {
                if let Some(by) = rows_of(action, count, self.sidebar.cursor().height()) {
                    self.sidebar.step(by);
                }
            }
            Pane::Body => self.scroll_body(action, count),
        }
    }

    fn toggle_kind(&mut self) {
        let toggled = self
            .body
            .as_ref()
            .map(Body::article)
            .and_then(|a| self.sidebar.toggle(&a.annotations));
        match toggled {
            Some((name, true)) => self.say(format!("{name} hidden")),
            Some((name, false)) => self.say(format!("{name} shown")),
            None => {}
        }
    }

    fn sort_entities(&mut self) {
        let order = self
            .body
            .as_ref()
            .map(|body| self.sidebar.sort(&body.article().annotations));
        match order {
            Some(super::sidebar::Order::Count) => self.say("ordered by number of mentions"),
            Some(super::sidebar::Order::Appearance) => self.say("ordered by first appearance"),
            None => {}
        }
    }

    /// Forgets keys that are pending, as when the mode changes under them.
    pub(super) fn forget_keys(&mut self) {
        self.resolver = Resolver::default();
    }
}

/// Whether an action opens something that lies over the concordance.
const fn lies_over_it(action: Action) -> bool {
    matches!(action, Action::Help | Action::Problems | Action::Palette)
}

/// How many rows an action scrolls a pane of `height` rows; nothing when it is no scrolling.
pub(super) fn rows_of(action: Action, count: Option<u32>, height: u16) -> Option<i64> {
    let count = i64::from(count.unwrap_or(1));
    let height = i64::from(height.max(1));
    let page = (height - 1).max(1);
    Some(match action {
        Action::Down => count,
        Action::Up => -count,
        Action::HalfPageDown => count * (height / 2).max(1),
        Action::HalfPageUp => -count * (height / 2).max(1),
        Action::PageDown => count * page,
        Action::PageUp => -count * page,
        Action::Top => i64::MIN / 2,
        Action::Bottom => i64::MAX / 2,
        _ => return None,
    })
}
