//! Keys in, screen out: the pure core with a library and a search behind it, all in one thread.

// Every test file uses another part of this.
use std::path::PathBuf;

use kanbao::app::{App, Effect, Message, Start};
use kanbao::article::Severity;
use kanbao::config::{self, Config};
use kanbao::keys::{Key, parse_sequence};
use kanbao::layout;
use kanbao::library::Library;
use kanbao::runtime::{Librarian, run_errand, search_through};
use kanbao::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A reader at work.
pub(crate) struct Reader {
    pub(crate) app: App,
    librarian: Librarian,
    size: (u16, u16),
    /// Effects that only a terminal or a disk could carry out.
    pub(crate) left: Vec<Effect>,
}

/// What a test may choose.
pub(crate) struct Choice {
    pub(crate) config: Config,
    pub(crate) problems: Vec<(Severity, String)>,
}

impl Default for Choice {
    fn default() -> Self {
        Self {
            config: config::layer(None).0,
            problems: Vec::new(),
        }
    }
}

impl Choice {
    /// The default with this config laid over it.
    pub(crate) fn of(user: &str) -> Self {
        let (config, problems) = config::layer(Some(("config.toml", user)));
        let problems = problems
            .into_iter()
            .map(|p| {
                let text = format!("{}:{}:{}: {}", p.file, p.line, p.column, p.message);
                (Severity::Warning, text)
            })
            .collect();
        Self { config, problems }
    }
}

impl Reader {
    /// Opens the bundled library in a window of this size.
    pub(crate) fn bundled(columns: u16, rows: u16) -> Self {
        Self::start(Library::bundled(), columns, rows, &Choice::default())
    }

    /// Opens one plain text.
    pub(crate) fn plain(text: &str, columns: u16, rows: u16) -> Self {
        let library = Library::from_bytes(
            "a.txt",
            text.as_bytes(),
            &kanbao::library::Asked::reading(None),
        );
        Self::start(library, columns, rows, &Choice::default())
    }

    /// Opens files.
    pub(crate) fn files(paths: &[PathBuf], columns: u16, rows: u16) -> Self {
        let (library, _) = Library::open(paths, &kanbao::library::Asked::reading(None));
        Self::start(library, columns, rows, &Choice::default())
    }

    pub(crate) fn start(library: Library, columns: u16, rows: u16, choice: &Choice) -> Self {
        Self::with_names(library, None, columns, rows, choice)
    }

    /// The same, with a file of rules about names.
    pub(crate) fn with_names(
        library: Library,
        names: Option<PathBuf>,
        columns: u16,
        rows: u16,
        choice: &Choice,
    ) -> Self {
        let articles = library.len();
        let (app, effects) = App::new(Start {
            config: &choice.config,
            articles,
            problems: &choice.problems,
            columns,
            rows,
        });
        let mut reader = Self {
            app,
            librarian: Librarian::new(library).with_names(names),
            size: (columns, rows),
            left: Vec::new(),
        };
        reader.carry_out(effects);
        reader
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let mut messages = search_through(&effect);
            messages.extend(self.librarian.serve(&effect));
            messages.extend(run_errand(&effect));
            if messages.is_empty() {
                self.left.push(effect);
            }
            for message in messages {
                let effects = self.app.update(message);
                self.carry_out(effects);
            }
        }
    }

    /// Sends a message.
    pub(crate) fn send(&mut self, message: Message) -> &mut Self {
        let effects = self.app.update(message);
        self.carry_out(effects);
        while self.app.has_work() {
            let effects = self.app.update(Message::Idle);
            self.carry_out(effects);
        }
        self
    }

    /// Presses keys, in the notation of the config.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in parse_sequence(keys).unwrap_or_else(|e| panic!("{keys}: {e}")) {
            self.send(Message::Key(key));
        }
        self
    }

    /// Presses nothing for a while.
    pub(crate) fn pause(&mut self) -> &mut Self {
        self.send(Message::Pause)
    }

    /// Types text, every character a key.
    pub(crate) fn write(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.send(Message::Key(Key::char(c)));
        }
        self
    }

    /// `/text`, and Enter.
    pub(crate) fn search(&mut self, text: &str) -> &mut Self {
        self.press("/").write(text).press("<Enter>")
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.size = (columns, rows);
        self.send(Message::Resize { columns, rows })
    }

    /// Lets the librarian read all rows.
    pub(crate) fn read_ahead(&mut self) -> &mut Self {
        self.read_rows(|_| ())
    }

    /// The same, and looks at the reader at each answer.
    pub(crate) fn read_rows(&mut self, mut look: impl FnMut(&Self)) -> &mut Self {
        loop {
            let (more, message) = self.librarian.read_ahead();
            if let Some(message) = message {
                self.send(message);
                look(self);
            }
            if !more {
                return self;
            }
        }
    }

    /// Lets the librarian read so many articles for the names in them, as far as names are wanted.
    pub(crate) fn read_names(&mut self, articles: usize) -> &mut Self {
        for _ in 0..articles {
            let (more, message) = self.librarian.read_names();
            if let Some(message) = message {
                self.send(message);
            }
            if !more {
                break;
            }
        }
        self
    }

    /// The cells of the screen.
    pub(crate) fn buffer(&self) -> Buffer {
        let (columns, rows) = self.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        layout::draw(&self.app, self.app.theme(), &mut buffer);
        buffer
    }

    /// The rows of the screen, without blanks at their ends.
    pub(crate) fn rows(&self) -> Vec<String> {
        let buffer = self.buffer();
        (0..self.size.1)
            .map(|y| {
                let row: String = (0..self.size.0).map(|x| buffer[(x, y)].symbol()).collect();
                row.trim_end().to_owned()
            })
            .collect()
    }

    /// The screen as one text.
    pub(crate) fn screen(&self) -> String {
        self.rows().join("\n")
    }

    /// The last row.
    pub(crate) fn status(&self) -> String {
        self.rows().pop().unwrap_or_default()
    }

    /// The text of all cells that look like `slot` lays it on (by its ground, or its modifiers where it has none),
    /// row by row.
    pub(crate) fn looking_like(&self, slot: Slot) -> Vec<String> {
        let style = layout::cell_style(self.app.theme().style(slot));
        let buffer = self.buffer();
        (0..self.size.1)
            .map(|y| {
                (0..self.size.0)
                    .filter(|x| {
                        let cell = &buffer[(*x, y)];
                        style.bg.is_none_or(|bg| cell.bg == bg)
                            && style.fg.is_none_or(|fg| cell.fg == fg)
                            && cell.modifier.contains(style.add_modifier)
                    })
                    .map(|x| buffer[(x, y)].symbol())
                    .collect::<String>()
            })
            .filter(|row| !row.trim().is_empty())
            .collect()
    }

    /// The text of the mention, hit or place at the point.
    pub(crate) fn at_point(&self) -> String {
        use kanbao::app::Gone;
        let article = self.app.article().unwrap();
        let point = self.app.point().unwrap();
        match point.gone {
            Some(Gone::Mention(id)) => {
                let mention = article.annotations.mention(id).unwrap();
                let parts = mention.spans().iter().map(|s| article.text.slice(*s));
                parts.collect::<Vec<_>>().join("…")
            }
            Some(Gone::Hit(span)) => article.text.slice(span).to_owned(),
            _ => article.text.whole()[point.offset..]
                .chars()
                .take(4)
                .collect(),
        }
    }
}
