//! Compressed files are read in place.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use kanbao::library::{ArticleId, Asked, Complaint, Library};

pub(crate) const TEXT: &str = "水乡的早晨\n\n　　桥下的船还没有动。\n";
pub(crate) const ANN: &str = "T1\tLOC 0 2\t水乡\n";

pub(crate) fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

pub(crate) fn zst(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

pub(crate) fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(3);
    let mut to = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default();
        to.start_file(*name, options).unwrap();
        to.write_all(bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

pub(crate) fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
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

pub(crate) fn folder(files: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(root.path().join(name), bytes).unwrap();
    }
    root
}

pub(crate) fn open(path: &Path) -> (Library, Vec<Complaint>) {
    Library::open(&[PathBuf::from(path)], &Asked::reading(None))
}

/// Names and numbers of mentions.
pub(crate) fn rows(library: &mut Library) -> Vec<(String, u32)> {
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

/// So many Han, random enough that little of it is packed away.
pub(crate) fn noise(length: usize) -> String {
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

/// The names of the files of a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    let name = |file: fs::DirEntry| file.file_name().into_string().unwrap();
    let mut names: Vec<String> = files.map(|file| name(file.unwrap())).collect();
    names.sort();
    names
}

#[test]
fn compressed_files_are_copied_under_their_names_and_written_anew_under_those_without() {
    let given = "T1\tLOC 0 2\t水乡";
    let more = "R1\tPart Arg1:T1 Arg2:T1\n";
    let (text, ann) = (TEXT.as_bytes(), ANN.as_bytes());
    let shared = [
        ("1.txt.gz", gz(text)),
        ("1.a1.gz", gz(given.as_bytes())),
        ("1.rel.xz", xz(more.as_bytes())),
    ];
    for (files, anew) in [
        (
            &[("1.txt.gz", gz(text)), ("1.ann.gz", gz(ann))][..],
            &["1.ann", "1.txt"],
        ),
        (
            &[("1.txt", text.into()), ("1.a1.gz", gz(ann))],
            &["1.ann", "1.txt"],
        ),
        (
            &[("v1.2.txt.xz", xz(text)), ("v1.2.ann.zst", zst(ann))],
            &["v1.2.ann", "v1.2.txt"],
        ),
        (&shared, &["1.ann", "1.txt"]),
    ] {
        let root = folder(&[]);
        let at = root.path();
        fs::create_dir_all(at.join("in/深")).unwrap();
        for (name, bytes) in files {
            fs::write(at.join("in/深").join(name), bytes).unwrap();
        }
        let told = |arguments: &[&str]| {
            let output =
                crate::command::kanbao(&[&["convert", "--to", "brat"], arguments].concat(), at);
            assert_eq!(output.status.code(), Some(0), "{output:?}");
        };
        told(&["in", "-o", "same/"]);
        for (name, bytes) in files {
            assert_eq!(fs::read(at.join("same/深").join(name)).unwrap(), *bytes);
        }
        assert_eq!(names(&at.join("same/深")).len(), files.len());
        told(&["--normal", "in", "-o", "anew/"]);
        assert_eq!(names(&at.join("anew/深")), anew);
        let first = format!("in/深/{}", files[0].0);
        told(&[&first, "-o", "one.txt"]);
        let (mut library, complaints) = open(&at.join("one.txt"));
        assert_eq!(complaints, []);
        assert_eq!(rows(&mut library), [("one".to_owned(), 1)]);
    }
}

#[test]
fn a_compressed_text_stands_beside_web_annotations() {
    let json = |source: &str| {
        format!(
            r#"{{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "target": {{"source": "{source}", "selector": {{"type": "TextPositionSelector", "start": 0, "end": 2}}}}}}"#
        )
    };
    let text = TEXT.as_bytes();
    let root = folder(&[
        ("a.json.gz", gz(json("http://e.org/a").as_bytes())),
        ("a.txt.gz", gz(text)),
        ("b.json", json("http://e.org/b").into()),
        ("b.txt.xz", xz(text)),
        ("c.json.gz", gz(json("http://e.org/text.txt").as_bytes())),
        ("text.txt.zst", zst(text)),
    ]);
    let (mut library, complaints) = open(root.path());
    assert_eq!(complaints, []);
    let mentions: Vec<u32> = rows(&mut library).into_iter().map(|(_, n)| n).collect();
    assert_eq!(mentions, [1, 1, 1]);
}
