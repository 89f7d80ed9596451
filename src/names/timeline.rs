//! Mentions by day, month or year.

use std::collections::BTreeMap;

use super::date::Date;

/// How long a bar of a timeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// A day.
    Day,
    /// A month.
    Month,
    /// So many years.
    Years(u16),
}

impl Step {
    /// From the shortest to the longest.
    const ALL: [Self; 9] = [
        Self::Day,
        Self::Month,
        Self::Years(1),
        Self::Years(2),
        Self::Years(5),
        Self::Years(10),
        Self::Years(25),
        Self::Years(100),
        Self::Years(1000),
    ];

    /// `day`, `month`, `year`, `5 years`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Day => "day".to_owned(),
            Self::Month => "month".to_owned(),
            Self::Years(1) => "year".to_owned(),
            Self::Years(years) => format!("{years} years"),
        }
    }

    /// The number of the step in which a date lies.
    fn of(self, date: Date) -> i64 {
        match self {
            Self::Day => date.number(),
            Self::Month => i64::from(date.year) * 12 + i64::from(date.month.max(1)) - 1,
            Self::Years(years) => i64::from(date.year / years.max(1)),
        }
    }

    /// The date at which a step begins.
    fn start(self, number: i64) -> Date {
        let year = |year: i64| u16::try_from(year).unwrap_or(u16::MAX);
        match self {
            Self::Day => Date::from_number(number),
            Self::Month => Date {
                year: year(number.div_euclid(12)),
                month: u8::try_from(number.rem_euclid(12) + 1).unwrap_or(1),
                day: 0,
            },
            Self::Years(years) => Date {
                year: year(number * i64::from(years)),
                month: 0,
                day: 0,
            },
        }
    }
}

/// A step of a timeline and what falls into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Where the step begins.
    pub from: Date,
    /// How many mentions.
    pub count: u64,
}

/// Mentions over time: steps in a row, also those without any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// How long a step is.
    pub step: Step,
    /// The bars, from the first date to the last.
    pub bars: Vec<Bar>,
}

impl Timeline {
    /// The timeline of counts by date with the shortest step at which it has at most `most` bars. No step is shorter
    /// than the dates are exact. Nothing without a date.
    #[must_use]
    pub fn new(counts: &[(Date, u64)], most: usize) -> Option<Self> {
        let least = counts.iter().map(|(date, _)| match (date.month, date.day) {
            (0, _) => Step::Years(1),
            (_, 0) => Step::Month,
            _ => Step::Day,
        });
        let least = least.max()?;
        let first = counts.iter().map(|(date, _)| *date).min()?;
        let last = counts.iter().map(|(date, _)| *date).max()?;
        let range = |step: &Step| usize::try_from(step.of(last) - step.of(first) + 1);
        let fits = |step: &&Step| range(step).is_ok_and(|bars| bars <= most.max(1));
        let mut steps = Step::ALL.iter().filter(|step| **step >= least);
        let step = steps.find(fits).copied().unwrap_or(Step::Years(1000));
        let mut sums: BTreeMap<i64, u64> = BTreeMap::new();
        for (date, count) in counts {
            *sums.entry(step.of(*date)).or_default() += count;
        }
        let bars = (step.of(first)..=step.of(last)).map(|number| Bar {
            from: step.start(number),
            count: sums.get(&number).copied().unwrap_or(0),
        });
        Some(Self {
            step,
            bars: bars.collect(),
        })
    }

    /// The greatest count of a bar.
    #[must_use]
    pub fn highest(&self) -> u64 {
        self.bars.iter().map(|bar| bar.count).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(dates: &[&str], most: usize) -> (Step, Vec<String>) {
        let counts: Vec<(Date, u64)> = dates
            .iter()
            .map(|date| (Date::parse(date).expect("a date"), 1))
            .collect();
        let timeline = Timeline::new(&counts, most).expect("dates");
        let bar = |bar: &Bar| format!("{} {}", bar.from, bar.count);
        (timeline.step, timeline.bars.iter().map(bar).collect())
    }

    #[test]
    fn the_step_follows_the_range_and_the_room() {
        let days = ["2023-12-31", "2024-01-02", "2024-01-02"];
        assert_eq!(
            of(&days, 3),
            (
                Step::Day,
                vec![
                    "2023-12-31 1".into(),
                    "2024-01-01 0".into(),
                    "2024-01-02 2".into()
                ]
            )
        );
        assert_eq!(
            of(&days, 2),
            (Step::Month, vec!["2023-12 1".into(), "2024-01 2".into()])
        );
        assert_eq!(of(&days, 1), (Step::Years(5), vec!["2020 3".into()]));
        assert_eq!(of(&["1949", "2023-11-11"], 9).0, Step::Years(10));
    }

    #[test]
    fn no_step_is_shorter_than_the_dates_are_exact() {
        assert_eq!(of(&["2023-11-11", "2023-11"], 50).0, Step::Month);
        assert_eq!(of(&["2023-11-11", "2023"], 50).0, Step::Years(1));
        assert_eq!(Timeline::new(&[], 5), None);
    }
}
