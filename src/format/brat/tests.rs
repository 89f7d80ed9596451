//! brat files as a whole: what is read, and what is said of what is wrong.

use super::{ENTRY, read};
use crate::article::{Article, EntityId, MentionId, Severity, Target};
use crate::format::entry::WriteOptions;
use crate::format::loss::Losses;
use crate::format::{Document, File, Files, Format, ReadOptions};

const TEXT: &str = "张三和李四去北京。\n他们在北京见了李四的父亲。\n";

fn article(text: &str, annotations: &str) -> Article {
    let ann = File::new("here/a.ann", annotations.as_bytes());
    read(
        File::new("here/a.txt", text.as_bytes()),
        &ann,
        &ReadOptions::default(),
    )
    .unwrap()
}

#[test]
fn every_sort_of_line_is_read() {
    let article = article(
        TEXT,
        "T1\tPER 0 2\t张三\nT2\tPER 3 5\t李四\nT3\tLOC 6 8\t北京\nT4\tPER 0 2;3 5\t张三 李四\nT5\tPER 10 12\t他们\n\
         T6\tLOC 13 15\t北京\nT7\tMeet 15 16\t见\nT8\tPER 17 19\t李四\nE1\tMeet:T7 Who:T5 Whom:T8 After:E2 \n\
         E2\tMeet:T7\nR1\tGoes Arg1:T1 Arg2:T3\t\nA1\tSure E1\nM2\tTense T7 long ago\nN1\tReference T3 Wikidata:Q956\tBeijing\n\
         #1\tAnnotatorNotes R1\t真的？\n#2\tAnnotatorNotes A1\t嗯\n*\tEquiv T4 T5\n",
    );
    assert_eq!(article.diagnostics, []);
    assert_eq!(
        (article.meta.title.as_str(), article.meta.name.as_str()),
        ("a.txt", "a")
    );
    let made = &article.annotations;
    let ids: Vec<&str> = made.mentions().iter().map(|m| &*m.source_id).collect();
    assert_eq!(ids, ["T4", "T1", "T2", "T3", "T5", "T6", "T7", "T8"]);
    let parted = &made.mentions()[0];
    let fragments: Vec<&str> = parted
        .spans()
        .iter()
        .map(|s| article.text.slice(*s))
        .collect();
    assert_eq!(fragments, ["张三", "李四"]);
    assert_eq!(
        (parted.source_spans()[1].start, parted.source_spans()[1].end),
        (3, 5)
    );
    let entities: Vec<_> = made
        .entities()
        .iter()
        .map(|e| (e.name.as_str(), e.aliases.len(), e.mentions().len()))
        .collect();
    assert_eq!(
        entities,
        [
            ("张三…李四", 1, 2),
            ("张三", 0, 1),
            ("李四", 0, 2),
            ("北京", 0, 2)
        ]
    );
    let trigger = &made.mentions()[6];
    assert_eq!(
        (made.label_name(trigger.label), trigger.entity),
        ("Meet", None)
    );
    let event = &made.events()[0];
    assert_eq!(
        (event.trigger, event.arguments.len()),
        (Some(MentionId(6)), 3)
    );
    assert_eq!(made.events_of(Target::Entity(EntityId(2))).count(), 1);
    assert_eq!(made.attributes()[1].value.as_deref(), Some("long ago"));
    let link = made.links_on(Target::Mention(MentionId(3))).next().unwrap();
    assert_eq!(
        (link.reference.as_str(), link.title.as_str()),
        ("Wikidata:Q956", "Beijing")
    );
    assert_eq!(made.notes().len(), 2);
    assert_eq!(made.notes()[1].target, made.attributes()[0].target.into());
}

#[test]
fn offsets_count_every_code_point_of_the_file() {
    for (text, offsets) in [
        ("一\n乌镇😀\n", "2 5"),
        ("一\r\n乌镇😀\r\n", "3 6"),
        ("\u{FEFF}一\r\n乌镇😀", "4 7"),
        ("\n\r\n乌镇😀", "3 6"),
    ] {
        let article = article(text, &format!("T1\tX {offsets}\t乌镇😀\r\n"));
        assert_eq!(article.diagnostics, [], "{text:?}");
        assert_eq!(
            article.text.slice(article.annotations.mentions()[0].hull()),
            "乌镇😀"
        );
    }
}

