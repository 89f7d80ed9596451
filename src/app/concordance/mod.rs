//! The concordance over the panes: a line a hit, its order, filter and collocates.
//!
//! `view` has what is shown, `act` what keys and the mouse do, `change` what puts the lines in another order, filters
//! and exports them, `counting` the collocates, `library` has what is of many articles.

mod act;
mod change;
mod counting;
mod library;
mod view;

pub use view::ConcordanceView;
pub(in crate::app) use view::LinesBefore;
