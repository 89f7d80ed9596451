//! What a key can ask for: every action with its name, group and one-line help.
//!
//! Plain data that keys, config, help and the core all name; nothing here does anything. Names are what the config
//! file writes (`"] m" = "next-mention"`), help texts are what the help overlay, the README's key table and the man
//! page print. Below: nothing of ours. Above: `keys` binds them, `app` carries them out.

/// Where an action stands in help and documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Scrolling and going to places in the text.
    Moving,
    /// Going from mention to mention.
    Mentions,
    /// Searching within the article.
    Searching,
    /// Going from article to article, the list.
    Articles,
    /// Showing, hiding and changing panes.
    Panes,
    /// Selecting text.
    Selecting,
    /// Bringing text to the clipboard.
    Copying,
    /// Editing the line of a prompt.
    Prompt,
    /// The program itself.
    Program,
}

impl Group {
    /// All groups in the order of the help.
    pub const ALL: [Self; 9] = [
        Self::Moving,
        Self::Mentions,
        Self::Searching,
        Self::Articles,
        Self::Panes,
        Self::Selecting,
        Self::Copying,
        Self::Prompt,
        Self::Program,
    ];

    /// The heading over the group.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Moving => "Moving",
            Self::Mentions => "Mentions and entities",
            Self::Searching => "Searching",
            Self::Articles => "Articles",
            Self::Panes => "Panes",
            Self::Selecting => "Selecting",
            Self::Copying => "Copying",
            Self::Prompt => "In a prompt",
            Self::Program => "Program",
        }
    }
}

macro_rules! actions {
    ($($variant:ident $name:literal $group:ident $help:literal;)*) => {
        /// What a key asks for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $(#[doc = $help] $variant,)* }

        impl Action {
            /// Every action, in the order of the help.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name that the config file writes.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// One line that says what it does.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)* }
            }

            /// Where it stands in the help.
            #[must_use]
            pub const fn group(self) -> Group {
                match self { $(Self::$variant => Group::$group,)* }
            }

            /// The action of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.name() == name)
            }
        }
    };
}

