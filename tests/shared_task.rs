//! Texts of a BioNLP shared task: annotations in several files beside each other.

use std::fs;
use std::path::Path;

use kanbao::library::ArticleId;

use crate::command::kanbao;
use crate::packed::{folder, gz, open, rows, zip};

const TEXT: &str = "干扰素激活基因。\n基因表达下降。\n";
const GIVEN: &str = "T1\tProtein 0 3\t干扰素\nT2\tGene 5 7\t基因";
const EVENTS: &str = "T3\tActivation 3 5\t激活\nE1\tActivation:T3 Cause:T1 Theme:T2 \nM1\tNegation E1\n*\tEquiv T1 T2\n";
const MORE: &str = "R1\tPart Arg1:T2 Arg2:T1\n";

fn files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("P1.txt", TEXT.into()),
        ("P1.a1", GIVEN.into()),
        ("P1.a2", EVENTS.into()),
        ("P1.rel", MORE.into()),
        ("P2.txt", TEXT.into()),
        ("P2.a1", GIVEN.into()),
    ]
}

#[test]
fn all_files_of_annotations_beside_a_text_are_read() {
    let root = folder(&files());
    let (mut library, complaints) = open(root.path());
    assert_eq!(complaints, []);
    let told = rows(&mut library);
    assert_eq!(told, [("P1".to_owned(), 3), ("P2".to_owned(), 2)]);
    for name in ["P1.txt", "P1.a1", "P1.a2", "P1.rel"] {
        let (mut library, complaints) = open(&root.path().join(name));
        assert_eq!(complaints, []);
        let article = library.load(ArticleId(0)).unwrap();
        let made = &article.annotations;
        assert_eq!(
            (
                made.mentions().len(),
                made.events().len(),
                made.relations().len(),
                made.attributes().len()
            ),
            (3, 1, 1, 1),
            "{name}"
        );
        assert_eq!(article.diagnostics, [], "{name}");
    }
}

#[test]
fn they_may_be_compressed_and_in_archives() {
    let root = folder(&[
        ("P1.txt.gz", gz(TEXT.as_bytes())),
        ("P1.a1.gz", gz(GIVEN.as_bytes())),
        ("P1.a2", EVENTS.into()),
    ]);
    let (mut library, complaints) = open(root.path());
    assert_eq!(complaints, []);
    let mentions = |(_, mentions): (String, u32)| mentions;
    let all: Vec<u32> = rows(&mut library).into_iter().map(mentions).collect();
    assert_eq!(all, [3]);
    let files = files();
    let members: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (*n, b.as_slice())).collect();
    let root = folder(&[("a.zip", zip(&members))]);
    let (mut library, complaints) = open(root.path());
    assert_eq!(complaints, []);
    let all: Vec<u32> = rows(&mut library).into_iter().map(mentions).collect();
    assert_eq!(all, [3, 2]);
}

#[test]
fn what_is_wrong_is_told_of_the_file_in_which_it_stands() {
    let mut files = files();
    files[2].1 = b"T3\tActivation 3 5\t\xE6\xBF\x80\xE6\xB4\xBB\nE1\tActivation:T9\n".to_vec();
    files[3].1 = b"R1\tPart Arg1:T2 Arg2:T7\n".to_vec();
    let root = folder(&files);
    let (mut library, _) = open(&root.path().join("P1.txt"));
    let article = library.load(ArticleId(0)).unwrap();
    let base = |path: &str| Path::new(path).file_name().unwrap().to_owned();
    let told: Vec<_> = article
        .diagnostics
        .iter()
        .map(|d| (base(&d.file), d.line, d.code))
        .collect();
    assert_eq!(
        told,
        [
            ("P1.a2".into(), 2, "dangling"),
            ("P1.rel".into(), 1, "dangling")
        ]
    );
}

#[test]
fn they_are_copied_as_they_are_and_written_anew_as_one() {
    let root = folder(&files());
    let to = tempfile::tempdir().unwrap();
    let out = format!("{}/", to.path().display());
    let out = kanbao(&["convert", "--to", "brat", "-o", &out, "."], root.path());
    assert!(out.status.success(), "{out:?}");
    for (name, bytes) in files() {
        let copied = fs::read(to.path().join(name)).unwrap();
        assert_eq!(copied, bytes, "{name}");
    }
    let to = tempfile::tempdir().unwrap();
    let folder = format!("{}/", to.path().display());
    let out = kanbao(
        &[
            "convert", "--normal", "--to", "brat", "-o", &folder, "P1.a2",
        ],
        root.path(),
    );
    assert!(out.status.success(), "{out:?}");
    let ann = fs::read_to_string(to.path().join("P1.ann")).unwrap();
    let lines: Vec<&str> = ann
        .lines()
        .map(|line| line.split('\t').next().unwrap())
        .collect();
    assert_eq!(lines, ["T1", "T2", "T3", "E1", "R1", "*", "M1"]);
    assert!(!to.path().join("P1.a1").exists());
    let (mut library, _) = open(to.path());
    assert_eq!(rows(&mut library), [("P1".to_owned(), 3)]);
}

#[test]
fn an_ann_goes_before_them_and_without_a_text_they_are_told() {
    let mut files = files();
    files.push(("P1.ann", "T1\tProtein 0 3\t干扰素\n".into()));
    files.push(("P3.a1", GIVEN.into()));
    files.push(("n.txt", TEXT.into()));
    files.push(("n.rel", "甲乙丙\n".into()));
    files.push(("m.txt", TEXT.into()));
    files.push(("m.a1", "甲乙丙\n".into()));
    let root = folder(&files);
    let (mut library, complaints) = open(root.path());
    let told = rows(&mut library);
    let told: Vec<(&str, u32)> = told.iter().map(|(name, n)| (&**name, *n)).collect();
    assert_eq!(told, [("P1", 1), ("P2", 2), ("m", 0), ("n", 0)]);
    let told: Vec<&str> = complaints.iter().map(|c| &*c.message).collect();
    assert!(
        told[0].contains("1 .a1 without a .txt beside it"),
        "{told:?}"
    );
    assert!(told[1].contains("passed over"), "{told:?}");
    let (_, complaints) = open(&root.path().join("P3.a1"));
    assert!(
        complaints[0].message.contains("there is no"),
        "{complaints:?}"
    );
}
