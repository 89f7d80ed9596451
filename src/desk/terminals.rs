//! Widths of the terminals that have been met, by the name that each gives itself.
//!
//! They only bridge the moment until a terminal answers anew: the same program may be set up otherwise next time.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::atomic::replace;
use crate::text::Profile;

/// So many terminals are kept, the last ones met.
const KEPT: usize = 50;
/// A longer name is none that a terminal gives itself.
const LONGEST_NAME: usize = 200;

/// What is read of a file at most, in bytes: more than all names of full length.
const LONGEST_FILE: u64 = 64 << 10;

/// Terminals and their widths, the last met at the end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terminals {
    known: Vec<(String, Profile)>,
}

impl Terminals {
    /// Those of a file's text: a line each, two numbers and the name. Lines that mean nothing are passed over.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut terminals = Self::default();
        for line in text.lines() {
            let mut parts = line.splitn(3, ' ');
            let mut number = || u32::from_str_radix(parts.next()?, 16).ok();
            if let (Some(traits), Some(measured)) = (number(), number())
                && let Some(profile) = Profile::from_bits(traits, measured)
                && let Some(name) = parts.next()
            {
                terminals.keep(name, profile);
            }
        }
        terminals
    }

    /// Those of a file; none where it cannot be read, as they are no more than a guess.
    #[must_use]
    pub fn load(path: &Path) -> Self {
        let mut text = String::new();
        let read = File::open(path).and_then(|f| f.take(LONGEST_FILE).read_to_string(&mut text));
        read.map_or_else(|_| Self::default(), |_| Self::parse(&text))
    }

    /// The widths of the terminal of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Profile> {
        let found = self.known.iter().find(|(known, _)| known == name);
        found.map(|(_, profile)| *profile)
    }

    /// Keeps the widths of a terminal.
    pub fn keep(&mut self, name: &str, profile: Profile) {
        if name.is_empty() || name.len() > LONGEST_NAME || name.contains(char::is_control) {
            return;
        }
        self.known.retain(|(known, _)| known != name);
        self.known.push((name.to_owned(), profile));
        let over = self.known.len().saturating_sub(KEPT);
        self.known.drain(..over);
    }

    /// Writes them to a file, at once or not at all.
    ///
    /// # Errors
    /// When the file cannot be written; it is as before then.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let mut text = String::new();
        for (name, profile) in &self.known {
            let (traits, measured) = profile.to_bits();
            let _ = writeln!(text, "{traits:x} {measured:x} {name}");
        }
        replace(path, text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Trait;

    #[test]
    fn what_is_kept_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state").join("terminals");
        let profile = Profile::default().measured(Trait::WideQuotes, true);
        let mut terminals = Terminals::load(&path);
        terminals.keep("XTerm(379)", Profile::default());
        terminals.keep("DA2 41;379;0", Profile::default());
        terminals.keep("XTerm(379)", profile);
        terminals.keep("bad\nname", profile);
        terminals.save(&path).unwrap();
        let again = Terminals::load(&path);
        assert_eq!(again, terminals);
        assert_eq!(again.get("XTerm(379)"), Some(profile));
        assert_eq!(again.get("kitty"), None);
    }

    #[test]
    fn lines_that_mean_nothing_are_passed_over() {
        let text = "1 3 kitty(0.26)\n\nx y z\n80000000 0 newer\n1 1\n2 2 a b c\n";
        let terminals = Terminals::parse(text);
        assert_eq!(terminals.known.len(), 2);
        assert!(terminals.get("a b c").is_some());
        let many: String = (0..100).map(|n| format!("0 0 t{n}\n")).collect();
        let terminals = Terminals::parse(&many);
        assert_eq!(terminals.known.len(), KEPT);
        assert!(terminals.get("t99").is_some() && terminals.get("t0").is_none());
    }
}
