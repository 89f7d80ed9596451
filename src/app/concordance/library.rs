//! The concordance of many articles: all results of a search over the library, or all articles of a name's page. Its
//! lines come in batches; a line's article is opened when one goes to it, and the concordance is kept for coming back.

use std::sync::Arc;

use super::super::body::Gone;
use super::super::find::Find;
use super::super::geometry::{Pane, has_room};
use super::super::message::{Effect, LibraryLines, Ticket};
use super::super::page::Pages;
use super::super::prompt::{Prompt, PromptKind};
use super::super::state::{App, Bound};
use super::ConcordanceView;
use crate::article::ByteSpan;
use crate::library::ArticleId;
use crate::search::concordance::{Concordance, Order};
use crate::search::{MAX_QUERY_CHARS, Matcher, Query, Scope};

/// So many lines are kept at most; each has its context with it.
const MOST_LINES: usize = 300_000;

/// Where the lines come from.
#[derive(Debug)]
pub(super) struct Gathering {
    ticket: Ticket,
    pub(super) query: Query,
    /// Where its lines are from.
    articles: Arc<[ArticleId]>,
    /// Where they were looked for, which is more: all articles of the search whose results these are.
    pub(super) searched: Arc<[ArticleId]>,
    /// The search over the library whose results these are.
    results: Option<Ticket>,
    /// The page from which it was opened.
    pages: Option<Pages>,
    /// How much has been searched, 0 to 100.
    pub(super) percent: u8,
    pub(super) done: bool,
    /// How many lines have come.
    came: usize,
    /// The hit that the cursor begins at, with its article's number, until one moves it.
    pub(super) start: Option<(u32, ByteSpan)>,
    pub(super) moved: bool,
}

/// What a concordance of many articles is to be of.
struct Wanted {
    name: String,
    query: Query,
    articles: Arc<[ArticleId]>,
    searched: Arc<[ArticleId]>,
    results: Option<Ticket>,
    pages: Option<Pages>,
}

impl Wanted {
    fn is_of(&self, of: &Gathering) -> bool {
        // While a search goes on its articles are not known yet.
        let same = self.results.is_some() || self.articles == of.articles;
        same && self.results == of.results && self.query == of.query
    }
}

impl ConcordanceView {
    /// Whether it waits for lines under this ticket.
    fn awaits_part(&self, ticket: Ticket) -> bool {
        let of = self.library.as_ref();
        of.is_some_and(|of| !of.done && of.ticket == ticket)
    }

    /// Takes lines that came, and says whether no more are to come, and how many came so far.
    fn take_lines(&mut self, part: &mut LibraryLines) -> Option<(bool, usize)> {
        let of = self.library.as_mut()?;
        let percent = u64::from(part.searched) * 100 / u64::from(part.total.max(1));
        of.percent = u8::try_from(percent).unwrap_or(100);
        of.came += part.lines.total();
        of.done = part.done || of.came > MOST_LINES;
        if part.lines.total() > 0 {
            self.pending.lines.push(std::mem::take(&mut part.lines));
        }
        Some((of.done, of.came))
    }
}

impl App {
    /// `gk` over the results of a search, or over what was gone to from a concordance of many articles; nothing where it
    /// means the open article.
    pub(super) fn open_library_concordance(&mut self) -> Option<Vec<Effect>> {
        let results = self.list.results();
        let results = results.filter(|_| self.focus == Pane::List || self.walks_results());
        if let Some(found) = results {
            let searched: Arc<[ArticleId]> = match found.within() {
                Some(within) => Arc::clone(within),
                None => (0..self.list.total()).map(ArticleId).collect(),
            };
            let mut articles: Vec<ArticleId> = if found.is_done() {
                found.ids().collect()
            } else {
                searched.to_vec()
            };
            articles.sort_unstable();
            return Some(self.gather_lines(Wanted {
                name: found.query().text.clone(),
                query: found.query().clone(),
                articles: articles.into(),
                searched,
                results: Some(found.ticket()),
                pages: None,
            }));
        }
        let of = self.laid_by.as_ref()?.library.as_ref()?;
        (self.find.as_ref()?.query == of.query).then(|| self.take_up())
    }

