//! What the core is told, and what it asks for.

use std::sync::Arc;

use crate::article::{Article, ByteSpan};
use crate::desk::NameRule;
use crate::keys;
use crate::library::{ArticleId, Row};
use crate::names::{Key, Page};
use crate::search::Query;
use crate::search::concordance::{Change, Collocate, Concordance, Form, Frequencies, Window};
use crate::text::{Filter, FoldOptions, Profile, Words};
use crate::theme::Ground;

/// Ties an answer to what it answers: an answer to a request that is no longer wanted is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Ticket(pub u32);

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// A key was pressed.
    Key(keys::Key),
    /// Nothing was pressed for a while; sent when the core [awaits](super::App::awaits_pause) it.
    Pause,
    /// Nothing else is to be done just now; sent when the core [has work](super::App::has_work) left.
    Idle,
    /// Text was pasted.
    Paste(String),
    /// The mouse was used.
    Mouse(Mouse),
    /// The window has this size now, in cells.
    Resize {
        /// Columns.
        columns: u16,
        /// Rows.
        rows: u16,
    },
    /// What was learned of the terminal's widths.
    Profile(Profile),
    /// The terminal's ground is of this kind.
    Ground(Ground),
    /// Rows of the list, as asked for by [`Effect::LoadRows`].
    Rows(Vec<Row>),
    /// The articles that the filter lets through so far, as asked for by [`Effect::Filter`].
    Filtered {
        /// Of the effect.
        ticket: Ticket,
        /// In the order of the list.
        ids: Vec<ArticleId>,
        /// Whether that is all; else a longer answer will follow.
        complete: bool,
    },
    /// The answer to [`Effect::LoadArticle`].
    Opened {
        /// Of the effect.
        ticket: Ticket,
        /// Which article.
        id: ArticleId,
        /// Its file, as it was named.
        file: String,
        /// The article, or why there is none: one line that says what to do.
        result: Result<Arc<Article>, String>,
    },
    /// The answer to [`Effect::FindContinuation`].
    Continuation {
        /// Of the effect.
        ticket: Ticket,
        /// The article that goes on, or that is continued; nothing when the library has none.
        id: Option<ArticleId>,
    },
    /// Some hits, as asked for by [`Effect::Search`], in the order in which the search comes upon them.
    Hits(Hits),
    /// What a search over the library has found since it last told, as asked for by [`Effect::SearchLibrary`].
    Found(LibraryHits),
    /// Lines of a concordance of many articles, as asked for by [`Effect::GatherLines`].
    Lines(Box<LibraryLines>),
    /// The views that were kept in earlier sessions, in their order: name and query.
    Views(Vec<(String, Query)>),
    /// What was searched for in earlier sessions, newest last.
    History(Vec<String>),
    /// The answer to [`Effect::Copy`]: one line that says what was copied and where to.
    Copied(String),
    /// A part of the answer to [`Effect::IndexNames`], sent when there is more to show, and at the end.
    NamePage {
        /// Of the effect.
        ticket: Ticket,
        /// The page as far as is known; nothing when no article so far has the name.
        page: Option<Box<Page>>,
        /// How much of the library has been read, 0 to 100.
        percent: u8,
        /// What is wrong with the reader's rules of names, a line each.
        faults: Vec<String>,
    },
    /// The answer to [`Effect::ReadNameRules`]: what is wrong with the reader's rules of names, a line each.
    NameFaults(Vec<String>),
    /// How much of the library has been read for names, 0 to 100.
    NamesIndexed {
        /// Of the effect.
        ticket: Ticket,
        /// How much.
        percent: u8,
    },
    /// The answer to [`Effect::KeepNames`]: one line that says where what was written.
    NamesKept(String),
    /// The dictionary of words, as asked for by [`Effect::LoadWords`].
    Words(Arc<Words>),
    /// The answer to [`Effect::Arrange`].
    Arranged {
        /// Of the effect.
        ticket: Ticket,
        /// The lines in their new order.
        concordance: Arc<Concordance>,
        /// The number of the line that was asked for, from 0; 0 when it is not shown.
        line: usize,
    },
    /// The answer to [`Effect::Collocate`].
    Collocates {
        /// Of the effect.
        ticket: Ticket,
        /// The most telling first.
        found: Vec<Collocate>,
        /// How often all words occur in the articles that were searched, for the next count of the same.
        frequencies: Arc<Frequencies>,
        /// How many articles could not be read.
        failed: u32,
    },
    /// How far that is, 0 to 100.
    Counting {
        /// Of the effect.
        ticket: Ticket,
        /// How much has been counted.
        percent: u8,
    },
    /// The answer to [`Effect::Export`]: one line that says what was written and where to.
    Exported(String),
    /// Something that was asked for failed; one line that says what to do.
    Failed(String),
}

