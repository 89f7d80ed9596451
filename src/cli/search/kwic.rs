//! Concordances and collocates over files.

use std::io::{self, Write};
use std::ops::ControlFlow;

use super::{Came, Searching, colours};
use crate::cli::bulk::{Taken, Way, each_unknown};
use crate::cli::cat;
use crate::cli::sources::say;
use crate::layout::printed_parts;
use crate::library::Named;
use crate::runtime::{Features, styled_line};
use crate::search::concordance::{
    Collocate, Columns, Concordance, Counting, Form, Frequencies, Order, Row, Sort, Source, Unit,
    Window, collocates, rounded, set, tail, write_collocates, write_line_names, write_lines,
};
use crate::text::{Profile, Words, printable_line, str_width};
use crate::theme::{Slot, Theme};

/// So many words or characters on either side are near, and at the most.
pub(super) const MOST_NEAR: u8 = 5;
/// So much of a line at most tells the file: one part in so many.
const FILE_PART: u16 = 4;

/// What was found in a file.
#[derive(Default)]
struct InFile {
    made: Concordance,
    frequencies: Frequencies,
}

/// How lines are printed.
struct Look {
    form: Option<Form>,
    colour: Option<(Theme, Features)>,
    profile: Profile,
    /// Cells of the file's name; 0 where there is only one file.
    file: u16,
    columns: Columns,
}

pub(super) fn run(searching: &Searching<'_>, out: &mut dyn Write) -> io::Result<Came> {
    let Searching {
        args,
        files,
        asked,
        matcher,
        fold,
        ..
    } = searching;
    let order = Order {
        sort: args.sort.into(),
        unit: args.by.into(),
        depth: args.depth,
    };
    // Loaded where words are counted only.
    let counts = args.collocates || matches!(order.sort, Sort::Left | Sort::Right);
    let words = if order.unit == Unit::Words && counts {
        if !Words::CAN_LOAD {
            say("note", "words are characters: built without the dictionary");
        }
        Words::load()
    } else {
        Words::characters()
    };
    let counting = Counting {
        unit: order.unit,
        fold: *fold,
        words: &words,
    };
    let look = Look::new(searching);
    let mut came = Came::default();
    let mut all = InFile {
        made: Concordance::new(order, args.across),
        frequencies: Frequencies::default(),
    };
    let take = |all: &mut InFile, taken: &Taken<'_>| {
        let article = taken.article;
        let hits = matcher.in_article(article).unwrap_or_default();
        if args.collocates {
            let whole = article.text.whole();
            all.frequencies.add(whole, &counting);
        }
        if !hits.is_empty() {
            let source = all.made.add_source(Source::of(article, ""));
            all.made.add(source, &article.text, &hits);
        }
    };
    let join = |all: &mut InFile, one: InFile| {
        all.made.join(one.made);
        all.frequencies.join(one.frequencies);
    };
    // In the order of the files each is printed as soon as it has been read.
    let streams = order.sort == Sort::Article && !args.collocates;
    let mut failed = match look.form {
        Some(form) if args.kwic => write_line_names(out, form).err(),
        _ => None,
    };
    // Frequencies are those of all articles that are searched.
    let way = Way {
        known: &|_: &Named| None,
        worth: &|bytes| args.collocates || matcher.may_be_in(bytes),
        take: &take,
        join: &join,
    };
    each_unknown(files, asked, "searching", &way, |file, outcome| {
        came.note(file, &outcome);
        let InFile {
            mut made,
            frequencies,
        } = outcome.made.unwrap_or_default();
        came.found |= made.total() > 0;
        made.name_file(&file.name());
        all.made.join(made);
        all.frequencies.join(frequencies);
        if streams {
            all.made.arrange(&words);
            let printed = look.print(out, &all.made);
            failed = printed.and_then(|()| searching.show(out)).err();
            all.made = Concordance::new(order, args.across);
        }
        match failed {
            Some(_) => ControlFlow::Break(()),
            None => ControlFlow::Continue(()),
        }
    });
    if let Some(failed) = failed {
        return Err(failed);
    }
    all.made.arrange(&words);
    if args.collocates {
        let near = args.context.and_then(|near| u8::try_from(near).ok());
        let near = near.unwrap_or(MOST_NEAR);
        let window = Window {
            left: near,
            right: near,
        };
        let found = collocates(&all.made, window, &all.frequencies, &counting);
        match look.form {
            Some(form) => write_collocates(out, &found, form)?,
            None => print_collocates(out, &found, &look.profile)?,
        }
    } else if !streams {
        look.print(out, &all.made)?;
    }
    Ok(came)
}

