//! What is waited for: whether an answer will change what is seen, and whether the next key is meant for it.

use super::concordance::ConcordanceView;
use super::find::Find;
use super::preview::is_preview;
use super::results::Results;
use super::state::App;

impl App {
    /// Whether an answer is awaited that will change what is seen.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.opening.is_some()
            || self.following.is_some()
            || self.find.as_ref().is_some_and(Find::is_wanting)
            || self.word_wanted.is_some()
            || self.is_arranging()
            || self.list.filter().is_some_and(|f| !f.complete)
            || self.list.results().is_some_and(Results::is_stale)
            || (self.geometry.list.is_some() && self.list.is_waiting())
    }

    /// Whether the next key is meant for what an awaited answer will show: the article that is being opened, the hit
    /// that is being searched for. In a prompt the next key changes the question.
    #[must_use]
    pub fn keys_await_answer(&self) -> bool {
        let opening = self.opening.is_some_and(|opening| !is_preview(&opening));
        let searching = self.prompt.is_none()
            && (self.find.as_ref().is_some_and(Find::is_wanting)
                || self.is_arranging()
                || self.list.results().is_some_and(Results::is_stale));
        opening || self.following.is_some() || searching || self.word_wanted.is_some()
    }

    fn is_arranging(&self) -> bool {
        let lines = self.concordance.as_ref();
        lines.is_some_and(ConcordanceView::is_arranging)
    }
}
