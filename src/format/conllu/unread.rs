//! Keys of MISC that hold tags and are not read: they are told of, since mentions may stand there.

use super::row::{is_read, is_tag};
use crate::format::code::Code;
use crate::format::report::{Place, Report, short};

/// So many keys are watched at most.
const MOST: usize = 32;

/// A key, and what its values were so far.
struct Key<'t> {
    name: &'t str,
    /// How many of them are tags of words in a mention.
    tags: u32,
    /// Where the first of those stands.
    place: Place,
    /// Whether one begins a mention.
    begins: bool,
    /// Whether one is no tag: the key is then about something else, such as a gloss `I-NOM`.
    differs: bool,
}

/// The keys of an article that are not read.
#[derive(Default)]
pub(super) struct Unread<'t>(Vec<Key<'t>>);

impl<'t> Unread<'t> {
    /// Looks at the MISC of a word. The place of MISC is asked for where a key begins to hold tags.
    pub(super) fn look(&mut self, misc: &'t str, place: impl Fn() -> Place) {
        for pair in misc.split('|') {
            let Some((name, value)) = pair.split_once('=').filter(|(key, _)| !is_read(key)) else {
                continue;
            };
            let at = match self.0.iter().position(|key| key.name == name) {
                Some(at) => at,
                None if self.0.len() < MOST => {
                    self.0.push(Key {
                        name,
                        tags: 0,
                        place: (0, 0),
                        begins: false,
                        differs: false,
                    });
                    self.0.len() - 1
                }
                None => continue,
            };
            let Some(key) = self.0.get_mut(at).filter(|key| !key.differs) else {
                continue;
            };
            if !is_tag(value) {
                key.differs |= !matches!(value, "" | "_");
            } else if value != "O" {
                if key.tags == 0 {
                    key.place = place();
                }
                key.tags += 1;
                key.begins |= value.starts_with(['B', 'S', 'U']);
            }
        }
    }

    /// Tells of those that hold nothing but tags, once each.
    pub(super) fn tell(self, report: &mut Report) {
        let keys = self.0.into_iter();
        for key in keys.filter(|key| key.begins && !key.differs) {
            let name = short(key.name);
            let words = match key.tags {
                1 => "a word".to_owned(),
                many => format!("{many} words"),
            };
            let message = format!(
                "the tags of {words} stand in MISC under “{name}”, which is not read; the first is here"
            );
            let remedy = format!("write NER= for {name}= to have mentions of them");
            report.add(Code::UNKNOWN_KEY, key.place, message, remedy);
        }
    }
}
