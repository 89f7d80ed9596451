//! From tags to a text and mentions.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::alike;
use super::super::code::Code;
use super::super::entry::Source;
use super::super::read::ReadError;
use super::super::record;
use super::super::report::short;
use super::super::xml::{Faults, Manner, Mark, Piece, Rules, Tag, Walk, Weave, take_meta};
use super::is_mention;
use crate::article::{
    AnnotationsBuilder, Article, Attribute, ByteSpan, MentionDraft, Meta, Role, Target, Unplaced,
};

/// A mention.
struct Draft<'a> {
    label: Cow<'a, str>,
    id: Cow<'a, str>,
    attributes: Vec<(&'a str, Cow<'a, str>)>,
    span: Option<(usize, usize)>,
    mark: Mark,
    at: usize,
}

/// What of an article's header a text becomes.
#[derive(Debug, Clone, Copy)]
enum Field {
    Title,
    Date,
    Source,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Plain,
    Line,
    Field(Field, Mark),
    Name,
    Mention(usize),
}

struct Reading<'a> {
    weave: Weave,
    drafts: Vec<Draft<'a>>,
    open: Vec<What>,
    /// What the article is called, and whether the element that says it is open.
    name: String,
    names: bool,
    fields: Vec<(Field, (usize, usize))>,
    /// What attributes of the document tell.
    meta: Meta,
}

/// Reads an article.
pub(super) fn read(source: &Source<'_>) -> Result<Article, ReadError> {
    let mut faults = Faults::of_record(source).sgml();
    let mut reading = Reading {
        weave: Weave::new(Manner::Kept),
        drafts: Vec::new(),
        open: Vec::new(),
        name: String::new(),
        names: false,
        fields: Vec::new(),
        meta: Meta::default(),
    };
    let rules = Rules {
        fold: true,
        must_end: is_mention,
    };
    let mut walk = Walk::new(source.part().0, rules);
    while let Some(piece) = walk.next(&mut faults) {
        match piece {
            Piece::Open(tag) => {
                let what = reading.begin(tag, &mut faults);
                reading.open.push(what);
            }
            Piece::Close(_) => reading.end(),
            Piece::Text(text, _) => reading.text(&text),
            Piece::Character(c) => reading.character(c),
        }
    }
    article(source, reading, faults)
}

impl<'a> Reading<'a> {
    fn text(&mut self, text: &str) {
        if self.names {
            self.name.push_str(text);
        } else {
            self.weave.push(text, true);
        }
    }

    fn character(&mut self, c: char) {
        if self.names {
            self.name.push(c);
        } else {
            self.weave.push_character(c);
        }
    }

    fn begin(&mut self, tag: Tag<'a>, faults: &mut Faults<'_>) -> What {
        let name = tag.name.to_ascii_lowercase();
        // One that was left open ends here.
        self.names = false;
        let (role, field) = match name.as_str() {
            "docno" | "docid" => {
                self.names = true;
                return What::Name;
            }
            "hl" | "headline" | "title" => (Role::Headline, Some(Field::Title)),
            "dd" | "date" | "date_time" => (Role::Dateline, Some(Field::Date)),
            "dateline" => (Role::Dateline, None),
            "so" | "source" => (Role::Paragraph, Some(Field::Source)),
            "byline" | "author" => (Role::Byline, None),
            "doc" | "text" | "txt" | "body" | "p" | "s" | "storyid" | "slug" | "nwords"
            | "preamble" | "trailer" | "in" | "doctype" | "docsource" | "storyid_cat" => {
                (Role::Paragraph, None)
            }
            _ if is_mention(&name) => return self.mention(tag, &name, faults),
            _ => return What::Plain,
        };
        if name == "doc" {
            take_meta(&mut self.meta, &tag.attributes(faults));
        }
        self.weave.line(role);
        match field {
            Some(field) => What::Field(field, self.weave.open()),
            None => What::Line,
        }
    }

