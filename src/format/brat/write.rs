//! Annotations as the lines of an `.ann` file, in the normal form: T lines by number, then E, R, *, A and M, N and #
//! lines in the order in which they were read.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::{COUNTING, groups};
use crate::article::{
    Annotations, Article, Event, EventId, Mention, MentionId, RelationId, Target, UnplacedId,
};
use crate::format::count::Scale;
use crate::format::entry::{WriteOptions, Written};
use crate::format::ids;
use crate::format::loss::{Feature, Losses, labels_of_mentions, labels_of_relations, mention_of};

/// Writes an article. What is on an entity as a whole goes to its first mention.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    let text = article.text.whole();
    let mut writer = Writer {
        article,
        made: &article.annotations,
        scale: Scale::of_form(text, article.form, COUNTING),
        ids: Ids::new(&article.annotations),
        kept: kept(&article.annotations),
        out: String::new(),
        losses,
    };
    writer.labels();
    writer.mentions();
    writer.events();
    writer.relations();
    writer.groups();
    writer.attributes();
    writer.links();
    writer.notes();
    for line in writer.kept.get("").into_iter().flatten() {
        writer.out.push_str(line);
        writer.out.push('\n');
    }
    Written {
        main: text.to_owned(),
        beside: Some(("ann", writer.out)),
    }
}

/// The ids under which all that can be named is written: its own where that fits, else a new one.
struct Ids {
    mentions: Vec<String>,
    unplaced: Vec<String>,
    events: Vec<String>,
    relations: Vec<String>,
}

impl Ids {
    fn new(made: &Annotations) -> Self {
        let placed = made.mentions().iter().map(|m| &*m.source_id);
        let all = placed.chain(made.unplaced().iter().map(|u| &*u.source_id));
        let mut mentions = given('T', all);
        let unplaced = mentions.split_off(made.mentions().len());
        Self {
            mentions,
            unplaced,
            events: given('E', made.events().iter().map(|e| &*e.source_id)),
            relations: given('R', made.relations().iter().map(|r| &*r.source_id)),
        }
    }
}

/// Ids of one sort: those that are the letter and a number are kept, all others get numbers that are free.
fn given<'a>(letter: char, ids: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    ids::given(letter, ids, true, |id| {
        let number = id.strip_prefix(letter).unwrap_or("");
        !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// What the source had in its own words, by the id or the sign that it belongs to.
fn kept(made: &Annotations) -> HashMap<&str, Vec<&str>> {
    let mut kept: HashMap<&str, Vec<&str>> = HashMap::new();
    for one in made.verbatim() {
        kept.entry(&one.of).or_default().push(&one.words);
    }
    kept
}

struct Writer<'a> {
    article: &'a Article,
    made: &'a Annotations,
    scale: Scale,
    ids: Ids,
    kept: HashMap<&'a str, Vec<&'a str>>,
    out: String,
    losses: &'a mut Losses,
}

