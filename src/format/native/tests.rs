//! Native files as a whole: what is read, and what is said of what is wrong.

use super::read;
use crate::article::{Article, EntityId, MentionId, Role, Severity, Target};
use crate::format::{File, ReadError, ReadOptions};

fn try_article(file: &str) -> Result<Article, ReadError> {
    read(
        &File::new("here/a.toml", file.as_bytes()),
        &ReadOptions::default(),
    )
}

fn article(file: &str) -> Article {
    try_article(file).unwrap()
}

/// Place, severity and message of every fault.
fn faults(file: &str) -> Vec<(u32, u32, Severity, String)> {
    let found = article(file).diagnostics.into_iter();
    found
        .map(|d| {
            let said = format!("{}; {}", d.message, d.remedy);
            (d.line, d.column, d.severity, said)
        })
        .collect()
}

/// Label, entity and fragments of every mention.
fn mentions(article: &Article) -> Vec<String> {
    let made = &article.annotations;
    let show = |m: &crate::article::Mention| {
        let parts: Vec<_> = m.spans().iter().map(|s| article.text.slice(*s)).collect();
        let entity = m.entity.and_then(|e| made.entity(e));
        let entity = entity.map_or("-", |e| &e.name);
        format!("{} {entity} {}", made.label_name(m.label), parts.join("+"))
    };
    made.mentions().iter().map(show).collect()
}

#[test]
fn parts_stand_in_the_order_of_the_page() {
    use Role::*;
    let file = "credits = [\"（示例报道）\"]\nheadline = \"题\"\nlanguage = \"zh-Hant\"\nbyline = [\"彭 飞\"]\nbody = \"\"\"\n## 一节\n\n一段。\n> 引文。\n（下转第二版）\n\"\"\"\n[[entity]]\nname = \"彭飞\"\n";
    let article = article(file);
    let got: Vec<_> = article
        .text
        .blocks()
        .iter()
        .map(|b| (b.role, article.text.slice(b.span)))
        .collect();
    assert_eq!(
        got,
        [
            (Headline, "题"),
            (Byline, "彭 飞"),
            (SectionHead, "一节"),
            (Paragraph, "一段。"),
            (Quote, "引文。"),
            (JumpLine, "（下转第二版）"),
            (Credit, "（示例报道）"),
        ]
    );
    let meta = &article.meta;
    assert_eq!(
        (meta.title.as_str(), meta.language.as_str()),
        ("题", "zh-Hant")
    );
    assert_eq!(mentions(&article), ["other 彭飞 彭 飞"]);
}

#[test]
fn what_is_known_of_the_article_is_kept() {
    let meta = article("body = '''\n一。\n'''\ndate = 2023-11-11\nsource = '报'\npage = 2\nsection = '要闻'\ncontinues = 'b'").meta;
    assert_eq!((meta.title.as_str(), meta.name.as_str()), ("a.toml", "a"));
    assert_eq!(
        [
            &meta.date,
            &meta.source,
            &meta.page,
            &meta.section,
            &meta.continues
        ],
        ["2023-11-11", "报", "2", "要闻", "b"]
    );
}

