//! The table `[copy]`: where copied text goes, in which form, and what goes with it.

use serde_spanned::Spanned;
use toml::de::DeValue;

use super::reader::Reader;

/// The table `[copy]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CopyConfig {
    /// Where text is copied to.
    pub to: CopyTo,
    /// In which form.
    pub form: CopyForm,
    /// Whether it goes with a line that says where it is from.
    pub cite: bool,
}

/// Where text is copied to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CopyTo {
    /// By the best way that this machine has.
    #[default]
    Auto,
    /// By one of the tools for that.
    Tool,
    /// By the terminal (OSC 52).
    Osc52,
    /// Into a file.
    File,
    /// To the standard input of this command: a program, and its arguments.
    Command(Vec<String>),
}

/// The form of copied text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CopyForm {
    /// As it stands in the file.
    #[default]
    File,
    /// As it is shown, row by row.
    Shown,
}

impl CopyForm {
    /// Both, by the names that the config writes.
    const NAMED: [(&'static str, Self); 2] = [("file", Self::File), ("shown", Self::Shown)];
}

const TO: [&str; 4] = ["auto", "tool", "osc52", "file"];
const KEYS: [&str; 3] = ["to", "form", "cite"];

impl Reader<'_> {
    pub(super) fn copy(&mut self, value: &Spanned<DeValue<'_>>, copy: &mut CopyConfig) {
        for (key, value) in self.table(value, "copy") {
            match key.get_ref().as_ref() {
                "to" => self.copy_to(value, &mut copy.to),
                "form" => {
                    let word = value.get_ref().as_str();
                    match CopyForm::NAMED.iter().find(|(name, _)| word == Some(name)) {
                        Some((_, form)) => copy.form = *form,
                        None => {
                            let names = CopyForm::NAMED.map(|(name, _)| name);
                            let used = CopyForm::NAMED.iter().find(|(_, f)| *f == copy.form);
                            let used = used.map_or("", |(name, _)| name);
                            self.one_of(value, "form", &names, &format!("“{used}”"));
                        }
                    }
                }
                "cite" => self.switch(value, "cite", &mut copy.cite),
                _ => self.unknown_key(key, "a setting of [copy]", &KEYS),
            }
        }
    }

    fn copy_to(&mut self, value: &Spanned<DeValue<'_>>, to: &mut CopyTo) {
        if let DeValue::Array(parts) = value.get_ref() {
            let parts: Option<Vec<String>> = parts
                .iter()
                .map(|part| part.get_ref().as_str().map(str::to_owned))
                .collect();
            let wrong = match parts {
                None => "“to” is a command whose parts are not all texts",
                Some(parts) if parts.first().is_none_or(String::is_empty) => {
                    "“to” is an empty command"
                }
                Some(parts) => {
                    *to = CopyTo::Command(parts);
                    return;
                }
            };
            let help = "write the program and each argument in quotes: [\"xclip\", \"-in\"]";
            return self.report(value.span(), wrong, "", help);
        }
        *to = match value.get_ref().as_str() {
            Some("auto") => CopyTo::Auto,
            Some("tool") => CopyTo::Tool,
            Some("osc52") => CopyTo::Osc52,
            Some("file") => CopyTo::File,
            _ => return self.one_of(value, "to", &TO, "what was set before"),
        };
    }
}
