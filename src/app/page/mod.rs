//! Pages of names: opened at once with what the open article tells, filled as the library is read, walked from name to
//! name.

mod rows;

pub use rows::{PageRow, PageTarget, Ranking, page_rows};

use super::body::Gone;
use super::cursor::Cursor;
use super::message::{Effect, Ticket};
use super::sheet::{SheetRow, Tone};
use super::sidebar::Item;
use super::state::App;
use super::update::rows_of;
use crate::action::Action;
use crate::article::{EntityId, MentionId};
use crate::desk::NameRule;
use crate::keys::Mode;
use crate::library::ArticleId;
use crate::names::{Digest, Key, Measure, Page, Within, fold};

/// So many pages can be gone back to.
const KEPT: usize = 100;
/// An article with more mentions is read with the others only, as a page opens at once.
const MOST_MENTIONS: usize = 20_000;

/// So many faults of the rules are told on a page.
const FAULTS: usize = 3;

/// A page and where one is on it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Opened {
    key: Key,
    page: Option<Page>,
    line: u32,
}

/// What the reader was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    action: Action,
    rule: NameRule,
}

/// The pages that lie over everything, the last one in sight.
#[derive(Debug)]
pub struct Pages {
    here: Opened,
    before: Vec<Opened>,
    ticket: Ticket,
    percent: u8,
    ranking: Ranking,
    rows: Vec<PageRow>,
    cursor: Cursor,
    asked: Option<Asked>,
    faults: Vec<String>,
}

impl Pages {
    /// The name that the page is of.
    #[must_use]
    pub fn name(&self) -> &str {
        let page = self.here.page.as_ref();
        page.map_or(&self.here.key.name, |page| &page.group.name)
    }

    /// The page, when anything is known.
    #[must_use]
    pub const fn page(&self) -> Option<&Page> {
        self.here.page.as_ref()
    }

    /// Its rows.
    #[must_use]
    pub fn rows(&self) -> &[PageRow] {
        &self.rows
    }

    /// The row that is pointed at, and which are in sight.
    #[must_use]
    pub const fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// How much of the library has been read, 0 to 100.
    #[must_use]
    pub const fn percent(&self) -> u8 {
        self.percent
    }

    fn len(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    fn target(&self) -> Option<&PageTarget> {
        self.rows.get(self.cursor.line() as usize)?.target.as_ref()
    }

    /// The line of the next section, or of the one before.
    fn section(&self, forwards: bool) -> Option<u32> {
        let here = self.cursor.line() as usize;
        let heads = self.rows.iter().enumerate();
        let mut heads = heads.filter(|(_, row)| row.target == Some(PageTarget::Section));
        let found = if forwards {
            heads.find(|(n, _)| *n > here)
        } else {
            heads.take_while(|(n, _)| *n < here).last()
        };
        let line = found.map(|(n, _)| n).or((!forwards).then_some(0))?;
        u32::try_from(line).ok()
    }
}

impl App {
    /// `gp`: the page of the mention at the point, or of the entity under the sidebar's cursor.
    pub(super) fn open_name_page(&mut self) -> Vec<Effect> {
        let Some(key) = self.key_here() else {
            self.warn("no name at the point; ]m goes to the next one");
            return Vec::new();
        };
        self.selection = None;
        let page = self.page_of_article(&key);
        self.pages = Some(Pages {
            here: Opened { key, page, line: 0 },
            before: Vec::new(),
            ticket: Ticket::default(),
            percent: 0,
            ranking: Ranking::default(),
            rows: Vec::new(),
            cursor: Cursor::default(),
            asked: None,
            faults: Vec::new(),
        });
        self.refill_page();
        self.ask_page()
    }

    fn key_here(&self) -> Option<Key> {
        let body = self.body.as_ref()?;
        let of_entity = |id: EntityId| {
            let entity = body.article().annotations.entity(id)?;
            entity.mentions().first().copied()
        };
        let mention = match self.sidebar.current() {
            Some(Item::Entity(id)) if self.mode() == Mode::Sidebar => of_entity(id),
            _ => self.mention_at_point(),
        };
        Key::of_mention(body.id(), body.article(), mention?)
    }