/// What was done with the mouse. Only the left button means anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mouse {
    /// Column and row of the cell, from 0.
    pub at: (u16, u16),
    /// What was done there.
    pub kind: MouseKind,
}

/// Ways to use a mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MouseKind {
    /// The button went down: for the first time, or so many times in quick succession on one cell.
    Press {
        /// From 1.
        clicks: u8,
    },
    /// The mouse was moved with the button down.
    Drag,
    /// The button went up.
    Release,
    /// The wheel was turned: so many notches down (or up, below 0), those that came at once added up.
    Wheel(i32),
}

/// A part of a search's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    /// Of the effect.
    pub ticket: Ticket,
    /// In the order of the text. Every hit sent before lies before the first or behind the last of them.
    pub hits: Vec<ByteSpan>,
    /// How much of the text has been searched, 0 to 100.
    pub percent: u8,
    /// Whether the search is over.
    pub done: bool,
}

/// A part of the answer of a search over the library.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LibraryHits {
    /// Of the effect.
    pub ticket: Ticket,
    /// Articles that match, in any order; none was sent before.
    pub articles: Vec<FoundArticle>,
    /// How many articles have been searched so far.
    pub searched: u32,
    /// How many there are to be searched.
    pub total: u32,
    /// How many of those searched could not be read.
    pub failed: u32,
    /// Whether the search is over.
    pub done: bool,
}

/// An article that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundArticle {
    /// What the list shows of it.
    pub row: Row,
    /// How many hits it has; none where its date matches, or what it does not say.
    pub hits: u32,
    /// The first of them.
    pub first: Option<ByteSpan>,
}

/// A part of the lines of a concordance of many articles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LibraryLines {
    /// Of the effect.
    pub ticket: Ticket,
    /// The lines of some articles, which have their numbers in the library; none of these articles was sent before.
    pub lines: Concordance,
    /// How many articles have been searched so far.
    pub searched: u32,
    /// How many there are to be searched.
    pub total: u32,
    /// How many of those searched could not be read.
    pub failed: u32,
    /// Whether that is all.
    pub done: bool,
}

/// A change of the views that are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ViewChange {
    /// A search gets this name; what had it before gives way.
    Keep {
        /// As it was typed.
        name: String,
        /// What is searched for.
        query: Query,
    },
    /// The view of this name goes.
    Delete {
        /// As it was typed.
        name: String,
    },
}

/// A table for other programs.
#[derive(Debug, Clone, PartialEq)]
pub enum Table {
    /// The lines of a concordance, as they are shown.
    Lines(Arc<Concordance>),
    /// Collocates.
    Collocates(Vec<Collocate>),
}

