//! Tags, and the mentions that a row of them makes.

use crate::format::scheme::Scheme;

/// What a tag says of its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Part {
    Outside,
    Begin,
    Inside,
    End,
    Single,
}

/// A tag taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) struct Tag<'t> {
    pub(in crate::format) part: Part,
    /// The letter that says so: `B`.
    pub(in crate::format) letter: u8,
    /// The label behind it; [`NAMELESS`] when there is none.
    pub(in crate::format) label: &'t str,
}

/// The label of tags that are a letter alone.
pub(in crate::format) const NAMELESS: &str = "_";

/// Takes a tag apart; nothing when it is none: `B-PER`, `B_Person`, `O`, `B`.
pub(in crate::format) fn parse(tag: &str) -> Option<Tag<'_>> {
    let bytes = tag.as_bytes();
    let letter = *bytes.first()?;
    let part = match letter {
        b'O' if bytes.len() == 1 => {
            return Some(Tag {
                part: Part::Outside,
                letter,
                label: "",
            });
        }
        b'B' => Part::Begin,
        b'I' | b'M' => Part::Inside,
        b'E' | b'L' => Part::End,
        b'S' | b'U' | b'W' => Part::Single,
        _ => return None,
    };
    let label = match bytes.get(1) {
        None => NAMELESS,
        Some(b'-' | b'_') => tag.get(2..).filter(|label| !label.is_empty())?,
        Some(_) => return None,
    };
    Some(Tag {
        part,
        letter,
        label,
    })
}

/// What a label without letter is read as.
pub(in crate::format) const fn inside(label: &str) -> Tag<'_> {
    // Such labels go on and begin without a letter, so none is an orphan.
    Tag {
        part: Part::Inside,
        letter: 0,
        label,
    }
}

/// Whether a scheme has this letter. BILOU is BIOES with L and U for E and S; some write W for S.
pub(in crate::format) const fn has(scheme: Scheme, letter: u8) -> bool {
    match scheme {
        Scheme::Bio | Scheme::Iob1 => matches!(letter, b'O' | b'B' | b'I'),
        Scheme::Bioes => !matches!(letter, b'M'),
        Scheme::Bmes => !matches!(letter, b'I'),
    }
}

/// What a tag does to the mentions of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Step {
    /// The token is in no mention.
    None,
    /// The token begins a mention.
    Begins,
    /// The same, though its tag goes on with one.
    BeginsOrphan,
    /// The token goes on with the mention of the one before.
    GoesOn,
}

/// Follows a row of tags as conlleval does: a mention goes on while the label stays the same and no tag begins or ended
/// one.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::format) struct Row<'t> {
    /// The label of the mention that may go on.
    open: Option<&'t str>,
}

impl<'t> Row<'t> {
    /// What the next tag does, and whether it left a mention open that BIOES and BMES want ended.
    pub(in crate::format) fn next(&mut self, tag: Tag<'t>) -> (Step, bool) {
        let before = self.open.take();
        match tag.part {
            Part::Outside => (Step::None, before.is_some()),
            Part::Begin => {
                self.open = Some(tag.label);
                (Step::Begins, before.is_some())
            }
            Part::Single => (Step::Begins, before.is_some()),
            Part::Inside | Part::End => {
                if tag.part == Part::Inside {
                    self.open = Some(tag.label);
                }
                if before == Some(tag.label) {
                    (Step::GoesOn, false)
                } else {
                    (Step::BeginsOrphan, before.is_some())
                }
            }
        }
    }

    /// Whether a mention may go on.
    pub(in crate::format) const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Ends the row; whether that leaves a mention open.
    pub(in crate::format) fn end(&mut self) -> bool {
        self.open.take().is_some()
    }
}

/// Where a token stands in its mention, for writing.
#[derive(Debug, Clone, Copy)]
pub(in crate::format) struct Stand {
    pub(in crate::format) first: bool,
    pub(in crate::format) last: bool,
    /// Whether the token before belongs to another mention of the same label.
    pub(in crate::format) touches: bool,
}

/// The letter of a token of a mention.
pub(in crate::format) const fn letter(scheme: Scheme, stand: Stand) -> char {
    match (scheme, stand.first, stand.last) {
        (Scheme::Bioes | Scheme::Bmes, true, true) => 'S',
        (Scheme::Bioes | Scheme::Bmes, false, true) => 'E',
        (Scheme::Bmes, false, false) => 'M',
        (Scheme::Iob1, true, _) if !stand.touches => 'I',
        (_, true, _) => 'B',
        (_, false, _) => 'I',
    }
}
