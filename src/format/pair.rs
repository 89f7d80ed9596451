//! Which of the two participants of a relation leads, by their roles and not by the order in which they stand.

use crate::article::{Argument, Relation};

/// The roles of pairs: of what leads, and of what follows. Every format has such a pair of its own.
const ENDS: [(&str, &str); 5] = [
    ("from", "to"),
    ("Arg1", "Arg2"),
    ("head", "child"),
    ("Governor", "Dependent"),
    ("active", "passive"),
];
/// Pairs of roles that say nothing of what leads.
const EVEN: [(&str, &str); 2] = [("", ""), ("target", "target")];
/// The roles of a relation that goes both ways: Label Studio's direction `bi` is read as the one, TEI has the other.
const EITHER: [&str; 2] = ["either", "mutual"];

/// The two participants of a relation, what leads first: `to` and `from` come turned round. Roles that say nothing of it
/// leave the order in which they stand. Nothing for other than two participants.
pub(super) fn pair(relation: &Relation) -> Option<[&Argument; 2]> {
    let [first, second] = &relation.arguments[..] else {
        return None;
    };
    match place(&first.role) > place(&second.role) {
        true => Some([second, first]),
        false => Some([first, second]),
    }
}

/// Participants in the order in which a format without roles writes them: those of a pair as `pair` has them. Of more,
/// what leads and what follows go before the others where there are both; else all are as they stand.
pub(super) fn in_order(relation: &Relation) -> Vec<&Argument> {
    if let Some(pair) = pair(relation) {
        return pair.to_vec();
    }
    let mut all: Vec<&Argument> = relation.arguments.iter().collect();
    let has = |wanted: u8| relation.arguments.iter().any(|a| place(&a.role) == wanted);
    if has(0) && has(2) {
        all.sort_by_key(|argument| match place(&argument.role) {
            0 => 0,
            2 => 1,
            _ => 2,
        });
    }
    all
}

/// Whether a relation has two participants in roles that say no more than which of them comes first, or is which of
/// the two: every format has a pair of its own for that.
pub(super) fn is_usual(relation: &Relation) -> bool {
    let Some([first, second]) = pair(relation) else {
        return false;
    };
    let roles = (&*first.role, &*second.role);
    ENDS.contains(&roles) || EVEN.contains(&roles)
}

/// Whether a relation has two participants of which neither leads.
pub(super) fn goes_both_ways(relation: &Relation) -> bool {
    let is_pair = relation.arguments.len() == 2;
    let mut roles = relation.arguments.iter().map(|a| &*a.role);
    is_pair && roles.all(|role| EITHER.contains(&role))
}

/// Where a role stands: 0 for what leads, 2 for what follows, 1 where it says nothing of that.
fn place(role: &str) -> u8 {
    let is = |of: fn(&(&'static str, &'static str)) -> &'static str| {
        ENDS.iter().any(|ends| of(ends) == role)
    };
    match (is(|ends| ends.0), is(|ends| ends.1)) {
        (true, _) => 0,
        (_, true) => 2,
        _ => 1,
    }
}
