//! Articles as a text with mentions in brackets, in the normal form.

use super::{LONGEST, OPENS, RECOMMENDED, closed, is_bad_in_label};
use crate::article::{Article, LayerId};
use crate::format::entry::{WriteOptions, Written};
use crate::format::inline::edges;
use crate::format::layers::telling;
use crate::format::loss::{Feature, Losses, labels_of_mentions};

/// Writes an article.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    let (made, text) = (&article.annotations, article.text.whole());
    let is_recommended = |layer: LayerId| {
        let name = made.layers().get(usize::from(layer.0)).map(|l| &*l.name);
        layer.0 > 0 && name == Some(RECOMMENDED)
    };
    let layers = (0u16..).map(LayerId).zip(telling(made));
    let own = layers.filter(|(id, told)| *told && !is_recommended(*id));
    losses.add(Feature::Layers, own.count().saturating_sub(1));
    losses.add_labels(labels_of_mentions(made), |label| {
        closed(&format!("#{label}*]")) == Some(label)
    });
    let mut main = String::with_capacity(text.len() * 2);
    let (mut at, mut spaces) = (0, 0);
    for edge in edges(article, losses) {
        spaces += words(text.get(at..edge.at).unwrap_or(""), &mut main);
        at = edge.at;
        if edge.opens {
            main.push_str(OPENS[usize::from(is_recommended(edge.mention.layer))]);
        } else {
            close(made.label_name(edge.mention.label), &mut main);
        }
    }
    spaces += words(text.get(at..).unwrap_or(""), &mut main);
    losses.add(Feature::Spaces, spaces);
    Written { main, beside: None }
}

fn close(label: &str, main: &mut String) {
    main.push('#');
    let from = main.len();
    main.extend(
        label
            .chars()
            .map(|c| if is_bad_in_label(c) { '_' } else { c }),
    );
    main.truncate(main.floor_char_boundary(from + LONGEST));
    if main.len() == from {
        main.push('_');
    }
    main.push_str("*]");
}

/// Writes text, and returns how many spaces it was given.
fn words(words: &str, main: &mut String) -> usize {
    let (mut at, mut spaces) = (0, 0);
    for start in memchr::memchr2_iter(b'[', b'#', words.as_bytes()) {
        let rest = words.get(start..).unwrap_or("");
        let before = if OPENS.iter().any(|opens| rest.starts_with(opens)) {
            1
        } else if let Some(label) = closed(rest) {
            label.len() + 2
        } else {
            continue;
        };
        main.push_str(words.get(at..start + before).unwrap_or(""));
        main.push(' ');
        spaces += 1;
        at = start + before;
    }
    main.push_str(words.get(at..).unwrap_or(""));
    spaces
}
