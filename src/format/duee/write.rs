//! An article to a record of DuEE.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::article::{Annotations, Article, Event, MentionId, Target};
use crate::format::count::Scale;
use crate::format::entry::{WriteOptions, Written};
use crate::format::json::{self, COUNTING, list, quoted};
use crate::format::loss::{Feature, Losses, mention_of};

/// Writes an article. Only what takes part in an event has a place in it, and no mention of several fragments.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    let made = &article.annotations;
    let mut writer = Writer {
        article,
        made,
        scale: json::scale(article, COUNTING),
        placed: BTreeSet::new(),
    };
    let mut out = String::from("{\"text\": ");
    json::text_string(&mut out, article.text.whole(), article.form);
    let _ = write!(
        out,
        ", \"id\": {}, \"event_list\": ",
        quoted(&article.meta.name)
    );
    let events = made.events().iter();
    let events: Vec<String> = events.map(|event| writer.event(event, losses)).collect();
    list(&mut out, events.into_iter());
    out.push_str("}\n");
    writer.left_out(losses);
    Written {
        main: out,
        beside: None,
    }
}

struct Writer<'a> {
    article: &'a Article,
    made: &'a Annotations,
    scale: Scale,
    /// What was written as a trigger or an argument.
    placed: BTreeSet<Target>,
}

impl Writer<'_> {
    fn event(&mut self, event: &Event, losses: &mut Losses) -> String {
        let mut arguments = event.arguments.as_slice();
        let mut trigger = event.trigger.map(Target::Mention);
        if let (None, Some((first, rest))) = (trigger, arguments.split_first())
            && matches!(first.target, Target::Unplaced(_))
            && *first.role == *event.label
        {
            trigger = Some(first.target);
            arguments = rest;
        }
        let mut out = format!("{{\"event_type\": {}", quoted(&event.label));
        if let Some(target) = trigger {
            match self.words(target) {
                Some((start, words)) => {
                    let _ = write!(out, ", \"trigger\": {words}");
                    if let Some(start) = start {
                        let _ = write!(out, ", \"trigger_start_index\": {start}");
                    }
                }
                None => losses.add(Feature::Events, 1),
            }
        }
        let mut written = Vec::new();
        for argument in arguments {
            let role = quoted(&argument.role);
            let Some((start, words)) = self.words(argument.target) else {
                losses.add(Feature::Events, 1);
                continue;
            };
            let index = match start {
                Some(start) => format!("\"argument_start_index\": {start}, "),
                None => String::new(),
            };
            let aliases = self.made.notes_on(argument.target);
            let aliases = aliases.filter(|note| note.label == "alias");
            let aliases: Vec<String> = aliases.map(|note| quoted(&note.text)).collect();
            written.push(format!(
                "{{{index}\"role\": {role}, \"argument\": {words}, \"alias\": [{}]}}",
                aliases.join(", ")
            ));
        }
        let class = event.label.split('-').next().unwrap_or("");
        let _ = write!(
            out,
            ", \"arguments\": [{}], \"class\": {}}}",
            written.join(", "),
            quoted(class)
        );
        out
    }

    /// Start and words of a target; nothing for what has no single place.
    fn words(&mut self, target: Target) -> Option<(Option<String>, String)> {
        let text = self.article.text.whole();
        let mut words = String::new();
        if let Target::Unplaced(id) = target {
            let unplaced = self.made.unplaced_of(id)?;
            // The end follows from the words.
            let start = unplaced.place.split(' ').next().unwrap_or("");
            if !start.is_empty() && !json::is_value(start) {
                return None;
            }
            self.placed.insert(target);
            json::text_string(&mut words, &unplaced.quote, self.article.form);
            return Some(((!start.is_empty()).then(|| start.to_owned()), words));
        }
        let id = mention_of(self.made, target)?;
        let mention = self.made.mention(id).filter(|m| !m.is_discontinuous())?;
        self.placed.insert(Target::Mention(id));
        let hull = mention.hull();
        json::text_string(&mut words, self.article.text.slice(hull), self.article.form);
        let start = self.scale.offset(text, hull.start()).to_string();
        Some((Some(start), words))
    }

    /// Counts what takes part in no event, and notes that are no aliases.
    fn left_out(&self, losses: &mut Losses) {
        let is_free = |target: Target| !self.placed.contains(&target);
        let mentions = (0u32..).zip(self.made.mentions());
        let free = mentions.filter(|(number, mention)| {
            // Those of several fragments count as lost already.
            !mention.is_discontinuous() && is_free(Target::Mention(MentionId(*number)))
        });
        losses.add(Feature::Mentions, free.count());
        let unplaced = (0u32..).zip(self.made.unplaced());
        let free = unplaced
            .filter(|(number, _)| is_free(Target::Unplaced(crate::article::UnplacedId(*number))));
        losses.add(Feature::Unplaced, free.count());
        let notes = self.made.notes().iter();
        let lost = notes.filter(|n| {
            let is_lost = |target| n.label != "alias" || is_free(target);
            n.target.is_some_and(is_lost)
        });
        losses.add(Feature::Notes, lost.count());
    }
}
