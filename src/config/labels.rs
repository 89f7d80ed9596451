//! The table `[labels]`: which kinds the labels of corpora stand for.

use serde_spanned::Spanned;
use toml::de::DeValue;

use super::reader::Reader;
use crate::article::{Kind, Kinds};

impl Reader<'_> {
    /// Adds labels to those that are there. Any label may stand here; what it stands for is one of the kinds.
    pub(super) fn labels(&mut self, value: &Spanned<DeValue<'_>>, target: &mut Kinds) {
        let mut found = Vec::new();
        for (key, value) in self.table(value, "labels") {
            let label = key.get_ref().to_string();
            let word = value.get_ref().as_str().unwrap_or_default();
            match Kind::ALL.into_iter().find(|kind| kind.name() == word) {
                Some(kind) => found.push((label, kind)),
                None => {
                    let name = format!("labels.{label}");
                    self.one_of(
                        value,
                        &name,
                        &Kind::ALL.map(Kind::name),
                        "what is known of it",
                    );
                }
            }
        }
        *target = target.with(found);
    }
}
