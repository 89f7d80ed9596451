//! What the reader says of names on a page: which are one, and which are not.

use super::{Asked, PageTarget};
use crate::action::Action;
use crate::app::message::Effect;
use crate::app::state::App;
use crate::desk::NameRule;
use crate::keys::Mode;
use crate::names::fold;

/// So many names are said in a question, and one more where that is all.
const NAMED: usize = 2;

impl App {
    /// `m` and `x`: asks once, and does it when it is pressed again.
    pub(super) fn say_of_names(&mut self, action: Action, asked: Option<Asked>) -> Vec<Effect> {
        let rule = match self.rule_here(action == Action::MergeNames) {
            Ok(rule) => rule,
            Err(said) => {
                self.warn(said);
                return Vec::new();
            }
        };
        if asked.is_some_and(|asked| asked.action == action && asked.rule == rule) {
            return vec![Effect::KeepNames(rule)];
        }
        let keys = self.config.keymap.keys_of(Mode::Overlay, action);
        let key = keys.first().map_or("", String::as_str);
        let mut names: Vec<&str> = rule.names.iter().map(String::as_str).collect();
        let more = match names.len().saturating_sub(NAMED) {
            0 | 1 => String::new(),
            more => {
                names.truncate(NAMED);
                format!(" and {more} more")
            }
        };
        let names = names.join("、") + &more;
        let said = match (rule.same, &*rule.articles) {
            (true, _) if rule.names.len() == 1 => {
                format!("{names} is one, whatever its references")
            }
            (true, _) => format!("{names} are one"),
            (false, []) => format!("{names} are not one"),
            (false, articles) => format!("{names} is somebody else in {}", articles.join(", ")),
        };
        // What the keys do goes before what is asked, which may have no room in full.
        self.say(format!("{key} again: yes, else no: {said}"));
        if let Some(pages) = &mut self.pages {
            pages.asked = Some(Asked { action, rule });
        }
        Vec::new()
    }

    /// What is to be said of the names in the cursor's row.
    fn rule_here(&self, same: bool) -> Result<NameRule, &'static str> {
        const NOTHING: &str = "names are merged at “May be one”, split there, at “Brought together” and at an article";
        let pages = self.pages.as_ref().ok_or(NOTHING)?;
        let page = pages.page().ok_or(NOTHING)?;
        let mut rule = NameRule {
            same,
            names: Vec::new(),
            kind: Some(page.group.kind),
            articles: Vec::new(),
        };
        let (one, other) = match (pages.target(), same) {
            (Some(PageTarget::Proposal(short, long)), _) => (short.name.clone(), long.name.clone()),
            (Some(PageTarget::Join(one, other)), false) => (one.clone(), other.clone()),
            (Some(PageTarget::Article(id)), false) => {
                let article = page.articles.iter().find(|one| one.id == *id);
                let article = article.ok_or(NOTHING)?;
                let names = std::iter::once(&page.group.name).chain(&page.aliases);
                rule.names = names.cloned().collect();
                rule.articles = vec![article.name.clone()];
                return Ok(rule);
            }
            _ => return Err(NOTHING),
        };
        let alike = fold(&one) == fold(&other);
        if alike && !same {
            return Err("both read alike; at an article this name is set apart there");
        }
        rule.names.push(one);
        if !alike {
            rule.names.push(other);
        }
        Ok(rule)
    }
}