const PAGE: &str = r#"body = """
高锐和任贤良出席世界互联网大会乌镇峰会。
网络传播、数字法治分论坛。大会办了十年，乌镇峰会的高峰会不会。
"""
"#;

const TABLES: &str = r#"
[[entity]]
name = "世界互联网大会乌镇峰会"
kind = "event"
aliases = ["乌镇峰会", "峰会"]
link = "https://example.org/"
note = "会"
attributes = { year = 2023, tenth = true }
[[entity]]
name = "乌镇"
kind = "place"
[[entity]]
name = "网络传播分论坛"
kind = "event"
[[entity]]
name = "弗朗西斯·高锐"
kind = "PER"
aliases = ["高锐"]
[[exclude]]
text = "峰会"
occurrence = 3
[[mention]]
text = ["网络传播", "分论坛"]
entity = "网络传播分论坛"
note = "分"
attributes = { parted = "yes" }
[[mention]]
text = "高锐和任贤良"
entity = "高锐"
label = "group"
[[mention]]
text = "大会"
occurrence = 2
label = "organisation"
[[relation]]
label = "near"
from = "高锐"
to = "乌镇"
[[event]]
label = "attend"
trigger = "出席"
args = [{ role = "agent", entity = "弗朗西斯·高锐" }, { role = "what", entity = "峰会" }]
[[note]]
mention = "大会"
occurrence = 2
text = "此处指组织"
"#;

#[test]
fn mentions_come_from_names_and_by_hand() {
    let article = article(&format!("{PAGE}{TABLES}"));
    assert_eq!(article.diagnostics, []);
    assert_eq!(
        mentions(&article),
        [
            "group 弗朗西斯·高锐 高锐和任贤良",
            "attend - 出席",
            "event 世界互联网大会乌镇峰会 世界互联网大会乌镇峰会",
            "place 乌镇 乌镇",
            "event 网络传播分论坛 网络传播+分论坛",
            "organisation - 大会",
            "event 世界互联网大会乌镇峰会 乌镇峰会",
            "place 乌镇 乌镇",
        ]
    );
    let made = &article.annotations;
    let summit = Target::Entity(EntityId(1));
    let attributes: Vec<_> = made
        .attributes_on(summit)
        .map(|a| (a.name.as_str(), a.value.as_deref()))
        .collect();
    assert_eq!(attributes, [("year", Some("2023")), ("tenth", None)]);
    let link = made.links_on(summit).next().unwrap();
    assert_eq!(link.reference, "https://example.org/");
    let note = |n| {
        &made
            .notes_on(Target::Mention(MentionId(n)))
            .next()
            .unwrap()
            .text
    };
    assert_eq!((note(5).as_str(), note(4).as_str()), ("此处指组织", "分"));
    assert_eq!(made.relations_of(Target::Entity(EntityId(0))).count(), 1);
    assert_eq!(made.events_of(Target::Entity(EntityId(1))).count(), 1);
    assert_eq!(made.events()[0].trigger, Some(MentionId(1)));
}

#[test]
fn every_fault_has_its_place_and_a_remedy() {
    use Severity::{Error, Warning};
    // The page has five lines; what is wrong begins on the sixth.
    let entity = "[[entity]]\nname = \"乌镇\"\n";
    let twice = "[[entity]]\nname = \"高锐\"\n[[entity]]\nname = \"高锐\"";
    let ninth = "[[mention]]\ntext = \"大会\"\noccurrence = 9\nlabel = 'x'";
    let list = "[[mention]]\ntext = [\"大会\", \"高锐\"]\nlabel = 'x'";
    let zeroth = "[[mention]]\ntext = \"大会\"\nlabel = 'x'\noccurrence = 0";
    let event =
        "[[event]]\nlabel = 'x'\ntrigger = \"出席\"\nargs = [{ role = 'a', entty = \"乌镇\" }]";
    for (tables, line, column, severity, said) in [
        (
            "colour = 3",
            5,
            1,
            Warning,
            "there is no key `colour`; delete it",
        ),
        ("sorce = '报'", 5, 1, Warning, "did you mean `source`?"),
        (
            "page = [2]",
            5,
            8,
            Error,
            "`page` should be a string in quotes, and is an array",
        ),
        (
            "relation = { }",
            5,
            12,
            Error,
            "`relation` should be [[relation]], and is a table",
        ),
        (
            "[[entity]]\nname = '高锐'\npage = '2'",
            7,
            1,
            Warning,
            "move it above the first [[…]]",
        ),
        (
            "[[entity]]\nkind = 'x'",
            5,
            1,
            Error,
            "`name` of [[entity]] is missing",
        ),
        (
            "[[entity]]\nname = ' '",
            6,
            8,
            Error,
            "`name` of [[entity]] is empty",
        ),
        (
            "[[entity]]\nname = '高锐'\naliases = ['']",
            7,
            12,
            Error,
            "an alias is empty",
        ),
        (
            "[[entity]]\nname = '高锐'\naliases = ['高', 3]",
            7,
            17,
            Error,
            "should be a string in quotes, and is 3",
        ),
        (twice, 8, 8, Error, "another entity named “高锐”"),
        (
            "[[entity]]\nname = '北京'",
            6,
            8,
            Warning,
            "“北京” is found nowhere",
        ),
        (
            ninth,
            6,
            8,
            Error,
            "“大会” occurs 2 times, so there is no occurrence 9; give an occurrence from 1 to 2",
        ),
        (
            "[[mention]]\ntext = '北京'\nlabel = 'x'",
            6,
            8,
            Error,
            "“北京” does not occur",
        ),
        (list, 6, 8, Error, "“高锐” does not occur behind"),
        (
            "[[mention]]\ntext = '大会'",
            6,
            8,
            Error,
            "neither entity nor label",
        ),
        (
            "[[mention]]\ntext = '大会'\nentity = '乌真'",
            7,
            10,
            Error,
            "no entity named “乌真”; did you mean “乌镇”?",
        ),
        (
            zeroth,
            8,
            14,
            Error,
            "`occurrence` of [[mention]] should be a whole number from 1, and is 0",
        ),
        (
            "[[exclude]]\ntext = '大会'",
            6,
            8,
            Warning,
            "no mention by name",
        ),
        (
            "[[exclude]]\ntext = '乌镇'\nentity = '北京'",
            7,
            10,
            Error,
            "no entity named “北京”",
        ),
        (
            "[[relation]]\nlabel = 'x'\nfrom = '乌镇'",
            5,
            1,
            Error,
            "`to` of [[relation]] is missing",
        ),
        (event, 8, 23, Warning, "did you mean `entity`?"),
        (
            "[[note]]\ntext = 'x'",
            5,
            1,
            Error,
            "neither entity nor mention",
        ),
        (
            "[[note]]\ntext = 'x'\nmention = '大会'",
            7,
            11,
            Error,
            "is no mention",
        ),
        ("source = '报' 报", 5, 14, Error, "not TOML"),
    ] {
        let file = format!("{PAGE}{tables}\n{entity}");
        let found = faults(&file);
        let hit = found.iter().find(|f| f.3.contains(said));
        let hit = hit.unwrap_or_else(|| panic!("{tables}: {found:?}"));
        let place = (hit.0, hit.1, hit.2);
        assert_eq!(place, (line, column, severity), "{tables}: {found:?}");
        let rest = mentions(&article(&file));
        assert!(rest.contains(&"other 乌镇 乌镇".to_owned()), "{tables}");
    }
}

#[test]
fn a_file_without_text_is_no_article() {
    for (file, line, column, said) in [
        ("date = 2023-11-11", 0, 0, "neither headline nor body"),
        ("body = 3\n", 1, 8, "`body` should be a string in quotes"),
        ("这不是 TOML", 1, 5, "not TOML"),
        ("", 0, 0, "headline"),
    ] {
        let error = try_article(file).unwrap_err();
        let shown = error.to_string();
        assert_eq!((error.line, error.column), (line, column), "{shown}");
        assert!(shown.contains(said), "{shown}");
        assert!(shown.starts_with("here/a.toml") && !shown.contains('\n'));
    }
}

#[test]
fn bad_bytes_are_said() {
    let article = read(
        &File::new("a.toml", b"headline = \"a\xFFb\""),
        &ReadOptions::default(),
    )
    .unwrap();
    assert_eq!(article.text.whole(), "a\u{FFFD}b");
    let said = &article.diagnostics[0];
    assert_eq!((said.line, said.column), (1, 14));
}

#[test]
fn more_tables_than_the_parser_has_room_for_are_refused_and_a_long_text_is_not() {
    let error = try_article(&"a\n".repeat(9 << 20)).unwrap_err();
    assert!(error.message.contains("16 MiB"), "{}", error.message);
    let text = "甲乙丙丁，戊己庚辛。\n".repeat(600_000);
    let long = article(&format!("body = \"\"\"\n{text}\"\"\"\n"));
    assert_eq!(long.text.whole().len(), text.trim_end().len());
    let line = text.replace('\n', "\\n");
    let long = article(&format!("# it's\ntext = \"{line}\"\n"));
    assert_eq!(long.text.whole(), text);
    let error = try_article(&"a = \"b\"\n".repeat(3 << 20)).unwrap_err();
    assert!(error.message.contains("16 MiB"), "{}", error.message);
}

#[test]
fn escapes_that_stand_for_nul_are_told() {
    let told = |file: &str| -> Vec<(u32, u32, &'static str)> {
        let found = article(file).diagnostics.into_iter();
        found.map(|d| (d.line, d.column, d.code)).collect()
    };
    for file in [
        "headline = \"题\"\nbody = \"北\\u0000京\"\n",
        "headline = '\\u0000'\nbody = \"北\\U00000000京\\u0000\"\n",
    ] {
        let found = told(file);
        assert_eq!(found, [(2, 10, "nul")], "{file}");
    }
    for file in [
        "headline = '\\u0000'\n",
        "headline = \"\\\\u0000\" # \\u0000\n",
    ] {
        assert_eq!(told(file), [], "{file}");
    }
}