    /// What the open article tells of a name.
    fn page_of_article(&self, key: &Key) -> Option<Page> {
        let body = self.body.as_ref()?;
        let article = body.article();
        if article.annotations.mentions().len() > MOST_MENTIONS {
            return None;
        }
        Page::of_article(&Digest::of(body.id(), article), key, &[])
    }

    fn ask_page(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(pages) = &mut self.pages else {
            return Vec::new();
        };
        pages.ticket = ticket;
        let key = pages.here.key.clone();
        vec![Effect::IndexNames { ticket, key }]
    }

    /// Sets the rows anew, as the page, the width or the ranking has changed. The cursor stays on what it was on.
    pub(super) fn refill_page(&mut self) {
        let area = self.overlay_area();
        let (_, manner) = self.column();
        let Some(pages) = &mut self.pages else { return };
        let was = pages.target().cloned();
        let mut rows: Vec<PageRow> = Vec::new();
        let more = pages.faults.len().saturating_sub(FAULTS);
        let more = (more > 0).then(|| format!("{more} more; kanbao entities tells all"));
        for fault in pages.faults.iter().take(FAULTS).chain(&more) {
            let parts = vec![(Tone::Error, fault.clone())];
            let row = SheetRow { parts, link: None };
            rows.push(PageRow { row, target: None });
        }
        match &pages.here.page {
            Some(page) => rows.extend(page_rows(page, pages.ranking, area.width, &manner.options)),
            None => {
                let said = if pages.percent < 100 {
                    "nothing so far"
                } else {
                    "no article that can be read has this name"
                };
                let parts = vec![(Tone::Plain, said.to_owned())];
                let row = SheetRow { parts, link: None };
                rows.push(PageRow { row, target: None });
            }
        }
        pages.rows = rows;
        let len = pages.len();
        pages.cursor.resize(area.height, len);
        let same = was.filter(|target| *target != PageTarget::Section);
        let same = same.and_then(|was| {
            pages
                .rows
                .iter()
                .position(|row| row.target.as_ref() == Some(&was))
        });
        if let Some(line) = same.and_then(|line| u32::try_from(line).ok()) {
            pages.cursor.go(line, len);
        }
    }

    pub(super) fn page_came(
        &mut self,
        ticket: Ticket,
        page: Option<Box<Page>>,
        percent: u8,
        faults: Vec<String>,
    ) -> Vec<Effect> {
        let Some(pages) = self.pages.as_mut().filter(|pages| pages.ticket == ticket) else {
            return Vec::new();
        };
        pages.percent = percent;
        pages.faults = faults;
        if let Some(page) = page {
            pages.here.page = Some(*page);
        }
        self.refill_page();
        Vec::new()
    }

    pub(super) fn names_indexed(&mut self, ticket: Ticket, percent: u8) -> Vec<Effect> {
        if let Some(pages) = self.pages.as_mut().filter(|pages| pages.ticket == ticket) {
            pages.percent = percent;
        }
        Vec::new()
    }

    /// The rules have been written; the page follows them.
    pub(super) fn names_kept(&mut self, text: String) -> Vec<Effect> {
        self.say(text);
        self.ask_page()
    }

