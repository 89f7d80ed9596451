//! Where the cursor is known without a question to the terminal.

use super::profile::{Profile, ambiguous_trait};
use super::width::is_trusted;

/// Whether the cursor stands where [`width`](super::width()) says once the unit is sent: all terminals agree on its
/// width, or its class was measured on this one.
///
/// A unit of more than one character never is: what terminals make of marks and joiners differs too much.
#[must_use]
pub fn is_sure(unit: &str, profile: &Profile) -> bool {
    let mut chars = unit.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => {
            is_trusted(c) || ambiguous_trait(c).is_some_and(|class| profile.is_measured(class))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Ambiguous;

    #[test]
    fn what_was_measured_is_sure() {
        let plain = Profile::new(Ambiguous::Two);
        let measured = plain.as_measured();
        for (unit, before, after) in [
            ("a", true, true),
            ("中", true, true),
            ("“", false, true),
            ("—", false, true),
            ("①", false, true),
            ("e\u{301}", false, false),
            ("👍", false, false),
            ("☰", false, false),
        ] {
            assert_eq!(is_sure(unit, &plain), before, "{unit}");
            assert_eq!(is_sure(unit, &measured), after, "{unit}");
        }
    }
}
