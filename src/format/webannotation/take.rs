//! What each annotation says, before it has its place.

use std::collections::HashSet;

use super::{fragment, sources};
use crate::format::code::Code;
use crate::format::json::{self, Sort, Teller, Value};

/// One annotation.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// Where it begins, in bytes of the file.
    pub(super) at: usize,
    /// Its id as it is written; empty when it has none.
    pub(super) id: String,
    /// What it is for, as it is written.
    pub(super) motivation: Option<String>,
    pub(super) tags: Vec<String>,
    /// Remarks, each with what it is for.
    pub(super) notes: Vec<(String, String)>,
    /// References of its bodies.
    pub(super) links: Vec<String>,
    /// Its creator: the name, and the words of the source.
    pub(super) creator: Option<(String, String)>,
    pub(super) places: Vec<Place>,
    /// What it names without a place in it: other annotations, or the whole text.
    pub(super) named: Vec<(usize, String)>,
}

/// A place in the text.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub(super) at: usize,
    pub(super) quote: Option<Quote>,
    pub(super) ends: Option<(u32, u32)>,
    /// Whether its ends are those of a fragment, which count in their own way.
    pub(super) is_fragment: bool,
    /// The address of which it is the fragment, where that is all that the target is.
    name: Option<String>,
    /// The address of the text in which it is, where the target names one.
    pub(super) source: Option<String>,
    /// Whether that is another text than the one that is read.
    pub(super) is_elsewhere: bool,
    /// Its selectors in the source's own words, on one line; with the source where a target is in another text.
    pub(super) words: String,
}

/// A quotation with what stands before it and behind it.
#[derive(Debug, Default)]
pub(super) struct Quote {
    pub(super) exact: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
}

/// Purposes for which a textual body is a tag.
pub(super) const TAGGING: [&str; 3] = ["tagging", "classifying", "identifying"];

/// Whether a value has one of these types.
pub(super) fn is_of(value: Value<'_>, types: &[&str]) -> bool {
    let own = value.get("type").or_else(|| value.get("@type"));
    let is = |value: Value<'_>| {
        let text = value.text().unwrap_or_default();
        types.contains(&text.strip_prefix("oa:").unwrap_or(&text))
    };
    own.is_some_and(|own| is(own) || own.items().any(is))
}

pub(super) fn is_annotation(value: Value<'_>) -> bool {
    is_of(value, &["Annotation"])
}

/// The annotations of a record: itself, or the items of a page, a collection's first page, or a list.
pub(super) fn annotations<'a>(record: Value<'a>) -> impl Iterator<Item = Value<'a>> {
    let page = [Some(record), record.get("first")].into_iter().flatten();
    let held = page
        .filter_map(|page| page.get("items"))
        .flat_map(Value::items);
    let holds = |r: &Value<'a>| {
        let is_page = is_of(*r, &["AnnotationPage", "AnnotationCollection"]);
        is_page || r.get("items").is_some() || r.get("first").is_some()
    };
    let itself = Some(record).filter(|record| !holds(record));
    itself.into_iter().chain(held).chain(record.items())
}

/// The last part of the source of an annotation's target.
pub(super) fn source(annotation: Value<'_>) -> Option<String> {
    let target = annotation.get("target")?;
    let first = target.items().next().unwrap_or(target);
    let address = |value: Value<'_>| value.text().map(|t| t.into_owned()).or_else(|| id(value));
    let source = match first.get("source") {
        Some(source) => address(source)?,
        // Another address may be anything, such as another annotation's.
        None => address(first).filter(|address| fragment::cut(address).is_some())?,
    };
    sources::name(&source).map(str::to_owned)
}

/// Takes the annotations of a record that begins at this byte of the file.
pub(super) fn record(root: Value<'_>, start: usize, teller: &mut Teller<'_>, out: &mut Vec<Taken>) {
    for value in annotations(root) {
        if value.sort() != Sort::Object {
            // A list is given with what it holds.
            if value.sort() != Sort::Array {
                teller.wrong_type(value, "an annotation", "an object");
            }
            continue;
        }
        out.push(annotation(value, start, teller));
    }
}

fn annotation(value: Value<'_>, start: usize, teller: &mut Teller<'_>) -> Taken {
    let mut taken = Taken {
        at: start + value.start(),
        id: id(value).unwrap_or_default(),
        motivation: value
            .get("motivation")
            .and_then(|m| {
                let first = m.items().next().unwrap_or(m);
                first.text().or_else(|| first.get("id")?.text())
            })
            .map(|m| m.into_owned()),
        ..Taken::default()
    };
    taken.creator = value.get("creator").map(|creator| {
        let first = creator.items().next().unwrap_or(creator);
        let name = first.text().or_else(|| first.get("name")?.text());
        let name = name.map(|n| n.into_owned()).or_else(|| id(first));
        (name.unwrap_or_default(), one_line(creator.spelt()))
    });
    for body in either(value.get("body")) {
        self::body(body, &mut taken, teller);
    }
    if let Some(text) = value.get("bodyValue").and_then(Value::text) {
        taken.notes.push((String::new(), text.into_owned()));
    }
    let Some(targets) = value.get("target") else {
        let message = "the annotation has no target";
        let remedy = "add what it is about: a selector of the text, or another annotation";
        teller.tell(Code::MISSING, value.start(), message, remedy);
        return taken;
    };
    for target in either(Some(targets)) {
        self::target(target, start, &mut taken, teller);
    }
    taken
}

