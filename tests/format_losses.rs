//! What is known of an article beside its text and mentions comes back from every format, or its loss is told.

use kanbao::article::{Argument, Article};
use kanbao::format::{Format, WriteOptions, write};

use crate::format_round_trips::{file_of, read, relations};

/// An article of which `told` tells beside its text and three mentions, T1, T2 and T3.
fn known(head: &str, told: &str) -> Article {
    let mention = |id: &str, start: usize, end: usize, text: &str| {
        format!(
            "[[exact.mention]]\nid = \"{id}\"\nlabel = \"PER\"\nspan = [{start}, {end}]\ntext = \"{text}\"\n"
        )
    };
    let mentions = [
        mention("T1", 3, 5, "王伟"),
        mention("T2", 6, 8, "北京"),
        mention("T3", 10, 12, "李娜"),
    ];
    let text = format!(
        "title = \"标题\"\n{head}\ntext = \"\"\"\n标题\n王伟在北京。\n李娜走了。\"\"\"\n[exact]\nlayers = [\"a\"]\n{}{told}",
        mentions.concat()
    );
    let read = read(Format::Toml, text.as_bytes(), None);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    read
}

/// What is known beside text and mentions, each thing a line. Roles that say no more than which is first are none.
fn knowledge(article: &Article) -> Vec<String> {
    let (meta, made) = (&article.meta, &article.annotations);
    let fields = [
        &meta.date,
        &meta.source,
        &meta.page,
        &meta.section,
        &meta.language,
    ];
    let mut all: Vec<String> = fields.iter().map(|f| format!("meta {f}")).collect();
    let roles = |arguments: &[Argument]| -> Vec<String> {
        let own = arguments.iter().map(|a| a.role.to_string());
        own.filter(|role| matches!(role.as_str(), "who" | "where"))
            .collect()
    };
    for relation in made.relations() {
        let (label, count) = (&relation.label, relation.arguments.len());
        all.push(format!(
            "relation {label} {count} {:?}",
            roles(&relation.arguments)
        ));
    }
    for event in made.events() {
        all.push(format!(
            "event {} {:?}",
            event.label,
            roles(&event.arguments)
        ));
    }
    for note in made.notes() {
        all.push(format!(
            "note {:?} {}",
            note.target.as_ref().map(std::mem::discriminant),
            note.text
        ));
    }
    all.extend(
        made.links()
            .iter()
            .map(|link| format!("link {}", link.reference)),
    );
    all.extend(
        made.attributes()
            .iter()
            .map(|a| format!("attribute {} {:?}", a.name, a.value)),
    );
    all.sort();
    all
}

#[test]
fn what_is_known_of_an_article_comes_back_or_is_told() {
    let relation = |ends: &[(&str, &str)]| {
        let args = ends
            .iter()
            .map(|(role, id)| format!("{{ role = \"{role}\", is = \"mention:{id}\" }}"));
        let args: Vec<String> = args.collect();
        format!(
            "[[exact.relation]]\nid = \"R1\"\nlabel = \"in\"\nargs = [{}]\n",
            args.join(", ")
        )
    };
    let usual = relation(&[("Arg1", "T1"), ("Arg2", "T2")]);
    for (head, told) in [
        ("date = \"1996-02-14\"", String::new()),
        ("source = \"人民 日报\"", String::new()),
        ("page = \"03\"", String::new()),
        ("section = \"要闻\"", String::new()),
        ("language = \"zh\"", String::new()),
        ("date = \"1996-02-14\"\npage = \"2\"\nlanguage = \"zh\"", String::new()),
        ("", usual.clone()),
        ("", relation(&[("who", "T1"), ("where", "T2")])),
        ("", relation(&[("who", "T1"), ("where", "T2"), ("who", "T3")])),
        (
            "",
            "[[exact.event]]\nid = \"E1\"\nlabel = \"Go\"\ntrigger = \"mention:T3\"\nargs = [{ role = \"who\", is = \"mention:T2\" }]\n"
                .to_owned(),
        ),
        (
            "",
            "[[exact.attribute]]\nid = \"A1\"\non = \"mention:T1\"\nname = \"sure\"\nvalue = \"yes\"\n".to_owned(),
        ),
        ("", "[[exact.note]]\nid = \"#1\"\non = \"mention:T1\"\ntext = \"远\"\n".to_owned()),
        ("", "[[exact.note]]\nid = \"#1\"\ntext = \"远\"\n".to_owned()),
        (
            "",
            format!("{}[[exact.note]]\nid = \"#1\"\non = \"relation:R1\"\ntext = \"远\"\n", usual),
        ),
        ("", "[[exact.link]]\nid = \"N1\"\non = \"mention:T1\"\nreference = \"wd:Q1\"\n".to_owned()),
    ] {
        let article = known(head, &told);
        for format in Format::ALL.iter().copied() {
            let (_, losses) = write(format, &article, &WriteOptions::default());
            let (main, beside) = file_of(format, &article);
            if losses.is_empty() {
                let back = read(format, &main, beside.as_deref());
                let shown = String::from_utf8_lossy(&main);
                assert_eq!(knowledge(&back), knowledge(&article), "{format} {shown}");
            }
        }
    }
}

