//! "Did you mean": the nearest of some names to a word.

/// The name nearest to `word` by edit distance, when it is near enough to be meant; else one that begins with it.
#[must_use]
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = (word.chars().count() / 3).max(1);
    let names: Vec<&str> = names.into_iter().collect();
    let begins = |name: &&&str| word.chars().count() >= 3 && name.to_lowercase().starts_with(&word);
    let beginning = names.iter().find(begins).copied();
    names
        .iter()
        .copied()
        .map(|name| (distance(&word, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= limit && *distance < name.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
        .or(beginning)
}

/// Edit distance in which two neighbours exchanged count as one.
fn distance(a: &str, b: &str) -> usize {
    // Nobody means a name of five to such a word, and the table would be large.
    if a.len() > 100 || b.len() > 100 {
        return usize::MAX;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["theme", "library", "typeset", "themes", "next-mention"];
        for (word, want) in [
            ("thme", Some("theme")),
            ("theem", Some("theme")),
            ("Theme", Some("theme")),
            ("next-metnion", Some("next-mention")),
            ("colour", None),
            ("主题", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, names), want, "{word}");
        }
    }
}
