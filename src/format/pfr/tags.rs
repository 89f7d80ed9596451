//! Which tags mark mentions, and which two words are one name.

/// A tag has at most so many letters and digits.
const LONGEST: usize = 8;

/// A word and its tag, which stands behind the last slash; nothing when there is no tag.
pub(super) fn split_tag(token: &str) -> Option<(&str, &str)> {
    // The slash is looked for only where it can be, so that a long word without tag costs nothing.
    let from = token.floor_char_boundary(token.len().saturating_sub(LONGEST + 1));
    let slash = from + token.get(from..)?.rfind('/')?;
    let (word, tag) = (token.get(..slash)?, token.get(slash + 1..)?);
    is_tag(tag).then_some((word, tag))
}

/// Whether it is a tag: a letter, then letters and digits, as in `Ng`, `ude1`.
pub(super) fn is_tag(tag: &str) -> bool {
    tag.len() <= LONGEST
        && tag.starts_with(|c: char| c.is_ascii_alphabetic())
        && tag.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether a word of this tag is a mention: names of persons (`nr` and what begins so), places, organisations and
/// other proper names, times, abbreviations, and foreign strings.
pub(super) fn is_mention(tag: &str) -> bool {
    const NAMES: [&str; 4] = ["nr", "ns", "nt", "nz"];
    matches!(tag, "t" | "j" | "nx") || NAMES.iter().any(|name| tag.starts_with(name))
}

/// Whether the label of a compound cannot have this character.
pub(super) fn is_bad_in_label(c: char) -> bool {
    matches!(c, '/' | '[' | ']') || c.is_whitespace() || c.is_control()
}

/// What a surname and a given name together are labelled.
pub(super) const PERSON: &str = "nr";

/// Whether a word and the next one are a surname and a given name by their tags alone: those of 2003, and those of
/// later guidelines. In 2014 `nrf` is a transliterated name; no `nrg` follows it there.
pub(super) fn are_parts(tags: (&str, &str)) -> bool {
    matches!(tags, ("nrf", "nrg") | ("nr1", "nr2"))
}

/// Whether two neighbours, both tagged `nr`, are a surname and a given name, as 1998 parts them: the first is a known
/// surname and the second one or two Han characters. Two whole names beside each other stay two.
pub(super) fn are_name(first: &str, second: &str) -> bool {
    let mut given = second.chars();
    let is_given = (1..=2).contains(&given.clone().count()) && given.all(crate::text::is_han);
    is_given && is_surname(first)
}

fn is_surname(word: &str) -> bool {
    match word.chars().count() {
        1 => SINGLE.contains(word),
        2 => DOUBLE.split(' ').any(|double| double == word),
        _ => false,
    }
}

/// Surnames of one character: those of the Hundred Family Surnames, and others that are frequent today.
const SINGLE: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫覃岳帅缑亢况郈有琴商牟佘佴伯赏墨哈谯笪年爱阳佟苟付代邝修冼芦栗丘仝练展贠宛尉药原臣母揭";

/// Surnames of two characters.
const DOUBLE: &str = "万俟 司马 上官 欧阳 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 公孙 仲孙 轩辕 令狐 钟离 宇文 长孙 慕容 鲜于 闾丘 司徒 司空 端木 百里 东郭 南宫 呼延 独孤 拓跋 西门 南郭 第五";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_stands_behind_the_last_slash() {
        for (token, want) in [
            ("风/n", Some(("风", "n"))),
            ("//w", Some(("/", "w"))),
            ("的/ude1", Some(("的", "ude1"))),
            ("乌/Ng", Some(("乌", "Ng"))),
            ("/w", Some(("", "w"))),
            ("1/2", None),
            ("风/", None),
            ("风", None),
            ("风/abcdefghi", None),
            ("", None),
        ] {
            assert_eq!(split_tag(token), want, "{token}");
        }
    }

    #[test]
    fn two_words_are_a_name_only_where_the_first_is_a_surname() {
        for (first, second, want) in [
            ("林", "小满", true),
            ("欧阳", "青", true),
            ("小满", "林", false),
            ("阿依", "古丽", false),
            ("林", "阿依古丽", false),
            ("林", "Ａ", false),
            ("林", "", false),
        ] {
            assert_eq!(are_name(first, second), want, "{first} {second}");
        }
        assert!(are_parts(("nrf", "nrg")) && !are_parts(("nrf", "nrf")));
    }
}
