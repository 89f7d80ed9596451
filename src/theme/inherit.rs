//! From themes as they are written to themes as they are asked: layers, inheritance, palettes, fallbacks.

use std::ops::Range;
use std::sync::Arc;

use super::color::{ANSI_NAMES, Color};
use super::depth::Depth;
use super::raw::{Fault, RawColor, RawTheme, ThemeProblem};
use super::slot::Slot;
use super::style::Style;
use super::whole::Theme;

/// The theme on which those stand that inherit from none.
const ROOT: &str = "mono";

/// All themes there are, in the order in which they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Themes {
    /// Never empty.
    list: Vec<Theme>,
}

impl Themes {
    /// Puts themes together. What is wrong is left out and told.
    ///
    /// A theme that inherits from none stands upon `mono`, so that no hit or mention is ever invisible. Palettes are
    /// put together before styles are: a theme that changes a colour changes it in the styles that it inherits too.
    #[must_use]
    pub fn build(raw: &[RawTheme]) -> (Self, Vec<ThemeProblem>) {
        let mut problems = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for theme in raw {
            if !names.contains(&theme.name.as_str()) {
                names.push(&theme.name);
            }
        }
        let mut list: Vec<Theme> = names
            .iter()
            .map(|name| resolve(name, raw, &names, &mut problems))
            .collect();
        let root = list.iter().find(|theme| theme.name == ROOT);
        let plain: Arc<[Style]> =
            root.map_or_else(Arc::default, |root| root.styles.as_slice().into());
        for theme in &mut list {
            theme.plain = Arc::clone(&plain);
        }
        if list.is_empty() {
            list.push(Theme {
                name: ROOT.to_owned(),
                styles: vec![Style::default(); Slot::ALL.len()],
                lent: vec![false; Slot::ALL.len()],
                plain: Arc::default(),
                depth: Depth::True,
            });
        }
        (Self { list }, problems)
    }

    /// The theme of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Theme> {
        self.list.iter().find(|theme| theme.name == name)
    }

    /// The theme of that name, else the first.
    #[must_use]
    pub fn get_or_first(&self, name: &str) -> &Theme {
        self.get(name).unwrap_or(&self.list[0])
    }

    /// All names, built-in themes first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(Theme::name)
    }

    /// The name that comes after `name`; after the last and an unknown one, the first.
    #[must_use]
    pub fn next_after(&self, name: &str) -> &str {
        let next = self
            .list
            .iter()
            .position(|theme| theme.name == name)
            .map_or(0, |index| index + 1);
        self.list.get(next).unwrap_or(&self.list[0]).name()
    }
}

/// What the layers of `name` say it stands upon; the last word counts.
fn base<'a>(name: &str, raw: &'a [RawTheme]) -> Option<&'a (String, Option<Range<usize>>)> {
    raw.iter()
        .rev()
        .filter(|theme| theme.name == name)
        .find_map(|theme| theme.inherits.as_ref())
}

/// The names from the root up to `name`.
fn chain<'a>(
    name: &'a str,
    raw: &'a [RawTheme],
    names: &[&str],
    problems: &mut Vec<ThemeProblem>,
) -> Vec<&'a str> {
    let mut chain = vec![name];
    let mut at = name;
    loop {
        let Some((below, place)) = base(at, raw) else {
            if !chain.contains(&ROOT) && names.contains(&ROOT) {
                at = ROOT;
                chain.push(ROOT);
                continue;
            }
            break;
        };
        // A fault is told once, for the theme in which it is written.
        let tell = |fault| ThemeProblem {
            theme: at.to_owned(),
            at: place.clone(),
            fault,
        };
        if let Some(from) = chain.iter().position(|seen| seen == below) {
            if from == 0 {
                let place = base(name, raw).and_then(|(_, place)| place.clone());
                let circle = chain
                    .iter()
                    .copied()
                    .chain([name])
                    .map(str::to_owned)
                    .collect();
                problems.push(ThemeProblem {
                    theme: name.to_owned(),
                    at: place,
                    fault: Fault::Cycle(circle),
                });
            }
            if !chain.contains(&ROOT) && names.contains(&ROOT) {
                chain.push(ROOT);
            }
            break;
        }
        if !names.contains(&below.as_str()) {
            if at == name {
                problems.push(tell(Fault::UnknownBase(
                    below.clone(),
                    names.iter().map(|n| (*n).to_owned()).collect(),
                )));
            }
            if !chain.contains(&ROOT) && names.contains(&ROOT) {
                chain.push(ROOT);
            }
            break;
        }
        at = below;
        chain.push(at);
    }
    chain.reverse();
    chain
}

