//! The last row: where one is, which mention stands at the point, what was said, or the line that is being typed.

use super::painter::Painter;
use crate::app::{App, Area, Gone, OverlayKind, PickerKind, Prompt, PromptKind, Reach, Tone};
use crate::keys::{Mode, Next};
use crate::text::{self, str_width};
use crate::theme::{Slot, Style};

/// So many cells are left for what is typed before the switches are shown beside it.
const LEAST_LINE: u16 = 6;

/// Paints the row and says where the terminal's cursor belongs when a line is being typed.
pub(super) fn draw(app: &App, painter: &mut Painter<'_>) -> Option<(u16, u16)> {
    let area = app.geometry().status;
    if let Some(prompt) = app.prompt() {
        return Some(draw_prompt(app, prompt, area, painter));
    }
    let ground = painter.style(Slot::Status);
    painter.fill(area, ground);
    let mode = match app.mode() {
        Mode::Overlay => match app.overlay().map(|overlay| overlay.kind) {
            Some(OverlayKind::Help) => " HELP ",
            Some(OverlayKind::Problems) => " PROBLEMS ",
            None => " NAME ",
        },
        Mode::Select => " SELECT ",
        Mode::Picker => " CHOOSE ",
        Mode::Concordance => " CONCORDANCE ",
        Mode::List => " LIST ",
        Mode::Sidebar => " ENTITIES ",
        _ => " READ ",
    };
    let mode_style = painter.over(Slot::StatusMode, ground);
    let used = painter.text(area, mode, mode_style) + 1;
    let area = area.columns(used, area.width.saturating_sub(used + 1));
    let (mut left, slot) = told(app);
    if app.said().is_none()
        && let Some(pending) = pending(app, painter, area.width)
    {
        left = pending;
    }
    // What was said goes before where one is; the mention at the point does not.
    let left_cells = str_width(&left, &painter.profile());
    let room = if app.said().is_some() || app.pending().is_some() {
        area.width.saturating_sub(left_cells + 2)
    } else {
        area.width * 3 / 5
    };
    let right = fitting(&place(app), room, painter);
    let cells = str_width(&right, &painter.profile());
    painter.text(area.columns(area.width - cells, cells), &right, ground);
    let room = area.width.saturating_sub(cells + u16::from(cells > 0));
    painter.text_ellipsis(area.columns(0, room), &left, painter.over(slot, ground));
    None
}

/// What was said last, else what is selected or marked at the point.
fn told(app: &App) -> (String, Slot) {
    let is_covered = app.concordance().is_some() || app.mode() == Mode::Overlay;
    if let Some((tone, said)) = app.said() {
        let slot = match tone {
            Tone::Error => Slot::MessageError,
            Tone::Warning => Slot::MessageWarning,
            _ => Slot::Message,
        };
        // What is said about a walk does not hide where it led.
        let at = Some(*tone)
            .filter(|tone| *tone == Tone::Plain && !is_covered)
            .and_then(|_| mention_gone_to(app))
            .map_or_else(String::new, |at| at + "  ");
        return (at + said, slot);
    }
    if is_covered {
        // What stands at the point is covered.
        return (String::new(), Slot::Status);
    }
    let told = selected(app).or_else(|| mention(app));
    (told.unwrap_or_default(), Slot::Status)
}

/// The keys that are pending and what may follow, as fully as the room allows: what it does, else its name, else the
/// keys alone.
fn pending(app: &App, painter: &Painter<'_>, room: u16) -> Option<String> {
    let (keys, next) = app.pending()?;
    let line = |part: fn(&Next) -> String| {
        let next: Vec<String> = next.iter().map(part).collect();
        format!("{keys} … {}", next.join(" · "))
    };
    let full = line(|n| format!("{} {}", n.key, n.help));
    let named = line(|n| format!("{} {}", n.key, n.name));
    let fits = |text: &String| str_width(text, &painter.profile()) <= room;
    Some(
        [full, named]
            .into_iter()
            .find(fits)
            .unwrap_or_else(|| line(|n| n.key.clone())),
    )
}

/// Where one is, the most important last.
fn place(app: &App) -> Vec<String> {
    let mut parts = Vec::new();
    if app.mode() == Mode::Overlay {
        return parts;
    }
    let list = app.list();
    if let Some(id) = app.opening() {
        parts.push(format!("reading {}/{} …", id.0 + 1, list.total()));
    } else if let Some(body) = app.body() {
        parts.push(format!("article {}/{}", body.id().0 + 1, list.total()));
    }
    if let Some((body, point)) = app.body().zip(app.point()) {
        let text = &body.article().text;
        if let Some(block) = text.block_at(point.offset) {
            parts.push(format!("block {}/{}", block.0 + 1, text.blocks().len()));
        }
    }
    for kept in app.kept() {
        let more = if kept.find.is_done() { "" } else { "+" };
        let count = kept.find.hits().len();
        parts.push(format!("{} {count}{more}", kept.find.query.text));
    }
    if let Some(hits) = hits(app) {
        parts.push(hits);
    }
    if let Some(body) = app.body() {
        parts.push(format!("{}%", body.percent()));
    }
    parts
}

