//! The files of a folder that hold articles.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::asked::Asked;
use super::held::{Opened, open_archive};
use super::natural::natural;
use super::open::Named;
use super::pair::is_of_task;
use super::passed::Passed;
use super::place::{Sort, met};

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The articles, in natural order, folder by folder.
    pub(super) found: Vec<Named>,
    /// How many were passed over.
    pub(super) passed: Passed,
    /// Annotations without a text.
    pub(super) lone: Vec<PathBuf>,
    /// Folders and files that could not be read, and why.
    pub(super) failed: Vec<(PathBuf, io::Error)>,
    /// What is wrong with archives, in one line each.
    pub(super) wrong: Vec<String>,
}

/// Walks a folder and its folders.
///
/// Hidden names are passed over; a link is followed, and what it leads to is entered once, so that a ring of links
/// ends. A NUL in its start makes a file binary, unless it is UTF-16 or packed.
pub(super) fn walk(folder: &Path, asked: &Asked) -> Walk {
    let mut walker = Walker {
        seen: HashSet::new(),
        files: Vec::new(),
        walk: Walk::default(),
    };
    walker.enter(folder);
    let Walker {
        files, mut walk, ..
    } = walker;
    for (file, told) in files.iter().zip(tell(&files, asked)) {
        walk.take(&file.path, told);
    }
    texts_once(&mut walk.found);
    walk
}

/// A file that was met.
struct Met {
    path: PathBuf,
    /// What else is in its folder.
    folder: Arc<Beside>,
}

/// The files of a folder.
struct Beside {
    names: HashSet<OsString>,
    /// Whether some may be annotations of a shared task, for which every text would have to look in sixteen places.
    may_be_task: bool,
}

impl Beside {
    fn new(entries: &[(String, fs::DirEntry)]) -> Self {
        let may_be_task = entries.iter().any(|(name, _)| is_of_task(Path::new(name)));
        let names = entries.iter().map(|(_, entry)| entry.file_name());
        Self {
            names: names.collect(),
            may_be_task,
        }
    }
}

/// What a file turned out to be.
enum Told {
    Sort(Sort),
    Archive(Opened),
}

/// So many files at a time are told by a thread.
const STRIDE: usize = 64;

