//! The state as a whole, how it begins, and what drawing asks of it.

use std::sync::Arc;

use super::View;
use super::body::{Body, Gone, Point, grapheme_at};
use super::concordance::ConcordanceView;
use super::find::Find;
use super::gather::{BeforeLibrary, Reach, Shown};
use super::geometry::{Geometry, Pane};
use super::jumps::Jumps;
use super::kept::Kept;
use super::list::List;
use super::marks::Marks;
use super::message::{Effect, Ticket};
use super::mouse::Held;
use super::overlay::Overlay;
use super::page::Pages;
use super::picker::Picker;
use super::prompt::Prompt;
use super::results::Results;
use super::select::Selection;
use super::sheet::{SheetRow, Tone};
use super::sidebar::{Item, Sidebar};
use super::standing::WordWanted;
use super::visits::Visits;
use crate::article::{Article, ByteSpan, EntityId, MentionId, Severity};
use crate::config::Config;
use crate::keys::{Mode, Next, Resolver};
use crate::library::ArticleId;
use crate::search::{Query, QueryError};
use crate::text::{Profile, Words};
use crate::theme::{Ground, Theme};

/// A line for the reader: how bad it is, and what it says.
pub type Said = (Tone, String);

/// What the core begins with.
#[derive(Debug, Clone, Copy)]
pub struct Start<'a> {
    /// The settings.
    pub config: &'a Config,
    /// How many articles the library has.
    pub articles: u32,
    /// What is wrong with the config and the library, in one line each.
    pub problems: &'a [(Severity, String)],
    /// Columns of the window.
    pub columns: u16,
    /// Rows of the window.
    pub rows: u16,
}

/// An article that has been asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) ticket: Ticket,
    pub(super) id: ArticleId,
    /// The view to go to; nothing: its start.
    pub(super) view: Option<View>,
    /// How it is shown, when it is one of the results.
    pub(super) result: Option<Shown>,
}

/// A place to go to in an article that has been asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bound {
    /// A mention.
    Mention(MentionId),
    /// A hit of a search.
    Hit(ByteSpan, Query),
}

/// What a search goes back to when its prompt is left.
#[derive(Debug, Clone)]
pub(super) struct Before {
    pub(super) view: Option<View>,
    pub(super) find: Option<Find>,
    pub(super) origin: usize,
}

/// The state of the reader.
#[derive(Debug)]
pub struct App {
    pub(super) config: Config,
    /// The name of the theme.
    pub(super) theme: String,
    pub(super) ground: Ground,
    /// What was learned of the terminal's widths.
    pub(super) profile: Profile,
    pub(super) resolver: Resolver,
    pub(super) size: (u16, u16),
    pub(super) geometry: Geometry,
    pub(super) over: Option<Pane>,
    pub(super) focus: Pane,
    pub(super) list: List,
    pub(super) sidebar: Sidebar,
    pub(super) body: Option<Body>,
    pub(super) selection: Option<Selection>,
    /// What the mouse's button is held down on.
    pub(super) held: Option<Held>,
    pub(super) prompt: Option<Prompt>,
    pub(super) prompt_error: Option<QueryError>,
    pub(super) regex: bool,
    pub(super) before: Option<Before>,
    pub(super) reach: Reach,
    pub(super) before_library: Option<BeforeLibrary>,
    /// Whether an article of the results has been shown since they were asked for.
    pub(super) previewed: bool,
    /// The search that is being given a name.
    pub(super) naming: Option<Query>,
    /// The view that one more key deletes.
    pub(super) deleting: Option<String>,
    pub(super) find: Option<Find>,
    pub(super) kept: Vec<Kept>,
    /// The fault that was walked to last, and of which article.
    pub(super) fault: Option<(ArticleId, usize)>,
    pub(super) history: Vec<String>,
    /// The dictionary of words, once it was needed and has come.
    pub(super) words: Option<Arc<Words>>,
    pub(super) words_asked: bool,
    pub(super) word_wanted: Option<WordWanted>,
    pub(super) concordance: Option<ConcordanceView>,
    /// A concordance of many articles, when one has gone to one of its lines.
    pub(super) laid_by: Option<ConcordanceView>,
    pub(super) overlay: Option<Overlay>,
    /// The pages of names that lie over everything.
    pub(super) pages: Option<Pages>,
    /// What to go to once this article is there.
    pub(super) bound_for: Option<(Ticket, Bound)>,
    pub(super) picker: Option<Picker>,
    pub(super) jumps: Jumps,
    pub(super) marks: Marks,
    /// An address that is being copied, to be shown beside what came of it.
    pub(super) copied_address: Option<String>,
    pub(super) visits: Visits,
    pub(super) said: Option<Said>,
    pub(super) problems: Vec<(Severity, String)>,
    pub(super) opening: Option<Opening>,
    pub(super) following: Option<Ticket>,
    pub(super) tickets: u32,
    pub(super) card: Vec<SheetRow>,
    /// What the card is of, and its width.
    pub(super) card_of: Option<(ArticleId, Item, u16)>,
    /// The first row of the card in sight.
    pub(super) card_top: usize,
}

