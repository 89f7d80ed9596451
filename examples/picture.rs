//! Draws `docs/screen.svg`, the README's picture of the screen: `cargo run --example picture`.
//!
//! The picture is a real screen: the core is told keys, the layout paints, and each cell becomes SVG at its own place,
//! so no viewer's font can shift a column. A test fails when the committed picture is not what the code makes.

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use kanbao::app::{App, Effect, Message, Start};
use kanbao::config;
use kanbao::keys::parse_sequence;
use kanbao::layout;
use kanbao::library::Library;
use kanbao::runtime::{Librarian, search_through};
use kanbao::text::{Profile, width};
use kanbao::theme::Underline;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

const COLUMNS: u16 = 120;
const ROWS: u16 = 32;
/// What is typed before the picture is taken: down to paragraphs with many names, and to one of these.
const KEYS: &str = "24j9]m";

/// A cell in pixels.
const CELL: (u16, u16) = (9, 21);
/// The base line of a row below its upper edge.
const BASE: u16 = 16;
const FONT_SIZE: u16 = 15;
/// Latin from a font of cells, Han from whatever the viewer has.
const FONTS: &str = "'DejaVu Sans Mono',Menlo,Consolas,'Noto Sans Mono CJK SC','Source Han Sans SC','PingFang SC',\
                     'Microsoft YaHei',monospace";

fn main() -> io::Result<()> {
    std::fs::write(path(), picture())
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/screen.svg")
}

fn picture() -> String {
    svg(&screen())
}

/// The screen after [`KEYS`], in the dark theme.
fn screen() -> Buffer {
    let (config, _) = config::layer(None);
    let library = Library::bundled();
    let (mut app, effects) = App::new(Start {
        config: &config,
        articles: library.len(),
        problems: &[],
        columns: COLUMNS,
        rows: ROWS,
    });
    let mut librarian = Librarian::new(library);
    carry_out(&mut app, &mut librarian, effects);
    for key in parse_sequence(KEYS).unwrap_or_default() {
        let effects = app.update(Message::Key(key));
        carry_out(&mut app, &mut librarian, effects);
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
    layout::draw(&app, app.theme(), &mut buffer);
    buffer
}

fn carry_out(app: &mut App, librarian: &mut Librarian, effects: Vec<Effect>) {
    for effect in effects {
        let answers = search_through(&effect)
            .into_iter()
            .chain(librarian.serve(&effect));
        for answer in answers.collect::<Vec<_>>() {
            let effects = app.update(answer);
            carry_out(app, librarian, effects);
        }
    }
}

/// The cells as an SVG document.
fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let ground = Look::of(&buffer[(0, 0)]).ground;
    let (width, height) = (columns * CELL.0, rows * CELL.1);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\" \
         font-size=\"{FONT_SIZE}\" xml:space=\"preserve\">\n\
         <title>Kanbao: list, article and entities, with the point at a mention</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>\n"
    );
    for y in 0..rows {
        let looks: Vec<Look> = (0..columns).map(|x| Look::of(&buffer[(x, y)])).collect();
        for (x, length) in runs(columns, |a, b| looks[a].ground == looks[b].ground) {
            let look = &looks[usize::from(x)];
            if look.ground != ground {
                let size = (length * CELL.0, CELL.1);
                rect(&mut out, (x * CELL.0, y * CELL.1), size, &look.ground);
            }
        }
        for (x, length) in runs(columns, |a, b| looks[a] == looks[b]) {
            underline(&mut out, x, y, length, &looks[usize::from(x)]);
        }
        texts(&mut out, buffer, y, &looks);
    }
    out.push_str("</svg>\n");
    out
}

/// How the text of a cell looks.
#[derive(PartialEq)]
struct Look {
    ink: String,
    ground: String,
    bold: bool,
    italic: bool,
    dim: bool,
    underline: Underline,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let has = |modifier| cell.modifier.contains(modifier);
        let (mut ink, mut ground) = (color(cell.fg), color(cell.bg));
        if has(Modifier::REVERSED) {
            std::mem::swap(&mut ink, &mut ground);
        }
        Self {
            ink,
            ground,
            bold: has(Modifier::BOLD),
            italic: has(Modifier::ITALIC),
            dim: has(Modifier::DIM),
            underline: layout::underline(cell.modifier),
        }
    }

    /// The attributes of a text that looks so.
    fn attributes(&self) -> String {
        let mut out = format!("fill=\"{}\"", self.ink);
        for (is_so, attribute) in [
            (self.bold, " font-weight=\"bold\""),
            (self.italic, " font-style=\"italic\""),
            (self.dim, " opacity=\".7\""),
        ] {
            out.push_str(if is_so { attribute } else { "" });
        }
        out
    }
}

/// The dark theme has nothing but colours of its own.
fn color(color: Color) -> String {
    match color {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        _ => "currentColor".to_owned(),
    }
}

