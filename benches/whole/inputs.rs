//! Made-up news of any size, the same each time.

use std::fs;
use std::path::{Path, PathBuf};

/// A name that stands once in each file, nine tenths in.
pub(crate) const NAME: &str = "岑霁舟";
/// What is said of it.
const BEHIND_NAME: &str = "在扉页上写下自己的名字。";
/// A character that stands nowhere else: when a terminal has got it, the name is on the screen.
pub(crate) const BESIDE_NAME: char = '扉';

const SENTENCES: [&str; 20] = [
    "清晨六点，渡口的第一班船靠岸，菜农把莴苣和春笋一筐筐搬上石阶。",
    "镇上的图书馆新添了两千册书，其中三成是孩子们自己写的书单。",
    "“路修到门口，车就不能停在门口。”村委会主任说这句话时笑了起来。",
    "据统计，全县今年前三季度用水量下降了4.7％，为近十年最低。",
    "工程师在2021年更换了阀门，此后12个月没有发生一次停机。",
    "展厅里的屏幕一字排开，IPv6的流量曲线从左边爬到右边。",
    "他说，老屋的梁木还能用——虫蛀的只有两根，换掉就好……",
    "傍晚时分，气温降到零下3℃，值班员把暖气阀门又拧开半圈。",
    "三位评委各给了一个分数：８６、９０和９１，平均分保留一位小数。",
    "记者沿着河堤走了二十公里，看见七座新桥和一座拆了一半的旧桥。",
    "合作社把账本贴在墙上，收入、支出、结余，一目了然。",
    "医生建议老人每周量三次血压，并把数字写在日历的背面。",
    "列车以每小时350 km的速度穿过平原，窗外的麦田连成一片。",
    "《乡土课本》第三版由中学教师合编，全书分为“水”“土”“人”三卷。",
    "会议室的灯一直亮到深夜，第二天一早，方案的第四稿摆上了桌。",
    "票价没有变，仍是￥30；变的是座位，每排比从前少了两个。",
    "有人问：修一座钟楼要多久？石匠答：看你想让它走多久。",
    "雨停之后，孩子们在操场上量影子，从上午十点一直量到下午两点。",
    "这份报告共十二章，附录里列出了每一口井的深度和水质。",
    "春节前，邮递员要跑完最后一段山路，把四十一封信送到六个村。",
];

/// A small generator of numbers (xorshift), so that no crate decides what is measured.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap()
    }
}

/// A file and what to call it.
pub(crate) struct Input {
    pub(crate) name: &'static str,
    pub(crate) path: PathBuf,
}

/// The files, written into a folder; the two large ones are smaller when it must be quick.
pub(crate) fn all(folder: &Path, quick: bool) -> Vec<Input> {
    let (big, paragraph) = if quick {
        (("10 MB", 10_000_000), ("a paragraph of 4 MB", 4_000_000))
    } else {
        (
            ("100 MB", 100_000_000),
            ("a paragraph of 20 MB", 20_000_000),
        )
    };
    let mut inputs = Vec::new();
    for ((name, size), file, lines) in [
        (("6 kB", 6_000), "small.txt", true),
        (("1 MB", 1_000_000), "middle.txt", true),
        (big, "big.txt", true),
        (paragraph, "paragraph.txt", false),
    ] {
        let path = folder.join(file);
        fs::write(&path, text(size, lines)).unwrap();
        inputs.push(Input { name, path });
    }
    inputs.push(Input {
        name: "3 MB, 50,000 mentions",
        path: mentions(folder),
    });
    inputs
}

/// At least `size` bytes, in paragraphs or in one.
pub(crate) fn text(size: usize, lines: bool) -> String {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let mut text = String::with_capacity(size + 1024);
    let mut named = false;
    let mut sentences = 0;
    while text.len() < size {
        if sentences == 0 {
            if lines && !text.is_empty() {
                text.push('\n');
            }
            if lines || text.is_empty() {
                text.push_str("　　");
            }
            sentences = 2 + numbers.next(5);
        }
        if !named && text.len() >= size / 10 * 9 {
            text.push_str(NAME);
            text.push_str(BEHIND_NAME);
            named = true;
        }
        text.push_str(SENTENCES[numbers.next(SENTENCES.len())]);
        sentences -= 1;
    }
    text.push('\n');
    text
}

/// A brat pair: a million characters with 50,000 mentions, every tenth of them within another.
fn mentions(folder: &Path) -> PathBuf {
    let text = text(3_000_000, true);
    let points: Vec<char> = text.chars().collect();
    let mut lines = String::new();
    let mut numbers = Numbers(42);
    let mut ids = 1..=50_000;
    for (nth, at) in (0..points.len() - 4).step_by(20).enumerate() {
        let outer = at..at + 4;
        let inner = (nth % 9 == 0).then_some(at + 1..at + 3);
        for range in [outer].into_iter().chain(inner) {
            let quote: String = points[range.clone()].iter().collect();
            if quote.contains(char::is_whitespace) {
                break;
            }
            let Some(id) = ids.next() else { break };
            let label = ["Person", "Place", "Organisation", "Time"][numbers.next(4)];
            let (start, end) = (range.start, range.end);
            lines.push_str(&format!("T{id}\t{label} {start} {end}\t{quote}\n"));
        }
    }
    assert!(ids.is_empty(), "the text is too short for so many mentions");
    let path = folder.join("mentions.txt");
    fs::write(&path, text).unwrap();
    fs::write(folder.join("mentions.ann"), lines).unwrap();
    path
}