#[test]
fn every_fault_has_its_place_and_a_remedy_and_the_rest_is_read() {
    use Severity::{Error, Warning};
    for (line, column, severity, said) in [
        (
            "T2\tPER 3 99\t李四",
            8,
            Error,
            "ends at 99, and the text has 24 of what offsets count",
        ),
        (
            "T2\tPER 3 x\t李四",
            8,
            Error,
            "two offsets are expected, and there is “3 x”",
        ),
        ("T2\tPER 3 4;5\t李四", 12, Error, "two offsets are expected"),
        ("T2\tPER 5 5\t李四", 8, Error, "goes from 5 to 5"),
        ("T2\tPER 0 3;2 5\t李四", 8, Error, "overlap"),
        (
            "T2\tPER\t李四",
            4,
            Error,
            "a label and offsets are expected",
        ),
        (
            "T2\tPER 3 5\t王五",
            12,
            Warning,
            "T2 quotes “王五”, but the text has “李四” there",
        ),
        (
            "T2\tPER 3 5",
            1,
            Warning,
            "T2 quotes no text; the text has “李四”",
        ),
        ("T1\tPER 3 5\t李四", 1, Error, "T1 is there twice"),
        ("散落的一行", 1, Warning, "“散落的一行” is no line of brat"),
        ("E1\tMeet:T9", 9, Error, "E1 names T9, and there is none"),
        ("E1\tMeet", 4, Error, "Role:id is expected"),
        ("E1\tMeet:T1 Who:T7", 16, Error, "there is no T7"),
        ("R1\tGoes Arg1:T1", 4, Error, "two arguments are expected"),
        ("R1\tGoes Arg1:T1 Arg2:T8", 22, Error, "R1 names T8"),
        ("A1\tSure", 4, Error, "a name and the id"),
        ("A1\tSure T9", 9, Error, "A1 names T9"),
        ("N1\tReference T1", 4, Error, "a reference are expected"),
        ("#1\tAnnotatorNotes T9\t话", 19, Error, "#1 names T9"),
        ("*\tEquiv T1", 3, Error, "at least two ids"),
        ("*\tEquiv T1 T9", 12, Error, "names T9"),
    ] {
        let article = article(TEXT, &format!("\nT1\tPER 0 2\t张三\n{line}\n"));
        let found = &article.diagnostics;
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        assert!(found[0].message.contains(said), "{line}: {found:?}");
        let place = (found[0].line, found[0].column, found[0].severity);
        assert_eq!(place, (3, column, severity), "{line}: {found:?}");
        assert_eq!(
            (found[0].file.as_str(), found[0].remedy.is_empty()),
            ("here/a.ann", false)
        );
        assert_eq!(
            &*article.annotations.mentions()[0].source_id,
            "T1",
            "{line}"
        );
    }
}

/// The lines that are written of an article, and of what a native file says of it.
fn rewritten(annotations: &str) -> [String; 2] {
    let first = article(TEXT, annotations);
    let lines = |article: &Article| {
        let mut losses = Losses::of(article, ENTRY.carries);
        let made = (ENTRY.writer.write)(article, &WriteOptions::default(), &mut losses);
        assert!(losses.is_empty(), "{losses}");
        made.beside.unwrap().1
    };
    let toml = &Format::Toml.entry().writer;
    let native = (toml.write)(&first, &WriteOptions::default(), &mut Losses::default()).main;
    let files = Files {
        main: File::new("here/a.toml", native.as_bytes()),
        annotations: None,
    };
    let second = Document::open(Format::Toml, files, ReadOptions::default());
    [lines(&first), lines(&second.read(0).unwrap())]
}

#[test]
fn nothing_that_lines_say_is_lost_without_a_word() {
    let mentions = "T1\tPER 0 2\t张三\nT2\tPER 3 5\t李四\nT3\tLOC 6 8\t北京\n";
    for lines in [
        "*\tEquiv T1 T2\n*\tCoref T2 T3\n",
        "*\tAlias T3 T3\n",
        "*\tEquiv T1 T2\n*\tCoref T2 T3\n*\tAlias T3 T3\n",
        "N1\tReference T1 W:a b\tz\n",
        "N1\tFoo T1 W:1\tz\n",
        "N1\tReference T1 W:1\ta\tb\n",
        "#1\tAnnotatorNotes T1\ta\tb\n",
        "R1\tCoref Anaphora:T1 Antecedent:T2\t[T3, T2]\n",
        "R1\tCoref Anaphora:T1 Antecedent:T2 [T3]\n",
        "R1\tCoref Anaphora:T1 Antecedent:T2 [T3, T2]\n",
        "R1\tCoref Anaphora:T1 Antecedent:T2 [T3,T2]\n",
    ] {
        let whole = format!("{mentions}{lines}");
        assert_eq!(rewritten(&whole), [whole.clone(), whole.clone()], "{lines}");
    }
}

