//! Tasks that nobody has annotated, as Label Studio imports them: an object `data` with a text in it, and little else.
//!
//! Much JSON that is no article has objects called so: replies of servers, nodes of graphs. So all records must look
//! alike, and their text must look like one.

use std::cell::Cell;

use super::SETS;
use super::fields::is_text;
use crate::format::entry::{Confidence, Look};
use crate::format::json::{self, Sort, Value};

/// What a task may have beside its data and sets of results.
const KEYS: [&str; 24] = [
    "id",
    "inner_id",
    "data",
    "meta",
    "drafts",
    "project",
    "file_upload",
    "created_at",
    "updated_at",
    "updated_by",
    "overlap",
    "is_labeled",
    "allow_skip",
    "total_annotations",
    "cancelled_annotations",
    "total_predictions",
    "avg_lead_time",
    "comment_count",
    "unresolved_comment_count",
    "last_comment_updated_at",
    "comment_authors",
    "unique_lock_id",
    "storage_filename",
    "precomputed_agreement",
];

/// Whether all records at the start of a file are such tasks.
pub(super) fn are_tasks(look: &Look<'_>) -> bool {
    let all = Cell::new(true);
    let found = json::fits(look, |record| {
        let is_one = is_task(record);
        all.set(all.get() && is_one);
        is_one.then_some(Confidence::Guess)
    });
    // An object alone is the reply of a server, unless it says by the key that it has a text.
    let is_list = look.start.trim_start().starts_with('[');
    let is_lone = !is_list
        && look
            .lines()
            .filter(|line| line.starts_with('{'))
            .nth(1)
            .is_none();
    let says_so = || {
        json::fits(look, |record| {
            let text = record.get("data")?.get("text")?;
            (text.sort() == Sort::Text).then_some(Confidence::Guess)
        })
    };
    found.is_some() && all.get() && (!is_lone || says_so().is_some())
}

fn is_task(record: Value<'_>) -> bool {
    let Some(data) = record.get("data").filter(|d| d.sort() == Sort::Object) else {
        return false;
    };
    let is_known =
        |(key, _): (Value<'_>, Value<'_>)| KEYS.iter().chain(&SETS).any(|known| key.is(known));
    record.members().all(is_known) && data.members().any(|(key, value)| is_text(key, value))
}
