//! Reading corpora: bytes to articles with annotations, on one core; and, as a peer, what serde_json takes to make values of
//! the same records, in which nothing is looked at. `cargo bench --bench formats`

use std::fmt::Write as _;

use divan::Bencher;
use divan::counter::BytesCount;
use kanbao::format::{Document, File, Files, Format, ReadOptions};

/// About so many bytes a file.
const SIZE: usize = 8 << 20;

fn main() {
    divan::main();
}

/// Surnames and given names, so that names differ as in news.
const NAMES: [&str; 12] = [
    "林", "方", "石", "安", "青", "云", "晓", "河", "岚", "舟", "满", "远",
];

/// A sentence with a person and a place, and where they stand in it, in code points.
fn sentence(number: usize) -> (String, [(usize, usize, &'static str); 2]) {
    let name = |n: usize| NAMES[n % NAMES.len()];
    let person = format!(
        "{}{}{}",
        name(number),
        name(number / 12),
        name(number / 144)
    );
    let place = format!("{}溪镇", name(number / 7));
    let text =
        format!("记者{person}昨天下午在{place}的茶馆里见到了几位读报的老人，他们谈起今年的收成。");
    (text, [(2, 5, "PER"), (10, 13, "LOC")])
}

fn jsonl(one: impl Fn(&mut String, &str, [(usize, usize, &str); 2])) -> String {
    let mut out = String::with_capacity(SIZE + 1000);
    let mut number = 0;
    while out.len() < SIZE {
        let (text, marks) = sentence(number);
        one(&mut out, &text, marks);
        number += 1;
    }
    out
}

fn made(format: &str) -> String {
    match format {
        "doccano" => jsonl(|out, text, [(a, b, c), (d, e, f)]| {
            let _ = writeln!(
                out,
                "{{\"text\": \"{text}\", \"label\": [[{a}, {b}, \"{c}\"], [{d}, {e}, \"{f}\"]]}}"
            );
        }),
        "spacy" => jsonl(|out, text, [(a, b, c), (d, e, f)]| {
            let _ = writeln!(
                out,
                "{{\"text\": \"{text}\", \"spans\": [{{\"start\": {a}, \"end\": {b}, \"label\": \"{c}\"}}, \
                 {{\"start\": {d}, \"end\": {e}, \"label\": \"{f}\"}}]}}"
            );
        }),
        "cluener" => jsonl(|out, text, [(a, b, _), (d, e, _)]| {
            let part = |from: usize, to: usize| {
                text.chars().skip(from).take(to - from).collect::<String>()
            };
            let (person, place) = (part(a, b), part(d, e));
            let _ = writeln!(
                out,
                "{{\"text\": \"{text}\", \"label\": {{\"name\": {{\"{person}\": [[{a}, {}]]}}, \"address\": {{\"{place}\": [[{d}, {}]]}}}}}}",
                b - 1,
                e - 1
            );
        }),
        "column" => jsonl(|out, text, marks| {
            for (at, c) in text.chars().enumerate() {
                let mark = marks
                    .iter()
                    .find(|(from, to, _)| (*from..*to).contains(&at));
                let _ = match mark {
                    Some((from, _, label)) if *from == at => writeln!(out, "{c}\tB-{label}"),
                    Some((_, _, label)) => writeln!(out, "{c}\tI-{label}"),
                    None => writeln!(out, "{c}\tO"),
                };
            }
            out.push('\n');
        }),
        _ => jsonl(|out, text, marks| {
            let mut at = 0;
            for (from, to, label) in marks {
                let part = |from: usize, to: usize| {
                    text.chars().skip(from).take(to - from).collect::<String>()
                };
                let tag = if label == "PER" { "nr" } else { "ns" };
                let _ = write!(out, "{}/o {}/{tag} ", part(at, from), part(from, to));
                at = to;
            }
            let rest: String = text.chars().skip(at).collect();
            let _ = writeln!(out, "{rest}/o");
        }),
    }
}

#[divan::bench(args = ["doccano", "spacy", "cluener", "column", "msra"], sample_count = 10, sample_size = 1)]
fn reading(bencher: Bencher, name: &str) {
    let text = made(name);
    let format: Format = name.parse().expect("a format");
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let files = Files {
            main: File::new("a", text.as_bytes()),
            annotations: None,
        };
        let document = Document::open(format, files, ReadOptions::default());
        let mut mentions = 0;
        for index in 0..document.len() {
            mentions += document
                .read(index)
                .map_or(0, |a| a.annotations.mentions().len());
        }
        assert!(mentions > 10_000);
        mentions
    });
}

#[divan::bench(args = ["doccano", "spacy", "cluener"], sample_count = 10, sample_size = 1)]
fn values_of_serde_json(bencher: Bencher, name: &str) {
    let text = made(name);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let mut members = 0;
        for line in text.lines() {
            let value: serde_json::Value = serde_json::from_str(line).expect("a record");
            members += value.as_object().map_or(0, serde_json::Map::len);
        }
        assert!(members > 10_000);
        members
    });
}
