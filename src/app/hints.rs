//! Keys: which mode the next one is meant for, which are pending, what messages say of them as they are bound.

use super::geometry::Pane;
use super::overlay::OverlayKind;
use super::state::App;
use crate::action::Action;
use crate::keys::{Mode, Next};

impl App {
    /// The keys that are bound to an action in body, list and sidebar.
    #[must_use]
    pub fn keys_of(&self, action: Action) -> Vec<String> {
        self.config.keymap.keys_of(Mode::Body, action)
    }

    /// The first of the keys that are bound to an action in a mode.
    #[must_use]
    pub fn keys_in(&self, mode: Mode, action: Action) -> Option<String> {
        self.config.keymap.keys_of(mode, action).into_iter().next()
    }

    /// What keys do in a mode, as the foot of a pane has it: `Enter chooses · Esc closes`. Those that are not bound are left
    /// out.
    #[must_use]
    pub fn keys_told(&self, mode: Mode, told: &[(Action, &str)]) -> String {
        let told = told.iter().filter_map(|(action, does)| {
            let key = self.keys_in(mode, *action)?;
            Some(format!("{key} {does}"))
        });
        told.collect::<Vec<_>>().join(" · ")
    }

    /// The end of a message, which says what helps: `; / searches`. Nothing where no key of the mode does.
    pub(super) fn hint_in(&self, mode: Mode, action: Action, does: &str) -> String {
        let key = self.keys_in(mode, action);
        key.map_or_else(String::new, |key| format!("; {key} {does}"))
    }

    /// The same of body, list and sidebar.
    pub(super) fn hint(&self, action: Action, does: &str) -> String {
        self.hint_in(Mode::Body, action, does)
    }

    /// The end of a message about a key that does nothing: which one shows all keys; in help, where they stand, which one
    /// leads back.
    pub(super) fn hint_of_keys(&self) -> String {
        let kind = self.overlay.as_ref().map(|overlay| overlay.kind);
        match (kind, self.mode()) {
            (Some(OverlayKind::Help), mode) => self.hint_in(mode, Action::Cancel, "closes help"),
            (_, mode) => self.hint_in(mode, Action::Help, "shows all keys"),
        }
    }

    /// Says something, and what key helps.
    pub(super) fn say_hinting(&mut self, text: &str, action: Action, does: &str) {
        let hint = self.hint(action, does);
        self.say(format!("{text}{hint}"));
    }

    /// Warns that no mention stands at the point.
    pub(super) fn warn_no_mention(&mut self) {
        let hint = self.hint(Action::NextMention, "goes to the next one");
        self.warn(format!("no mention at the point{hint}"));
    }

    /// Whether a [pause](super::Message::Pause) in typing would decide what was meant.
    #[must_use]
    pub const fn awaits_pause(&self) -> bool {
        self.resolver.awaits_pause()
    }

    /// The keys typed so far and what may follow.
    #[must_use]
    pub fn pending(&self) -> Option<(String, Vec<Next>)> {
        self.resolver.is_pending().then(|| {
            let next = self.resolver.next(&self.config.keymap, self.mode());
            (self.resolver.pending(), next)
        })
    }

    /// What the next key is meant for.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        if self.overlay.is_some() || (self.pages.is_some() && self.picker.is_none()) {
            Mode::Overlay
        } else if self.prompt.is_some() {
            Mode::Prompt
        } else if self.picker.is_some() {
            Mode::Picker
        } else if self.concordance.is_some() {
            Mode::Concordance
        } else if self.selection.is_some() {
            Mode::Select
        } else {
            match self.focus {
                Pane::List => Mode::List,
                Pane::Body => Mode::Body,
                Pane::Sidebar => Mode::Sidebar,
            }
        }
    }
}