    pub(super) fn act_on_page(&mut self, action: Action, count: Option<u32>) -> Vec<Effect> {
        let height = self.overlay_area().height;
        let Some(pages) = &mut self.pages else {
            return Vec::new();
        };
        let asked = pages.asked.take();
        if let Some(by) = rows_of(action, count, height) {
            let len = pages.len();
            pages.cursor.step(by, len);
            return Vec::new();
        }
        match action {
            Action::NextBlock | Action::PreviousBlock => {
                let len = pages.len();
                if let Some(line) = pages.section(action == Action::NextBlock) {
                    // The section is seen, and not its head alone.
                    pages
                        .cursor
                        .go(line.saturating_add(u32::from(height) / 2), len);
                    pages.cursor.go(line, len);
                }
                Vec::new()
            }
            Action::ToggleMeasure => {
                pages.ranking.measure = match pages.ranking.measure {
                    Measure::LogLikelihood => Measure::MutualInformation,
                    Measure::MutualInformation => Measure::LogLikelihood,
                };
                self.refill_page();
                Vec::new()
            }
            Action::ToggleWithin => {
                pages.ranking.within = match pages.ranking.within {
                    Within::Paragraph => Within::Article,
                    Within::Article => Within::Paragraph,
                };
                self.refill_page();
                Vec::new()
            }
            Action::Follow => self.follow_on_page(),
            Action::Back => self.page_back(),
            Action::MergeNames | Action::SplitNames => self.say_of_names(action, asked),
            _ => Vec::new(),
        }
    }

    fn follow_on_page(&mut self) -> Vec<Effect> {
        let Some(pages) = &mut self.pages else {
            return Vec::new();
        };
        match pages.target().cloned() {
            Some(PageTarget::Article(n)) => {
                let article = pages.page().and_then(|page| page.articles.get(n));
                let Some((id, first)) = article.map(|article| (article.id, article.first)) else {
                    return Vec::new();
                };
                self.go_to_article(id, first)
            }
            Some(PageTarget::Name(key)) => self.go_to_name(key),
            Some(PageTarget::Proposal(n)) => {
                let page = pages.page();
                let name = page.map(|page| page.group.name.clone()).unwrap_or_default();
                let Some(one) = page.and_then(|page| page.proposals.get(n)) else {
                    return Vec::new();
                };
                // The other of the two.
                let own = fold(&one.short.name) == fold(&name);
                let key = if own { &one.long } else { &one.short };
                let key = key.clone();
                self.go_to_name(key)
            }
            _ => {
                self.say("nothing to open in this row; } goes to the next section");
                Vec::new()
            }
        }
    }

    fn go_to_name(&mut self, key: Key) -> Vec<Effect> {
        let page = self.page_of_article(&key);
        let Some(pages) = &mut self.pages else {
            return Vec::new();
        };
        pages.here.line = pages.cursor.line();
        let here = Opened { key, page, line: 0 };
        pages.before.push(std::mem::replace(&mut pages.here, here));
        if pages.before.len() > KEPT {
            pages.before.remove(0);
        }
        pages.cursor = Cursor::default();
        self.refill_page();
        self.ask_page()
    }

    fn page_back(&mut self) -> Vec<Effect> {
        let Some(pages) = &mut self.pages else {
            return Vec::new();
        };
        let Some(before) = pages.before.pop() else {
            self.say("the first of the pages; Esc closes it");
            return Vec::new();
        };
        let line = before.line;
        pages.here = before;
        pages.rows.clear();
        self.refill_page();
        if let Some(pages) = &mut self.pages {
            let len = pages.len();
            pages.cursor.go(line, len);
        }
        self.ask_page()
    }

    /// Opens an article at a mention, and leaves the pages.
    fn go_to_article(&mut self, id: ArticleId, mention: MentionId) -> Vec<Effect> {
        self.pages = None;
        self.leave_here();
        let mut effects = vec![Effect::CancelNames];
        if let Some(body) = self.body.as_mut().filter(|body| body.id() == id) {
            body.go(Gone::Mention(mention));
            self.sync_sidebar();
        } else {
            effects.extend(self.open(id, None));
            self.bound_for = self.opening.map(|opening| (opening.ticket, mention));
        }
        effects
    }

    /// Goes to the mention for which an article was opened.
    pub(super) fn arrive(&mut self, ticket: Ticket) {
        let Some((_, mention)) = self.bound_for.take_if(|(of, _)| *of == ticket) else {
            return;
        };
        if let Some(body) = &mut self.body {
            body.go(Gone::Mention(mention));
        }
        self.sync_sidebar();
    }