/// Something that the runtime is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send the rows of these articles ([`Message::Rows`]).
    LoadRows(Vec<ArticleId>),
    /// Send the numbers of the articles whose title, name, date, page or section passes ([`Message::Filtered`]).
    Filter {
        /// For the answer.
        ticket: Ticket,
        /// What they are held against.
        filter: Arc<Filter>,
    },
    /// Read an article ([`Message::Opened`]).
    LoadArticle {
        /// For the answer.
        ticket: Ticket,
        /// Which one.
        id: ArticleId,
        /// As its file is now, even if it was read lately.
        anew: bool,
    },
    /// Find where an article goes on, or what it continues ([`Message::Continuation`]).
    FindContinuation {
        /// For the answer.
        ticket: Ticket,
        /// Which article.
        id: ArticleId,
        /// The piece that it continues rather than the one that continues it.
        earlier: bool,
    },
    /// Search an article ([`Message::Hits`]); a search that still runs is given up.
    Search {
        /// For the answers.
        ticket: Ticket,
        /// Where.
        article: Arc<Article>,
        /// For what. It is known to compile.
        query: Query,
        /// From which byte of the text.
        origin: usize,
        /// Towards the start of the text.
        backwards: bool,
    },
    /// Give up the search that runs.
    CancelSearch,
    /// Search the library ([`Message::Found`]); a search over it that still runs is given up.
    SearchLibrary {
        /// For the answers.
        ticket: Ticket,
        /// For what. It is known to compile.
        query: Query,
        /// In these articles only.
        within: Option<Arc<[ArticleId]>>,
    },
    /// Give up the search over the library that runs.
    CancelLibrarySearch,
    /// Set all hits of these articles in lines ([`Message::Lines`]); what still runs of the kind is given up.
    GatherLines {
        /// For the answers.
        ticket: Ticket,
        /// For what. It is known to compile.
        query: Query,
        /// Where.
        articles: Arc<[ArticleId]>,
    },
    /// No more lines are wanted.
    CancelLines,
    /// Search an article for what is kept ([`Message::Hits`]), beside the search that runs and after those asked for before.
    SearchKept {
        /// For the answers.
        ticket: Ticket,
        /// Where.
        article: Arc<Article>,
        /// For what. It is known to compile.
        query: Query,
    },
    /// Give up all searches for what is kept.
    CancelKept,
    /// Read the reader's rules of names and say what is wrong with them ([`Message::NameFaults`]).
    ReadNameRules,
    /// Read the whole library for names, unless that is done, and send the page of one ([`Message::NamePage`]).
    IndexNames {
        /// For the answers.
        ticket: Ticket,
        /// Which name.
        key: Key,
    },
    /// No page is wanted any more; what was read for it is kept.
    CancelNames,
    /// Write what the reader says of names into the reader's file ([`Message::NamesKept`]).
    KeepNames(NameRule),
    /// Keep what was searched for, for later sessions.
    KeepSearch(String),
    /// Change what is kept of views, for later sessions.
    KeepView(ViewChange),
    /// Bring text to the clipboard; how it went is told by [`Message::Copied`].
    Copy {
        /// The text.
        text: String,
        /// What it is, for the message: `a sentence`, `the selection`.
        what: &'static str,
    },
    /// Load the dictionary of words ([`Message::Words`]).
    LoadWords,
    /// Put the lines of a concordance in another order, filter them, add hits ([`Message::Arranged`]).
    Arrange {
        /// For the answer.
        ticket: Ticket,
        /// The lines.
        concordance: Arc<Concordance>,
        /// What is to become of them.
        change: Change,
        /// The hit whose line is to be told, and its article's number.
        at: Option<(u32, ByteSpan)>,
        /// What cuts words.
        words: Arc<Words>,
    },
    /// Count what stands near the hits of a concordance ([`Message::Counting`], [`Message::Collocates`]); a count that
    /// still runs is given up.
    Collocate {
        /// For the answers.
        ticket: Ticket,
        /// The lines.
        concordance: Arc<Concordance>,
        /// The articles that were searched, which are read to count their words; nothing where they are kept.
        articles: Option<Arc<[ArticleId]>>,
        /// How often words occur there, where that was counted before.
        frequencies: Option<Arc<Frequencies>>,
        /// What is near.
        window: Window,
        /// What does not count.
        fold: FoldOptions,
        /// What cuts words.
        words: Arc<Words>,
    },
    /// No collocates are wanted any more.
    CancelCollocates,
    /// Write a table into a file that is not there yet ([`Message::Exported`]).
    Export {
        /// The file.
        path: String,
        /// How.
        form: Form,
        /// What.
        table: Table,
    },
    /// Draw every cell anew.
    Redraw,
    /// Stop the process until the shell continues it.
    Suspend,
    /// End the program.
    Quit,
}
