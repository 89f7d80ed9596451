//! Mentions, notes and what is told of entities, from where they begin to where they end.

use std::borrow::Cow;

use super::super::super::xml::{Faults, Manner, Tag, Weave};
use super::super::elements::names_entity;
use super::{Draft, Frame, Reading, Remark, What};
use crate::article::Role;

impl<'a> Reading<'a> {
    /// What tells of an entity within the text: it is text, and what its names and others that point to it refer to.
    pub(super) fn told(&mut self, tag: Tag<'a>, faults: &mut Faults<'_>) -> What<'a> {
        if tag.value("xml:id").or(tag.value("id")).is_some() {
            let told = self.found.outside.tell(tag, faults);
            self.telling.push((told, self.frames.len()));
        }
        match self.block(tag, Role::Paragraph) {
            What::Block => What::Told(true),
            _ => What::Told(false),
        }
    }

    /// What is told, whose name an element that begins or ends now is.
    pub(super) fn named_by(&self, name: &str) -> Option<usize> {
        let (told, depth) = self.telling.last().copied()?;
        (names_entity(name) && depth + 1 == self.frames.len()).then_some(told)
    }

    /// A mention or a reading begins.
    pub(super) fn mention(&mut self, tag: Tag<'a>, faults: &mut Faults<'_>) -> What<'a> {
        let mut draft = Draft {
            label: Cow::Borrowed(tag.name),
            id: Cow::default(),
            pointers: Cow::default(),
            key: Cow::default(),
            attributes: Vec::new(),
            span: None,
            at: tag.at,
            mark: Some(self.found.weave.open()),
        };
        let is_typed = matches!(tag.name, "rs" | "name");
        for (name, value) in tag.attributes(faults) {
            match name {
                "xml:id" | "id" => draft.id = value,
                "ref" => draft.pointers = value,
                "key" => draft.key = value,
                "type" if is_typed && !value.is_empty() => draft.label = value,
                name if name == "xmlns" || name.starts_with("xmlns:") => {}
                name => draft.attributes.push((Cow::Borrowed(name), value)),
            }
        }
        if draft.pointers.is_empty()
            && let Some(told) = self.named_by(tag.name)
            && let Some(told) = self.found.outside.told.get(told)
        {
            draft.pointers = Cow::Owned(format!("#{}", told.id));
        }
        self.last = None;
        self.found.drafts.push(draft);
        let index = self.found.drafts.len() - 1;
        self.mentions.push(index);
        What::Mention(index)
    }

    /// A note begins, in the text or beside it.
    pub(super) fn note(&mut self, tag: Tag<'a>, faults: &mut Faults<'_>) -> What<'a> {
        let (told, depth) = match self.parts {
            0 => (self.found.outside.telling(), None),
            _ => self.telling.last().copied().unzip(),
        };
        // Right within what tells of an entity it is on that, not on the name before it.
        let is_right_in = depth.is_some_and(|depth| depth + 1 == self.frames.len());
        let beside = self.last.or(self.mentions.last().copied());
        let mut remark = Remark {
            id: Cow::default(),
            label: Cow::default(),
            pointers: Cow::default(),
            beside: beside.filter(|_| !is_right_in),
            told,
            text: String::new(),
            at: tag.at,
        };
        for (name, value) in tag.attributes(faults) {
            match name {
                "xml:id" | "id" => remark.id = value,
                "type" => remark.label = value,
                "target" => remark.pointers = value,
                _ => {}
            }
        }
        self.found.remarks.push(remark);
        self.side = Some((Weave::new(Manner::Flowing), self.frames.len()));
        What::Note
    }

    /// A mention ends: its place is known, and whether it is the reading that is shown.
    pub(super) fn end_mention(&mut self, index: usize, name: &'a str) {
        self.mentions.pop();
        let told = self.named_by(name);
        let Some(draft) = self.found.drafts.get_mut(index) else {
            return;
        };
        draft.span = draft.mark.and_then(|mark| self.found.weave.close(mark));
        let has_text = draft.span.is_some();
        if let (Some(told), Some(span)) = (told, draft.span)
            && let Some(told) = self.found.outside.told.get_mut(told)
        {
            told.names.push(self.found.weave.slice(span).to_owned());
        }
        if let Some(Frame {
            what: What::Choice(shown, empty),
            ..
        }) = self.frames.last_mut()
        {
            if has_text {
                *shown = Some(index);
                let blank = empty
                    .drain(..)
                    .map(|name| (Cow::Borrowed(name), Cow::default()));
                draft.attributes.extend(blank);
            } else if index + 1 == self.found.drafts.len() {
                // A reading without text is told by the one that is shown.
                empty.push(name);
                self.found.drafts.pop();
            }
        } else if has_text {
            self.last = Some(index);
        }
    }
}