    /// `m` and `x`: asks once, and does it when it is pressed again.
    fn say_of_names(&mut self, action: Action, asked: Option<Asked>) -> Vec<Effect> {
        let rule = match self.rule_here(action == Action::MergeNames) {
            Ok(rule) => rule,
            Err(said) => {
                self.warn(said);
                return Vec::new();
            }
        };
        if asked.is_some_and(|asked| asked.action == action && asked.rule == rule) {
            return vec![Effect::KeepNames(rule)];
        }
        let keys = self.config.keymap.keys_of(Mode::Overlay, action);
        let key = keys.first().map_or("", String::as_str);
        let names = rule.names.join("、");
        let said = match (rule.same, &*rule.articles) {
            (true, _) if rule.names.len() == 1 => {
                format!("{names} is one, whatever its references")
            }
            (true, _) => format!("{names} are one"),
            (false, []) => format!("{names} are not one"),
            (false, articles) => format!("{names} is somebody else in {}", articles.join(", ")),
        };
        self.say(format!("{key} again: {said}; any other key: no"));
        if let Some(pages) = &mut self.pages {
            pages.asked = Some(Asked { action, rule });
        }
        Vec::new()
    }

    /// What is to be said of the names in the cursor's row.
    fn rule_here(&self, same: bool) -> Result<NameRule, &'static str> {
        const NOTHING: &str = "names are merged at “May be one”, split there, at “Brought together” and at an article";
        let pages = self.pages.as_ref().ok_or(NOTHING)?;
        let page = pages.page().ok_or(NOTHING)?;
        let mut rule = NameRule {
            same,
            names: Vec::new(),
            kind: Some(page.group.kind),
            articles: Vec::new(),
        };
        let (one, other) = match (pages.target(), same) {
            (Some(PageTarget::Proposal(n)), _) => {
                let one = page.proposals.get(*n).ok_or(NOTHING)?;
                (one.short.name.clone(), one.long.name.clone())
            }
            (Some(PageTarget::Join(n)), false) => {
                let join = page.joins.get(*n).ok_or(NOTHING)?;
                (join.one.clone(), join.other.clone())
            }
            (Some(PageTarget::Article(n)), false) => {
                let article = page.articles.get(*n).ok_or(NOTHING)?;
                let names = std::iter::once(&page.group.name).chain(&page.aliases);
                rule.names = names.cloned().collect();
                rule.articles = vec![article.name.clone()];
                return Ok(rule);
            }
            _ => return Err(NOTHING),
        };
        let alike = fold(&one) == fold(&other);
        if alike && !same {
            return Err("both read alike; at an article this name is set apart there");
        }
        rule.names.push(one);
        if !alike {
            rule.names.push(other);
        }
        Ok(rule)
    }

    pub(super) fn cancel_page(&mut self) -> Vec<Effect> {
        if let Some(pages) = &mut self.pages
            && pages.asked.take().is_some()
        {
            return Vec::new();
        }
        self.pages = None;
        vec![Effect::CancelNames]
    }

    pub(super) fn scroll_page(&mut self, by: i64) {
        if let Some(pages) = &mut self.pages {
            let len = pages.len();
            pages.cursor.scroll(by, len);
        }
    }

    /// A click puts the cursor on a row, one on the cursor's row follows it, one beside the page closes it.
    pub(super) fn click_page(&mut self, at: (u16, u16)) -> Vec<Effect> {
        let area = self.overlay_area();
        if !(area.x.saturating_sub(1)..=area.right()).contains(&at.0) {
            return self.cancel_page();
        }
        let Some(pages) = &mut self.pages else {
            return Vec::new();
        };
        pages.asked = None;
        let Some(row) = at.1.checked_sub(area.y).filter(|row| *row < area.height) else {
            return Vec::new();
        };
        let line = pages.cursor.top() + u32::from(row);
        if line >= pages.len() {
            return Vec::new();
        }
        if line == pages.cursor.line() {
            return self.follow_on_page();
        }
        let len = pages.len();
        pages.cursor.go(line, len);
        Vec::new()
    }
}
