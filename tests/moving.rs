//! Moving about: marks, before the last jump, brackets, what is followed, and what is known of mentions.

use crate::reader::{Choice, Reader};
use kanbao::app::{Effect, Message};
use kanbao::library::{Asked, Library};

const ARTICLE: &str = r#"
headline = "渡口开航"
date = 2023-11-12
body = """
高锐在乌镇对方舟说：“船（新船）《快》到了。”
汀兰也在乌镇。王小满问高锐（他在汀洲：见https://a.example/b?c=1。
白露说 "好" 又说 "走"。
"""
[[entity]]
name = "高锐"
kind = "person"
note = "船长"
[[entity]]
name = "方舟"
kind = "person"
[[entity]]
name = "汀兰"
kind = "person"
[[entity]]
name = "乌镇"
kind = "place"
[[entity]]
name = "王小满"
kind = "person"
[[relation]]
label = "knows"
from = "汀兰"
to = "王小满"
"#;

fn ferry(columns: u16, rows: u16) -> Reader {
    let asked = Asked::reading(None);
    let library = Library::from_bytes("ferry.toml", ARTICLE.as_bytes(), &asked);
    Reader::start(library, columns, rows, &Choice::default())
}

fn title(reader: &Reader) -> String {
    reader.app.article().unwrap().meta.title.clone()
}

#[test]
fn marks_lead_back_across_articles() {
    let mut reader = Reader::bundled(120, 30);
    reader.press("3}ma");
    assert!(
        reader.status().contains("mark a is set"),
        "{}",
        reader.status()
    );
    let (first, there) = (title(&reader), reader.at_point());
    reader.press("G'a");
    assert_eq!(reader.at_point(), there);
    reader.press("JJ2}mb'a");
    assert_eq!((title(&reader), reader.at_point()), (first, there.clone()));
    reader.press("<Ctrl-o>");
    assert_ne!(reader.at_point(), there, "back leads to where one was");
    reader.press("m");
    assert!(
        reader.status().contains("m … letter or digit"),
        "{}",
        reader.status()
    );
    reader.press("<Esc>'z");
    assert!(
        reader.status().contains("no mark z; mz sets it"),
        "{}",
        reader.status()
    );
    reader.press("m%");
    assert!(
        reader.status().contains("a mark is a letter"),
        "{}",
        reader.status()
    );
}

#[test]
fn two_strokes_lead_to_before_the_last_jump_and_back() {
    let mut reader = Reader::bundled(120, 30);
    reader.press("''");
    assert!(
        reader.status().contains("no jump yet"),
        "{}",
        reader.status()
    );
    let start = reader.at_point();
    reader.press("/乌镇<Enter>2n");
    let hit = reader.app.point().unwrap().offset;
    reader.press("gg");
    assert_eq!(reader.at_point(), start);
    reader.press("''");
    assert_eq!(reader.app.point().unwrap().offset, hit);
    reader.press("''");
    assert_eq!(reader.at_point(), start);
    reader.press("''");
    assert_eq!(reader.app.point().unwrap().offset, hit);
}

#[test]
fn the_marks_are_listed_with_what_stands_there() {
    let mut reader = Reader::bundled(120, 30);
    reader.press("gm");
    assert!(
        reader.status().contains("no mark is set"),
        "{}",
        reader.status()
    );
    let first = title(&reader);
    reader.press("]mmbJ2}ma");
    let words = reader.at_point();
    reader.press("gg").press("gm");
    let rows = reader.rows();
    assert!(
        rows[1].contains(&format!("a  {words}")),
        "{}",
        reader.screen()
    );
    assert!(rows[2].contains("b  "), "{}", reader.screen());
    // What stands at a mark begins in one column, however wide the letter is.
    reader.press("<Esc>m").write("甲").press("gm");
    assert!(reader.rows()[3].contains("│ 甲 "), "{}", reader.screen());
    reader.press("<Esc>gm");
    reader.press("j<Enter>");
    assert_eq!(title(&reader), first);
    let by_key = Reader::bundled(120, 30).press("]m").at_point();
    assert_eq!(reader.at_point(), by_key);
}