impl Writer<'_> {
    /// Tells the labels and roles that other words have to stand for.
    fn labels(&mut self) {
        let made = self.made;
        let unplaced = made.unplaced().iter().map(|u| made.label_name(u.label));
        let attributes = made.attributes().iter().map(|a| a.name.as_str());
        let notes = made.notes().iter().map(|n| n.label.as_str());
        let words = labels_of_mentions(made)
            .chain(unplaced)
            .chain(labels_of_relations(made))
            .chain(attributes);
        self.losses.add_labels(words, |label| word(label) == label);
        // Without a label it is the usual sort.
        let fits = |label: &str| label.is_empty() || word(label) == label;
        self.losses.add_labels(notes, fits);
        let events = made.events().iter().map(|e| e.label.as_str());
        let of_events = made.events().iter().flat_map(|e| &e.arguments);
        let of_relations = made.relations().iter().flat_map(|r| &r.arguments);
        let roles = of_events.chain(of_relations).map(|a| &*a.role);
        self.losses
            .add_labels(events.chain(roles), |label| role(label) == label);
    }

    fn mentions(&mut self) {
        let mut lines: Vec<(usize, String)> = Vec::new();
        for (mention, id) in self.made.mentions().iter().zip(&self.ids.mentions) {
            let label = word(self.made.label_name(mention.label));
            let (places, quote) = self.place(mention);
            let behind = self.behind(id, &quote);
            lines.push((order(id), format!("{id}\t{label} {places}{behind}\n")));
        }
        for (unplaced, id) in self.made.unplaced().iter().zip(&self.ids.unplaced) {
            let fits = |c: char| c.is_ascii_digit() || matches!(c, ' ' | ';');
            if unplaced.place.is_empty() || !unplaced.place.chars().all(fits) {
                self.losses.add(Feature::Unplaced, 1);
                continue;
            }
            let label = word(self.made.label_name(unplaced.label));
            let (place, behind) = (&unplaced.place, self.behind(id, &line(&unplaced.quote)));
            lines.push((order(id), format!("{id}\t{label} {place}{behind}\n")));
        }
        lines.sort_by_key(|(order, _)| *order);
        self.out.extend(lines.into_iter().map(|(_, line)| line));
    }

    /// What stands behind the offsets of a mention.
    fn behind(&self, id: &str, quote: &str) -> String {
        match self.kept.get(id).and_then(|all| all.first()) {
            Some(words) => (*words).to_owned(),
            None => format!("\t{quote}"),
        }
    }

    /// `0 5;8 12`, and the words.
    fn place(&self, mention: &Mention) -> (String, String) {
        let text = self.article.text.whole();
        let (mut places, mut quote) = (String::new(), String::new());
        for span in mention.spans() {
            if !places.is_empty() {
                places.push(';');
                quote.push(' ');
            }
            let from = self.scale.offset(text, span.start());
            let to = self.scale.offset(text, span.end());
            let _ = write!(places, "{from} {to}");
            quote.push_str(&line(self.article.text.slice(*span)));
        }
        (places, quote)
    }

    fn events(&mut self) {
        for (index, event) in self.made.events().iter().enumerate() {
            let id = &self.ids.events[index];
            if let Some(line) = self.kept.get(id.as_str()).and_then(|all| all.first()) {
                self.out.push_str(line);
                self.out.push('\n');
                continue;
            }
            let label = role(&event.label);
            let mut arguments = event.arguments.iter().peekable();
            let trigger = match trigger(event) {
                Some(Target::Unplaced(trigger)) => {
                    arguments.next();
                    Some(Target::Unplaced(trigger))
                }
                other => other,
            };
            let Some(trigger) = trigger.and_then(|trigger| self.id(trigger)) else {
                self.losses.add(Feature::Events, 1);
                continue;
            };
            let mut line = format!("{id}\t{label}:{trigger}");
            for argument in arguments {
                match self.id(argument.target) {
                    Some(target) => {
                        let _ = write!(line, " {}:{target}", role(&argument.role));
                    }
                    None => self.losses.add(Feature::Events, 1),
                }
            }
            self.out.push_str(&line);
            self.out.push('\n');
        }
    }

    fn relations(&mut self) {
        for (index, relation) in self.made.relations().iter().enumerate() {
            let id = &self.ids.relations[index];
            if let Some(line) = self.kept.get(id.as_str()).and_then(|all| all.first()) {
                self.out.push_str(line);
                self.out.push('\n');
                continue;
            }
            let mut line = format!("{id}\t{}", word(&relation.label));
            let ids: Option<Vec<String>> = relation
                .arguments
                .iter()
                .map(|argument| self.id(argument.target))
                .collect();
            let Some(ids) = ids.filter(|ids| ids.len() > 1) else {
                self.losses.add(Feature::Relations, 1);
                continue;
            };
            for (argument, id) in relation.arguments.iter().zip(ids) {
                let _ = write!(line, " {}:{id}", role(&argument.role));
            }
            self.out.push_str(&line);
            self.out.push('\n');
        }
    }

    fn groups(&mut self) {
        let own: Vec<&str> = self.kept.get("*").into_iter().flatten().copied().collect();
        for line in &own {
            self.out.push_str(line);
            self.out.push('\n');
        }
        let sets = groups::sets(&own);
        for entity in self.made.entities() {
            let Some(said) = &entity.given else { continue };
            let ids = || {
                let numbers = entity.mentions().iter();
                numbers.filter_map(|id| self.ids.mentions.get(id.0 as usize))
            };
            let set = |id: &String| sets.get(id.as_str());
            let first = ids().next().and_then(set);
            let is_told = first.is_some() && ids().all(|id| set(id) == first);
            if entity.mentions().len() < 2 || is_told {
                continue;
            }
            let _ = write!(
                self.out,
                "*\t{}",
                if said.is_empty() { "Equiv" } else { said }
            );
            for MentionId(number) in entity.mentions() {
                let _ = write!(self.out, " {}", self.ids.mentions[*number as usize]);
            }
            self.out.push('\n');
        }
    }

    fn attributes(&mut self) {
        let made = self.made;
        let mut ids = own(
            made.attributes().iter().map(|a| &*a.source_id),
            &['A', 'M'],
            'A',
        );
        for attribute in made.attributes() {
            let id = ids.next().unwrap_or_default();
            let Some(target) = self.id(attribute.target) else {
                self.losses.add(Feature::Attributes, 1);
                continue;
            };
            let _ = write!(self.out, "{id}\t{} {target}", word(&attribute.name));
            if let Some(value) = &attribute.value {
                let written = line(value);
                let same = !written.is_empty() && written.trim() == value;
                self.losses.add(Feature::Attributes, usize::from(!same));
                let _ = write!(self.out, " {written}");
            }
            self.out.push('\n');
        }
    }

    fn links(&mut self) {
        let made = self.made;
        let mut ids = own(made.links().iter().map(|l| &*l.source_id), &['N'], 'N');
        for link in made.links() {
            let id = ids.next().unwrap_or_default();
            if let Some(line) = self.kept.get(id.as_str()).and_then(|all| all.first()) {
                self.out.push_str(line);
                self.out.push('\n');
                continue;
            }
            match self.id(link.target) {
                Some(target) => {
                    let (reference, title) = (word(&link.reference), last(&link.title));
                    let same = reference == link.reference && title == link.title;
                    self.losses.add(Feature::Links, usize::from(!same));
                    let _ = writeln!(self.out, "{id}\tReference {target} {reference}\t{title}");
                }
                None => self.losses.add(Feature::Links, 1),
            }
        }
    }

    fn notes(&mut self) {
        let made = self.made;
        let mut ids = own(made.notes().iter().map(|n| &*n.source_id), &['#'], '#');
        for note in made.notes() {
            let id = ids.next().unwrap_or_default();
            match note.target.and_then(|target| self.id(target)) {
                Some(target) => {
                    let label = match note.label.as_str() {
                        "" => "AnnotatorNotes".to_owned(),
                        label => word(label),
                    };
                    let text = last(&note.text);
                    self.losses
                        .add(Feature::Notes, usize::from(text != note.text));
                    let _ = writeln!(self.out, "{id}\t{label} {target}\t{text}");
                }
                // Those on the article are lost as such.
                None => {
                    let is_on = note.target.is_some();
                    self.losses.add(Feature::Notes, usize::from(is_on));
                }
            }
        }
    }

    /// The id of a target; an entity's is that of its first mention.
    fn id(&self, target: Target) -> Option<String> {
        let list = |list: &[String], number: u32| list.get(number as usize).cloned();
        match target {
            Target::Mention(MentionId(n)) => list(&self.ids.mentions, n),
            Target::Unplaced(UnplacedId(n)) => list(&self.ids.unplaced, n),
            Target::Event(EventId(n)) => list(&self.ids.events, n),
            Target::Relation(RelationId(n)) => list(&self.ids.relations, n),
            Target::Entity(_) => {
                let MentionId(n) = mention_of(self.made, target)?;
                list(&self.ids.mentions, n)
            }
        }
    }
}

