//! Help over what lies over the panes: keys in, screen out.

use crate::reader::{Choice, Reader};
use kanbao::article::Severity;
use kanbao::library::Library;

/// Help over a page, problems, the concordance and a list leads back to what it covers, with its cursor and its place.
#[test]
fn help_leads_back_to_what_it_covers() {
    for (columns, rows) in [(120, 30), (60, 20), (40, 12), (20, 5)] {
        let choice = Choice {
            problems: (0..90)
                .map(|n| (Severity::Warning, format!("problem {n}")))
                .collect(),
            ..Choice::default()
        };
        let mut reader = Reader::start(Library::bundled(), columns, rows, &choice);
        for (open, close, heading, key) in [
            (
                "]mgp}}jj",
                "<Esc>",
                "On a name's page",
                "these two names are one",
            ),
            (
                "!<Space>j",
                "<Esc>",
                "In the list of problems",
                "a page down",
            ),
            (
                "/乌镇<Enter>gkj",
                "<Esc><Esc>",
                "In the concordance",
                "order by",
            ),
            (
                "/乌镇<Enter>glj",
                "<Esc><Esc>",
                "In a list to choose from",
                "filter",
            ),
            ("v", "<Esc>", "While a selection is made", "select"),
        ] {
            let before = reader.press(open).rows();
            for help in ["<F1>", "g?"] {
                if help == "g?" && open.contains("gl") {
                    continue;
                }
                for leave in ["<Esc>", "q", "<F1>", "g?"] {
                    let shown = reader.press(help).screen();
                    assert!(shown.contains(" HELP"), "{open} {help}: {shown}");
                    if columns > 60 {
                        assert!(shown.contains(heading), "{open}: {shown}");
                        assert!(shown.contains(key), "{open}: {shown}");
                    }
                    reader.press("<Space>").press(leave);
                    assert_eq!(reader.rows(), before, "{open} {help} {leave}");
                }
            }
            // The window may change meanwhile.
            reader.press("<F1>").resize(columns + 7, rows + 3);
            reader.press("<Esc>").resize(columns, rows);
            assert!(!reader.screen().contains(" HELP"));
            reader.press(close);
        }
        assert!(reader.app.overlay().is_none() && reader.app.pages().is_none());
    }
}

#[test]
fn what_does_nothing_says_how_the_keys_are_found() {
    let mut reader = Reader::bundled(120, 30);
    for (keys, want) in [
        ("]mgpz", "z does nothing here; F1 shows all keys"),
        ("<F1>z", "z does nothing here; q closes help"),
        ("<Esc><Esc>!z", "z does nothing here; F1 shows all keys"),
        ("<Esc>z", "z does nothing here; F1 shows all keys"),
    ] {
        reader.press(keys);
        assert!(
            reader.status().contains(want),
            "{keys}: {}",
            reader.status()
        );
    }
}

/// The palette takes the place of help and of problems; what lay below them is as it was.
#[test]
fn the_palette_takes_the_place_of_help() {
    let mut reader = Reader::bundled(120, 30);
    let page = reader.press("]mgp}").rows();
    reader.press("<F1>:").write("help").press("<Enter>");
    assert!(reader.status().starts_with(" HELP"), "{}", reader.status());
    assert!(reader.screen().contains("On a name's page"));
    reader.press("<F1>");
    assert_eq!(reader.rows(), page);
    reader.press("<Esc>!<F1>:").press("<Esc>");
    assert!(reader.app.overlay().is_none());
}
