//! `kanbao doctor`: what the terminal says of itself, a card that shows whether that is right, and what to set if not.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::path::Path;
use std::process::ExitCode;

use super::card::{card, told};
use super::locale;
use super::options::TypesetArgs;
use crate::config;
use crate::runtime::{self, Examined, Learned};
use crate::text::{Ambiguous, Profile, Trait, printable, printable_line, str_width};
use crate::theme::{Depth, Ground};

/// The arguments of `kanbao doctor`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Mend a terminal that a program has left broken (after kill -9): modes, colours, screen, keyboard
    #[arg(long)]
    reset: bool,
    #[command(flatten)]
    typeset: TypesetArgs,
}

/// Prints the report, or mends the terminal.
pub(super) fn run(args: &Args, explicit: Option<&Path>) -> ExitCode {
    if args.reset {
        return match runtime::reset() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let said = format!("error: the terminal cannot be mended: {error}; `reset` may");
                eprintln!("{}", printable_line(&said));
                ExitCode::FAILURE
            }
        };
    }
    let ambiguous = match config::load(explicit) {
        Ok((mut config, ..)) => {
            args.typeset.lay_over(&mut config);
            config.ambiguous
        }
        Err(error) => {
            eprintln!("error: {}", printable(&error.to_string()));
            return ExitCode::FAILURE;
        }
    };
    let env = Environment::here();
    let asked = if !io::stdout().is_terminal() {
        Err("standard output is no terminal; run `kanbao doctor` in the terminal itself".to_owned())
    } else if locale::is_dumb(&env.term) {
        Err("it could not answer".to_owned())
    } else {
        runtime::examine().map_err(|error| error.to_string())
    };
    let mut out = io::stdout().lock();
    match write!(out, "{}", report(&asked, &env, ambiguous)).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// What the environment says.
struct Environment {
    term: String,
    colorterm: Option<String>,
    no_color: Option<String>,
    locale: Option<(&'static str, String)>,
    complaint: Option<String>,
    ssh: bool,
}

impl Environment {
    fn here() -> Self {
        let var = |name: &str| std::env::var(name).ok();
        Self {
            term: var("TERM").unwrap_or_default(),
            colorterm: var("COLORTERM"),
            no_color: var("NO_COLOR"),
            locale: locale::decides(var),
            complaint: locale::complaint(var),
            ssh: var("SSH_CONNECTION").is_some(),
        }
    }

