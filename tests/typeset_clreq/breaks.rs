//! Where lines may break, and where not.

use kanbao::text::{Ambiguous, Profile};
use kanbao::typeset::{Kinsoku, Options, opportunities};

use super::{at, plain, set, table};

#[test]
fn marks_stay_off_line_edges_at_every_level_but_none() {
    for kinsoku in [Kinsoku::Basic, Kinsoku::Gb, Kinsoku::Strict] {
        table(
            &plain(kinsoku),
            &[
                ("今天下雨。明天", 8, "今天下|雨。明天"),
                ("今天下雨，明天", 8, "今天下|雨，明天"),
                ("今天下雨、明天", 8, "今天下|雨、明天"),
                ("今天下雨；明天", 8, "今天下|雨；明天"),
                ("今天下雨：明天", 8, "今天下|雨：明天"),
                ("今天下雨？明天", 8, "今天下|雨？明天"),
                ("今天下雨！明天", 8, "今天下|雨！明天"),
                ("今天下“雨天”明天", 7, "今天下|“雨天”|明天"),
                ("今天下‘雨天’明天", 7, "今天下|‘雨天’|明天"),
                ("今天下雨“明天", 9, "今天下雨|“明天"),
                ("今天下雨‘明天", 9, "今天下雨|‘明天"),
                ("今天下雨￥三元", 10, "今天下雨|￥三元"),
                ("他说：“好。”她说", 8, "他说：|“好。”她|说"),
                ("约百分之％的人", 8, "约百分|之％的人"),
                ("约百分之‰的人", 8, "约百分|之‰的人"),
                ("摄氏零度℃了", 8, "摄氏零|度℃了"),
                ("北京城～上海城", 6, "北京|城～上|海城"),
                ("北京城–上海城", 6, "北京|城–上|海城"),
                ("北京城—上海城", 6, "北京|城—上|海城"),
                ("北京城・上海城", 6, "北京|城・上|海城"),
                ("和平和／或战争", 6, "和平|和／或|战争"),
                ("人人人人々人人", 8, "人人人|人々人人"),
                ("カタカターカタ", 8, "カタカ|ターカタ"),
                ("ヨーロッパ人", 6, "ヨー|ロッパ|人"),
                // ASCII marks beside Han have the same rules.
                ("今天下雨,明天", 8, "今天下|雨,明天"),
                ("今天下雨(明天)", 9, "今天下雨|(明天)"),
                ("今天雨[明]天", 7, "今天雨|[明]天"),
                ("今天下雨$三元", 9, "今天下雨|$三元"),
                ("今天下\"雨天\"明天", 7, "今天下|\"雨天\"|明天"),
                // Several marks in a row stay together.
                ("说：“《大会》。”完", 8, "说：|“《大|会》。”|完"),
            ],
        );
    }
}

#[test]
fn no_opening_mark_ends_a_line_and_no_closing_mark_begins_one() {
    for kinsoku in [Kinsoku::Basic, Kinsoku::Gb, Kinsoku::Strict] {
        let options = Options {
            profile: Profile::new(Ambiguous::Two),
            ..plain(kinsoku)
        };
        for mark in "（《「『【〈〔［｛“‘￥〖〝﹁﹃".chars() {
            table(
                &options,
                &[(
                    &format!("今天雨{mark}天下"),
                    8,
                    &format!("今天雨|{mark}天下"),
                )],
            );
        }
        for mark in "，。、；：？！）》」』”’】〉〕］｝％‰℃·～／–—・〗〞﹂﹄ー々っッ".chars()
        {
            table(
                &options,
                &[(
                    &format!("今天下雨{mark}大明"),
                    8,
                    &format!("今天下|雨{mark}大明"),
                )],
            );
        }
    }
}

#[test]
fn level_none_is_uax_14_alone() {
    table(
        &plain(Kinsoku::None),
        &[
            ("今天下雨。明天", 8, "今天下|雨。明天"),
            ("今天第5页", 6, "今天第|5页"),
            ("北京城～上海城", 6, "北京城|～上海|城"),
            ("2023年11月", 6, "2023年|11月"),
            ("2023年11月", 5, "2023|年11|月"),
            ("１２３人", 4, "１２|３人"),
            ("字字字字", 6, "字字字|字"),
        ],
    );
}

#[test]
fn solidus_and_doubled_marks_by_level() {
    table(
        &plain(Kinsoku::Basic),
        &[
            ("和平和／或战争", 8, "和平和／|或战争"),
            ("今天下雨——大雨", 8, "今天下雨|——大雨"),
        ],
    );
    table(
        &plain(Kinsoku::Gb),
        &[
            ("和平和／或战争", 8, "和平|和／或战|争"),
            ("今天下雨……大雨", 8, "今天下雨|……大雨"),
        ],
    );
    table(
        &plain(Kinsoku::Strict),
        &[
            ("和平和／或战争", 8, "和平|和／或战|争"),
            ("今天下雨——大雨", 8, "今天下|雨——大雨"),
            ("今天下雨……大雨", 8, "今天下|雨……大雨"),
            ("——大雨天气", 6, "——大雨|天气"),
        ],
    );
}

#[test]
fn dashes_and_ellipses_are_two_wide() {
    let wide = Options {
        profile: Profile::new(Ambiguous::Two),
        ..plain(Kinsoku::Gb)
    };
    table(
        &wide,
        &[
            ("今天——雨", 6, "今天|——雨"),
            ("今天……雨", 6, "今天|……雨"),
            // Several in succession may part between pairs.
            ("今天…………雨", 8, "今天……|……雨"),
            ("今天————雨", 8, "今天——|——雨"),
            // An odd one stays with the pair before it.
            ("今天———雨", 8, "今天|———雨"),
        ],
    );
}