#[test]
fn a_list_behind_a_relation_is_no_argument_of_it() {
    let mentions = "T1\tPER 0 2\t张三\nT2\tPER 3 5\t李四\n";
    for list in ["\t[T2]", " [T2]", " [T2, T1]", " [T2,T1] "] {
        let article = article(
            "张三，李四",
            &format!("{mentions}R1\tCoref Anaphora:T1 Antecedent:T2{list}\n"),
        );
        assert_eq!(article.diagnostics, [], "{list}");
        let relation = &article.annotations.relations()[0];
        let roles: Vec<&str> = relation.arguments.iter().map(|a| &*a.role).collect();
        assert_eq!(roles, ["Anaphora", "Antecedent"], "{list}");
    }
    for line in [
        "R1\tCoref Anaphora:T1 [T2]",
        "R1\tCoref Anaphora:T1 Antecedent:T2 [T2",
    ] {
        let article = article("张三，李四", &format!("{mentions}{line}\n"));
        let codes: Vec<&str> = article.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, ["malformed-line"], "{line}");
    }
}

#[test]
fn groups_of_one_word_that_share_mentions_become_one_in_the_order_of_the_text() {
    let mentions = "T1\tPER 0 2\t张三\nT2\tPER 3 5\t李四\nT3\tLOC 6 8\t北京\n";
    let whole = format!("{mentions}*\tEquiv T3 T2\n*\tEquiv T2 T1\n");
    let want = format!("{mentions}*\tEquiv T1 T2 T3\n");
    assert_eq!(rewritten(&whole), [want.clone(), want]);
}

#[test]
fn a_quotation_that_spilled_is_joined_for_comparison() {
    let article = article("一段\n二段", "T1\tX 0 5\t一段\n二段\n");
    let said: Vec<_> = article
        .diagnostics
        .iter()
        .map(|d| (d.line, d.message.as_str()))
        .collect();
    assert_eq!(said.len(), 2);
    assert_eq!(said[0], (1, "T1 quotes text that goes on in the next line"));
}

#[test]
fn very_many_faults_are_summed_up() {
    let lines: String = (1..=300).map(|n| format!("T{n}\tX 0 2\t王五\n")).collect();
    let article = article(TEXT, &lines);
    assert_eq!(article.annotations.mentions().len(), 300);
    assert_eq!(article.diagnostics.len(), 101);
    assert!(article.diagnostics[100].message.starts_with("200 more"));
}

#[test]
fn mentions_over_most_of_a_text_are_no_square_of_it() {
    // Kept whole, what they read would take 4 GB.
    let count = 4000;
    let text = "甲".repeat(count * 100);
    let mentions = (0..count).map(|n| format!("T{n}\tX {n} {}\t甲\n", count * 100 - n));
    let article = article(&text, &mentions.collect::<String>());
    let entities = article.annotations.entities();
    assert_eq!(entities.len(), count, "what is this long is alike to none");
    assert!(entities.iter().all(|entity| entity.name.ends_with('…')));
}

#[test]
fn bytes_of_a_text_in_its_own_encoding_are_found_by_the_words() {
    use crate::article::Encoding;
    for (encoding, library) in [
        (Encoding::Gb18030, encoding_rs::GBK),
        (Encoding::Big5, encoding_rs::BIG5),
    ] {
        let (text, _, _) = library.encode("A先生在北京,今天的天很好。\n他也在。\n");
        let (ann, _, _) =
            library.encode("T1\tPER 1 5\t先生\nT2\tLOC 7 11\t北京\nT3\tPER 27 29\t他\n");
        let read_as = |offsets| {
            let main = File::encoded("a.txt", &text, Some(encoding));
            let ann = File::encoded("a.ann", &ann, Some(encoding));
            let options = ReadOptions {
                offsets,
                ..ReadOptions::default()
            };
            read(main, &ann, &options).unwrap()
        };
        let words = |article: &Article| -> Vec<String> {
            let mentions = article.annotations.mentions().iter();
            let words = mentions.map(|m| article.text.slice(m.hull()).to_owned());
            words.collect()
        };
        let article = read_as(None);
        assert_eq!(words(&article), ["先生", "北京", "他"], "{encoding:?}");
        let told: Vec<_> = article.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(told, ["offset-unit"]);
        assert_eq!(words(&read_as("filebytes".parse().ok())), words(&article));
        // Bytes are those of UTF-8.
        assert_ne!(words(&read_as("bytes".parse().ok())), words(&article));
    }
}