/// A file of Label Studio with two regions, a (雁溪大学) before b (雁溪), and what stands in `told` behind them.
fn studio(told: &str) -> Article {
    let region = |id: &str, start: usize, end: usize, words: &str| {
        format!(
            "{{\"value\": {{\"start\": {start}, \"end\": {end}, \"text\": \"{words}\", \"labels\": [\"ORG\"]}}, \"id\": \"{id}\", \
             \"from_name\": \"label\", \"to_name\": \"text\", \"type\": \"labels\"}}"
        )
    };
    let text = format!(
        "[{{\"data\": {{\"text\": \"雁溪大学在雁溪。\"}}, \"annotations\": [{{\"result\": [{}, {}{told}]}}]}}]",
        region("a", 0, 4, "雁溪大学"),
        region("b", 5, 7, "雁溪")
    );
    read(Format::LabelStudio, text.as_bytes(), None)
}

/// A relation of `studio` from a to b.
fn tied(direction: &str) -> String {
    format!(
        ", {{\"from_id\": \"a\", \"to_id\": \"b\", \"type\": \"relation\", \"direction\": \"{direction}\", \"labels\": [\"has\"]}}"
    )
}

/// What a format makes of an article, without the file beside it.
fn written(format: Format, article: &Article) -> String {
    let (main, beside) = file_of(format, article);
    let annotations = match format {
        Format::Brat => beside.unwrap_or_default(),
        _ => main,
    };
    String::from_utf8(annotations).unwrap()
}

#[test]
fn a_relation_goes_from_what_its_roles_say_in_every_format() {
    let turned = studio(&tied("left"));
    for (format, shown) in [
        (Format::Doccano, "\"from_id\": 1, \"to_id\": 0"),
        (
            Format::Spacy,
            "\"head_span\": {\"start\": 5, \"end\": 7, \"label\": \"ORG\"}",
        ),
        (Format::Tei, "active=\"#b\" passive=\"#a\""),
        (
            Format::WebAnnotation,
            "[{\"id\": \"#b\"}, {\"id\": \"#a\"}]",
        ),
        (Format::LabelStudio, "\"direction\": \"left\""),
        (Format::Brat, "to:T1 from:T2"),
    ] {
        let text = written(format, &turned);
        assert!(text.contains(shown), "{format}: {text}");
    }
    for format in Format::ALL.iter().copied() {
        let (_, losses) = write(format, &turned, &WriteOptions::default());
        if losses.is_empty() {
            let (main, beside) = file_of(format, &turned);
            let back = read(format, &main, beside.as_deref());
            assert_eq!(relations(&back), relations(&turned), "{format}");
        }
    }
    let (_, losses) = write(Format::WebAnno, &turned, &WriteOptions::default());
    assert!(losses.is_empty(), "{losses}");
}

#[test]
fn arguments_of_brat_in_the_other_order_are_no_other_relation() {
    let text = "王伟在北京。";
    let ann = "T1\tPER 0 2\t王伟\nT2\tLOC 3 5\t北京\nR1\tin Arg2:T1 Arg1:T2\n";
    let article = read(Format::Brat, text.as_bytes(), Some(ann.as_bytes()));
    for (format, shown) in [
        (Format::Doccano, "\"from_id\": 2, \"to_id\": 1"),
        (
            Format::LabelStudio,
            "\"from_id\": \"T2\", \"to_id\": \"T1\"",
        ),
        (Format::Tei, "active=\"#T2\" passive=\"#T1\""),
        (Format::Brat, "R1\tin Arg2:T1 Arg1:T2"),
    ] {
        let (_, losses) = write(format, &article, &WriteOptions::default());
        assert!(losses.is_empty(), "{format}: {losses}");
        let text = written(format, &article);
        assert!(text.contains(shown), "{format}: {text}");
    }
}

#[test]
fn a_relation_that_goes_both_ways_is_written_by_label_studio_and_told_by_others() {
    let both = studio(&tied("bi"));
    let (_, losses) = write(Format::LabelStudio, &both, &WriteOptions::default());
    assert!(losses.is_empty(), "{losses}");
    assert!(written(Format::LabelStudio, &both).contains("\"direction\": \"bi\""));
    for format in [Format::Doccano, Format::Spacy, Format::WebAnno] {
        let (_, losses) = write(format, &both, &WriteOptions::default());
        assert!(!losses.is_empty(), "{format}");
    }
}
