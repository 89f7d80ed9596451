//! What was found in sentences as annotations of the article.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::article::{
    AnnotationsBuilder, Attribute, ByteSpan, EntityId, LayerId, Link, MentionDraft, Target, Text,
    Unplaced,
};
use crate::format::alike;

/// Makes annotations of what was found.
pub(super) fn annotate(
    builder: &mut AnnotationsBuilder<'_>,
    text: &Text,
    layer: LayerId,
    found: &[Found<'_>],
) {
    // Where no entity comes twice, the file does not say which mentions are one.
    let mut ids = HashSet::new();
    let tells = found
        .iter()
        .filter_map(|f| f.entity)
        .any(|id| !ids.insert(id));
    let mut entities: HashMap<&str, EntityId> = HashMap::new();
    for found in found {
        let name = plain(found.label);
        let label = builder.label(&name);
        let spans: Vec<ByteSpan> = found
            .spans
            .iter()
            .map(|(start, end)| ByteSpan::new(*start, *end))
            .collect();
        let entity = found
            .entity
            .filter(|_| tells && !spans.is_empty())
            .map(|id| {
                *entities.entry(id).or_insert_with(|| {
                    let name = alike::name(text, &spans);
                    builder.entity(&name, label, Vec::new())
                })
            });
        let draft = MentionDraft {
            layer,
            label,
            spans,
            entity,
            ..MentionDraft::default()
        };
        let Ok(mention) = builder.mention(draft) else {
            builder.unplaced(Unplaced {
                layer,
                source_id: found.entity.unwrap_or("").into(),
                label,
                place: found.place.as_str().into(),
                quote: found.quote.into(),
            });
            continue;
        };
        let target = Target::Mention(mention);
        for (name, value) in &found.others {
            let value = plain(value);
            // The mention is there, so neither can fail.
            if *name == "identity" {
                let _ = builder.link(Link {
                    source_id: Box::default(),
                    target,
                    reference: value.into_owned(),
                    title: String::new(),
                });
            } else {
                let _ = builder.attribute(Attribute {
                    source_id: Box::default(),
                    target,
                    name: (*name).to_owned(),
                    value: Some(value.into_owned()),
                });
            }
        }
    }
}

/// A value without its percent escapes.
fn plain(value: &str) -> Cow<'_, str> {
    if !value.contains('%') {
        return Cow::Borrowed(value);
    }
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let code = behind
            .get(..2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest = behind.get(2..).unwrap_or("");
            }
            None => {
                bytes.push(b'%');
                rest = behind;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    match String::from_utf8(bytes) {
        Ok(plain) => Cow::Owned(plain),
        Err(_) => Cow::Borrowed(value),
    }
}

/// A mention: the bytes of its fragments, none when it has no place.
pub(super) struct Found<'t> {
    pub(super) label: &'t str,
    pub(super) entity: Option<&'t str>,
    pub(super) spans: Vec<(usize, usize)>,
    pub(super) others: Vec<(&'t str, &'t str)>,
    pub(super) place: String,
    pub(super) quote: &'t str,
}
