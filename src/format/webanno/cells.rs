//! The cells of tokens to annotations, before these have their places in the article.

use std::borrow::Cow;
use std::collections::HashMap;

use super::body::{Body, Unit};
use super::escape::{link, number, parts, suffix, unescape_value};
use super::header::{Column, Declared, Header, Sort};
use super::stack::{Stack, Values, is_blank, is_null};
use crate::article::ByteSpan;
use crate::format::code::Code;
use crate::format::report::{Lines, Report, short};

/// A span or a member of a chain.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) layer: usize,
    pub(super) label: Cow<'a, str>,
    /// The number in brackets that tells it from others, if it has one.
    pub(super) id: Option<u32>,
    /// From the first of its units to the last, of those that have a place.
    pub(super) span: Option<ByteSpan>,
    /// Its first unit.
    pub(super) unit: usize,
    /// The number of its chain.
    pub(super) chain: Option<u32>,
}

/// A relation.
#[derive(Debug)]
pub(super) struct Tie<'a> {
    pub(super) layer: usize,
    pub(super) label: Cow<'a, str>,
    /// The unit of the dependent, in whose line it stands.
    pub(super) unit: usize,
    /// The unit of the governor, as the cell has it; nothing when the cell is empty.
    pub(super) governor: Option<&'a str>,
    /// The numbers of governor and dependent among the annotations of their units; 0 for none.
    pub(super) ids: (u32, u32),
    /// The type of both.
    pub(super) base: &'a str,
}

/// The slots of one feature that an annotation has.
#[derive(Debug)]
pub(super) struct Slots<'a> {
    pub(super) draft: usize,
    pub(super) feature: &'a str,
    pub(super) roles: &'a str,
    pub(super) fillers: &'a str,
    /// The type of what fills them.
    pub(super) base: &'a str,
}

/// What has a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Draft(usize),
    Tie(usize),
}

/// All annotations of a file.
#[derive(Debug, Default)]
pub(super) struct Cells<'a> {
    pub(super) drafts: Vec<Draft<'a>>,
    pub(super) ties: Vec<Tie<'a>>,
    pub(super) slots: Vec<Slots<'a>>,
    /// Values beside the label.
    pub(super) features: Vec<(Owner, &'a str, Cow<'a, str>)>,
    /// Annotations by layer and number.
    pub(super) by_id: HashMap<(usize, u32), usize>,
    by_link: HashMap<(usize, u32, u32), usize>,
}

/// Reads the cells of all units.
pub(super) fn read<'a>(
    text: &str,
    header: &Header<'a>,
    body: &Body<'a>,
    places: &[Option<ByteSpan>],
    lines: &Lines<'_>,
    report: &mut Report,
) -> Cells<'a> {
    let mut reader = Reader {
        cells: Cells::default(),
        text,
        places,
        lines,
        report,
    };
    let mut fields: Vec<&'a str> = Vec::new();
    let mut stack = Stack::default();
    for (number, unit) in body.units.iter().enumerate() {
        fields.clear();
        fields.extend(unit.cells.split('\t'));
        reader.count(header, unit, &fields);
        for layer in 0..header.layers.len() {
            let Some(declared) = header.layers.get(layer) else {
                continue;
            };
            let end = (declared.first + declared.columns.len()).min(fields.len());
            let Some(cells) = fields.get(declared.first..end) else {
                break;
            };
            if cells.iter().all(|cell| is_blank(cell)) {
                continue;
            }
            stack.split(cells);
            while let Some(values) = stack.next() {
                match declared.sort {
                    Sort::Span => reader.span(layer, declared, number, values),
                    Sort::Chain => reader.chain(layer, declared, number, values),
                    Sort::Relation => reader.relation(layer, declared, number, values),
                }
            }
        }
    }
    reader.cells
}

/// A value and the number in brackets behind it. Other brackets belong to the value.
fn numbered(value: &str) -> (&str, Option<u32>) {
    match suffix(value) {
        (bare, Some(id)) if number(id).is_some() => (bare, number(id)),
        _ => (value, None),
    }
}

struct Reader<'a, 'r> {
    cells: Cells<'a>,
    text: &'r str,
    places: &'r [Option<ByteSpan>],
    lines: &'r Lines<'r>,
    report: &'r mut Report,
}

