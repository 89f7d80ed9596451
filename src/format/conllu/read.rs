//! Articles of CoNLL-U.

use super::annotate::annotate;
use super::brackets::Fields;
use super::words::Words;
use crate::article::{Article, SourceForm};
use crate::format::column::lines;
use crate::format::decode::Decoded;
use crate::format::entry::{ReadOptions, Record, Source, Split, Stretch};
use crate::format::read::{File, ReadError};
use crate::format::record::Made;
use crate::format::report::Report;

const ARTICLE: &str = "# newdoc";
const FIELDS: &str = "# global.Entity";

/// Takes a file apart at its `# newdoc` lines; without one it is one article.
pub(super) fn split(file: &File, options: &ReadOptions) -> Split {
    let text = file.decoded.text.as_str();
    let mut records = Vec::new();
    let (mut start, mut line, mut begun) = (0, 1, false);
    for at in memchr::memmem::find_iter(text.as_bytes(), ARTICLE) {
        let behind = text.as_bytes().get(at + ARTICLE.len());
        let is_line = at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
        if !is_line || behind.is_some_and(|b| !b.is_ascii_whitespace()) {
            continue;
        }
        let before = text.get(start..at).unwrap_or("");
        let count = memchr::memchr_iter(b'\n', before.as_bytes()).count();
        // Remarks above the first article belong to it.
        if begun || has_rows(before) {
            let end = at;
            records.push(Record::One(Stretch { start, end, line }));
            (start, line) = (at, line + count);
        }
        begun = true;
    }
    let end = text.len();
    records.push(Record::One(Stretch { start, end, line }));
    let mut report = Report::of(&file.name, options);
    report.undecodable(&file.decoded);
    Split {
        records,
        found: report.finish(),
        ..Split::default()
    }
}

fn has_rows(part: &str) -> bool {
    lines(part).any(|(line, ..)| !line.is_empty() && !line.starts_with('#'))
}

/// Reads one article.
pub(super) fn read(source: &Source<'_>) -> Result<Article, ReadError> {
    let (part, first) = source.part();
    let mut words = Words::of(source);
    words.fields = fields(source, part);
    words.walk(part, first);
    let mut form = SourceForm {
        added: words.added,
        ..source.file.decoded.form
    };
    if source.index > 0 {
        form.undecodable = 0;
    }
    let text = Decoded {
        text: std::mem::take(&mut words.text),
        form,
        ..Decoded::default()
    };
    let mut made = Made::new(source, text)?;
    if !words.name.is_empty() {
        words.name.clone_into(&mut made.meta.name);
    }
    let (mut builder, layer) = made.builder(source);
    annotate(&mut builder, &made.text, layer, &words.found);
    let annotations = made.finish(builder);
    Ok(made.article(annotations, words.report))
}

/// The fields of brackets: as the article says, else as the file's beginning does.
fn fields<'t>(source: &Source<'t>, part: &'t str) -> Fields<'t> {
    let first = source
        .split
        .records
        .first()
        .and_then(|r| r.stretches().first());
    let text = source.file.decoded.text.as_str();
    // It stands at the top, if anywhere; all of a long first article would be looked through for each other.
    let head = first.and_then(|s| text.get(s.start..text.floor_char_boundary(s.end.min(4096))));
    let head = head.unwrap_or("");
    let said = [part, head].into_iter().find_map(|part| {
        let at = memchr::memmem::find(part.as_bytes(), FIELDS.as_bytes())?;
        let (line, _) = part.get(at..)?.split_once('\n')?;
        line.split_once('=').map(|(_, said)| said)
    });
    said.map(Fields::new).unwrap_or_default()
}
