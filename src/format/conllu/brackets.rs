//! `Entity=` values: brackets that open and close mentions, as CorefUD and GUM write them.
//!
//! `(e1-person-new` opens, `e1)` closes, `(e2-place)` does both; `(e3[1/2]-person` is the first of two parts. What the
//! fields are `# global.Entity` says. Source: <https://ufal.mff.cuni.cz/corefud>.

use std::collections::HashMap;

/// What a value says, one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Open(&'t str),
    Close(&'t str),
    /// A mention of one word.
    Whole(&'t str),
}

/// Takes a value apart.
pub(super) fn pieces(value: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = value;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inner) = rest.strip_prefix('(') {
            let end = inner.find(['(', ')']).unwrap_or(inner.len());
            let (content, behind) = inner.split_at(end);
            return Some(match behind.strip_prefix(')') {
                Some(behind) => {
                    rest = behind;
                    Piece::Whole(content)
                }
                None => {
                    rest = behind;
                    Piece::Open(content)
                }
            });
        }
        let end = rest.find(['(', ')']).unwrap_or(rest.len());
        let (content, behind) = rest.split_at(end);
        rest = behind.strip_prefix(')').unwrap_or(behind);
        Some(Piece::Close(content))
    })
}

/// The fields of a bracket, in order; as GUM and CorefUD begin them where the file does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Fields<'t>(Vec<&'t str>);

/// What a bracket says of its mention.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Said<'t> {
    /// By which the closing bracket names it.
    pub(super) key: &'t str,
    /// The id of its entity, without part.
    pub(super) entity: Option<&'t str>,
    /// Which part of how many it is, from 1.
    pub(super) part: Option<(u32, u32)>,
    pub(super) label: &'t str,
    /// The other fields that have a value.
    pub(super) others: Vec<(&'t str, &'t str)>,
}

impl<'t> Fields<'t> {
    /// Those of a `# global.Entity` line: `eid-etype-head-other`.
    pub(super) fn new(said: &'t str) -> Self {
        Self(said.trim().split('-').collect())
    }

    pub(super) fn read(&self, content: &'t str) -> Said<'t> {
        let mut said = Said {
            key: content,
            ..Said::default()
        };
        if self.0.is_empty() {
            said.guess(content);
            return said;
        }
        for (name, value) in self.0.iter().zip(content.splitn(self.0.len(), '-')) {
            match *name {
                "eid" | "GRP" => {
                    said.key = value;
                    said.name(value);
                }
                "etype" => said.label = value,
                name if !matches!(value, "" | "_") => said.others.push((name, value)),
                _ => {}
            }
        }
        said
    }
}

impl<'t> Said<'t> {
    /// `e1-person-…`, the older `person-1`, or a label alone.
    fn guess(&mut self, content: &'t str) {
        let Some((first, rest)) = content.split_once('-') else {
            self.label = content;
            return;
        };
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if is_number(rest) && !first.bytes().any(|b| b.is_ascii_digit()) {
            self.label = first;
            self.entity = Some(rest);
            return;
        }
        self.key = first;
        self.name(first);
        let (label, others) = rest.split_once('-').unwrap_or((rest, ""));
        self.label = label;
        if !matches!(others, "" | "_") {
            self.others.push(("other", others));
        }
    }

    /// Enters an id, perhaps with a part: `e1[1/2]`.
    fn name(&mut self, id: &'t str) {
        self.entity = Some(id);
        if let Some((id, part)) = id.strip_suffix(']').and_then(|id| id.split_once('['))
            && let Some((part, all)) = part.split_once('/')
            && let (Ok(part), Ok(all)) = (part.parse(), all.parse())
        {
            self.entity = Some(id);
            self.part = Some((part, all));
        }
    }
}

/// A bracket that is open: at which node of the sentence, and where in the file.
#[derive(Debug, Clone)]
pub(super) struct Open<'t> {
    pub(super) said: Said<'t>,
    pub(super) node: usize,
    pub(super) place: (u32, u32),
    /// Its number among those that were opened.
    pub(super) order: usize,
}

/// The brackets of a sentence that are open.
#[derive(Debug, Default)]
pub(super) struct Stack<'t> {
    all: Vec<Option<Open<'t>>>,
    by_key: HashMap<&'t str, Vec<usize>>,
}

impl<'t> Stack<'t> {
    pub(super) fn open(&mut self, open: Open<'t>) {
        let at = self.all.len();
        self.by_key.entry(open.said.key).or_default().push(at);
        self.all.push(Some(open));
    }

    /// The bracket that `content)` closes: the last one of that key, or the last one for none.
    pub(super) fn close(&mut self, content: &str) -> Option<Open<'t>> {
        while self.all.last().is_some_and(Option::is_none) {
            self.all.pop();
        }
        let key = if content.is_empty() {
            self.all.last()?.as_ref()?.said.key
        } else if self.by_key.get(content).is_some_and(|at| !at.is_empty()) {
            content
        } else {
            content.split('-').next()?
        };
        let at = self.by_key.get_mut(key)?.pop()?;
        self.all.get_mut(at)?.take()
    }

    /// Those that nothing closed.
    pub(super) fn left(&mut self) -> impl Iterator<Item = Open<'t>> {
        self.by_key.clear();
        std::mem::take(&mut self.all).into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fall_into_brackets() {
        use Piece::{Close, Open, Whole};
        for (value, want) in [
            ("(e1-person", vec![Open("e1-person")]),
            (
                "(e1-person(e2-place)",
                vec![Open("e1-person"), Whole("e2-place")],
            ),
            ("(e2-place)e1)", vec![Whole("e2-place"), Close("e1")]),
            ("e1)(e3-x", vec![Close("e1"), Open("e3-x")]),
            (")", vec![Close("")]),
            ("", vec![]),
            ("x(y", vec![Close("x"), Open("y")]),
        ] {
            assert_eq!(pieces(value).collect::<Vec<_>>(), want, "{value}");
        }
    }

    #[test]
    fn fields_are_those_of_the_header_or_guessed() {
        let fields = Fields::new("eid-etype-infstat-identity");
        let said = fields.read("e5[1/2]-place-_-Port-Vell");
        assert_eq!(
            (said.key, said.entity, said.part),
            ("e5[1/2]", Some("e5"), Some((1, 2)))
        );
        assert_eq!(
            (said.label, &said.others[..]),
            ("place", &[("identity", "Port-Vell")][..])
        );
        let guess = |content| Fields::default().read(content);
        assert_eq!(guess("e1-person").label, "person");
        assert_eq!(guess("person-12").entity, Some("12"));
        assert_eq!(guess("person-12").key, "person-12");
        assert_eq!(
            (guess("person").label, guess("person").entity),
            ("person", None)
        );
        assert_eq!(guess("e1-person-new-1").others, [("other", "new-1")]);
    }
}