/// The parts, as many of the last ones as fit.
fn fitting(parts: &[String], room: u16, painter: &Painter<'_>) -> String {
    let joined = |from: usize| parts.get(from..).unwrap_or(&[]).join("  ");
    (0..=parts.len())
        .map(joined)
        .find(|text| str_width(text, &painter.profile()) <= room)
        .unwrap_or_default()
}

/// The number of the hit at the point among all: 3/17.
fn hits(app: &App) -> Option<String> {
    let find = app.find()?;
    let gone = app.body().and_then(crate::app::Body::gone);
    let number = match gone {
        Some(Gone::Hit(hit)) => find.number_of(hit),
        _ => None,
    };
    let number = number.map_or_else(|| "-".to_owned(), |n| n.to_string());
    Some(if find.is_done() {
        format!("{number}/{}", find.hits().len())
    } else {
        format!("{number}/{}+ {}%", find.hits().len(), find.percent())
    })
}

/// What a search over the library has found so far.
fn gathered(app: &App) -> (String, Slot) {
    let Some(found) = app.list().results() else {
        return (String::new(), Slot::Prompt);
    };
    if found.is_done() && found.is_empty() {
        let failure = found.failure();
        let said = failure.map_or_else(|| "not found".to_owned(), |f| format!("not found; {f}"));
        return (said, Slot::PromptError);
    }
    let told = found.told();
    let told = match (found.is_stale(), found.is_done()) {
        (true, _) => String::new(),
        (_, true) => told,
        (_, false) => format!("{told}  {}%", found.percent()),
    };
    (told, Slot::Prompt)
}

fn selected(app: &App) -> Option<String> {
    let count = app.selected()?;
    let s = if count == 1 { "" } else { "s" };
    Some(format!("{count} character{s} selected"))
}

/// As [`mention`], when it was gone to.
fn mention_gone_to(app: &App) -> Option<String> {
    match app.body()?.gone()? {
        Gone::Mention(_) => mention(app),
        _ => None,
    }
}

/// The mention at the point: id, label, source offsets, text.
fn mention(app: &App) -> Option<String> {
    let article = app.article()?;
    let annotations = &article.annotations;
    let mention = annotations.mention(app.mention_at_point()?)?;
    let offsets: Vec<String> = mention
        .source_spans()
        .iter()
        .map(|s| format!("{}-{}", s.start, s.end))
        .collect();
    let parts: Vec<&str> = mention
        .spans()
        .iter()
        .map(|s| article.text.slice(*s))
        .collect();
    Some(format!(
        "{} {} {} {}",
        mention.source_id,
        annotations.label_name(mention.label),
        offsets.join(","),
        parts.join("…")
    ))
}

fn is_palette(app: &App) -> bool {
    app.picker()
        .is_some_and(|picker| matches!(picker.kind, PickerKind::Palette(_)))
}

/// What was said about what is being typed in a list to choose from.
fn said(app: &App) -> (String, Slot) {
    let said = app.said().map(|(_, said)| said.clone());
    (said.unwrap_or_default(), Slot::PromptError)
}

