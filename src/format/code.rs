//! The sorts of faults, each under a name that stays: `docs/formats.md` lists them, and a test sees that each is met.

use crate::article::Severity;

/// A sort of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code {
    /// Its name, in messages: `duplicate-id`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What many of it are called, as in "250 more: ids given twice".
    pub many: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $id:ident $name:literal $severity:ident $many:literal $meaning:literal;)*) => {
        impl Code {
            $($(#[$doc])* #[doc = $meaning] pub const $id: Self = Self {
                name: $name,
                severity: Severity::$severity,
                many: $many,
                meaning: $meaning,
            };)*
            /// All sorts.
            pub const ALL: &'static [Self] = &[$(Self::$id),*];
        }
    };
}

codes! {
    UNDECODABLE "undecodable" Warning "undecodable bytes"
        "Bytes are no text in the file's encoding; each run of them is shown as U+FFFD.";
    ENCODING "encoding" Warning "uncertain encodings"
        "The encoding of a file is a guess, or not the one that the file declares.";
    NUL "nul" Warning "NUL characters"
        "A file has NUL characters, which no text has: they are damage.";
    DAMAGED "damaged" Error "damaged files"
        "A compressed file is damaged or cut off; what could be unpacked of it is read.";
    NO_FORMAT "no-format" Error "files that no format recognises"
        "A file is called or begins as those of a format do, but no format recognises it; it is read as plain text.";
    SYNTAX "syntax" Error "places that break the syntax"
        "The file breaks the syntax of its format here; what can be read of the rest is read.";
    MALFORMED "malformed-line" Error "malformed lines"
        "A line or record has a known beginning, but not the parts that belong to it.";
    STRAY "stray-line" Warning "stray lines"
        "A line belongs to nothing that the format knows.";
    WRONG_TYPE "wrong-type" Error "values of a wrong type"
        "A value is of another type than its key takes.";
    MISSING "missing-value" Error "missing or empty values"
        "Something has no value that it needs.";
    UNKNOWN_KEY "unknown-key" Warning "unknown keys"
        "A key that the format does not know is passed over.";
    DUPLICATE_KEY "duplicate-key" Warning "keys given twice"
        "An object has a key twice; programs differ in which of the two counts.";
    SURROGATE "lone-surrogate" Warning "halves of surrogate pairs"
        "An escape is half of a surrogate pair and no character; it is shown as U+FFFD.";
    OFFSET_RANGE "offset-range" Error "offsets behind the text"
        "Offsets lie behind the end of the text; the annotation is kept without a place.";
    OFFSET_BAD "offset-unusable" Error "unusable offsets"
        "Offsets are reversed, empty, out of order or within a character; the annotation is kept without a place.";
    OFFSET_CLUSTER "offset-cluster" Warning "offsets within characters to the eye"
        "Offsets part what is one character to the eye, such as a letter and its accent; they are used as they are.";
    EMPTY_SPAN "empty-span" Warning "annotations between characters"
        "An annotation has a place between two characters and no words; it is kept without a place.";
    OTHER_TEXT "other-text" Warning "places in other texts"
        "An annotation has its place in another text than the one that is read; it is kept without a place.";
    OFFSET_UNIT "offset-unit" Warning "offsets counted otherwise"
        "The quotations fit offsets that count otherwise than the format says; they are read so.";
    RE_ANCHORED "re-anchored" Warning "quotations found nearby"
        "A quotation is not at its offsets but a few characters off, and is marked there.";
    QUOTE_DIFFERS "quote-differs" Warning "quotations that differ from the text"
        "What an annotation quotes is not what the text has at its offsets.";
    QUOTE_MISSING "quote-missing" Warning "mentions without quotation"
        "A mention quotes no text, so shifted offsets could not be seen.";
    QUOTE_NOWHERE "quote-nowhere" Error "quotations that are not in the text"
        "What an annotation quotes is not in the text, or not so often.";
    ENTITY "unresolved-entity" Warning "entities that are not resolved"
        "An entity that is none of the five of XML is not resolved: its reference is shown as it is written.";
    QUOTE_AGAIN "quote-again" Warning "quotations that stand several times"
        "What an annotation quotes stands in the text several times, and nothing tells which is meant; the first is.";
    DUPLICATE_ID "duplicate-id" Error "ids given twice"
        "An id is given twice; the later one is left out.";
    DANGLING "dangling" Error "ids that name nothing"
        "Something refers to an id or a name that nothing has.";
    CYCLE "cycle" Error "rings of references"
        "Events or relations take part in themselves, by way of others or at once.";
    TRIGGER "no-trigger" Error "triggers that are no mentions"
        "What an event names as its trigger is no mention.";
    GROUP_MEMBER "group-member" Error "groups of what is no mention"
        "A group has a member that is no mention.";
    UNKNOWN_LABEL "unknown-label" Warning "labels that the configuration has not"
        "A label is none of those that the corpus' own configuration lists; told once for each.";
    DUPLICATE_NAME "duplicate-name" Error "entities named twice"
        "Two entities have one name; the later one is left out.";
    BAD_NAME "bad-name" Error "names that cannot be found"
        "A name is empty or goes over a line end, so it is found nowhere.";
    UNKNOWN_ENTITY "unknown-entity" Error "unknown entities"
        "Something names an entity that the file has not.";
    NO_MENTION "no-mention" Warning "entities without mentions"
        "An entity is found nowhere in the text.";
    IDLE_EXCLUDE "idle-exclude" Warning "excludes that match nothing"
        "An exclude matches no mention.";
    NOTE_NOWHERE "note-nowhere" Error "notes without a place"
        "A note is on nothing that the file has.";
    UNKNOWN_TAG "unknown-tag" Error "tags that the scheme has not"
        "A tag is none of the scheme; it is read as what it most looks like.";
    ORPHAN_TAG "orphan-tag" Warning "tags that go on with nothing"
        "A tag goes on with a mention that nothing began; it is read as the beginning of one.";
    UNFINISHED_TAG "unfinished-tag" Warning "mentions that nothing ends"
        "The scheme marks where mentions end, and nothing ends this one; tags go as far as the label does, a bracket has no place.";
}

impl Code {
    /// Those that are found in files of every format, by whoever decodes them.
    pub const COMMON: [Self; 4] = [Self::UNDECODABLE, Self::ENCODING, Self::NUL, Self::DAMAGED];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_of_one_form() {
        let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
        let fits = |name: &&str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        assert!(names.iter().all(fits));
    }
}
