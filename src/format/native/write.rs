//! Articles in the native format, in the normal form: `text`, what is known of the article, and the tables of `exact`.

use std::fmt::Write as _;

use crate::article::{
    Annotations, Argument, Article, EntityId, EventId, LayerId, LineEnds, MentionId, RelationId,
    Target, UnplacedId,
};
use crate::format::count::{Counting, Scale};
use crate::format::entry::{WriteOptions, Written};
use crate::format::ids;
use crate::format::loss::Losses;
use crate::format::plain;

/// Writes an article. Nothing is lost.
pub(super) fn write(article: &Article, _: &WriteOptions, _: &mut Losses) -> Written {
    let mut writer = Writer {
        article,
        made: &article.annotations,
        ids: Ids::new(&article.annotations),
        out: String::new(),
    };
    writer.head();
    writer.form();
    writer.entities();
    writer.mentions();
    writer.unplaced();
    writer.relations();
    writer.events();
    writer.remarks();
    Written {
        main: writer.out,
        beside: None,
    }
}

/// The ids of everything that can be named: its own where that is the only one, else a number behind a letter.
struct Ids {
    mentions: Vec<String>,
    unplaced: Vec<String>,
    events: Vec<String>,
    relations: Vec<String>,
}

impl Ids {
    fn new(made: &Annotations) -> Self {
        Self {
            mentions: unique('m', made.mentions().iter().map(|m| &*m.source_id)),
            unplaced: unique('u', made.unplaced().iter().map(|u| &*u.source_id)),
            events: unique('e', made.events().iter().map(|e| &*e.source_id)),
            relations: unique('r', made.relations().iter().map(|r| &*r.source_id)),
        }
    }

    fn of(&self, target: Target) -> String {
        let list = |sort: &str, list: &[String], number: u32| {
            let id = list.get(number as usize).map_or("", String::as_str);
            format!("{sort}:{id}")
        };
        match target {
            Target::Mention(MentionId(n)) => list("mention", &self.mentions, n),
            Target::Entity(EntityId(n)) => format!("entity:e{}", n + 1),
            Target::Relation(RelationId(n)) => list("relation", &self.relations, n),
            Target::Event(EventId(n)) => list("event", &self.events, n),
            Target::Unplaced(UnplacedId(n)) => list("unplaced", &self.unplaced, n),
        }
    }
}

fn unique<'a>(letter: char, ids: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    ids::given(letter, ids, false, |id| !id.trim().is_empty())
}

struct Writer<'a> {
    article: &'a Article,
    made: &'a Annotations,
    ids: Ids,
    out: String,
}

