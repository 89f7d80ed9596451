//! The rules of Chinese typesetting, tables made by hand.
//!
//! After CLREQ (W3C, "Requirements for Chinese Text Layout") and the project's own rules for numbers, names and
//! addresses. Tables run with hanging off unless they say otherwise.

mod breaks;
mod setting;

use kanbao::typeset::{Glyph, GlyphKind, Kinsoku, Line, Options, Setting, lines, stretch_at};

fn plain(kinsoku: Kinsoku) -> Options {
    Options {
        kinsoku,
        hang: false,
        ..Options::default()
    }
}

fn at(measure: u16) -> Setting {
    Setting {
        measure,
        ..Setting::default()
    }
}

fn set(text: &str, setting: &Setting, options: &Options) -> Vec<Line> {
    lines(text, stretch_at(text, 0), setting, options)
}

/// The text with a | at each line's end; a hung mark is in ( ), a forced break is ‖.
fn broken(text: &str, setting: &Setting, options: &Options) -> String {
    let lines = set(text, setting, options);
    let mut out = String::new();
    for (i, line) in lines.iter().enumerate() {
        for glyph in line.glyphs(text, options) {
            match glyph.kind {
                GlyphKind::Hung => out.extend(["(", glyph.text, ")"]),
                GlyphKind::Placeholder => out.push('▯'),
                GlyphKind::Shown | GlyphKind::Blank => out.push_str(glyph.text),
            }
        }
        if i + 1 < lines.len() {
            out.push(if line.forced { '‖' } else { '|' });
        }
    }
    out
}

/// The lines as they look on the screen, blanks as ·.
fn drawn(text: &str, setting: &Setting, options: &Options) -> Vec<String> {
    let draw = |line: &Line| {
        let mut row = String::new();
        let mut column = 0;
        for Glyph {
            column: start,
            cells,
            kind,
            text,
            ..
        } in line.glyphs(text, options)
        {
            if kind != GlyphKind::Blank && cells > 0 {
                row.push_str(&"·".repeat(usize::from(start - column)));
                row.push_str(text);
                column = start + cells;
            }
        }
        row
    };
    set(text, setting, options).iter().map(draw).collect()
}

/// Rows of (text, measure, lines parted by |).
#[track_caller]
fn table(options: &Options, rows: &[(&str, u16, &str)]) {
    let mut wrong = String::new();
    for (text, measure, want) in rows {
        let got = broken(text, &at(*measure), options);
        if got != *want {
            wrong += &format!(
                "{text} in {measure} cells: want {want}\n{:>width$} got {got}\n",
                "",
                width = 10
            );
        }
    }
    assert!(wrong.is_empty(), "at {options:?}\n{wrong}");
}
