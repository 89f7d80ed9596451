//! Archives are folders, read in place.

use std::fs;

use kanbao::library::{ArticleId, Asked, Library};

use crate::command::kanbao;
use crate::packed::{ANN, TEXT, folder, gz, noise, open, rows, tar, xz, zip};

#[test]
fn an_archive_of_the_folder_one_is_in_hides_nothing() {
    let members: [(&str, &[u8]); 4] = [
        ("./1.txt", TEXT.as_bytes()),
        ("./甲/2.txt", TEXT.as_bytes()),
        ("./甲/2.ann", ANN.as_bytes()),
        ("./.hidden.txt", TEXT.as_bytes()),
    ];
    for (name, bytes) in [("a.tar", tar(&members)), ("a.tgz", gz(&tar(&members)))] {
        let root = folder(&[(name, bytes)]);
        let (mut library, complaints) = open(&root.path().join(name));
        let want = [("1", 0), ("2", 1)].map(|(name, n)| (name.to_owned(), n));
        assert_eq!(rows(&mut library), want, "{name}: {complaints:?}");
        assert!(
            complaints.len() == 1 && complaints[0].message.contains("1 hidden"),
            "{complaints:?}"
        );
    }
}

#[test]
fn what_is_converted_of_an_archive_stands_as_what_is_of_a_folder() {
    let record = "{\"text\":\"林小满去风城。\",\"label\":[[0,3,\"PER\"]]}\n".as_bytes();
    let members: [(&str, &[u8]); 3] = [
        ("n.jsonl", record),
        ("a/n.jsonl", record),
        ("b/n.jsonl", record),
    ];
    let root = folder(&[("in.zip", zip(&members)), ("in.tar", tar(&members))]);
    for (name, bytes) in members {
        let path = root.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    for (from, out) in [("in", "0"), ("in.zip", "1"), ("./in.tar", "2")] {
        let out = format!("{out}/");
        let done = kanbao(&["convert", "--to", "brat", from, "-o", &out], root.path());
        assert!(done.status.success(), "{done:?}");
        for name in ["n", "a/n", "b/n"] {
            for ending in ["txt", "ann"] {
                let path = root.path().join(&out).join(format!("{name}.{ending}"));
                assert!(path.is_file(), "{from}: {name}.{ending}");
            }
        }
        let all = fs::read_dir(root.path().join(&out)).unwrap().count();
        assert_eq!(all, 4, "{from}");
    }
}

#[test]
fn both_files_of_a_brat_article_are_copied_from_an_archive() {
    let members: [(&str, &[u8]); 2] = [("1.txt", TEXT.as_bytes()), ("1.ann", ANN.as_bytes())];
    let root = folder(&[("in.zip", zip(&members))]);
    for out in ["o/", "p.txt"] {
        let done = kanbao(
            &["convert", "--to", "brat", "in.zip", "-o", out],
            root.path(),
        );
        assert!(done.status.success(), "{done:?}");
    }
    for name in ["o/1", "p"] {
        for (ending, bytes) in [("txt", TEXT), ("ann", ANN)] {
            let path = root.path().join(format!("{name}.{ending}"));
            assert_eq!(
                fs::read_to_string(path).ok().as_deref(),
                Some(bytes),
                "{name}"
            );
        }
    }
}

#[test]
fn the_encoding_of_a_text_is_that_of_its_annotations() {
    // Bytes that break UTF-8, in so short a file that it looks like another encoding.
    let ann = [
        "T1\tA 0 1\t水\nT2\tA 1 2\t".as_bytes(),
        b"\xe4\xb9\n#1\tAnnotatorNotes T1\t\xff\n",
    ]
    .concat();
    let alone = kanbao::format::decode_bytes(&ann, None).recognised;
    assert_eq!(alone.certainty, kanbao::article::Certainty::Guess);
    let members: [(&str, &[u8]); 2] = [("1.txt", TEXT.as_bytes()), ("1.ann", &ann)];
    let root = folder(&[
        ("1.txt", TEXT.into()),
        ("1.ann", ann.clone()),
        ("a.zip", zip(&members)),
    ]);
    for name in ["1.txt", "a.zip"] {
        let (mut library, _) = open(&root.path().join(name));
        let article = library.load(ArticleId(0)).unwrap();
        let codes: Vec<&str> = article.diagnostics.iter().map(|d| d.code).collect();
        assert!(
            codes.contains(&"undecodable") && !codes.contains(&"encoding"),
            "{name}: {codes:?}"
        );
    }
}

#[test]
fn an_ann_of_yedda_in_an_archive_is_an_article_of_its_own() {
    let members: [(&str, &[u8]); 2] = [
        ("1.ann", "[@甲#Person*]来。\n".as_bytes()),
        ("1.txt", "甲来。\n".as_bytes()),
    ];
    let root = folder(&[("a.zip", zip(&members))]);
    let (mut library, complaints) = open(root.path());
    let counts: Vec<u32> = rows(&mut library).into_iter().map(|(_, n)| n).collect();
    assert_eq!(counts, [1, 0], "{complaints:?}");
}

#[test]
fn no_member_leads_out_of_its_archive() {
    let root = folder(&[(
        "a.tar",
        tar(&[
            ("../../outside.txt", TEXT.as_bytes()),
            ("/etc/absolute.txt", TEXT.as_bytes()),
            ("inside.txt", TEXT.as_bytes()),
        ]),
    )]);
    let (mut library, complaints) = open(&root.path().join("a.tar"));
    assert_eq!(rows(&mut library), [("inside".to_owned(), 0)]);
    assert_eq!(complaints.len(), 2, "{complaints:?}");
    assert!(
        complaints
            .iter()
            .all(|c| c.message.contains("leads out of it"))
    );
}

#[test]
fn a_zip_archive_without_its_directory_is_read() {
    let long = noise(4000);
    let members: [(&str, &[u8]); 3] = [
        ("a/1.txt", TEXT.as_bytes()),
        ("a/1.ann", ANN.as_bytes()),
        ("b.txt", long.as_bytes()),
    ];
    let whole = zip(&members);
    // Its directory is gone, and the end of the last member.
    let cut = whole[..whole.len() * 3 / 4].to_vec();
    let root = folder(&[("a.zip", cut)]);
    let (mut library, complaints) = open(&root.path().join("a.zip"));
    let want = [("1", 1), ("b", 0)].map(|(name, n)| (name.to_owned(), n));
    assert_eq!(rows(&mut library), want, "{complaints:?}");
    assert!(
        complaints.len() == 1 && complaints[0].message.contains("damaged or cut off"),
        "{complaints:?}"
    );
    let article = library.load(ArticleId(1)).unwrap();
    let read = article.text.whole().trim_end_matches('\u{FFFD}');
    assert!(
        read.len() > 3000 && long.starts_with(read),
        "{}",
        read.len()
    );
    assert!(article.diagnostics.iter().any(|d| d.code == "damaged"));
}

#[test]
fn what_needs_a_password_is_said_once() {
    let mut bytes = zip(&[
        ("1.txt", TEXT.as_bytes()),
        ("2.txt", TEXT.as_bytes()),
        ("3.txt", TEXT.as_bytes()),
    ]);
    // The bit for encryption, in the entries of the directory of the first two.
    let entries: Vec<usize> = (0..bytes.len() - 4)
        .filter(|at| bytes[*at..].starts_with(b"PK\x01\x02"))
        .collect();
    for at in &entries[..2] {
        bytes[at + 8] |= 1;
    }
    let root = folder(&[("a.zip", bytes)]);
    let (library, complaints) = open(&root.path().join("a.zip"));
    assert_eq!(library.len(), 1, "{complaints:?}");
    let said = &complaints[0].message;
    assert!(
        complaints.len() == 1
            && said.contains("2 of its members need a password, 1.txt first")
            && said.ends_with("unpack it yourself"),
        "{complaints:?}"
    );
}

#[test]
fn what_an_archive_has_is_read_or_said_to_be_passed_over() {
    let members: [(&str, &[u8]); 6] = [
        ("a.txt", TEXT.as_bytes()),
        ("b.json", b"{}"),
        ("c.txt.gz", &gz(TEXT.as_bytes())),
        ("in.zip", &zip(&[("1.txt", TEXT.as_bytes())])),
        ("x.bin", b"\0\x01"),
        ("__MACOSX/a.txt", TEXT.as_bytes()),
    ];
    let root = folder(&[("a.zip", zip(&members))]);
    for path in [root.path().to_owned(), root.path().join("a.zip")] {
        let (mut library, complaints) = open(&path);
        let names: Vec<String> = rows(&mut library)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["a", "c"]);
        let said = "passed over 1 hidden, 1 binary, 1 that no format recognises, 1 that are archives in an archive";
        assert!(
            complaints.len() == 1 && complaints[0].message.contains(said),
            "{complaints:?}"
        );
    }
}