    /// `gk` on a name's page: where it is mentioned in all articles of the page.
    pub(in crate::app) fn page_concordance(&mut self) -> Vec<Effect> {
        let Some(pages) = self.pages.take() else {
            return Vec::new();
        };
        let Some(page) = pages.page() else {
            self.pages = Some(pages);
            self.warn("no article with this name has been read so far");
            return Vec::new();
        };
        let base = Query {
            regex: false,
            scope: Scope::Article,
            ..self.query(String::new())
        };
        let names: Vec<&str> = std::iter::once(&page.group.name)
            .chain(&page.aliases)
            .map(String::as_str)
            .collect();
        let (query, taken) = query_of(&names, &base);
        if taken == 0 {
            let name = page.group.name.clone();
            self.pages = Some(pages);
            self.warn(format!("{name} is no name that can be searched for"));
            return Vec::new();
        }
        let mut left_out = Vec::new();
        if taken < names.len() {
            let all = names.len();
            left_out.push(format!("{taken} of {all} names, as many as a query holds"));
        }
        let (told, all) = (page.articles.len(), page.group.articles);
        if told < all as usize {
            left_out.push(format!("the {told} most recent of {all} articles"));
        }
        let mut articles: Vec<ArticleId> = page.articles.iter().map(|one| one.id).collect();
        articles.sort_unstable();
        let articles: Arc<[ArticleId]> = articles.into();
        let mut effects = vec![Effect::CancelNames];
        effects.extend(self.gather_lines(Wanted {
            name: page.group.name.clone(),
            query,
            searched: Arc::clone(&articles),
            articles,
            results: None,
            pages: Some(pages),
        }));
        if !left_out.is_empty() {
            self.warn(format!("only {}", left_out.join("; ")));
        }
        effects
    }

    /// Opens the concordance again that was laid by, or has another one gathered.
    fn gather_lines(&mut self, wanted: Wanted) -> Vec<Effect> {
        let laid = self.laid_by.as_mut().and_then(|view| view.library.as_mut());
        if let Some(of) = laid.filter(|of| wanted.is_of(of)) {
            of.pages = wanted.pages;
            return self.take_up();
        }
        self.laid_by = None;
        self.selection = None;
        let over = self.over.take();
        let ticket = self.ticket();
        let here = self.body.as_ref().zip(self.point());
        let start = here.and_then(|(body, point)| match point.gone {
            Some(Gone::Hit(hit)) => Some((body.id().0, hit)),
            _ => None,
        });
        let effect = Effect::GatherLines {
            ticket,
            query: wanted.query.clone(),
            articles: Arc::clone(&wanted.articles),
        };
        let made = Concordance::new(Order::default(), false);
        let mut view = ConcordanceView::new(wanted.name, made, wanted.query.fold);
        view.over = over;
        view.library = Some(Gathering {
            ticket,
            query: wanted.query,
            articles: wanted.articles,
            searched: wanted.searched,
            results: wanted.results,
            pages: wanted.pages,
            percent: 0,
            done: false,
            came: 0,
            start,
            moved: false,
        });
        view.resize(self.concordance_height());
        self.concordance = Some(view);
        vec![effect]
    }

    /// Shows the concordance again that was laid by, where one was in it.
    fn take_up(&mut self) -> Vec<Effect> {
        self.concordance = self.laid_by.take();
        self.selection = None;
        let (over, height) = (self.over.take(), self.concordance_height());
        if let Some(view) = &mut self.concordance {
            view.over = over;
            view.resize(height);
        }
        self.change_lines(|_| {})
    }

    /// The concordance, shown or laid by, of which this is true.
    pub(super) fn concordance_that(
        &mut self,
        is_it: impl Fn(&ConcordanceView) -> bool,
    ) -> Option<&mut ConcordanceView> {
        let views = self.concordance.iter_mut().chain(&mut self.laid_by);
        views.into_iter().find(|view| is_it(view))
    }

    /// Lines of a concordance of many articles have come. They are put in order where no key waits for it.
    pub(in crate::app) fn lines_gathered(&mut self, mut part: LibraryLines) -> Vec<Effect> {
        let Some(view) = self.concordance_that(|view| view.awaits_part(part.ticket)) else {
            return Vec::new();
        };
        let name = view.name.clone();
        let Some((done, came)) = view.take_lines(&mut part) else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        if done && !part.done {
            effects.push(Effect::CancelLines);
            self.warn(format!(
                "the first {came} hits are shown; a narrower search shows all"
            ));
        } else if done && part.failed > 0 {
            let s = if part.failed == 1 { "" } else { "s" };
            self.warn(format!("{} article{s} could not be read", part.failed));
        }
        if done && came == 0 {
            effects.extend(self.close_concordance());
            self.warn(format!("{name} matches no place in the texts"));
            return effects;
        }
        effects.extend(self.change_lines(|_| {}));
        effects.extend(self.count_others());
        effects
    }

