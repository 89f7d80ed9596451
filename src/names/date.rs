//! Dates as articles write them.

use std::fmt;

use super::fold;

/// A date of the Gregorian calendar, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// The year.
    pub year: u16,
    /// The month from 1; 0 when only the year is known.
    pub month: u8,
    /// The day from 1; 0 when only the month is known.
    pub day: u8,
}

impl Date {
    /// The date at the start of a text: 2023-11-11, 2023/11/11, 2023.11.11, 2023年11月11日, 20231111, each also without its
    /// day or month, or with a nought for one not known (2023-11-00, as catalogues write it). What follows (a time, a weekday)
    /// does not count; a day that no month has is no date.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self::and_rest(&fold(text))?.0)
    }

    /// The date that a text is, in one of the same forms, with nothing before or behind it.
    #[must_use]
    pub fn parse_whole(text: &str) -> Option<Self> {
        let text = fold(text);
        let (date, rest) = Self::and_rest(&text)?;
        let ends: &[&str] = match (date.month, date.day) {
            (0, _) => &["", "年"],
            (_, 0) => &["", "月"],
            _ => &["", "日", "号"],
        };
        ends.iter().any(|end| fold(end) == rest).then_some(date)
    }

    /// The date at the start of a folded text, and what follows.
    fn and_rest(text: &str) -> Option<(Self, &str)> {
        let (year, rest) = digits(text, 4)?;
        if year.len() != 4 {
            return None;
        }
        let year = year.parse().ok().filter(|year| *year > 0)?;
        let date = |month, day| Self { year, month, day };
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            // 20231111, or 202311.
            let (month, rest) = digits(rest, 2)?;
            let (day, rest) = digits(rest, 2).unwrap_or(("0", rest));
            if rest.starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            let date = checked(date(month.parse().ok()?, day.parse().ok()?))?;
            return Some((date, rest));
        }
        let month = after(rest, &['-', '/', '.', '年']).and_then(|rest| digits(rest, 2));
        let Some((month, rest)) = month else {
            return Some((date(0, 0), rest));
        };
        let month = month.parse().ok()?;
        let day = after(rest, &['-', '/', '.', '月']).and_then(|rest| digits(rest, 2));
        let (day, rest) = day.unwrap_or(("0", rest));
        Some((checked(date(month, day.parse().ok()?))?, rest))
    }

    /// Days since the first day of the year 0, counting an unknown month or day as the first.
    #[must_use]
    pub fn number(self) -> i64 {
        // Years are counted from March, so that the leap day is the last.
        let month = i64::from(self.month.max(1));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let since_march = (month + 9) % 12;
        let of_year = (153 * since_march + 2) / 5 + i64::from(self.day.max(1)) - 1;
        year * 365 + year / 4 - year / 100 + year / 400 + of_year + 60
    }

    /// The day of that number.
    #[must_use]
    pub fn from_number(number: i64) -> Self {
        let days = (number - 60).max(0);
        let era = days / 146_097;
        let of_era = days % 146_097;
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let since_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * since_march + 2) / 5 + 1;
        let month = if since_march < 10 {
            since_march + 3
        } else {
            since_march - 9
        };
        let year = year + era * 400 + i64::from(month <= 2);
        Self {
            year: u16::try_from(year).unwrap_or(u16::MAX),
            month: u8::try_from(month).unwrap_or(1),
            day: u8::try_from(day).unwrap_or(1),
        }
    }
}

impl fmt::Display for Date {
    /// `2023-11-11`, `2023-11` or `2023`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.month, self.day) {
            (0, _) => write!(f, "{:04}", self.year),
            (month, 0) => write!(f, "{:04}-{month:02}", self.year),
            (month, day) => write!(f, "{:04}-{month:02}-{day:02}", self.year),
        }
    }
}

/// Up to so many digits, and what follows.
fn digits(text: &str, most: usize) -> Option<(&str, &str)> {
    let count = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    (count > 0).then(|| text.split_at(count))
}

fn after<'t>(text: &'t str, marks: &[char]) -> Option<&'t str> {
    let rest = text.strip_prefix(marks)?;
    Some(rest.trim_start())
}

fn checked(date: Date) -> Option<Date> {
    let year = date.year;
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match date.month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (date.day <= days).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms_are_read() {
        for (text, want) in [
            ("2023-11-11", "2023-11-11"),
            ("2023-1-2", "2023-01-02"),
            ("2023/11/11", "2023-11-11"),
            ("2023.11.11", "2023-11-11"),
            ("2023年11月11日", "2023-11-11"),
            ("２０２３年１１月１１日 星期六", "2023-11-11"),
            ("2023 年 1 月 3 日", "2023-01-03"),
            ("20231111", "2023-11-11"),
            ("202311", "2023-11"),
            ("2023-11-00", "2023-11"),
            ("2023-11", "2023-11"),
            ("2023年11月", "2023-11"),
            ("2023", "2023"),
            ("2023年", "2023"),
            ("2023-11-11T08:00:00+08:00", "2023-11-11"),
            ("2024-02-29", "2024-02-29"),
        ] {
            assert_eq!(
                Date::parse(text).map(|d| d.to_string()).as_deref(),
                Some(want),
                "{text}"
            );
        }
        for text in [
            "",
            "昨天",
            "11月11日",
            "2023-13-01",
            "2023-02-29",
            "2023-11-31",
            "202311111",
            "0000",
            "23-11-11",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_whole_date_has_nothing_behind_it() {
        for (text, want) in [
            ("2023", Some("2023")),
            ("2023年", Some("2023")),
            ("2023年11月", Some("2023-11")),
            ("2023-11", Some("2023-11")),
            ("2023-11-8", Some("2023-11-08")),
            ("２０２３年11月8日", Some("2023-11-08")),
            ("2023年11月8号", Some("2023-11-08")),
            ("20231108", Some("2023-11-08")),
            ("2023-", None),
            ("2023月", None),
            ("2023-11-", None),
            ("2023-11日", None),
            ("2023-11-08-07", None),
            ("2023-11-08T08:00", None),
            ("20231108-2", None),
            ("11-08", None),
        ] {
            let date = Date::parse_whole(text).map(|date| date.to_string());
            assert_eq!(date.as_deref(), want, "{text}");
        }
    }

    #[test]
    fn days_have_numbers_in_a_row() {
        let date = |year, month, day| Date { year, month, day };
        let mut last = date(1899, 12, 31).number();
        for year in 1900..2101u16 {
            for month in 1..=12 {
                for day in (1..=31).filter(|day| checked(date(year, month, *day)).is_some()) {
                    let day = date(year, month, day);
                    assert_eq!(day.number(), last + 1, "{day}");
                    assert_eq!(Date::from_number(day.number()), day);
                    last += 1;
                }
            }
        }
    }
}
