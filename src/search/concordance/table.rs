//! Collocates as a table for people: their numbers as they are shown, and how they share out its cells.

use super::Collocate;

/// What stands over the numbers of a collocate.
pub const NUMBER_NAMES: [&str; 6] = ["count", "left", "right", "all", "G2", "MI"];
/// Which numbers are shown, the more telling ones where there is no room for all.
const SHOWN: [&[usize]; 6] = [
    &[0, 1, 2, 3, 4, 5],
    &[0, 3, 4, 5],
    &[0, 4, 5],
    &[0, 4],
    &[4],
    &[],
];
/// Blank cells between columns, where there is room for them.
const GAPS: [u16; 2] = [2, 1];
/// Cells of the word, at the least while there are numbers: those of its heading.
const LEAST_WORD: u16 = 9;
/// And at the most.
const MOST_WORD: u16 = 20;

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

/// Cells that each column of numbers takes, with its name.
#[must_use]
pub fn number_cells(found: &[Collocate]) -> [u16; 6] {
    let mut cells = NUMBER_NAMES.map(str::len);
    // No number is longer than the greatest or the least of its column: nothing else need be written.
    let most = |of: fn(&Collocate) -> u64| found.iter().map(of).max().unwrap_or(0);
    let ends = |of: fn(&Collocate) -> f64| {
        let all = found.iter().map(of);
        (all.clone().fold(0.0, f64::max), all.fold(0.0, f64::min))
    };
    let (most_g2, least_g2) = ends(|one| one.log_likelihood);
    let (most_mi, least_mi) = ends(|one| one.mutual_information);
    let longest = [(most_g2, most_mi), (least_g2, least_mi)].map(|(g2, mi)| {
        let one = Collocate {
            word: String::new(),
            left: most(|one| one.left),
            right: most(|one| one.right),
            all: most(|one| one.all),
            log_likelihood: g2,
            mutual_information: mi,
        };
        one.numbers()
    });
    for numbers in longest {
        for (cells, number) in cells.iter_mut().zip(numbers) {
            *cells = number.len().max(*cells);
        }
    }
    cells.map(|cells| u16::try_from(cells).unwrap_or(u16::MAX))
}

/// Where the parts of a row stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumns {
    /// Cells of the word, which stands first.
    pub word: u16,
    /// Which of the [numbers](Collocate::numbers) are shown, and in which cell from the start of the word each ends.
    pub numbers: Vec<(usize, u16)>,
}

impl TableColumns {
    /// The columns of a table of `cells`, whose numbers take [so many](number_cells).
    #[must_use]
    pub fn new(cells: u16, number_cells: &[u16; 6]) -> Self {
        let ways = SHOWN.iter().flat_map(|shown| GAPS.map(|gap| (*shown, gap)));
        for (shown, gap) in ways {
            let column = |n: &usize| {
                (
                    *n,
                    number_cells.get(*n).map_or(0, |c| c.saturating_add(gap)),
                )
            };
            let columns: Vec<(usize, u16)> = shown.iter().map(column).collect();
            let taken = columns.iter().fold(0u16, |sum, c| sum.saturating_add(c.1));
            let room = cells.saturating_sub(taken);
            if room < LEAST_WORD && !columns.is_empty() {
                continue;
            }
            let word = room.min(MOST_WORD);
            let mut end = word;
            let placed = columns.into_iter().map(|(n, cells)| {
                end += cells;
                (n, end)
            });
            let numbers = placed.collect();
            return Self { word, numbers };
        }
        Self {
            word: cells,
            numbers: Vec::new(),
        }
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

    fn collocate(left: u64, all: u64, log_likelihood: f64) -> Collocate {
        Collocate {
            word: "甲".to_owned(),
            left,
            right: 10,
            all,
            log_likelihood,
            mutual_information: -1.0,
        }
    }

    #[test]
    fn columns_are_as_wide_as_what_stands_in_them() {
        let found = [
            collocate(999_990, 144_386, 14_399.4),
            collocate(1, 2, -20_000.04),
        ];
        assert_eq!(number_cells(&found), [7, 6, 5, 6, 8, 5]);
        for one in &found {
            let lens = one.numbers().map(|number| number.len());
            let fits = lens.iter().zip(number_cells(&found));
            assert!(fits.into_iter().all(|(len, cells)| *len <= cells.into()));
        }
        assert_eq!(number_cells(&[]), [5, 4, 5, 3, 3, 4]);
    }

    #[test]
    fn numbers_give_way_to_the_word_the_less_telling_first() {
        let told = |cells| {
            let columns = TableColumns::new(cells, &[5, 4, 5, 5, 6, 5]);
            let names = columns.numbers.iter().map(|(n, end)| {
                assert!(*end <= cells);
                NUMBER_NAMES[*n]
            });
            (columns.word, names.collect::<Vec<_>>().join(" "))
        };
        for (cells, word, names) in [
            (118, 20, "count left right all G2 MI"),
            (51, 9, "count left right all G2 MI"),
            (45, 9, "count left right all G2 MI"),
            (44, 15, "count all G2 MI"),
            (34, 9, "count all G2 MI"),
            (33, 11, "count G2 MI"),
            (22, 9, "count G2"),
            (21, 13, "G2"),
            (15, 15, ""),
            (0, 0, ""),
        ] {
            assert_eq!(told(cells), (word, names.to_owned()), "{cells}");
        }
    }

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
