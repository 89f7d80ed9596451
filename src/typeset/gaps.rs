//! The extra blank cells of a line: between Han and Latin, and those that make the right edge even.

use super::breaks::Break;
use super::classes::Class;
use super::cut::Atom;
use super::line::Gap;

/// Whether Han meets a Latin letter or digit between these two neighbours.
pub(super) const fn han_meets_latin(a: &Atom, b: &Atom) -> bool {
    matches!(
        (a.class, b.class),
        (Class::Han, Class::Letter | Class::Digit) | (Class::Letter | Class::Digit, Class::Han)
    )
}

/// A place where a justified line may grow, in the order in which places are used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    WordSpace = 0,
    HanLatin = 1,
    Character = 2,
}

/// The gaps of a line made of `atoms`, ended by its last content. `missing` cells are to be spread.
pub(super) fn gaps(atoms: &[Atom], autospace: bool, missing: u16) -> Box<[Gap]> {
    let mut shares = Shares::new(atoms, missing);
    let mut out = Vec::new();
    each_place(atoms, |at, adjacent, slot| {
        let mut cells = 0;
        if autospace && adjacent && at > 0 && han_meets_latin(&atoms[at - 1], &atoms[at]) {
            cells += 1;
        }
        if let Some(slot) = slot {
            cells += shares.next(slot);
        }
        if cells > 0 {
            out.push(Gap {
                at: atoms[at].start,
                cells,
            });
        }
    });
    out.into_boxed_slice()
}

/// Calls `on` with each content atom but the first, whether it follows the one before it directly, and its slot.
fn each_place(atoms: &[Atom], mut on: impl FnMut(usize, bool, Option<Slot>)) {
    let mut last: Option<usize> = None;
    // A cell before a TAB would be lost in it or move its stop, so only what is behind the last one can grow.
    let last_tab = atoms.iter().rposition(|a| a.class == Class::Tab);
    for (i, b) in atoms.iter().enumerate() {
        if !b.class.is_content() {
            continue;
        }
        if let Some(p) = last {
            let a = &atoms[p];
            let adjacent = p + 1 == i;
            let spaced = !adjacent && atoms[p + 1..i].iter().any(|m| m.class == Class::Blank);
            let slot = match b.before {
                _ if last_tab.is_some_and(|tab| p <= tab) => None,
                Break::Allowed if spaced => Some(Slot::WordSpace),
                Break::Allowed if adjacent && han_meets_latin(a, b) => Some(Slot::HanLatin),
                Break::Allowed if adjacent && (a.cjk || b.cjk) => Some(Slot::Character),
                _ => None,
            };
            on(i, adjacent, slot);
        }
        last = Some(i);
    }
}

/// How the missing cells are shared out: one to each word space, then one to each meeting of Han and Latin, the rest
/// evenly over all places.
struct Shares {
    /// Places of each kind, and cells that go to that kind first.
    places: [u64; 3],
    first: [u64; 3],
    rest: u64,
    /// Places already served, of each kind and in all.
    served: [u64; 3],
    total_served: u64,
}

impl Shares {
    fn new(atoms: &[Atom], missing: u16) -> Self {
        let mut places = [0; 3];
        if missing > 0 {
            each_place(atoms, |_, _, slot| {
                if let Some(slot) = slot {
                    places[slot as usize] += 1;
                }
            });
        }
        let mut rest = u64::from(missing);
        let mut first = [0; 3];
        for kind in [Slot::WordSpace as usize, Slot::HanLatin as usize] {
            first[kind] = rest.min(places[kind]);
            rest -= first[kind];
        }
        Self {
            places,
            first,
            rest,
            served: [0; 3],
            total_served: 0,
        }
    }

    fn next(&mut self, slot: Slot) -> u16 {
        let kind = slot as usize;
        if self.places[kind] == 0 {
            return 0;
        }
        let cells = share(self.first[kind], self.places[kind], self.served[kind])
            + share(self.rest, self.places.iter().sum(), self.total_served);
        self.served[kind] += 1;
        self.total_served += 1;
        u16::try_from(cells).unwrap_or(0)
    }
}

/// What the place numbered `index` of `places` gets when `cells` are spread evenly over them.
const fn share(cells: u64, places: u64, index: u64) -> u64 {
    cells * (index + 1) / places - cells * index / places
}
