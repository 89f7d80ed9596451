//! The sources of a library as they are now, for threads that go through all of its articles.

use std::sync::Arc;

use super::error::LoadError;
use super::row::ArticleId;
use super::source::Source;
use crate::article::Article;

/// The sources of a library. Cheap to clone; any number of threads read from it. Nothing that is read is kept.
#[derive(Debug, Clone, Default)]
pub struct Snapshot(Arc<[Source]>);

impl Snapshot {
    pub(super) fn new(sources: impl Iterator<Item = Source>) -> Self {
        Self(sources.collect())
    }

    /// How many articles there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The file of an article, as it was named; empty when there is no such article.
    #[must_use]
    pub fn file(&self, id: ArticleId) -> String {
        let source = self.0.get(id.0 as usize);
        source.map_or_else(String::new, Source::file)
    }

    /// Reads an article, unless `worth` says that this would be in vain. It is asked about the bytes in which the
    /// article's text stands, decoded to UTF-8: the file, or the article's part of a file of many; and not at all where
    /// characters may be written in these bytes by their numbers.
    ///
    /// An error when it cannot be read; then `worth` may not have been asked.
    pub fn read_if(
        &self,
        id: ArticleId,
        worth: &dyn Fn(&[u8]) -> bool,
    ) -> Option<Result<Arc<Article>, LoadError>> {
        match self.0.get(id.0 as usize) {
            Some(source) => source.read_if(worth),
            None => Some(Err(LoadError::NoSuch(id))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use super::*;
    use crate::library::{Asked, Library};

    /// Each letter and digit of an article's text stands in the bytes by which it is judged.
    #[test]
    fn nothing_that_could_be_found_is_passed_over() {
        let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
        let (mut library, _) = Library::open(&[fixtures], &Asked::reading(None));
        library.append(Library::bundled());
        let snapshot = library.snapshot();
        let (mut letters, mut skipped) = (0, 0);
        for number in 0..snapshot.len() {
            let id = ArticleId(number);
            let Some(Ok(article)) = snapshot.read_if(id, &|_| true) else {
                continue;
            };
            let text: BTreeSet<char> = article.text.whole().chars().collect();
            for c in text.into_iter().filter(|c| !c.is_whitespace()) {
                if c.is_ascii() && !c.is_ascii_alphanumeric() {
                    continue;
                }
                let in_it =
                    |bytes: &[u8]| memchr::memmem::find(bytes, c.to_string().as_bytes()).is_some();
                let read = snapshot.read_if(id, &in_it);
                assert!(read.is_some(), "{c} of {}", article.meta.name);
                letters += 1;
            }
            skipped += u32::from(snapshot.read_if(id, &|_| false).is_none());
        }
        assert!(letters > 5000, "{letters}");
        assert!(skipped * 2 > snapshot.len(), "{skipped}");
    }

    #[test]
    fn characters_may_be_written_by_their_numbers() {
        let folder = tempfile::tempdir().unwrap();
        for (name, content, passed) in [
            (
                "a.toml",
                "headline = \"\\u4E2D\"\nparagraphs = [\"x\"]\n",
                false,
            ),
            ("b.txt", "中\\n中", true),
            ("c.txt", "&amp;中 &#20013;", false),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            let (library, said) = Library::open(&[path], &Asked::reading(None));
            assert_eq!(said, []);
            let read = library.snapshot().read_if(ArticleId(0), &|_| false);
            assert_eq!(read.is_none(), passed, "{name}");
        }
    }

    #[test]
    fn what_is_not_there_is_told() {
        let snapshot = Library::bundled().snapshot();
        let read = snapshot.read_if(ArticleId(snapshot.len()), &|_| true);
        assert!(matches!(read, Some(Err(LoadError::NoSuch(_)))));
    }
}
