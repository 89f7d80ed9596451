//! What the environment says of the terminal: whether text is UTF-8, whether it can place its cursor at all.
//!
//! Source: POSIX, "Environment Variables", 8.2: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set and not empty.

/// The variable that decides and its value; nothing where none is set, which means the locale `C`.
pub(super) fn decides(var: impl Fn(&str) -> Option<String>) -> Option<(&'static str, String)> {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| Some((name, var(name).filter(|value| !value.is_empty())?)))
}

/// What to say where the locale is not UTF-8.
pub(super) fn complaint(var: impl Fn(&str) -> Option<String>) -> Option<String> {
    let said = match decides(var) {
        Some((_, value)) if is_utf8(&value) => return None,
        Some((name, value)) => format!("the locale is not UTF-8 ({name}={value})"),
        None => "no locale is set".to_owned(),
    };
    // What to do comes first: in a narrow window the end is cut off.
    Some(format!(
        "set LC_ALL=C.UTF-8 where characters look wrong: {said}"
    ))
}

/// Whether a value of `TERM` means that the terminal can only be printed to.
pub(super) fn is_dumb(term: &str) -> bool {
    matches!(term, "" | "dumb")
}

fn is_utf8(locale: &str) -> bool {
    let codeset = locale.split_once('.').map_or("", |(_, rest)| rest);
    let codeset = codeset.split('@').next().unwrap_or_default();
    // macOS has a locale that is named by its encoding alone.
    ["utf-8", "utf8"]
        .iter()
        .any(|name| codeset.eq_ignore_ascii_case(name) || locale.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        for (all, ctype, lang, complains) in [
            (None, None, Some("zh_CN.UTF-8"), false),
            (None, None, Some("zh_CN.utf8@pinyin"), false),
            (None, Some("UTF-8"), None, false),
            (Some("C"), None, Some("zh_CN.UTF-8"), true),
            (Some(""), None, Some("C.UTF-8"), false),
            (None, None, Some("zh_CN.GB18030"), true),
            (None, None, Some("POSIX"), true),
            (None, None, None, true),
        ] {
            let said = complaint(|name| {
                let value = match name {
                    "LC_ALL" => all,
                    "LC_CTYPE" => ctype,
                    _ => lang,
                };
                value.map(str::to_owned)
            });
            assert_eq!(said.is_some(), complains, "{all:?} {ctype:?} {lang:?}");
            assert!(said.is_none_or(|said| said.contains("LC_ALL=C.UTF-8")));
        }
    }
}
