//! What stands at the point: the mention there, and searching for it with `*` and `#`.

use std::sync::Arc;

use super::body::{Gone, grapheme_at};
use super::find::{Find, Start};
use super::message::Effect;
use super::state::App;
use crate::action::Action;
use crate::article::{ByteSpan, EntityId, MentionId};
use crate::library::ArticleId;
use crate::search::{self, Query};
use crate::text::{self, Words};

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
                let hint = self.hint(Action::Select, "selects");
                self.warn(format!("no mention or word at the point{hint}"));
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
        let mut effects = self.remember(&search::quoted(&found.text));
        let query = Query {
            regex: false,
            ..self.query(search::quoted(&found.text))
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

    /// The mention at the point: the one gone to, else the shortest one there that is shown.
    #[must_use]
    pub fn mention_at_point(&self) -> Option<MentionId> {
        let body = self.body.as_ref()?;
        let point = body.point()?;
        let annotations = &body.article().annotations;
        if let Some(Gone::Mention(id)) = point.gone
            && self.sidebar.shows(annotations, id)
        {
            return Some(id);
        }
        let here = grapheme_at(body.article(), point.offset);
        let found = annotations.touching(here);
        found
            .into_iter()
            .filter(|id| self.sidebar.shows(annotations, *id))
            .min_by_key(|id| annotations.mention(*id).map_or(0, |m| m.hull().len()))
    }

    /// The entity whose mentions are set off: the one under the sidebar's cursor, else that of the mention gone to.
    #[must_use]
    pub fn entity_set_off(&self) -> Option<EntityId> {
        if self.geometry.sidebar.is_some() {
            return self.sidebar.entity();
        }
        match self.body.as_ref()?.gone()? {
            Gone::Mention(id) => self.article()?.annotations.mention(id)?.entity,
            _ => None,
        }
    }
}
