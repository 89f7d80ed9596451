//! What may be folded: the switches.

/// What does not count when texts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FoldOptions {
    /// Full-width and half-width forms are equal: Ａ and A, ｱ and ア; all spaces are one.
    pub width: bool,
    /// Upper and lower case are equal, by Unicode's simple case folding.
    pub case: bool,
    /// Traditional, Simplified and variant Han are equal: 台 臺 檯 颱, 发 發 髮, 着 著; compatibility ideographs and
    /// radicals stand for their characters, variation selectors do not count.
    pub script: bool,
    /// Blanks between two Han do not count: 王 正 and 王正.
    pub spaces: bool,
    /// Numerals written out one by one are digits: 一九九八 and 1998, where two or more stand together in the query.
    pub digits: bool,
    /// Marks of one kind are equal: “ 「 and ", — and -, 、 and ，.
    pub punctuation: bool,
    /// Letters count without their marks: é and e; combining marks do not count.
    pub diacritics: bool,
}

impl Default for FoldOptions {
    fn default() -> Self {
        Self {
            width: true,
            case: true,
            script: true,
            spaces: true,
            digits: true,
            punctuation: false,
            diacritics: false,
        }
    }
}

/// One of the switches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Switch {
    /// [`FoldOptions::width`].
    Width,
    /// [`FoldOptions::case`].
    Case,
    /// [`FoldOptions::script`].
    Script,
    /// [`FoldOptions::spaces`].
    Spaces,
    /// [`FoldOptions::digits`].
    Digits,
    /// [`FoldOptions::punctuation`].
    Punctuation,
    /// [`FoldOptions::diacritics`].
    Diacritics,
}

impl Switch {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Width,
        Self::Case,
        Self::Script,
        Self::Spaces,
        Self::Digits,
        Self::Punctuation,
        Self::Diacritics,
    ];

    /// The name that config, command line and screen give it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Width => "width",
            Self::Case => "case",
            Self::Script => "script",
            Self::Spaces => "spaces",
            Self::Digits => "digits",
            Self::Punctuation => "punctuation",
            Self::Diacritics => "diacritics",
        }
    }

    /// The switch of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|switch| switch.name() == name)
    }
}

impl FoldOptions {
    /// All on, or all off.
    #[must_use]
    pub const fn all(on: bool) -> Self {
        Self {
            width: on,
            case: on,
            script: on,
            spaces: on,
            digits: on,
            punctuation: on,
            diacritics: on,
        }
    }

    /// Whether a switch is on.
    #[must_use]
    pub const fn get(self, switch: Switch) -> bool {
        match switch {
            Switch::Width => self.width,
            Switch::Case => self.case,
            Switch::Script => self.script,
            Switch::Spaces => self.spaces,
            Switch::Digits => self.digits,
            Switch::Punctuation => self.punctuation,
            Switch::Diacritics => self.diacritics,
        }
    }

    /// Turns a switch.
    pub const fn set(&mut self, switch: Switch, on: bool) {
        let place = match switch {
            Switch::Width => &mut self.width,
            Switch::Case => &mut self.case,
            Switch::Script => &mut self.script,
            Switch::Spaces => &mut self.spaces,
            Switch::Digits => &mut self.digits,
            Switch::Punctuation => &mut self.punctuation,
            Switch::Diacritics => &mut self.diacritics,
        };
        *place = on;
    }
}
