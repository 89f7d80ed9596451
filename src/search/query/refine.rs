//! Two queries in one, as when what was found is searched once more.

use super::parse::{Parsed, parse};
use super::{Expr, Query};

/// One query for what `by` finds among the articles that `base` finds; its hits are those of both. Nothing where one
/// query cannot say it: where both turn on switches that differ.
#[must_use]
pub fn refined(base: &Query, by: &Query) -> Option<Query> {
    // In an expression nothing is folded: the switches of the other one hold.
    let switches = if base.regex { by } else { base };
    let differ = switches.fold != by.fold || switches.pinyin != by.pinyin;
    if differ && !by.regex {
        return None;
    }
    let (left, right) = (term(base)?, term(by)?);
    let made = Query {
        text: format!("{left} {right}"),
        regex: false,
        ..switches.clone()
    };
    // What one of them leaves open, such as a Chinese quotation mark, is not to be closed by the other.
    let parts = [terms(&left)?, terms(&right)?].concat();
    (terms(&made.text)? == parts).then_some(made)
}

/// A query as a term among others.
fn term(query: &Query) -> Option<String> {
    let text = query.text.trim();
    if query.regex {
        return Some(format!("/{}/", slashed(&query.text)));
    }
    let is_one = |parsed: &Parsed| matches!(parsed.expr, Some(Expr::Leaf(_)));
    Some(if is_one(&parse(text).ok()?) {
        text.to_owned()
    } else {
        format!("({text})")
    })
}

/// The terms of a query as they are written.
fn terms(text: &str) -> Option<Vec<&str>> {
    let leaves = parse(text).ok()?.leaves;
    leaves.into_iter().map(|leaf| text.get(leaf.at)).collect()
}

/// An expression with a backslash before its slashes, where there is none.
fn slashed(expression: &str) -> String {
    let (mut out, mut escaped) = (String::new(), false);
    for c in expression.chars() {
        if c == '/' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FoldOptions;

    fn text(base: &Query, by: &Query) -> Option<String> {
        refined(base, by).map(|query| query.text)
    }

    #[test]
    fn a_query_within_another_is_one_query() {
        for (base, by, want) in [
            ("高锐", "记者", Some("高锐 记者")),
            ("甲 OR 乙", "丙 OR 丁", Some("(甲 OR 乙) (丙 OR 丁)")),
            ("(甲 OR 乙) 丙", "-丁", Some("((甲 OR 乙) 丙) (-丁)")),
            ("“甲", "乙”", None),
            ("甲 乙\\", "丙", None),
        ] {
            let made = text(&Query::new(base), &Query::new(by));
            assert_eq!(made.as_deref(), want, "{base}, {by}");
        }
    }

    #[test]
    fn an_expression_is_one_between_slashes() {
        let regex = Query {
            regex: true,
            pinyin: false,
            ..Query::new(r"\d/\d|\/ ")
        };
        let want = Some(r"甲 /\d\/\d|\/ /".to_owned());
        assert_eq!(text(&Query::new("甲"), &regex), want);
        let made = refined(&regex, &Query::new("甲")).expect("one query");
        assert_eq!(made, Query::new(r"/\d\/\d|\/ / 甲"));
    }

    #[test]
    fn switches_that_differ_are_no_one_query() {
        let folded = Query {
            fold: FoldOptions::all(true),
            ..Query::new("甲")
        };
        assert_eq!(refined(&folded, &Query::new("乙")), None);
    }
}
