//! Single values: switches, numbers, words out of a few; each stays as it was when what is written cannot be used.

use std::ops::RangeInclusive;

use serde_spanned::Spanned;
use toml::de::DeValue;

use super::reader::{Reader, integer, kind, meant};

impl Reader<'_> {
    /// `true`, `false`, `"on"`, `"off"`.
    pub(super) fn switch(&mut self, value: &Spanned<DeValue<'_>>, name: &str, target: &mut bool) {
        match (value.get_ref().as_bool(), value.get_ref().as_str()) {
            (Some(on), _) => *target = on,
            (_, Some("on")) => *target = true,
            (_, Some("off")) => *target = false,
            _ => self.wrong(value, name, "true or false", &target.to_string()),
        }
    }

    /// A whole number within a range.
    pub(super) fn number(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        name: &str,
        range: RangeInclusive<u16>,
        target: &mut u16,
    ) {
        let number = integer(value.get_ref()).and_then(|number| u16::try_from(number).ok());
        match number.filter(|number| range.contains(number)) {
            Some(number) => *target = number,
            None => {
                let wanted = format!("a whole number from {} to {}", range.start(), range.end());
                self.wrong(value, name, &wanted, &target.to_string());
            }
        }
    }

    /// Reports a word that is none of those there are.
    pub(super) fn one_of(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        name: &str,
        known: &[&str],
        used: &str,
    ) {
        match value.get_ref().as_str() {
            Some(word) => {
                let help = meant(word, known, &format!("{used} is used"));
                let message = format!("“{name}” cannot be “{word}”");
                self.report(
                    value.span(),
                    &message,
                    &format!("expected {}", known.join(", ")),
                    &help,
                );
            }
            None => self.wrong(value, name, &format!("one of {}", known.join(", ")), used),
        }
    }

    /// Reports a value that is not what it should be; `used` stands in its place.
    pub(super) fn wrong(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        name: &str,
        wanted: &str,
        used: &str,
    ) {
        let written = match value.get_ref() {
            DeValue::String(text) => format!("“{text}”"),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
            other => kind(other).to_owned(),
        };
        let message = format!("“{name}” cannot be {written}");
        self.report(
            value.span(),
            &message,
            "",
            &format!("write {wanted}; until then {used} is used"),
        );
    }
}