#[test]
fn a_mark_can_be_set_from_the_palette() {
    let mut reader = Reader::bundled(120, 30);
    reader.press("2}:").write("set-mark").press("<Enter>");
    let status = reader.status();
    assert!(
        status.contains("set-mark") && status.contains("letter or digit"),
        "{status}"
    );
    let there = reader.at_point();
    reader.press("xgg'x");
    assert_eq!(reader.at_point(), there);
}

#[test]
fn percent_goes_to_the_partner_of_a_bracket_or_quotation_mark() {
    let mut reader = ferry(80, 24);
    for (search, keys, want) in [
        ("说：“", "%", "”\n汀兰"),
        ("说：“", "%%", "“船（新"),
        ("（新船", "%", "）《快》"),
        ("《快", "%", "》到了。"),
        ("新船）", "%", "（新船）"),
        ("\"好", "%", "\" 又说"),
        ("\"走", "%", "\"。"),
        ("\" 又", "%", "\"好\" "),
    ] {
        reader
            .press("gg")
            .search(&format!("\"{}\"", search.replace('"', "\\\"")));
        // On the first mark of what was found, or what stands before the next.
        if search.starts_with('说') {
            reader.press("v2l<Esc>");
        }
        reader.press(keys);
        assert_eq!(reader.at_point(), want, "{search} {keys}");
    }
    reader.press("gg").search("高锐（").press("%");
    assert!(
        reader.status().contains("no partner for （"),
        "{}",
        reader.status()
    );
    reader.press("gg%");
    assert!(
        reader.status().contains("no bracket"),
        "{}",
        reader.status()
    );
}

#[test]
fn percent_with_a_count_is_a_percentage() {
    let text: String = (1..=200)
        .map(|n| format!("　　第{n}段。天色渐亮。\n"))
        .collect();
    let mut reader = Reader::plain(&text, 140, 21);
    for percent in [50, 13, 31, 100] {
        reader.press(&format!("gg{percent}%"));
        let offset = reader.app.point().unwrap().offset;
        assert!(
            offset.abs_diff(text.len() * percent / 100) < 30,
            "{percent}%: {offset}"
        );
    }
    reader.press("<Ctrl-o>");
    assert!(
        reader.at_point().starts_with("第1段"),
        "{}",
        reader.screen()
    );
    reader.press("120%");
    assert!(
        reader.status().contains("0 to 100 is expected"),
        "{}",
        reader.status()
    );
}

#[test]
fn enter_copies_an_address_and_shows_it() {
    let mut reader = ferry(80, 24);
    reader.search("a.example").press("<Enter>");
    let copied = Effect::Copy {
        text: "https://a.example/b?c=1".to_owned(),
        what: "an address",
    };
    assert!(reader.left.contains(&copied), "{:?}", reader.left);
    assert!(reader.status().contains("https://a.example/b?c=1"));
    reader.send(Message::Copied("copied an address".to_owned()));
    let status = reader.status();
    assert!(
        status.contains("https://a.example/b?c=1 · copied"),
        "{status}"
    );
}

#[test]
fn enter_on_a_name_opens_its_page_and_so_does_gp_anywhere() {
    let mut reader = ferry(140, 24);
    reader.press("]m<Enter>");
    let screen = reader.screen();
    assert!(
        reader.rows()[0].contains("─ 高锐 ─") && screen.contains("船长"),
        "{screen}"
    );
    reader.press("<Esc>");
    assert!(reader.app.pages().is_none());
    reader.press("2]mgp");
    assert!(reader.screen().contains("also") || reader.screen().contains("kind"));
    reader.press("<Esc>");
    // In the sidebar Enter walks the mentions, and gp opens the page.
    reader.press("<Tab>gg<Enter>");
    assert!(reader.app.pages().is_none());
    assert!(
        reader.status().contains("mention 3/5"),
        "{}",
        reader.status()
    );
    reader.press("gp");
    assert!(
        reader.status().contains("is no name"),
        "{}",
        reader.status()
    );
    reader.press("jgp");
    assert!(reader.app.pages().is_some());
    let mut plain = Reader::plain("　　天亮了。\n", 100, 12);
    plain.press("gp");
    assert!(
        plain.status().contains("no mention at the point"),
        "{}",
        plain.status()
    );
    plain.press("<Enter>");
    assert!(
        plain.status().contains("no jump line, name or address"),
        "{}",
        plain.status()
    );
}

