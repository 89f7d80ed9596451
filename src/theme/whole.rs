//! A theme as it is asked, and what becomes of it on a terminal with few colours.

use std::sync::Arc;

use super::color::{Color, contrast};
use super::depth::Depth;
use super::slot::Slot;
use super::style::{Style, Underline};

/// A whole theme: a style for every slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    pub(super) name: String,
    /// By slot, what a parent decides filled in.
    pub(super) styles: Vec<Style>,
    /// By slot, whether its ground is only that of the area of which it is a part.
    pub(super) lent: Vec<bool>,
    /// By slot, how it looks in the theme without colours.
    pub(super) plain: Arc<[Style]>,
    /// What its colours were made for.
    pub(super) depth: Depth,
}

impl Theme {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The style of a slot, with what its parent decides. Lay it over [`Slot::Text`], or over what it stands in.
    #[must_use]
    pub fn style(&self, slot: Slot) -> Style {
        self.styles.get(slot as usize).copied().unwrap_or_default()
    }

    /// The style of a slot laid over that of what it stands in.
    ///
    /// A part of an area (`list.date` of `list`) that says no ground of its own has that of the area, but not over
    /// another: there it stands on what it is given, such as the row of the cursor.
    #[must_use]
    pub fn over(&self, slot: Slot, ground: Style) -> Style {
        let mut style = self.style(slot);
        if self.lent.get(slot as usize).is_some_and(|lent| *lent) && ground.bg.is_some() {
            style.bg = None;
        }
        style.over(ground)
    }

    /// The style of what a corpus gives a colour of its own: on that ground, black or white. Without colours it has none.
    #[must_use]
    pub fn on_ground(&self, [r, g, b]: [u8; 3]) -> Style {
        if self.depth == Depth::Mono {
            return Style::default();
        }
        let ground = at(Color::Rgb(r, g, b), self.depth);
        let [black, white] = [0, 255].map(|n| at(Color::Rgb(n, n, n), self.depth));
        let on = |color| contrast(color, ground).unwrap_or(1.0);
        Style {
            fg: Some(if on(white) >= on(black) { white } else { black }),
            bg: Some(ground),
            ..Style::default()
        }
    }

    /// The theme for a terminal of that depth: each colour becomes the nearest there is (by distance in Oklab).
    ///
    /// Where text and ground come out too near one another, the text becomes black or white. At [`Depth::Mono`]
    /// colours are dropped, all else stays; what a slot said by its ground alone is said by reversing, and what it turned
    /// off since its ground says enough (as dark hits are not dim) is as in the theme without colours.
    #[must_use]
    pub fn at_depth(&self, depth: Depth) -> Self {
        let convert = |color: Color| at(color, depth);
        let text = self.style(Slot::Text);
        let styles = Slot::ALL.iter().map(|slot| {
            let mut style = self.style(*slot);
            if depth == Depth::Mono {
                let filled = style.bg.is_some() && style.over(text).bg != text.bg;
                if filled && style.reverse == Some(false) {
                    let plain = self.plain.get(*slot as usize).copied();
                    style = turned_on(style, plain.unwrap_or_default());
                    style.reverse = Some(true);
                }
                return Style {
                    fg: None,
                    bg: None,
                    ..style
                };
            }
            style.fg = style.fg.map(convert);
            style.bg = style.bg.map(convert);
            if depth == Depth::Ansi16 {
                keep_legible(&mut style, text, convert);
            }
            style
        });
        Self {
            name: self.name.clone(),
            lent: self.lent.clone(),
            plain: Arc::clone(&self.plain),
            depth,
            styles: styles.collect(),
        }
    }
}

/// The nearest colour that there is at a depth.
fn at(color: Color, depth: Depth) -> Color {
    match depth {
        Depth::True => color,
        Depth::Indexed256 => color.to_256(),
        Depth::Ansi16 | Depth::Mono => color.to_16(),
    }
}

/// The style with what it turned off as `plain` has it.
fn turned_on(style: Style, plain: Style) -> Style {
    let on = |own: Option<bool>, plain| if own == Some(false) { plain } else { own };
    Style {
        bold: on(style.bold, plain.bold),
        dim: on(style.dim, plain.dim),
        italic: on(style.italic, plain.italic),
        strike: on(style.strike, plain.strike),
        underline: match style.underline {
            Some(Underline::None) => plain.underline,
            own => own,
        },
        ..style
    }
}

/// Makes the text black or white where it came out too near its ground.
fn keep_legible(style: &mut Style, text: Style, convert: impl Fn(Color) -> Color) {
    if style.fg.is_none() && style.bg.is_none() {
        return;
    }
    let fg = style.fg.or(text.fg.map(&convert));
    let bg = style.bg.or(text.bg.map(&convert));
    if let (Some(fg), Some(bg)) = (fg, bg)
        && contrast(fg, bg).is_some_and(|ratio| ratio < 3.0)
    {
        let on = |n| contrast(Color::Ansi(n), bg).unwrap_or(1.0);
        style.fg = Some(Color::Ansi(if on(15) >= on(0) { 15 } else { 0 }));
    }
}
