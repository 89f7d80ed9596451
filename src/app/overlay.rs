//! What lies over everything: help and the list of problems.

use super::sheet::{Sheet, SheetRow, Tone};
use super::state::App;
use super::update::rows_of;
use crate::action::Action;
use crate::article::{Diagnostic, Severity};
use crate::keys::{Keymap, Mode, help_table, keys_of_mode};
use crate::typeset::Options;

/// Column at which help begins behind the keys.
const HELP_COLUMN: u16 = 26;

/// Which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverlayKind {
    /// All keys.
    Help,
    /// What is wrong with the article, the library and the config.
    Problems,
}

/// An open overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    /// Which one.
    pub kind: OverlayKind,
    /// Its rows.
    pub rows: Vec<SheetRow>,
    /// The first row in sight.
    pub top: usize,
    /// Where it was opened, whose keys help tells first.
    from: Place,
    /// What it covers and leads back to.
    below: Option<Box<Self>>,
}

/// Where the reader was when an overlay was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a mode.
    In(Mode),
    /// On a name's page, which has its keys with help and the list of problems.
    Page,
}

impl Place {
    /// The heading over its keys; nothing where all that is bound there stands in the table of all keys.
    const fn heading(self) -> Option<&'static str> {
        match self {
            Self::Page => Some("On a name's page"),
            Self::In(Mode::Overlay) => Some("In the list of problems"),
            Self::In(Mode::Concordance) => Some("In the concordance"),
            Self::In(Mode::Picker) => Some("In a list to choose from"),
            Self::In(Mode::Select) => Some("While a selection is made"),
            Self::In(Mode::Body | Mode::List | Mode::Sidebar | Mode::Prompt) => None,
        }
    }

    /// What keys do there, each action with its keys, in the order of the help.
    fn keys(self, keymap: &Keymap) -> Vec<(String, Action)> {
        let mode = match self {
            Self::In(mode) => mode,
            Self::Page => Mode::Overlay,
        };
        let does = |action| self != Self::In(Mode::Overlay) || means_something(action);
        let mut rows = keys_of_mode(keymap, mode);
        rows.retain(|(_, action)| does(*action));
        rows
    }
}

/// Whether an action does anything in help and in the list of problems.
fn means_something(action: Action) -> bool {
    rows_of(action, None, 1).is_some()
        || matches!(
            action,
            Action::Cancel
                | Action::Help
                | Action::NextTheme
                | Action::Palette
                | Action::Redraw
                | Action::Suspend
        )
}

impl Overlay {
    /// Scrolls; the last row stays at the foot.
    pub fn scroll(&mut self, by: i64, height: u16) {
        let most = self.rows.len().saturating_sub(usize::from(height));
        let by_rows = usize::try_from(by.unsigned_abs()).unwrap_or(usize::MAX);
        self.top = if by < 0 {
            self.top.saturating_sub(by_rows)
        } else {
            self.top.saturating_add(by_rows).min(most)
        };
    }
}

/// The keys of the place where it was opened, all keys by group, and what the mouse does where it is used.
#[must_use]
fn help(keymap: &Keymap, from: Place, mouse: bool, width: u16, options: &Options) -> Vec<SheetRow> {
    let mut sheet = Sheet::new(width, options);
    if let Some(heading) = from.heading() {
        sheet.text(Tone::Heading, &format!("{heading}, where you are"));
        for (keys, action) in from.keys(keymap) {
            sheet.pair(Some(&keys), Tone::Plain, action.help(), HELP_COLUMN);
        }
    }
    for (group, rows) in help_table(keymap) {
        sheet.blank();
        sheet.text(Tone::Heading, group.title());
        for (keys, action) in rows {
            sheet.pair(Some(&keys), Tone::Plain, action.help(), HELP_COLUMN);
        }
    }
    sheet.blank();
    sheet.text(
        Tone::Plain,
        "In the palette any letters of an action's name, in their order, find it; so do words of its help. A place may be \
         typed there too: 50% of the article, 12 for block 12, @120 for character 120 of the text (code points, counted \
         from 0, as annotators do), @b360 for byte 360.",
    );
    sheet.text(
        Tone::Plain,
        "A number before a key repeats it: 10j. Keys are set in config.toml.",
    );
    if mouse {
        sheet.text(
            Tone::Plain,
            "The wheel scrolls what is under the mouse, a click goes there, dragging selects; two clicks take a mention \
             or a word, three a paragraph. With Shift the terminal selects.",
        );
    }
    sheet.finish()
}