fn draw_prompt(app: &App, prompt: &Prompt, area: Area, painter: &mut Painter<'_>) -> (u16, u16) {
    let ground = painter.style(Slot::Prompt);
    painter.fill(area, ground);
    let lead = match prompt.kind {
        PromptKind::Picker { .. } if is_palette(app) => ":".to_owned(),
        PromptKind::Filter | PromptKind::FilterLines | PromptKind::Picker { .. } => {
            "filter: ".to_owned()
        }
        PromptKind::Entities => "entities: ".to_owned(),
        PromptKind::Export => "write to: ".to_owned(),
        PromptKind::Search { backwards } => {
            let (reach, sign) = match (app.reach(), backwards) {
                (Reach::Library, _) => ("library ", "/"),
                (Reach::Results, _) => ("results ", "/"),
                (Reach::Article, true) => ("", "?"),
                (Reach::Article, false) => ("", "/"),
            };
            let regex = if app.is_regex() { "regex " } else { "" };
            format!("{reach}{regex}{sign}")
        }
        PromptKind::View => "name of the view: ".to_owned(),
    };
    let (right, slot) = match (app.prompt_error(), prompt.kind) {
        (Some(error), _) => (error.to_string(), Slot::PromptError),
        (None, PromptKind::Search { .. }) if app.reach() != Reach::Article => gathered(app),
        (None, PromptKind::View) => (String::new(), Slot::Prompt),
        (None, PromptKind::Search { .. }) => {
            let none = app
                .find()
                .is_some_and(|f| f.is_done() && f.hits().is_empty());
            match hits(app) {
                Some(_) if none => ("not found".to_owned(), Slot::PromptError),
                Some(hits) => (hits, Slot::Prompt),
                None => (String::new(), Slot::Prompt),
            }
        }
        (None, PromptKind::Picker { .. }) => said(app),
        (None, PromptKind::Filter) => {
            let list = app.list();
            let all = list.results().map(crate::app::Results::len);
            let all = all.unwrap_or(list.total() as usize);
            let more = if list.is_filtering() { "+ …" } else { "" };
            (format!("{}{more} of {all}", list.articles()), Slot::Prompt)
        }
        (None, PromptKind::Entities) => {
            let all = app.article().map_or(0, |a| a.annotations.entities().len());
            let listed = app.sidebar().entities();
            (format!("{listed} of {all}"), Slot::Prompt)
        }
        (None, PromptKind::FilterLines) => {
            let lines = app.concordance().map(crate::app::ConcordanceView::lines);
            let counts = lines.map(|lines| format!("{} of {}", lines.len(), lines.total()));
            (counts.unwrap_or_default(), Slot::Prompt)
        }
        (None, PromptKind::Export) => (String::new(), Slot::Prompt),
    };
    let profile = painter.profile();
    let lead_cells = painter.text(area, &lead, ground);
    let area = area.columns(lead_cells, area.width);
    // What is typed has its room, with a cell for the cursor; the rest is for what is told of it, which has half of the
    // row at least, but in a narrow row not all that the lead has left.
    let typed = str_width(prompt.text(), &profile).saturating_add(2);
    let half = (lead_cells + area.width) / 2;
    let told = half.min(area.width.saturating_sub(LEAST_LINE.min(typed)));
    let most = area.width.saturating_sub(typed).max(told);
    let cells = str_width(&right, &profile).min(most);
    let style = painter.over(slot, ground);
    painter.text_ellipsis(area.columns(area.width - cells, cells), &right, style);
    let line = area.columns(0, area.width.saturating_sub(cells + 1));
    let line = switches(app, prompt, typed, line, painter, ground);
    // As much before the cursor as fits, with a cell for the cursor itself.
    let before = prompt.text().get(..prompt.cursor()).unwrap_or("");
    let room = line.width.saturating_sub(1);
    let mut from = 0;
    while str_width(&before[from..], &profile) > room && from < before.len() {
        from = text::next_boundary(before, from);
    }
    painter.text(line, &prompt.text()[from..], ground);
    if let Some(at) = app.prompt_error().and_then(|error| error.at.clone()) {
        // What is wrong is set off where it stands; where something is missing, the place behind the text.
        let slice = |range: std::ops::Range<usize>| prompt.text().get(range).unwrap_or("");
        let (start, end) = (at.start.max(from), at.end.max(from));
        let left = str_width(slice(from..start), &profile);
        let wrong = line.columns(left, line.width);
        painter.text(
            wrong,
            slice(start..end),
            painter.over(Slot::PromptError, ground),
        );
    }
    (line.x + str_width(&before[from..], &profile), line.y)
}

/// Shows at the right of a line that searches what does not count, each by the letter of its key, where that leaves
/// `typed` cells for the line; gives what is left.
fn switches(
    app: &App,
    prompt: &Prompt,
    typed: u16,
    line: Area,
    painter: &mut Painter<'_>,
    ground: Style,
) -> Area {
    let switches = app.search_switches();
    let cells = u16::try_from(switches.len()).unwrap_or(0);
    let searches = matches!(prompt.kind, PromptKind::Search { .. });
    let room = line.width.saturating_sub(cells);
    if !searches || app.is_regex() || room < typed.max(LEAST_LINE) {
        return line;
    }
    let at = line.columns(room, cells);
    for ((letter, on), x) in switches.into_iter().zip(0u16..) {
        let style = if on {
            ground
        } else {
            painter.over(Slot::Placeholder, ground)
        };
        let shown = if on { letter } else { '-' };
        painter.text(at.columns(x, 1), shown.encode_utf8(&mut [0; 4]), style);
    }
    line.columns(0, room.saturating_sub(1))
}
