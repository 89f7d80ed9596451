//! Markup around words within a text, to a text without it and what was marked: which opening belongs to which
//! closing, and what of it is no markup after all. And back: where mentions open and close.

use super::geometry::lies;
use super::loss::{Feature, Losses};
use crate::article::{Article, Mention};

/// Mentions within mentions are read down to this depth.
pub(super) const DEPTH: usize = 8;

/// What a piece of markup does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort<'t> {
    /// Opens a mention; some formats have its label here.
    Open(&'t str),
    /// Closes the mention that was opened last; others have it here.
    Close(&'t str),
    /// Stands for a line end.
    LineEnd,
}

/// A piece of markup: bytes of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) sort: Sort<'t>,
}

/// What is marked: bytes of the text without markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marked<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What the piece that opens it says, and that which closes it.
    pub(super) open: &'t str,
    pub(super) close: &'t str,
    /// Its bytes in the source with its markup.
    pub(super) source: (usize, usize),
}

/// What is wrong with a piece of markup. All but empty ones are text then, as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Unclosed,
    Unopened,
    Deep,
    Empty,
}

/// A text without its markup.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Inline<'t> {
    pub(super) text: String,
    /// In the order in which they begin, the outer first.
    pub(super) marked: Vec<Marked<'t>>,
    /// Those that mark no words.
    pub(super) empty: Vec<Marked<'t>>,
    /// What is wrong, with its byte in the source.
    pub(super) faults: Vec<(Fault, usize)>,
}

impl<'t> Inline<'t> {
    /// Takes the pieces, which stand in order, out of a source. Linear in both, whatever lies in what.
    pub(super) fn new(source: &'t str, pieces: &[Piece<'t>]) -> Self {
        let mut made = Self {
            text: String::with_capacity(source.len()),
            ..Self::default()
        };
        let partners = made.partners(pieces);
        // Where the mentions that are open stand among those that are marked.
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        for (piece, partner) in pieces.iter().zip(partners) {
            made.text
                .push_str(source.get(at..piece.start).unwrap_or(""));
            at = piece.end;
            let start = made.text.len();
            match (piece.sort, partner) {
                (Sort::LineEnd, _) => made.text.push('\n'),
                (_, None) => made
                    .text
                    .push_str(source.get(piece.start..at).unwrap_or("")),
                (Sort::Open(label), Some(_)) => {
                    open.push(made.marked.len());
                    made.marked.push(Marked {
                        start,
                        end: start,
                        open: label,
                        close: "",
                        source: (piece.start, at),
                    });
                }
                (Sort::Close(label), Some(_)) => {
                    let index = open.pop();
                    if let Some(marked) = index.and_then(|index| made.marked.get_mut(index)) {
                        marked.end = start;
                        marked.close = label;
                        marked.source.1 = at;
                    }
                }
            }
        }
        made.text.push_str(source.get(at..).unwrap_or(""));
        let (marked, empty) = made.marked.into_iter().partition(|m| m.start < m.end);
        (made.marked, made.empty) = (marked, empty);
        let nothing = made.empty.iter().map(|m| (Fault::Empty, m.source.0));
        made.faults.extend(nothing);
        made
    }

    /// The other half of each piece, where it has one.
    fn partners(&mut self, pieces: &[Piece<'t>]) -> Vec<Option<usize>> {
        let mut partners = vec![None; pieces.len()];
        let mut open: Vec<(usize, &Piece<'_>)> = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            match piece.sort {
                Sort::LineEnd => {}
                Sort::Open(_) => open.push((index, piece)),
                Sort::Close(_) => match open.pop() {
                    None => self.faults.push((Fault::Unopened, piece.start)),
                    Some((other, _)) => {
                        for (one, its) in [(other, index), (index, other)] {
                            if let Some(partner) = partners.get_mut(one) {
                                *partner = Some(its);
                            }
                        }
                    }
                },
            }
        }
        let left = open.iter().map(|(_, piece)| (Fault::Unclosed, piece.start));
        self.faults.extend(left);
        // Only now is it known what lies in what: an opening that nothing closes holds nothing.
        let mut depth = 0;
        for (partner, piece) in partners.iter_mut().zip(pieces) {
            let is_half = partner.is_some();
            match piece.sort {
                Sort::Open(_) if is_half => {
                    depth += 1;
                    if depth > DEPTH {
                        self.faults.push((Fault::Deep, piece.start));
                        *partner = None;
                    }
                }
                Sort::Close(_) if is_half => {
                    if depth > DEPTH {
                        *partner = None;
                    }
                    depth -= 1;
                }
                _ => {}
            }
        }
        partners
    }
}

