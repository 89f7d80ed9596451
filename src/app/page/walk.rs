//! What keys and the mouse do on a name's page: rows, sections, other names, articles.

use super::{KEPT, Opened, PageTarget};
use crate::action::Action;
use crate::app::body::Gone;
use crate::app::cursor::Cursor;
use crate::app::geometry::Pane;
use crate::app::message::{Effect, Ticket};
use crate::app::overlay::OverlayKind;
use crate::app::state::{App, Bound};
use crate::app::update::rows_of;
use crate::article::MentionId;
use crate::keys::Mode;
use crate::library::ArticleId;
use crate::names::{Key, Measure, Within, fold};

impl App {
    pub(in crate::app) fn act_on_page(
        &mut self,
        action: Action,
        count: Option<u32>,
    ) -> Vec<Effect> {
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
            Action::Concordance => self.page_concordance(),
            Action::Palette => {
                self.open_palette();
                Vec::new()
            }
            Action::Help => {
                self.open_overlay(OverlayKind::Help);
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
            Some(PageTarget::Article(id)) => {
                let mut articles = pages.page().into_iter().flat_map(|page| &page.articles);
                let Some(first) = articles.find(|one| one.id == id).map(|one| one.first) else {
                    return Vec::new();
                };
                self.go_to_article(id, first)
            }
            Some(PageTarget::Name(key)) => self.go_to_name(key),
            Some(PageTarget::Proposal(short, long)) => {
                // The other of the two.
                let own = fold(&short.name) == fold(pages.name());
                self.go_to_name(if own { long } else { short })
            }
            _ => {
                let hint =
                    self.hint_in(Mode::Overlay, Action::NextBlock, "goes to the next section");
                self.say(format!("nothing to open in this row{hint}"));
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
        pages.rows.clear();
        self.refill_page();
        self.ask_page()
    }

    fn page_back(&mut self) -> Vec<Effect> {
        let Some(pages) = &mut self.pages else {
            return Vec::new();
        };
        let Some(before) = pages.before.pop() else {
            let hint = self.hint_in(Mode::Overlay, Action::Cancel, "closes it");
            self.say(format!("the first of the pages{hint}"));
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
        self.over = None;
        self.focus = Pane::Body;
        let mut effects = vec![Effect::CancelNames];
        if let Some(body) = self.body.as_mut().filter(|body| body.id() == id) {
            body.go(Gone::Mention(mention));
            self.sync_sidebar();
            self.stay();
        } else {
            effects.extend(self.open(id, None));
            let bound = Bound::Mention(mention);
            self.bound_for = self.opening.map(|opening| (opening.ticket, bound));
        }
        effects
    }

    /// Goes to that for which an article was opened, if that is what is open now.
    pub(in crate::app) fn arrive(&mut self, ticket: Ticket, id: ArticleId) -> Vec<Effect> {
        let Some((_, bound)) = self.bound_for.take_if(|(of, _)| *of == ticket) else {
            return Vec::new();
        };
        if self.body.as_ref().is_none_or(|body| body.id() != id) {
            return Vec::new();
        }
        self.arrive_at(bound)
    }

    /// Goes to a place of the open article.
    pub(in crate::app) fn arrive_at(&mut self, bound: Bound) -> Vec<Effect> {
        match bound {
            Bound::Mention(mention) => {
                if let Some(body) = &mut self.body {
                    body.go(Gone::Mention(mention));
                }
                self.sync_sidebar();
                Vec::new()
            }
            Bound::Hit(hit, query) => self.arrive_at_hit(hit, query),
        }
    }

    pub(in crate::app) fn cancel_page(&mut self) -> Vec<Effect> {
        if let Some(pages) = &mut self.pages
            && pages.asked.take().is_some()
        {
            return Vec::new();
        }
        self.pages = None;
        vec![Effect::CancelNames]
    }

    pub(in crate::app) fn scroll_page(&mut self, by: i64) {
        if let Some(pages) = &mut self.pages {
            let len = pages.len();
            pages.cursor.scroll(by, len);
        }
    }

    /// A click puts the cursor on a row, one on the cursor's row follows it, one beside the page closes it.
    pub(in crate::app) fn click_page(&mut self, at: (u16, u16)) -> Vec<Effect> {
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
