//! What does not count in searches, turned in the prompt.

use super::message::Effect;
use super::prompt::PromptKind;
use super::state::App;
use crate::action::Action;
use crate::text::Switch;

/// What turns each switch, and the letter that stands for it: that of its key.
const SWITCHES: [(Action, Switch, char); 7] = [
    (Action::ToggleWidth, Switch::Width, 'w'),
    (Action::ToggleCase, Switch::Case, 'c'),
    (Action::ToggleScript, Switch::Script, 's'),
    (Action::ToggleSpaces, Switch::Spaces, 'g'),
    (Action::ToggleDigits, Switch::Digits, 'd'),
    (Action::TogglePunctuation, Switch::Punctuation, 'p'),
    (Action::ToggleDiacritics, Switch::Diacritics, 'a'),
];

/// The letter that stands for pinyin.
const PINYIN: char = 'y';

impl App {
    /// The switches of searches by their letters, and whether each is on.
    #[must_use]
    pub fn search_switches(&self) -> Vec<(char, bool)> {
        let search = &self.config.search;
        let folds = SWITCHES
            .iter()
            .map(|(_, switch, letter)| (*letter, search.fold.get(*switch)));
        folds.chain([(PINYIN, search.pinyin)]).collect()
    }

    /// Turns the switch that an action is for and searches anew; nothing when it is for none.
    pub(super) fn turn_switch(&mut self, action: Action) -> Option<Vec<Effect>> {
        let kind = self.prompt.as_ref().map(|prompt| prompt.kind);
        let searches = matches!(kind, Some(PromptKind::Search { .. }));
        let search = &mut self.config.search;
        if action == Action::TogglePinyin {
            // Where nothing is looked for nobody would see it.
            if !kind.is_some_and(PromptKind::reads_pinyin) {
                return Some(Vec::new());
            }
            search.pinyin = !search.pinyin;
            return Some(self.prompt_changed());
        }
        let (_, switch, _) = SWITCHES.iter().find(|(of, _, _)| *of == action)?;
        if searches {
            let on = search.fold.get(*switch);
            search.fold.set(*switch, !on);
            return Some(self.prompt_changed());
        }
        Some(Vec::new())
    }
}
