//! Putting the terms of a query together: `OR` binds least, then terms beside each other, `~n`, and `-` most.

use std::ops::Range;

use super::expr::{Expr, Field, Leaf, Term, one};
use super::scan::{Scan, fault};
use super::values::{no_label, value};
use crate::search::QueryError;
use crate::text::nearest;

/// So deep may brackets be nested.
const DEPTH: usize = 50;
/// So many terms may a query have.
const TERMS: usize = 64;

/// A query taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Parsed {
    /// Nothing when nothing was asked for.
    pub(in crate::search) expr: Option<Expr>,
    pub(in crate::search) leaves: Vec<Leaf>,
}

/// Takes a query apart.
pub(in crate::search) fn parse(text: &str) -> Result<Parsed, QueryError> {
    let mut parser = Parser {
        scan: Scan { text, at: 0 },
        leaves: Vec::new(),
        depth: 0,
        field: None,
    };
    let expr = parser.any()?;
    parser.scan.skip_blanks();
    if parser.scan.peek() == Some(')') {
        let at = parser.scan.at;
        return fault(
            "this bracket closes nothing; to find one write \")\"",
            at..at + 1,
        );
    }
    Ok(Parsed {
        expr,
        leaves: parser.leaves,
    })
}

struct Parser<'a> {
    scan: Scan<'a>,
    leaves: Vec<Leaf>,
    depth: usize,
    /// The field whose bracket is open.
    field: Option<Field>,
}