    fn depth(&self) -> Depth {
        Depth::detect(
            self.no_color.as_deref(),
            self.colorterm.as_deref(),
            Some(&self.term),
        )
    }
}

/// The whole report. `ambiguous` is what config and flags say.
fn report(
    asked: &Result<Examined, String>,
    env: &Environment,
    ambiguous: Option<Ambiguous>,
) -> String {
    let nothing = Learned::default();
    let learned = asked.as_ref().map_or(&nothing, |a| &a.learned);
    let measured = learned.profile.unwrap_or_default();
    let profile = ambiguous.map_or(measured, |a| measured.with_ambiguous(a));
    let mut out = String::new();
    about(&mut out, asked, env);
    widths(&mut out, learned, ambiguous);
    let _ = writeln!(
        out,
        "\nThe right border of every row must stand below the one above:"
    );
    for row in card(&profile) {
        let _ = writeln!(out, "  {row}");
    }
    let _ = writeln!(out, "What to do");
    for hint in hints(asked, env, ambiguous) {
        bullet(&mut out, &printable_line(&hint));
    }
    out
}

/// A text behind a dash, in lines that fit into the narrowest window that is usual.
fn bullet(out: &mut String, text: &str) {
    const WIDTH: u16 = 78;
    let cells = |text: &str| str_width(text, &Profile::default());
    let (mut line, mut lead) = (String::new(), "- ");
    for word in text.split(' ') {
        if !line.is_empty() && 3 + cells(&line) + cells(word) > WIDTH {
            let _ = writeln!(out, "{lead}{line}");
            line.clear();
            lead = "  ";
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(out, "{lead}{line}");
}

fn line(out: &mut String, name: &str, value: &str) {
    let pad = 36usize.saturating_sub(usize::from(str_width(name, &Profile::default())));
    let _ = writeln!(out, "  {name}{:pad$}{}", "", printable_line(value));
}

fn about(out: &mut String, asked: &Result<Examined, String>, env: &Environment) {
    let learned = asked.as_ref().ok().map(|a| &a.learned);
    let unanswered = if asked.is_ok() {
        "no answer"
    } else {
        "not asked"
    };
    let yes = |known: bool| if known { "yes" } else { "no" };
    let _ = writeln!(out, "Terminal");
    let identity = learned.and_then(|l| l.identity.as_deref());
    line(out, "calls itself", identity.unwrap_or(unanswered));
    line(
        out,
        "TERM",
        if env.term.is_empty() {
            "not set"
        } else {
            &env.term
        },
    );
    line(
        out,
        "COLORTERM",
        env.colorterm.as_deref().unwrap_or("not set"),
    );
    let locale = env
        .locale
        .as_ref()
        .map(|(name, value)| format!("{name}={value}"));
    line(out, "locale", locale.as_deref().unwrap_or("not set"));
    if let Ok(Examined { size, took, .. }) = asked {
        line(
            out,
            "window",
            &format!("{} columns, {} rows", size.0, size.1),
        );
        let took = took.map(|t| format!("{} ms", t.as_millis()));
        line(
            out,
            "answers took",
            took.as_deref()
                .unwrap_or("longer than 2 s, or some never came"),
        );
    }
    let depth = match (env.depth(), learned.is_some_and(|l| l.all_colours)) {
        (Depth::Mono, _) => "none",
        (Depth::True, _) => "all (by the environment)",
        (_, true) => "all (by its answer)",
        (Depth::Indexed256, _) => "256 (by TERM)",
        (Depth::Ansi16, _) => "16 (by TERM)",
    };
    line(out, "colours", depth);
    let ground = learned.and_then(|l| l.ground).map(|rgb| {
        let [r, g, b] = rgb;
        let kind = match Ground::of(rgb) {
            Ground::Dark => "dark",
            Ground::Light => "light",
        };
        format!("{kind} (#{r:02x}{g:02x}{b:02x})")
    });
    line(out, "ground", ground.as_deref().unwrap_or(unanswered));
    let synchronised = learned.and_then(|l| l.synchronised).map(yes);
    line(
        out,
        "whole frames (mode 2026)",
        synchronised.unwrap_or(unanswered),
    );
    let clusters = learned.and_then(|l| l.clusters).map(|known| match known {
        (false, _) => "no",
        (true, true) => "known, on",
        (true, false) => "known, off",
    });
    line(
        out,
        "grapheme clusters (mode 2027)",
        clusters.unwrap_or(unanswered),
    );
    let keyboard = learned.map_or(unanswered, |l| yes(l.keyboard));
    line(out, "kitty's keyboard protocol", keyboard);
}

fn widths(out: &mut String, learned: &Learned, ambiguous: Option<Ambiguous>) {
    let _ = writeln!(out, "\nWidths");
    if learned.profile.is_none() {
        line(out, "as most terminals have them", "not measured");
    }
    let profile = learned.profile.unwrap_or_default();
    for which in Trait::ALL {
        let (of, with, without) = told(which);
        let how = if profile.has(which) { with } else { without };
        let sure = if profile.is_measured(which) {
            ""
        } else {
            " (taken to be)"
        };
        line(out, of, &format!("{how}{sure}"));
    }
    if let Some(ambiguous) = ambiguous {
        let set = format!("{} by the config or a flag", ambiguous.cells());
        line(out, "ambiguous characters", &set);
    }
}

/// What is to be done, most urgent first; never nothing.
fn hints(
    asked: &Result<Examined, String>,
    env: &Environment,
    ambiguous: Option<Ambiguous>,
) -> Vec<String> {
    let mut hints = Vec::new();
    if locale::is_dumb(&env.term) {
        hints.push(
            "TERM says that the terminal cannot place its cursor: articles are printed. Set TERM to what it is, \
             xterm-256color for most."
                .to_owned(),
        );
    }
    if env.term.starts_with("linux") {
        hints.push(
            "The Linux console has no Han glyphs (its font has room for 512 characters): all stays in line, but Han is \
             not to be read. Use a terminal of a desktop, ssh from another machine, or kmscon or fbterm on the console."
                .to_owned(),
        );
    }
    hints.extend(env.complaint.clone());
    let learned = match asked {
        Ok(Examined { learned, .. }) => learned,
        Err(why) => {
            hints.push(format!("The terminal was not asked: {why}."));
            return hints;
        }
    };
    if learned.utf8 == Some(false) {
        hints.push(
            "The terminal does not take its input for UTF-8: a Han character did not come out two cells wide. Switch it \
             to UTF-8 (xterm -u8, tmux -u, screen -U)."
                .to_owned(),
        );
    }
    match (learned.profile, ambiguous) {
        (Some(profile), Some(said)) => {
            let wide = profile.has(Trait::WideQuotes);
            if wide != (said == Ambiguous::Two) {
                let drawn = if wide { 2 } else { 1 };
                hints.push(format!(
                    "ambiguous is set to {}, but the terminal draws quotes in {drawn}: take the setting away, or set \
                     ambiguous = \"auto\".",
                    said.cells()
                ));
            }
        }
        (None, None) => hints.push(
            "The widths are not known. Where borders are out of line in the rows quotes to symbols, set ambiguous = 2 in \
             the config, or start with --ambiguous 2; `kanbao doctor --ambiguous 2` shows the card that way."
                .to_owned(),
        ),
        _ => {}
    }
    if learned.all_colours && env.depth() < Depth::True && env.depth() > Depth::Mono {
        let why = if env.ssh {
            ", which ssh does not hand on"
        } else {
            ""
        };
        hints.push(format!(
            "The terminal shows all colours: the reader finds out by itself, other programs need COLORTERM=truecolor{why}."
        ));
    }
    if hints.is_empty() {
        hints.push(
            "Nothing, if all borders are straight. Where one is not, the reader's own are all the same: it places the \
             cursor anew behind what terminals draw differently."
                .to_owned(),
        );
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn environment(term: &str, locale: &'static str) -> Environment {
        let var = move |name: &str| (name == "LANG").then(|| locale.to_owned());
        Environment {
            term: term.to_owned(),
            colorterm: None,
            no_color: None,
            locale: locale::decides(var),
            complaint: locale::complaint(var),
            ssh: true,
        }
    }

    fn examined(learned: Learned) -> Result<Examined, String> {
        Ok(Examined {
            learned,
            size: (80, 24),
            took: Some(Duration::from_millis(3)),
        })
    }

    #[test]
    fn what_to_do_follows_what_is_wrong() {
        let wide = Profile::new(Ambiguous::Two);
        let with = |profile| {
            examined(Learned {
                utf8: Some(true),
                profile,
                ..Learned::default()
            })
        };
        let broken = examined(Learned {
            utf8: Some(false),
            ..Learned::default()
        });
        let not = Err("no terminal".to_owned());
        let narrow = with(Some(Profile::default()));
        let cases = [
            (&narrow, "xterm", "C.UTF-8", None, "Nothing, if all"),
            (&narrow, "linux", "C.UTF-8", None, "no Han glyphs"),
            (&narrow, "xterm", "C", None, "LC_ALL=C.UTF-8"),
            (
                &narrow,
                "xterm",
                "C.UTF-8",
                Some(Ambiguous::Two),
                "draws quotes in 1",
            ),
            (&broken, "xterm", "C.UTF-8", None, "-u8"),
            (&not, "dumb", "C.UTF-8", None, "cannot place its cursor"),
            (&not, "xterm", "C.UTF-8", None, "was not asked"),
        ];
        for (asked, term, locale, ambiguous, want) in cases {
            let said = hints(asked, &environment(term, locale), ambiguous).join("\n");
            assert!(said.contains(want), "{want:?} in {said}");
        }
        let fits = hints(
            &with(Some(wide)),
            &environment("xterm", "C.UTF-8"),
            Some(Ambiguous::Two),
        );
        assert!(!fits.join("\n").contains("is set to"));
    }

    #[test]
    fn a_terminals_name_cannot_command_another() {
        let asked = examined(Learned {
            identity: Some("x\u{1b}]0;y\u{7}\u{202E}".to_owned()),
            ..Learned::default()
        });
        let said = report(&asked, &environment("xterm", "C.UTF-8"), None);
        let unsafe_found = said.chars().any(|c| c != '\n' && crate::text::is_unsafe(c));
        assert!(!unsafe_found, "{said}");
        insta::assert_snapshot!(said);
    }
}
