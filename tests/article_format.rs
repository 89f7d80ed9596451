//! The reference of the native format keeps its word: its example is read without a fault.

use kanbao::article::{Article, Target};
use kanbao::format::{File, Files, Format, read};

const PAGE: &str = include_str!("../docs/article-format.md");

fn example() -> Article {
    let (_, behind) = PAGE.split_once("```toml\n").unwrap();
    let (toml, _) = behind.split_once("```\n").unwrap();
    let files = Files {
        main: File::new("example.toml", toml.as_bytes()),
        annotations: None,
    };
    read(Format::Toml, files).unwrap()
}

#[test]
fn the_example_of_the_reference_is_read_as_it_says() {
    let article = example();
    assert_eq!(article.diagnostics, []);
    let meta = &article.meta;
    let about = [
        &meta.title,
        &meta.name,
        &meta.date,
        &meta.page,
        &meta.section,
        &meta.language,
        &meta.continues,
    ];
    let want = [
        "乌镇峰会开幕",
        "example",
        "2023-11-11",
        "02",
        "要闻",
        "zh-Hans",
        "opening-page-1",
    ];
    assert_eq!(about, want);
    let made = &article.annotations;
    let listed: Vec<(&str, Vec<String>)> = made
        .entities()
        .iter()
        .map(|entity| {
            let quoted = entity.mentions().iter().map(|id| {
                let spans = made.mention(*id).unwrap().spans().iter();
                let parts: Vec<&str> = spans.map(|s| article.text.slice(*s)).collect();
                parts.join("+")
            });
            (entity.name.as_str(), quoted.collect())
        })
        .collect();
    let want = [
        ("世界互联网大会乌镇峰会", "乌镇峰会 世界互联网大会乌镇峰会"),
        ("乌镇", "乌镇 乌镇 乌镇"),
        ("彭飞", "彭_飞"),
        ("世界互联网大会", "世界互联网大会 大会"),
        ("11月10日", "11月+10日"),
        ("弗朗西斯·高锐", "弗朗西斯·高锐 高锐"),
        ("IPv6", "IPv6"),
        ("前沿技术分论坛", "前沿技术+分论坛"),
    ];
    let listed: Vec<(&str, String)> = listed
        .into_iter()
        .map(|(name, quoted)| (name, quoted.join("|").replace(' ', "_").replace('|', " ")))
        .collect();
    let want: Vec<(&str, String)> = want.map(|(name, quoted)| (name, quoted.to_owned())).into();
    assert_eq!(listed, want);
    assert_eq!(made.events()[0].arguments.len(), 2);
    assert_eq!(made.relations().len(), 1);
    let on_mentions = made
        .notes()
        .iter()
        .filter(|n| matches!(n.target, Some(Target::Mention(_))));
    assert_eq!((made.notes().len(), on_mentions.count()), (4, 2));
}
