//! The page of a name.

use super::geometry::Pane;
use super::message::Effect;
use super::overlay::OverlayKind;
use super::sidebar::Item;
use super::state::App;
use crate::article::EntityId;

impl App {
    /// Opens the page of an entity of the open article: its card, in full.
    pub fn open_name_page(&mut self, id: EntityId) -> Vec<Effect> {
        self.open_overlay(OverlayKind::Name(id));
        Vec::new()
    }

    /// `gp`: the page of the name under the sidebar's cursor, elsewhere of the mention at the point.
    pub(super) fn name_page(&mut self) -> Vec<Effect> {
        if self.focus == Pane::Sidebar {
            let Some(Item::Entity(id)) = self.sidebar.current() else {
                self.warn("this line of the sidebar is no name; j and k go to one");
                return Vec::new();
            };
            return self.open_name_page(id);
        }
        let mention = self.mention_at_point();
        let mention = mention.and_then(|id| self.article()?.annotations.mention(id));
        match mention.map(|mention| mention.entity) {
            Some(Some(id)) => self.open_name_page(id),
            Some(None) => {
                self.warn("this mention belongs to no entity");
                Vec::new()
            }
            None => {
                self.warn("no mention at the point; ]m goes to the next one");
                Vec::new()
            }
        }
    }
}
