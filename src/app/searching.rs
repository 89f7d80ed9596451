//! Searching: the prompt that searches as one types, the hits that come in, going from hit to hit.

use std::sync::Arc;

use super::body::Gone;
use super::find::{Find, Found, Start};
use super::message::{Effect, Hits};
use super::prompt::{Prompt, PromptKind};
use super::state::{App, Before};
use crate::action::Action;
use crate::article::ByteSpan;
use crate::library::ArticleId;
use crate::search::{Matcher, Query};
use crate::text::{self, Words};

/// So many searches are kept.
const KEPT: usize = 500;

/// What `*` searches for.
struct Standing {
    text: String,
    /// Where it begins.
    start: usize,
    /// From where the next one is wanted.
    point: usize,
}

/// The word at a place, wanted as soon as the dictionary is there.
#[derive(Debug, Clone, Copy)]
pub(super) struct WordWanted {
    id: ArticleId,
    offset: usize,
    backwards: bool,
}

impl App {
    pub(super) fn open_search(&mut self, backwards: bool) {
        let Some(point) = self.point() else {
            self.warn("nothing to search in");
            return;
        };
        let origin = match point.gone {
            // Searching on from something that was gone to does not find it again.
            Some(_) if !backwards => point.offset + 1,
            _ => point.offset,
        };
        self.over = None;
        self.before = Some(Before {
            view: self.body.as_ref().map(super::body::Body::view),
            find: self.find.take(),
            origin,
        });
        self.prompt = Some(Prompt::new(PromptKind::Search { backwards }, ""));
        self.prompt_error = None;
        self.selection = None;
    }