fn resolve(
    name: &str,
    raw: &[RawTheme],
    names: &[&str],
    problems: &mut Vec<ThemeProblem>,
) -> Theme {
    let chain = chain(name, raw, names, problems);
    let layers: Vec<&RawTheme> = chain
        .iter()
        .flat_map(|name| raw.iter().filter(move |theme| theme.name == *name))
        .collect();
    let palette = |wanted: &str| {
        let mut colors = layers
            .iter()
            .rev()
            .flat_map(|theme| theme.palette.iter().rev());
        colors
            .find(|(name, _)| name == wanted)
            .map(|(_, color)| *color)
    };
    let mut own = vec![Style::default(); Slot::ALL.len()];
    for layer in &layers {
        for (slot, style) in &layer.styles {
            let mut color = |raw: &Option<RawColor>| match raw {
                None => None,
                Some(RawColor::Fixed(color)) => Some(*color),
                Some(RawColor::Named(wanted, at)) => {
                    let found = palette(wanted).or_else(|| Color::parse(wanted));
                    if found.is_none() && layer.name == name {
                        let mut known: Vec<String> = layers
                            .iter()
                            .flat_map(|theme| theme.palette.iter().map(|(name, _)| name.clone()))
                            .collect();
                        known.sort();
                        known.dedup();
                        known.extend(ANSI_NAMES.iter().map(|name| (*name).to_owned()));
                        let fault = Fault::UnknownColor(wanted.clone(), known);
                        problems.push(ThemeProblem {
                            theme: name.to_owned(),
                            at: at.clone(),
                            fault,
                        });
                    }
                    found
                }
            };
            let (fg, bg) = (color(&style.fg), color(&style.bg));
            let written = Style {
                fg,
                bg,
                ..style.rest
            };
            if let Some(below) = own.get_mut(*slot as usize) {
                *below = written.over(*below);
            }
        }
    }
    let is_part = |slot: &Slot| slot.parent().is_some_and(Slot::is_area);
    let lent = Slot::ALL.iter().zip(&own);
    let lent = lent
        .map(|(slot, style)| style.bg.is_none() && is_part(slot))
        .collect();
    // Parents stand before their children in `ALL`.
    let mut styles: Vec<Style> = Vec::with_capacity(own.len());
    for (slot, style) in Slot::ALL.iter().zip(own) {
        let below = slot
            .parent()
            .and_then(|parent| styles.get(parent as usize).copied());
        styles.push(below.map_or(style, |below| style.over(below)));
    }
    Theme {
        name: name.to_owned(),
        styles,
        lent,
        plain: Arc::default(),
        depth: Depth::True,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Depth, RawStyle};

    fn theme(
        name: &str,
        inherits: &str,
        palette: &[(&str, Color)],
        styles: &[(Slot, &str)],
    ) -> RawTheme {
        let named = |color: &str| RawStyle {
            fg: Some(RawColor::Named(color.to_owned(), None)),
            ..RawStyle::default()
        };
        RawTheme {
            name: name.to_owned(),
            inherits: (!inherits.is_empty()).then(|| (inherits.to_owned(), None)),
            palette: palette
                .iter()
                .map(|(name, color)| ((*name).to_owned(), *color))
                .collect(),
            styles: styles
                .iter()
                .map(|(slot, color)| (*slot, named(color)))
                .collect(),
        }
    }

    const INK: Color = Color::Rgb(1, 2, 3);
    const SEA: Color = Color::Rgb(0, 0, 99);

    #[test]
    fn palettes_reach_inherited_styles_and_children_their_parents() {
        let raw = [
            theme(
                "child",
                "base",
                &[("ink", SEA)],
                &[(Slot::MentionPlace, "bright-red")],
            ),
            theme("base", "", &[("ink", INK)], &[(Slot::Mention, "ink")]),
        ];
        let (themes, problems) = Themes::build(&raw);
        assert_eq!(problems, []);
        let fg = |theme: &str, slot| themes.get_or_first(theme).style(slot).fg;
        assert_eq!(fg("base", Slot::MentionPerson), Some(INK));
        assert_eq!(fg("child", Slot::MentionPerson), Some(SEA));
        assert_eq!(fg("child", Slot::MentionPlace), Some(Color::Ansi(9)));
        assert_eq!(themes.names().collect::<Vec<_>>(), ["child", "base"]);
        assert_eq!(
            (themes.next_after("child"), themes.next_after("base")),
            ("base", "child")
        );
    }

    #[test]
    fn a_part_of_an_area_leaves_the_ground_to_what_it_stands_on() {
        let on = |color| RawStyle {
            bg: Some(RawColor::Fixed(color)),
            ..RawStyle::default()
        };
        let raw = RawTheme {
            name: "t".to_owned(),
            styles: vec![
                (Slot::List, on(INK)),
                (Slot::ListProblem, on(SEA)),
                (Slot::Hit, on(INK)),
            ],
            ..RawTheme::default()
        };
        let (themes, _) = Themes::build(&[raw]);
        let theme = themes.get_or_first("t");
        let row = Style {
            bg: Some(Color::Ansi(4)),
            ..Style::default()
        };
        let ground = |slot, below| theme.over(slot, below).bg;
        assert_eq!(ground(Slot::ListDate, row), row.bg);
        assert_eq!(ground(Slot::ListDate, Style::default()), Some(INK));
        assert_eq!(ground(Slot::ListProblem, row), Some(SEA));
        // A hit is no area: what it has, the one at the point has.
        assert_eq!(ground(Slot::HitCurrent, row), Some(INK));
    }

    #[test]
    fn faults_are_told_once_and_the_rest_holds() {
        let raw = [
            theme(
                "a",
                "b",
                &[("ink", INK)],
                &[(Slot::Title, "ink"), (Slot::Text, "inc")],
            ),
            theme("b", "c", &[], &[]),
            theme("c", "b", &[], &[]),
            theme("d", "nowhere", &[], &[]),
        ];
        let (themes, problems) = Themes::build(&raw);
        let told: Vec<String> = problems
            .iter()
            .map(|p| {
                format!("{} {:?}", p.theme, p.fault)
                    .chars()
                    .take(24)
                    .collect()
            })
            .collect();
        assert_eq!(
            told,
            [
                "a UnknownColor(\"inc\", [\"",
                "b Cycle([\"b\", \"c\", \"b\"])",
                "c Cycle([\"c\", \"b\", \"c\"])",
                "d UnknownBase(\"nowhere\","
            ]
        );
        assert_eq!(themes.get_or_first("a").style(Slot::Title).fg, Some(INK));
        assert_eq!(themes.get_or_first("a").style(Slot::Text).fg, None);
    }

    #[test]
    fn depth_takes_colours_and_leaves_the_rest() {
        let mut raw = theme(
            "t",
            "",
            &[("ink", Color::Rgb(250, 250, 250))],
            &[(Slot::Text, "ink"), (Slot::Hit, "ink")],
        );
        raw.styles[1].1.bg = Some(RawColor::Fixed(Color::Rgb(200, 200, 200)));
        raw.styles[1].1.rest.reverse = Some(false);
        raw.styles[1].1.rest.bold = Some(true);
        let (themes, _) = Themes::build(&[raw]);
        let hit = |depth| themes.get_or_first("t").at_depth(depth).style(Slot::Hit);
        assert_eq!(hit(Depth::True).fg, Some(Color::Rgb(250, 250, 250)));
        assert_eq!(hit(Depth::Indexed256).fg, Some(Color::Indexed(231)));
        assert_eq!(
            (hit(Depth::Ansi16).fg, hit(Depth::Ansi16).bg),
            (Some(Color::Ansi(0)), Some(Color::Ansi(7)))
        );
        let mono = hit(Depth::Mono);
        assert_eq!(
            (mono.fg, mono.bg, mono.bold, mono.reverse),
            (None, None, Some(true), Some(true))
        );
    }
}
