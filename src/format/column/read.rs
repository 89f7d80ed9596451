//! Articles of columns.

use super::cut::{cut, values};
use super::shape::{self, Shape, Sort};
use super::tag::{self, Part, Row, Step, Tag};
use crate::article::{
    Article, Attribute, ByteSpan, LabelId, MentionDraft, SourceForm, Target, Unplaced,
};
use crate::format::code::Code;
use crate::format::decode::Decoded;
use crate::format::entry::{ReadOptions, Record, Source, Split, Stretch};
use crate::format::read::{File, ReadError};
use crate::format::record::Made;
use crate::format::report::{Report, number, short};
use crate::format::scheme::Scheme;
use crate::format::tokens::{Joint, Tally};

/// What differs between formats of columns.
pub(in crate::format) struct Dialect {
    /// The names of so many columns between token and tag.
    pub(in crate::format) names: fn(usize) -> &'static [&'static str],
}

/// Takes a file apart at its `-DOCSTART-` lines; without one it is one article.
pub(in crate::format) fn split(file: &File, options: &ReadOptions) -> Split {
    let text = &file.decoded.text;
    let mut records = Vec::new();
    let mut from = Stretch {
        start: 0,
        end: 0,
        line: 1,
    };
    let mut begun = false;
    let mut counted = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), shape::ARTICLE) {
        let rest = text.get(at..).unwrap_or("");
        let line = rest.get(..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len()));
        let starts = at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
        if !starts || shape::sort(line.unwrap_or("").trim_end()) != Sort::Article {
            continue;
        }
        let before = text.get(from.start..at).unwrap_or("");
        if begun || !before.trim().is_empty() {
            records.push(Record::One(Stretch { end: at, ..from }));
        }
        let lines = memchr::memchr_iter(b'\n', text.get(counted..at).unwrap_or("").as_bytes());
        from = Stretch {
            start: at,
            end: at,
            line: from.line + lines.count(),
        };
        counted = at;
        begun = true;
    }
    records.push(Record::One(Stretch {
        end: text.len(),
        ..from
    }));
    let mut report = Report::of(&file.name, options);
    report.undecodable(&file.decoded);
    Split {
        records,
        found: report.finish(),
        shape: Some(shape::learn(text, options)),
        ..Split::default()
    }
}

/// Reads one article.
pub(in crate::format) fn read(
    source: &Source<'_>,
    dialect: &Dialect,
) -> Result<Article, ReadError> {
    let shape = source.split.shape.unwrap_or_default();
    let (part, line) = source.part();
    let mut rows = Rows::of(source, shape, shape.joint);
    rows.walk(part, line);
    let joint = rows.tally.joint();
    if joint != shape.joint {
        // This article is not like the others of its file.
        rows = Rows::of(source, shape, joint);
        rows.walk(part, line);
    }
    let mut form = SourceForm {
        added: rows.added,
        ..source.file.decoded.form
    };
    if source.index > 0 {
        form.undecodable = 0;
    }
    let text = Decoded {
        text: std::mem::take(&mut rows.text),
        form,
        ..Decoded::default()
    };
    let made = Made::new(source, text)?;
    let (mut builder, layer) = made.builder(source);
    let mut last = ("", LabelId::default());
    for chunk in &rows.chunks {
        if last.0 != chunk.label {
            last = (chunk.label, builder.label(chunk.label));
        }
        let label = last.1;
        let draft = MentionDraft {
            layer,
            label,
            spans: vec![ByteSpan::new(chunk.start, chunk.end)],
            ..MentionDraft::default()
        };
        match builder.mention(draft) {
            Ok(id) => {
                for (name, value) in middles(part, chunk, shape, dialect) {
                    // The mention is there, so this cannot fail.
                    let _ = builder.attribute(Attribute {
                        source_id: Box::default(),
                        target: Target::Mention(id),
                        name: name.to_owned(),
                        value: Some(value),
                    });
                }
            }
            // All its lines are without token.
            Err(_) => {
                builder.unplaced(Unplaced {
                    layer,
                    source_id: Box::default(),
                    label,
                    place: format!("line {}", chunk.line).into(),
                    quote: Box::default(),
                });
            }
        }
    }
    let annotations = made.finish(builder);
    Ok(made.article(annotations, rows.report))
}

