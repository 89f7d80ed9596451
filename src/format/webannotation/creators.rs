//! Layers as the creators of annotations.

use std::collections::HashSet;

use crate::article::{Annotations, Article, LayerId};
use crate::format::json::{is_json, quoted, string};
use crate::format::layers::{is_empty, is_of_file, telling};

/// The creator of each layer, as JSON: what the source says, else, where several layers would become one without it, the
/// layer's name. Nothing for a layer that alone says none: it is told from the others by that.
pub(super) fn creators(made: &Annotations) -> Vec<String> {
    let telling = telling(made);
    let layers = || made.layers().iter().zip(&telling);
    let untold = layers().filter(|(layer, told)| **told && !is_json(&layer.declared));
    let is_needed = untold.count() > 1;
    let declared = made.layers().iter().map(|layer| layer.declared.to_string());
    let mut taken: HashSet<String> = declared.collect();
    let creators = layers().enumerate().map(|(at, (layer, told))| {
        if is_json(&layer.declared) {
            return layer.declared.to_string();
        }
        if !is_needed || !told {
            return String::new();
        }
        let mut creator = quoted(&layer.name);
        let mut number = at + 1;
        // The same name is another layer's, or there is none.
        while layer.name.is_empty() && creator.len() == 2 || !taken.insert(creator.clone()) {
            creator = format!("{{\"id\": \"#creator{number}\"");
            number += 1;
            if !layer.name.is_empty() {
                creator.push_str(", \"name\": ");
                string(&mut creator, &layer.name);
            }
            creator.push('}');
        }
        creator
    });
    creators.collect()
}

/// How many layers have nothing that is written, and so leave no trace. The one that a format gives its file, beside those
/// that it names, is none.
pub(super) fn left_out(article: &Article) -> usize {
    let made = &article.annotations;
    let telling = telling(made);
    if telling.iter().filter(|told| **told).count() < 2 {
        return 0;
    }
    let layers = (0u16..).map(LayerId).zip(made.layers()).zip(telling);
    let lost = layers
        .filter(|((id, layer), told)| *told && is_empty(made, *id) && !is_of_file(article, layer));
    lost.count()
}
