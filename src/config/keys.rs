//! The tables `[keys.*]`: notation to sequences, names to actions, over the keymap below.

use serde_spanned::Spanned;
use toml::de::DeValue;

use super::reader::{Reader, meant};
use crate::action::Action;
use crate::keys::{BindError, KeyError, Keymap, NAMES, TABLES, parse_sequence};
use crate::text::nearest;

/// One line of a table that can be used: where it stands, the sequence, what it asks for.
struct Line {
    at: std::ops::Range<usize>,
    table: &'static str,
    keys: Vec<crate::keys::Key>,
    action: Option<Action>,
}

impl Reader<'_> {
    pub(super) fn keys(&mut self, value: &Spanned<DeValue<'_>>, keymap: &mut Keymap) {
        let mut lines = Vec::new();
        for (key, value) in self.table(value, "keys") {
            let Some(table) = TABLES
                .iter()
                .copied()
                .find(|name| *name == key.get_ref().as_ref())
            else {
                self.unknown_key(key, "a mode that has keys", &TABLES);
                continue;
            };
            for (written, action) in self.table(value, &format!("keys.{table}")) {
                let keys = match parse_sequence(written.get_ref()) {
                    Ok(keys) => keys,
                    Err(error) => {
                        self.bad_notation(written.span(), written.get_ref(), &error);
                        continue;
                    }
                };
                if let Some(action) = self.action(written.get_ref(), action) {
                    lines.push(Line {
                        at: written.span(),
                        table,
                        keys,
                        action,
                    });
                }
            }
        }
        // What is taken away makes room first, wherever it stands.
        let (free, bind): (Vec<Line>, Vec<Line>) =
            lines.into_iter().partition(|line| line.action.is_none());
        for line in free.into_iter().chain(bind) {
            if let Err(error) = keymap.bind(line.table, &line.keys, line.action) {
                let help = match &error {
                    BindError::Hides { longer, .. } => {
                        format!(
                            "take away {} first (= \"none\"); it is left unbound",
                            longer.join(", ")
                        )
                    }
                    BindError::Hidden { shorter, .. } => {
                        format!("take away {shorter} first (= \"none\"); it is left unbound")
                    }
                    BindError::UnknownTable(_) | BindError::Empty => {
                        "it is left unbound".to_owned()
                    }
                };
                self.report(
                    line.at,
                    &error.to_string(),
                    "no sequence may be the beginning of another",
                    &help,
                );
            }
        }
    }

    /// The action that a value names; `Some(None)` takes the binding away, `None` was reported.
    fn action(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Option<Action>> {
        match value.get_ref() {
            DeValue::Boolean(false) => Some(None),
            DeValue::String(name) if matches!(name.as_ref(), "" | "none") => Some(None),
            DeValue::String(name) => {
                let action = Action::from_name(name);
                if action.is_none() {
                    let known: Vec<&str> = Action::ALL.iter().map(|action| action.name()).collect();
                    let help = meant(name, &known, "the key does what it does by default");
                    self.report(
                        value.span(),
                        &format!("there is no action “{name}”"),
                        "no such action",
                        &help,
                    );
                }
                action.map(Some)
            }
            _ => {
                self.wrong(
                    value,
                    key,
                    "the name of an action in quotes, or false",
                    "the default",
                );
                None
            }
        }
    }

    fn bad_notation(&mut self, at: std::ops::Range<usize>, written: &str, error: &KeyError) {
        let help = match error {
            KeyError::UnknownName { name, .. } => match nearest(name, NAMES.iter().map(|(name, _)| *name)) {
                Some(near) => format!("did you mean “{near}”? Until then it is left out; < itself is written <lt>"),
                None => "write <Enter>, <PageDown>, <Ctrl-o>, <Alt-Right>, < itself as <lt>; it is left out".to_owned(),
            },
            KeyError::Empty => "write <Space> for the space bar; it is left out".to_owned(),
            KeyError::Control => "it is left out".to_owned(),
        };
        self.report(
            at,
            &format!("“{written}” is not a key or a sequence of keys: {error}"),
            "",
            &help,
        );
    }
}
