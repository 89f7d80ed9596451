//! Flags that several commands share: every key of `[typeset]` under its own name, `ambiguous`, `color`.

use std::io::IsTerminal;

use crate::article::Encoding;
use crate::config::Config;
use crate::format::{Counting, Format, ReadOptions, Scheme};
use crate::library::Asked;
use crate::text::Ambiguous;
use crate::theme::Depth;
use crate::typeset::Kinsoku;

/// What the reader and `kanbao cat` share.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
pub(super) struct Common {
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: When,
    #[command(flatten)]
    pub(super) typeset: TypesetArgs,
}

/// How files are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
pub(super) struct ReadingArgs {
    /// Read everything in this format (kanbao formats lists them) [default: by name and content]
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<Format>,
    /// The character encoding of the files: utf-8, utf-16le, utf-16be, gb18030, hz, big5, shift_jis, euc-jp, euc-kr or
    /// windows-1252 [default: as they look]
    #[arg(long, value_name = "ENCODING")]
    encoding: Option<Encoding>,
    /// What offsets count: codepoints, utf16, bytes, graphemes or filebytes, with ,inclusive ,crlf ,bom behind it [default: as the
    /// quotations say, else the format]
    #[arg(long, value_name = "COUNTING")]
    offsets: Option<Counting>,
    /// How column tags mark mentions: bio, iob1, bioes or bmes [default: as they look]
    #[arg(long, value_name = "SCHEME")]
    pub(super) scheme: Option<Scheme>,
}

impl ReadingArgs {
    /// What the library is asked for by whoever reads articles.
    pub(super) fn asked_by(&self, config: &Config) -> Asked {
        let mut asked = self.asked(true);
        asked.options.kinds = config.labels.clone();
        asked
    }

    /// What the library is asked for; mentions are put where their words are when `anchor` is set.
    pub(super) fn asked(&self, anchor: bool) -> Asked {
        Asked {
            seen: std::sync::Arc::default(),
            format: self.format,
            encoding: self.encoding,
            options: ReadOptions {
                offsets: self.offsets,
                scheme: self.scheme,
                anchor,
                ..ReadOptions::default()
            },
        }
    }
}

/// How lines are set, laid over the config.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
pub(super) struct TypesetArgs {
    /// Cells of an East Asian Ambiguous character; auto: as the terminal answers
    #[arg(long, value_name = "auto|1|2")]
    ambiguous: Option<Cells>,
    /// How strictly marks are kept from line edges: none, basic, gb or strict
    #[arg(long, value_name = "LEVEL")]
    kinsoku: Option<Kinsoku>,
    /// Whether one of ，。、 may stand outside the measure
    #[arg(long, value_name = "on|off")]
    hang: Option<Switch>,
    /// Set a blank cell between Han and Latin
    #[arg(long, value_name = "on|off", num_args = 0..=1, require_equals = true, default_missing_value = "on")]
    autospace: Option<Switch>,
    /// Spread missing cells so that the right edge is even
    #[arg(long, value_name = "on|off", num_args = 0..=1, require_equals = true, default_missing_value = "on")]
    justify: Option<Switch>,
    /// The widest line, in Han characters
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(4..=200))]
    pub(super) measure: Option<u16>,
    /// How far a paragraph is indented, in Han characters
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=8))]
    indent: Option<u16>,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Switch {
    On,
    Off,
}

/// How many cells ambiguous characters take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Cells {
    Auto,
    #[value(name = "1")]
    One,
    #[value(name = "2")]
    Two,
}

impl Cells {
    /// Lays the flag over the config.
    pub(super) fn lay_over(asked: Option<Self>, config: &mut Config) {
        config.ambiguous = match asked {
            None => config.ambiguous,
            Some(Self::Auto) => None,
            Some(Self::One) => Some(Ambiguous::One),
            Some(Self::Two) => Some(Ambiguous::Two),
        };
    }
}

impl TypesetArgs {
    /// Lays the flags over the config.
    pub(super) fn lay_over(&self, config: &mut Config) {
        let chosen = |flag: Option<Switch>, kept: bool| flag.map_or(kept, |s| s == Switch::On);
        Cells::lay_over(self.ambiguous, config);
        let typeset = &mut config.typeset;
        typeset.kinsoku = self.kinsoku.unwrap_or(typeset.kinsoku);
        typeset.hang = chosen(self.hang, typeset.hang);
        typeset.autospace = chosen(self.autospace, typeset.autospace);
        typeset.justify = chosen(self.justify, typeset.justify);
        typeset.measure = self.measure.unwrap_or(typeset.measure);
        typeset.indent = self.indent.unwrap_or(typeset.indent);
    }
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum When {
    /// On a terminal that has them, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl When {
    /// The depth of colour of standard output.
    pub(super) fn depth(self) -> Depth {
        let var = |name: &str| std::env::var(name).ok();
        let (no_color, colorterm, term) = (var("NO_COLOR"), var("COLORTERM"), var("TERM"));
        match self {
            Self::Never => Depth::Mono,
            Self::Always => {
                Depth::detect(None, colorterm.as_deref(), term.as_deref()).max(Depth::Ansi16)
            }
            Self::Auto => Depth::detect(no_color.as_deref(), colorterm.as_deref(), term.as_deref()),
        }
    }

    /// Whether escape sequences are written to standard output at all.
    pub(super) fn styles(self) -> bool {
        match self {
            Self::Never => false,
            Self::Always => true,
            Self::Auto => std::io::stdout().is_terminal() && self.depth() > Depth::Mono,
        }
    }
}
