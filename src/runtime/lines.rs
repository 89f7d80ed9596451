//! The lines of a concordance of many articles: each article is read, its hits are set in their contexts, and it is let go.

use super::gather::{Search, go_through};
use crate::app::{Effect, LibraryLines};
use crate::article::{Article, ByteSpan};
use crate::library::{ArticleId, Snapshot};
use crate::search::Matcher;
use crate::search::concordance::{Concordance, Source};

/// Sets all hits of some articles in lines on so many threads, and answers in batches, the last of which says that it is
/// done. Once `is_over` there are no more answers.
pub(super) fn gather_lines(
    library: &Snapshot,
    effect: &Effect,
    threads: usize,
    is_over: &(dyn Fn() -> bool + Sync),
    mut answer: impl FnMut(LibraryLines),
) {
    let Effect::GatherLines {
        ticket,
        query,
        articles,
    } = effect
    else {
        return;
    };
    let Ok(matcher) = Matcher::new(query) else {
        // Whoever asked waits for an end.
        answer(LibraryLines {
            ticket: *ticket,
            done: true,
            ..LibraryLines::default()
        });
        return;
    };
    let search = Search {
        library,
        within: Some(articles),
        worth: &|bytes| matcher.may_be_in(bytes),
        make: &|id, article| {
            let hits = matcher.in_article_unless(article, is_over)?;
            lines_of(library, id, article, &hits)
        },
    };
    go_through(&search, threads, is_over, |at, made| {
        let mut lines = Concordance::default();
        for one in made {
            lines.join(one);
        }
        answer(LibraryLines {
            ticket: *ticket,
            lines,
            searched: at.searched,
            total: at.total,
            failed: at.failed,
            done: at.done,
        });
    });
}

/// The hits of an article in their contexts; nothing when what matches is no place of its text.
fn lines_of(
    library: &Snapshot,
    id: ArticleId,
    article: &Article,
    hits: &[ByteSpan],
) -> Option<Concordance> {
    if hits.is_empty() {
        return None;
    }
    let mut made = Concordance::default();
    let source = Source::of(article, &library.file(id)).numbered(id.0);
    let source = made.add_source(source);
    made.add(source, &article.text, hits);
    Some(made)
}

/// All lines at once.
pub(super) fn all_lines(library: &Snapshot, effect: &Effect) -> Option<LibraryLines> {
    let mut all: Option<LibraryLines> = None;
    gather_lines(library, effect, 1, &|| false, |part| {
        let mut lines = all.take().map(|a| a.lines).unwrap_or_default();
        lines.join(part.lines);
        all = Some(LibraryLines { lines, ..part });
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Ticket;
    use crate::library::Library;
    use crate::search::{Query, Scope};
    use crate::text::Words;

    #[test]
    fn a_query_that_cannot_be_read_has_an_end() {
        let effect = Effect::GatherLines {
            ticket: Ticket(3),
            query: Query::new("(乌镇"),
            articles: [ArticleId(0)].into(),
        };
        let all = all_lines(&Library::bundled().snapshot(), &effect).expect("an answer");
        assert!(all.done && all.lines.total() == 0);
    }

    /// As many as each article by itself has, whichever thread is the first to find some.
    #[test]
    fn all_hits_are_lines_in_the_order_of_the_library() {
        let mut library = Library::bundled();
        let query = Query {
            scope: Scope::Article,
            ..Query::new("乌镇")
        };
        let effect = Effect::GatherLines {
            ticket: Ticket(3),
            query: query.clone(),
            articles: (0..library.len()).rev().map(ArticleId).collect(),
        };
        let matcher = Matcher::new(&query).expect("a query");
        let mut want = Vec::new();
        for number in 0..library.len() {
            let article = library.load(ArticleId(number)).expect("it reads");
            let hits = matcher.in_article(&article).unwrap_or_default();
            want.extend(hits.into_iter().map(|hit| (number, hit)));
        }
        for threads in [1, 3] {
            let (mut made, mut done) = (Concordance::default(), false);
            gather_lines(&library.snapshot(), &effect, threads, &|| false, |part| {
                assert!(!done && part.ticket == Ticket(3));
                made.join(part.lines);
                done = part.done;
            });
            made.arrange(&Words::characters());
            let places: Vec<_> = (0..made.len()).filter_map(|n| made.place_of(n)).collect();
            assert!(done && places.len() > 10);
            assert_eq!(places, want);
        }
    }
}
