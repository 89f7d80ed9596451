//! The configuration as a user writes it, right and wrong.

use super::*;
use crate::action::Action;
use crate::keys::{Keymap, Mode, parse_sequence, show_sequence};
use crate::theme::{Color, Depth, Slot, Style, Theme, Underline, contrast};

fn read(text: &str) -> (Config, Vec<Problem>) {
    layer(Some(("配置.toml", text)))
}

/// Places and messages, one a line.
fn told(text: &str) -> Vec<String> {
    let (_, problems) = read(text);
    problems
        .iter()
        .map(|p| format!("{}:{} {} | {}", p.line, p.column, p.message, p.help))
        .collect()
}

const BUILT_IN: [&str; 5] = ["dark", "light", "paper", "contrast", "mono"];

#[test]
fn the_defaults_are_without_fault_and_over_themselves_the_same() {
    let (config, problems) = layer(None);
    assert_eq!(problems, []);
    assert_eq!(config.themes.names().collect::<Vec<_>>(), BUILT_IN);
    assert_eq!(
        (
            config.theme.dark.as_str(),
            config.theme.light.as_str(),
            config.ambiguous,
            config.library.clone()
        ),
        ("dark", "light", None, None)
    );
    assert_eq!(
        config.typeset,
        TypesetConfig {
            kinsoku: Kinsoku::Gb,
            hang: true,
            autospace: false,
            justify: false,
            measure: 40,
            indent: 2
        }
    );
    assert_eq!(
        config.panes,
        Panes {
            list: true,
            sidebar: true
        }
    );
    assert_eq!(config.keymap, Keymap::defaults());
    let (again, problems) = read(default_text());
    assert_eq!(problems, []);
    assert_eq!(again, config);
}

#[test]
fn a_users_file_is_laid_over_key_by_key() {
    let (config, problems) = read(
        "\u{feff}theme = \"paper\"\r\nlibrary = \"~/news\"\r\nambiguous = \"2\"\r\n\
         [typeset]\r\nhang = \"off\"\r\njustify = \"on\"\r\nmeasure = 0x20\r\n[panes]\r\nlist = false\r\n",
    );
    assert_eq!(problems, []);
    assert_eq!(
        (config.theme, config.ambiguous),
        (ThemeChoice::one("paper"), Some(Ambiguous::Two))
    );
    assert_eq!(config.library, Some(PathBuf::from("~/news")));
    let typeset = config.typeset;
    assert_eq!(
        (
            typeset.hang,
            typeset.justify,
            typeset.measure,
            typeset.indent
        ),
        (false, true, 32, 2)
    );
    assert_eq!((config.panes.list, config.panes.sidebar), (false, true));
}

