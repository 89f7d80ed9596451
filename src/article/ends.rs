//! Where relations and events stand in the text: they have no place of their own, but those who take part have.

use super::annotation::{Argument, Target};
use super::annotations::Annotations;

/// So many relations and events within each other are looked into, so that no file makes it endless.
const MOST_NESTED: usize = 64;

impl Annotations {
    /// What something is in the text: an event its trigger, a mention, an entity or a mention without a place itself.
    /// Nothing for a relation, an event without a trigger, and what is not there.
    #[must_use]
    pub fn end_of(&self, target: Target) -> Option<Target> {
        self.look_into(target).ok()
    }

    /// Calls `on` with every mention, entity and mention without a place in which something is seen in the text, in the
    /// order of the source: an event in its trigger, without one in those who take part; a relation in those who take
    /// part, be they relations and events themselves. One may come more than once.
    pub fn each_end(&self, target: Target, on: &mut impl FnMut(Target)) {
        let mut arguments = match self.look_into(target) {
            Ok(end) => return on(end),
            Err(arguments) => vec![arguments.iter()],
        };
        let mut seen = vec![target];
        while let Some(list) = arguments.last_mut() {
            let Some(argument) = list.next() else {
                arguments.pop();
                continue;
            };
            match self.look_into(argument.target) {
                Ok(end) => on(end),
                Err(inner) if seen.len() < MOST_NESTED && !seen.contains(&argument.target) => {
                    seen.push(argument.target);
                    arguments.push(inner.iter());
                }
                Err(_) => {}
            }
        }
    }

    /// The end itself, else those who take part.
    fn look_into(&self, target: Target) -> Result<Target, &[Argument]> {
        match target {
            Target::Relation(id) => {
                let relation = self.relations.get(id.0 as usize);
                Err(relation.map_or(&[], |relation| &relation.arguments))
            }
            Target::Event(id) => {
                let event = self.events.get(id.0 as usize);
                let trigger = event.and_then(|event| event.trigger);
                let arguments = event.map_or(&[][..], |event| &event.arguments);
                trigger.map(Target::Mention).ok_or(arguments)
            }
            Target::Mention(_) | Target::Entity(_) | Target::Unplaced(_) => Ok(target),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{
        AnnotationsBuilder, ByteSpan, EventId, LayerId, MentionDraft, MentionId, Relation,
        RelationId, Text,
    };

    fn argument(target: Target) -> Argument {
        Argument {
            role: "a".into(),
            target,
        }
    }

    /// Mentions 雨 and 桥; event 0 with trigger 雨, events 1 and 2 without, each in the other, 桥 in 1; a relation between
    /// events 0 and 1.
    fn made() -> Annotations {
        let text = Text::from_lines("雨桥".to_owned()).unwrap();
        let mut builder = AnnotationsBuilder::new(&text);
        let label = builder.label("x");
        for start in [0, 3] {
            let spans = vec![ByteSpan::new(start, start + 3)];
            let draft = MentionDraft {
                label,
                spans,
                ..MentionDraft::default()
            };
            builder.mention(draft).unwrap();
        }
        let triggers = [Some(MentionId(0)), None, None];
        let events = triggers.map(|t| builder.event(LayerId(0), "", "e", t).unwrap());
        for (event, target) in [
            (events[1], Target::Event(events[2])),
            (events[1], Target::Mention(MentionId(1))),
            (events[2], Target::Event(events[1])),
        ] {
            builder.argument(event, argument(target)).unwrap();
        }
        let relation = Relation {
            layer: LayerId(0),
            source_id: "".into(),
            label: "r".to_owned(),
            arguments: [0, 1].map(|n| argument(Target::Event(events[n]))).into(),
        };
        builder.relation(relation).unwrap();
        builder.finish()
    }

    #[test]
    fn what_has_no_place_is_seen_in_those_who_take_part() {
        let made = made();
        let ends = |target| {
            let mut ends = Vec::new();
            made.each_end(target, &mut |end| ends.push(end));
            ends
        };
        let (rain, bridge) = (Target::Mention(MentionId(0)), Target::Mention(MentionId(1)));
        assert_eq!(ends(rain), [rain]);
        assert_eq!(ends(Target::Event(EventId(0))), [rain]);
        assert_eq!(ends(Target::Event(EventId(2))), [bridge]);
        assert_eq!(ends(Target::Relation(RelationId(0))), [rain, bridge]);
        assert_eq!(ends(Target::Relation(RelationId(9))), []);
        assert_eq!(made.end_of(Target::Event(EventId(0))), Some(rain));
        assert_eq!(made.end_of(Target::Event(EventId(1))), None);
        let events: Vec<EventId> = made.events_of(bridge).collect();
        assert_eq!(events, [EventId(1), EventId(2)]);
        assert_eq!(made.relations_of(rain).count(), 1);
    }
}
