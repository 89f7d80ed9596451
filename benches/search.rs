//! Searching 1 MB and 100 MB, beside plain memmem over the same text in the same run.

#![allow(clippy::unwrap_used)]

mod made;

use std::sync::{Arc, LazyLock};

use divan::Bencher;
use divan::counter::BytesCount;
use kanbao::article::{Annotations, Article, Meta, SourceForm, Text};
use kanbao::search::{Matcher, Query, Search};
use kanbao::text::Pinyin;

const MB: usize = 1_000_000;

static SMALL: LazyLock<Arc<Article>> = LazyLock::new(|| article(made::paragraphs(MB)));
static LARGE: LazyLock<Arc<Article>> = LazyLock::new(|| article(made::paragraphs(100 * MB)));
static LINE: LazyLock<Arc<Article>> =
    LazyLock::new(|| article(made::paragraphs(20 * MB).replace('\n', "")));

const LITERALS: [&str; 6] = [made::NAME, "王建国", "中国", "的", "ipv6", "IPv6"];
const PATTERNS: [&str; 4] = ["王.国", "ipv[46]", r"\d{4}年\d{1,2}月", r"\p{Han}+网，"];

fn main() {
    divan::main();
}

fn article(content: String) -> Arc<Article> {
    Arc::new(Article {
        meta: Meta::default(),
        text: Text::from_lines(content).unwrap(),
        annotations: Annotations::default(),
        diagnostics: Vec::new(),
        form: SourceForm::default(),
    })
}

fn matcher(query: &str, regex: bool) -> Matcher {
    let text = query.to_owned();
    Matcher::new(&Query {
        text,
        regex,
        ..Query::default()
    })
    .unwrap()
}

/// A whole search from the start; the number of hits.
fn search(article: &Arc<Article>, query: &str, regex: bool) -> usize {
    let mut search = Search::new(article.clone(), matcher(query, regex), 0, false);
    let mut hits = 0;
    while let Some(step) = search.step() {
        hits += step.hits.len();
    }
    hits
}

fn bench(bencher: Bencher<'_, '_>, article: &Arc<Article>, query: &str, regex: bool) {
    bencher
        .counter(BytesCount::new(article.text.len()))
        .bench(|| search(article, query, regex));
}

fn plain(bencher: Bencher<'_, '_>, article: &Arc<Article>, query: &str) {
    let hay = article.text.whole().as_bytes();
    bencher
        .counter(BytesCount::new(hay.len()))
        .bench(|| memchr::memmem::find_iter(hay, query).count());
}

#[divan::bench(args = LITERALS)]
fn literal_1mb(bencher: Bencher<'_, '_>, query: &str) {
    bench(bencher, &SMALL, query, false);
}

#[divan::bench(args = LITERALS)]
fn memmem_1mb(bencher: Bencher<'_, '_>, query: &str) {
    plain(bencher, &SMALL, query);
}

#[divan::bench(args = PATTERNS)]
fn regex_1mb(bencher: Bencher<'_, '_>, query: &str) {
    bench(bencher, &SMALL, query, true);
}

#[divan::bench(args = LITERALS, sample_count = 10)]
fn literal_100mb(bencher: Bencher<'_, '_>, query: &str) {
    bench(bencher, &LARGE, query, false);
}

#[divan::bench(args = LITERALS, sample_count = 10)]
fn memmem_100mb(bencher: Bencher<'_, '_>, query: &str) {
    plain(bencher, &LARGE, query);
}

#[divan::bench(args = PATTERNS, sample_count = 5)]
fn regex_100mb(bencher: Bencher<'_, '_>, query: &str) {
    bench(bencher, &LARGE, query, true);
}

#[divan::bench(args = [made::NAME, "王建国", "的"], sample_count = 10)]
fn literal_in_one_paragraph_of_20mb(bencher: Bencher<'_, '_>, query: &str) {
    bench(bencher, &LINE, query, false);
}

#[divan::bench(args = PATTERNS, sample_count = 5)]
fn regex_in_one_paragraph_of_20mb(bencher: Bencher<'_, '_>, query: &str) {
    bench(bencher, &LINE, query, true);
}

/// What is typed is answered at once: the first step of a search in the middle of 100 MB.
#[divan::bench(args = ["王", "王建国", "ipv6"])]
fn first_step_of_100mb(bencher: Bencher<'_, '_>, query: &str) {
    let origin = LARGE.text.len() / 2;
    bencher.bench(|| {
        let mut search = Search::new(LARGE.clone(), matcher(query, false), origin, false);
        search.step().map(|step| step.hits.len())
    });
}

#[divan::bench(args = ["王建国", "ipv6"])]
fn make_ready_literal(query: &str) -> Matcher {
    matcher(query, false)
}

#[divan::bench(args = PATTERNS)]
fn make_ready_regex(query: &str) -> Matcher {
    matcher(query, true)
}

/// What a hostile expression costs until it is refused.
#[divan::bench]
fn refuse_regex() -> bool {
    let text = r"(?:\w{500}){500}".to_owned();
    Matcher::new(&Query {
        text,
        regex: true,
        ..Query::default()
    })
    .is_err()
}

/// Pinyin in all of 100 MB, and what a query costs until it is ready.
#[divan::bench(args = ["wuzhenfenghui", "wzfh", "wangjianguo", "wj"], sample_count = 5)]
fn pinyin_100mb(bencher: Bencher<'_, '_>, query: &str) {
    let pinyin = Pinyin::new(query).unwrap();
    let hay = LARGE.text.whole();
    bencher
        .counter(BytesCount::new(hay.len()))
        .bench(|| pinyin.hits(hay).count());
}

#[divan::bench(args = ["wzfh", "wuzhenfenghui"])]
fn make_ready_pinyin(query: &str) -> Option<Pinyin> {
    Pinyin::new(query)
}