    /// What an action does to the line that is being typed.
    pub(super) fn act_in_prompt(&mut self, action: Action) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else {
            return Vec::new();
        };
        match action {
            Action::PromptAccept => return self.accept(),
            Action::PromptDelete => {
                // Deleting from an empty line leaves it, as in vim.
                if !prompt.delete() {
                    return self.act(Action::Cancel, None);
                }
            }
            Action::PromptDeleteWord => prompt.delete_word(),
            Action::PromptDeleteAll => prompt.delete_all(),
            Action::PromptOlder | Action::PromptNewer if prompt.kind == PromptKind::Filter => {
                let by = if action == Action::PromptOlder { -1 } else { 1 };
                self.list.step(by);
                return Vec::new();
            }
            Action::PromptOlder | Action::PromptNewer if prompt.kind == PromptKind::FilterLines => {
                self.step_line(if action == Action::PromptOlder { -1 } else { 1 });
                return Vec::new();
            }
            Action::PromptOlder | Action::PromptNewer if prompt.kind == PromptKind::Export => {
                return Vec::new();
            }
            Action::PromptOlder => {
                if !prompt.older(&self.history) {
                    return Vec::new();
                }
            }
            Action::PromptNewer => {
                if !prompt.newer(&self.history) {
                    return Vec::new();
                }
            }
            Action::ToggleRegex => {
                if !matches!(prompt.kind, PromptKind::Search { .. }) {
                    return Vec::new();
                }
                self.regex = !self.regex;
            }
            Action::PromptLeft | Action::PromptRight | Action::PromptStart | Action::PromptEnd => {
                match action {
                    Action::PromptLeft => prompt.left(),
                    Action::PromptRight => prompt.right(),
                    Action::PromptStart => prompt.start(),
                    _ => prompt.end(),
                }
                return Vec::new();
            }
            _ => return Vec::new(),
        }
        self.prompt_changed()
    }

    /// Searches, or filters, for what is typed now.
    pub(super) fn prompt_changed(&mut self) -> Vec<Effect> {
        let Some(prompt) = &self.prompt else {
            return Vec::new();
        };
        let text = prompt.text().to_owned();
        match prompt.kind {
            PromptKind::Filter => {
                let ticket = self.ticket();
                self.list.set_filter(&text, ticket).into_iter().collect()
            }
            PromptKind::FilterLines => {
                self.prompt_error = None;
                self.filter_lines(&text);
                Vec::new()
            }
            PromptKind::Export => {
                self.prompt_error = None;
                Vec::new()
            }
            PromptKind::Search { backwards } => {
                self.prompt_error = None;
                let origin = self.before.as_ref().map_or(0, |b| b.origin);
                if let (Some(view), Some(body)) =
                    (self.before.as_ref().and_then(|b| b.view), &mut self.body)
                {
                    body.restore(view);
                }
                let query = Query {
                    text,
                    regex: self.regex,
                };
                if query.text.is_empty() {
                    self.find = None;
                    return vec![Effect::CancelSearch];
                }
                self.search_for(query, backwards, origin, true)
            }
        }
    }

    /// Begins a search; with `go` the nearest hit is gone to when it is known.
    fn search_for(
        &mut self,
        query: Query,
        backwards: bool,
        origin: usize,
        go: bool,
    ) -> Vec<Effect> {
        let Some(body) = &self.body else {
            return Vec::new();
        };
        let article = body.article().clone();
        if let Err(error) = Matcher::new(&query) {
            self.find = None;
            if self.prompt.is_some() {
                self.prompt_error = Some(error.to_string());
            } else {
                self.warn(error.to_string());
            }
            return vec![Effect::CancelSearch];
        }
        let ticket = self.ticket();
        self.find = Some(Find::new(query.clone(), backwards, ticket, origin, go));
        vec![Effect::Search {
            ticket,
            article,
            query,
            origin,
            backwards,
        }]
    }

    /// Searches the open article for what was searched for before, without going anywhere.
    pub(super) fn search_again(&mut self) -> Vec<Effect> {
        match self.find.take() {
            Some(find) => self.search_for(find.query, find.backwards, 0, false),
            None => Vec::new(),
        }
    }

    pub(super) fn hits_came(&mut self, hits: Hits) -> Vec<Effect> {
        self.concordance_takes(&hits);
        let Some(find) = &mut self.find else {
            return Vec::new();
        };
        if find.take(hits) {
            let forwards = find.is_wanting_forwards();
            let found = find.answer();
            self.go_to_found(found, forwards);
        }
        Vec::new()
    }

    fn go_to_found(&mut self, found: Found, forwards: bool) {
        match found {
            Found::At(hit, wrapped) => {
                if let Some(body) = &mut self.body {
                    body.go(Gone::Hit(hit));
                }
                if wrapped {
                    self.say(if forwards {
                        "past the end, on from the start"
                    } else {
                        "past the start, on from the end"
                    });
                }
                self.sync_sidebar();
            }
            Found::Nowhere => {
                let text = self.find.as_ref().map_or("", |f| f.query.text.as_str());
                let text = format!("not found: {text}");
                if self.prompt.is_none() {
                    self.warn(text);
                }
            }
            Found::Later => {}
        }
    }

    /// Enter in the prompt: one stays where the search has led.
    fn accept(&mut self) -> Vec<Effect> {
        let Some(prompt) = self.prompt.take() else {
            return Vec::new();
        };
        self.prompt_error = None;
        if prompt.kind == PromptKind::Export {
            return self.export(prompt.text());
        }
        let PromptKind::Search { backwards } = prompt.kind else {
            // The filter stays; the list has the cursor.
            return Vec::new();
        };
        let before = self.before.take();
        let mut effects = Vec::new();
        if prompt.text().is_empty() {
            // An empty search repeats the last one.
            let Some(last) = self.history.last().cloned() else {
                self.find = before.and_then(|b| b.find);
                return effects;
            };
            let query = Query {
                text: last,
                regex: self.regex,
            };
            let origin = before.as_ref().map_or(0, |b| b.origin);
            effects = self.search_for(query, backwards, origin, true);
        } else {
            effects.extend(self.remember(prompt.text()));
        }
        if let (Some(view), Some(body)) = (before.and_then(|b| b.view), &self.body) {
            let id = body.id();
            self.jumps.leave(super::jumps::Jump { id, view });
        }
        if let Some(find) = &self.find
            && find.is_done()
            && find.hits().is_empty()
        {
            self.go_to_found(Found::Nowhere, true);
        }
        effects
    }

    fn remember(&mut self, text: &str) -> Vec<Effect> {
        self.history.retain(|entry| entry != text);
        self.history.push(text.to_owned());
        let surplus = self.history.len().saturating_sub(KEPT);
        self.history.drain(..surplus);
        vec![Effect::KeepSearch(text.to_owned())]
    }

    /// Esc in the prompt: back to where one was, and to the search that was before.
    pub(super) fn give_up_search(&mut self) -> Vec<Effect> {
        let Some(before) = self.before.take() else {
            return Vec::new();
        };
        if let (Some(view), Some(body)) = (before.view, &mut self.body) {
            body.restore(view);
        }
        self.find = before.find;
        let mut effects = vec![Effect::CancelSearch];
        if self.find.as_ref().is_some_and(|f| !f.is_done()) {
            effects.extend(self.search_again());
        }
        effects
    }

    /// `n` and `N`: on in the direction of the search, or against it.
    pub(super) fn step_hit(&mut self, along: bool, count: Option<u32>) -> Vec<Effect> {
        let Some(point) = self.point() else {
            return Vec::new();
        };
        let Some(find) = &mut self.find else {
            let Some(last) = self.history.last().cloned() else {
                self.say("nothing has been searched for; / searches");
                return Vec::new();
            };
            let query = Query {
                text: last,
                regex: self.regex,
            };
            self.leave_here();
            return self.search_for(query, !along, point.offset, true);
        };
        let forwards = along != find.backwards;
        let from = match point.gone {
            Some(Gone::Hit(_) | Gone::Mention(_)) => Start::Hit(point.offset),
            _ => Start::Byte(point.offset),
        };
        let found = find.step(from, forwards, count.unwrap_or(1));
        if found == Found::Later {
            let percent = find.percent();
            self.say(format!("searching, {percent}%; Esc gives up"));
        } else {
            self.leave_here();
        }
        self.go_to_found(found, forwards);
        Vec::new()
    }

    /// `*` and `#`: searches the selection, or the mentions of the entity at the point, or the word there.
    pub(super) fn search_point(&mut self, backwards: bool) -> Vec<Effect> {
        if let Some(found) = self.marked_at_point() {
            let mentions = match self.selection.take() {
                Some(_) => None,
                None => self.entity_at_point(),
            };
            return self.search_standing(&found, mentions, backwards);
        }
        let at = self.point().map(|point| point.offset);
        let at = at.filter(|offset| self.character_at(*offset).is_some());
        match (at, &self.words) {
            (None, _) => {
                self.warn("no mention or word at the point; v selects");
                Vec::new()
            }
            (Some(offset), None) if Words::CAN_LOAD => {
                self.word_wanted = self.body.as_ref().map(|body| WordWanted {
                    id: body.id(),
                    offset,
                    backwards,
                });
                self.say("reading the dictionary …");
                self.ask_words()
            }
            (Some(offset), words) => {
                let words = words.clone();
                self.search_word(offset, backwards, words.as_deref())
            }
        }
    }

    /// Asks for the dictionary, once.
    pub(super) fn ask_words(&mut self) -> Vec<Effect> {
        if !Words::CAN_LOAD || self.words.is_some() || self.words_asked {
            return Vec::new();
        }
        self.words_asked = true;
        vec![Effect::LoadWords]
    }

    /// The dictionary has come: what waited for it is done.
    pub(super) fn words_came(&mut self, words: Arc<Words>) -> Vec<Effect> {
        self.words = Some(Arc::clone(&words));
        let effects = self.concordance_has_words();
        let Some(wanted) = self.word_wanted.take() else {
            return effects;
        };
        let is_here = self.body.as_ref().is_some_and(|b| b.id() == wanted.id);
        if !is_here || self.prompt.is_some() || self.concordance.is_some() {
            return effects;
        }
        self.said = None;
        self.search_word(wanted.offset, wanted.backwards, Some(&words))
    }

    /// Searches the word at a byte of the text.
    fn search_word(
        &mut self,
        offset: usize,
        backwards: bool,
        words: Option<&Words>,
    ) -> Vec<Effect> {
        let by_character = Words::characters();
        let words = words.unwrap_or(&by_character);
        let Some(span) = self.word_around(offset, words) else {
            return Vec::new();
        };
        let text = self.article().map_or("", |a| a.text.slice(span)).to_owned();
        let is_han = text.chars().next().is_some_and(text::is_han);
        let found = Standing {
            text,
            start: span.start(),
            point: offset,
        };
        let effects = self.search_standing(&found, None, backwards);
        if is_han && !words.has_dictionary() {
            self.say("this character: built without the dictionary of words");
        }
        effects
    }

    fn search_standing(
        &mut self,
        found: &Standing,
        mentions: Option<Vec<ByteSpan>>,
        backwards: bool,
    ) -> Vec<Effect> {
        let origin = if backwards {
            found.start
        } else {
            found.point + 1
        };
        self.leave_here();
        let mut effects = self.remember(&found.text);
        let query = Query {
            text: found.text.clone(),
            regex: false,
        };
        let Some(mentions) = mentions else {
            effects.extend(self.search_for(query, backwards, origin, true));
            return effects;
        };
        let ticket = self.ticket();
        let mut find = Find::known(query, ticket, mentions);
        find.backwards = backwards;
        let found = find.step(Start::Byte(origin), !backwards, 1);
        self.find = Some(find);
        effects.push(Effect::CancelSearch);
        self.go_to_found(found, !backwards);
        effects
    }

    /// What is selected, else the name of what is mentioned at the point.
    fn marked_at_point(&self) -> Option<Standing> {
        let body = self.body.as_ref()?;
        let article = body.article();
        if let Some(selection) = self.selection {
            let span = selection.span(article);
            // A hit lies within a block.
            let line = article.text.slice(span).lines().next()?.trim();
            return (!line.is_empty()).then(|| Standing {
                text: line.to_owned(),
                start: span.start(),
                point: span.start(),
            });
        }
        let annotations = &article.annotations;
        let mention = annotations.mention(self.mention_at_point()?)?;
        let entity = mention.entity.and_then(|e| annotations.entity(e));
        let text = entity.map_or_else(|| article.text.slice(mention.hull()), |e| &e.name);
        Some(Standing {
            text: text.to_owned(),
            start: mention.hull().start(),
            point: body.point()?.offset,
        })
    }

    /// The character at a byte, if it belongs to a word.
    fn character_at(&self, offset: usize) -> Option<ByteSpan> {
        self.word_around(offset, &Words::characters())
    }

    fn word_around(&self, offset: usize, words: &Words) -> Option<ByteSpan> {
        let text = &self.article()?.text;
        let block = text.block(text.block_at(offset)?)?.span;
        let word = words.word_at(text.slice(block), offset.checked_sub(block.start())?)?;
        Some(ByteSpan::new(
            block.start() + word.start,
            block.start() + word.end,
        ))
    }

    /// Where the entity of the mention at the point is mentioned.
    pub(super) fn entity_at_point(&self) -> Option<Vec<ByteSpan>> {
        let annotations = &self.article()?.annotations;
        let mention = annotations.mention(self.mention_at_point()?)?;
        let entity = annotations.entity(mention.entity?)?;
        let mentions = entity.mentions().iter();
        Some(
            mentions
                .filter_map(|m| annotations.mention(*m))
                .map(crate::article::Mention::hull)
                .collect(),
        )
    }
}
