//! Mentions, events and relations of what a file tells.

use super::super::alike;
use super::super::code::Code;
use super::super::read::{File, ReadError};
use super::super::record;
use super::super::report::short;
use super::super::xml::Faults;
use super::read::{Found, Happening, Member, Part, Tie};
use super::ties::Ids;
use super::{DENOTER, EVENT};
use crate::article::{
    AnnotationsBuilder, Argument, Article, Attribute, ByteSpan, EventId, LayerId, MentionDraft,
    Meta, Relation, Target, Unplaced,
};
use crate::format::entry::ReadOptions;

/// The article.
pub(super) fn article(
    file: &File,
    options: &ReadOptions,
    found: Found<'_>,
    mut faults: Faults<'_>,
) -> Result<Article, ReadError> {
    let (text, added) = found
        .weave
        .finish()
        .map_err(|error| ReadError::too_long(&file.name, error))?;
    let of = |span: Option<(usize, usize)>| {
        let (start, end) = span.unwrap_or_default();
        text.slice(ByteSpan::new(start, end)).replace('\n', " ")
    };
    let (title, date) = (of(found.title), of(found.date));
    let meta = Meta {
        title: if title.is_empty() {
            record::titled(&text, file.stem())
        } else {
            title
        },
        name: file.stem().to_owned(),
        date: if found.meta.date.is_empty() {
            date
        } else {
            found.meta.date
        },
        ..found.meta
    };
    let mut ids = Ids::new(&found.events, &mut faults);
    let mut builder = AnnotationsBuilder::with_kinds(&text, &options.kinds);
    let layer = builder.layer(file.base());
    let mut making = Making {
        builder: &mut builder,
        layer,
        faults,
        parts: Vec::with_capacity(found.parts.len()),
    };
    making.mentions(&found.parts, &found.events);
    let events = making.events(&found.events, &found.parts, &ids);
    for tie in &found.ties {
        making.relation(tie, &events, &mut ids);
    }
    let faults = making.faults;
    // Words for events name no entities.
    let words: Vec<bool> = found
        .parts
        .iter()
        .filter(|part| part.span.is_some())
        .map(|part| part.label.eq_ignore_ascii_case(DENOTER))
        .collect();
    alike::group(&mut builder, &text, |index| words.get(index) == Some(&true));
    let annotations = builder.finish();
    let mut form = file.decoded.form;
    form.added = added;
    Ok(Article {
        meta,
        text,
        annotations,
        diagnostics: faults.finish(),
        form,
    })
}

struct Making<'b, 't, 'f> {
    builder: &'b mut AnnotationsBuilder<'t>,
    layer: LayerId,
    faults: Faults<'f>,
    /// What became of each part.
    parts: Vec<Target>,
}