impl Parser<'_> {
    /// Terms joined by OR.
    fn any(&mut self) -> Result<Option<Expr>, QueryError> {
        let mut parts = Vec::new();
        let Some(first) = self.all()? else {
            self.scan.skip_blanks();
            let at = self.scan.at;
            if self.scan.operator("OR") {
                return fault("OR wants something before it", at..self.scan.at);
            }
            return Ok(None);
        };
        parts.push(first);
        loop {
            self.scan.skip_blanks();
            let at = self.scan.at;
            if !self.scan.operator("OR") {
                return Ok(Some(one(parts, Expr::Or)));
            }
            match self.all()? {
                Some(part) => parts.push(part),
                None => return fault("OR wants something behind it", at..at + 2),
            }
        }
    }

    /// Terms beside each other.
    fn all(&mut self) -> Result<Option<Expr>, QueryError> {
        let mut parts = Vec::new();
        loop {
            self.scan.skip_blanks();
            let at = self.scan.at;
            let and = self.scan.operator("AND");
            if and && parts.is_empty() {
                return fault("AND wants something before it", at..self.scan.at);
            }
            match self.near()? {
                Some(part) => parts.push(part),
                None if and => return fault("AND wants something behind it", at..at + 3),
                None if parts.is_empty() => return Ok(None),
                None => return Ok(Some(one(parts, Expr::And))),
            }
        }
    }

    /// Terms joined by `~n`.
    fn near(&mut self) -> Result<Option<Expr>, QueryError> {
        let Some(first) = self.not()? else {
            let at = self.scan.at;
            if self.distance()?.is_some() {
                return fault("~ wants something before it", at..self.scan.at);
            }
            return Ok(None);
        };
        let (mut parts, mut distances) = (vec![first], Vec::new());
        loop {
            self.scan.skip_blanks();
            let at = self.scan.at;
            let Some(distance) = self.distance()? else {
                if !distances.is_empty() {
                    self.all_have_places(&parts)?;
                }
                let near = move |parts| Expr::Near(parts, distances);
                return Ok(Some(one(parts, near)));
            };
            let end = self.scan.at;
            distances.push(distance);
            match self.not()? {
                Some(part) => parts.push(part),
                None => return fault("~ wants something behind it", at..end),
            }
            let negative = parts.iter().any(|part| matches!(part, Expr::Not(_)));
            if negative {
                return fault("what is not there is near nothing", at..self.scan.at);
            }
        }
    }

    /// A part whose terms are all of the article as a whole, such as its date, can be near nothing.
    fn all_have_places(&self, parts: &[Expr]) -> Result<(), QueryError> {
        for part in parts {
            let terms = part.leaves().into_iter();
            let mut terms = terms.filter_map(|n| self.leaves.get(n)).peekable();
            let first = terms.peek().map_or(0..0, |leaf| leaf.at.clone());
            if let Some(field) = terms.next().and_then(Leaf::placeless)
                && terms.all(|leaf| leaf.placeless().is_some())
            {
                let said = format!("a {field} has no place in the text, and is near nothing");
                return fault(said, first);
            }
        }
        Ok(())
    }

    /// `~10`: the number of characters.
    fn distance(&mut self) -> Result<Option<usize>, QueryError> {
        let at = self.scan.at;
        if self.scan.take(&['~', '～']).is_none() {
            return Ok(None);
        }
        let digits = self.scan.word(|_| false);
        let narrow = |c: char| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            _ => c,
        };
        match digits.chars().map(narrow).collect::<String>().parse() {
            Ok(distance) => Ok(Some(distance)),
            Err(_) if digits.is_empty() => fault(
                "how many characters may lie between them? write ~10",
                at..self.scan.at,
            ),
            Err(_) => fault(
                "behind ~ stands a number of characters; to find a ~ write \"~\"",
                at..self.scan.at,
            ),
        }
    }

    fn not(&mut self) -> Result<Option<Expr>, QueryError> {
        self.scan.skip_blanks();
        let at = self.scan.at;
        let mut behind = self.scan.clone();
        let negative = if behind.take(&['-', '－']).is_some() {
            // A dash that stands alone or before others is looked for.
            behind
                .peek()
                .is_some_and(|c| !c.is_whitespace() && !matches!(c, ')' | '-' | '－'))
        } else {
            behind.operator("NOT")
        };
        if !negative {
            return self.primary();
        }
        self.scan = behind;
        self.scan.skip_blanks();
        match self.primary()? {
            Some(Expr::Not(_)) | None => {
                fault("what is not to be there?", at..self.scan.at.max(at + 1))
            }
            Some(part) => Ok(Some(Expr::Not(Box::new(part)))),
        }
    }

    fn primary(&mut self) -> Result<Option<Expr>, QueryError> {
        let at = self.scan.at;
        let next = self.scan.clone();
        if ["OR", "AND", "NOT"]
            .iter()
            .any(|op| next.clone().operator(op))
        {
            return Ok(None);
        }
        if self.scan.peek().is_some_and(|c| c == '~' || c == '～') {
            return Ok(None);
        }
        if self.scan.take(&['(']).is_some() {
            return self.group(at, self.field).map(Some);
        }
        if let Some((field, end)) = self.field_here()? {
            self.scan.at = end;
            let opening = self.scan.at;
            if self.scan.peek() == Some('(') {
                if field == Field::Relation {
                    no_label(&self.scan)?;
                }
                self.scan.take(&['(']);
                return self.group(opening, Some(field)).map(Some);
            }
            let value = value(&mut self.scan, field, at)?;
            return self
                .leaf(Term::Field(field, value), at..self.scan.at)
                .map(Some);
        }
        if let Some(field) = self.field
            && matches!(
                field,
                Field::Kind
                    | Field::Date
                    | Field::Relation
                    | Field::Of(crate::article::Kind::Event)
            )
        {
            if self.scan.peek().is_none_or(|c| c == ')') {
                return Ok(None);
            }
            let value = value(&mut self.scan, field, at)?;
            return self
                .leaf(Term::Field(field, value), at..self.scan.at)
                .map(Some);
        }
        let Some(pattern) = self.scan.pattern()? else {
            return Ok(None);
        };
        let term = match self.field {
            Some(field) => Term::Field(field, super::values::of_pattern(pattern)),
            None => Term::Text(pattern),
        };
        self.leaf(term, at..self.scan.at).map(Some)
    }

    /// What stands in brackets, of which the opening one was read.
    fn group(&mut self, at: usize, field: Option<Field>) -> Result<Expr, QueryError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return fault(
                format!("more than {DEPTH} brackets in each other"),
                at..at + 1,
            );
        }
        let outer = std::mem::replace(&mut self.field, field);
        let inner = self.any()?;
        self.field = outer;
        self.depth -= 1;
        self.scan.skip_blanks();
        if self.scan.take(&[')']).is_none() {
            return fault(
                "the bracket is not closed; to find one write \"(\"",
                at..at + 1,
            );
        }
        match inner {
            Some(expr) => Ok(expr),
            None => fault("nothing stands in the brackets", at..self.scan.at),
        }
    }

    /// The field that is named here, and where its value begins. A name that is nearly one is a mistake; any other
    /// word with a colon is text.
    fn field_here(&self) -> Result<Option<(Field, usize)>, QueryError> {
        let rest = self.scan.rest();
        let Some((name, _)) = rest.split_once([':', '：']) else {
            return Ok(None);
        };
        if name.is_empty() || name.len() > 40 || !name.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Ok(None);
        }
        let colon = rest.get(name.len()..).and_then(|r| r.chars().next());
        let end = self.scan.at + name.len() + colon.map_or(0, char::len_utf8);
        if let Some(field) = Field::from_name(name) {
            return Ok(Some((field, end)));
        }
        let behind = self.scan.text.get(end..).and_then(|r| r.chars().next());
        let lower = name.to_ascii_lowercase();
        let close = name.len() > 3 && behind.is_some_and(|c| c != '/');
        match close.then(|| nearest(&lower, Field::names())).flatten() {
            Some(meant) => fault(
                format!(
                    "there is no field {name}; {meant}: is one. To find the text itself write it in \"\""
                ),
                self.scan.at..end,
            ),
            None => Ok(None),
        }
    }

    fn leaf(&mut self, term: Term, at: Range<usize>) -> Result<Expr, QueryError> {
        if self.leaves.len() == TERMS {
            return fault(format!("more than {TERMS} terms"), at);
        }
        self.leaves.push(Leaf { term, at });
        Ok(Expr::Leaf(self.leaves.len() - 1))
    }
}