#[test]
fn a_misspelt_key_is_shown_with_its_place() {
    let (config, problems) = read("# 我的设置\nthme = \"light\"\n");
    assert_eq!(config.theme.dark, "dark");
    insta::assert_snapshot!(problems[0].rendered, @r###"
    warning: “thme” is not a setting
     --> 配置.toml:2:1
      |
    2 | thme = "light"
      | ^^^^ unknown
      |
      = help: did you mean “theme”? Until then it is left out
    "###);
    assert_eq!((problems[0].line, problems[0].column), (2, 1));
}

#[test]
fn places_count_characters_not_bytes_or_cells() {
    let (_, problems) =
        read("[themes.\"夜读\"]\n\"mention.person\" = { bg = \"#中文\", fg = \"tea\" }\n");
    assert_eq!(
        problems
            .iter()
            .map(|p| (p.line, p.column))
            .collect::<Vec<_>>(),
        [(2, 27), (2, 39)]
    );
    insta::assert_snapshot!(problems[1].rendered, @r###"
    warning: theme “夜读” names the colour “tea”, which is not in its palette
     --> 配置.toml:2:39
      |
    2 | "mention.person" = { bg = "#中文", fg = "tea" }
      |                                         ^^^^^ no such colour
      |
      = help: write "#rrggbb", a number from 0 to 255, a name of the palette or of the terminal's colours; until then the theme below is used
    "###);
}

#[test]
fn each_kind_of_fault_has_its_words() {
    insta::assert_snapshot!(told(r##"
theme = "drak"
library = 3
ambiguous = 3
colour = true
[typeset]
kinsoku = "strickt"
hang = "maybe"
measure = 3
indent = "two"
kinsuko = "gb"
[panes]
list = 1
[keys.visual]
[keys.normal]
"<PagDown>" = "down"
"y" = "top"
"jj" = "up"
"x" = "next-metnion"
"u" = 7
[themes.a]
inherits = "b"
[themes.b]
inherits = "a"
[themes.c]
inherits = "drk"
palette = { tea = "#12", ink = 300 }
hedline = "ink"
headline = { fg = "aksent", underlines = "double", underline = "duble", bold = 1 }
title = 256
"##).join("\n"), @r###"
    2:9 there is no theme “drak” | did you mean “dark”? Until then “dark” is used
    3:11 “library” cannot be 3 | write a path in quotes; until then the bundled library is used
    4:13 “ambiguous” cannot be 3 | write “auto”, 1 or 2; until then “auto” is used
    5:1 “colour” is not a setting | there are theme, library, labels, ambiguous, mouse, typeset, copy, search, panes, keys, themes; until then it is left out
    7:11 “kinsoku” cannot be “strickt” | did you mean “strict”? Until then “gb” is used
    8:8 “hang” cannot be “maybe” | write true or false; until then true is used
    9:11 “measure” cannot be 3 | write a whole number from 4 to 200; until then 40 is used
    10:10 “indent” cannot be “two” | write a whole number from 0 to 8; until then 2 is used
    11:1 “kinsuko” is not a setting of [typeset] | did you mean “kinsoku”? Until then it is left out
    13:8 “list” cannot be 1 | write true or false; until then true is used
    14:7 “visual” is not a mode that has keys | there are normal, body, list, sidebar, select, concordance, prompt, picker, overlay; until then it is left out
    16:1 “<PagDown>” is not a key or a sequence of keys: no key is called “PagDown” | did you mean “PageDown”? Until then it is left out; < itself is written <lt>
    17:1 “y” would hide “yc”, “yf”, “yl”, “ym”, “yp”, “ys” | take away yc, yf, yl, ym, yp, ys first (= "none"); it is left unbound
    18:1 “jj” would be hidden by “j” | take away j first (= "none"); it is left unbound
    19:7 there is no action “next-metnion” | did you mean “next-mention”? Until then the key does what it does by default
    20:7 “u” cannot be 7 | write the name of an action in quotes, or false; until then the default is used
    22:12 theme “a” inherits from itself: a → b → a | let one of them inherit from another theme; mono is used
    24:12 theme “b” inherits from itself: b → a → b | let one of them inherit from another theme; mono is used
    26:12 theme “c” inherits from “drk”, which does not exist | did you mean “dark”? Until then mono is used
    27:19 “tea” cannot be “#12” | write "#rrggbb", a number from 0 to 255 or one of the terminal's colours; until then the theme below is used
    27:32 “ink” cannot be 300 | write "#rrggbb", a number from 0 to 255 or one of the terminal's colours; until then the theme below is used
    28:1 “hedline” is not something that a theme can style | did you mean “headline”? Until then it is left out
    29:19 theme “c” names the colour “aksent”, which is not in its palette | write "#rrggbb", a number from 0 to 255, a name of the palette or of the terminal's colours; until then the theme below is used
    29:29 “underlines” is not a part of a style | did you mean “underline”? Until then it is left out
    29:64 “underline” cannot be “duble” | did you mean “double”? Until then the theme below is used
    29:80 “bold” cannot be 1 | write true or false; until then the theme below is used
    30:9 “title” cannot be 256 | write "#rrggbb", a number from 0 to 255, a name of the palette or of the terminal's colours; until then the theme below is used
    "###);
}

#[test]
fn all_syntax_errors_are_told_and_the_rest_is_used() {
    let (config, problems) =
        read("theme = \nambiguous = 2\ntheme = \"paper\"\n[typeset\nhang = false\n");
    let syntax = problems
        .iter()
        .filter(|p| p.message.starts_with("this is not TOML"));
    assert_eq!(
        syntax.map(|p| (p.line, p.column)).collect::<Vec<_>>(),
        [(1, 9), (3, 1), (4, 9)]
    );
    assert_eq!(
        (config.theme.dark.as_str(), config.ambiguous),
        ("dark", Some(Ambiguous::Two))
    );
}

#[test]
fn nothing_unsafe_is_rendered() {
    let (_, problems) = read("\"a\\u001b[31m\" = 1\n# \u{1b}]0;\u{7}\n\"\u{202e}b\" = 2\n");
    assert!(problems.len() >= 2);
    for problem in problems {
        for text in [
            problem.rendered,
            problem.message,
            problem.help,
            problem.file,
        ] {
            assert!(
                !text.chars().any(|c| c != '\n' && crate::text::is_unsafe(c)),
                "{text:?}"
            );
        }
    }
}

#[test]
fn keys_are_bound_over_the_defaults() {
    let defaults = Keymap::defaults().bindings(Mode::Body);
    let longer = defaults.iter().filter(|(keys, _)| keys.len() > 1);
    let taken: String = longer
        .map(|(keys, _)| show_sequence(keys))
        .filter(|keys| keys.starts_with('g') && keys != "g?")
        .map(|keys| format!("\"{keys}\" = \"none\"\n"))
        .collect();
    let (config, problems) = read(&format!(
        "[keys.normal]\n\"g\" = \"top\"\n{taken}\"g?\" = false\n\"j\" = \"next-block\"\n\"Ctrl-e\" = \"down\"\n\
         [keys.list]\nq = \"\"\n",
    ));
    assert_eq!(problems, []);
    let action = |mode, keys: &str| {
        config
            .keymap
            .action(mode, &parse_sequence(keys).expect(keys))
    };
    assert_eq!(action(Mode::Body, "g"), Some(Action::Top));
    assert_eq!(action(Mode::Body, "j"), Some(Action::NextBlock));
    assert_eq!(action(Mode::Sidebar, "<C-e>"), Some(Action::Down));
    assert_eq!(
        (action(Mode::List, "q"), action(Mode::Body, "q")),
        (None, Some(Action::Quit))
    );
}

#[test]
fn three_lines_make_a_theme() {
    let (config, problems) = read(
        "theme = \"mine\"\n[themes.mine]\ninherits = \"paper\"\npalette = { person = \"#7a1fa2\" }\n\
         headline = { fg = \"#005f5f\", underline = \"double\" }\n",
    );
    assert_eq!(problems, []);
    let (mine, paper) = (
        config.themes.get_or_first("mine"),
        config.themes.get_or_first("paper"),
    );
    assert_eq!(
        mine.style(Slot::MentionPerson).fg,
        Some(Color::Rgb(0x7a, 0x1f, 0xa2))
    );
    assert_eq!(
        mine.style(Slot::MentionPerson).underline,
        Some(Underline::Single)
    );
    assert_eq!(
        mine.style(Slot::Headline).underline,
        Some(Underline::Double)
    );
    assert_eq!(mine.style(Slot::Headline).bold, Some(true));
    assert_eq!(
        mine.style(Slot::MentionPlace),
        paper.style(Slot::MentionPlace)
    );
    assert_eq!(config.themes.next_after("mono"), "mine");
    assert_eq!(config.themes.next_after("mine"), "dark");
}

#[test]
fn a_built_in_theme_may_be_changed_in_part_and_slots_need_no_quotes() {
    let (config, problems) = read(
        "[themes.dark]\nmention.person = { fg = \"red\", bold = true }\nmention.italic = true\npalette.red = 9\n",
    );
    assert_eq!(problems, []);
    let person = config
        .themes
        .get_or_first("light")
        .style(Slot::MentionPerson);
    assert_eq!(
        (person.fg, person.bold, person.italic),
        (Some(Color::Ansi(9)), Some(true), Some(true))
    );
    assert_eq!(config.themes.names().collect::<Vec<_>>(), BUILT_IN);
}

/// Slots that draw no text of their own.
const NO_TEXT: [Slot; 3] = [Slot::Border, Slot::Scrollbar, Slot::ScrollbarThumb];

fn check_contrast(theme: &Theme, least: f64, grounds: &[Slot]) {
    let text = theme.style(Slot::Text);
    assert!(text.fg.is_some() && text.bg.is_some(), "{}", theme.name());
    for slot in Slot::ALL.iter().filter(|slot| !NO_TEXT.contains(slot)) {
        // Mentions also stand on the ground of their entity's mark, of cursor lines and of overlays; what stands in
        // the list and the sidebar on that of cursor lines.
        let all = ["mention", "list.", "sidebar."]
            .iter()
            .any(|start| slot.name().starts_with(start));
        for below in if all { grounds } else { &grounds[..1] } {
            let style = theme.style(*slot).over(theme.style(*below)).over(text);
            let ratio = style
                .fg
                .zip(style.bg)
                .and_then(|(fg, bg)| contrast(fg, bg))
                .unwrap_or(0.0);
            assert!(
                ratio >= least,
                "{} {} on {}: {ratio:.2}",
                theme.name(),
                slot.name(),
                below.name()
            );
        }
    }
}

#[test]
fn built_in_themes_are_legible() {
    let (config, _) = layer(None);
    let grounds = [
        Slot::Text,
        Slot::MentionEntity,
        Slot::SidebarCursor,
        Slot::Overlay,
    ];
    for name in BUILT_IN.into_iter().filter(|name| *name != "mono") {
        let theme = config.themes.get_or_first(name);
        check_contrast(theme, 4.5, &grounds);
        check_contrast(&theme.at_depth(Depth::Indexed256), 3.5, &grounds);
        check_contrast(&theme.at_depth(Depth::Ansi16), 3.0, &grounds[..1]);
    }
}

#[test]
fn nothing_is_told_by_colour_alone() {
    let (config, _) = layer(None);
    for name in BUILT_IN {
        let theme = config.themes.get_or_first(name).at_depth(Depth::Mono);
        let style = |slot| theme.style(slot);
        for slot in Slot::ALL.iter().copied() {
            assert_eq!((style(slot).fg, style(slot).bg), (None, None));
            let mention = slot.name().starts_with("mention");
            assert_eq!(
                mention,
                mention
                    && style(slot)
                        .underline
                        .is_some_and(|line| line != Underline::None)
            );
        }
        let kinds = [
            Slot::Mention,
            Slot::MentionNested,
            Slot::MentionCrossing,
            Slot::MentionDiscontinuous,
            Slot::MentionGap,
        ];
        for (index, slot) in kinds.iter().enumerate() {
            assert!(
                kinds[..index]
                    .iter()
                    .all(|other| style(*other) != style(*slot)),
                "{name} {}",
                slot.name()
            );
        }
        for slot in [
            Slot::Point,
            Slot::MentionPoint,
            Slot::Hit,
            Slot::HitCurrent,
            Slot::Selection,
            Slot::ListCursor,
        ] {
            assert_eq!(style(slot).reverse, Some(true), "{name} {}", slot.name());
        }
        assert_ne!(style(Slot::Hit), style(Slot::HitCurrent), "{name}");
    }
}

/// Hits of the search, the one that was gone to, and those of each kept search, in and outside mentions, without colours;
/// also where all underlines are single ones.
#[test]
fn searches_are_told_apart_without_colours() {
    let (config, _) = layer(None);
    let hits = [Slot::Hit, Slot::HitCurrent];
    let kept = (0..5).map(Slot::of_kept);
    let roles = [Slot::Paragraph, Slot::Headline, Slot::Deck, Slot::Caption];
    let mentions = [
        Slot::Mention,
        Slot::MentionNested,
        Slot::MentionCrossing,
        Slot::MentionDiscontinuous,
        Slot::MentionGap,
        Slot::MentionEntity,
        Slot::MentionPoint,
    ];
    for name in BUILT_IN {
        let theme = config.themes.get_or_first(name).at_depth(Depth::Mono);
        // All that a terminal with single underlines shows.
        let seen = |style: Style| {
            let is = |on: Option<bool>| on.unwrap_or(false);
            let underlined = style.underline.unwrap_or_default() != Underline::None;
            (
                [style.bold, style.dim, style.italic, style.reverse].map(is),
                underlined,
            )
        };
        for role in roles {
            let text = theme.over(role, theme.style(Slot::Text));
            let mut grounds = vec![text];
            grounds.extend(mentions.iter().map(|slot| theme.over(*slot, text)));
            // Hits may lie in a mention or beside it, so no ground's is another's.
            let on = |slot: Slot| {
                let looks = grounds.iter().map(|ground| theme.over(slot, *ground));
                looks.map(seen).collect::<Vec<_>>()
            };
            for kept in kept.clone() {
                for look in on(kept) {
                    let is_other = |slot: &Slot| !on(*slot).contains(&look);
                    assert!(hits.iter().all(is_other), "{name} {role:?} {kept:?}");
                    assert!(grounds.iter().all(|g| seen(*g) != look), "{name} {kept:?}");
                }
            }
            for ground in &grounds {
                let [hit, current] = hits.map(|slot| seen(theme.over(slot, *ground)));
                assert_ne!(hit, current, "{name} {role:?}");
            }
        }
        // Where the terminal has more underlines the kept searches are told apart as well.
        let lines: std::collections::BTreeSet<&str> = kept
            .clone()
            .filter_map(|slot| theme.style(slot).underline)
            .map(Underline::name)
            .collect();
        assert_eq!(lines.len(), 5, "{name}");
    }
}

proptest::proptest! {
    /// Whatever is written, reading it ends with settings that can be used and problems that can be printed.
    #[test]
    fn reading_never_fails(text in "([a-z]{0,6}|theme|keys|themes|typeset|\\[|\\]|\\.|=|\"|'|\\{|\\}|\n| |中|\u{1b}|#|[0-9]){0,60}") {
        let (config, problems) = read(&text);
        assert!(config.themes.get(&config.theme.dark).is_some());
        assert!(config.themes.get(&config.theme.light).is_some());
        for problem in problems {
            assert!(problem.line >= 1 && problem.column >= 1);
            assert!(!problem.rendered.chars().any(|c| c != '\n' && c.is_control()));
        }
    }
}

#[test]
fn a_theme_is_chosen_for_each_ground() {
    for (text, want, faults) in [
        ("theme = \"auto\"", ("dark", "light"), 0),
        ("theme = \"paper\"", ("paper", "paper"), 0),
        (
            "theme = { dark = \"contrast\", light = \"paper\" }",
            ("contrast", "paper"),
            0,
        ),
        ("theme = { light = \"paper\" }", ("dark", "paper"), 0),
        ("theme = { light = \"papre\" }", ("dark", "light"), 1),
        ("theme = \"papre\"", ("dark", "light"), 1),
        ("theme = { grey = \"paper\" }", ("dark", "light"), 1),
        ("theme = { dark = 1 }", ("dark", "light"), 1),
        ("theme = 1", ("dark", "light"), 1),
    ] {
        let (config, problems) = read(text);
        assert_eq!(problems.len(), faults, "{text}: {problems:?}");
        assert_eq!(
            (config.theme.dark.as_str(), config.theme.light.as_str()),
            want,
            "{text}"
        );
    }
}
