//! What is known of an article, as attributes of the element around it, in formats that have no element for it.

use std::borrow::Cow;

use super::super::loss::{Feature, Losses};
use super::{is_written, push_value};
use crate::article::Meta;

/// The fields, by the names of their attributes in small letters.
fn fields(meta: &mut Meta) -> [(&'static str, &mut String); 5] {
    [
        ("date", &mut meta.date),
        ("source", &mut meta.source),
        ("page", &mut meta.page),
        ("section", &mut meta.section),
        ("language", &mut meta.language),
    ]
}

/// Takes over what attributes tell; their case does not count. What is told first holds.
pub(in crate::format) fn take_meta(meta: &mut Meta, attributes: &[(&str, Cow<'_, str>)]) {
    for (name, field) in fields(meta) {
        let mut all = attributes.iter();
        let told = all.find(|(other, _)| other.eq_ignore_ascii_case(name));
        if let Some((_, value)) = told.filter(|_| field.is_empty()) {
            field.push_str(value);
        }
    }
}

/// Adds the attributes for what `meta` has, in capitals where `capitals` says so. What cannot be written, or has no
/// attribute, is lost.
pub(in crate::format) fn push_meta(
    out: &mut String,
    mut meta: Meta,
    capitals: bool,
    losses: &mut Losses,
) {
    let lost = usize::from(!meta.continues.is_empty());
    losses.add(Feature::Meta, lost);
    for (name, value) in fields(&mut meta) {
        if value.is_empty() {
            continue;
        }
        losses.add(Feature::Meta, usize::from(!is_written(value)));
        if capitals {
            push_value(out, &name.to_ascii_uppercase(), value);
        } else {
            push_value(out, name, value);
        }
    }
}

/// Whether there is anything of which an attribute tells.
pub(in crate::format) fn has_meta(mut meta: Meta) -> bool {
    fields(&mut meta).iter().any(|(_, value)| !value.is_empty())
}
