//! The tables `[themes.*]`: palettes, styles and what they stand upon, and the faults that show when all are known.

use std::borrow::Cow;

use serde_spanned::Spanned;
use toml::de::DeValue;

use super::reader::{Entry, Reader, entries, integer, meant};
use crate::theme::{Color, Fault, RawColor, RawStyle, RawTheme, Slot, ThemeProblem, Underline};

const STYLE: [&str; 8] = [
    "fg",
    "bg",
    "bold",
    "dim",
    "italic",
    "reverse",
    "strike",
    "underline",
];
const COLORS: &str =
    "\"#rrggbb\", a number from 0 to 255, a name of the palette or of the terminal's colours";

impl Reader<'_> {
    pub(super) fn themes(&mut self, value: &Spanned<DeValue<'_>>, raw: &mut Vec<RawTheme>) {
        for (key, value) in self.table(value, "themes") {
            let name = key.get_ref().as_ref();
            let mut theme = RawTheme {
                name: name.to_owned(),
                ..RawTheme::default()
            };
            for (key, value) in self.table(value, &format!("themes.{name}")) {
                match key.get_ref().as_ref() {
                    "inherits" => match value.get_ref().as_str() {
                        Some(base) => theme.inherits = Some((base.to_owned(), Some(value.span()))),
                        None => {
                            self.wrong(value, "inherits", "the name of a theme in quotes", "mono")
                        }
                    },
                    "palette" => self.palette(value, &mut theme),
                    slot => self.slot(slot, (key, value), &mut theme),
                }
            }
            raw.push(theme);
        }
    }

    fn palette(&mut self, value: &Spanned<DeValue<'_>>, theme: &mut RawTheme) {
        for (key, value) in self.table(value, "palette") {
            let name = key.get_ref().to_string();
            match self.fixed_color(value) {
                Some(color) => theme.palette.push((name, color)),
                None => {
                    let wanted =
                        "\"#rrggbb\", a number from 0 to 255 or one of the terminal's colours";
                    self.wrong(value, &name, wanted, "the theme below");
                }
            }
        }
    }

    fn fixed_color(&self, value: &Spanned<DeValue<'_>>) -> Option<Color> {
        match value.get_ref() {
            DeValue::String(text) => Color::parse(text),
            other => integer(other)
                .and_then(|n| u8::try_from(n).ok())
                .map(Color::numbered),
        }
    }

    fn slot(&mut self, name: &str, (key, value): Entry<'_, '_>, theme: &mut RawTheme) {
        let slot = Slot::from_name(name);
        // `mention.person = …` without quotes is a table `mention` to TOML.
        let nested = |key: &Cow<'_, str>| Slot::from_name(&format!("{name}.{key}"));
        let Some(slot) = slot else {
            let known: Vec<&str> = Slot::ALL
                .iter()
                .map(|slot| slot.name())
                .chain(["inherits", "palette"])
                .collect();
            self.unknown_key(key, "something that a theme can style", &known);
            return;
        };
        let mut style = RawStyle::default();
        let DeValue::Table(table) = value.get_ref() else {
            style.fg = self.color(value, name);
            theme.styles.push((slot, style));
            return;
        };
        for (key, value) in entries(table) {
            let rest = &mut style.rest;
            match key.get_ref().as_ref() {
                "fg" => style.fg = self.color(value, "fg"),
                "bg" => style.bg = self.color(value, "bg"),
                "bold" => rest.bold = self.flag(value, "bold"),
                "dim" => rest.dim = self.flag(value, "dim"),
                "italic" => rest.italic = self.flag(value, "italic"),
                "reverse" => rest.reverse = self.flag(value, "reverse"),
                "strike" => rest.strike = self.flag(value, "strike"),
                "underline" => rest.underline = self.underline(value),
                _ if nested(key.get_ref()).is_some() => {
                    self.slot(&format!("{name}.{}", key.get_ref()), (key, value), theme);
                }
                _ => self.unknown_key(key, "a part of a style", &STYLE),
            }
        }
        theme.styles.push((slot, style));
    }

    fn flag(&mut self, value: &Spanned<DeValue<'_>>, name: &str) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(value, name, "true or false", "the theme below");
        }
        flag
    }

    fn underline(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Underline> {
        let found = match (value.get_ref().as_bool(), value.get_ref().as_str()) {
            (Some(true), _) => Some(Underline::Single),
            (Some(false), _) => Some(Underline::None),
            (None, Some(word)) => Underline::ALL.into_iter().find(|kind| kind.name() == word),
            (None, None) => None,
        };
        if found.is_none() {
            self.one_of(
                value,
                "underline",
                &Underline::ALL.map(Underline::name),
                "the theme below",
            );
        }
        found
    }

    fn color(&mut self, value: &Spanned<DeValue<'_>>, name: &str) -> Option<RawColor> {
        match value.get_ref() {
            // A palette may call one of its own colours `red`, so names wait until palettes are known.
            DeValue::String(text) if !text.starts_with('#') && !text.is_empty() => {
                Some(RawColor::Named(text.to_string(), Some(value.span())))
            }
            _ => {
                let color = self.fixed_color(value);
                if color.is_none() {
                    self.wrong(value, name, COLORS, "the theme below");
                }
                color.map(RawColor::Fixed)
            }
        }
    }

    /// Reports what only shows when themes are put together.
    pub(super) fn theme_faults(&mut self, faults: Vec<ThemeProblem>) {
        for ThemeProblem { theme, at, fault } in faults {
            let (message, label, help) = match fault {
                Fault::UnknownBase(name, known) => (
                    format!("theme “{theme}” inherits from “{name}”, which does not exist"),
                    "no such theme",
                    meant(&name, &borrowed(&known), "mono is used"),
                ),
                Fault::Cycle(names) => (
                    format!(
                        "theme “{theme}” inherits from itself: {}",
                        names.join(" → ")
                    ),
                    "goes round in a circle",
                    "let one of them inherit from another theme; mono is used".to_owned(),
                ),
                Fault::UnknownColor(name, known) => (
                    format!(
                        "theme “{theme}” names the colour “{name}”, which is not in its palette"
                    ),
                    "no such colour",
                    color_meant(&name, &borrowed(&known)),
                ),
            };
            self.report(at.unwrap_or(0..0), &message, label, &help);
        }
    }
}

fn borrowed(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

fn color_meant(word: &str, known: &[&str]) -> String {
    match crate::text::nearest(word, known.iter().copied()) {
        Some(name) => format!("did you mean “{name}”? Until then the theme below is used"),
        None => format!("write {COLORS}; until then the theme below is used"),
    }
}
