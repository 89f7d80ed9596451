//! Days as articles and queries write them.

/// A day as year, month and day.
pub type Day = (u32, u32, u32);

/// The first and the last day that a date means: `2023-11` is all of November, `2023` all of
/// the year. The last day of a month counts as the 31st. `None` for what is no date.
///
/// Known are a year, year and month, or year, month and day, with `-`, `/`, `.` or 年月日 between, also 20231111, also
/// with a time of day behind. A year has four digits, a month is 1 to 12, a day 1 to 31.
#[must_use]
pub fn days(text: &str) -> Option<(Day, Day)> {
    let text = text.trim();
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    };
    let text: String = text.chars().map(narrow).collect();
    let numbers = numbers(&text)?;
    let year = *numbers.first()?;
    let month = numbers.get(1).copied();
    let day = numbers.get(2).copied();
    let fits = (1..=9999).contains(&year)
        && month.is_none_or(|m| (1..=12).contains(&m))
        && day.is_none_or(|d| (1..=31).contains(&d));
    fits.then(|| {
        let first = (year, month.unwrap_or(1), day.unwrap_or(1));
        (first, (year, month.unwrap_or(12), day.unwrap_or(31)))
    })
}

/// Year, and month and day where they are there.
fn numbers(text: &str) -> Option<Vec<u32>> {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if digits == 8 {
        let rest = text.get(8..)?.chars().next();
        let parts = [text.get(..4)?, text.get(4..6)?, text.get(6..8)?];
        let ends = rest.is_none_or(|c| !c.is_alphanumeric() || c == 'T');
        return ends.then(|| parts.iter().filter_map(|p| p.parse().ok()).collect());
    }
    if digits != 4 {
        return None;
    }
    let mut numbers: Vec<u32> = vec![text.get(..4)?.parse().ok()?];
    let mut rest = text.get(4..)?;
    for marks in ["-/.年", "-/.月"] {
        let Some(behind) = rest.strip_prefix(|c| marks.contains(c)) else {
            break;
        };
        let digits = behind.chars().take_while(char::is_ascii_digit).count();
        if !(1..=2).contains(&digits) {
            // 2023年 is whole; 2023- is not.
            return behind
                .is_empty()
                .then_some(numbers)
                .filter(|_| rest.starts_with(['年', '月']));
        }
        numbers.push(behind.get(..digits)?.parse().ok()?);
        rest = behind.get(digits..)?;
    }
    let rest = rest.strip_prefix(['月', '日', '号']).unwrap_or(rest);
    let ends = rest.is_empty() || rest.starts_with(['T', ' ', '\u{3000}']);
    ends.then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years() {
        for (text, want) in [
            ("2023", Some(((2023, 1, 1), (2023, 12, 31)))),
            ("2023年", Some(((2023, 1, 1), (2023, 12, 31)))),
            ("2023-11", Some(((2023, 11, 1), (2023, 11, 31)))),
            ("2023年11月", Some(((2023, 11, 1), (2023, 11, 31)))),
            ("2023-11-08", Some(((2023, 11, 8), (2023, 11, 8)))),
            ("2023年11月8日", Some(((2023, 11, 8), (2023, 11, 8)))),
            ("２０２３．１１．８", None),
            ("２０２３-１１-８", Some(((2023, 11, 8), (2023, 11, 8)))),
            ("2023/1/8 08:00", Some(((2023, 1, 8), (2023, 1, 8)))),
            ("2023-11-08T08:00:00Z", Some(((2023, 11, 8), (2023, 11, 8)))),
            ("20231108", Some(((2023, 11, 8), (2023, 11, 8)))),
            ("19980101-01-001", Some(((1998, 1, 1), (1998, 1, 1)))),
            ("2023-13", None),
            ("2023-11-32", None),
            ("2023-", None),
            ("11月8日", None),
            ("", None),
            ("新华社", None),
            ("20231", None),
        ] {
            assert_eq!(days(text), want, "{text}");
        }
    }
}
