//! Walking the mentions that something is known of: of one label, in a relation, with a note.

use std::borrow::Cow;

use super::body::Gone;
use super::ring;
use super::state::App;
use crate::action::Action;
use crate::article::{Annotations, LabelId, MentionId, Target};
use crate::library::ArticleId;

/// What is known of the mentions that are walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Label(LabelId),
    Relation,
    Note,
}

/// The mentions of the open article that something is known of. They are gathered for the first key that walks them.
#[derive(Debug)]
pub(super) struct Related {
    of: Known,
    list: Vec<MentionId>,
}

/// What was walked last.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// A fault, and of which article.
    pub(super) fault: Option<(ArticleId, usize)>,
    /// Mentions that something is known of.
    pub(super) related: Option<Related>,
}

impl Related {
    fn new(annotations: &Annotations, of: Known) -> Self {
        let list = match of {
            Known::Relation => {
                let targets = annotations.relations().iter().flat_map(|r| &r.arguments);
                mentions_of(annotations, targets.map(|argument| argument.target))
            }
            Known::Note => {
                let targets = annotations.notes().iter().filter_map(|note| note.target);
                mentions_of(annotations, targets)
            }
            Known::Label(label) => {
                let mentions = (0u32..).zip(annotations.mentions());
                let same = mentions.filter(|(_, mention)| mention.label == label);
                same.map(|(n, _)| MentionId(n)).collect()
            }
        };
        Self { of, list }
    }
}

impl App {
    /// Goes to another mention of the sort that the action is about.
    pub(super) fn walk_related(&mut self, action: Action, count: Option<u32>) {
        let Some((body, point)) = self.body.as_ref().zip(self.point()) else {
            return;
        };
        let annotations = &body.article().annotations;
        let forwards = matches!(
            action,
            Action::NextOfLabel | Action::NextRelated | Action::NextNoted
        );
        let (of, none) = match action {
            Action::NextRelated | Action::PreviousRelated => {
                (Known::Relation, "no mention here takes part in a relation")
            }
            Action::NextNoted | Action::PreviousNoted => {
                (Known::Note, "no mention here has a note")
            }
            _ => {
                let here = self.mention_at_point().and_then(|m| annotations.mention(m));
                let Some(label) = here.map(|mention| mention.label) else {
                    self.warn_no_mention();
                    return;
                };
                (Known::Label(label), "")
            }
        };
        let known = self.walked.related.take().filter(|known| known.of == of);
        let known = known.unwrap_or_else(|| Related::new(annotations, of));
        let mut list = Cow::Borrowed(&known.list);
        if !self.sidebar.hidden().is_empty() {
            let shows = |id: &MentionId| self.sidebar.shows(annotations, *id);
            list = Cow::Owned(known.list.iter().copied().filter(shows).collect());
        }
        let (first, behind) = match (point.gone, self.mention_at_point()) {
            (Some(Gone::Mention(id)), _) | (_, Some(id)) => (id, MentionId(id.0.saturating_add(1))),
            _ => {
                let next = annotations.first_from(point.offset);
                (next, next)
            }
        };
        let before = list.partition_point(|id| *id < first);
        let behind = list.partition_point(|id| *id < behind);
        let steps = count.unwrap_or(1);
        let len = list.len();
        let found = ring::step(len, before, behind, forwards, steps)
            .and_then(|(index, wrapped)| Some((*list.get(index)?, index, wrapped)));
        self.walked.related = Some(known);
        match found {
            Some((id, index, wrapped)) => {
                self.go_to_mention(id);
                self.say_number(index + 1, len, wrapped, forwards);
            }
            None => self.say(none),
        }
    }
}

/// The mentions in which these targets are seen, and those of the entities among them, in the order of the text, each
/// once.
fn mentions_of(annotations: &Annotations, targets: impl Iterator<Item = Target>) -> Vec<MentionId> {
    let mut found = Vec::new();
    for target in targets {
        annotations.each_end(target, &mut |end| match end {
            Target::Mention(id) => found.push(id),
            Target::Entity(id) => {
                let entity = annotations.entity(id);
                found.extend(entity.into_iter().flat_map(|entity| entity.mentions()));
            }
            Target::Relation(_) | Target::Event(_) | Target::Unplaced(_) => {}
        });
    }
    found.sort_unstable();
    found.dedup();
    found
}
