//! What is written beside the text: entities and relations.

use super::super::loss::Feature;
use super::super::pair::{goes_both_ways, in_order, is_usual};
use super::super::xml::push_value;
use super::elements::entity;
use super::given::entity_id;
use super::write::Writer;
use crate::article::Target;

impl Writer<'_> {
    /// Entities and relations.
    pub(super) fn beside(&mut self) {
        let made = &self.article.annotations;
        let all = self.given.order.iter().copied();
        let told: Vec<usize> = all.filter(|n| self.given.entity(*n).is_some()).collect();
        if told.is_empty() && made.relations().is_empty() {
            return;
        }
        self.line(1, "<standOff>");
        let mut list = "";
        for index in told {
            let Some(one) = made.entities().get(index) else {
                continue;
            };
            let [of, name, named] = entity(made.kind(one.label));
            if of != list {
                if !list.is_empty() {
                    self.line(2, &format!("</{list}>"));
                }
                self.line(2, &format!("<{of}>"));
                list = of;
            }
            self.indent(3);
            self.out.push_str(&format!("<{name}"));
            push_value(
                &mut self.out,
                "xml:id",
                self.given.entity(index).unwrap_or(""),
            );
            self.out.push_str(">\n");
            let own = self.given.names.get(index).cloned().unwrap_or_default();
            for alias in [&own].into_iter().chain(&one.aliases) {
                self.field(4, named, alias);
            }
            for link in made.links_on(Target::Entity(entity_id(index))) {
                self.field(4, "idno", &link.reference);
            }
            self.line(3, &format!("</{name}>"));
        }
        if !list.is_empty() {
            self.line(2, &format!("</{list}>"));
        }
        if !made.relations().is_empty() {
            self.relations();
        }
        self.line(1, "</standOff>");
    }

    fn relations(&mut self) {
        self.line(2, "<listRelation>");
        for (index, relation) in self.article.annotations.relations().iter().enumerate() {
            let known = |role: &str| matches!(role, "active" | "passive" | "mutual");
            let own = relation.arguments.iter().all(|a| known(&a.role));
            let both = goes_both_ways(relation);
            let odd = !own && !both && !is_usual(relation);
            self.losses.add(Feature::Roled, usize::from(odd));
            let mut parts: Vec<(&str, String)> = Vec::new();
            let mut lost = false;
            for (number, argument) in in_order(relation).into_iter().enumerate() {
                let role = match (own, relation.arguments.len(), number) {
                    (true, ..) => &*argument.role,
                    _ if both => "mutual",
                    (_, 2, 0) => "active",
                    (_, 2, _) => "passive",
                    _ => "mutual",
                };
                let Some(id) = self.given.id(argument.target) else {
                    lost = true;
                    continue;
                };
                match parts.iter_mut().find(|(other, _)| *other == role) {
                    Some((_, ids)) => ids.push_str(&format!(" #{id}")),
                    None => parts.push((role, format!("#{id}"))),
                }
            }
            self.losses.add(Feature::Relations, usize::from(lost));
            self.indent(3);
            self.out.push_str("<relation");
            if let Some(id) = self.given.relation(index) {
                push_value(&mut self.out, "xml:id", id);
            }
            push_value(&mut self.out, "name", &relation.label);
            for (role, ids) in parts {
                push_value(&mut self.out, role, &ids);
            }
            self.out.push_str("/>\n");
        }
        self.line(2, "</listRelation>");
    }
}