/// What the columns between token and tag say of a mention: a name, and the values of its tokens.
fn middles(
    part: &str,
    chunk: &Chunk<'_>,
    shape: Shape,
    dialect: &Dialect,
) -> Vec<(&'static str, String)> {
    let count = shape.columns.saturating_sub(2);
    let mut found: Vec<(&'static str, String)> = Vec::new();
    if count == 0 {
        return found;
    }
    found.extend(
        (dialect.names)(count)
            .iter()
            .map(|name| (*name, String::new())),
    );
    let lines = part.get(chunk.from..chunk.to).unwrap_or("");
    for line in lines.split('\n') {
        let line = line.trim_end();
        let cut = cut(line, shape.separator);
        let mut values = values(cut.middle, shape.separator);
        for (_, all) in &mut found {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(values.next().unwrap_or("_"));
        }
    }
    let is_said = |all: &str| all.split(' ').any(|value| !matches!(value, "_" | "-X-"));
    found.retain(|(_, all)| is_said(all));
    found
}

/// A mention: its bytes in the text, and its lines.
struct Chunk<'t> {
    label: &'t str,
    start: usize,
    end: usize,
    /// Bytes of the article's part of the file.
    from: usize,
    to: usize,
    /// The line in which it begins.
    line: usize,
}

/// An article's text and mentions in the making.
struct Rows<'t> {
    shape: Shape,
    joint: Joint,
    report: Report,
    text: String,
    added: u32,
    tally: Tally,
    chunks: Vec<Chunk<'t>>,
    row: Row<'t>,
    /// The token before; empty at the start of a sentence.
    before: &'t str,
    /// The last line with a mention, and where its tag stands.
    last: Option<(At<'t>, usize)>,
    /// Whether the sentence has no row yet.
    fresh: bool,
    place: u32,
}

/// A line, where it is.
#[derive(Clone, Copy)]
struct At<'t> {
    line: &'t str,
    number: usize,
    /// Byte of its start and end in the part.
    start: usize,
    end: usize,
}

impl At<'_> {
    /// The place of a byte of the line.
    fn place(&self, byte: usize) -> (u32, u32) {
        let before = self.line.get(..byte).unwrap_or(self.line);
        (number(self.number), number(before.chars().count() + 1))
    }
}

impl<'t> Rows<'t> {
    fn of(source: &Source<'_>, shape: Shape, joint: Joint) -> Self {
        Self {
            shape,
            joint,
            report: source.report(),
            text: String::with_capacity(source.part().0.len() / 2),
            added: 0,
            tally: Tally::default(),
            chunks: Vec::new(),
            row: Row::default(),
            before: "",
            last: None,
            fresh: true,
            place: 0,
        }
    }

    fn walk(&mut self, part: &'t str, first: usize) {
        for ((line, start, end), number) in shape::lines(part).zip(first..) {
            let at = At {
                line,
                number,
                start,
                end,
            };
            match shape::sort(line) {
                Sort::Blank | Sort::Article => self.end(),
                Sort::Row => self.line(at),
            }
        }
        self.end();
    }

    /// Ends a sentence.
    fn end(&mut self) {
        if self.row.end() {
            self.unfinished();
        }
        self.before = "";
        self.fresh = true;
        self.place = 0;
    }

    fn line(&mut self, at: At<'t>) {
        let cut = cut(at.line, self.shape.separator);
        if self.fresh && shape::is_remark(at.line, cut.tag) {
            return;
        }
        let fits = cut.columns == self.shape.columns;
        let tag = if cut.columns == 1 { "" } else { cut.tag };
        if !fits {
            self.miscounted(at, cut.columns);
        }
        let token = if self.shape.indexed {
            self.unindexed(cut.token, at)
        } else {
            cut.token
        };
        if token.is_empty() && fits {
            let message = "the line has a tag but no token";
            let remedy = "put the token before the tag, or take the line out";
            self.report
                .add(Code::MALFORMED, at.place(0), message, remedy);
        }
        let start = self.push(token);
        self.fresh = false;
        if tag == "O" && !self.row.is_open() {
            return;
        }
        let parsed = self.parse(tag, fits, at, cut.tag_at);
        let (step, left) = self.row.next(parsed);
        if left {
            self.unfinished();
        }
        self.last = Some((at, cut.tag_at));
        let (end, line) = (self.text.len(), at.number);
        match step {
            Step::None => {}
            Step::Begins | Step::BeginsOrphan => {
                if step == Step::BeginsOrphan {
                    self.orphan(parsed, tag, at, cut.tag_at);
                }
                self.chunks.push(Chunk {
                    label: parsed.label,
                    start,
                    end,
                    from: at.start,
                    to: at.end,
                    line,
                });
            }
            Step::GoesOn => {
                if let Some(chunk) = self.chunks.last_mut() {
                    // Before its first character no place was known.
                    if chunk.start == chunk.end {
                        chunk.start = start;
                    }
                    chunk.end = end;
                    chunk.to = at.end;
                }
            }
        }
    }

