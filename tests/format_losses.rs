//! What is known of an article beside its text and mentions comes back from every format, or its loss is told.

use kanbao::article::{Argument, Article, ByteSpan};
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
            "note {:?} {} {}",
            note.target.as_ref().map(std::mem::discriminant),
            // Without one of its own a note is called as the format calls any.
            if note.label == "topic" { "topic" } else { "" },
            note.text
        ));
    }
    // A title that is what the mention reads is none of its own.
    let titles = |title: &str| match article.text.whole().contains(title) {
        true => String::new(),
        false => title.to_owned(),
    };
    all.extend(
        made.links()
            .iter()
            .map(|link| format!("link {} {}", link.reference, titles(&link.title))),
    );
    all.extend(
        made.unplaced()
            .iter()
            .map(|u| format!("unplaced {} {}", made.label_name(u.label), u.quote)),
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
    let link = |id: &str, reference: &str, title: &str| {
        format!(
            "[[exact.link]]\nid = \"{id}\"\non = \"mention:T1\"\nreference = \"{reference}\"\ntitle = \"{title}\"\n"
        )
    };
    let unplaced = |place: &str, quote: &str| {
        format!(
            "[[exact.unplaced]]\nid = \"T9\"\nlabel = \"PER\"\nplace = \"{place}\"\ntext = \"{quote}\"\n"
        )
    };
    let mut lost = Vec::new();
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
        ("", "[[exact.note]]\nid = \"#1\"\nlabel = \"topic\"\ntext = \"科技\"\n".to_owned()),
        ("", "[[exact.link]]\nid = \"N1\"\non = \"mention:T1\"\nreference = \"wd:Q1\"\n".to_owned()),
        ("", link("N1", "wd:Q1", "王伟")),
        ("", link("N1", "wd:Q1", "教授王某")),
        ("", link("N1", "wd:Q1", "") + &link("N2", "wd:Q2", "")),
        ("", unplaced("90 92", "赵六")),
        ("", unplaced("90 92", "")),
        ("", unplaced("", "赵六")),
        ("", unplaced("9-9", "赵六")),
    ] {
        let article = known(head, &told);
        for format in Format::ALL.iter().copied() {
            let (_, losses) = write(format, &article, &WriteOptions::default());
            let (main, beside) = file_of(format, &article);
            if losses.is_empty() {
                let back = read(format, &main, beside.as_deref());
                let shown = String::from_utf8_lossy(&main);
                let (back, known) = (knowledge(&back), knowledge(&article));
                if back != known {
                    lost.push(format!("{format}: {back:?}, not {known:?}: {shown}"));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n\n"));
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
fn of_more_than_two_what_leads_is_first() {
    let ann = "T1\tPER 0 2\t王伟\nT2\tLOC 3 5\t北京\nR1\tin Arg2:T1 Arg1:T2 Theme:T2\n";
    let article = read(
        Format::Brat,
        "王伟在北京。".as_bytes(),
        Some(ann.as_bytes()),
    );
    let text = written(Format::WebAnnotation, &article);
    let order = "[{\"id\": \"#T2\"}, {\"id\": \"#T1\"}, {\"id\": \"#T2\"}]";
    assert!(text.contains(order), "{text}");
}

#[test]
fn a_relation_that_goes_both_ways_stays_so_or_is_told() {
    let both = studio(&tied("bi"));
    let (_, losses) = write(Format::LabelStudio, &both, &WriteOptions::default());
    assert!(losses.is_empty(), "{losses}");
    assert!(written(Format::LabelStudio, &both).contains("\"direction\": \"bi\""));
    let tei = written(Format::Tei, &both);
    assert!(tei.contains("mutual=\"#a #b\""), "{tei}");
    let back = read(Format::Tei, tei.as_bytes(), None);
    for article in [&both, &back] {
        for format in [Format::LabelStudio, Format::Tei] {
            let (_, losses) = write(format, article, &WriteOptions::default());
            assert!(losses.is_empty(), "{format}: {losses}");
        }
        let studio = written(Format::LabelStudio, article);
        assert!(studio.contains("\"direction\": \"bi\""), "{studio}");
        for format in [
            Format::Doccano,
            Format::Spacy,
            Format::WebAnno,
            Format::WebAnnotation,
        ] {
            let (_, losses) = write(format, article, &WriteOptions::default());
            assert!(!losses.is_empty(), "{format}");
        }
    }
}

/// The places of mentions by the names of their layers.
fn groups(article: &Article) -> Vec<(String, Vec<ByteSpan>)> {
    let made = &article.annotations;
    let mentions = made.mentions().iter().map(|mention| {
        let layer = &made.layers()[usize::from(mention.layer.0)];
        (layer.name.clone(), mention.spans().to_vec())
    });
    let mut groups: Vec<_> = mentions.collect();
    groups.sort();
    groups
}

/// Two regions, each of a set of results of its own.
fn annotated(first: &str, second: &str) -> Article {
    let set = |by: &str, start: usize, end: usize| {
        format!(
            "{{{by}\"result\": [{{\"value\": {{\"start\": {start}, \"end\": {end}, \"labels\": [\"PER\"]}}, \"id\": \"r{start}\", \
             \"from_name\": \"label\", \"to_name\": \"text\", \"type\": \"labels\"}}]}}"
        )
    };
    let text = format!(
        "[{{\"data\": {{\"text\": \"王伟李娜\"}}, \"annotations\": [{}, {}]}}]",
        set(first, 0, 2),
        set(second, 2, 4)
    );
    read(Format::LabelStudio, text.as_bytes(), None)
}

#[test]
fn who_made_what_comes_back_or_is_told() {
    let annotators = annotated("\"completed_by\": 1, ", "\"completed_by\": 2, ");
    let same = annotated("\"completed_by\": 1, ", "\"completed_by\": 1, ");
    let unnamed = annotated("", "");
    let spans = "{\"text\": \"王伟李娜\", \"spans\": {\"甲\": [{\"start\": 0, \"end\": 2, \"label\": \"PER\"}], \
                 \"乙\": [{\"start\": 2, \"end\": 4, \"label\": \"PER\"}]}}\n";
    let spans = read(Format::Spacy, spans.as_bytes(), None);
    let own = "title = \"x\"\ntext = \"\"\"\n王伟李娜\"\"\"\n[exact]\nlayers = [\"甲\", \"乙\"]\n\
               [[exact.mention]]\nid = \"T1\"\nlabel = \"PER\"\nspan = [0, 2]\ntext = \"王伟\"\nlayer = \"甲\"\n\
               [[exact.mention]]\nid = \"T2\"\nlabel = \"PER\"\nspan = [2, 4]\ntext = \"李娜\"\nlayer = \"乙\"\n";
    let own = read(Format::Toml, own.as_bytes(), None);
    assert_eq!(own.annotations.layers().len(), 2);
    for article in [annotators, same, unnamed, spans, own] {
        assert!(article.diagnostics.is_empty(), "{:?}", article.diagnostics);
        let (_, losses) = write(Format::WebAnnotation, &article, &WriteOptions::default());
        assert!(losses.is_empty(), "{losses}");
        let (_, losses) = write(Format::Brat, &article, &WriteOptions::default());
        assert!(!losses.is_empty());
        for format in Format::ALL.iter().copied() {
            let (_, losses) = write(format, &article, &WriteOptions::default());
            if !losses.is_empty() {
                continue;
            }
            let (main, beside) = file_of(format, &article);
            let back = read(format, &main, beside.as_deref());
            let shown = String::from_utf8_lossy(&main);
            let parted = |article: &Article| {
                let mentions = article.annotations.mentions().iter();
                mentions.map(|m| m.layer.0).collect::<Vec<_>>()
            };
            let is_named = !groups(&article)[0].0.starts_with("b.");
            if is_named {
                assert_eq!(groups(&back), groups(&article), "{format} {shown}");
            }
            let distinct = |article: &Article| {
                let layers = parted(article);
                layers[0] != layers[1]
            };
            assert!(distinct(&back), "{format} {shown}");
            assert_eq!(file_of(format, &back).0, main, "{format} {shown}");
        }
    }
}

#[test]
fn a_sort_of_annotations_is_no_layer_that_is_lost() {
    let text = "王伟在北京。";
    let ann = "T1\tPER 0 2\t王伟\nT2\tLOC 3 5\t北京\nT3\tBe 2 3\t在\nE1\tBe:T3 who:T1\nR1\tin Arg1:T1 Arg2:T2\n";
    let brat = read(Format::Brat, text.as_bytes(), Some(ann.as_bytes()));
    let (main, _) = file_of(Format::WebAnno, &brat);
    let webanno = read(Format::WebAnno, &main, None);
    assert!(webanno.annotations.layers().len() > 2);
    assert_eq!(file_of(Format::WebAnno, &webanno).0, main);
    let (_, losses) = write(Format::Brat, &webanno, &WriteOptions::default());
    assert!(losses.is_empty(), "{losses}");
    let (_, again) = file_of(Format::Brat, &webanno);
    let again = String::from_utf8(again.unwrap()).unwrap();
    assert!(again.contains("in Governor:T1 Dependent:T3"), "{again}");
    // Without the event, which they lack.
    let ann = ann
        .replace("E1\tBe:T3 who:T1\n", "")
        .replace("T3\tBe 2 3\t在\n", "");
    let brat = read(Format::Brat, text.as_bytes(), Some(ann.as_bytes()));
    let webanno = read(Format::WebAnno, &file_of(Format::WebAnno, &brat).0, None);
    for format in [
        Format::Brat,
        Format::Doccano,
        Format::LabelStudio,
        Format::Spacy,
        Format::Tei,
        Format::WebAnnotation,
    ] {
        let (_, losses) = write(format, &webanno, &WriteOptions::default());
        assert!(losses.is_empty(), "{format} {losses}");
        let (main, beside) = file_of(format, &webanno);
        let back = read(format, &main, beside.as_deref());
        assert_eq!(relations(&back), relations(&webanno), "{format}");
        assert_eq!(back.annotations.layers().len(), 1, "{format}");
    }
}
