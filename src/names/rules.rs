//! What is known of names in general: titles, compound surnames, references to knowledge bases.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold;

/// Titles and forms of address. They stand for a person only where they are said.
const TITLES: [&str; 44] = [
    "总书记",
    "书记",
    "主席",
    "副主席",
    "总理",
    "副总理",
    "委员长",
    "部长",
    "副部长",
    "局长",
    "司长",
    "处长",
    "省长",
    "市长",
    "县长",
    "区长",
    "镇长",
    "村长",
    "主任",
    "副主任",
    "秘书长",
    "理事长",
    "董事长",
    "总经理",
    "经理",
    "校长",
    "院长",
    "所长",
    "会长",
    "教授",
    "院士",
    "博士",
    "老师",
    "工程师",
    "记者",
    "编辑",
    "作者",
    "先生",
    "女士",
    "小姐",
    "同志",
    "总统",
    "首相",
    "将军",
];

/// Surnames of two characters.
const COMPOUND: [&str; 24] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "长孙",
    "宇文", "司徒", "端木", "南宫", "独孤", "轩辕", "百里", "呼延", "申屠", "濮阳", "澹台", "淳于",
];

/// Whether a folded name is but a title or a form of address: 总书记, 记者, 先生.
pub(super) fn is_title(folded: &str) -> bool {
    static FOLDED: LazyLock<HashSet<String>> = LazyLock::new(|| TITLES.map(fold).into());
    FOLDED.contains(folded)
}

/// How many characters of a Chinese name are its surname.
pub(super) fn surname_len(folded: &str) -> usize {
    static FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| COMPOUND.map(fold).into());
    if FOLDED.iter().any(|surname| folded.starts_with(surname)) {
        2
    } else {
        1
    }
}

/// A reference in one form: without scheme, `www.`, a slash at the end, host in lower case; items of Wikidata by their
/// number, however they are written.
pub(super) fn reference(link: &str) -> String {
    let link = link.trim();
    let bare = link.split_once("://").map_or(link, |(_, rest)| rest);
    let bare = bare.trim_end_matches('/');
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let (base, rest) = match bare.find(['/', ':']) {
        Some(at) => bare.split_at(at),
        None => (bare, ""),
    };
    let base = base.to_lowercase();
    if base.starts_with("wikidata") {
        let item = rest.rsplit(['/', ':']).next().unwrap_or("");
        let digits = item.strip_prefix(['Q', 'q']).unwrap_or("");
        if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
            return format!("wikidata:Q{digits}");
        }
    }
    format!("{base}{rest}")
}

/// The knowledge base of a reference in one form.
pub(super) fn base(reference: &str) -> &str {
    reference.split(['/', ':']).next().unwrap_or(reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_has_one_form() {
        for link in [
            "https://www.wikidata.org/wiki/Q956",
            "http://www.wikidata.org/entity/Q956",
            "wikidata:Q956",
            "Wikidata:q956",
        ] {
            assert_eq!(reference(link), "wikidata:Q956", "{link}");
        }
        assert_eq!(reference("https://Baike.example/甲/"), "baike.example/甲");
        assert_eq!(base("baike.example/甲"), "baike.example");
        assert_eq!(base("wikidata:Q956"), "wikidata");
    }
}
