//! Articles as a line with mentions in braces, in the normal form.

use super::{LONGEST, is_in_type, opened};
use crate::article::Article;
use crate::format::entry::{WriteOptions, Written};
use crate::format::inline::edges;
use crate::format::loss::{Feature, Losses, labels_of_mentions};

/// Writes an article as one line, without its end.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    let text = article.text.whole();
    losses.add_labels(labels_of_mentions(&article.annotations), |label| {
        opened(&format!("{{{{{label}:")) == Some(label)
    });
    let mut line = Line {
        main: String::with_capacity(text.len() * 2),
        ..Line::default()
    };
    let mut at = 0;
    for edge in edges(article, losses) {
        line.words(text.get(at..edge.at).unwrap_or(""));
        at = edge.at;
        if edge.opens {
            line.open(article.annotations.label_name(edge.mention.label));
        } else {
            line.close();
        }
    }
    line.words(text.get(at..).unwrap_or(""));
    if line.main.trim().is_empty() {
        // A blank line would be no article.
        line.main.push_str("\\n");
    }
    losses.add(Feature::Spaces, line.spaces);
    Written {
        main: line.main,
        beside: None,
    }
}

/// A line in the making.
#[derive(Default)]
struct Line {
    main: String,
    /// Spaces that were put into the text.
    spaces: usize,
    /// Whether it ends with a brace that is text.
    is_brace: bool,
}

impl Line {
    fn open(&mut self, label: &str) {
        self.main.push_str("{{");
        let from = self.main.len();
        let fitting = label.chars().map(|c| if is_in_type(c) { c } else { '_' });
        self.main.extend(fitting);
        let most = self.main.floor_char_boundary(from + LONGEST);
        self.main.truncate(most);
        if self.main.len() == from {
            self.main.push('_');
        }
        self.main.push(':');
        self.is_brace = false;
    }

    fn close(&mut self) {
        if self.is_brace {
            self.space();
        }
        self.main.push_str("}}");
        self.is_brace = false;
    }

    fn space(&mut self) {
        self.main.push(' ');
        self.spaces += 1;
    }

    fn words(&mut self, words: &str) {
        for (at, c) in words.char_indices() {
            let rest = words.get(at..).unwrap_or("");
            if c == '}' && self.is_brace {
                self.space();
            }
            self.is_brace = c == '}';
            match c {
                '\n' => self.main.push_str("\\n"),
                // Before a line end it would be taken for the end of a line with CR LF.
                '\r' if rest.len() == 1 => self.space(),
                _ => self.main.push(c),
            }
            if (c == '{' && opened(rest).is_some()) || rest.starts_with("\\n") {
                self.space();
            }
        }
    }
}