impl Writer<'_> {
    fn head(&mut self) {
        let meta = &self.article.meta;
        for (key, value) in [
            ("title", &meta.title),
            ("date", &meta.date),
            ("source", &meta.source),
            ("page", &meta.page),
            ("section", &meta.section),
            ("language", &meta.language),
            ("continues", &meta.continues),
        ] {
            if !value.is_empty() {
                self.pair(key, value);
            }
        }
        let text = self.article.text.whole();
        let _ = writeln!(self.out, "text = \"\"\"\n{}\"\"\"", many_lines(text));
    }

    /// How the text was written, and the roles of its blocks where they are not those that would be guessed.
    fn form(&mut self) {
        let form = self.article.form;
        let _ = write!(self.out, "\n[exact]\n");
        if form.bom {
            self.out.push_str("bom = true\n");
        }
        if form.line_ends == LineEnds::CrLf {
            self.out.push_str("line_ends = \"crlf\"\n");
        }
        if form.added > 0 {
            let _ = writeln!(self.out, "added = {}", form.added);
        }
        let text = &self.article.text;
        let guessed = plain::blocks(text.whole().to_owned());
        if guessed.is_ok_and(|guessed| guessed.blocks() != text.blocks()) {
            let roles = text.blocks().iter().map(|block| block.role.name());
            self.list("roles", roles);
        }
        let layers = self.made.layers();
        if !layers.is_empty() {
            self.list("layers", layers.iter().map(|layer| layer.name.as_str()));
        }
    }

    fn entities(&mut self) {
        for (index, entity) in self.made.entities().iter().enumerate() {
            self.table("entity");
            self.pair("id", &format!("e{}", index + 1));
            self.pair("name", &entity.name);
            self.pair("kind", self.made.label_name(entity.label));
            if !entity.aliases.is_empty() {
                self.list("aliases", entity.aliases.iter().map(String::as_str));
            }
            if let Some(tie) = &entity.given {
                self.pair("tie", tie);
            }
        }
    }

    fn mentions(&mut self) {
        let text = self.article.text.whole();
        let scale = Scale::of_text(text, Counting::CODE_POINTS);
        for (index, mention) in self.made.mentions().iter().enumerate() {
            self.table("mention");
            let id = self.ids.mentions[index].clone();
            self.pair("id", &id);
            self.pair("label", self.made.label_name(mention.label));
            let mut numbers = Vec::new();
            let mut quotes = Vec::new();
            for span in mention.spans() {
                numbers.push(scale.offset(text, span.start()).to_string());
                numbers.push(scale.offset(text, span.end()).to_string());
                quotes.push(self.article.text.slice(*span));
            }
            let _ = writeln!(self.out, "span = [{}]", numbers.join(", "));
            self.pair("text", &quotes.join("…"));
            if let Some(EntityId(number)) = mention.entity {
                self.pair("entity", &format!("e{}", number + 1));
            }
            self.layer(mention.layer);
        }
    }

    fn unplaced(&mut self) {
        for (index, unplaced) in self.made.unplaced().iter().enumerate() {
            self.table("unplaced");
            let id = self.ids.unplaced[index].clone();
            self.pair("id", &id);
            self.pair("label", self.made.label_name(unplaced.label));
            self.pair("place", &unplaced.place);
            if !unplaced.quote.is_empty() {
                self.pair("text", &unplaced.quote);
            }
            self.layer(unplaced.layer);
        }
    }

    fn relations(&mut self) {
        for (index, relation) in self.made.relations().iter().enumerate() {
            self.table("relation");
            let id = self.ids.relations[index].clone();
            self.pair("id", &id);
            self.pair("label", &relation.label);
            self.arguments(&relation.arguments);
            self.layer(relation.layer);
        }
    }

    fn events(&mut self) {
        for (index, event) in self.made.events().iter().enumerate() {
            self.table("event");
            let id = self.ids.events[index].clone();
            self.pair("id", &id);
            self.pair("label", &event.label);
            if let Some(trigger) = event.trigger {
                let trigger = self.ids.of(Target::Mention(trigger));
                self.pair("trigger", &trigger);
            }
            self.arguments(&event.arguments);
            self.layer(event.layer);
        }
    }

    fn remarks(&mut self) {
        for attribute in self.made.attributes() {
            self.about("attribute", &attribute.source_id, Some(attribute.target));
            self.pair("name", &attribute.name);
            if let Some(value) = &attribute.value {
                self.pair("value", value);
            }
        }
        for link in self.made.links() {
            self.about("link", &link.source_id, Some(link.target));
            self.pair("reference", &link.reference);
            if !link.title.is_empty() {
                self.pair("title", &link.title);
            }
        }
        for note in self.made.notes() {
            self.about("note", &note.source_id, note.target);
            if !note.label.is_empty() {
                self.pair("label", &note.label);
            }
            self.pair("text", &note.text);
        }
        for kept in self.made.verbatim() {
            self.table("verbatim");
            if !kept.of.is_empty() {
                self.pair("of", &kept.of);
            }
            self.pair("text", &kept.words);
        }
    }

    fn about(&mut self, table: &str, id: &str, target: Option<Target>) {
        self.table(table);
        if !id.is_empty() {
            self.pair("id", id);
        }
        if let Some(target) = target {
            let on = self.ids.of(target);
            self.pair("on", &on);
        }
    }

    fn arguments(&mut self, arguments: &[Argument]) {
        self.out.push_str("args = [");
        for (index, argument) in arguments.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            let (role, is) = (
                quoted(&argument.role),
                quoted(&self.ids.of(argument.target)),
            );
            let _ = write!(self.out, "{comma}{{ role = {role}, is = {is} }}");
        }
        self.out.push_str("]\n");
    }

    /// The layer of what is not of the first.
    fn layer(&mut self, layer: LayerId) {
        if layer != LayerId(0)
            && let Some(layer) = self.made.layers().get(usize::from(layer.0))
        {
            let name = layer.name.clone();
            self.pair("layer", &name);
        }
    }

    fn table(&mut self, name: &str) {
        let _ = write!(self.out, "\n[[exact.{name}]]\n");
    }

    fn pair(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.out, "{key} = {}", quoted(value));
    }

    fn list<'s>(&mut self, key: &str, members: impl Iterator<Item = &'s str>) {
        let members: Vec<String> = members.map(quoted).collect();
        let _ = writeln!(self.out, "{key} = [{}]", members.join(", "));
    }
}

/// A basic string. Source: TOML 1.0, String.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        escape(c, &mut out);
    }
    out.push('"');
    out
}

/// The inside of a basic string of many lines; line ends stay.
fn many_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' {
            out.push(c);
        } else {
            escape(c, &mut out);
        }
    }
    out
}

fn escape(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if c.is_control() => {
            let _ = write!(out, "\\u{:04X}", u32::from(c));
        }
        c => out.push(c),
    }
}
