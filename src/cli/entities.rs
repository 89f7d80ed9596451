//! `kanbao entities`: who and what is named across articles, and the page of one name.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use super::bulk::{self, each};
use super::options::ReadingArgs;
use super::sources::{ended, say};
use crate::app::{Ranking, page_rows};
use crate::article::{Article, Kind, Severity};
use crate::desk::{self, NameRules};
use crate::library::ArticleId;
use crate::names::{Digest, Group, GroupId, Groups, Index, Measure, Page, Within};
use crate::text::{passable_line, printable_line, str_width};
use crate::typeset::Options;

/// Columns of a page that is printed.
const PAGE_COLUMNS: u16 = 80;
/// A name is not padded beyond so many cells, so that one long name does not push all else away.
const WIDEST_NAME: u16 = 32;

/// The arguments of `kanbao entities`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders of annotated text; - is standard input, also without any
    pub(super) paths: Vec<PathBuf>,
    /// Only names of this kind: person, place, organisation (org), time, event, work, product, quantity, other
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<Kind>,
    /// In which order: by mentions, by name, by first date, by articles
    #[arg(long, value_name = "ORDER", default_value = "count")]
    sort: Sort,
    /// Only names with at least so many mentions
    #[arg(long, value_name = "N", default_value_t = 1)]
    min: u64,
    /// Print one JSON object
    #[arg(long, conflicts_with = "tsv")]
    json: bool,
    /// Print fields with TABs between them, under a line of heads
    #[arg(long)]
    tsv: bool,
    /// Print the page of this name
    #[arg(long, value_name = "NAME", conflicts_with_all = ["json", "tsv", "sort", "min"])]
    page: Option<String>,
    /// On a page, rank who it occurs with by mutual information, not by log-likelihood
    #[arg(long, requires = "page")]
    pmi: bool,
    /// On a page, count who occurs in an article, not in a paragraph
    #[arg(long, requires = "page")]
    articles: bool,
    /// The file of rules about names [default: names.toml in $XDG_STATE_HOME/kanbao]
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// Orders of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Sort {
    Count,
    Name,
    Date,
    Articles,
}

fn kind(text: &str) -> Result<Kind, String> {
    let known = Kind::ALL.into_iter().find(|kind| kind.name() == text);
    let known = known.or_else(|| match Kind::from_label(text) {
        Kind::Other => None,
        kind => Some(kind),
    });
    known.ok_or_else(|| format!("the kinds are {}", Kind::ALL.map(Kind::name).join(", ")))
}

/// A name as it is listed.
#[derive(Debug, Serialize)]
struct Listed {
    name: String,
    kind: &'static str,
    label: String,
    mentions: u64,
    articles: u32,
    first: Option<String>,
    last: Option<String>,
    undated: u32,
    forms: Vec<Form>,
    /// What brought it together.
    why: Vec<Reason>,
}

/// Why two names are one.
#[derive(Debug, Serialize)]
struct Reason {
    why: &'static str,
    one: String,
    other: String,
    by: String,
}

/// How a name is written.
#[derive(Debug, Serialize)]
struct Form {
    form: String,
    count: u64,
}

/// Everything that is listed.
#[derive(Debug, Serialize)]
struct List {
    articles: usize,
    undated: usize,
    names: Vec<Listed>,
}

/// Lists the names of every path.
pub(super) fn run(args: &Args, explicit: Option<&Path>) -> ExitCode {
    let Some(kinds) = bulk::kinds(explicit) else {
        return ExitCode::FAILURE;
    };
    let mut asked = args.reading.asked(true);
    asked.options.kinds = kinds;
    let (files, wrong) = bulk::files(&args.paths, &asked);
    let mut sound = true;
    for diagnostic in &wrong {
        sound &= diagnostic.severity != Severity::Error;
        say(diagnostic.severity.name(), &diagnostic.bare());
    }
    let rules = rules(args, &mut sound);
    let mut index = Index::default();
    let take = |index: &mut Index, article: &Article| {
        let number = u32::try_from(index.len()).unwrap_or(u32::MAX);
        index.add(&Digest::of(ArticleId(number), article));
    };
    let join = |all: &mut Index, one: Index| all.join(&one);
    each(
        &files,
        &asked,
        "reading names",
        &take,
        &join,
        |_, outcome| {
            for fault in &outcome.faults {
                say(fault.severity.name(), &fault.bare());
                sound = false;
            }
            if let Some(one) = outcome.made {
                index.join(&one);
            }
            ControlFlow::Continue(())
        },
    );
    let groups = Groups::new(&index, &rules.rules);
    let printed = match &args.page {
        Some(name) => page(args, name, &index, &groups),
        None => list(args, &index, &groups).map(|()| true),
    };
    ended(printed.map(|found| found && sound))
}

/// The reader's rules. What is wrong with them is said.
fn rules(args: &Args, sound: &mut bool) -> NameRules {
    let path = args.rules.clone();
    let path = path.or_else(|| Some(desk::state_folder()?.join("names.toml")));
    let Some(path) = path else {
        return NameRules::default();
    };
    let missing = args.rules.is_some() && !path.exists();
    let read = if missing {
        Err(io::Error::other("there is no such file"))
    } else {
        NameRules::load(&path)
    };
    match read {
        Ok(rules) => {
            for fault in &rules.faults {
                say(fault.severity.name(), &fault.bare());
            }
            rules
        }
        Err(error) => {
            *sound = false;
            let path = path.display();
            say(
                "error",
                &format!("the rules about names in {path}: {error}"),
            );
            NameRules::default()
        }
    }
}

