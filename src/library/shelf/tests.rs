//! The library over real files.

use std::fs;
use std::path::Path;

use super::*;
use crate::article::Severity;
use crate::format::Format;
use crate::text::{Fold, FoldOptions, Folded};

fn titles(library: &mut Library) -> Vec<String> {
    (0..library.len())
        .map(|n| library.row(ArticleId(n)).title)
        .collect()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    root
}

fn open(root: &Path, names: &[&str], format: Option<Format>) -> (Library, Vec<Complaint>) {
    let paths: Vec<PathBuf> = names.iter().map(|n| root.join(n)).collect();
    Library::open(&paths, &Asked::reading(format))
}

#[test]
fn a_library_can_move_to_a_thread() {
    fn is_send<T: Send>(_: &T) {}
    is_send(&Library::bundled());
}

#[test]
fn every_article_of_the_folder_is_bundled_and_without_fault() {
    let names: Vec<String> = {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("articles");
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names, ARTICLES.map(|(name, _)| name));
    let mut library = Library::bundled();
    for number in 0..library.len() {
        let article = library.load(ArticleId(number)).unwrap();
        assert_eq!(article.diagnostics, [], "{}", article.meta.name);
        assert!(
            article.annotations.mentions().len() > 5,
            "{}",
            article.meta.name
        );
        assert!(!article.annotations.entities().is_empty() && !article.meta.date.is_empty());
    }
}

#[test]
fn the_bundled_articles_hold_what_they_are_searched_for() {
    let mut library = Library::bundled();
    let mut text = String::new();
    let mut mentions = 0;
    for number in 0..library.len() {
        let article = library.load(ArticleId(number)).unwrap();
        text.push_str(article.text.whole());
        text.push('\n');
        let made = &article.annotations;
        let of_gao = made
            .mentions()
            .iter()
            .filter(|m| article.text.slice(m.hull()).contains("高锐"));
        mentions += of_gao.count();
    }
    let mut options = FoldOptions::all(false);
    (options.width, options.case) = (true, true);
    let folded = Folded::new(&text, Fold::new(options));
    let folded = folded.text();
    let count = |needle: &str| folded.matches(needle).count();
    assert_eq!(
        (count("高锐"), count("乌镇峰会"), count("ipv6")),
        (23, 16, 22)
    );
    assert_eq!(count("王正") + count("王 正"), 10);
    assert_eq!(mentions, 20, "three of them are excluded");
}

#[test]
fn the_story_on_two_pages_is_joined() {
    let mut library = Library::bundled();
    let (first, second) = (ArticleId(3), ArticleId(4));
    assert_eq!(library.continuation(first, false), Some(second));
    assert_eq!(library.continuation(second, true), Some(first));
    assert_eq!(library.continuation(first, true), None);
    assert_eq!(library.continuation(second, false), None);
    assert_eq!(library.continuation(ArticleId(99), false), None);
}

#[test]
fn a_continuation_in_the_same_folder_goes_first() {
    let story = [
        ("a/1.toml", "headline = '甲'"),
        ("a/2.toml", "headline = '乙'\ncontinues = '1'"),
        ("b/1.toml", "headline = '丙'"),
        ("b/2.toml", "headline = '丁'\ncontinues = '1'"),
    ];
    let root = folder(&story);
    let (mut library, complaints) = open(root.path(), &["."], None);
    assert_eq!(complaints, []);
    assert_eq!(
        library.continuation(ArticleId(2), false),
        Some(ArticleId(3))
    );
    assert_eq!(library.continuation(ArticleId(3), true), Some(ArticleId(2)));
    assert_eq!(library.continuation(ArticleId(1), true), Some(ArticleId(0)));
}

#[test]
fn a_continuation_is_looked_for_row_by_row() {
    let mut library = Library::bundled();
    let read = |library: &Library| library.items.iter().filter(|i| i.summary.is_some()).count();
    let mut search = Continuing::new(ArticleId(3), false);
    let mut known = 0;
    let found = loop {
        let found = library.look_on(&mut search);
        assert!(read(&library) <= known + 1);
        known = read(&library);
        if let Some(found) = found {
            break found;
        }
    };
    assert_eq!((found, known), (Some(ArticleId(4)), 5));
}

#[test]
fn pairs_are_one_article_however_they_are_named() {
    let pair = [
        ("1.txt", "题\n"),
        ("1.ann", "T1\tX 0 1\t题\n"),
        ("2.ann", ""),
        ("3.txt", "文"),
    ];
    let root = folder(&pair);
    for (names, format, want) in [
        (&["1.txt"][..], None, &[1][..]),
        (&["1.ann"], None, &[1]),
        (&["1.ann", "1.txt", "3.txt"], None, &[1, 0]),
        (&["1.txt"], Some(Format::Text), &[0]),
        (&["1.txt"], Some(Format::Brat), &[1]),
        (&["."], None, &[1, 0]),
    ] {
        let (mut library, complaints) = open(root.path(), names, format);
        let mentions: Vec<u32> = (0..library.len())
            .map(|n| library.row(ArticleId(n)).mentions)
            .collect();
        assert_eq!(mentions, want, "{names:?} {format:?}");
        assert!(complaints.iter().all(|c| c.severity == Severity::Warning));
    }
    for (name, format, said) in [
        ("2.ann", None, "there is no"),
        ("3.txt", Some(Format::Brat), "--format text"),
    ] {
        let (library, complaints) = open(root.path(), &[name], format);
        assert!(
            library.is_empty() && complaints[0].message.contains(said),
            "{complaints:?}"
        );
        assert_eq!(complaints[0].severity, Severity::Error);
    }
}

