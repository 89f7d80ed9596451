//! Measures of association: how far two things occur together more often than chance would have it.
//!
//! Pure arithmetic over counts. Below: nothing. Above: `names` ranks who occurs with whom, `search` ranks collocates.

/// How often two things occur, alone and together, among so many places.
///
/// A place is what is counted: a paragraph, an article, a word. The counts of both include those of `both`; none
/// exceeds `all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Together {
    /// Places with both.
    pub both: u64,
    /// Places with the first.
    pub first: u64,
    /// Places with the second.
    pub second: u64,
    /// All places.
    pub all: u64,
}

impl Together {
    /// Pointwise mutual information in bits: log2 of how many times as often as by chance both occur (Church and
    /// Hanks 1990). Negative when they avoid each other; nothing when a count is zero.
    #[must_use]
    pub fn mutual_information(self) -> Option<f64> {
        if self.both == 0 || self.first == 0 || self.second == 0 || self.all == 0 {
            return None;
        }
        let expected = float(self.first) * float(self.second) / float(self.all);
        Some((float(self.both) / expected).log2())
    }

    /// The log-likelihood ratio G² of the table of four cells (Dunning 1993), with the sign of the association:
    /// negative when both occur together less often than by chance. 3.84 is p < 0.05, 10.83 p < 0.001.
    #[must_use]
    pub fn log_likelihood(self) -> f64 {
        let all = float(self.all);
        if self.all == 0 {
            return 0.0;
        }
        let (first, second, both) = (float(self.first), float(self.second), float(self.both));
        let cells = [
            (both, first * second / all),
            (first - both, first * (all - second) / all),
            (second - both, (all - first) * second / all),
            (
                all - first - second + both,
                (all - first) * (all - second) / all,
            ),
        ];
        let sum: f64 = cells
            .iter()
            .filter(|(seen, expected)| *seen > 0.0 && *expected > 0.0)
            .map(|(seen, expected)| seen * (seen / expected).ln())
            .sum();
        // Rounding may leave a trace below zero.
        let ratio = (2.0 * sum).max(0.0);
        if both * all < first * second {
            -ratio
        } else {
            ratio
        }
    }
}

/// Counts of text fit the 53 bits.
const fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_tables() {
        let together = |both, first, second, all| Together {
            both,
            first,
            second,
            all,
        };
        // Worked by hand: independent, always together, never together.
        let independent = together(10, 100, 100, 1000);
        assert!(independent.log_likelihood().abs() < 1e-9);
        assert!(independent.mutual_information().unwrap().abs() < 1e-9);
        let bound = together(8, 8, 8, 1024);
        assert!((bound.mutual_information().unwrap() - 7.0).abs() < 1e-9);
        // 2 (8 ln 128 + 1016 ln (1024/1016))
        let want = 2.0 * (8.0 * 128f64.ln() + 1016.0 * (1024.0f64 / 1016.0).ln());
        assert!((bound.log_likelihood() - want).abs() < 1e-9);
        let apart = together(0, 100, 100, 1000);
        assert_eq!(apart.mutual_information(), None);
        assert!(apart.log_likelihood() < 0.0);
        assert_eq!(together(0, 0, 0, 0).log_likelihood().to_bits(), 0);
    }
}