impl App {
    /// The state at the start, and the first things to do: the first article is asked for.
    #[must_use]
    pub fn new(start: Start<'_>) -> (Self, Vec<Effect>) {
        let mut app = Self {
            config: start.config.clone(),
            theme: start.config.theme.on(Ground::default()).to_owned(),
            ground: Ground::default(),
            profile: Profile::default(),
            resolver: Resolver::default(),
            size: (start.columns, start.rows),
            geometry: Geometry::default(),
            over: None,
            focus: Pane::Body,
            list: List::new(start.articles),
            sidebar: Sidebar::default(),
            body: None,
            selection: None,
            held: None,
            prompt: None,
            prompt_error: None,
            regex: false,
            before: None,
            reach: Reach::default(),
            before_library: None,
            previewed: false,
            naming: None,
            deleting: None,
            find: None,
            kept: Vec::new(),
            fault: None,
            history: Vec::new(),
            words: None,
            words_asked: false,
            word_wanted: None,
            concordance: None,
            laid_by: None,
            overlay: None,
            pages: None,
            bound_for: None,
            picker: None,
            jumps: Jumps::default(),
            marks: Marks::default(),
            copied_address: None,
            visits: Visits::default(),
            said: None,
            problems: start.problems.to_vec(),
            opening: None,
            following: None,
            tickets: 0,
            card: Vec::new(),
            card_of: None,
            card_top: 0,
        };
        if let Some((severity, text)) = start.problems.first() {
            let more = match start.problems.len() - 1 {
                0 => String::new(),
                n => format!(" (and {n} more: !)"),
            };
            app.said = Some((tone(*severity), format!("{text}{more}")));
        }
        let mut effects = Vec::new();
        if start.articles > 0 {
            effects.extend(app.open(ArticleId(0), None));
        }
        app.arrange();
        effects.extend(app.list.ask());
        (app, effects)
    }

    /// Where everything stands.
    #[must_use]
    pub const fn geometry(&self) -> &Geometry {
        &self.geometry
    }

    /// The pane that keys go to.
    #[must_use]
    pub const fn focus(&self) -> Pane {
        self.focus
    }

    /// The list of articles.
    #[must_use]
    pub const fn list(&self) -> &List {
        &self.list
    }

    /// The sidebar.
    #[must_use]
    pub const fn sidebar(&self) -> &Sidebar {
        &self.sidebar
    }

    /// The open article.
    #[must_use]
    pub const fn body(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    /// The line that is being typed.
    #[must_use]
    pub const fn prompt(&self) -> Option<&Prompt> {
        self.prompt.as_ref()
    }

    /// What is wrong with it.
    #[must_use]
    pub const fn prompt_error(&self) -> Option<&QueryError> {
        self.prompt_error.as_ref()
    }

    /// Whether searches are regular expressions.
    #[must_use]
    pub const fn is_regex(&self) -> bool {
        self.regex
    }

    /// The search.
    #[must_use]
    pub const fn find(&self) -> Option<&Find> {
        self.find.as_ref()
    }

    /// The concordance, when it lies over the panes.
    #[must_use]
    pub const fn concordance(&self) -> Option<&ConcordanceView> {
        self.concordance.as_ref()
    }

    /// What lies over everything.
    #[must_use]
    pub const fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    /// The pages of names that lie over everything.
    #[must_use]
    pub const fn pages(&self) -> Option<&Pages> {
        self.pages.as_ref()
    }

    /// Whether something lies over everything.
    #[must_use]
    pub const fn is_covered(&self) -> bool {
        self.overlay.is_some()
            || self.pages.is_some()
            || self.picker.is_some()
            || self.concordance.is_some()
    }

    /// The selection.
    #[must_use]
    pub const fn selection(&self) -> Option<Selection> {
        self.selection
    }

    /// What was said last.
    #[must_use]
    pub const fn said(&self) -> Option<&Said> {
        self.said.as_ref()
    }

    /// The theme as the config has it, in all colours.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        self.config.themes.get_or_first(&self.theme)
    }

    /// The article that is being read in, if any.
    #[must_use]
    pub fn opening(&self) -> Option<ArticleId> {
        self.opening.map(|o| o.id)
    }