actions! {
    Down "down" Moving "one row (or list line) down";
    Up "up" Moving "one row (or list line) up";
    HalfPageDown "half-page-down" Moving "half a page down";
    HalfPageUp "half-page-up" Moving "half a page up";
    PageDown "page-down" Moving "a page down";
    PageUp "page-up" Moving "a page up";
    NextBlock "next-block" Moving "to the next block";
    PreviousBlock "previous-block" Moving "to the previous block";
    Top "top" Moving "to the top; with a count to that block";
    Bottom "bottom" Moving "to the bottom; with a count to that block";
    Back "back" Moving "back to where you were before a jump";
    Forward "forward" Moving "forward again";
    Follow "follow" Moving "open the continuation (on a jump line); in the list and sidebar: open, walk the mentions";

    NextMention "next-mention" Mentions "to the next mention";
    PreviousMention "previous-mention" Mentions "to the previous mention";
    NextOfKind "next-of-kind" Mentions "to the next mention of this kind";
    PreviousOfKind "previous-of-kind" Mentions "to the previous mention of this kind";
    NextOfEntity "next-of-entity" Mentions "to the next mention of this entity";
    PreviousOfEntity "previous-of-entity" Mentions "to the previous mention of this entity";
    ToggleKind "toggle-kind" Mentions "sidebar: hide or show this kind, its mentions too";
    CardDown "card-down" Mentions "scroll the card of the entity down";
    CardUp "card-up" Mentions "scroll the card of the entity up";
    FilterEntities "filter-entities" Mentions "filter the entities as you type";
    SortEntities "sort-entities" Mentions "sidebar: order by first appearance or by count";

    Search "search" Searching "search in the article";
    SearchBackwards "search-backwards" Searching "search backwards";
    SearchLibrary "search-library" Searching "search all articles";
    SearchPoint "search-point" Searching "search what stands at the point";
    NextHit "next-hit" Searching "to the next hit";
    PreviousHit "previous-hit" Searching "to the previous hit";
    SaveView "save-view" Searching "keep the search as a view, with a name, in the list";
    DeleteView "delete-view" Searching "list: delete this view";
    SortResults "sort-results" Searching "list: order what was found: as listed, by hits, by date";

    NextArticle "next-article" Articles "next article";
    PreviousArticle "previous-article" Articles "previous article";
    FilterList "filter-list" Articles "filter the list as you type";

    FocusNext "focus-next" Panes "to the next pane";
    FocusPrevious "focus-previous" Panes "to the previous pane";
    ToggleList "toggle-list" Panes "show or hide the list";
    ToggleSidebar "toggle-sidebar" Panes "show or hide the sidebar";

    Select "select" Selecting "start or end a selection at the point";
    SelectLeft "select-left" Selecting "one character back";
    SelectRight "select-right" Selecting "one character on";
    SelectWordLeft "select-word-left" Selecting "one word back";
    SelectWordRight "select-word-right" Selecting "one word on";
    SelectUp "select-up" Selecting "one row up";
    SelectDown "select-down" Selecting "one row down";

    CopySelection "copy-selection" Copying "copy what is selected";
    CopySentence "copy-sentence" Copying "copy the sentence at the point";
    CopyParagraph "copy-paragraph" Copying "copy the paragraph";
    CopyMention "copy-mention" Copying "copy the mention";
    CopyRow "copy-row" Copying "copy the row";
    ToggleCopyForm "toggle-copy-form" Copying "copy as in the file or as shown";
    ToggleCitation "toggle-citation" Copying "copy with title, date and page or without";

    PromptAccept "prompt-accept" Prompt "stay here";
    PromptDelete "prompt-delete" Prompt "delete the character before the cursor";
    PromptDeleteWord "prompt-delete-word" Prompt "delete the word before the cursor";
    PromptDeleteAll "prompt-delete-all" Prompt "delete all before the cursor";
    PromptLeft "prompt-left" Prompt "cursor to the left";
    PromptRight "prompt-right" Prompt "cursor to the right";
    PromptStart "prompt-start" Prompt "cursor to the start";
    PromptEnd "prompt-end" Prompt "cursor to the end";
    PromptOlder "prompt-older" Prompt "older search";
    PromptNewer "prompt-newer" Prompt "newer search";
    SearchScope "search-scope" Prompt "search the article, the library, or what was found there";
    ToggleRegex "toggle-regex" Prompt "regular expression on or off";

    Help "help" Program "all keys";
    Problems "problems" Program "the list of problems";
    NextTheme "next-theme" Program "next theme";
    Cancel "cancel" Program "cancel, close, back to normal";
    Redraw "redraw" Program "draw the screen anew";
    Suspend "suspend" Program "suspend to the shell";
    Quit "quit" Program "quit";
}

impl Action {
    /// Whether a count before it means anything.
    #[must_use]
    pub const fn takes_count(self) -> bool {
        matches!(
            self,
            Self::Down
                | Self::Up
                | Self::HalfPageDown
                | Self::HalfPageUp
                | Self::PageDown
                | Self::PageUp
                | Self::Top
                | Self::Bottom
                | Self::NextBlock
                | Self::PreviousBlock
                | Self::Back
                | Self::Forward
                | Self::NextMention
                | Self::PreviousMention
                | Self::NextOfKind
                | Self::PreviousOfKind
                | Self::NextOfEntity
                | Self::PreviousOfEntity
                | Self::CardDown
                | Self::CardUp
                | Self::NextHit
                | Self::PreviousHit
                | Self::NextArticle
                | Self::PreviousArticle
                | Self::SelectLeft
                | Self::SelectRight
                | Self::SelectWordLeft
                | Self::SelectWordRight
                | Self::SelectUp
                | Self::SelectDown
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_every_action_is_told() {
        let mut seen = HashSet::new();
        for action in Action::ALL {
            assert!(seen.insert(action.name()), "{}", action.name());
            assert_eq!(Action::from_name(action.name()), Some(*action));
            assert!(!action.help().is_empty() && action.help().len() < 90);
            assert!(Group::ALL.contains(&action.group()));
        }
    }
}
