//! How a block of each role is set, and the blank rows between blocks.

use super::options::{Align, Setting};
use crate::article::Role;

/// Cells by which a quotation is set in: two Han.
const QUOTE_INDENT: u16 = 4;
/// Cells of text that must remain beside an indent, else there is none: two Han.
const LEAST_TEXT: u16 = 4;

/// How a block of `role` is set in a column of `measure` cells.
///
/// `para_indent` is the first-line indent of a paragraph in cells (4 is two Han). An indent that would leave less
/// than two Han of text is dropped.
#[must_use]
pub fn setting(role: Role, measure: u16, para_indent: u16, traditional: bool) -> Setting {
    let fitting = |indent: u16| {
        if measure >= indent.saturating_add(LEAST_TEXT) {
            indent
        } else {
            0
        }
    };
    let plain = Setting {
        measure,
        first_indent: 0,
        indent: 0,
        align: Align::Start,
        traditional,
    };
    match role {
        Role::Kicker | Role::Headline | Role::Deck | Role::Byline => Setting {
            align: Align::Centre,
            ..plain
        },
        Role::Paragraph | Role::Dateline | Role::Credit => Setting {
            first_indent: fitting(para_indent),
            ..plain
        },
        Role::Quote => Setting {
            first_indent: fitting(QUOTE_INDENT),
            indent: fitting(QUOTE_INDENT),
            ..plain
        },
        Role::JumpLine => Setting {
            align: Align::End,
            ..plain
        },
        Role::SectionHead | Role::Caption => plain,
    }
}

/// Blank rows above a block of `role` after one of `previous` (`None`: it is the first), when `blank_lines` empty
/// lines stood between them in the file.
///
/// Parts of a heading and paragraphs follow each other closely, as on a page; what begins something new has a blank
/// row above. Empty lines of the file count as one row, however many they are.
#[must_use]
pub fn space_before(previous: Option<Role>, role: Role, blank_lines: usize) -> u16 {
    let Some(previous) = previous else { return 0 };
    let heading = |role| {
        matches!(
            role,
            Role::Kicker | Role::Headline | Role::Deck | Role::Byline
        )
    };
    let close = (heading(previous) && heading(role))
        || matches!(
            (previous, role),
            (
                Role::Paragraph | Role::Dateline | Role::SectionHead,
                Role::Paragraph
            ) | (Role::SectionHead, Role::Quote | Role::Dateline)
                | (Role::Quote, Role::Quote)
                | (Role::Credit, Role::Credit)
                | (Role::Caption, Role::Caption)
                | (Role::Paragraph | Role::Quote, Role::JumpLine)
        );
    u16::from(!close || blank_lines > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indents_yield_to_a_narrow_measure() {
        for (role, measure, first, rest) in [
            (Role::Paragraph, 40, 4, 0),
            (Role::Paragraph, 8, 4, 0),
            (Role::Paragraph, 7, 0, 0),
            (Role::Quote, 40, 4, 4),
            (Role::Quote, 7, 0, 0),
            (Role::Headline, 40, 0, 0),
            (Role::Credit, 40, 4, 0),
            (Role::Paragraph, 0, 0, 0),
        ] {
            let set = setting(role, measure, 4, false);
            assert_eq!(
                (set.first_indent, set.indent),
                (first, rest),
                "{} at {measure}",
                role.name()
            );
        }
        assert_eq!(setting(Role::JumpLine, 40, 4, false).align, Align::End);
        assert_eq!(setting(Role::Deck, 40, 4, false).align, Align::Centre);
    }

    #[test]
    fn blank_rows_part_what_begins_anew() {
        for (previous, role, blank_lines, rows) in [
            (None, Role::Headline, 3, 0),
            (Some(Role::Kicker), Role::Headline, 0, 0),
            (Some(Role::Headline), Role::Deck, 2, 1),
            (Some(Role::Byline), Role::Paragraph, 0, 1),
            (Some(Role::Paragraph), Role::Paragraph, 0, 0),
            (Some(Role::Paragraph), Role::Paragraph, 5, 1),
            (Some(Role::Paragraph), Role::SectionHead, 0, 1),
            (Some(Role::SectionHead), Role::Paragraph, 0, 0),
            (Some(Role::Paragraph), Role::Credit, 0, 1),
        ] {
            assert_eq!(
                space_before(previous, role, blank_lines),
                rows,
                "{previous:?} {role:?} {blank_lines}"
            );
        }
    }
}
