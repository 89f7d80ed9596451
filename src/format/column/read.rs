//! Articles of columns.

use super::cut::values;
use super::rows::{Chunk, Rows};
use super::shape::{self, Shape, Sort};
use crate::article::{
    Article, Attribute, ByteSpan, LabelId, MentionDraft, SourceForm, Target, Unplaced,
};
use crate::format::decode::Decoded;
use crate::format::entry::{ReadOptions, Record, Source, Split, Stretch};
use crate::format::read::{File, ReadError};
use crate::format::record::Made;
use crate::format::report::Report;

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
    let line_end = shape::line_end(text);
    for at in memchr::memmem::find_iter(text.as_bytes(), shape::ARTICLE) {
        let rest = text.get(at..).unwrap_or("");
        let line = rest.get(..memchr::memchr(line_end, rest.as_bytes()).unwrap_or(rest.len()));
        let starts = at == 0 || text.as_bytes().get(at - 1) == Some(&line_end);
        if !starts || shape::sort(line.unwrap_or("").trim_end()) != Sort::Article {
            continue;
        }
        let before = text.get(from.start..at).unwrap_or("");
        if begun || !before.trim().is_empty() {
            records.push(Record::One(Stretch { end: at, ..from }));
        }
        let lines = memchr::memchr_iter(line_end, text.get(counted..at).unwrap_or("").as_bytes());
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
    // Few labels are looked for faster here than in the builder's map.
    let mut labels: Vec<(&str, LabelId)> = Vec::new();
    for chunk in &rows.chunks {
        let known = labels
            .iter()
            .take(32)
            .find(|(name, _)| *name == chunk.label);
        let label = match known {
            Some((_, label)) => *label,
            None => {
                let label = builder.label(chunk.label);
                if labels.len() < 32 {
                    labels.push((chunk.label, label));
                }
                label
            }
        };
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
    let count = shape
        .columns
        .saturating_sub(if shape.nested { 3 } else { 2 });
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
        let cut = shape.cut(line);
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
