//! Asks the terminal about itself: how wide it draws what terminals draw differently, which modes it knows, its ground.
//!
//! All is asked in one write, the identity first and at the end what every terminal answers, so that the answers cost one
//! journey. Widths are measured: a sample is printed at the left edge, and the terminal is asked where its cursor went.
//! Source: ECMA-48 (CPR, DA), DEC STD 070 (DECRQM, DECRQSS), xterm's ctlseqs (XTVERSION, OSC 11), kitty's keyboard protocol.

use super::reply::Reply;
use crate::text::{Profile, Trait};

/// A narrower window has no room for the samples: the widest takes eleven cells on some terminals.
const LEAST_COLUMNS: u16 = 14;

/// The mode that holds back half-drawn frames.
const SYNCHRONISED: u16 = 2026;
/// The mode that draws clusters as UAX #29 has them.
const CLUSTERS: u16 = 2027;

/// A colour that no terminal has by itself: where it is told again, all colours are kept.
const COLOUR: &[u8] = b"\x1b[48;2;1;2;3m\x1bP$qm\x1b\\\x1b[m";

/// The row of the samples, from 0.
const ROW: u16 = 1;

/// Stands for a column that was not told.
const NOWHERE: u16 = u16::MAX;

/// Two cells on every terminal that is sent UTF-8 and takes it as that.
const HAN: &str = "中";

/// What is printed to learn of a trait, and the cells that it takes where the terminal has the trait and where it has
/// not. Other widths tell nothing.
const SAMPLES: [(Trait, &str, u16, Option<u16>); 26] = [
    (Trait::WideQuotes, "“", 2, Some(1)),
    (Trait::WideQuotes, "’", 2, Some(1)),
    (Trait::WideMarks, "—", 2, Some(1)),
    (Trait::WideMarks, "…", 2, Some(1)),
    (Trait::WideMarks, "·", 2, Some(1)),
    (Trait::WideCircled, "①", 2, Some(1)),
    (Trait::WideLetters, "α", 2, Some(1)),
    (Trait::WideLetters, "Ж", 2, Some(1)),
    (Trait::WideLetters, "ā", 2, Some(1)),
    (Trait::WideLines, "─", 2, Some(1)),
    (Trait::WideLines, "█", 2, Some(1)),
    (Trait::WideSymbols, "☆", 2, Some(1)),
    (Trait::WideSymbols, "→", 2, Some(1)),
    (Trait::WideSymbols, "℃", 2, Some(1)),
    (Trait::WidePrivate, "\u{E000}", 2, Some(1)),
    (Trait::WideEmoji, "❤\u{FE0F}", 2, Some(1)),
    (Trait::JoinedKeycaps, "1\u{FE0F}\u{20E3}", 2, Some(1)),
    (Trait::JoinedSkinTones, "👍🏽", 2, None),
    (Trait::JoinedEmoji, "👨\u{200D}👩\u{200D}👧", 2, None),
    (Trait::WideIndicators, "\u{1F1E8}", 2, Some(1)),
    (Trait::PartedKana, "か\u{3099}", 4, Some(2)),
    (Trait::PartedJamo, "\u{1113}\u{1161}", 3, Some(2)),
    (Trait::NarrowHexagrams, "䷀", 1, Some(2)),
    (Trait::WideTrigrams, "☰", 2, Some(1)),
    (Trait::NarrowNewHan, "\u{31350}", 1, None),
    (Trait::LostNewHan, "\u{31350}", 0, None),
];

/// What the terminal has told of itself so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Learned {
    /// Its name and version, else its secondary attributes.
    pub identity: Option<String>,
    /// Whether it takes UTF-8 for what it is: a Han character came out two cells wide.
    pub utf8: Option<bool>,
    /// Its widths.
    pub profile: Option<Profile>,
    /// Whether it knows mode 2026.
    pub synchronised: Option<bool>,
    /// Whether it knows mode 2027, and whether that is on.
    pub clusters: Option<(bool, bool)>,
    /// Whether it knows kitty's keyboard protocol.
    pub keyboard: bool,
    /// The colour of its ground, 8 bits each of red, green and blue.
    pub ground: Option<[u8; 3]>,
    /// Whether it keeps all colours.
    pub all_colours: bool,
}

/// The questions to a terminal and the answers that have come.
#[derive(Debug, Default)]
pub struct Probe {
    /// Where the cursor went behind each sample: first Han, then those of [`SAMPLES`].
    columns: Vec<u16>,
    /// Whether samples were printed.
    sampled: bool,
    learned: Learned,
    done: bool,
}