impl Look {
    fn new(searching: &Searching<'_>) -> Self {
        let profile = Profile::new(searching.config.ambiguous.unwrap_or_default());
        let width = cat::columns(searching.args.width);
        let names = searching.files.iter().map(|file| {
            let name = printable_line(&file.name());
            str_width(&name, &profile)
        });
        let several = searching.files.len() > 1;
        let file = names.max().filter(|_| several).unwrap_or(0);
        let file = file.min(width / FILE_PART);
        let most = searching.args.context.unwrap_or(u16::MAX);
        Self {
            form: searching.args.form(),
            colour: colours(searching),
            profile,
            file,
            columns: Columns::new(width.saturating_sub(file + u16::from(file > 0)), most),
        }
    }

    fn print(&self, out: &mut dyn Write, made: &Concordance) -> io::Result<()> {
        if let Some(form) = self.form {
            return write_lines(out, made, form);
        }
        for number in 0..made.len() {
            let Some((source, context)) = made.get(number) else {
                break;
            };
            let row = set(&context, &self.columns, &self.profile);
            self.print_row(out, &source.file, &row)?;
        }
        Ok(())
    }

    fn print_row(&self, out: &mut dyn Write, file: &str, row: &Row) -> io::Result<()> {
        let mut label = String::new();
        if self.file > 0 {
            // The end of a path tells more than its start.
            let (name, used) = tail(&printable_line(file), self.file, &self.profile);
            label = name + &" ".repeat(usize::from(self.file + 1 - used));
        }
        let indent = " ".repeat(row.indent.into());
        if let Some((theme, features)) = &self.colour {
            let parts = [
                (Slot::Title, label.as_str()),
                (Slot::Text, &indent),
                (Slot::Text, &row.left),
                (Slot::Text, " "),
                (Slot::Hit, &row.hit),
                (Slot::Text, " "),
                (Slot::Text, &row.right),
            ];
            let row = printed_parts(&parts, theme, self.profile);
            out.write_all(&styled_line(&row, *features))?;
            return out.write_all(b"\n");
        }
        let [left, hit, right] = [&row.left, &row.hit, &row.right].map(|part| self.safe(part));
        let line = format!("{label}{indent}{left} {hit} {right}");
        writeln!(out, "{}", line.trim_end())
    }

    /// The text as it is printed, of the width that it was measured with.
    fn safe(&self, text: &str) -> String {
        let units = crate::text::graphemes(text).flat_map(|g| {
            let units = crate::text::units(g.text, &self.profile);
            units.into_iter().map(|unit| unit.symbol)
        });
        units.collect()
    }
}

/// Collocates as a table for people.
fn print_collocates(out: &mut dyn Write, found: &[Collocate], profile: &Profile) -> io::Result<()> {
    let widths = found.iter().map(|one| str_width(&one.word, profile));
    let room = widths.max().unwrap_or(0).clamp(4, 40);
    let head = ["count", "left", "right", "all", "G2", "MI"];
    let head: Vec<String> = head.iter().map(|name| format!("{name:>9}")).collect();
    writeln!(
        out,
        "word{}{}",
        " ".repeat(usize::from(room) - 4),
        head.concat()
    )?;
    for one in found {
        let word = printable_line(&one.word);
        let (word, used) = crate::search::concordance::head(&word, room, profile);
        writeln!(
            out,
            "{word}{}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}",
            " ".repeat(usize::from(room - used)),
            one.count(),
            one.left,
            one.right,
            one.all,
            rounded(one.log_likelihood, 2),
            rounded(one.mutual_information, 2)
        )?;
    }
    Ok(())
}
