//! What the tests of the formats in JSON share.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use crate::article::{Article, Target};
use crate::format::{Document, File, Files, Format, Look, Losses, ReadOptions, WriteOptions};

/// All articles of a file.
pub(in crate::format) fn articles(format: Format, text: &str) -> Vec<Article> {
    with(format, text, ReadOptions::default())
}

pub(in crate::format) fn with(format: Format, text: &str, options: ReadOptions) -> Vec<Article> {
    let document = open(format, text, options);
    (0..document.len())
        .map(|index| document.read(index).unwrap())
        .collect()
}

pub(in crate::format) fn open(format: Format, text: &str, options: ReadOptions) -> Document {
    let files = Files {
        main: File::new("x/f.json", text.as_bytes()),
        annotations: None,
    };
    Document::open(format, files, options)
}

/// Line, column and sort of every fault.
pub(in crate::format) fn faults(format: Format, text: &str) -> Vec<(u32, u32, &'static str)> {
    let told = |a: &Article| a.diagnostics.clone();
    let all = articles(format, text);
    let faults: Vec<_> = all.iter().flat_map(told).collect();
    for fault in &faults {
        let mut known = format.codes().iter().chain(&crate::format::Code::COMMON);
        let is_known = known.any(|code| code.name == fault.code);
        assert!(is_known, "not among the codes of the format: {fault}");
    }
    faults.iter().map(|d| (d.line, d.column, d.code)).collect()
}

/// The sorts of faults of a file.
pub(in crate::format) fn codes(format: Format, text: &str) -> BTreeSet<&'static str> {
    faults(format, text).into_iter().map(|f| f.2).collect()
}

/// Label and words of every mention.
pub(in crate::format) fn mentions(article: &Article) -> Vec<(&str, &str)> {
    let made = &article.annotations;
    let told = made.mentions().iter().map(|mention| {
        let words = article.text.slice(mention.hull());
        (made.label_name(mention.label), words)
    });
    told.collect()
}

/// Label and place of every mention without a place.
pub(in crate::format) fn unplaced(article: &Article) -> Vec<(&str, &str)> {
    let made = &article.annotations;
    let told = made.unplaced().iter();
    told.map(|u| (made.label_name(u.label), &*u.place))
        .collect()
}

/// Labels and ends of relations, as words.
pub(in crate::format) fn relations(article: &Article) -> Vec<String> {
    let made = &article.annotations;
    let words = |target: Target| match target {
        Target::Mention(id) => article.text.slice(made.mention(id).unwrap().hull()),
        Target::Unplaced(id) => &*made.unplaced_of(id).unwrap().place,
        _ => "?",
    };
    let told = made.relations().iter().map(|r| {
        let ends: Vec<&str> = r.arguments.iter().map(|a| words(a.target)).collect();
        format!("{} {}", r.label, ends.join(" "))
    });
    told.collect()
}

/// Labels and words of notes, in order.
pub(in crate::format) fn notes(article: &Article) -> Vec<(&str, &str)> {
    let notes = article.annotations.notes().iter();
    let mut notes: Vec<_> = notes.map(|n| (&*n.label, &*n.text)).collect();
    notes.sort_unstable();
    notes
}

/// The articles of a file in the normal form of a format.
pub(in crate::format) fn normal(from: Format, to: Format, text: &str) -> String {
    let [before, between, behind] = to.entry().writer.joined.unwrap();
    let all = articles(from, text);
    let written = all.iter().map(|article| {
        let mut losses = Losses::of(article, to.carries());
        let write = to.entry().writer.write;
        write(article, &WriteOptions::default(), &mut losses).main
    });
    let written: Vec<String> = written.collect();
    format!("{before}{}{behind}", written.join(between))
}

/// What is written is read as it was, and written again alike. Returns it.
pub(in crate::format) fn settled(format: Format, text: &str) -> String {
    let once = normal(format, format, text);
    assert_eq!(
        normal(format, format, &once),
        once,
        "the normal form is no fixed point"
    );
    let (before, after) = (articles(format, text), articles(format, &once));
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.text.whole(), after.text.whole());
        assert_eq!(mentions(before), mentions(after));
        assert_eq!(unplaced(before), unplaced(after));
        assert_eq!(relations(before), relations(after));
        assert_eq!(notes(before), notes(after));
        let layers = |a: &Article| a.annotations.layers().len();
        assert_eq!(layers(before), layers(after));
    }
    once
}

/// The format that a file is taken for.
pub(in crate::format) fn detected(start: &str, whole: bool) -> Option<Format> {
    let look = Look {
        name: "x/f.json",
        start,
        whole,
    };
    crate::format::detect(&look).map(|(format, _)| format)
}