#[test]
fn what_is_wrong_with_paths_is_said_and_the_rest_is_there() {
    let files = [
        ("d/a.txt", "一。"),
        ("d/.h", ""),
        ("d/x.bin", "\0"),
        ("d/y.json", "{}"),
        ("e/z.json", "{}"),
    ];
    let root = folder(&files);
    let (library, complaints) = open(root.path(), &["gone.txt", "d", "e", "d/x.bin"], None);
    assert_eq!(library.len(), 1);
    let said: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    let want = [
        ("error", "gone.txt"),
        (
            "warning",
            "passed over 1 hidden, 1 binary, 1 that no format recognises",
        ),
        ("warning", "passed over 1 that no format recognises"),
        ("error", "no article in this folder"),
        ("error", "binary file"),
    ];
    assert_eq!(said.len(), want.len(), "{said:?}");
    for (line, (level, part)) in said.iter().zip(want) {
        assert!(line.starts_with(level) && line.contains(part), "{line}");
    }
    let (library, complaints) = open(root.path(), &["d/x.bin"], Some(Format::Text));
    assert_eq!((library.len(), complaints.len()), (1, 0));
}

#[test]
fn a_folder_without_files_of_the_format_that_is_asked_for_says_which_those_are() {
    let root = folder(&[("d/a.dat", "x"), ("d/b.dat", "y")]);
    for (format, said) in [
        (Format::Tei, "--format tei takes files that end in .xml and"),
        (
            Format::Brat,
            "--format brat takes a .txt with an .ann beside it and",
        ),
        (Format::Doccano, "end in .json, .jsonl, .ndjson and"),
    ] {
        let (_, complaints) = open(root.path(), &["d"], Some(format));
        let errors = complaints.iter().filter(|c| c.severity == Severity::Error);
        let errors: Vec<&str> = errors.map(|c| c.message.as_str()).collect();
        assert!(errors.len() == 1 && errors[0].contains(said), "{errors:?}");
    }
}

#[test]
fn an_unreadable_article_has_a_row() {
    let root = folder(&[("a.toml", "headline = 3"), ("b.txt", "文")]);
    let (mut library, _) = open(root.path(), &["a.toml", "b.txt"], None);
    fs::remove_file(root.path().join("b.txt")).unwrap();
    let rows: Vec<Row> = (0..3).map(|n| library.row(ArticleId(n))).collect();
    assert_eq!(
        rows.iter().map(|r| r.problems).collect::<Vec<_>>(),
        [1, 1, 1]
    );
    assert_eq!(
        (rows[0].title.as_str(), rows[1].name.as_str()),
        ("a.toml", "b")
    );
    let said = library.load(ArticleId(0)).unwrap_err().to_string();
    assert!(
        said.contains("a.toml:1:12: `headline` should be a string"),
        "{said}"
    );
    assert!(library.load(ArticleId(1)).is_err() && library.load(ArticleId(9)).is_err());
}

#[test]
fn the_filter_looks_at_what_is_known() {
    let files = [
        (
            "1.toml",
            "headline = 'ＩＰｖ６手册'\ndate = 2023-11-11\npage = '02'\nsection = '要闻'",
        ),
        ("2.toml", "headline = '乌镇'\ndate = 2023-11-12"),
    ];
    let root = folder(&files);
    let (mut library, _) = open(root.path(), &["."], None);
    let filter = |library: &Library, query: &str| -> (Vec<u32>, bool) {
        let found = library.filter(&Filter::new(query, true));
        (found.ids.iter().map(|id| id.0).collect(), found.complete)
    };
    assert_eq!(filter(&library, ""), (vec![0, 1], true));
    assert_eq!(filter(&library, "1.TOML"), (vec![0], false));
    assert_eq!(filter(&library, "ipv6"), (vec![], false));
    assert!(library.summarise_next());
    assert!(library.summarise_next());
    assert!(!library.summarise_next());
    for (query, want) in [
        ("ipv6", &[0][..]),
        ("IPV6 要闻 ０２", &[0]),
        ("2023-11", &[0, 1]),
        ("乌镇　12", &[1]),
        ("ipv6 乌镇", &[]),
        ("wuzh", &[1]),
        ("sc yw", &[0]),
        ("烏鎮", &[1]),
    ] {
        assert_eq!(filter(&library, query), (want.to_vec(), true), "{query}");
    }
}

#[test]
fn standard_input_is_one_article() {
    let mut library = Library::from_bytes(
        "standard input",
        "headline = \"题\"".as_bytes(),
        &Asked::reading(None),
    );
    assert_eq!(titles(&mut library), ["题"]);
    let mut library = Library::from_bytes(
        "standard input",
        "headline = \"题\"".as_bytes(),
        &Asked::reading(Some(Format::Text)),
    );
    assert_eq!(library.row(ArticleId(0)).name, "standard input");
    assert_eq!(
        library.load(ArticleId(0)).unwrap().text.whole(),
        "headline = \"题\""
    );
    let mut library = Library::from_bytes("standard input", b"a\0", &Asked::reading(None));
    assert!(library.load(ArticleId(0)).is_err());
}

#[test]
fn small_articles_are_kept_and_only_the_last_few() {
    let mut library = Library::bundled();
    let first = library.load(ArticleId(0)).unwrap();
    assert!(Arc::ptr_eq(&first, &library.load(ArticleId(0)).unwrap()));
    for number in 1..=u32::try_from(KEPT).unwrap() {
        library.load(ArticleId(number)).unwrap();
    }
    assert!(!Arc::ptr_eq(&first, &library.load(ArticleId(0)).unwrap()));
}
