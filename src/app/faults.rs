//! Walking what is wrong with the article's file, one after another.

use std::collections::HashSet;

use super::body::Gone;
use super::state::App;
use crate::action::Action;
use crate::article::{Article, Diagnostic, MentionId};

/// Where a fault is to be seen in the text.
enum Seen {
    Mention(MentionId),
    Byte(usize),
}

impl App {
    /// The next fault of the article's file, or the one before: it is told, and gone to where the text has its place.
    pub(super) fn walk_faults(&mut self, action: Action, count: Option<u32>) {
        let Some(body) = &self.body else { return };
        let article = body.article().clone();
        let all = article.diagnostics.len();
        if all == 0 {
            self.say("nothing is wrong with this article's file");
            return;
        }
        let count = count.unwrap_or(1) as usize;
        let steps = count % all;
        let forwards = action == Action::NextFault;
        let here = self
            .walked
            .fault
            .filter(|(id, _)| *id == body.id())
            .map(|(_, n)| n);
        let to = match (here, forwards) {
            (None, true) => count.saturating_sub(1) % all,
            (None, false) => (2 * all - steps) % all,
            (Some(n), true) => (n + steps) % all,
            (Some(n), false) => (n + all - steps) % all,
        };
        self.walked.fault = Some((body.id(), to));
        let Some(fault) = article.diagnostics.get(to) else {
            return;
        };
        match place(&article, fault) {
            Some(Seen::Mention(id)) => {
                self.leave_here();
                self.go_to_mention(id);
            }
            Some(Seen::Byte(at)) => {
                self.leave_here();
                if let Some(body) = &mut self.body {
                    body.go(Gone::Offset(at));
                }
            }
            None => {}
        }
        let told = format!("{}/{all} {}", to + 1, fault.bare());
        match fault.severity {
            crate::article::Severity::Error => self.said = Some((super::Tone::Error, told)),
            crate::article::Severity::Warning => self.warn(told),
        }
    }
}

/// The mention that the fault names by its id; else where its place in the file is to be seen.
fn place(article: &Article, fault: &Diagnostic) -> Option<Seen> {
    let part = |c: char| !c.is_ascii_alphanumeric();
    let words = fault.message.split(part).filter(|word| !word.is_empty());
    let words: HashSet<&str> = words.collect();
    // A number in a message is mostly an offset.
    let is_number = |id: &str| id.bytes().all(|b| b.is_ascii_digit());
    let named = |id: &str| words.contains(id) && !is_number(id);
    let mentions = (0u32..).zip(article.annotations.mentions());
    let mention = mentions.filter(|(_, mention)| named(&mention.source_id));
    if let Some((number, _)) = mention.take(1).next() {
        return Some(Seen::Mention(MentionId(number)));
    }
    fault.at.map(Seen::Byte)
}