/// What is wrong: with the article first, then with the library and the config, then with the reader's rules of names.
#[must_use]
fn problems(
    article: &[Diagnostic],
    general: &[(Severity, String)],
    rules: &[String],
    width: u16,
    options: &Options,
) -> Vec<SheetRow> {
    let mut sheet = Sheet::new(width, options);
    let tone = |severity| match severity {
        Severity::Warning => Tone::Warning,
        Severity::Error => Tone::Error,
    };
    if !article.is_empty() {
        sheet.text(Tone::Heading, "This article");
        for problem in article {
            sheet.text(tone(problem.severity), &problem.to_string());
        }
    }
    if !general.is_empty() {
        sheet.blank();
        sheet.text(Tone::Heading, "Library and configuration");
        for (severity, text) in general {
            sheet.text(tone(*severity), text);
        }
    }
    if !rules.is_empty() {
        sheet.blank();
        sheet.text(Tone::Heading, "Rules about names");
        for text in rules {
            sheet.text(Tone::Warning, text);
        }
    }
    if article.is_empty() && general.is_empty() && rules.is_empty() {
        sheet.text(
            Tone::Plain,
            "Nothing is wrong with this article, the library or the configuration.",
        );
    }
    sheet.finish()
}

impl App {
    /// Opens an overlay over whatever is there, which is as before when it is closed.
    pub(super) fn open_overlay(&mut self, kind: OverlayKind) {
        let from = match self.mode() {
            Mode::Overlay if self.overlay.is_none() => Place::Page,
            mode => Place::In(mode),
        };
        self.overlay = Some(Overlay {
            kind,
            rows: Vec::new(),
            top: 0,
            from,
            below: self.overlay.take().map(Box::new),
        });
        self.refill_overlay();
    }

    /// Closes the uppermost overlay; whether there was one.
    pub(super) fn close_overlay(&mut self) -> bool {
        let Some(closed) = self.overlay.take() else {
            return false;
        };
        self.overlay = closed.below.map(|below| *below);
        self.refill_overlay();
        true
    }

    /// Sets the overlay's rows anew, as the width or the article may have changed.
    pub(super) fn refill_overlay(&mut self) {
        let Some((kind, from)) = self.overlay.as_ref().map(|o| (o.kind, o.from)) else {
            return;
        };
        let area = self.overlay_area();
        let (_, manner) = self.column();
        let rows = match kind {
            OverlayKind::Help => help(
                &self.config.keymap,
                from,
                self.config.mouse,
                area.width,
                &manner.options,
            ),
            OverlayKind::Problems => {
                let article = self.article().map_or(&[][..], |a| &a.diagnostics);
                problems(
                    article,
                    &self.problems,
                    &self.rule_faults,
                    area.width,
                    &manner.options,
                )
            }
        };
        if let Some(overlay) = &mut self.overlay {
            overlay.rows = rows;
            overlay.scroll(0, area.height);
        }
    }

    /// What an action does to the overlay: help opens over problems, and closes itself; else it scrolls.
    pub(super) fn act_on_overlay(&mut self, action: Action, count: Option<u32>) {
        if action == Action::Help {
            match self.overlay.as_ref().map(|overlay| overlay.kind) {
                Some(OverlayKind::Help) => drop(self.close_overlay()),
                _ => self.open_overlay(OverlayKind::Help),
            }
            return;
        }
        let height = self.overlay_area().height;
        if let (Some(by), Some(overlay)) = (rows_of(action, count, height), &mut self.overlay) {
            overlay.scroll(by, height);
        }
    }
}