impl Probe {
    /// The questions for a window of so many columns, and the probe that awaits their answers.
    ///
    /// `term` is the value of `TERM`: the Linux console prints what it does not know of strings of commands, and is
    /// asked no such thing.
    #[must_use]
    pub fn ask(term: Option<&str>, columns: u16) -> (Self, Vec<u8>) {
        let console = term.is_some_and(|term| term.starts_with("linux"));
        let sampled = columns >= LEAST_COLUMNS;
        let mut out = Vec::with_capacity(512);
        if !console {
            out.extend_from_slice(b"\x1b[>q\x1b[>c");
        }
        if sampled {
            // Concealed: where the answers are slow, nothing odd is seen. In the second row: an answer about the first
            // has the form of a key, F3 with modifiers.
            out.extend_from_slice(b"\x1b[2H\x1b[8m");
            for text in std::iter::once(HAN).chain(SAMPLES.map(|(_, text, ..)| text)) {
                out.push(b'\r');
                out.extend_from_slice(text.as_bytes());
                out.extend_from_slice(b"\x1b[6n");
            }
            out.extend_from_slice(b"\x1b[m\r\x1b[K");
        }
        if !console {
            for mode in [SYNCHRONISED, CLUSTERS] {
                out.extend_from_slice(format!("\x1b[?{mode}$p").as_bytes());
            }
            out.extend_from_slice(b"\x1b[?u");
            out.extend_from_slice(ASK_GROUND);
            // GNU screen hands strings of this kind on, and is mistaken afterwards about its own first row.
            if !term.is_some_and(|term| term.starts_with("screen")) {
                out.extend_from_slice(COLOUR);
            }
        }
        out.extend_from_slice(b"\x1b[c");
        let probe = Self {
            sampled,
            ..Self::default()
        };
        (probe, out)
    }

    /// How many answers about the cursor are still to come.
    #[must_use]
    pub fn cursors_left(&self) -> u32 {
        let all = if self.sampled { SAMPLES.len() + 1 } else { 0 };
        u32::try_from(all.saturating_sub(self.columns.len())).unwrap_or(u32::MAX)
    }

    /// Whether all answers have come that will come.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// What has been learned.
    #[must_use]
    pub const fn learned(&self) -> &Learned {
        &self.learned
    }

    /// Takes an answer in.
    pub fn take(&mut self, reply: Reply) {
        let awaited = self.cursors_left();
        let learned = &mut self.learned;
        match reply {
            Reply::Cursor { column, row } if awaited > 0 => {
                // An answer about another row is not about a sample.
                let column = if row == ROW { column } else { NOWHERE };
                self.columns.push(column);
                if awaited == 1 {
                    self.measure();
                }
            }
            Reply::Cursor { .. } => {}
            Reply::Mode { mode, state } => match mode {
                // A mode that is off for ever is no use.
                SYNCHRONISED => learned.synchronised = Some(matches!(state, 1..=3)),
                CLUSTERS => learned.clusters = Some((state != 0, matches!(state, 1 | 3))),
                _ => {}
            },
            Reply::Keyboard(_) => learned.keyboard = true,
            Reply::Ground(colour) => learned.ground = Some(colour),
            Reply::Version(name) => learned.identity = Some(name),
            Reply::Secondary(numbers) => {
                learned
                    .identity
                    .get_or_insert_with(|| format!("DA2 {numbers}"));
            }
            Reply::Style(style) => {
                let numbers: Vec<&str> =
                    style.split([';', ':']).filter(|n| !n.is_empty()).collect();
                learned.all_colours |= numbers.windows(2).any(|n| n == ["48", "2"])
                    && numbers.ends_with(&["1", "2", "3"]);
            }
            Reply::Primary => self.done = true,
        }
    }

    fn measure(&mut self) {
        let utf8 = self.columns.first() == Some(&2);
        self.learned.utf8 = Some(utf8);
        if utf8 {
            self.learned.profile = Some(profile(self.columns.get(1..).unwrap_or_default()));
        }
    }
}

/// Asks for the ground alone.
pub(super) const ASK_GROUND: &[u8] = b"\x1b]11;?\x1b\\";

