//! The start of a line that tells where it is from: a date and a title, each whole as far as a narrow window allows.

use crate::names::Date;
use crate::text::{Profile, str_width};

/// So many cells are kept for the title, when there are several articles.
const TITLE_CELLS: u16 = 20;
/// A title of fewer cells tells nothing and is left out.
const LEAST_TITLE: u16 = 4;
/// The cells of a date's forms: 2023-11-08, 23-11-08, 2023-11.
const DATE_CELLS: [u16; 3] = [10, 8, 7];

/// How many cells of a line tell where it is from. Where both have some, a blank stands between them; behind them stands
/// another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Whence {
    /// Cells of the date; 0 where it is not shown.
    pub date: u16,
    /// Cells of the title, likewise.
    pub title: u16,
}

impl Whence {
    /// For a line of `cells`, of which a quarter may tell it; `dated`: with the date, which goes before the title.
    #[must_use]
    pub fn new(cells: u16, dated: bool) -> Self {
        let [whole, ..] = DATE_CELLS;
        if !dated {
            let title = TITLE_CELLS.min(cells / 4);
            return Self { date: 0, title };
        }
        let room = (TITLE_CELLS + whole + 1).min(cells / 4);
        let Some(date) = DATE_CELLS.into_iter().find(|form| *form <= room) else {
            return Self {
                date: 0,
                title: room,
            };
        };
        let title = room.saturating_sub(date + 1);
        let title = if title < LEAST_TITLE { 0 } else { title };
        Self { date, title }
    }

    /// The cells of both, with the blanks.
    #[must_use]
    pub const fn cells(self) -> u16 {
        self.date + (self.date > 0) as u16 + self.title + (self.title > 0) as u16
    }

    /// An article's date in the form that has room: as it is written, else by its digits. Nothing where no form has.
    #[must_use]
    pub fn date_shown(self, date: &str, profile: &Profile) -> String {
        let date = date.trim();
        if str_width(date, profile) <= self.date {
            return date.to_owned();
        }
        let Some(day) = Date::parse(date) else {
            return String::new();
        };
        let whole = day.to_string();
        let short = whole.get(2..).filter(|_| day.day > 0);
        let month = whole.get(..7).unwrap_or_default();
        let forms = [whole.as_str(), short.unwrap_or_default(), month];
        let fits = |form: &&&str| !form.is_empty() && str_width(form, profile) <= self.date;
        forms
            .iter()
            .find(fits)
            .map_or_else(String::new, |form| (*form).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_whole_in_one_of_its_forms_or_left_out() {
        for (cells, date, want, title) in [
            (119, "2023-11-08", "2023-11-08", 18),
            (119, "2023年11月8日", "2023-11-08", 18),
            (119, "2023-11-08T10:30", "2023-11-08", 18),
            (119, "8 November 2023", "", 18),
            (59, "2023-11-08", "2023-11-08", 0),
            (39, "2023-11-08", "23-11-08", 0),
            (39, "2023-11", "2023-11", 0),
            (39, "2023/11/8", "23-11-08", 0),
            (29, "2023-11-08", "2023-11", 0),
            (29, "2023", "2023", 0),
            (19, "2023-11-08", "", 4),
        ] {
            let whence = Whence::new(cells, true);
            let shown = whence.date_shown(date, &Profile::default());
            assert_eq!(
                (shown.as_str(), whence.title),
                (want, title),
                "{cells} {date}"
            );
        }
    }

    #[test]
    fn it_takes_a_quarter_of_the_line_at_the_most() {
        for (cells, dated) in (0..300).flat_map(|cells| [(cells, true), (cells, false)]) {
            let whence = Whence::new(cells, dated);
            assert!(whence.cells() <= cells / 4 + 1, "{cells} {whence:?}");
        }
    }
}
