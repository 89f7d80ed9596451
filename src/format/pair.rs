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
/// The roles of a relation that goes both ways, as Label Studio's direction `bi` is read.
const EITHER: &str = "either";

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

/// Participants in the order in which a format without roles writes them: those of a pair as `pair` has them, others as
/// they stand.
pub(super) fn in_order(relation: &Relation) -> Vec<&Argument> {
    match pair(relation) {
        Some(pair) => pair.to_vec(),
        None => relation.arguments.iter().collect(),
    }
}

/// Whether a relation has two participants in roles that say no more than which of them comes first, or is which of
/// the two: every format has a pair of its own for that.
pub(super) fn is_usual(relation: &Relation) -> bool {
    let Some([first, second]) = pair(relation) else {
        return false;
    };
    let is_tei = |role: &str| matches!(role, "active" | "passive" | "mutual");
    let roles = (&*first.role, &*second.role);
    ENDS.contains(&roles) || EVEN.contains(&roles) || (is_tei(roles.0) && is_tei(roles.1))
}

/// Whether a relation has two participants of which neither leads.
pub(super) fn goes_both_ways(relation: &Relation) -> bool {
    let is_pair = relation.arguments.len() == 2;
    is_pair && relation.arguments.iter().all(|a| *a.role == *EITHER)
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
