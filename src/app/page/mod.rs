//! Pages of names: opened at once with what the open article tells, filled as the library is read, walked from name to
//! name.

mod rows;
mod say;
mod stay;
mod walk;

pub use rows::{PageRow, PageTarget, Ranking, page_rows};

use stay::Place;

use super::cursor::Cursor;
use super::geometry::Pane;
use super::message::{Effect, Ticket};
use super::sheet::{Sheet, SheetRow, Tone};
use super::sidebar::Item;
use super::state::App;
use crate::action::Action;
use crate::desk::NameRule;
use crate::names::{Digest, Key, Page};

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
    pub(super) fn name_page(&mut self) -> Vec<Effect> {
        let key = match self.key_here() {
            Ok(key) => key,
            Err(said) => {
                self.warn(said);
                return Vec::new();
            }
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
        });
        self.refill_page();
        self.ask_page()
    }

    fn key_here(&self) -> Result<Key, &'static str> {
        const NO_NAME: &str = "this line of the sidebar is no name; j and k go to one";
        const NO_MENTION: &str = "no mention at the point; ]m goes to the next one";
        let body = self.body.as_ref().ok_or(NO_MENTION)?;
        let mention = if self.focus == Pane::Sidebar {
            let Some(Item::Entity(id)) = self.sidebar.current() else {
                return Err(NO_NAME);
            };
            let entity = body.article().annotations.entity(id);
            let first = entity.and_then(|entity| entity.mentions().first().copied());
            first.ok_or("this name has no mention in the text")?
        } else {
            self.mention_at_point().ok_or(NO_MENTION)?
        };
        Key::of_mention(body.id(), body.article(), mention).ok_or(NO_MENTION)
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

    pub(super) fn ask_page(&mut self) -> Vec<Effect> {
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
        let was = Place::of(&pages.rows, pages.cursor.line());
        let mut rows: Vec<PageRow> = Vec::new();
        let more = self.rule_faults.len().saturating_sub(FAULTS);
        let more = (more > 0).then(|| format!("{more} more; ! in the article lists all"));
        let mut sheet = Sheet::new(area.width, &manner.options);
        for fault in self.rule_faults.iter().take(FAULTS).chain(&more) {
            sheet.text(Tone::Error, fault);
        }
        let faults = sheet.finish().into_iter();
        rows.extend(faults.map(|row| PageRow { row, target: None }));
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
        if let Some(line) = was.and_then(|was| was.in_rows(&pages.rows)) {
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
        self.rule_faults = faults;
        if let Some(page) = page {
            pages.here.page = Some(*page);
        }
        self.refill_page();
        Vec::new()
    }

    /// The rules have been read at the start: what is wrong with them is said, unless there is something else to say.
    pub(super) fn rules_read(&mut self, faults: Vec<String>) -> Vec<Effect> {
        if let (None, Some(fault)) = (&self.said, faults.first()) {
            let more = match faults.len() - 1 {
                0 => String::new(),
                n => format!(" (and {n} more: !)"),
            };
            self.warn(format!("{fault}{more}"));
        }
        self.rule_faults = faults;
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
}
