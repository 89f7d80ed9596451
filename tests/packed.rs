//! Compressed files and archives are read in place.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use crate::command::kanbao;
use kanbao::library::{ArticleId, Asked, Complaint, Library};

const TEXT: &str = "水乡的早晨\n\n　　桥下的船还没有动。\n";
const ANN: &str = "T1\tLOC 0 2\t水乡\n";

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(3);
    let mut to = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default();
        to.start_file(*name, options).unwrap();
        to.write_all(bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut to = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // The writer refuses names that lead out; attackers have other writers.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        to.append(&header, *bytes).unwrap();
    }
    to.into_inner().unwrap()
}

fn folder(files: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(root.path().join(name), bytes).unwrap();
    }
    root
}

fn open(path: &Path) -> (Library, Vec<Complaint>) {
    Library::open(&[PathBuf::from(path)], &Asked::reading(None))
}

/// Names and numbers of mentions.
fn rows(library: &mut Library) -> Vec<(String, u32)> {
    (0..library.len())
        .map(|n| library.row(ArticleId(n)))
        .map(|row| (row.name, row.mentions))
        .collect()
}

#[test]
fn compressed_files_are_known_by_what_is_in_them() {
    let root = folder(&[
        ("1.txt.gz", gz(TEXT.as_bytes())),
        ("1.ann.gz", gz(ANN.as_bytes())),
        ("2.txt.zst", zst(TEXT.as_bytes())),
        ("2.ann", ANN.into()),
        ("3.txt.xz", xz(TEXT.as_bytes())),
        ("4.toml.gz", gz("headline = \"题\"".as_bytes())),
        ("5.bin.gz", gz(b"\0\x01\x02")),
    ]);
    let (mut library, complaints) = open(root.path());
    let all = rows(&mut library);
    let mentions: Vec<u32> = all.iter().map(|(_, n)| *n).collect();
    assert_eq!(mentions, [1, 1, 0, 0], "{all:?}");
    assert!(
        complaints.iter().all(|c| c.message.contains("1 binary")),
        "{complaints:?}"
    );
    for name in ["1.txt.gz", "2.txt.zst", "3.txt.xz"] {
        let (mut library, complaints) = open(&root.path().join(name));
        assert_eq!(complaints, []);
        let article = library.load(ArticleId(0)).unwrap();
        assert_eq!(article.text.whole(), TEXT, "{name}");
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
        "T1\tLOC 0 2\t水乡\nT2\tDAY 3 5\t".as_bytes(),
        b"\xe6\x97\n#1\tNote T1\t\xff\n",
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

/// So many Han, random enough that little of it is packed away.
fn noise(length: usize) -> String {
    let mut seed = 1u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4E00 + (seed >> 16) % 5000).unwrap()
    };
    (0..length).map(|_| next()).collect()
}

/// What is read of a file, and whether it is said to be damaged.
fn read(name: &str, bytes: Vec<u8>) -> Result<(String, bool), String> {
    let root = folder(&[(name, bytes)]);
    let (mut library, complaints) = open(&root.path().join(name));
    if library.is_empty() {
        return Err(format!("{complaints:?}"));
    }
    let article = library
        .load(ArticleId(0))
        .map_err(|error| error.to_string())?;
    let is_damaged = article.diagnostics.iter().any(|d| d.code == "damaged");
    Ok((article.text.whole().to_owned(), is_damaged))
}

/// A frame of Zstandard that is to be skipped.
fn skipped(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    [&[0x5A, 0x2A, 0x4D, 0x18], &length, bytes].concat()
}

