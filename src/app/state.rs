//! The state as a whole, how it begins, and what drawing asks of it.

use std::sync::Arc;

use super::View;
use super::arrange::ShownCard;
use super::body::{Body, Point};
use super::concordance::ConcordanceView;
use super::find::Find;
use super::gather::Shown;
use super::geometry::{Geometry, Pane};
use super::jumps::Been;
use super::kept::Kept;
use super::list::List;
use super::message::{Effect, Ticket};
use super::mouse::Held;
use super::overlay::Overlay;
use super::page::Pages;
use super::picker::Picker;
use super::prompt::Prompt;
use super::reach::Seeking;
use super::related::Walked;
use super::select::Selection;
use super::sheet::Tone;
use super::sidebar::Sidebar;
use super::standing::WordWanted;
use super::unfiltered::Unfiltered;
use super::views::AskedOfViews;
use crate::article::{Article, ByteSpan, MentionId, Severity};
use crate::config::Config;
use crate::keys::Resolver;
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
    /// What was selected when it was counted last, and how many characters that is.
    pub(super) selected: Option<(ByteSpan, usize)>,
    /// What the mouse's button is held down on.
    pub(super) held: Option<Held>,
    pub(super) prompt: Option<Prompt>,
    pub(super) prompt_error: Option<QueryError>,
    /// What the prompt that filters gives back when it is left.
    pub(super) unfiltered: Option<Unfiltered>,
    pub(super) regex: bool,
    pub(super) seeking: Seeking,
    pub(super) asked_of_views: AskedOfViews,
    pub(super) find: Option<Find>,
    pub(super) kept: Vec<Kept>,
    pub(super) walked: Walked,
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
    pub(super) been: Been,
    /// An address that is being copied, to be shown beside what came of it.
    pub(super) copied_address: Option<String>,
    pub(super) said: Option<Said>,
    pub(super) problems: Vec<(Severity, String)>,
    /// What is wrong with the reader's rules of names, as they were read last.
    pub(super) rule_faults: Vec<String>,
    pub(super) opening: Option<Opening>,
    /// The article that could not be opened, if none has been since.
    pub(super) unopened: Option<ArticleId>,
    /// What is looked for to be opened: the continuation of a jump line.
    pub(super) following: Option<Ticket>,
    pub(super) tickets: u32,
    pub(super) shown_card: ShownCard,
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
            selected: None,
            held: None,
            prompt: None,
            prompt_error: None,
            unfiltered: None,
            regex: false,
            seeking: Seeking::default(),
            asked_of_views: AskedOfViews::default(),
            find: None,
            kept: Vec::new(),
            walked: Walked::default(),
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
            been: Been::default(),
            copied_address: None,
            said: None,
            problems: start.problems.to_vec(),
            rule_faults: Vec::new(),
            opening: None,
            unopened: None,
            following: None,
            tickets: 0,
            shown_card: ShownCard::default(),
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
        effects.push(Effect::ReadNameRules);
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