#[test]
fn numbers_stay_with_sign_and_unit() {
    for kinsoku in [Kinsoku::Basic, Kinsoku::Gb, Kinsoku::Strict] {
        table(
            &plain(kinsoku),
            &[
                ("在2023年11月7日", 8, "在2023年|11月7日"),
                ("在2023年11月7日", 7, "在|2023年|11月7日"),
                ("增长了3.5％左右", 8, "增长了|3.5％左|右"),
                ("零下的20℃左右", 8, "零下的|20℃左右"),
                ("共有１２３人参加", 8, "共有|１２３人|参加"),
                ("共有１，００５项", 14, "共有|１，００５项"),
                ("请看一下第5页", 10, "请看一下|第5页"),
                ("全长约100 km长", 9, "全长约|100 km长"),
                ("全长约100 公里", 10, "全长约|100 公里"),
                ("价格为￥300元", 8, "价格为|￥300元"),
                ("气温是－3℃吧", 8, "气温是|－3℃吧"),
                ("气温是-3℃吧", 8, "气温是|-3℃吧"),
                ("有1800多名嘉宾", 8, "有|1800多名|嘉宾"),
                ("共4000万千瓦时", 8, "共|4000万千|瓦时"),
                ("一共1,005项作品", 8, "一共|1,005项|作品"),
                // Without a rule for them digits and Han may part.
                ("共１２３４５６人", 8, "共|１２３４|５６人"),
            ],
        );
    }
}

#[test]
fn names_words_and_addresses_break_only_where_they_must() {
    table(
        &plain(Kinsoku::Gb),
        &[
            ("来宾弗朗西斯·高锐", 15, "来宾弗朗西|斯·高锐"),
            ("嘉宾李·某", 7, "嘉宾|李·某"),
            ("支持IPv6标准", 7, "支持|IPv6标|准"),
            ("支持ＩＰｖ６标准", 10, "支持|ＩＰｖ６标|准"),
            ("支持5G网络", 5, "支持|5G网|络"),
            (
                "the 5G Advanced-ready modem",
                12,
                "the 5G |Advanced-|ready modem",
            ),
            (
                "见https://example.com/a/b?c=1&d=2。",
                20,
                "见|https://example.com/|a/b?c=1&d=2。",
            ),
            (
                "写信给someone@example.org吧",
                12,
                "写信给|someone@exam|ple.org吧",
            ),
            (
                "长词Donaudampfschiffahrt完",
                8,
                "长词|Donaudam|pfschiff|ahrt完",
            ),
            // In a Latin word the apostrophe and in Latin text the quotes are Latin.
            ("他说don’t go吧", 9, "他说don’t |go吧"),
            ("it “was” good", 8, "it “was” |good"),
        ],
    );
}

#[test]
fn blanks_vanish_at_line_ends_and_never_begin_a_line() {
    table(
        &plain(Kinsoku::Gb),
        &[
            ("今天 明天", 4, "今天 |明天"),
            ("今天   明天", 4, "今天   |明天"),
            ("今天\u{3000}明天", 5, "今天\u{3000}|明天"),
            ("今天\t明天", 6, "今天\t|明天"),
            // The rule looks through blanks.
            ("今天雨 ，明天", 8, "今天|雨 ，明|天"),
            ("今天（ 雨）明天", 7, "今天|（ 雨）|明天"),
        ],
    );
    assert_eq!(
        set("今天   明天", &at(4), &plain(Kinsoku::Gb))[0]
            .width("今天   明天", &plain(Kinsoku::Gb)),
        4
    );
}

#[test]
fn rules_yield_when_the_measure_is_too_small() {
    table(
        &plain(Kinsoku::Gb),
        &[
            ("《中》", 2, "《‖中‖》"),
            ("——", 1, "—‖—"),
            ("中国", 1, "▯|▯"),
            ("李·某", 2, "李‖·|某"),
            ("2023年", 4, "2023|年"),
            ("2023年", 2, "20|23|年"),
            ("👨\u{200D}👩\u{200D}👧\u{200D}👦中", 4, "▯中"),
        ],
    );
    assert_eq!(set("", &at(10), &Options::default()).len(), 1);
    assert_eq!(
        set("中", &at(0), &Options::default())[0].width("中", &Options::default()),
        1
    );
}

#[test]
fn a_han_alone_on_the_last_line_gets_company() {
    table(
        &plain(Kinsoku::Gb),
        &[
            ("今天下大雨", 8, "今天下|大雨"),
            ("今天下大雨。", 8, "今天下|大雨。"),
            ("今天下（雨）", 8, "今天|下（雨）"),
            ("今天雨", 4, "今天|雨"),
            ("今天下雨了吗", 8, "今天下雨|了吗"),
        ],
    );
}

#[test]
fn opportunities_are_what_the_rules_leave() {
    let text = "在2023年，（乌镇）";
    let parts: Vec<&str> = opportunities(text, Kinsoku::Gb)
        .iter()
        .scan(0, |from, to| Some(&text[std::mem::replace(from, *to)..*to]))
        .collect();
    assert_eq!(parts, ["在", "2023年，", "（乌", "镇）"]);
}

#[test]
fn a_dash_between_latin_words_begins_no_line_of_chinese() {
    let text = "会议时间是2001—2008年之间，地点A—B两地，时间8:30—11:45，单位abc—def。";
    for kinsoku in [Kinsoku::Basic, Kinsoku::Gb, Kinsoku::Strict] {
        for measure in 6..80 {
            for row in set(text, &at(measure), &plain(kinsoku)) {
                let row = &text[row.span];
                assert!(!row.starts_with('—'), "{measure}: {row}");
            }
        }
    }
}
