//! What belongs together beyond pairs: numbers with sign and unit, addresses of the net.

use std::ops::Range;

use super::breaks::Break;
use super::classes::Class;
use super::cut::{Atom, first_char};

/// Tightens the boundaries within numbers and addresses.
pub(super) fn tighten(block: &str, atoms: &mut [Atom], end: usize) {
    numbers(block, atoms);
    addresses(block, atoms, end);
}

fn raise(atom: &mut Atom, level: Break) {
    atom.before = atom.before.max(level);
}

const fn is_digit(class: Class) -> bool {
    matches!(class, Class::Digit | Class::WideDigit)
}

fn numbers(block: &str, atoms: &mut [Atom]) {
    let mut at = 0;
    while at < atoms.len() {
        if !is_digit(atoms[at].class) {
            at += 1;
            continue;
        }
        let end = number_end(block, atoms, at);
        for atom in &mut atoms[at + 1..end] {
            raise(atom, Break::Inside);
        }
        // The digit of IPv6 is part of a word and has no sign or unit.
        let in_word = at > 0 && matches!(atoms[at - 1].class, Class::Letter | Class::WideLetter);
        if !in_word {
            sign(block, atoms, at);
            unit(block, atoms, end);
        }
        at = end;
    }
}

/// The atom behind the number that begins at `at`, its points and commas included.
fn number_end(block: &str, atoms: &[Atom], at: usize) -> usize {
    let digits = |from: usize| {
        atoms[from.min(atoms.len())..]
            .iter()
            .take_while(|a| is_digit(a.class))
            .count()
    };
    let mut end = at + digits(at);
    while let Some(mark) = atoms.get(end) {
        let follow = digits(end + 1);
        let joins = match first_char(block, mark) {
            '.' | ',' | ':' | '．' | '：' => follow > 0,
            // A full-width comma also parts the items of a list: only groups of three are one number.
            '，' => follow == 3 && atoms[end + 1].class == Class::WideDigit,
            _ => false,
        };
        if !joins {
            break;
        }
        end += 1 + follow;
    }
    end
}

/// Keeps 第 and a sign with the number that begins at `at`.
fn sign(block: &str, atoms: &mut [Atom], at: usize) {
    let Some(p) = at.checked_sub(1) else { return };
    match first_char(block, &atoms[p]) {
        '第' => raise(&mut atoms[at], Break::Soft),
        '-' | '+' | '－' | '＋' | '−' | '±' | '﹢' | '﹣' => {
            // Behind a word or a number it is a hyphen or an operator.
            let operator = p > 0 && atoms[p - 1].class.is_word();
            if !operator {
                raise(&mut atoms[at], Break::Soft);
                if atoms[p].class == Class::Hyphen && atoms[p].before == Break::Soft {
                    atoms[p].before = Break::Allowed;
                }
            }
        }
        _ => {}
    }
}

/// Characters that multiply or round a number: 3300多, 4000万.
const MAGNITUDES: &str = "十百千万亿萬億多余餘几幾";

/// Measure words and units of one character that stay with the number before them: of time, money, people and
/// things, measures; Simplified and Traditional.
const UNITS_OF_ONE: &str = "\
    年月日号號时時点點分秒天周岁歲刻元角块塊円人名个個项項家位户戶所座栋棟幢间間套台\
    臺部辆輛架艘条條件张張份篇本册冊页頁版章节節届屆次场場轮輪批期种種类類级級层層楼\
    樓室处處口头頭只隻匹棵株朵颗顆粒枚支枝把副双雙对對组組队隊班排列趟遍回起例笔筆宗\
    股票席床箱袋瓶杯桶步字句行段集卷款国國省市县縣区區村镇门門路线線环環站比胎代连師\
    师军團团米亩畝里寸尺丈吨噸克斤两兩升度瓦伏安兆倍成折\
";

/// The longer ones.
#[rustfmt::skip]
const LONGER_UNITS: &[&str] = &[
    "年代", "年度", "月份", "点钟", "點鐘", "分钟", "分鐘", "秒钟", "小时", "小時",
    "周年", "周岁", "季度", "世纪", "世紀", "美元", "欧元", "歐元", "日元", "港元",
    "人次", "个月", "個月", "号楼", "单元", "公里", "千米", "厘米", "毫米", "微米",
    "纳米", "平方米", "平方公里", "平方千米", "立方米", "公顷", "公頃", "海里", "英里", "英尺",
    "英寸", "公斤", "千克", "毫克", "毫升", "摄氏度", "攝氏度", "千瓦", "千瓦时", "兆瓦",
    "赫兹", "分之", "个百分点", "個百分點", "百分点", "百分點", "标准箱", "像素",
];