    /// Whether an answer is awaited that will change what is seen.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.opening.is_some()
            || self.find.as_ref().is_some_and(Find::is_wanting)
            || self.word_wanted.is_some()
            || self.is_arranging()
            || self.list.filter().is_some_and(|f| !f.complete)
            || self.list.results().is_some_and(Results::is_stale)
            || (self.geometry.list.is_some() && self.list.is_waiting())
    }

    /// Whether the next key is meant for what an awaited answer will show: the article that is being opened, the hit
    /// that is being searched for. In a prompt the next key changes the question.
    #[must_use]
    pub fn keys_await_answer(&self) -> bool {
        let preview = |opening: Opening| opening.result.is_some_and(|shown| shown.preview);
        let opening = self.opening.is_some_and(|opening| !preview(opening));
        let searching = self.prompt.is_none()
            && (self.find.as_ref().is_some_and(Find::is_wanting)
                || self.is_arranging()
                || self.list.results().is_some_and(Results::is_stale));
        opening || searching || self.word_wanted.is_some()
    }

    fn is_arranging(&self) -> bool {
        let lines = self.concordance.as_ref();
        lines.is_some_and(ConcordanceView::is_arranging)
    }

    /// Whether a [pause](super::Message::Pause) in typing would decide what was meant.
    #[must_use]
    pub const fn awaits_pause(&self) -> bool {
        self.resolver.awaits_pause()
    }

    /// The keys typed so far and what may follow.
    #[must_use]
    pub fn pending(&self) -> Option<(String, Vec<Next>)> {
        self.resolver.is_pending().then(|| {
            let next = self.resolver.next(&self.config.keymap, self.mode());
            (self.resolver.pending(), next)
        })
    }

    /// The keys that are bound to an action in body, list and sidebar.
    #[must_use]
    pub fn keys_of(&self, action: crate::action::Action) -> Vec<String> {
        self.config.keymap.keys_of(Mode::Body, action)
    }

    /// The first of the keys that are bound to an action in a mode.
    #[must_use]
    pub fn keys_in(&self, mode: Mode, action: crate::action::Action) -> Option<String> {
        self.config.keymap.keys_of(mode, action).into_iter().next()
    }

    /// What the next key is meant for.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        if self.overlay.is_some() || (self.pages.is_some() && self.picker.is_none()) {
            Mode::Overlay
        } else if self.prompt.is_some() {
            Mode::Prompt
        } else if self.picker.is_some() {
            Mode::Picker
        } else if self.concordance.is_some() {
            Mode::Concordance
        } else if self.selection.is_some() {
            Mode::Select
        } else {
            match self.focus {
                Pane::List => Mode::List,
                Pane::Body => Mode::Body,
                Pane::Sidebar => Mode::Sidebar,
            }
        }
    }

    /// The terminal's widths: as they were learned, unless the config says otherwise.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        match self.config.ambiguous {
            Some(ambiguous) => self.profile.with_ambiguous(ambiguous),
            None => self.profile,
        }
    }

    /// The point.
    #[must_use]
    pub fn point(&self) -> Option<Point> {
        self.body.as_ref().and_then(Body::point)
    }

    /// The mention at the point: the one gone to, else the shortest one there that is shown.
    #[must_use]
    pub fn mention_at_point(&self) -> Option<MentionId> {
        let body = self.body.as_ref()?;
        let point = body.point()?;
        let annotations = &body.article().annotations;
        if let Some(Gone::Mention(id)) = point.gone
            && self.sidebar.shows(annotations, id)
        {
            return Some(id);
        }
        let here = grapheme_at(body.article(), point.offset);
        let found = annotations.touching(here);
        found
            .into_iter()
            .filter(|id| self.sidebar.shows(annotations, *id))
            .min_by_key(|id| annotations.mention(*id).map_or(0, |m| m.hull().len()))
    }

    /// The entity whose mentions are set off: the one under the sidebar's cursor, else that of the mention gone to.
    #[must_use]
    pub fn entity_set_off(&self) -> Option<EntityId> {
        if self.geometry.sidebar.is_some() {
            return self.sidebar.entity();
        }
        match self.body.as_ref()?.gone()? {
            Gone::Mention(id) => self.article()?.annotations.mention(id)?.entity,
            _ => None,
        }
    }

    /// The open article.
    #[must_use]
    pub fn article(&self) -> Option<&Article> {
        self.body.as_ref().map(|b| &**b.article())
    }

    pub(super) fn ticket(&mut self) -> Ticket {
        self.tickets = self.tickets.wrapping_add(1);
        Ticket(self.tickets)
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.said = Some((Tone::Plain, text.into()));
    }

    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.said = Some((Tone::Warning, text.into()));
    }
}

pub(super) const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Warning => Tone::Warning,
        Severity::Error => Tone::Error,
    }
}
