//! What is done with a line once its text is chosen: hanging, indents, alignment, autospace, justification.

use kanbao::typeset::{Align, Kinsoku, Options, Setting};

use super::{at, broken, drawn, plain, set, table};

#[test]
fn one_stop_mark_hangs() {
    let hang = Options::default();
    table(
        &hang,
        &[
            ("今天下雨，明天晴。", 8, "今天下雨(，)|明天晴。"),
            ("今天下雨。明天晴。", 8, "今天下雨(。)|明天晴。"),
            ("今天下雨、明天晴。", 8, "今天下雨(、)|明天晴。"),
            ("今天下大雨。", 10, "今天下大雨(。)"),
            // Not the other marks, not before a closing mark, not two in a row.
            ("今天下雨！明天晴。", 8, "今天下|雨！明|天晴。"),
            ("“今天雨。”明天晴", 7, "“今天|雨。”明|天晴"),
            ("今天雨。，明天晴", 8, "今天|雨。，明|天晴"),
            // An odd cell is not enough for the mark, and it hangs just behind the text.
            ("a今天下雨，明天", 10, "a今天下雨(，)|明天"),
        ],
    );
    let text = "今天下雨，明天晴。";
    let traditional = Setting {
        traditional: true,
        ..at(8)
    };
    assert_eq!(broken(text, &traditional, &hang), "今天下|雨，明|天晴。");
    let none = Options {
        kinsoku: Kinsoku::None,
        ..hang
    };
    assert!(set(text, &at(8), &none).iter().all(|line| !line.hung));
    assert_eq!(set(text, &at(8), &hang)[0].width(text, &hang), 10);
}

#[test]
fn indents_take_the_place_of_leading_blanks() {
    let options = plain(Kinsoku::Gb);
    let paragraph = Setting {
        first_indent: 4,
        ..at(12)
    };
    for text in [
        "今天下雨了吗",
        "\u{3000}\u{3000}今天下雨了吗",
        "    今天下雨了吗",
        "\t今天下雨了吗",
    ] {
        assert_eq!(
            drawn(text, &paragraph, &options),
            ["····今天下雨", "了吗"],
            "{text:?}"
        );
    }
    assert_eq!(
        drawn("\u{3000}\u{3000}今天", &at(12), &options),
        ["····今天"]
    );
    assert_eq!(drawn("a\tb\tc", &at(12), &options), ["a···b···c"]);
    assert_eq!(
        drawn(
            "\ta中\tc",
            &Setting {
                indent: 2,
                ..at(12)
            },
            &options
        ),
        ["····a中·c"]
    );
    let quote = Setting {
        first_indent: 4,
        indent: 4,
        ..at(12)
    };
    assert_eq!(
        drawn("今天下雨了吗", &quote, &options),
        ["····今天下雨", "····了吗"]
    );
    let centred = Setting {
        align: Align::Centre,
        ..at(9)
    };
    assert_eq!(drawn("今天雨", &centred, &options), ["·今天雨"]);
    assert_eq!(
        drawn(
            "今天雨",
            &Setting {
                align: Align::End,
                ..at(9)
            },
            &options
        ),
        ["···今天雨"]
    );
}

#[test]
fn autospace_is_a_cell_between_han_and_latin() {
    let options = Options {
        autospace: true,
        ..plain(Kinsoku::Gb)
    };
    for (text, measure, want) in [
        ("支持IPv6标准", 20, "支持·IPv6·标准"),
        ("在2023年", 20, "在·2023·年"),
        ("支持 IPv6，好", 20, "支持·IPv6，好"),
        ("支持IPv6标准", 11, "支持·IPv6|标准"),
        ("支持IPv6标准", 8, "支持|IPv6·标|准"),
        ("支持ＩＰ好", 20, "支持ＩＰ好"),
    ] {
        assert_eq!(
            drawn(text, &at(measure), &options).join("|"),
            want,
            "{text} {measure}"
        );
    }
}

#[test]
fn justified_lines_end_at_the_right_edge() {
    let options = Options {
        justify: true,
        ..plain(Kinsoku::Gb)
    };
    for (text, measure, want) in [
        ("今天下雨了吗好", 9, "今天下·雨|了吗好"),
        ("on a day 雨天天", 10, "on··a··day|雨天天"),
        ("今天IPv雨天天天", 10, "今天IPv·雨|天天天"),
        ("今——天雨雨雨", 7, "今——·天|雨雨雨"),
        ("1234年雨雨雨", 9, "1234年·雨|雨雨"),
    ] {
        assert_eq!(
            drawn(text, &at(measure), &options).join("|"),
            want,
            "{text} {measure}"
        );
    }
    let hung = Options {
        hang: true,
        ..options
    };
    assert_eq!(
        drawn("今天下雨，明天晴", &at(9), &hung),
        ["今天下·雨，", "明天晴"]
    );
}
