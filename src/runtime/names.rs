//! The index of names, built article by article when a page is wanted, and kept.

use std::path::PathBuf;

use super::keep::keep_rule;
use crate::app::{Effect, Message, Ticket};
use crate::desk::NameRules;
use crate::library::{ArticleId, Library};
use crate::names::{Digest, Groups, Index, Key, Page, Proposal};

/// A page is shown again each time so many articles have been read, and then twice as many.
const FIRST_SHOWN: u32 = 256;

/// What is known of names by now.
#[derive(Debug, Default)]
pub(super) struct Names {
    index: Index,
    /// The next article to be read.
    next: u32,
    /// The groups of the index as it was with so many articles.
    grouped: Option<(u32, Groups, Vec<Proposal>)>,
    /// Whether the groups follow older rules.
    is_stale: bool,
    wanted: Option<(Ticket, Key)>,
    percent: u8,
    /// When the page is shown next.
    show: u32,
    /// Where the reader's rules are.
    path: Option<PathBuf>,
    rules: Option<NameRules>,
}

impl Names {
    pub(super) fn set_path(&mut self, path: Option<PathBuf>) {
        self.path = path;
    }

    /// The answer to an effect that concerns names; nothing for any other, nor where none is needed.
    pub(super) fn serve(&mut self, effect: &Effect, library: &Library) -> Option<Message> {
        match effect {
            Effect::IndexNames { ticket, key } => {
                self.wanted = Some((*ticket, key.clone()));
                self.read_rules();
                self.show = FIRST_SHOWN.max(self.next.saturating_mul(2));
                self.percent = self.percent(library);
                // What has been read by now, as far as it has been grouped.
                if self.percent == 100 || self.grouped.is_some() {
                    return self.page(library);
                }
                let (ticket, percent) = (*ticket, self.percent);
                Some(Message::NamesIndexed { ticket, percent })
            }
            Effect::ReadNameRules => {
                self.read_rules();
                Some(Message::NameFaults(self.faults()))
            }
            Effect::CancelNames => {
                self.wanted = None;
                None
            }
            // For tests and for whoever has time; the reader has a thread for what is written.
            Effect::KeepNames(rule) => Some(keep_rule(self.path.as_deref(), rule)),
            _ => None,
        }
    }

    /// Reads the rules, which may have changed since they were read last: written on a page, or by hand.
    fn read_rules(&mut self) {
        let rules = load(self.path.as_ref());
        if self.rules.as_ref() != Some(&rules) {
            self.is_stale = true;
            self.rules = Some(rules);
        }
    }

    /// Whether articles are to be read.
    pub(super) fn is_wanting(&self, library: &Library) -> bool {
        self.wanted.is_some() && self.next < library.len()
    }

    /// Reads one more article; answers when there is something to tell.
    pub(super) fn read_next(&mut self, library: &mut Library) -> Option<Message> {
        let (ticket, _) = self.wanted.clone()?;
        if self.next >= library.len() {
            return None;
        }
        let id = ArticleId(self.next);
        // One that cannot be read is told of in the list.
        if let Ok(article) = library.look_at(id) {
            self.index.add(&Digest::of(id, &article));
        }
        self.next += 1;
        let percent = self.percent(library);
        if percent == 100 || self.next == self.show {
            self.show = self.next.saturating_mul(2);
            self.percent = percent;
            self.grouped = None;
            return self.page(library);
        }
        (std::mem::replace(&mut self.percent, percent) != percent)
            .then_some(Message::NamesIndexed { ticket, percent })
    }

    fn percent(&self, library: &Library) -> u8 {
        let all = u64::from(library.len());
        if u64::from(self.next) >= all {
            return 100;
        }
        u8::try_from(u64::from(self.next) * 100 / all).map_or(99, |percent| percent.min(99))
    }

    /// What is wrong with the rules, a line each.
    fn faults(&self) -> Vec<String> {
        let faults = self.rules.iter().flat_map(|rules| &rules.faults);
        faults.map(crate::article::Diagnostic::bare).collect()
    }

    fn page(&mut self, library: &Library) -> Option<Message> {
        let (ticket, key) = self.wanted.clone()?;
        let rules = self.rules.as_ref()?;
        let is_stale = |(at, _, _): &(u32, Groups, Vec<Proposal>)| {
            self.is_stale || (*at != self.next && self.next >= library.len())
        };
        if self.grouped.as_ref().is_none_or(is_stale) {
            let groups = Groups::new(&self.index, &rules.rules);
            let proposals = groups.proposals(&self.index);
            self.grouped = Some((self.next, groups, proposals));
            self.is_stale = false;
        }
        let faults = self.faults();
        let (_, groups, proposals) = self.grouped.as_ref()?;
        let id = groups.find(&self.index, &key);
        let page = id.and_then(|id| Page::new(&self.index, groups, proposals, id));
        Some(Message::NamePage {
            ticket,
            page: page.map(Box::new),
            percent: self.percent(library),
            faults,
        })
    }
}

fn load(path: Option<&PathBuf>) -> NameRules {
    let Some(path) = path else {
        return NameRules::default();
    };
    NameRules::load(path).unwrap_or_else(|error| {
        let name = path.display().to_string();
        NameRules::unreadable(&name, &error.to_string())
    })
}