/// Units in Latin letters that stay with the number before them over a space.
#[rustfmt::skip]
const LATIN_UNITS: &[&str] = &[
    "km", "m", "cm", "mm", "nm", "μm", "µm", "kg", "g", "mg", "t", "L", "l", "mL", "ml", "ha", "W",
    "kW", "MW", "GW", "TW", "Wh", "kWh", "MWh", "GWh", "V", "kV", "A", "mAh", "Hz", "kHz", "MHz",
    "GHz", "THz", "B", "KB", "MB", "GB", "TB", "PB", "EB", "bit", "kbps", "Mbps", "Gbps", "Tbps",
    "s", "ms", "min", "h", "K", "Pa", "kPa", "MPa", "hPa", "N", "J", "kJ", "dB", "rpm", "mph",
];

/// Keeps a unit with the number that ends before the atom `at`, over one space too.
fn unit(block: &str, atoms: &mut [Atom], at: usize) {
    let spaced = atoms
        .get(at)
        .is_some_and(|a| a.class == Class::Blank && first_char(block, a) == ' ');
    let from = at + usize::from(spaced);
    let Some(first) = atoms.get(from) else { return };
    let count = match first.class {
        Class::Han => han_unit(block, &atoms[from..]),
        Class::Letter if spaced => latin_unit(block, &atoms[from..]),
        // Not the percent sign: behind a space it may stand for itself, and UAX #14 parts the two.
        Class::NonStart if matches!(first_char(block, first), '℃' | '℉' | '°' | '‰') => 1,
        _ => 0,
    };
    // A unit of Latin letters is a word already; only the space before it asks for a rule.
    let count = if first.class == Class::Letter {
        count.min(1)
    } else {
        count
    };
    for atom in &mut atoms[from..from + count] {
        raise(atom, Break::Soft);
    }
}

/// How many atoms at the start of `atoms` are magnitudes and the longest unit.
fn han_unit(block: &str, atoms: &[Atom]) -> usize {
    let char_at = |i: usize| {
        let atom = atoms.get(i).filter(|a| a.class == Class::Han);
        atom.map(|a| first_char(block, a))
    };
    let many = (0..4)
        .take_while(|i| char_at(*i).is_some_and(|c| MAGNITUDES.contains(c)))
        .count();
    let Some(first) = char_at(many) else {
        return many;
    };
    let rest = &block[atoms[many].start..];
    let longer = LONGER_UNITS.iter().filter(|unit| rest.starts_with(**unit));
    let one = usize::from(UNITS_OF_ONE.contains(first));
    let longest = longer.map(|unit| unit.chars().count()).max().unwrap_or(one);
    // A character that carries a mark or selector takes more bytes: then the unit ends before it.
    many + (0..longest)
        .take_while(|i| char_at(many + i).is_some())
        .count()
}

/// How many atoms at the start of `atoms` are a unit of Latin letters that ends there.
fn latin_unit(block: &str, atoms: &[Atom]) -> usize {
    let word = atoms.iter().take(6).take_while(|a| a.class.is_word());
    let letters = word.clone().count();
    let known = |unit: &&&str| unit.chars().eq(word.clone().map(|a| first_char(block, a)));
    if LATIN_UNITS.iter().find(known).is_some() {
        letters
    } else {
        0
    }
}

/// Finds the runs that hold "://", "www." or an "@" between two letters or digits.
fn addresses(block: &str, atoms: &mut [Atom], end: usize) {
    let mut at = 0;
    while at < atoms.len() {
        let run = atoms[at..]
            .iter()
            .take_while(|a| !a.cjk && !a.class.is_blank())
            .count();
        if run >= 5 {
            let to = atoms.get(at + run).map_or(end, |a| a.start);
            if is_address(&block[atoms[at].start..to]) {
                let bare = without_edges(&atoms[at..at + run]);
                address(block, atoms, at + bare.start..at + bare.end);
            }
        }
        at += run + 1;
    }
}

fn is_address(run: &str) -> bool {
    let bytes = run.as_bytes();
    let mail = || {
        memchr::memchr_iter(b'@', bytes).any(|i| {
            i > 0
                && bytes[i - 1].is_ascii_alphanumeric()
                && bytes.get(i + 1).is_some_and(u8::is_ascii_alphanumeric)
        })
    };
    run.contains("://") || run.contains("www.") || mail()
}

/// An address without the brackets, quotes and stops around it, from its first visible character.
fn without_edges(atoms: &[Atom]) -> Range<usize> {
    let start = atoms
        .iter()
        .take_while(|a| a.class == Class::Open || a.class.is_zero())
        .count();
    let tail = |a: &&Atom| matches!(a.class, Class::Close | Class::NonStart | Class::Open);
    let end = atoms.len() - atoms.iter().rev().take_while(tail).count();
    start..end.max(start)
}

/// An address breaks where UAX #14 would break it, behind / ? & . and -, and else like a word.
fn address(block: &str, atoms: &mut [Atom], span: Range<usize>) {
    let joint = |a: &Atom| matches!(first_char(block, a), '/' | '?' | '&' | '.' | '-');
    for i in span.start + 1..span.end {
        let behind_joint = joint(&atoms[i - 1]) && !joint(&atoms[i]);
        let opportunity = atoms[i].before <= Break::Soft;
        atoms[i].before = if opportunity || behind_joint {
            Break::Soft
        } else {
            Break::Inside
        };
    }
}