/// The runs of neighbours that are alike: first cell and length.
fn runs(columns: u16, alike: impl Fn(usize, usize) -> bool) -> Vec<(u16, u16)> {
    let mut found: Vec<(u16, u16)> = Vec::new();
    for x in 0..columns {
        match found.last_mut() {
            Some((_, length)) if alike(usize::from(x - 1), usize::from(x)) => *length += 1,
            _ => found.push((x, 1)),
        }
    }
    found
}

/// A rectangle, all in pixels.
fn rect(out: &mut String, at: (u16, u16), size: (u16, u16), fill: &str) {
    let ((x, y), (width, height)) = (at, size);
    let _ = writeln!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>"
    );
}

/// The line under a run of cells, of its kind.
fn underline(out: &mut String, x: u16, y: u16, length: u16, look: &Look) {
    let (from, to) = (x * CELL.0, (x + length) * CELL.0);
    let at = y * CELL.1 + BASE + 3;
    let (path, dashes) = match look.underline {
        Underline::None => return,
        Underline::Single => (format!("M{from} {at}H{to}"), ""),
        Underline::Double => (format!("M{from} {at}H{to}M{from} {}H{to}", at + 2), ""),
        Underline::Curly => {
            let waves = "q2.25 -3 4.5 0t4.5 0".repeat(usize::from(length));
            (format!("M{from} {at}{waves}"), "")
        }
        Underline::Dotted => (
            format!("M{from} {at}H{to}"),
            " stroke-dasharray=\"1.5 1.5\"",
        ),
        Underline::Dashed => (format!("M{from} {at}H{to}"), " stroke-dasharray=\"4 2\""),
    };
    let ink = &look.ink;
    let _ = writeln!(
        out,
        "<path d=\"{path}\" stroke=\"{ink}\" fill=\"none\"{dashes}/>"
    );
}

/// The characters of a row: runs of Latin at the width of their cells, runs of wide characters each at its own place.
fn texts(out: &mut String, buffer: &Buffer, y: u16, looks: &[Look]) {
    let mut x = 0;
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        let look = &looks[usize::from(x)];
        let kind = Kind::of(symbol);
        let mut text = symbol.to_owned();
        let mut places = vec![x];
        x += kind.cells();
        match kind {
            Kind::Blank => continue,
            // Borders and thumbs are shapes, so that rows join.
            Kind::Bar | Kind::Rule | Kind::Block => {
                let ((left, top), size) = match kind {
                    Kind::Bar => ((CELL.0 / 2, 0), (1, CELL.1)),
                    Kind::Rule => ((0, CELL.1 / 2), (CELL.0, 1)),
                    _ => ((2, 0), (CELL.0 - 4, CELL.1)),
                };
                let at = (places[0] * CELL.0 + left, y * CELL.1 + top);
                rect(out, at, size, &look.ink);
                continue;
            }
            Kind::Other => {}
            Kind::Latin | Kind::Wide => {
                while x < buffer.area.width
                    && Kind::of(buffer[(x, y)].symbol()) == kind
                    && looks[usize::from(x)] == *look
                {
                    text.push_str(buffer[(x, y)].symbol());
                    places.push(x);
                    x += kind.cells();
                }
            }
        }
        let base = y * CELL.1 + BASE;
        let attributes = look.attributes();
        let text = escaped(&text);
        let placed = if kind == Kind::Wide {
            // A glyph is as wide as the font is high, and stands in the middle of its two cells.
            let margin = (2 * CELL.0 - FONT_SIZE) / 2;
            let all: Vec<String> = places
                .iter()
                .map(|x| (x * CELL.0 + margin).to_string())
                .collect();
            format!("x=\"{}\"", all.join(" "))
        } else {
            let length = places.len() * usize::from(CELL.0);
            let from = places[0] * CELL.0;
            format!("x=\"{from}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\"")
        };
        let _ = writeln!(
            out,
            "<text {placed} y=\"{base}\" {attributes}>{text}</text>"
        );
    }
}

/// How the character of a cell is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    /// A vertical border, over the whole height of its row.
    Bar,
    /// A horizontal one.
    Rule,
    /// The thumb of a scroll bar.
    Block,
    Latin,
    Wide,
    /// One cell, and not surely so in the viewer's font.
    Other,
}

impl Kind {
    fn of(symbol: &str) -> Self {
        match symbol {
            "" | " " => Self::Blank,
            "│" => Self::Bar,
            "─" => Self::Rule,
            "█" => Self::Block,
            _ if symbol.is_ascii() => Self::Latin,
            _ if width(symbol, &Profile::default()) == 2 => Self::Wide,
            _ => Self::Other,
        }
    }

    const fn cells(self) -> u16 {
        if matches!(self, Self::Wide) { 2 } else { 1 }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_picture_is_what_the_code_makes() {
        let committed = std::fs::read_to_string(path()).unwrap_or_default();
        assert!(
            committed == picture(),
            "docs/screen.svg is old: look at what changed, then `cargo run --example picture`"
        );
    }
}