#[test]
fn a_format_that_is_asked_for_goes_before_the_look_of_members() {
    let members: [(&str, &[u8]); 2] = [
        ("a.txt", "林小满/nr \r\n".as_bytes()),
        ("README.md", "# 说明\n".as_bytes()),
    ];
    let root = folder(&[("a.zip", zip(&members))]);
    let asked = Asked::reading(Some(kanbao::format::Format::Msra));
    for path in [root.path().to_owned(), root.path().join("a.zip")] {
        let (mut library, complaints) = Library::open(&[path], &asked);
        assert_eq!(rows(&mut library).len(), 1, "{complaints:?}");
        assert_eq!(library.row(ArticleId(0)).mentions, 1);
    }
}

#[test]
fn archives_are_folders() {
    let members: [(&str, &[u8]); 6] = [
        ("甲/10.txt", TEXT.as_bytes()),
        ("甲/2.txt", TEXT.as_bytes()),
        ("甲/2.ann", ANN.as_bytes()),
        (".hidden.txt", TEXT.as_bytes()),
        ("a.bin", b"\0\x01"),
        ("题.toml", "headline = \"题\"".as_bytes()),
    ];
    for (name, bytes) in [
        ("a.zip", zip(&members)),
        ("a.tar", tar(&members)),
        ("a.tgz", gz(&tar(&members))),
        ("a.tar.xz", xz(&tar(&members))),
    ] {
        let root = folder(&[(name, bytes)]);
        for path in [root.path().to_owned(), root.path().join(name)] {
            let (mut library, complaints) = open(&path);
            let all = rows(&mut library);
            let want = [("2", 1), ("10", 0), ("题", 0)].map(|(name, n)| (name.to_owned(), n));
            assert_eq!(all, want, "{name}: {complaints:?}");
        }
    }
}

#[test]
fn a_broken_archive_is_said_and_the_rest_is_read() {
    let mut torn = gz(&tar(&[("1.txt", TEXT.as_bytes())]));
    torn.truncate(torn.len() / 2);
    let mut zipped = zip(&[("1.txt", TEXT.as_bytes())]);
    zipped.truncate(zipped.len() - 30);
    let root = folder(&[
        ("0.txt", TEXT.into()),
        ("1.tgz", torn),
        ("2.zip", zipped),
        ("3.txt.gz", gz(TEXT.as_bytes())[..20].to_vec()),
    ]);
    let (mut library, complaints) = open(root.path());
    assert_eq!(library.row(ArticleId(0)).name, "0");
    let said = complaints
        .iter()
        .map(|c| c.message.clone())
        .collect::<Vec<_>>()
        .join("\n");
    assert!(said.contains("2.zip"), "{said}");
    // A library is read without it, and every article of it without a panic.
    for number in 0..library.len() {
        let _ = library.load(ArticleId(number));
    }
}