/// What names an event; one without a place is its first argument in the role of its own label.
fn trigger(event: &Event) -> Option<Target> {
    let unplaced = || {
        let first = event.arguments.first()?;
        let is_unplaced = matches!(first.target, Target::Unplaced(_));
        (is_unplaced && *first.role == *event.label).then_some(first.target)
    };
    event.trigger.map(Target::Mention).or_else(unplaced)
}

/// The ids of one sort of line, which others do not name.
fn own<'a>(
    ids: impl Iterator<Item = &'a str> + Clone,
    letters: &[char],
    letter: char,
) -> impl Iterator<Item = String> {
    let mut by_letter: HashMap<char, std::vec::IntoIter<String>> = HashMap::new();
    let of = |id: &str| {
        id.chars()
            .next()
            .filter(|l| letters.contains(l))
            .unwrap_or(letter)
    };
    let order: Vec<char> = ids.clone().map(of).collect();
    for letter in letters {
        let same = ids.clone().filter(|id| of(id) == *letter);
        by_letter.insert(*letter, given(*letter, same).into_iter());
    }
    order.into_iter().map(move |letter| {
        let next = by_letter.get_mut(&letter).and_then(Iterator::next);
        next.unwrap_or_default()
    })
}

/// The number of an id, for the order of lines.
fn order(id: &str) -> usize {
    id.get(1..)
        .and_then(|n| n.parse().ok())
        .unwrap_or(usize::MAX)
}

/// A word without white space, which parts the words of a line; `_` for none.
fn word(text: &str) -> String {
    let word = text.split_whitespace().collect::<Vec<_>>().join("_");
    if word.is_empty() {
        "_".to_owned()
    } else {
        word
    }
}

/// A word before a colon, which it cannot have.
fn role(text: &str) -> String {
    word(text).replace(':', "_")
}

/// At the end of a line, where TABs part nothing more: line ends as spaces.
fn last(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// On one line: line ends and TABs as spaces.
fn line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}
