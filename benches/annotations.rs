//! 50,000 mentions: building them, and asking which of them touch a screen of text, beside a scan over all.

#![allow(clippy::unwrap_used)]

mod made;

use std::sync::LazyLock;

use divan::Bencher;
use kanbao::article::{Annotations, AnnotationsBuilder, ByteSpan, MentionDraft, MentionId, Text};

const MENTIONS: usize = 50_000;

static TEXT: LazyLock<Text> =
    LazyLock::new(|| Text::from_lines(made::paragraphs(3_000_000)).unwrap());
static DRAFTS: LazyLock<Vec<ByteSpan>> = LazyLock::new(spans);
static ANNOTATIONS: LazyLock<Annotations> = LazyLock::new(|| build(&TEXT, &DRAFTS));

fn main() {
    divan::main();
}

/// Two to six characters each, anywhere, and one over the whole text.
fn spans() -> Vec<ByteSpan> {
    let whole = TEXT.whole();
    let mut chance = made::Chance::new(11);
    let mut spans: Vec<ByteSpan> = (1..MENTIONS)
        .map(|_| {
            let start = whole.floor_char_boundary(chance.below(whole.len() - 40));
            let end = whole.floor_char_boundary(start + 6 + chance.below(12));
            ByteSpan::new(start, end)
        })
        .collect();
    spans.push(ByteSpan::new(0, whole.len()));
    spans
}

fn build(text: &Text, spans: &[ByteSpan]) -> Annotations {
    let mut builder = AnnotationsBuilder::new(text);
    let layer = builder.layer("gold");
    let labels = ["person", "place", "organisation"].map(|name| builder.label(name));
    for (n, span) in spans.iter().enumerate() {
        let draft = MentionDraft {
            layer,
            label: labels[n % labels.len()],
            spans: vec![*span],
            ..MentionDraft::default()
        };
        builder.mention(draft).unwrap();
    }
    let made = builder.finish();
    made.prepare();
    made
}

/// About what a screen shows.
fn screen() -> ByteSpan {
    let middle = TEXT.len() / 2;
    ByteSpan::new(middle, middle + 6_000)
}

#[divan::bench(sample_count = 20)]
fn build_50_000(bencher: Bencher<'_, '_>) {
    let (text, spans) = (&*TEXT, &*DRAFTS);
    bencher.bench(|| build(text, spans));
}

#[divan::bench]
fn touching(bencher: Bencher<'_, '_>) {
    let (annotations, screen) = (&*ANNOTATIONS, screen());
    bencher.bench(|| annotations.touching(screen));
}

#[divan::bench]
fn scan(bencher: Bencher<'_, '_>) {
    let (annotations, screen) = (&*ANNOTATIONS, screen());
    bencher.bench(|| {
        let found = annotations.mentions().iter().zip(0..);
        let found = found.filter(|(mention, _)| mention.touches(screen));
        found.map(|(_, n)| MentionId(n)).collect::<Vec<MentionId>>()
    });
}
