//! Collocates as a table for people: their numbers as they are shown.

use super::Collocate;

impl Collocate {
    /// Its numbers as they are shown: how often near a hit, on the left, on the right, and at all; G² and MI.
    #[must_use]
    pub fn numbers(&self) -> [String; 6] {
        [
            self.count().to_string(),
            self.left.to_string(),
            self.right.to_string(),
            self.all.to_string(),
            rounded(self.log_likelihood, 1),
            rounded(self.mutual_information, 2),
        ]
    }
}

/// A number to so many places. What rounds to zero has no sign: `-0.0` would say that something is kept away from.
#[must_use]
pub fn rounded(number: f64, places: usize) -> String {
    let told = format!("{number:.places$}");
    match told.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| matches!(c, '0' | '.')) => rest.to_owned(),
        _ => told,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_has_no_sign() {
        for (number, places, want) in [
            (-0.04, 1, "0.0"),
            (-0.0, 2, "0.00"),
            (-0.004, 2, "0.00"),
            (-0.06, 1, "-0.1"),
            (-10.04, 1, "-10.0"),
            (0.04, 1, "0.0"),
            (-0.4, 0, "0"),
        ] {
            assert_eq!(rounded(number, places), want, "{number} to {places}");
        }
    }
}