    fn mention(&mut self, tag: Tag<'a>, name: &str, faults: &mut Faults<'_>) -> What {
        let mut draft = Draft {
            label: Cow::default(),
            id: Cow::default(),
            attributes: Vec::new(),
            span: None,
            mark: self.weave.open(),
            at: tag.at,
        };
        for (key, value) in tag.attributes(faults) {
            match key.to_ascii_lowercase().as_str() {
                "type" if draft.label.is_empty() => draft.label = value,
                "id" | "tid" if draft.id.is_empty() => draft.id = value,
                _ => draft.attributes.push((key, value)),
            }
        }
        if draft.label.is_empty() {
            draft.label = Cow::Owned(name.to_ascii_uppercase());
            // Those of TIMEX2 have none.
            if name != "timex2" {
                let message = format!("<{}> has no TYPE", short(tag.name));
                let remedy = "write one, such as TYPE=\"PERSON\"";
                faults.add(Code::MISSING, tag.at, message, remedy);
            }
        }
        self.drafts.push(draft);
        What::Mention(self.drafts.len() - 1)
    }

    fn end(&mut self) {
        match self.open.pop() {
            None | Some(What::Plain) => {}
            Some(What::Line) => self.weave.line(Role::Paragraph),
            Some(What::Field(field, mark)) => {
                let span = self.weave.close_inner(mark);
                self.fields.extend(span.map(|span| (field, span)));
                self.weave.line(Role::Paragraph);
            }
            Some(What::Name) => self.names = false,
            Some(What::Mention(index)) => {
                if let Some(draft) = self.drafts.get_mut(index) {
                    draft.span = self.weave.close(draft.mark);
                }
            }
        }
    }
}

fn article(
    source: &Source<'_>,
    reading: Reading<'_>,
    mut faults: Faults<'_>,
) -> Result<Article, ReadError> {
    let Reading {
        weave,
        drafts,
        name,
        fields,
        mut meta,
        ..
    } = reading;
    let (text, added) = weave
        .finish()
        .map_err(|error| ReadError::too_long(&source.file.name, error))?;
    for (field, (start, end)) in fields {
        let slot = match field {
            Field::Title => &mut meta.title,
            Field::Date => &mut meta.date,
            Field::Source => &mut meta.source,
        };
        // Looked at once: nested ones would each reach to the end.
        if slot.is_empty() {
            let said = text.slice(ByteSpan::new(start, end)).replace('\n', " ");
            said.trim().clone_into(slot);
        }
    }
    meta.name = match name.trim() {
        "" => source.name(),
        name => name.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    if meta.title.is_empty() {
        meta.title = record::titled(&text, &source.name());
    }
    let mut builder = AnnotationsBuilder::with_kinds(&text, &source.options.kinds);
    let layer = builder.layer(source.file.base());
    let mut taken: HashSet<&str> = HashSet::new();
    for draft in &drafts {
        let label = builder.label(&draft.label);
        let mut id = draft.id.as_ref();
        if !id.is_empty() && !taken.insert(id) {
            let message = format!("the id `{}` is given twice", short(id));
            let remedy = "give the second an id of its own";
            faults.add(Code::DUPLICATE_ID, draft.at, message, remedy);
            id = "";
        }
        let made = draft.span.and_then(|(start, end)| {
            let made = builder.mention(MentionDraft {
                layer,
                source_id: id.to_owned(),
                label,
                spans: vec![ByteSpan::new(start, end)],
                ..MentionDraft::default()
            });
            made.ok()
        });
        let target = match made {
            Some(mention) => Target::Mention(mention),
            None => {
                let message = format!("a mention `{}` has no text", short(&draft.label));
                let remedy = "put the words that it marks into it, or take it out";
                faults.add(Code::MISSING, draft.at, message, remedy);
                Target::Unplaced(builder.unplaced(Unplaced {
                    layer,
                    source_id: id.into(),
                    label,
                    place: "without text".into(),
                    quote: Box::default(),
                }))
            }
        };
        for (name, value) in &draft.attributes {
            let value = (*name != value.as_ref()).then(|| value.clone().into_owned());
            let _ = builder.attribute(Attribute {
                source_id: Box::default(),
                target,
                name: (*name).to_owned(),
                value,
            });
        }
    }
    alike::group(&mut builder, &text, |_| false);
    let annotations = builder.finish();
    let mut form = source.file.decoded.form;
    form.added = added;
    Ok(Article {
        meta,
        text,
        annotations,
        diagnostics: faults.finish(),
        form,
    })
}
