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
    /// Hits below each other in their contexts.
    Concordance,
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
    pub const ALL: [Self; 10] = [
        Self::Moving,
        Self::Mentions,
        Self::Searching,
        Self::Concordance,
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
            Self::Concordance => "In the concordance",
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
    ($($variant:ident $name:literal $group:ident $help:literal $chinese:literal;)*) => {
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

            /// The same in a few Chinese characters, for the palette.
            #[must_use]
            pub const fn chinese(self) -> &'static str {
                match self { $(Self::$variant => $chinese,)* }
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
    Down "down" Moving "one row (or list line) down" "下一行";
    Up "up" Moving "one row (or list line) up" "上一行";
    HalfPageDown "half-page-down" Moving "half a page down" "下半页";
    HalfPageUp "half-page-up" Moving "half a page up" "上半页";
    PageDown "page-down" Moving "a page down" "下一页";
    PageUp "page-up" Moving "a page up" "上一页";
    NextBlock "next-block" Moving "to the next block" "下一段";
    PreviousBlock "previous-block" Moving "to the previous block" "上一段";
    Top "top" Moving "to the top; with a count to that block" "到开头";
    Bottom "bottom" Moving "to the bottom; with a count to that block" "到末尾";
    MatchPair "match-pair" Moving "to the other bracket or quotation mark; with a count to that percentage" "到另一半括号";
    SetMark "set-mark" Moving "set a mark here: its letter follows" "设书签";
    GoToMark "go-to-mark" Moving "to a mark: its letter follows; '' goes to before the last jump" "去书签";
    Marks "marks" Moving "choose from the marks" "书签清单";
    Back "back" Moving "back to where you were before a jump" "后退";
    Forward "forward" Moving "forward again" "前进";
    Follow "follow" Moving "jump line: continue; name: its page; URL: copy; list: open; sidebar: walk mentions" "打开";

    NextMention "next-mention" Mentions "to the next mention" "下一个提及";
    PreviousMention "previous-mention" Mentions "to the previous mention" "上一个提及";
    NextOfKind "next-of-kind" Mentions "to the next mention of this kind" "下一个同类";
    PreviousOfKind "previous-of-kind" Mentions "to the previous mention of this kind" "上一个同类";
    NextOfEntity "next-of-entity" Mentions "to the next mention of this entity" "同名下一处";
    PreviousOfEntity "previous-of-entity" Mentions "to the previous mention of this entity" "同名上一处";
    NextOfLabel "next-of-label" Mentions "to the next mention of this label" "下一个同标签";
    PreviousOfLabel "previous-of-label" Mentions "to the previous mention of this label" "上一个同标签";
    NextRelated "next-related" Mentions "to the next mention that takes part in a relation" "下一个有关系的";
    PreviousRelated "previous-related" Mentions "to the previous mention that takes part in a relation" "上一个有关系的";
    NextNoted "next-noted" Mentions "to the next mention with a note on it or its entity" "下一条批注";
    PreviousNoted "previous-noted" Mentions "to the previous mention with a note on it or its entity" "上一条批注";
    NextFault "next-fault" Mentions "to the next thing that is wrong with the file" "下一个问题";
    PreviousFault "previous-fault" Mentions "to the previous thing that is wrong with the file" "上一个问题";
    NamePage "name-page" Mentions "the page of the name at the point or under the sidebar's cursor" "名字的专页";
    ToggleKind "toggle-kind" Mentions "sidebar: hide or show this kind, its mentions too" "隐藏或显示此类";
    CardDown "card-down" Mentions "scroll the card of the entity down" "卡片向下";
    CardUp "card-up" Mentions "scroll the card of the entity up" "卡片向上";
    FilterEntities "filter-entities" Mentions "filter the entities as you type" "筛选名字";
    SortEntities "sort-entities" Mentions "sidebar: order by first appearance or by count" "名字排序";
    MergeNames "merge-names" Mentions "name's page: these two names are one (asks once)" "两名合一";
    SplitNames "split-names" Mentions "name's page: these two names are not one (asks once)" "两名分开";
    ToggleMeasure "toggle-measure" Mentions "name's page: rank by log-likelihood or mutual information" "换关联度";
    ToggleWithin "toggle-within" Mentions "name's page: who occurs in a paragraph, or in an article" "同段或同篇";

    Search "search" Searching "search in the article" "搜索";
    SearchBackwards "search-backwards" Searching "search backwards" "向前搜索";
    SearchLibrary "search-library" Searching "search all articles" "搜索全部文章";
    SearchPoint "search-point" Searching "search what stands at the point: a name, a word" "搜索此处词语";
    SearchPointBackwards "search-point-backwards" Searching "search what stands at the point, towards the start" "向前搜索此处词语";
    NextHit "next-hit" Searching "to the next hit" "下一处命中";
    PreviousHit "previous-hit" Searching "to the previous hit" "上一处命中";
    HitList "hit-list" Searching "choose from the hits, each in its line" "命中清单";
    KeepSearch "keep-search" Searching "keep these hits marked in a colour of their own" "保留此搜索";
    NextSearch "next-search" Searching "on with a search that was kept" "换一个搜索";
    DropSearches "drop-searches" Searching "let go of the searches that were kept" "放弃保留的搜索";
    Concordance "concordance" Searching "the hits, or the entity at the point, line by line in their contexts" "上下文索引";
    SaveView "save-view" Searching "keep the search as a view, with a name, in the list" "存为视图";
    DeleteView "delete-view" Searching "list: delete this view" "删除视图";
    SortResults "sort-results" Searching "list: order what was found: as listed, by hits, by date" "结果排序";

    SortLeft "sort-left" Concordance "order by what stands to the left" "按左侧排序";
    SortRight "sort-right" Concordance "order by what stands to the right" "按右侧排序";
    SortDate "sort-date" Concordance "order by date" "按日期排序";
    SortArticle "sort-article" Concordance "in the order of the text" "按原文排序";
    SortByOne "sort-by-one" Concordance "one word or character decides the order" "看一个词";
    SortByTwo "sort-by-two" Concordance "two of them" "看两个词";
    SortByThree "sort-by-three" Concordance "three of them" "看三个词";
    ToggleWords "toggle-words" Concordance "count in words or in characters" "词或字";
    ToggleAcross "toggle-across" Concordance "contexts within the block or over its ends" "跨段上下文";
    WiderContext "wider-context" Concordance "more context; in the collocates a wider window" "上下文加宽";
    NarrowerContext "narrower-context" Concordance "less context; in the collocates a narrower window" "上下文收窄";
    FilterLines "filter-lines" Concordance "keep the lines that hold something" "筛选行";
    Collocates "collocates" Concordance "what stands near the hits, or the lines again" "搭配词";
    Export "export" Concordance "write the table into a new file (.tsv, .csv, .json, .jsonl)" "导出";

    NextArticle "next-article" Articles "next article" "下一篇";
    PreviousArticle "previous-article" Articles "previous article" "上一篇";
    FilterList "filter-list" Articles "filter the list as you type" "筛选列表";
    Visited "articles-visited" Articles "choose from the articles visited" "看过的文章";

    Choose "choose" Panes "in a list to choose from: choose this line" "选定";
    FocusNext "focus-next" Panes "to the next pane" "下一栏";
    FocusPrevious "focus-previous" Panes "to the previous pane" "上一栏";
    ToggleList "toggle-list" Panes "show or hide the list" "文章栏开关";
    ToggleSidebar "toggle-sidebar" Panes "show or hide the sidebar" "名字栏开关";

    Select "select" Selecting "start or end a selection at the point" "选择文字";
    SelectLeft "select-left" Selecting "one character back" "向左选一字";
    SelectRight "select-right" Selecting "one character on" "向右选一字";
    SelectWordLeft "select-word-left" Selecting "one word back" "向左选一词";
    SelectWordRight "select-word-right" Selecting "one word on" "向右选一词";
    SelectUp "select-up" Selecting "one row up" "向上选一行";
    SelectDown "select-down" Selecting "one row down" "向下选一行";

    CopySelection "copy-selection" Copying "copy what is selected" "复制所选";
    CopySentence "copy-sentence" Copying "copy the sentence at the point" "复制句子";
    CopyParagraph "copy-paragraph" Copying "copy the paragraph" "复制段落";
    CopyMention "copy-mention" Copying "copy the mention" "复制提及";
    CopyRow "copy-row" Copying "copy the row" "复制一行";
    ToggleCopyForm "toggle-copy-form" Copying "copy as in the file or as shown" "复制形式";
    ToggleCitation "toggle-citation" Copying "copy with title, date and page or without" "复制带出处";

    PromptAccept "prompt-accept" Prompt "stay here" "确认";
    PromptDelete "prompt-delete" Prompt "delete the character before the cursor" "删一字";
    PromptDeleteWord "prompt-delete-word" Prompt "delete the word before the cursor" "删一词";
    PromptDeleteAll "prompt-delete-all" Prompt "delete all before the cursor" "全部删除";
    PromptLeft "prompt-left" Prompt "cursor to the left" "光标左移";
    PromptRight "prompt-right" Prompt "cursor to the right" "光标右移";
    PromptStart "prompt-start" Prompt "cursor to the start" "光标到头";
    PromptEnd "prompt-end" Prompt "cursor to the end" "光标到尾";
    PromptOlder "prompt-older" Prompt "older search" "较早的搜索";
    PromptNewer "prompt-newer" Prompt "newer search" "较新的搜索";
    SearchScope "search-scope" Prompt "search the article, the library, or what was found there" "搜索范围";
    ToggleWidth "toggle-width" Prompt "search: width counts or not, Ａ and A" "全角半角";
    ToggleCase "toggle-case" Prompt "search: case counts or not" "大小写";
    ToggleScript "toggle-script" Prompt "search: Traditional and Simplified are equal or not" "繁简";
    ToggleSpaces "toggle-spaces" Prompt "search: gaps between Han count or not" "字间空格";
    ToggleDigits "toggle-digits" Prompt "search: 一九九八 is 1998 or not" "数字";
    TogglePunctuation "toggle-punctuation" Prompt "search: marks of one kind are equal or not" "标点";
    ToggleDiacritics "toggle-diacritics" Prompt "search: é is e or not" "附加符号";
    TogglePinyin "toggle-pinyin" Prompt "Latin letters are read as pinyin or not" "拼音";
    ToggleRegex "toggle-regex" Prompt "regular expression on or off" "正则表达式开关";

    Palette "palette" Program "every action by its name; or a place: 50%, 12, @120, @b360" "命令面板";
    Help "help" Program "all keys" "帮助";
    Problems "problems" Program "the list of problems" "问题清单";
    NextTheme "next-theme" Program "next theme" "换配色";
    Cancel "cancel" Program "cancel, close, back to normal" "取消";
    Redraw "redraw" Program "draw the screen anew" "重画";
    Suspend "suspend" Program "suspend to the shell" "挂起";
    Quit "quit" Program "quit" "退出";
}

impl Action {
    /// What the character is that must follow its keys, as words behind “letter”; nothing when none does.
    #[must_use]
    pub const fn character(self) -> Option<&'static str> {
        match self {
            Self::SetMark => Some("or digit for the mark"),
            Self::GoToMark => Some("of the mark, or ' for before the last jump"),
            _ => None,
        }
    }

    /// Whether a count of 0 means something: the percentage at which an article begins. Elsewhere 0 is no count.
    #[must_use]
    pub const fn takes_zero(self) -> bool {
        matches!(self, Self::MatchPair)
    }

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
                | Self::MatchPair
                | Self::Back
                | Self::Forward
                | Self::NextMention
                | Self::PreviousMention
                | Self::NextOfKind
                | Self::PreviousOfKind
                | Self::NextOfEntity
                | Self::PreviousOfEntity
                | Self::NextOfLabel
                | Self::PreviousOfLabel
                | Self::NextRelated
                | Self::PreviousRelated
                | Self::NextNoted
                | Self::NextFault
                | Self::PreviousFault
                | Self::PreviousNoted
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
        let (mut seen, mut told) = (HashSet::new(), HashSet::new());
        for action in Action::ALL {
            assert!(seen.insert(action.name()), "{}", action.name());
            assert_eq!(Action::from_name(action.name()), Some(*action));
            assert!(!action.help().is_empty() && action.help().len() < 90);
            let chinese = action.chinese();
            assert!(
                !chinese.is_empty() && !chinese.is_ascii() && told.insert(chinese),
                "{chinese}"
            );
            assert!(Group::ALL.contains(&action.group()));
        }
    }
}
