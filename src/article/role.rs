//! What a block is on a newspaper page.

/// The role of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// 引题, the line above the headline.
    Kicker,
    /// 题, the headline.
    Headline,
    /// 副题, the line below the headline; often begins with ——.
    Deck,
    /// The writer's name under the headline.
    Byline,
    /// 电头, place and date of the dispatch.
    Dateline,
    /// A heading within the body.
    SectionHead,
    /// Running text.
    Paragraph,
    /// Reporters and editors, mostly in brackets at the end.
    Credit,
    /// 上接第N版 or 下转第N版: the text goes on elsewhere.
    JumpLine,
    /// The text of a picture.
    Caption,
    /// A passage set off as a quotation.
    Quote,
}

impl Role {
    /// All roles, in the order of a page.
    pub const ALL: [Self; 11] = [
        Self::Kicker,
        Self::Headline,
        Self::Deck,
        Self::Byline,
        Self::Dateline,
        Self::SectionHead,
        Self::Paragraph,
        Self::Quote,
        Self::JumpLine,
        Self::Caption,
        Self::Credit,
    ];

    /// The role of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The role's name as themes, messages and documents write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kicker => "kicker",
            Self::Headline => "headline",
            Self::Deck => "deck",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::SectionHead => "section-head",
            Self::Paragraph => "paragraph",
            Self::Credit => "credit",
            Self::JumpLine => "jump-line",
            Self::Caption => "caption",
            Self::Quote => "quote",
        }
    }
}