/// Where a mention opens or closes: a byte of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge<'a> {
    pub(super) at: usize,
    pub(super) opens: bool,
    pub(super) mention: &'a Mention,
}

/// The edges of all mentions that can lie in each other, in order; those of several fragments, which cross another, or
/// which lie too deep are left out and counted where nothing else counts them.
pub(super) fn edges<'a>(article: &'a Article, losses: &mut Losses) -> Vec<Edge<'a>> {
    let mentions = article.annotations.mentions();
    let mut edges = Vec::with_capacity(mentions.len() * 2);
    let mut open: Vec<&Mention> = Vec::new();
    let close = |mention: &'a Mention| Edge {
        at: mention.hull().end(),
        opens: false,
        mention,
    };
    for (mention, lie) in mentions.iter().zip(lies(mentions)) {
        let hull = mention.hull();
        while let Some(done) = open.pop_if(|outer| outer.hull().end() <= hull.start()) {
            edges.push(close(done));
        }
        if mention.is_discontinuous() {
            continue;
        }
        if open
            .last()
            .is_some_and(|outer| outer.hull().end() < hull.end())
        {
            // Those of one layer are counted before anything is written.
            losses.add(Feature::Crossing, usize::from(!lie.crossing));
        } else if open.len() >= DEPTH {
            losses.add(Feature::Nested, 1);
        } else {
            open.push(mention);
            edges.push(Edge {
                at: hull.start(),
                opens: true,
                mention,
            });
        }
    }
    edges.extend(open.into_iter().rev().map(close));
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text, what is marked in it, and what is wrong.
    type Taken = (String, Vec<(usize, usize)>, Vec<(Fault, usize)>);

    /// `(` opens, `)` closes, `/` is a line end.
    fn inline(source: &str) -> Taken {
        let pieces: Vec<Piece<'_>> = source
            .char_indices()
            .filter_map(|(start, c)| {
                let sort = match c {
                    '(' => Sort::Open(""),
                    ')' => Sort::Close(""),
                    '/' => Sort::LineEnd,
                    _ => return None,
                };
                let end = start + 1;
                Some(Piece { start, end, sort })
            })
            .collect();
        let made = Inline::new(source, &pieces);
        let marked = made.marked.iter().map(|m| (m.start, m.end)).collect();
        (made.text, marked, made.faults)
    }

    #[test]
    fn markup_goes_and_what_has_no_other_half_stays() {
        use Fault::{Empty, Unclosed, Unopened};
        for (source, text, marked, faults) in [
            ("a(b)c", "abc", &[(1, 2)][..], &[][..]),
            ("((a)b)", "ab", &[(0, 2), (0, 1)], &[]),
            ("a/(b/c)", "a\nb\nc", &[(2, 5)], &[]),
            ("a)b", "a)b", &[], &[(Unopened, 1)]),
            ("(a(b)", "(ab", &[(2, 3)], &[(Unclosed, 0)]),
            ("a()", "a", &[], &[(Empty, 1)]),
            ("(()a)", "a", &[(0, 1)], &[(Empty, 1)]),
            ("", "", &[], &[]),
        ] {
            let made = inline(source);
            let want = (text.to_owned(), marked.to_vec(), faults.to_vec());
            assert_eq!(made, want, "{source}");
        }
    }

    #[test]
    fn depth_counts_only_what_is_closed() {
        let stray = "(".repeat(DEPTH + 3);
        let (_, marked, faults) = inline(&format!("{stray}a(b)"));
        assert_eq!((marked.len(), faults.len()), (1, DEPTH + 3));
        let deep = format!("{stray}a{}", ")".repeat(DEPTH + 3));
        let (text, marked, faults) = inline(&deep);
        assert_eq!((text.as_str(), marked.len()), ("(((a)))", DEPTH));
        assert!(faults.iter().all(|(fault, _)| *fault == Fault::Deep));
    }
}
