//! The closed list of things that have a style.

macro_rules! slots {
    ($($variant:ident $name:literal $help:literal;)*) => {
        /// Something that a theme can style. A dotted one takes what it leaves open from its parent.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Slot { $(#[doc = $help] $variant,)* }

        impl Slot {
            /// Every slot; a parent stands before its children.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name that the config writes.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// One line that says what it styles.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)* }
            }
        }
    };
}

slots! {
    Text "text" "Everything: the ground on which all other slots are laid.";
    Border "border" "Lines between panes.";
    Title "title" "Titles of panes.";
    Status "status" "The status line.";
    StatusMode "status.mode" "The mode's name in it.";
    Message "message" "Messages.";
    MessageError "message.error" "Messages that something failed.";
    MessageWarning "message.warning" "Messages that something is not as it should be.";
    Kicker "kicker" "The line above a headline.";
    Headline "headline" "Headlines.";
    Deck "deck" "The line below a headline.";
    Byline "byline" "Who wrote it.";
    Dateline "dateline" "Where and when it was written.";
    SectionHead "section-head" "Heads within an article.";
    Paragraph "paragraph" "Paragraphs.";
    Credit "credit" "Credits in brackets.";
    JumpLine "jump-line" "Where the article goes on or comes from.";
    Caption "caption" "Captions.";
    Quote "quote" "Quotations that are blocks of their own.";
    List "list" "The list of articles.";
    ListCurrent "list.current" "The article that is open.";
    ListCursor "list.cursor" "The line of the cursor.";
    ListDate "list.date" "Dates and pages.";
    ListCount "list.count" "Numbers of mentions.";
    ListProblem "list.problem" "The mark of an article with problems.";
    Sidebar "sidebar" "The sidebar of entities.";
    SidebarKind "sidebar.kind" "Headings of kinds.";
    SidebarCursor "sidebar.cursor" "The line of the cursor.";
    SidebarCount "sidebar.count" "Numbers of mentions.";
    Card "card" "The card of an entity.";
    CardKey "card.key" "Names of its fields.";
    Mention "mention" "Mentions of any kind.";
    MentionPerson "mention.person" "People.";
    MentionPlace "mention.place" "Places.";
    MentionOrganisation "mention.organisation" "Organisations.";
    MentionTime "mention.time" "Times.";
    MentionEvent "mention.event" "Events.";
    MentionWork "mention.work" "Works.";
    MentionProduct "mention.product" "Products.";
    MentionQuantity "mention.quantity" "Quantities.";
    MentionOther "mention.other" "Any other kind.";
    MentionOther1 "mention.other.1" "Labels of no known kind: each has one of six colours, always the same.";
    MentionOther2 "mention.other.2" "Labels of no known kind: each has one of six colours, always the same.";
    MentionOther3 "mention.other.3" "Labels of no known kind: each has one of six colours, always the same.";
    MentionOther4 "mention.other.4" "Labels of no known kind: each has one of six colours, always the same.";
    MentionOther5 "mention.other.5" "Labels of no known kind: each has one of six colours, always the same.";
    MentionOther6 "mention.other.6" "Labels of no known kind: each has one of six colours, always the same.";
    MentionNested "mention.nested" "Where a mention lies within another.";
    MentionCrossing "mention.crossing" "Where two mentions overlap, neither within the other.";
    MentionDiscontinuous "mention.discontinuous" "The parts of a mention in several.";
    MentionGap "mention.gap" "The text between its parts.";
    MentionEntity "mention.entity" "All mentions of the entity under the cursor.";
    MentionPoint "mention.point" "The mention at the point.";
    Point "point" "The point where no mention is.";
    Hit "hit" "Search hits.";
    HitCurrent "hit.current" "The hit at the point.";
    HitKept "hit.kept" "The hits of searches that are kept.";
    HitKept1 "hit.kept.1" "The hits of searches that are kept: each search has one of five colours.";
    HitKept2 "hit.kept.2" "The hits of searches that are kept: each search has one of five colours.";
    HitKept3 "hit.kept.3" "The hits of searches that are kept: each search has one of five colours.";
    HitKept4 "hit.kept.4" "The hits of searches that are kept: each search has one of five colours.";
    HitKept5 "hit.kept.5" "The hits of searches that are kept: each search has one of five colours.";
    Selection "selection" "Selected text.";
    Prompt "prompt" "The line that is typed.";
    PromptError "prompt.error" "What is wrong with it.";
    Overlay "overlay" "Layers over everything: help, problems.";
    OverlayKey "overlay.key" "Keys in help.";
    OverlayHeading "overlay.heading" "Headings in them.";
    Scrollbar "scrollbar" "The track of a scroll bar.";
    ScrollbarThumb "scrollbar.thumb" "Its thumb.";
    Placeholder "placeholder" "Stand-ins for what cannot be shown.";
}

impl Slot {
    /// The slot of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|slot| slot.name() == name)
    }

    /// The slot of mentions with a label of no known kind: one of six, the same for a label in every article.
    #[must_use]
    pub fn of_label(label: &str) -> Self {
        // FNV-1a: few lines, and no change of a library moves a colour.
        let hash = label.bytes().fold(0x811C_9DC5u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        match hash % 6 {
            0 => Self::MentionOther1,
            1 => Self::MentionOther2,
            2 => Self::MentionOther3,
            3 => Self::MentionOther4,
            4 => Self::MentionOther5,
            _ => Self::MentionOther6,
        }
    }

    /// The slot of hits of a search that is kept, by the number of its colour from 0.
    #[must_use]
    pub const fn of_kept(colour: usize) -> Self {
        match colour % 5 {
            0 => Self::HitKept1,
            1 => Self::HitKept2,
            2 => Self::HitKept3,
            3 => Self::HitKept4,
            _ => Self::HitKept5,
        }
    }

    /// Whether it is an area of the screen, on which its dotted ones stand.
    #[must_use]
    pub const fn is_area(self) -> bool {
        matches!(
            self,
            Self::Status | Self::List | Self::Sidebar | Self::Card | Self::Prompt | Self::Overlay
        )
    }

    /// The slot that a dotted one falls back to.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        self.name()
            .rsplit_once('.')
            .and_then(|(parent, _)| Self::from_name(parent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_parents_come_first() {
        for (index, slot) in Slot::ALL.iter().enumerate() {
            assert_eq!(*slot as usize, index);
            assert_eq!(Slot::from_name(slot.name()), Some(*slot));
            assert_eq!(
                slot.parent().is_some(),
                slot.name().contains('.'),
                "{}",
                slot.name()
            );
            assert!(slot.parent().is_none_or(|parent| parent < *slot));
            assert!(slot.help().ends_with('.'));
        }
    }
}
