//! The head of a file: its version, and the layers with their columns.

use crate::format::code::Code;
use crate::format::report::{Lines, Report};

/// How the text of sentences is escaped, which is what the versions differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// TSV 3: not at all.
    Plain,
    /// TSV 3.1: as strings of Java.
    Java,
    /// TSV 3.2 and 3.3: control characters and the backslash.
    Controls,
}

/// What the annotations of a layer are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Span,
    Relation,
    Chain,
}

/// What the cells of a column say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column<'a> {
    /// Nothing but that there is an annotation.
    Placeholder,
    /// The value of a feature.
    Feature(&'a str),
    /// The roles of a slot feature.
    Role(&'a str),
    /// What fills these slots: units and annotations of this type.
    Filler(&'a str),
    /// The governor of a relation: an annotation of this type.
    Base(&'a str),
    /// The value of a link in a chain, and its number.
    Link(&'a str),
    /// The value of a chain's member, and the number of the chain.
    Member(&'a str),
}

/// A layer of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declared<'a> {
    pub(super) sort: Sort,
    /// Its type: `webanno.custom.Span`.
    pub(super) name: &'a str,
    pub(super) columns: Vec<Column<'a>>,
    /// The column whose value is the label.
    pub(super) main: Option<usize>,
    /// The number of its first column in the file, behind the three of the token.
    pub(super) first: usize,
    /// How many slot features it has. A layer with slots is one of events: each of its spans triggers one.
    pub(super) slots: usize,
    /// What a layer of relations ties: annotations of this type.
    pub(super) base: &'a str,
    /// The line that declares it.
    pub(super) line: &'a str,
}

impl<'a> Declared<'a> {
    /// Reads a line `#T_SP=type|feature|feature`.
    pub(super) fn parse(line: &'a str, first: usize) -> Option<Self> {
        let (sort, rest) = line.strip_prefix("#T_")?.split_once('=')?;
        let sort = match sort {
            "SP" => Sort::Span,
            "RL" => Sort::Relation,
            "CH" => Sort::Chain,
            _ => return None,
        };
        let mut fields = rest.split('|');
        let name = fields.next().filter(|name| !name.trim().is_empty())?;
        let mut columns = Vec::new();
        for field in fields {
            let column = column(sort, field, columns.last());
            columns.push(column);
        }
        if columns.is_empty() {
            columns.push(Column::Placeholder);
        }
        let main = main(sort, name, &columns);
        let slots = columns.iter().filter(|c| matches!(c, Column::Role(_)));
        let slots = slots.count();
        let base = columns.iter().find_map(|column| match column {
            Column::Base(base) => Some(*base),
            _ => None,
        });
        Some(Self {
            slots,
            base: base.unwrap_or(""),
            sort,
            name,
            columns,
            main,
            first,
            line,
        })
    }

    /// The last part of its type.
    pub(super) fn short(&self) -> &'a str {
        short(self.name)
    }

    /// The role under which a filler of a slot takes part.
    pub(super) fn role(&self, feature: &str, role: &str) -> String {
        match (self.slots > 1, role.is_empty()) {
            (true, _) => format!("{feature}:{role}"),
            (false, true) => feature.to_owned(),
            (false, false) => role.to_owned(),
        }
    }

    /// Whether it tells what tokens are to a grammar, so that equal words are no entity.
    pub(super) fn is_grammar(&self) -> bool {
        let part = |part: &str| self.name.contains(part);
        part(".lexmorph.") || part(".segmentation.") || part(".syntax.") || part(".morph.")
    }
}

/// The last part of a type's name.
pub(super) fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// The names under which DKPro keeps the reference of a mention into a knowledge base.
pub(super) const IDENTIFIER: &str = "identifier";

/// Types under which every annotation is one.
pub(super) const ANY: [&str; 3] = [
    "uima.tcas.Annotation",
    "uima.cas.AnnotationBase",
    "uima.cas.TOP",
];

/// A chain layer whose links are no mentions of their own, but say that those of other layers over the same words and
/// with the same label are one. We write it for entities whose mentions are spans.
pub(super) const SAME: &str = "webanno.custom.SameLink";

fn column<'a>(sort: Sort, field: &'a str, before: Option<&Column<'a>>) -> Column<'a> {
    if field.is_empty() {
        return Column::Placeholder;
    }
    match sort {
        Sort::Span => match (field.strip_prefix("ROLE_"), before) {
            (Some(role), _) => Column::Role(slot(role)),
            (None, Some(Column::Role(_))) => Column::Filler(field),
            (None, _) => Column::Feature(field),
        },
        Sort::Relation => match field.strip_prefix("BT_") {
            Some(base) => Column::Base(base),
            None => Column::Feature(field),
        },
        Sort::Chain if field == "referenceRelation" => Column::Link(field),
        Sort::Chain if field == "referenceType" => Column::Member(field),
        Sort::Chain => Column::Feature(field),
    }
}

/// The feature of `webanno.custom.Host:links_webanno.custom.HostLink`.
fn slot(role: &str) -> &str {
    let feature = role.split_once(':').map_or(role, |(_, feature)| feature);
    let typed = feature.find('.').unwrap_or(feature.len());
    let end = feature.get(..typed).and_then(|f| f.rfind('_'));
    end.and_then(|end| feature.get(..end)).unwrap_or(feature)
}

/// The feature that is the label: `value`, else one named as the layer, else one whose name ends in `value`, else the
/// first.
fn main(sort: Sort, name: &str, columns: &[Column<'_>]) -> Option<usize> {
    let find = |fits: &dyn Fn(&str) -> bool| {
        columns.iter().position(|column| match column {
            Column::Feature(feature) => fits(feature) && *feature != IDENTIFIER,
            _ => false,
        })
    };
    if sort == Sort::Chain {
        return columns.iter().position(|c| matches!(c, Column::Member(_)));
    }
    let ends = |feature: &str| {
        let from = feature.len().saturating_sub(5);
        feature
            .get(from..)
            .is_some_and(|end| end.eq_ignore_ascii_case("value"))
    };
    find(&|feature| feature == "value")
        .or_else(|| find(&|feature| feature.eq_ignore_ascii_case(short(name))))
        .or_else(|| find(&ends))
        .or_else(|| find(&|_| true))
}

/// The head of a file.
#[derive(Debug)]
pub(super) struct Header<'a> {
    pub(super) version: Version,
    pub(super) layers: Vec<Declared<'a>>,
    /// Columns of all layers.
    pub(super) columns: usize,
    /// Where the sentences begin, in bytes of the file.
    pub(super) end: usize,
}

/// How the first line begins.
pub(super) const FORMAT: &str = "#FORMAT=WebAnno TSV 3";

/// Reads the lines up to the first that is neither of the head nor blank.
pub(super) fn parse<'a>(text: &'a str, lines: &Lines<'_>, report: &mut Report) -> Header<'a> {
    let mut header = Header {
        version: Version::Controls,
        layers: Vec::new(),
        columns: 0,
        end: 0,
    };
    let mut format = false;
    for line in text.split_inclusive('\n') {
        let start = header.end;
        let content = line.strip_suffix('\n').unwrap_or(line);
        if let Some(said) = content.strip_prefix("#FORMAT=") {
            format = true;
            header.version = version(said, start, lines, report);
        } else if content.starts_with("#T_") {
            match Declared::parse(content, header.columns) {
                Some(layer) => {
                    header.columns += layer.columns.len();
                    header.layers.push(layer);
                }
                None => report.add(
                    Code::MALFORMED,
                    lines.place(start),
                    "this declares no layer: #T_SP=, #T_RL= or #T_CH= and the name of a type are expected",
                    "mend it: without it the columns behind it are taken for those of other layers",
                ),
            }
        } else if !content.trim().is_empty() {
            break;
        }
        header.end += line.len();
    }
    if !format {
        report.add(
            Code::SYNTAX,
            (1, 1),
            "the file does not begin with #FORMAT=WebAnno TSV 3.3",
            "add that line, or read the file in another format",
        );
    }
    header
}

fn version(said: &str, start: usize, lines: &Lines<'_>, report: &mut Report) -> Version {
    match said.trim_end() {
        "WebAnno TSV 3" | "WebAnno TSV 3.0" => Version::Plain,
        "WebAnno TSV 3.1" => Version::Java,
        "WebAnno TSV 3.2" | "WebAnno TSV 3.3" => Version::Controls,
        other => {
            let other = crate::format::report::short(other);
            report.add(
                Code::SYNTAX,
                lines.place(start + "#FORMAT=".len()),
                format!("“{other}” is no version that is known: WebAnno TSV 3 to 3.3 are; it is read as 3.3"),
                "export it from WebAnno or INCEpTION as TSV 3",
            );
            Version::Controls
        }
    }
}