/// The values of a list, or the value itself.
fn either(value: Option<Value<'_>>) -> impl Iterator<Item = Value<'_>> {
    let single = value.filter(|v| v.sort() != Sort::Array);
    single
        .into_iter()
        .chain(value.into_iter().flat_map(Value::items))
}

fn id(value: Value<'_>) -> Option<String> {
    let id = value.get("id").or_else(|| value.get("@id"))?;
    id.word().map(|id| id.into_owned())
}

fn body(body: Value<'_>, taken: &mut Taken, teller: &mut Teller<'_>) {
    let words = |key: &str| {
        let value = body.get(key)?;
        let first = value.items().next().unwrap_or(value);
        first.text().map(|text| text.into_owned())
    };
    if let Some(link) = body.text() {
        return taken.links.push(link.into_owned());
    }
    if body.sort() != Sort::Object {
        return teller.wrong_type(body, "a body", "an object or the address of one");
    }
    if let Some(text) = words("value").or_else(|| words("chars")) {
        let purpose = words("purpose");
        let meant = purpose.as_ref().or(taken.motivation.as_ref());
        let meant = meant.map_or("", |p| p.strip_prefix("oa:").unwrap_or(p));
        if TAGGING.contains(&meant) || is_of(body, &["Tag", "SemanticTag"]) {
            taken.tags.push(text);
        } else {
            taken.notes.push((purpose.unwrap_or_default(), text));
        }
        return;
    }
    let source = body.get("source");
    let source = source.and_then(|s| s.text().map(|t| t.into_owned()).or_else(|| id(s)));
    match source.or_else(|| id(body)) {
        Some(link) => taken.links.push(link),
        None => {
            let message = "the body has no value and names nothing";
            let remedy = "add \"value\" with its words, or \"id\" with an address";
            teller.tell(Code::MISSING, body.start(), message, remedy);
        }
    }
}

fn target(target: Value<'_>, start: usize, taken: &mut Taken, teller: &mut Teller<'_>) {
    let at = start + target.start();
    if let Some(name) = target.text() {
        return named(at, name.into_owned(), taken);
    }
    if target.sort() != Sort::Object {
        return teller.wrong_type(target, "a target", "an object or the address of one");
    }
    let source = target.get("source");
    let source = source.and_then(|s| s.text().map(|t| t.into_owned()).or_else(|| id(s)));
    let Some(selector) = target.get("selector") else {
        let name = id(target).or(source).unwrap_or_default();
        return named(at, name, taken);
    };
    let mut place = Place {
        at,
        source,
        words: one_line(selector.spelt()),
        ..Place::default()
    };
    for one in either(Some(selector)) {
        self::selector(one, &mut place, teller);
    }
    taken.places.push(place);
}

/// A target that is an address alone: a place where its fragment names characters of the text.
fn named(at: usize, name: String, taken: &mut Taken) {
    let Some((before, fragment)) = fragment::cut(&name) else {
        return taken.named.push((at, name));
    };
    taken.places.push(Place {
        at,
        ends: fragment::ends(fragment),
        is_fragment: true,
        source: Some(before.to_owned()),
        words: fragment::selector(fragment),
        name: Some(name),
        ..Place::default()
    });
}

/// Has targets that name an annotation mean it, though its id looks like a place.
pub(super) fn prefer_ids(all: &mut [Taken]) {
    let is_id = |taken: &&Taken| fragment::cut(&taken.id).is_some();
    let ids: HashSet<String> = all.iter().filter(is_id).map(|t| t.id.clone()).collect();
    if ids.is_empty() {
        return;
    }
    for taken in all {
        let places = std::mem::take(&mut taken.places);
        for mut place in places {
            match place
                .name
                .take_if(|name| ids.contains(name) && *name != taken.id)
            {
                Some(name) => taken.named.push((place.at, name)),
                None => taken.places.push(place),
            }
        }
    }
}

fn selector(selector: Value<'_>, place: &mut Place, teller: &mut Teller<'_>) {
    let words = |value: Value<'_>, key: &str| {
        let text = value.get(key).and_then(Value::text);
        text.map(|text| json::lines(text).into_owned())
    };
    // What refines another selector is in its words, but counts from its start.
    let refined = selector.get("refinedBy");
    for one in [Some(selector), refined].into_iter().flatten() {
        if is_of(one, &["TextQuoteSelector"]) && place.quote.is_none() {
            let Some(exact) = words(one, "exact") else {
                let message = "the selector quotes nothing: there is no “exact”";
                let remedy = "add \"exact\" with the words that are meant";
                teller.tell(Code::MISSING, one.start(), message, remedy);
                continue;
            };
            place.quote = Some(Quote {
                exact,
                prefix: words(one, "prefix").unwrap_or_default(),
                suffix: words(one, "suffix").unwrap_or_default(),
            });
        }
    }
    if is_of(selector, &["TextPositionSelector"]) && refined.is_none() {
        let (start, end) = (selector.get("start"), selector.get("end"));
        let ends = json::numbers(teller, selector.start(), start, end);
        place.ends = place.ends.or(ends.ok());
    }
    if is_of(selector, &["FragmentSelector"]) && refined.is_none() && place.ends.is_none() {
        let conforms = selector.get("conformsTo").and_then(Value::text);
        let is_meant = conforms.is_none_or(|to| fragment::is_meant(&to));
        let value = words(selector, "value").filter(|_| is_meant);
        let ends = value.and_then(|v| fragment::ends(v.strip_prefix('#').unwrap_or(&v)));
        place.is_fragment = ends.is_some();
        place.ends = ends;
    }
}

/// JSON on one line: line ends stand between values only.
fn one_line(json: &str) -> String {
    if !json.contains('\n') {
        return json.to_owned();
    }
    let lines: Vec<&str> = json.lines().map(str::trim).collect();
    lines.join(" ")
}