#[test]
fn all_parts_of_a_compressed_file_are_read() {
    let (one, two) = ("林小满去风城。\n", "风城下雨了。\n");
    let whole = format!("{one}{two}");
    for (name, pack) in [
        ("a.txt.gz", gz as fn(&[u8]) -> Vec<u8>),
        ("a.txt.zst", zst),
        ("a.txt.xz", xz),
    ] {
        let both = [pack(one.as_bytes()), pack(two.as_bytes())].concat();
        assert_eq!(
            read(name, both.clone()),
            Ok((whole.clone(), false)),
            "{name}"
        );
        // What is none of the format behind it is said.
        let junk = [both, b"junk behind it".to_vec()].concat();
        assert_eq!(read(name, junk), Ok((whole.clone(), true)), "{name}");
    }
    let parallel = [
        skipped(&[9, 0, 0, 0]),
        zst(one.as_bytes()),
        skipped(b""),
        skipped(&[9, 0, 0, 0]),
        zst(two.as_bytes()),
    ];
    assert_eq!(read("a.txt.zst", parallel.concat()), Ok((whole, false)));
    for (name, bytes) in [
        ("a.txt.gz", gz(one.as_bytes())),
        ("a.txt.xz", xz(one.as_bytes())),
    ] {
        let filled = [bytes, vec![0; 512]].concat();
        assert_eq!(read(name, filled), Ok((one.to_owned(), false)), "{name}");
    }
}

#[test]
fn a_file_that_is_cut_is_read_up_to_there() {
    let text = noise(100_000);
    for (name, pack) in [
        ("a.txt.gz", gz as fn(&[u8]) -> Vec<u8>),
        ("a.txt.zst", zst),
        ("a.txt.xz", xz),
    ] {
        let whole = pack(text.as_bytes());
        let mut cut = whole.clone();
        cut.truncate(whole.len() * 3 / 4);
        let (read, is_damaged) = self::read(name, cut).unwrap();
        let read = read.trim_end_matches('\u{FFFD}');
        assert!(is_damaged && text.starts_with(read), "{name}");
        assert!(read.len() > 100_000, "{name}: {}", read.len());
    }
    let mut cut = xz(noise(3_000).as_bytes());
    cut.truncate(cut.len() / 2);
    assert!(read("a.txt.xz", cut).unwrap().0.len() > 3_000);
    let mut cut = zst(TEXT.as_bytes());
    cut.truncate(cut.len() - 12);
    let said = read("a.txt.zst", cut).unwrap_err();
    assert!(said.contains("damaged or cut off"), "{said}");
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
fn what_is_damaged_is_read_as_far_as_it_goes() {
    let text = noise(4000);
    let mut cut = gz(text.as_bytes());
    cut.truncate(cut.len() - 40);
    let mut torn = tar(&[("1.txt", TEXT.as_bytes()), ("2.txt", TEXT.as_bytes())]);
    torn.truncate(512 * 3 + 100);
    let root = folder(&[("a.txt.gz", cut), ("b.tar", torn)]);
    let (mut library, complaints) = open(root.path());
    // The second member is whole but for what fills it up.
    assert_eq!(library.len(), 3, "{complaints:?}");
    let article = library.load(ArticleId(0)).unwrap();
    let read = article.text.whole();
    assert!(
        read.len() > 6000 && read.len() < text.len(),
        "{}",
        read.len()
    );
    let codes: Vec<&str> = article.diagnostics.iter().map(|d| d.code).collect();
    assert!(codes.contains(&"damaged"), "{codes:?}");
    let (_, complaints) = open(&root.path().join("b.tar"));
    assert!(
        complaints.iter().any(|c| c.message.contains("cut off")),
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
fn packed_standard_input_is_unpacked() {
    let read = |bytes: &[u8]| {
        let mut library = Library::from_bytes("standard input", bytes, &Asked::reading(None));
        library
            .load(ArticleId(0))
            .map(|a| a.text.whole().to_owned())
    };
    for bytes in [
        gz(TEXT.as_bytes()),
        zst(TEXT.as_bytes()),
        xz(TEXT.as_bytes()),
    ] {
        assert_eq!(read(&bytes).as_deref(), Ok(TEXT));
    }
    let error = read(&zip(&[("1.txt", TEXT.as_bytes())]))
        .unwrap_err()
        .to_string();
    assert!(error.contains("save it as a file"), "{error}");
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