    /// Takes the concordance away, and what is typed and counted for it with it.
    pub(in crate::app) fn drop_concordance(&mut self) -> (Option<ConcordanceView>, Vec<Effect>) {
        let effects = self.drop_counted();
        let is_its = |prompt: &mut Prompt| {
            matches!(prompt.kind, PromptKind::FilterLines | PromptKind::Export)
        };
        if self.concordance.is_some() && self.prompt.take_if(is_its).is_some() {
            self.prompt_error = None;
        }
        (self.concordance.take(), effects)
    }

    /// Closes the concordance for good; one of a name's page leads back there.
    pub(in crate::app) fn close_concordance(&mut self) -> Vec<Effect> {
        let (view, mut effects) = self.drop_concordance();
        let over = view.as_ref().and_then(|view| view.over);
        if let Some(pane) = over.filter(|pane| !has_room(*pane, self.size.0)) {
            (self.over, self.focus) = (Some(pane), pane);
            self.arrange();
        }
        let Some(of) = view.and_then(|view| view.library) else {
            return effects;
        };
        if !of.done {
            effects.push(Effect::CancelLines);
        }
        if of.pages.is_some() {
            self.pages = of.pages;
            self.refill_page();
            effects.extend(self.ask_page());
        }
        effects
    }

    /// Forgets the concordance that was laid by, as another search begins.
    pub(in crate::app) fn drop_laid_by(&mut self) -> Option<Effect> {
        let of = self.laid_by.take()?.library?;
        (!of.done).then_some(Effect::CancelLines)
    }

    /// Opens a line's article at its hit. The concordance is laid by.
    pub(super) fn go_to_library_line(&mut self, number: u32, hit: ByteSpan) -> Vec<Effect> {
        let (view, mut effects) = self.drop_concordance();
        let Some(mut view) = view else {
            return effects;
        };
        view.hold_cursor();
        let query = view.library.as_ref().map(|of| of.query.clone());
        self.laid_by = Some(view);
        self.leave_here();
        self.focus = Pane::Body;
        self.over = None;
        let bound = Bound::Hit(hit, query.unwrap_or_default());
        let id = ArticleId(number);
        if self.body.as_ref().is_some_and(|body| body.id() == id) {
            self.opening = None;
            if let Some(line) = self.list.line_of(id) {
                self.list.go(line);
            }
            self.enter_visit();
            effects.extend(self.arrive_at(bound));
            return effects;
        }
        effects.extend(self.open(id, None));
        self.bound_for = self.opening.map(|opening| (opening.ticket, bound));
        effects
    }

    /// Goes to a hit of the open article, which another search found, and looks for all hits of that search.
    pub(in crate::app) fn arrive_at_hit(&mut self, hit: ByteSpan, query: Query) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(body) = &mut self.body else {
            return Vec::new();
        };
        let text = &body.article().text;
        let origin = hit.start().min(text.len());
        // The file may have changed since it was searched.
        let is_there = text.whole().get(hit.range()).is_some();
        if is_there {
            body.go(Gone::Hit(hit));
        }
        let search = self.begin_find(Find::new(query, false, ticket, origin, !is_there));
        self.sync_sidebar();
        search
    }
}

/// The mentions of an entity of that name, as a query.
fn entity_term(name: &str) -> String {
    let name = name.replace('\\', "\\\\").replace('"', "\\\"");
    format!("entity:\"{name}\"")
}

/// The mentions of all these names, or of as many of them as one query holds, the first ones first, and how many those are.
fn query_of(names: &[&str], base: &Query) -> (Query, usize) {
    let mut query = base.clone();
    let (mut chars, mut taken) = (0, 0);
    for name in names {
        let term = entity_term(name);
        let or = if taken == 0 { "" } else { " OR " };
        let more = or.len() + term.chars().count();
        if chars + more > MAX_QUERY_CHARS {
            continue;
        }
        let alone = Query {
            text: term,
            ..base.clone()
        };
        // A name of nothing that counts would spoil the others.
        if Matcher::new(&alone).is_ok() {
            query.text.push_str(or);
            query.text.push_str(&alone.text);
            chars += more;
            taken += 1;
        }
    }
    (query, taken)
}
