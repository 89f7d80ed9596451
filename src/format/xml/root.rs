//! The root element of a file, from its start.

use super::Tag;

/// The first start tag behind the prolog (declaration, comments, document type); nothing where the start has none, or
/// has text before it.
pub(in crate::format) fn root(start: &str) -> Option<Tag<'_>> {
    let mut at = 0;
    loop {
        let rest = start.get(at..)?;
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        let inner = trimmed.strip_prefix('<')?;
        let length = if trimmed.starts_with("<?") {
            trimmed.find("?>")? + 2
        } else if trimmed.starts_with("<!--") {
            trimmed.find("-->")? + 3
        } else if trimmed.starts_with("<!") {
            document_type(trimmed)?
        } else {
            let end = inner.find('>')?;
            return Tag::new(inner.get(..end)?, at);
        };
        at += length;
    }
}

/// The length in bytes of a document type with its internal subset.
fn document_type(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0usize, None);
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'[') => depth += 1,
            (None, b']') => depth = depth.saturating_sub(1),
            (None, b'>') if depth == 0 => return Some(at + 1),
            (None, _) => {}
        }
    }
    None
}
