//! Files that are not well-formed, white space, and what nests.

use super::*;
use crate::article::Role;
use crate::format::report::Report;

/// What comes out of a file: `<a` opens, `>` closes, text as it is; and the places of its faults.
fn walked(text: &str) -> (String, Vec<String>) {
    let mut faults = Faults::of_file(text, Report::new("a.xml"));
    let mut walk = Walk::new(text, Rules::XML);
    let mut out = String::new();
    while let Some(piece) = walk.next(&mut faults) {
        match piece {
            Piece::Open(tag) => {
                out.push('<');
                out.push_str(tag.name);
                for (name, value) in tag.attributes(&mut faults) {
                    out.push_str(&format!(" {name}={value}"));
                }
                out.push('|');
            }
            Piece::Close(_) => out.push('>'),
            Piece::Text(text, _) => out.push_str(&text),
            Piece::Character(c) => out.push(c),
        }
    }
    let found = faults.finish();
    let said = |d: &crate::article::Diagnostic| format!("{}:{} {}", d.line, d.column, d.code);
    (out, found.iter().map(said).collect())
}

#[test]
fn files_that_are_not_well_formed_are_mended() {
    for (text, want, faults) in [
        (
            "<a><t:b x='1' y=\"&lt;\"/>字</a>",
            "<a|<b x=1 y=<|>字>",
            &[][..],
        ),
        ("<!-- < --><a><![CDATA[<b>]]></a>", "<a|<b>>", &[]),
        ("<a><b>字</a>文", "<a|<b|字>>文", &["1:8 syntax"]),
        ("<a>字</b></a>", "<a|字>", &["1:5 syntax"]),
        ("<a>\n<b>字", "<a|\n<b|字>>", &["1:1 syntax", "2:1 syntax"]),
        ("<a>1 < 2 <b>3</b></a>", "<a|1 < 2 <b|3>>", &["1:6 syntax"]),
        ("<a>1<2>3</a>", "<a|1<2>3>", &["1:5 syntax"]),
        (
            "<a x=\"1>字</a>",
            "<a x=1|字>",
            &["1:1 syntax", "1:4 syntax"],
        ),
        (
            "<a x=1 y>字</a>",
            "<a x=1 y=|字>",
            &["1:4 syntax", "1:8 syntax"],
        ),
        ("<a>字<b", "<a|字<b>", &["1:1 syntax", "1:5 syntax"]),
        ("<a>字<!-- 文</a>", "<a|字<!-- 文>", &["1:5 syntax"]),
        (
            "<a>&#x5B57;&#0;&amp;</a>",
            "<a|字\u{FFFD}&>",
            &["1:12 syntax"],
        ),
        (
            "<a>A & B &x; &C</a>",
            "<a|A & B &x; &C>",
            &["1:6 syntax", "1:10 unresolved-entity", "1:14 syntax"],
        ),
        ("<a x='&x;'/>", "<a x=&x;|>", &["1:4 unresolved-entity"]),
        ("", "", &[]),
        ("<", "<", &["1:1 syntax"]),
        ("<!x>", "<!x>", &["1:1 syntax"]),
    ] {
        assert_eq!(
            walked(text),
            (
                want.to_owned(),
                faults.iter().map(|f| (*f).to_owned()).collect()
            ),
            "{text}"
        );
    }
}

#[test]
fn entities_cost_nothing_and_bring_nothing() {
    let laughs = "<!DOCTYPE a [\n<!ENTITY b \"ha\">\n<!ENTITY c \"&b;&b;&b;\">\n<!ENTITY d SYSTEM \"file:///etc/hosts\">\n]>\n<a>&c;&d;</a>";
    let (out, faults) = walked(laughs);
    assert_eq!(out.trim(), "<a|&c;&d;>");
    assert_eq!(
        faults,
        [
            "2:1 unresolved-entity",
            "6:4 unresolved-entity",
            "6:7 unresolved-entity"
        ]
    );
}

#[test]
fn hostile_files_are_read_in_one_go() {
    for unit in [
        "<a>",
        "</a>",
        "<",
        "<a ",
        "<a \"",
        "<!--",
        "<![CDATA[",
        "<!DOCTYPE",
        "<?",
        "<!-x",
        "&",
        "&a",
        "<a '\"",
        "</",
    ] {
        for end in ["", ">", "\"", "-->", ";"] {
            let text = unit.repeat(15_000) + end;
            let (out, _) = walked(&text);
            assert!(out.len() <= 2 * text.len() + 8, "{unit}");
        }
    }
}

#[test]
fn white_space_is_laid_out_as_the_manner_has_it() {
    for (manner, pieces, want) in [
        (
            Manner::Flowing,
            &["\n  甲 乙\n  ", "丙\n", "b\n c "][..],
            "甲 乙丙b c",
        ),
        (Manner::Flowing, &["A ", " b"], "A  b"),
        (
            Manner::Apart,
            &["\n  甲 乙 ", " 丙\n", "6 ", "7"],
            "甲 乙丙6 7",
        ),
        (Manner::Kept, &[" 甲\n ", " "], " 甲\n  "),
    ] {
        let mut weave = Weave::new(manner);
        for piece in pieces {
            weave.push(piece, true);
            weave.tag();
        }
        let (text, added) = weave.finish().unwrap();
        assert_eq!((text.whole(), added), (want, 0));
    }
}

#[test]
fn marks_hold_no_white_space_at_their_ends() {
    let mut weave = Weave::new(Manner::Flowing);
    weave.line(Role::Headline);
    weave.push("题", false);
    weave.line(Role::Paragraph);
    weave.push("  文", true);
    let (outer, inner) = (weave.open(), weave.open());
    weave.push(" Li \n", true);
    assert_eq!(weave.close(inner), Some((8, 10)));
    let none = weave.open();
    assert_eq!(weave.close(none), None);
    weave.push_character(' ');
    assert_eq!(weave.close(outer), Some((8, 12)));
    let (text, added) = weave.finish().unwrap();
    assert_eq!((text.whole(), added), ("题\n文 Li  ", 1));
    let roles: Vec<Role> = text.blocks().iter().map(|b| b.role).collect();
    assert_eq!(roles, [Role::Headline, Role::Paragraph]);
}

#[test]
fn what_crosses_is_no_element() {
    let spans = [(0, 9), (0, 3), (2, 5), (3, 6), (3, 6), (9, 12)];
    let kept = nest(&spans);
    assert_eq!(kept, [true, true, false, true, true, true]);
    let fit = spans.into_iter().enumerate().filter(|(n, _)| kept[*n]);
    use Step::{Close, Open, Text as T};
    assert_eq!(
        steps(0, 13, fit),
        [
            Open(0),
            Open(1),
            T(0, 3),
            Close(1),
            Open(3),
            Open(4),
            T(3, 6),
            Close(4),
            Close(3),
            T(6, 9),
            Close(0),
            Open(5),
            T(9, 12),
            Close(5),
            T(12, 13)
        ]
    );
}