/// The profile that the cells of [`SAMPLES`] speak for.
fn profile(cells: &[u16]) -> Profile {
    let mut profile = Profile::default();
    for which in Trait::ALL {
        let told: Vec<Option<bool>> = SAMPLES
            .iter()
            .zip(cells)
            .filter(|((tells, ..), _)| *tells == which)
            .map(|((_, _, with, without), cells)| {
                if *cells == NOWHERE {
                    None
                } else if cells == with {
                    Some(true)
                } else {
                    without.is_none_or(|w| w == *cells).then_some(false)
                }
            })
            .collect();
        profile = match told.first() {
            Some(Some(has)) if told.iter().all(|t| *t == Some(*has)) => {
                profile.measured(which, *has)
            }
            // Samples of one class that differ: what the most frequent has, and moves behind each of them.
            Some(Some(has)) => profile.with(which, *has),
            _ => profile,
        };
    }
    profile
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{str_width, width};

    /// Answers as a terminal that draws each sample so wide.
    fn answered(cells: impl Fn(&str) -> u16) -> Learned {
        let (mut probe, _) = Probe::ask(Some("xterm-256color"), 80);
        for text in std::iter::once(HAN).chain(SAMPLES.map(|(_, text, ..)| text)) {
            assert!(probe.learned().profile.is_none());
            probe.take(Reply::Cursor {
                column: cells(text),
                row: ROW,
            });
        }
        assert_eq!(probe.cursors_left(), 0);
        probe.learned().clone()
    }

    #[test]
    fn every_trait_is_asked_for_and_comes_out_as_it_is() {
        for which in Trait::ALL {
            let real = Profile::default().with(which, true);
            let drawn = |text: &str| match which {
                Trait::PartedKana if text == "か\u{3099}" => 4,
                Trait::LostNewHan if text == "\u{31350}" => 0,
                // What the sums of the profile leave out, terminals may count: joiners.
                _ => width(text, &real).max(str_width(text, &real)),
            };
            let profile = answered(drawn).profile.unwrap();
            for other in Trait::ALL {
                assert_eq!(profile.has(other), other == which, "{other:?} of {which:?}");
                assert!(profile.is_measured(other), "{other:?} of {which:?}");
            }
        }
    }

    #[test]
    fn classes_whose_samples_differ_are_not_measured() {
        let drawn = |text: &str| match text {
            "·" => 1,
            "—" | "…" => 2,
            "\u{E000}" => 0,
            _ => str_width(text, &Profile::default()),
        };
        let profile = answered(drawn).profile.unwrap();
        assert!(profile.has(Trait::WideMarks) && !profile.is_measured(Trait::WideMarks));
        assert!(!profile.is_measured(Trait::WidePrivate));
        assert!(profile.is_measured(Trait::WideQuotes));
    }

    #[test]
    fn a_terminal_that_takes_bytes_for_characters_tells_no_widths() {
        let learned = answered(|text| u16::try_from(text.len()).unwrap());
        assert_eq!((learned.utf8, learned.profile), (Some(false), None));
    }

    #[test]
    fn the_other_answers_are_taken_in_any_order() {
        let (mut probe, asked) = Probe::ask(Some("xterm"), 13);
        assert_eq!(probe.cursors_left(), 0);
        assert!(!asked.windows(4).any(|w| w == b"\x1b[6n"));
        for reply in [
            Reply::Secondary("41;379;0".to_owned()),
            Reply::Mode {
                mode: 2026,
                state: 2,
            },
            Reply::Mode {
                mode: 2027,
                state: 0,
            },
            Reply::Cursor { column: 3, row: 3 },
            Reply::Version("XTerm(379)".to_owned()),
            Reply::Style("0;48:2::1:2:3".to_owned()),
            Reply::Ground([255, 255, 255]),
        ] {
            probe.take(reply);
            assert!(!probe.is_done());
        }
        probe.take(Reply::Primary);
        assert!(probe.is_done());
        assert_eq!(
            *probe.learned(),
            Learned {
                identity: Some("XTerm(379)".to_owned()),
                utf8: None,
                profile: None,
                synchronised: Some(true),
                clusters: Some((false, false)),
                keyboard: false,
                ground: Some([255, 255, 255]),
                all_colours: true,
            }
        );
    }

    #[test]
    fn an_answer_about_another_row_tells_nothing() {
        let (mut probe, _) = Probe::ask(Some("xterm"), 80);
        let (mut row, mut count) = (ROW, 0);
        while probe.cursors_left() > 0 {
            probe.take(Reply::Cursor { column: 2, row });
            (row, count) = (9, count + 1);
        }
        assert_eq!(count, SAMPLES.len() + 1);
        assert_eq!(probe.learned().profile, Some(Profile::default()));
    }

    #[test]
    fn the_console_is_asked_for_widths_alone() {
        let (_, asked) = Probe::ask(Some("linux"), 80);
        assert!(!asked.windows(2).any(|w| w == b"\x1bP" || w == b"\x1b]"));
        assert!(asked.ends_with(b"\x1b[c"));
        let (_, asked) = Probe::ask(Some("screen.xterm-256color"), 80);
        assert!(!asked.windows(2).any(|w| w == b"\x1bP"));
    }
}
