//! The sentences of a line.

use super::super::xml::Step;

/// The steps of a line in sentences: they end where Chinese sentences do, outside of all elements.
pub(super) fn sentences(whole: &str, steps: &[Step]) -> Vec<Vec<Step>> {
    let mut all: Vec<Vec<Step>> = vec![Vec::new()];
    let mut depth = 0usize;
    for (index, step) in steps.iter().enumerate() {
        let more = index + 1 < steps.len();
        let mut push = |step: Step, ends: bool| {
            if let Some(last) = all.last_mut() {
                last.push(step);
            }
            if ends {
                all.push(Vec::new());
            }
        };
        match *step {
            Step::Text(start, end) if depth == 0 => {
                let mut from = start;
                for cut in cuts(whole.get(start..end).unwrap_or("")).map(|cut| start + cut) {
                    push(Step::Text(from, cut), cut < end || more);
                    from = cut;
                }
                if from < end {
                    push(Step::Text(from, end), false);
                }
            }
            Step::Text(..) => push(*step, false),
            Step::Open(_) => {
                depth += 1;
                push(*step, false);
            }
            Step::Close(_) => {
                depth = depth.saturating_sub(1);
                push(*step, false);
            }
        }
    }
    all
}

/// Where sentences end in a text.
fn cuts(text: &str) -> impl Iterator<Item = usize> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        chars.by_ref().find(|(_, c)| ends(*c))?;
        while chars.next_if(|(_, c)| ends(*c) || closes(*c)).is_some() {}
        Some(chars.peek().map_or(text.len(), |(at, _)| *at))
    })
}

const fn ends(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

const fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | '》' | '"' | '…')
}