fn list(args: &Args, index: &Index, groups: &Groups) -> io::Result<()> {
    let all = (0u32..).zip(groups.all());
    let of_kind = |group: &Group| args.kind.is_none_or(|kind| kind == group.kind);
    let mut listed: Vec<(u32, &Group)> = all
        .filter(|(_, group)| group.mentions >= args.min && of_kind(group))
        .collect();
    match args.sort {
        Sort::Count => {
            listed.sort_by_key(|(_, group)| std::cmp::Reverse((group.mentions, group.articles)));
        }
        Sort::Articles => listed.sort_by_key(|(_, group)| std::cmp::Reverse(group.articles)),
        Sort::Name => listed.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name)),
        // Those without a date come last.
        Sort::Date => listed.sort_by_key(|(_, group)| (group.first.is_none(), group.first)),
    }
    let names = listed.into_iter().map(|(n, group)| Listed {
        name: group.name.clone(),
        kind: group.kind.name(),
        label: group.label.clone(),
        mentions: group.mentions,
        articles: group.articles,
        first: group.first.map(|date| date.to_string()),
        last: group.last.map(|date| date.to_string()),
        undated: group.undated,
        forms: groups
            .forms(index, GroupId(n))
            .into_iter()
            .map(|(form, count)| Form { form, count })
            .collect(),
        why: groups
            .joins(GroupId(n))
            .iter()
            .map(|join| Reason {
                why: join.why.name(),
                one: join.one.clone(),
                other: join.other.clone(),
                by: join.by.clone(),
            })
            .collect(),
    });
    let list = List {
        articles: index.len(),
        undated: index.undated(),
        names: names.collect(),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.json {
        super::json::write(&mut out, &list)?;
        writeln!(out)?;
    } else if args.tsv {
        tsv(&mut out, &list)?;
    } else {
        plain(&mut out, &list)?;
    }
    out.flush()
}

fn forms(one: &Listed) -> String {
    let forms = one.forms.iter();
    let forms = forms.map(|form| format!("{} {}", form.form, form.count));
    forms.collect::<Vec<_>>().join("、")
}

fn tsv(out: &mut impl Write, list: &List) -> io::Result<()> {
    writeln!(out, "name\tkind\tmentions\tarticles\tfirst\tlast\tforms")?;
    for one in &list.names {
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}",
            passable_line(&one.name),
            one.kind,
            one.mentions,
            one.articles,
            one.first.as_deref().unwrap_or(""),
            one.last.as_deref().unwrap_or(""),
            passable_line(&forms(one)),
        )?;
    }
    Ok(())
}

/// A table for people: a row a name.
fn plain(out: &mut impl Write, list: &List) -> io::Result<()> {
    let profile = Options::default().profile;
    let names = list.names.iter().map(|one| printable_line(&one.name));
    let names: Vec<String> = names.map(|name| name.to_string()).collect();
    let widths = names.iter().map(|name| str_width(name, &profile));
    let width = widths.max().unwrap_or(0).clamp(4, WIDEST_NAME);
    let pad = |name: &str| " ".repeat(usize::from(width.saturating_sub(str_width(name, &profile))));
    writeln!(
        out,
        "mentions articles  {:<10} {:<10}  {:<12}  name{}  forms",
        "first",
        "last",
        "kind",
        pad("name")
    )?;
    for (name, one) in names.iter().zip(&list.names) {
        let forms = forms(one);
        writeln!(
            out,
            "{:>8} {:>8}  {:<10} {:<10}  {:<12}  {name}{}  {}",
            one.mentions,
            one.articles,
            one.first.as_deref().unwrap_or("-"),
            one.last.as_deref().unwrap_or("-"),
            one.kind,
            pad(name),
            printable_line(&forms),
        )?;
    }
    Ok(())
}

/// Prints the pages of all groups of that name. Says whether there is one.
fn page(args: &Args, name: &str, index: &Index, groups: &Groups) -> io::Result<bool> {
    let mut found = groups.known_as(index, name);
    let of_kind = |id: &GroupId| {
        let group = groups.get(*id);
        group.is_some_and(|group| args.kind.is_none_or(|kind| kind == group.kind))
    };
    found.retain(of_kind);
    if found.is_empty() {
        say(
            "error",
            &format!("no name here is “{name}”; kanbao entities lists them"),
        );
        return Ok(false);
    }
    let proposals = groups.proposals(index);
    let ranking = Ranking {
        within: if args.articles {
            Within::Article
        } else {
            Within::Paragraph
        },
        measure: if args.pmi {
            Measure::MutualInformation
        } else {
            Measure::LogLikelihood
        },
    };
    let options = Options::default();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (n, id) in found.into_iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        let Some(page) = Page::new(index, groups, &proposals, id) else {
            continue;
        };
        for row in page_rows(&page, ranking, PAGE_COLUMNS, &options) {
            let parts = row.row.parts.iter();
            let line: String = parts.map(|(_, text)| text.as_str()).collect();
            writeln!(out, "{}", printable_line(&line).trim_end())?;
        }
    }
    out.flush()?;
    Ok(true)
}