impl<'a> Reader<'a, '_> {
    fn count(&mut self, header: &Header<'_>, unit: &Unit<'_>, fields: &[&str]) {
        let surplus = fields.get(header.columns..).unwrap_or(&[]);
        let fits = match surplus {
            [] => fields.len() == header.columns,
            [last] => last.is_empty(),
            _ => false,
        };
        if !fits {
            let has = fields.len() - usize::from(fields.last().is_some_and(|f| f.is_empty()));
            self.report.add(
                Code::MALFORMED,
                self.lines.place(unit.at),
                format!(
                    "{has} columns behind the word, and the head of the file declares {}",
                    header.columns
                ),
                "write _ where there is nothing; a TAB in a value is \\t",
            );
        }
    }

    fn fault(&mut self, cell: &str, message: String, remedy: &str) {
        self.fault_as(Code::MALFORMED, cell, message, remedy);
    }

    fn fault_as(&mut self, code: Code, cell: &str, message: String, remedy: &str) {
        let place = self.lines.place(offset(self.text, cell));
        self.report.add(code, place, message, remedy);
    }

    fn place(&self, unit: usize) -> Option<ByteSpan> {
        self.places.get(unit).copied().flatten()
    }

    fn begin(
        &mut self,
        layer: usize,
        declared: &Declared<'a>,
        unit: usize,
        id: Option<u32>,
    ) -> usize {
        self.cells.drafts.push(Draft {
            layer,
            label: Cow::Borrowed(declared.short()),
            id,
            span: self.place(unit),
            unit,
            chain: None,
        });
        self.cells.drafts.len() - 1
    }

    /// An annotation goes on over another unit.
    fn extend(&mut self, draft: usize, unit: usize) {
        let place = self.place(unit);
        if let (Some(draft), Some(place)) = (self.cells.drafts.get_mut(draft), place) {
            draft.span = Some(match draft.span {
                Some(span) => {
                    ByteSpan::new(span.start().min(place.start()), span.end().max(place.end()))
                }
                None => place,
            });
        }
    }

    fn span(&mut self, layer: usize, declared: &Declared<'a>, unit: usize, values: &Values<'a>) {
        let ids = values.iter().filter_map(|(column, value)| {
            let filler = matches!(declared.columns.get(*column), Some(Column::Filler(_)));
            numbered(value).1.filter(|_| !filler)
        });
        let id = ids.into_iter().next().filter(|id| *id > 0);
        if let Some(known) = id.and_then(|id| self.cells.by_id.get(&(layer, id))) {
            return self.extend(*known, unit);
        }
        let draft = self.begin(layer, declared, unit, id);
        if let Some(id) = id {
            self.cells.by_id.insert((layer, id), draft);
        }
        let mut roles: Option<(usize, &'a str, &'a str)> = None;
        for (column, value) in values {
            match declared.columns.get(*column) {
                Some(Column::Feature(name)) => {
                    let value = numbered(value).0;
                    self.feature(Owner::Draft(draft), declared, *column, name, value);
                }
                Some(Column::Role(feature)) => {
                    roles = Some((*column, *feature, numbered(value).0)).filter(|r| r.2 != "_");
                }
                Some(Column::Filler(base)) => {
                    let before = roles.take().filter(|(at, ..)| at + 1 == *column);
                    if before.is_none() && is_null(value) {
                        continue;
                    }
                    let feature = match column.checked_sub(1).map(|at| declared.columns.get(at)) {
                        Some(Some(Column::Role(feature))) => feature,
                        _ => "",
                    };
                    self.slots(
                        draft,
                        feature,
                        before.map_or("", |(_, _, r)| r),
                        value,
                        base,
                    );
                }
                _ => {}
            }
        }
        if let Some((_, feature, left)) = roles {
            self.slots(draft, feature, left, "", "");
        }
    }

    fn slots(
        &mut self,
        draft: usize,
        feature: &'a str,
        roles: &'a str,
        fillers: &'a str,
        base: &'a str,
    ) {
        let given = |cell: &str| match cell {
            "" => 0,
            cell => parts(cell, b';').count(),
        };
        let (parts, filled) = (given(roles), given(fillers));
        if parts != filled {
            let cell = if fillers.is_empty() { roles } else { fillers };
            self.fault(
                cell,
                format!("{parts} roles and {filled} that play them"),
                "give each role one token, in the same order, with a semicolon between two",
            );
        }
        self.cells.slots.push(Slots {
            draft,
            feature,
            roles,
            fillers,
            base,
        });
    }

    /// Takes a value for the label or for a feature of its own.
    fn feature(
        &mut self,
        owner: Owner,
        declared: &Declared<'a>,
        column: usize,
        name: &'a str,
        value: &'a str,
    ) {
        if is_null(value) {
            return;
        }
        let value = unescape_value(value);
        if declared.main != Some(column) {
            return self.cells.features.push((owner, name, value));
        }
        let label = match owner {
            Owner::Draft(at) => self.cells.drafts.get_mut(at).map(|d| &mut d.label),
            Owner::Tie(at) => self.cells.ties.get_mut(at).map(|t| &mut t.label),
        };
        if let Some(label) = label {
            *label = value;
        }
    }

    fn chain(&mut self, layer: usize, declared: &Declared<'a>, unit: usize, values: &Values<'a>) {
        let column = |at: usize| declared.columns.get(at);
        let linked = values.iter().find_map(|(at, value)| {
            let is_link = matches!(column(*at), Some(Column::Link(_)));
            link(value).filter(|_| is_link)
        });
        let member = values.iter().find_map(|(at, value)| {
            let is_member = matches!(column(*at), Some(Column::Member(_)));
            numbered(value).1.filter(|_| is_member)
        });
        let key = linked.map(|(_, chain, element)| (layer, chain, element));
        if let Some(known) = key.and_then(|key| self.cells.by_link.get(&key)) {
            return self.extend(*known, unit);
        }
        let draft = self.begin(layer, declared, unit, None);
        if let Some(key) = key {
            self.cells.by_link.insert(key, draft);
        }
        let chain = linked.map(|(_, chain, _)| chain).or(member);
        if let Some(draft) = self.cells.drafts.get_mut(draft) {
            draft.chain = chain;
        }
        if chain.is_none() {
            let cell = values.first().map_or("", |(_, value)| value);
            self.fault(
                cell,
                format!("“{}” does not tell its chain", short(cell)),
                "write *->1-2 for the second member of the first chain",
            );
        }
        for (at, value) in values {
            match column(*at) {
                Some(Column::Link(name)) => {
                    let value = linked.map_or(*value, |(bare, ..)| bare);
                    self.feature(Owner::Draft(draft), declared, *at, name, value);
                }
                Some(Column::Member(name) | Column::Feature(name)) => {
                    let value = numbered(value).0;
                    self.feature(Owner::Draft(draft), declared, *at, name, value);
                }
                _ => {}
            }
        }
    }

    fn relation(
        &mut self,
        layer: usize,
        declared: &Declared<'a>,
        unit: usize,
        values: &Values<'a>,
    ) {
        let tie = self.cells.ties.len();
        self.cells.ties.push(Tie {
            layer,
            label: Cow::Borrowed(declared.short()),
            unit,
            governor: None,
            ids: (0, 0),
            base: declared.base,
        });
        for (at, value) in values {
            match declared.columns.get(*at) {
                Some(Column::Feature(name)) => {
                    let value = numbered(value).0;
                    self.feature(Owner::Tie(tie), declared, *at, name, value);
                }
                Some(Column::Base(_)) => {
                    let (governor, ids) = suffix(value);
                    let ids = ids.and_then(|ids| {
                        let (governor, dependent) = ids.split_once('_')?;
                        Some((number(governor)?, number(dependent)?))
                    });
                    if let Some(tie) = self.cells.ties.get_mut(tie) {
                        tie.governor = (!is_null(governor)).then_some(governor);
                        tie.ids = ids.unwrap_or((0, 0));
                    }
                }
                _ => {}
            }
        }
        if self
            .cells
            .ties
            .get(tie)
            .is_some_and(|t| t.governor.is_none())
        {
            let cell = values.first().map_or("", |(_, value)| value);
            self.fault(
                cell,
                "the relation names no governor".to_owned(),
                "write the token of the governor in its last column, as 1-2",
            );
        }
    }
}

/// Where a part of the file begins in it, in bytes; 0 for a text from elsewhere.
pub(super) fn offset(text: &str, part: &str) -> usize {
    let at = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize);
    at.filter(|at| *at <= text.len()).unwrap_or(0)
}
