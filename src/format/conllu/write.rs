//! Articles as CoNLL-U, in the normal form.

use std::fmt::Write as _;

use super::marks::Marked;
use super::row::escape;
use crate::article::Article;
use crate::format::entry::{WriteOptions, Written};
use crate::format::loss::{Feature, Losses};
use crate::format::tokens::{Token, cut, joint_of};

/// Writes an article.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    let text = article.text.whole();
    let marked = Marked::new(article, losses);
    let tokens = cut(text, joint_of(text), &marked.ends(), &marked.held());
    let brackets = marked.brackets(&tokens);
    let mut out = Out {
        text,
        name: one_line(&article.meta.name),
        out: String::with_capacity(text.len() * 12),
        losses,
    };
    let any = brackets.iter().any(|entity| !entity.is_empty());
    out.head(any.then_some(&marked.names[..]));
    let mut number = 0;
    let firsts = tokens.iter().enumerate().filter(|(_, token)| token.first);
    let starts: Vec<usize> = firsts.map(|(at, _)| at).collect();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(tokens.len());
        let before = start.checked_sub(1).and_then(|at| tokens.get(at));
        number += 1;
        let sentence = tokens.get(*start..end).unwrap_or_default();
        let own = brackets.get(*start..end).unwrap_or_default();
        out.sentence(number, before.map_or(0, |t| t.end), sentence, own);
    }
    let rest = text.get(tokens.last().map_or(0, |t| t.end)..).unwrap_or("");
    let lost = usize::from(!rest.trim_end_matches('\n').is_empty());
    out.losses.add(Feature::Spaces, lost);
    if starts.is_empty() {
        out.out.push('\n');
    }
    Written {
        main: out.out,
        beside: None,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Out<'a> {
    text: &'a str,
    name: String,
    out: String,
    losses: &'a mut Losses,
}

impl Out<'_> {
    /// The remarks above an article, with the fields of its brackets where it has any.
    fn head(&mut self, fields: Option<&[&str]>) {
        self.out.push_str("# newdoc");
        if !self.name.is_empty() {
            self.out.push_str(" id = ");
            self.out.push_str(&self.name);
        }
        self.out.push('\n');
        if let Some(fields) = fields {
            self.out.push_str("# global.Entity = eid-etype");
            for name in fields {
                self.out.push('-');
                self.out.push_str(name);
            }
            self.out.push('\n');
        }
    }

    fn sentence(&mut self, number: usize, before: usize, tokens: &[Token], brackets: &[String]) {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return;
        };
        let gap = self.text.get(before..first.start).unwrap_or("");
        let (ends, lead) = match gap.rfind('\n') {
            Some(at) => gap.split_at(at + 1),
            None => ("", gap),
        };
        let is_paragraph = before > 0 && memchr::memchr_iter(b'\n', ends.as_bytes()).count() > 1;
        let put = match (before, is_paragraph) {
            (0, _) => "",
            (_, true) => "\n\n",
            (_, false) => "\n",
        };
        self.losses.add(Feature::Spaces, usize::from(ends != put));
        if is_paragraph {
            self.out.push_str("# newpar\n");
        }
        let name = self.name.replace(' ', "_");
        let dash = if name.is_empty() { "" } else { "-" };
        let whole = self.text.get(first.start..last.end).unwrap_or("");
        let _ = writeln!(self.out, "# sent_id = {name}{dash}{number}");
        let _ = writeln!(self.out, "# text = {}", one_line(whole));
        let mut next = tokens.iter().skip(1);
        let mut lead = lead;
        for ((number, token), entity) in (1..).zip(tokens).zip(brackets) {
            let form = token.of(self.text);
            let _ = write!(self.out, "{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\t");
            let gap = next
                .next()
                .map(|next| self.text.get(token.end..next.start).unwrap_or(""));
            let mut misc: Vec<String> = Vec::new();
            if !entity.is_empty() {
                misc.push(format!("Entity={entity}"));
            }
            match gap {
                None | Some(" ") => {}
                Some("") => misc.push("SpaceAfter=No".to_owned()),
                Some(gap) => misc.push(format!("SpacesAfter={}", escape(gap))),
            }
            if !lead.is_empty() {
                misc.push(format!("SpacesBefore={}", escape(lead)));
                lead = "";
            }
            let misc = if misc.is_empty() {
                "_".to_owned()
            } else {
                misc.join("|")
            };
            self.out.push_str(&misc);
            self.out.push('\n');
        }
        self.out.push('\n');
    }
}
