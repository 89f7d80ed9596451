//! Regular expressions: limits, smart case, and errors with their place.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::parse::ParserBuilder;
use regex_syntax::ast::{self, Ast, ClassSetItem, Span, Visitor};
use regex_syntax::hir::translate::TranslatorBuilder;

use super::QueryError;

/// Bytes that a compiled expression may take, and as many that it may take while it runs.
const SIZE_LIMIT: usize = 4 << 20;
/// How deep groups and classes may be nested.
const NEST_LIMIT: u32 = 50;

/// Compiles an expression. Case counts only when it has an upper-case letter (`\S` and `\p{Han}` have none); width
/// always counts.
pub(super) fn compile(pattern: &str) -> Result<Regex, QueryError> {
    let ast = ParserBuilder::new()
        .nest_limit(NEST_LIMIT)
        .build()
        .parse(pattern)
        .map_err(|error| fault(&error.kind().to_string(), error.span()))?;
    let cased = ast::visit(&ast, UpperCase(false)).unwrap_or(true);
    TranslatorBuilder::new()
        .case_insensitive(!cased)
        .build()
        .translate(pattern, &ast)
        .map_err(|error| fault(&error.kind().to_string(), error.span()))?;
    RegexBuilder::new(pattern)
        .case_insensitive(!cased)
        .nest_limit(NEST_LIMIT)
        .size_limit(SIZE_LIMIT)
        .dfa_size_limit(SIZE_LIMIT)
        .build()
        .map_err(|_| QueryError {
            message: "too large: shorten it, or lower its counts".to_owned(),
            at: None,
        })
}

fn fault(message: &str, span: &Span) -> QueryError {
    QueryError {
        message: message.to_owned(),
        at: Some(span.start.offset..span.end.offset),
    }
}

/// Whether an upper-case letter stands in the expression to be matched.
struct UpperCase(bool);

impl Visitor for UpperCase {
    type Output = bool;
    type Err = std::convert::Infallible;

    fn finish(self) -> Result<bool, Self::Err> {
        Ok(self.0)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Self::Err> {
        if let Ast::Literal(literal) = ast {
            self.0 |= literal.c.is_uppercase();
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), Self::Err> {
        self.0 |= match item {
            ClassSetItem::Literal(literal) => literal.c.is_uppercase(),
            ClassSetItem::Range(range) => {
                range.start.c.is_uppercase() || range.end.c.is_uppercase()
            }
            _ => false,
        };
        Ok(())
    }
}

/// The hits of an expression in one line; empty ones are passed over.
pub(super) fn hits<'a>(regex: &'a Regex, line: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    regex
        .find_iter(line)
        .map(|found| found.range())
        .filter(|hit| !hit.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_expression_finds() {
        for (pattern, line, want) in [
            ("ipv[46]", "IPv6 ipv4 ＩＰｖ６", "IPv6|ipv4"),
            ("IPv[46]", "IPv6 ipv4", "IPv6"),
            (r"\d{4}年\S", "2023年11月", "2023年1"),
            (r"\p{Han}+", "记者li报道", "记者|报道"),
            (r"\W[a-z]B", "，xb，xB", "，xB"),
            ("^记者|。$", "记者说。记者。", "记者|。"),
            ("的*", "我的的", "的的"),
            ("[[:Upper:]]*", "aB", ""),
        ] {
            let Ok(regex) = compile(pattern) else {
                assert_eq!(want, "", "{pattern}");
                continue;
            };
            let found: Vec<&str> = hits(&regex, line).map(|hit| &line[hit]).collect();
            assert_eq!(found.join("|"), want, "{pattern}");
        }
    }

    #[test]
    fn faults_have_a_short_message_and_a_place() {
        let deep = "(".repeat(100) + &")".repeat(100);
        for (pattern, message, at) in [
            ("人(国", "unclosed group", Some(3..4)),
            ("[a-", "unclosed character class", Some(0..1)),
            ("*", "repetition operator missing expression", Some(0..0)),
            (r"人\q", "unrecognized escape sequence", Some(3..5)),
            (r"\p{Hann}", "Unicode property not found", Some(0..8)),
            ("a(?=b)", "look-around", Some(1..4)),
            (r"(a)\1", "backreferences are not supported", Some(3..5)),
            (r"(?:\w{500}){500}", "too large", None),
            (r"(((a{100}){100}){100}){100}", "too large", None),
            (&deep, "nest", Some(50..150)),
        ] {
            let error = compile(pattern).expect_err(pattern);
            assert!(error.message.contains(message), "{pattern}: {error}");
            assert!(
                !error.message.contains('\n') && error.message.len() < 90,
                "{error}"
            );
            assert_eq!(error.at, at, "{pattern}");
        }
    }
}