/// Tells what files are, on all cores, in their order: much of it is waiting for the disk.
fn tell(files: &[Met], asked: &Asked) -> Vec<io::Result<Told>> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut told = Vec::new();
        loop {
            let start = next.fetch_add(STRIDE, Ordering::Relaxed);
            let Some(part) = files.get(start..files.len().min(start + STRIDE)) else {
                return told;
            };
            if part.is_empty() {
                return told;
            }
            let part: Vec<_> = part.iter().map(|file| file.tell(asked)).collect();
            told.push((start, part));
        }
    };
    let mut told = std::thread::scope(|scope| {
        let helpers = cores.min(files.len().div_ceil(STRIDE)).saturating_sub(1);
        let helpers: Vec<_> = (0..helpers).map(|_| scope.spawn(work)).collect();
        let mut told = work();
        for helper in helpers {
            match helper.join() {
                Ok(more) => told.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        told
    });
    told.sort_by_key(|(start, _)| *start);
    told.into_iter().flat_map(|(_, part)| part).collect()
}

impl Met {
    fn tell(&self, asked: &Asked) -> io::Result<Told> {
        asked.seen.fetch_add(1, Ordering::Relaxed);
        let is_there = |other: &Path| {
            let name = other.file_name();
            name.is_some_and(|name| self.folder.names.contains(name)) && other.is_file()
        };
        Ok(
            match met(self.path.clone(), asked, &is_there, self.folder.may_be_task)? {
                Sort::Archive => Told::Archive(open_archive(&self.path, asked)),
                sort => Told::Sort(sort),
            },
        )
    }
}

impl Walk {
    fn take(&mut self, path: &Path, told: io::Result<Told>) {
        match told {
            Ok(Told::Sort(Sort::Article(place))) => self.found.push(Named::Place(place)),
            Ok(Told::Sort(Sort::Part)) => {}
            Ok(Told::Sort(Sort::Lone)) => self.lone.push(path.to_owned()),
            Ok(Told::Archive(opened)) => {
                self.wrong.extend(opened.wrong);
                self.passed.add(opened.passed);
                self.found.extend(opened.held.into_iter().map(Named::Held));
            }
            Ok(Told::Sort(Sort::Binary)) => self.passed.binary += 1,
            Ok(Told::Sort(Sort::Unknown | Sort::Archive)) => self.passed.unknown += 1,
            Err(error) => self.failed.push((path.to_owned(), error)),
        }
    }
}

/// Takes out the texts that annotations in another file bring with them.
fn texts_once(found: &mut Vec<Named>) {
    let brought: HashSet<PathBuf> = found
        .iter()
        .filter_map(|named| match named {
            Named::Place(place) if !place.annotations.is_empty() => Some(place.main.clone()),
            Named::Place(_) | Named::Held(_) => None,
        })
        .collect();
    found.retain(|named| match named {
        Named::Place(place) => !place.annotations.is_empty() || !brought.contains(&place.main),
        Named::Held(_) => true,
    });
}

struct Walker {
    /// The true paths of what was met.
    seen: HashSet<PathBuf>,
    files: Vec<Met>,
    walk: Walk,
}

impl Walker {
    fn enter(&mut self, folder: &Path) {
        let entries = fs::canonicalize(folder).and_then(|real| {
            let is_new = self.seen.insert(real.clone());
            Ok((is_new, real, fs::read_dir(folder)?))
        });
        let (real, entries) = match entries {
            Ok((true, real, entries)) => (real, entries),
            Ok((false, ..)) => return,
            Err(error) => return self.walk.failed.push((folder.to_owned(), error)),
        };
        let mut entries: Vec<(String, fs::DirEntry)> = entries
            .filter_map(Result::ok)
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry))
            .collect();
        let all = entries.len();
        let beside = Arc::new(Beside::new(&entries));
        entries.retain(|(name, _)| !name.starts_with('.'));
        self.walk.passed.hidden += all - entries.len();
        entries.sort_by(|(a, _), (b, _)| natural(a, b));
        for (_, entry) in entries {
            let path = entry.path();
            // Only what is behind a link may be somewhere else than it says.
            let told = entry.file_type().and_then(|own| {
                if own.is_symlink() {
                    let behind = fs::metadata(&path)?.file_type();
                    Ok((behind, fs::canonicalize(&path)?))
                } else {
                    Ok((own, real.join(entry.file_name())))
                }
            });
            match told {
                Ok((sort, _)) if sort.is_dir() => self.enter(&path),
                Ok((sort, real)) if sort.is_file() => {
                    if self.seen.insert(real) {
                        let folder = Arc::clone(&beside);
                        self.files.push(Met { path, folder });
                    }
                }
                // A socket or a pipe would hold the walk for ever.
                Ok(_) => self.walk.passed.unknown += 1,
                Err(error) => self.walk.failed.push((path, error)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;

    #[test]
    fn annotations_bring_the_text_beside_them() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        let json = |source: &str| {
            format!(
                r#"{{"@context": "http://www.w3.org/ns/anno.jsonld", "target": {{"source": "{source}", "selector": []}}}}"#
            )
        };
        for (name, content) in [
            ("a.json", json("http://x/other.txt")),
            ("a.txt", "一段。".to_owned()),
            ("b.json", json("http://x/text.txt?v=2")),
            ("c.json", json("http://x/..%2Fnone")),
            ("d.txt", "二段。".to_owned()),
            ("text.txt", "三段。".to_owned()),
        ] {
            fs::write(at(name), content).unwrap();
        }
        let found = walk(root.path(), &Asked::default()).found;
        let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
        let names: Vec<_> = found
            .iter()
            .map(place)
            .map(|p| (name(&p.main), p.annotations.first().map(|path| name(path))))
            .collect();
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(
            names,
            [
                ("a.txt".to_owned(), some("a.json")),
                ("text.txt".to_owned(), some("b.json")),
                ("c.json".to_owned(), None),
                ("d.txt".to_owned(), None),
            ]
        );
    }

    fn place(named: &Named) -> &crate::library::Place {
        match named {
            Named::Place(place) => place,
            Named::Held(_) => panic!("a file on disk"),
        }
    }

    #[test]
    fn an_ann_of_yedda_is_no_half_of_a_brat_article() {
        let root = tempfile::tempdir().unwrap();
        for (name, content) in [
            ("1.ann", "[@甲#Person*]来。\n"),
            ("1.txt", "甲来。\n"),
            ("2.ann", "T1\tPER 0 1\t甲\n"),
            ("2.txt", "甲来。\n"),
        ] {
            fs::write(root.path().join(name), content).unwrap();
        }
        let found = walk(root.path(), &Asked::default()).found;
        let told = |p: &crate::library::Place| {
            let name = p.main.file_name().unwrap().to_str().unwrap();
            format!("{name} {}", p.format)
        };
        let walked: Vec<_> = found.iter().map(place).map(told).collect();
        assert_eq!(walked, ["1.ann yedda", "1.txt text", "2.txt brat"]);
        let named =
            |name: &str| super::super::place::named(&root.path().join(name), &Asked::default());
        assert_eq!(told(&named("1.ann").unwrap()), "1.ann yedda");
        assert_eq!(told(&named("1.txt").unwrap()), "1.txt text");
        assert_eq!(told(&named("2.ann").unwrap()), "2.txt brat");
    }

    #[test]
    fn the_configuration_of_a_brat_collection_is_read_for_its_articles() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir(at("a")).unwrap();
        for (name, content) in [
            ("annotation.conf", "[entities]\nPerson\n\tMayor\n"),
            ("a/1.txt", "甲来。"),
            ("a/1.ann", "T1\tMayor 0 1\t甲\n"),
        ] {
            fs::write(at(name), content).unwrap();
        }
        let found = walk(root.path(), &Asked::default());
        assert_eq!((found.found.len(), found.passed.unknown), (1, 0));
        let document = place(&found.found[0]).open(&Asked::default()).unwrap();
        let article = document.read(0).unwrap();
        let mention = &article.annotations.mentions()[0];
        assert_eq!(
            article.annotations.kind(mention.label),
            crate::article::Kind::Person
        );
    }

    #[test]
    fn a_walk_takes_text_in_natural_order_and_counts_the_rest() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir_all(at("二/深")).unwrap();
        fs::create_dir_all(at(".git")).unwrap();
        for name in [
            "10.txt",
            "2.txt",
            "二/1.TXT",
            "二/深/无",
            ".hidden.txt",
            ".git/a.txt",
        ] {
            fs::write(at(name), "一段。").unwrap();
        }
        fs::write(at("a.bin"), b"a\0b").unwrap();
        fs::write(at("a.json"), "{}").unwrap();
        let found = walk(root.path(), &Asked::default());
        let names: Vec<_> = found
            .found
            .iter()
            .map(|p| {
                place(p)
                    .main
                    .strip_prefix(root.path())
                    .unwrap()
                    .to_str()
                    .unwrap()
            })
            .collect();
        assert_eq!(names, ["2.txt", "10.txt", "二/1.TXT", "二/深/无"]);
        assert_eq!(
            (
                found.passed.hidden,
                found.passed.binary,
                found.passed.unknown,
                found.failed.len()
            ),
            (2, 1, 1, 0)
        );
    }

    #[test]
    fn a_text_and_its_annotations_are_one_article() {
        let root = tempfile::tempdir().unwrap();
        for name in ["1.txt", "1.ann", "2.txt", "3.ann", "4.toml"] {
            fs::write(root.path().join(name), "headline = '题'").unwrap();
        }
        for (forced, want, lone, unknown) in [
            (None, &["1.txt brat", "2.txt text", "4.toml toml"][..], 1, 0),
            (Some(Format::Brat), &["1.txt brat"], 1, 2),
            (Some(Format::Text), &["1.txt text", "2.txt text"], 0, 3),
            (Some(Format::Toml), &["4.toml toml"], 0, 4),
        ] {
            let found = walk(root.path(), &Asked::reading(forced));
            let names = found.found.iter().map(place).map(|p| {
                let name = p.main.file_name().unwrap().to_str().unwrap();
                assert_eq!(!p.annotations.is_empty(), p.format == Format::Brat);
                format!("{name} {}", p.format)
            });
            assert_eq!(names.collect::<Vec<_>>(), want);
            assert_eq!(
                (found.lone.len(), found.passed.unknown),
                (lone, unknown),
                "{forced:?}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_entered_once_and_a_ring_ends() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir(at("a")).unwrap();
        fs::write(at("a/1.txt"), "一。").unwrap();
        symlink(root.path(), at("a/ring")).unwrap();
        symlink(at("a"), at("b")).unwrap();
        symlink(at("a/1.txt"), at("c.txt")).unwrap();
        symlink(at("gone"), at("d.txt")).unwrap();
        let found = walk(root.path(), &Asked::default());
        assert_eq!(found.found.len(), 1);
        assert_eq!(found.failed.len(), 1, "a link that leads nowhere is said");
    }
}