/// The mentions that keys lead to, one after another.
fn walked(reader: &mut Reader, keys: &[&str]) -> Vec<String> {
    let step = |keys: &&str| reader.press(keys).at_point();
    keys.iter().map(step).collect()
}

#[test]
fn mentions_are_walked_by_what_is_known_of_them() {
    let mut reader = ferry(100, 24);
    assert_eq!(
        walked(&mut reader, &["]r", "]r", "]r", "[r"]),
        ["汀兰", "王小满", "汀兰", "王小满"]
    );
    assert!(
        reader.status().contains("from the end again"),
        "{}",
        reader.status()
    );
    reader.press("gg");
    assert_eq!(
        walked(&mut reader, &["]n", "]n", "[n", "2]n"]),
        ["高锐", "高锐", "高锐", "高锐"]
    );
    assert!(reader.status().contains("/2"), "{}", reader.status());
    reader.press("gg]m");
    assert_eq!(
        walked(&mut reader, &["]l", "]l", "2]l", "[l"]),
        ["方舟", "汀兰", "高锐", "王小满"]
    );
    let mut plain = Reader::plain("　　天亮了。\n", 100, 12);
    for (keys, why) in [
        ("]r", "takes part in a relation"),
        ("]n", "has a note"),
        ("]l", "no mention at the point"),
    ] {
        plain.press(keys);
        assert!(plain.status().contains(why), "{keys}: {}", plain.status());
    }
}

#[test]
fn keys_that_find_no_text_say_so() {
    let mut reader = Reader::plain("", 60, 12);
    for keys in ["%", "50%", "<Enter>", "/", "gl", "gk", "*", "]m", "gp"] {
        reader.press(keys);
        let status = reader.status();
        let said = status.trim().strip_prefix("READ").unwrap_or(&status).trim();
        assert!(
            !said.starts_with("article") && !said.is_empty(),
            "{keys}: {status}"
        );
    }
}

#[test]
fn what_is_wrong_is_walked_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("a.txt");
    std::fs::write(&text, "汀兰在渡口。\n白露也在。\n").unwrap();
    let ann = "T1\tPerson 0 2\t汀兰\nT2\tPerson 7 9\t白鹭\nT3\tPerson 90 92\t方舟\n";
    std::fs::write(folder.path().join("a.ann"), ann).unwrap();
    let mut reader = Reader::files(&[text], 120, 24);
    let all = reader.app.article().unwrap().diagnostics.len();
    assert_eq!(all, 2);
    reader.press("]d");
    assert!(reader.status().contains("1/2"), "{}", reader.status());
    assert!(reader.status().contains("a.ann:2:"), "{}", reader.status());
    reader.press("]d");
    assert!(reader.status().contains("2/2"), "{}", reader.status());
    reader.press("]d[d");
    assert!(reader.status().contains("2/2"), "{}", reader.status());
    let mut sound = Reader::plain("没有毛病\n", 60, 12);
    sound.press("]d");
    assert!(
        sound.status().contains("nothing is wrong"),
        "{}",
        sound.status()
    );
}

#[test]
fn a_fault_of_any_format_leads_to_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.bio");
    let columns =
        "去\tO\n风\tB-LOC\n城\tI-LOC\n。\tO\n\n见\tO\n林\tI-PER\n小\tI-PER\n满\tI-PER\n。\tO\n";
    std::fs::write(&file, columns).unwrap();
    let mut reader = Reader::files(std::slice::from_ref(&file), 100, 24);
    reader.press("]d");
    assert!(reader.status().contains("a.bio:7:"), "{}", reader.status());
    assert!(
        reader.at_point().starts_with("林小满"),
        "{}",
        reader.at_point()
    );
}
