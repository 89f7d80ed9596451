//! What is known of one of them: pages, drawings; and indexes put together.

use super::*;

#[test]
fn a_page_has_all_that_is_known() {
    let index = index(&[0, 1, 2]);
    let page = page(&index, &[], "陈望");
    assert_eq!(
        page.group.first.map(|d| d.to_string()).as_deref(),
        Some("2024-01-05")
    );
    assert_eq!(
        page.group.last.map(|d| d.to_string()).as_deref(),
        Some("2024-01-09")
    );
    assert_eq!(page.group.undated, 1);
    let articles: Vec<(&str, u64)> = page.articles.iter().map(|a| (&*a.name, a.count)).collect();
    assert_eq!(articles, [("two", 1), ("one", 2), ("three", 1)]);
    let forms: Vec<(&str, u64)> = page.forms.iter().map(|(f, n)| (&**f, *n)).collect();
    assert_eq!(forms, [("陈望", 2), ("陈 望", 1), ("阿望", 1)]);
    assert_eq!(page.aliases, ["阿望"]);
    let [tie] = &*page.ties else {
        panic!("{:?}", page.ties)
    };
    assert_eq!(
        (&*tie.label, tie.leads, &*tie.others[0].name),
        ("member", true, "云陵灯具研究院")
    );

    let with = page
        .companions
        .iter()
        .find(|c| c.key.name == "苏格·林一舟")
        .unwrap();
    assert_eq!(
        (
            with.paragraphs.both,
            with.paragraphs.first,
            with.paragraphs.second
        ),
        (2, 4, 2)
    );
    assert_eq!((with.articles.both, with.articles.all), (2, 3));
    // Three headlines and seven paragraphs.
    assert_eq!(with.paragraphs.all, 10);
    let first = ranked(&page.companions, Within::Paragraph, Measure::LogLikelihood)[0].0;
    assert_eq!(first.key.name, "苏格·林一舟");
}

#[test]
fn a_name_is_called_the_same_on_every_page() {
    // The article in which two first meet writes one of them in its own way.
    let of = |headline: &str, name: &str, more: &str| {
        format!(
            "headline = \"{headline}\"\nbody = \"\"\"\n陈望请{name}和{name}來看灯。\n\"\"\"\n[[entity]]\nname = \"陈望\"\nkind = \"person\"\n\
             [[entity]]\nname = \"{name}\"\nkind = \"person\"\n{more}"
        )
    };
    let relation = "[[relation]]\nlabel = \"asks\"\nfrom = \"陈望\"\nto = \"顾听澜\"\n";
    let mut index = Index::default();
    index.add(&digest(0, &of("一", "顧聽瀾", "")));
    index.add(&digest(1, &of("二", "顾听澜", relation)));
    index.add(&digest(2, &of("三", "顾听澜", "")));
    assert_eq!(
        listed(&index, &[], Kind::Person),
        ["陈望 3/3", "顾听澜 6/3"]
    );
    let page = page(&index, &[], "陈望");
    let companions: Vec<&str> = page.companions.iter().map(|one| &*one.key.name).collect();
    assert_eq!(companions, ["顾听澜"]);
    assert_eq!(page.ties[0].others[0].name, "顾听澜");
    // So a neighbour stands in the drawing once.
    let graph = Graph::of(&page);
    assert_eq!(graph.right.len() + graph.left.len(), 1, "{graph:?}");
}

#[test]
fn a_group_has_the_name_of_most_articles_however_often_one_has_another() {
    let named = |name: &str| {
        let entity = format!("[[entity]]\nname = \"{name}\"\nkind = \"person\"\n");
        format!("headline = \"灯\"\nbody = \"\"\"\n{name}来了，{name}看灯。\n\"\"\"\n{entity}")
    };
    let mut index = Index::default();
    // Whoever marked the first article took them for three people.
    let mut first = digest(0, &named("澜山人"));
    let again = first.names.clone();
    first
        .names
        .extend(again.iter().cloned().chain(again.clone()));
    index.add(&first);
    index.add(&digest(1, &named("顾听澜")));
    index.add(&digest(2, &named("顾听澜")));
    let one = rules("[[same]]\nnames = [\"澜山人\", \"顾听澜\"]\n");
    assert_eq!(listed(&index, &one, Kind::Person), ["顾听澜 10/3"]);
}

#[test]
fn groups_count_the_articles_that_they_are_of() {
    let mut index = index(&[0, 1]);
    let groups = Groups::new(&index, &[]);
    let page = |index: &Index| {
        let key = page(index, &[], "陈望").key;
        let id = groups.find(index, &key).unwrap();
        Page::new(index, &groups, &[], id).unwrap()
    };
    let before = page(&index);
    assert_eq!(before.of_articles, 2);
    // What the index takes in later is not mixed with what was grouped.
    index.add(&digest(2, THREE));
    assert_eq!(page(&index), before);
}

#[test]
fn indexes_join_as_if_they_were_one() {
    let mut joined = index(&[0, 1]);
    joined.join(&index(&[2, 3]));
    let whole = index(&[0, 1, 2, 3]);
    let all = |index: &Index| Groups::new(index, &[]).all().to_vec();
    assert_eq!(all(&joined), all(&whole));
    assert_eq!(page(&joined, &[], "陈望"), page(&whole, &[], "陈望"));
}

#[test]
fn drawings_keep_to_their_width_at_every_profile() {
    let index = index(&[0, 1, 2, 3]);
    for name in ["陈望", "林一舟", "云陵灯具研究院", "LRB"] {
        let graph = Graph::of(&page(&index, &[], name));
        for ambiguous in [Ambiguous::One, Ambiguous::Two] {
            let profile = Profile::new(ambiguous);
            for cells in 0..120 {
                for line in graph.draw(cells, &profile).lines {
                    assert!(str_width(&line, &profile) <= cells, "{cells}: {line}");
                }
            }
        }
    }
    let neighbours = |all: &[(&str, &str)]| {
        let one = |(label, name): &(&str, &str)| Neighbour {
            label: (*label).to_owned(),
            name: (*name).to_owned(),
            key: None,
        };
        all.iter().map(one).collect::<Vec<_>>()
    };
    let graph = Graph {
        name: "云陵灯具研究院".to_owned(),
        left: neighbours(&[
            ("member", "陈望"),
            ("member", "苏格·林一舟"),
            ("所属", "Lamp Board"),
        ]),
        right: neighbours(&[
            ("located", "云陵市"),
            ("展出", "第二届灯市"),
            ("4x", "灯"),
            ("2x", "城东"),
        ]),
    };
    for width in [70, 40] {
        let lines = |ambiguous| graph.draw(width, &Profile::new(ambiguous)).lines;
        let [narrow, wide] = [Ambiguous::One, Ambiguous::Two].map(lines);
        insta::assert_snapshot!(narrow.join("\n"));
        insta::assert_snapshot!(wide.join("\n"));
    }
}
