//! Terminal emulators as libraries: what they are sent, what they show, what they answer.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use alacritty_terminal::event::{Event, EventListener};
use alacritty_terminal::index::{Column, Line};
use alacritty_terminal::term::{Config, Term};
use alacritty_terminal::vte::ansi::Processor;
use kanbao::runtime::{Decoder, Input, Probe};
use kanbao::text::Profile;
use tattoy_wezterm_term as wezterm;
use wezterm::color::ColorPalette;

use crate::pty::size::Size;

/// An emulator of this size.
pub(crate) enum Emulator {
    /// Sums up clusters; ambiguous characters take one cell.
    Alacritty {
        term: Box<Term<Answers>>,
        parser: Box<Processor>,
        answers: Receiver<Vec<u8>>,
    },
    /// Draws clusters whole; ambiguous characters take two cells where it is told so.
    Wezterm {
        term: Box<wezterm::Terminal>,
        answers: Receiver<Vec<u8>>,
    },
}

/// Hands on what an emulator answers.
#[derive(Debug)]
pub(crate) struct Answers(Sender<Vec<u8>>);

impl EventListener for Answers {
    fn send_event(&self, event: Event) {
        if let Event::PtyWrite(answer) = event {
            let _ = self.0.send(answer.into_bytes());
        }
    }
}

impl std::io::Write for Answers {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let _ = self.0.send(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[derive(Debug)]
struct Wide(bool);

impl wezterm::TerminalConfiguration for Wide {
    fn color_palette(&self) -> ColorPalette {
        ColorPalette::default()
    }

    fn unicode_version(&self) -> wezterm::UnicodeVersion {
        wezterm::UnicodeVersion {
            version: 14,
            ambiguous_are_wide: self.0,
            cell_widths: None,
        }
    }
}

impl Emulator {
    pub(crate) fn alacritty(columns: u16, rows: u16) -> Self {
        let (answer, answers) = channel();
        let term = Term::new(Config::default(), &Size(columns, rows), Answers(answer));
        Self::Alacritty {
            term: Box::new(term),
            parser: Box::new(Processor::new()),
            answers,
        }
    }

    pub(crate) fn wezterm(columns: u16, rows: u16, ambiguous_wide: bool) -> Self {
        let (answer, answers) = channel();
        let size = wezterm::TerminalSize {
            rows: rows.into(),
            cols: columns.into(),
            pixel_width: 0,
            pixel_height: 0,
            dpi: 0,
        };
        let config = Arc::new(Wide(ambiguous_wide));
        let term = wezterm::Terminal::new(size, config, "test", "1", Box::new(Answers(answer)));
        Self::Wezterm {
            term: Box::new(term),
            answers,
        }
    }

    /// Both of them, the second at both widths.
    pub(crate) fn all(columns: u16, rows: u16) -> [(&'static str, Self); 3] {
        [
            ("alacritty", Self::alacritty(columns, rows)),
            ("wezterm", Self::wezterm(columns, rows, false)),
            (
                "wezterm, ambiguous wide",
                Self::wezterm(columns, rows, true),
            ),
        ]
    }

    /// Sends bytes.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        match self {
            Self::Alacritty { term, parser, .. } => parser.advance(&mut **term, bytes.as_ref()),
            Self::Wezterm { term, .. } => term.advance_bytes(bytes),
        }
    }

    /// The column of the cursor, from 0.
    pub(crate) fn column(&self) -> usize {
        match self {
            Self::Alacritty { term, .. } => {
                let cursor = &term.grid().cursor;
                // Behind the last column the cursor waits on it.
                cursor.point.column.0 + usize::from(cursor.input_needs_wrap)
            }
            Self::Wezterm { term, .. } => term.cursor_pos().x,
        }
    }

    /// What a cell shows; empty for the second half of a wide character.
    pub(crate) fn cell(&self, x: u16, y: u16) -> String {
        match self {
            Self::Alacritty { term, .. } => {
                let cell = &term.grid()[Line(y.into())][Column(x.into())];
                if cell
                    .flags
                    .contains(alacritty_terminal::term::cell::Flags::WIDE_CHAR_SPACER)
                {
                    return String::new();
                }
                let marks = cell.zerowidth().unwrap_or_default();
                std::iter::once(&cell.c).chain(marks).collect()
            }
            Self::Wezterm { term, .. } => {
                let screen = term.screen();
                let row = screen.phys_row(y.into());
                let lines = screen.lines_in_phys_range(row..row + 1);
                let cell = lines[0]
                    .visible_cells()
                    .find(|cell| cell.cell_index() + cell.width() > usize::from(x));
                match cell {
                    Some(cell) if cell.cell_index() == usize::from(x) => cell.str().to_owned(),
                    Some(cell) if cell.cell_index() < usize::from(x) => String::new(),
                    _ => " ".to_owned(),
                }
            }
        }
    }

    /// What it answers to the questions of the reader.
    pub(crate) fn profile(&mut self) -> Profile {
        let (mut probe, question) = Probe::ask(Some("xterm-256color"), 80);
        self.send(question);
        let (Self::Alacritty { answers, .. } | Self::Wezterm { answers, .. }) = self;
        let mut decoder = Decoder::default();
        decoder.expect(probe.cursors_left());
        while !probe.is_done() {
            let said = answers.recv_timeout(Duration::from_secs(10)).unwrap();
            for input in decoder.take(&said) {
                match input {
                    Input::Reply(reply) => probe.take(reply),
                    other => panic!("{other:?} was answered"),
                }
            }
        }
        self.send("\x1b[H\x1b[2J");
        probe.learned().profile.unwrap()
    }
}
