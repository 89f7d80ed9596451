//! The id at the start of a paragraph, `19980101-01-001-001/m`: date, page, article, paragraph.

/// An id, in the words of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id<'t> {
    /// What all paragraphs of an article share: `19980101-01-001`.
    pub(super) article: &'t str,
    /// `19980101`; zeros where it is not known.
    date: &'t str,
    /// `01`; zeros where it is not known.
    page: &'t str,
    /// The article on the page: mostly `001`, or a name.
    own: &'t str,
    /// The paragraph in the article.
    pub(super) paragraph: u32,
}

impl<'t> Id<'t> {
    /// The id at the start of a line, and its bytes from the start of the line with its tag.
    pub(super) fn at_start(line: &'t str) -> Option<(Self, usize)> {
        let blank = line.len() - line.trim_ascii_start().len();
        let rest = line.get(blank..)?;
        // An id begins with a digit, and most lines that are not ids are told by that.
        rest.as_bytes().first().filter(|b| b.is_ascii_digit())?;
        let end = rest
            .bytes()
            .position(|b| b.is_ascii_whitespace())
            .unwrap_or(rest.len());
        let word = rest.get(..end)?;
        let id = word.rsplit_once('/').map_or(word, |(id, _)| id);
        Some((Self::parse(id)?, blank + end))
    }

    fn parse(id: &'t str) -> Option<Self> {
        let (article, paragraph) = id.rsplit_once('-')?;
        let (date, rest) = article.split_once('-')?;
        let (page, own) = rest.split_once('-')?;
        let is_number = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let is_page = (1..=3).contains(&page.len()) && is_number(page);
        let fits = date.len() == 8 && is_number(date) && is_page && !own.is_empty();
        // A sign before the number would be taken as well.
        (fits && is_number(paragraph)).then_some(())?;
        Some(Self {
            article,
            date,
            page,
            own,
            paragraph: paragraph.parse().ok()?,
        })
    }

    /// The date as `1998-01-01`; empty where it is not known.
    pub(super) fn date(&self) -> String {
        match (self.date.get(..4), self.date.get(4..6), self.date.get(6..)) {
            (Some(year), Some(month), Some(day)) if known(self.date) => {
                format!("{year}-{month}-{day}")
            }
            _ => String::new(),
        }
    }

    /// The page; empty where it is not known.
    pub(super) fn page(&self) -> &'t str {
        if known(self.page) { self.page } else { "" }
    }

    /// What other articles call the article: a number on a page of a day, or a name.
    pub(super) fn name(&self) -> &'t str {
        let is_number = self.own.bytes().all(|b| b.is_ascii_digit());
        if is_number && known(self.date) {
            self.article
        } else {
            self.own
        }
    }
}

/// Whether a number is not all zeros.
fn known(number: &str) -> bool {
    number.bytes().any(|b| b != b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_four_parts() {
        for (line, found) in [
            (
                "19980103-02-017-004/m  风/n  ",
                Some(("19980103-02-017", "1998-01-03", "02", 4, 21)),
            ),
            (
                " 19980103-02-017-004 风/n",
                Some(("19980103-02-017", "1998-01-03", "02", 4, 20)),
            ),
            (
                "00000000-00-a-b-001/m",
                Some(("00000000-00-a-b", "", "", 1, 21)),
            ),
            ("19980103-02-017/m  风/n", None),
            ("19980103-02-017-x/m", None),
            ("19980103-02--017/m", None),
            ("1998-02-017-004/m", None),
            ("19980103-x2-017-004/m", None),
            ("风/n", None),
            ("", None),
        ] {
            let id = Id::at_start(line);
            let got = id.map(|(id, end)| (id.article, id.date(), id.page(), id.paragraph, end));
            let want = found.map(|(a, d, p, n, end)| (a, d.to_owned(), p, n, end));
            assert_eq!(got, want, "{line}");
        }
    }

    #[test]
    fn a_number_is_a_name_only_with_its_day() {
        for (id, name) in [
            ("19980103-02-017-004", "19980103-02-017"),
            ("19980103-02-story-004", "story"),
            ("00000000-00-151-001", "151"),
        ] {
            assert_eq!(Id::parse(id).unwrap().name(), name);
        }
    }
}