impl Making<'_, '_, '_> {
    fn mentions(&mut self, parts: &[Part<'_>], events: &[Happening<'_>]) {
        let mut triggers = vec![false; parts.len()];
        for event in events {
            let trigger = event.trigger(parts).and_then(|at| event.members.get(at));
            if let Some((_, Member::Part(part))) = trigger
                && let Some(slot) = triggers.get_mut(*part)
            {
                *slot = event.label.is_none();
            }
        }
        for (part, is_trigger) in parts.iter().zip(triggers) {
            let label = self.builder.label(&part.label);
            let made = part.span.and_then(|(start, end)| {
                let made = self.builder.mention(MentionDraft {
                    layer: self.layer,
                    source_id: part.id.clone().into_owned(),
                    label,
                    spans: vec![ByteSpan::new(start, end)],
                    ..MentionDraft::default()
                });
                made.ok()
            });
            let target = match made {
                Some(mention) => Target::Mention(mention),
                None => {
                    part.empty(&mut self.faults);
                    Target::Unplaced(self.builder.unplaced(Unplaced {
                        layer: self.layer,
                        source_id: part.id.as_ref().into(),
                        label,
                        place: "without text".into(),
                        quote: Box::default(),
                    }))
                }
            };
            self.parts.push(target);
            for (name, value) in &part.attributes {
                // The type of a trigger is the label of its event.
                if !(is_trigger && *name == "type") {
                    self.attribute(target, name, value);
                }
            }
        }
    }

    fn attribute(&mut self, target: Target, name: &str, value: &str) {
        let _ = self.builder.attribute(Attribute {
            source_id: Box::default(),
            target,
            name: name.to_owned(),
            value: (name != value).then(|| value.to_owned()),
        });
    }

    fn events(
        &mut self,
        events: &[Happening<'_>],
        parts: &[Part<'_>],
        ids: &Ids<'_>,
    ) -> Vec<EventId> {
        let mut made = Vec::with_capacity(events.len());
        for (index, event) in events.iter().enumerate() {
            let at = event.trigger(parts);
            let member = at
                .and_then(|at| event.members.get(at))
                .map(|(_, member)| *member);
            let part = match member {
                Some(Member::Part(part)) => Some(part),
                _ => None,
            };
            let trigger = match part.and_then(|part| self.parts.get(part)) {
                Some(Target::Mention(mention)) => Some(*mention),
                _ => None,
            };
            let said = part.and_then(|part| parts.get(part)).and_then(|part| {
                let mut all = part.attributes.iter();
                all.find(|(name, _)| *name == "type")
                    .map(|(_, value)| value.as_ref())
            });
            let label = event.label.as_deref().or(said).unwrap_or(EVENT);
            let id = if ids.owns(index, &event.id) {
                event.id.as_ref()
            } else {
                ""
            };
            // A trigger that is among the mentions is there.
            if let Ok(id) = self.builder.event(self.layer, id, label, trigger) {
                made.push(id);
                for (name, value) in &event.attributes {
                    self.attribute(Target::Event(id), name, value);
                }
            }
        }
        for (event, id) in events.iter().zip(&made) {
            let trigger = event.trigger(parts);
            for (number, (role, member)) in event.members.iter().enumerate() {
                let target = match member {
                    Member::Part(part) => self.parts.get(*part).copied(),
                    Member::Event(event) => made.get(*event).copied().map(Target::Event),
                };
                let Some(target) = target.filter(|_| trigger != Some(number)) else {
                    continue;
                };
                let role = role.as_ref().into();
                let _ = self.builder.argument(*id, Argument { role, target });
            }
        }
        made
    }

    fn relation(&mut self, tie: &Tie<'_>, events: &[EventId], ids: &mut Ids<'_>) {
        let (mut label, mut id) = ("", "");
        let mut arguments = Vec::new();
        let mut others: Vec<(&str, String)> = Vec::new();
        for (name, value) in &tie.attributes {
            let role = name.strip_suffix("_eids").or(name.strip_suffix("_eid"));
            match (*name, role) {
                ("relType", _) => label = value,
                ("id", _) => id = value,
                (_, Some(role)) if !role.is_empty() => {
                    let (named, nowhere) = ids.resolve(value, tie.at, &mut self.faults);
                    let named = named.into_iter().filter_map(|event| events.get(event));
                    arguments.extend(named.map(|event| Argument {
                        role: role.into(),
                        target: Target::Event(*event),
                    }));
                    // What names nothing is kept as it is written.
                    if !nowhere.is_empty() {
                        others.push((name, nowhere.join(",")));
                    }
                }
                _ => others.push((name, value.clone().into_owned())),
            }
        }
        if arguments.is_empty() {
            let message = format!("a relation `{}` is between no events", short(label));
            let remedy = "name events in attributes such as cause_eid and effect_eid";
            self.faults.add(Code::MISSING, tie.at, message, remedy);
        }
        let made = self.builder.relation(Relation {
            layer: self.layer,
            source_id: id.into(),
            label: label.to_owned(),
            arguments,
        });
        if let Ok(made) = made {
            for (name, value) in others {
                self.attribute(Target::Relation(made), name, &value);
            }
        }
    }
}
