//! What a collection's `annotation.conf` and `visual.conf` say of its types: which lies under which, and what they are
//! called on the screen. From that follows the kind of a type that is no label of a known corpus.
//!
//! Source: brat's documentation of its configuration, sections [entities], [events] and [labels].

use crate::article::{Kind, Kinds};

/// The kinds with those of the types of a collection: that of the first of its names on the screen that is known, else
/// that of the type above it. What is known already stays.
#[must_use]
pub fn kinds_of_types(annotation: &str, visual: &str, known: &Kinds) -> Kinds {
    let labels: Vec<(&str, Kind)> = lines(visual, &["labels"])
        .filter_map(|(_, line)| {
            let mut names = line.split('|').map(str::trim);
            let of = names.next()?;
            let kind = names
                .map(|name| known.of(name))
                .find(|kind| *kind != Kind::Other)?;
            Some((of, kind))
        })
        .collect();
    let mut given = Vec::new();
    // The kinds of the types that the next may lie under, by depth.
    let mut above: Vec<Kind> = Vec::new();
    for (depth, line) in lines(annotation, &["entities", "events"]) {
        let of = line.split_whitespace().next().unwrap_or("");
        let of = of.strip_prefix('!').unwrap_or(of);
        above.truncate(depth);
        let own = known.of(of);
        let kind = if own == Kind::Other {
            let shown = labels.iter().find(|(name, _)| *name == of);
            shown
                .map(|(_, kind)| *kind)
                .or_else(|| above.last().copied())
                .unwrap_or(Kind::Other)
        } else {
            own
        };
        if kind != own {
            given.push((of.to_owned(), kind));
        }
        above.push(kind);
    }
    if given.is_empty() {
        known.clone()
    } else {
        known.with(given)
    }
}

/// The lines of some sections, each with its depth: the tabs before it. Remarks, macros and rules are no types.
fn lines<'t>(text: &'t str, sections: &[&str]) -> impl Iterator<Item = (usize, &'t str)> {
    let mut within = false;
    text.lines().filter_map(move |line| {
        let inner = line.trim();
        if let Some(name) = inner.strip_prefix('[').and_then(|s| s.strip_suffix(']')) {
            within = sections.contains(&name);
            return None;
        }
        let is_type = !inner.is_empty() && !inner.starts_with(['#', '<', '-']);
        (within && is_type).then(|| {
            let depth = line.bytes().take_while(|b| *b == b'\t').count();
            (depth, inner)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_the_kind_of_their_names_or_of_what_they_lie_under() {
        let annotation = "# types\n[entities]\nPerson\n\tMayor\n\t\tOldMayor\n-----\nThing\n\tSiedlung\nPLACE\n!Ort\n\tDorf\n\
            [relations]\nPerson\n\tIn\tArg1:Mayor, Arg2:Dorf\n[events]\nTreffen\tWho:Person\n";
        let visual = "[labels]\nOrt | 地名 | 地\nTreffen | 会面\nSiedlung | 村 | Place\n[drawing]\nMayor\tbgColor:#fff\n";
        let own = Kinds::new([("OldMayor".to_owned(), Kind::Work)]);
        let kinds = kinds_of_types(annotation, visual, &own);
        for (label, kind) in [
            ("Mayor", Kind::Person),
            ("OldMayor", Kind::Work),
            ("Thing", Kind::Other),
            ("Siedlung", Kind::Place),
            ("Ort", Kind::Place),
            ("Dorf", Kind::Place),
            ("In", Kind::Other),
            ("Treffen", Kind::Other),
        ] {
            assert_eq!(kinds.of(label), kind, "{label}");
        }
        assert_eq!(kinds_of_types("", "", &own), own);
        assert_eq!(kinds_of_types("\t\t\n[entities\n[]\n\t\tA", "|", &own), own);
    }
}