    /// The token without its place.
    fn unindexed(&mut self, token: &'t str, at: At<'t>) -> &'t str {
        shape::unindexed(token, &mut self.place).unwrap_or_else(|| {
            let message = format!(
                "“{}” has no place behind its character as the tokens of most lines have",
                short(token)
            );
            let remedy = "put its place in the word behind it, from 0";
            self.report
                .add(Code::MALFORMED, at.place(0), message, remedy);
            token
        })
    }

    /// Adds a token to the text with what stands before it, and says where it starts.
    fn push(&mut self, token: &'t str) -> usize {
        if token.is_empty() {
            return self.text.len();
        }
        self.tally.add(token);
        let between = if self.before.is_empty() {
            (!self.text.is_empty()).then_some('\n')
        } else {
            self.joint.spaces(self.before, token).then_some(' ')
        };
        if let Some(between) = between {
            self.text.push(between);
            self.added = self.added.saturating_add(1);
        }
        let start = self.text.len();
        self.text.push_str(token);
        self.before = token;
        start
    }

    /// The tag, or what it is read as when it is none.
    fn parse(&mut self, tag: &'t str, fits: bool, at: At<'t>, byte: usize) -> Tag<'t> {
        let outside = Tag {
            part: Part::Outside,
            letter: b'O',
            label: "",
        };
        let scheme = self.shape.scheme;
        match tag::parse(tag) {
            Some(tag) if tag::has(scheme, tag.letter) => tag,
            Some(parsed) => {
                let message = format!("“{}” is no tag of {scheme}", short(tag));
                let remedy = "mend it, or give --scheme to have the tags read otherwise";
                self.report
                    .add(Code::UNKNOWN_TAG, at.place(byte), message, remedy);
                parsed
            }
            // The line is already said to be broken.
            None if tag.is_empty() || !fits => outside,
            None => {
                let message = format!(
                    "“{}” is no tag; expected O, or a letter and a label such as B-{}",
                    short(tag),
                    short(tag)
                );
                let remedy = "give it its letter; it is read as a label without";
                self.report
                    .add(Code::UNKNOWN_TAG, at.place(byte), message, remedy);
                tag::inside(tag)
            }
        }
    }

    fn miscounted(&mut self, at: At<'t>, columns: usize) {
        let message = match columns {
            1 => format!(
                "the line has one column; expected {} as in most lines",
                self.shape.columns
            ),
            _ => format!(
                "the line has {columns} columns; expected {} as in most lines",
                self.shape.columns
            ),
        };
        let remedy = "mend the line: its first column is read as the token, its last as the tag where it is one";
        self.report
            .add(Code::MALFORMED, at.place(0), message, remedy);
    }

    fn orphan(&mut self, parsed: Tag<'t>, tag: &str, at: At<'t>, byte: usize) {
        if self.shape.scheme == Scheme::Iob1 || parsed.letter == 0 {
            return;
        }
        let message = format!(
            "“{}” goes on with a mention that nothing began; it is read as the beginning of one",
            short(tag)
        );
        let rest = tag.get(1..).unwrap_or("");
        let remedy = format!(
            "write B{} here, or give the tag before it this label",
            short(rest)
        );
        self.report
            .add(Code::ORPHAN_TAG, at.place(byte), message, remedy);
    }

    /// Tells of a mention of BIOES or BMES that nothing ended, at its last tag.
    fn unfinished(&mut self) {
        let Some((at, byte)) = self.last else { return };
        if !matches!(self.shape.scheme, Scheme::Bioes | Scheme::Bmes) {
            return;
        }
        let label = self.chunks.last().map_or("", |chunk| chunk.label);
        let label = short(label);
        let message = format!("the mention of {label} is not ended here, and does not go on");
        let remedy = format!("write E-{label}, or S-{label} where it has but one token");
        self.report
            .add(Code::UNFINISHED_TAG, at.place(byte), message, remedy);
    }
}
