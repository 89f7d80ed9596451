//! What queries mean, and where they are wrong.

use super::*;
use crate::article::Kind;
use crate::search::Matcher;

/// A query in a plain form: (a & b), (a | b), !a, (a ~5 b).
fn form(query: &str) -> String {
    let parsed = match parse(query) {
        Ok(parsed) => parsed,
        Err(error) => {
            let at = error.at.unwrap_or(0..0);
            return format!("{} [{}]", error.message, &query[at]);
        }
    };
    fn of(expr: &Expr, leaves: &[Leaf]) -> String {
        let all = |parts: &[Expr], mark: &str| {
            let parts: Vec<String> = parts.iter().map(|part| of(part, leaves)).collect();
            format!("({})", parts.join(mark))
        };
        match expr {
            Expr::Leaf(n) => match &leaves[*n].term {
                Term::Text(pattern) => pattern_form(pattern),
                Term::Field(field, value) => format!("{field:?}={}", value_form(value)),
            },
            Expr::And(parts) => all(parts, " & "),
            Expr::Or(parts) => all(parts, " | "),
            Expr::Not(part) => format!("!{}", of(part, leaves)),
            Expr::Near(parts, distances) => {
                let mut out = of(&parts[0], leaves);
                for (part, distance) in parts[1..].iter().zip(distances) {
                    out += &format!(" ~{distance} {}", of(part, leaves));
                }
                format!("({out})")
            }
        }
    }
    parsed
        .expr
        .map_or_else(|| "-".to_owned(), |expr| of(&expr, &parsed.leaves))
}

fn pattern_form(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Word(word) => word.clone(),
        Pattern::Phrase(phrase) => format!("“{phrase}”"),
        Pattern::Regex(regex, at) => format!("/{regex}/{at}"),
    }
}

fn value_form(value: &Value) -> String {
    match value {
        Value::Any => "*".to_owned(),
        Value::Text(pattern) => pattern_form(pattern),
        Value::Kind(kind) => kind.name().to_owned(),
        Value::Days(from, to) => {
            let day =
                |date: &Option<crate::names::Date>| date.map_or(String::new(), |d| d.to_string());
            format!("{}..{}", day(from), day(to))
        }
        Value::Tie(label, parts) => {
            let parts = parts.iter().map(|part| {
                let role = part
                    .role
                    .as_ref()
                    .map_or(String::new(), |r| format!("{r}="));
                role + &part.name.as_ref().map_or("_".to_owned(), pattern_form)
            });
            let parts: Vec<String> = parts.collect();
            let label = label.as_ref().map_or("*".to_owned(), pattern_form);
            format!("{label}({})", parts.join(", "))
        }
    }
}

#[test]
fn what_queries_mean() {
    for (query, want) in [
        ("", "-"),
        ("  　", "-"),
        ("乌镇", "乌镇"),
        ("乌镇 峰会", "(乌镇 & 峰会)"),
        ("乌镇　峰会", "(乌镇 & 峰会)"),
        ("乌镇 AND 峰会", "(乌镇 & 峰会)"),
        ("乌镇 OR 峰会 互联网", "(乌镇 | (峰会 & 互联网))"),
        ("(乌镇 OR 峰会) 互联网", "((乌镇 | 峰会) & 互联网)"),
        ("乌镇 -峰会", "(乌镇 & !峰会)"),
        ("乌镇 NOT 峰会", "(乌镇 & !峰会)"),
        ("-(乌镇 OR 峰会)", "!(乌镇 | 峰会)"),
        ("a-b - -- 3-2", "(a-b & - & -- & 3-2)"),
        ("\"乌镇 峰会\"", "“乌镇 峰会”"),
        ("“乌镇 峰会”", "“乌镇 峰会”"),
        ("“乌镇", "“乌镇"),
        ("\"a \\\" b\"", "“a \" b”"),
        ("/\\d{4}年/", "/\\d{4}年/1"),
        ("乌镇 /a\\/b/", "(乌镇 & /a\\/b/8)"),
        ("高锐 ~10 大会", "(高锐 ~10 大会)"),
        (
            "高锐 ~10 大会 ~5 致辞 乌镇",
            "((高锐 ~10 大会 ~5 致辞) & 乌镇)",
        ),
        ("f(x) (f(x))", "(f(x) & f(x))"),
        ("\\(a\\) \\-b", "((a) & -b)"),
        ("or and not", "(or & and & not)"),
        ("ORB", "ORB"),
        ("person:高锐", "Of(Person)=高锐"),
        ("person：高锐", "Of(Person)=高锐"),
        ("PER:\"高 锐\"", "Of(Person)=“高 锐”"),
        ("org:*", "Of(Organisation)=*"),
        ("kind:org -kind:per", "(Kind=organisation & !Kind=person)"),
        ("label:PER entity:高锐", "(Label=PER & Entity=高锐)"),
        (
            "person:(高锐 OR 王正 -李)",
            "(Of(Person)=高锐 | (Of(Person)=王正 & !Of(Person)=李))",
        ),
        (
            "title:乌镇 source:新华社 page:02",
            "(Title=乌镇 & Source=新华社 & Page=02)",
        ),
        ("date:2023-11..2023-12", "Date=2023-11..2023-12"),
        ("date:..2023", "Date=..2023"),
        ("date:2023-11-08..", "Date=2023-11-08.."),
        ("relation:located(_, 北京)", "Relation=located(_, 北京)"),
        (
            "relation:located（_，北京） 乌镇",
            "(Relation=located(_, 北京) & 乌镇)",
        ),
        ("relation:*(to=New York)", "Relation=*(to=New York)"),
        ("relation:*(to＝New York)", "Relation=*(to=New York)"),
        (
            "relation:/loc (a|b)/(_, 北京)",
            "Relation=/loc (a|b)/10(_, 北京)",
        ),
        ("date:2023年11月", "Date=2023-11..2023-11"),
        ("date:2023年11月8日..", "Date=2023-11-08.."),
        ("date:*", "Date=*"),
        ("rel:located", "Relation=located()"),
        ("event:峰会", "Of(Event)=峰会"),
        ("event:举行(地点=乌镇)", "Of(Event)=举行(地点=乌镇)"),
        ("event:举行（who=高锐）", "Of(Event)=举行(who=高锐)"),
        ("event:\"举 行\"(高锐)", "Of(Event)=“举 行”(高锐)"),
        ("event:“举 行”（高锐）", "Of(Event)=“举 行”(高锐)"),
        ("event:/举(行|办)/", "Of(Event)=/举(行|办)/7"),
        ("event:\"会议(x)\"", "Of(Event)=“会议(x)”"),
        ("event:“会议(x)” 乌镇", "(Of(Event)=“会议(x)” & 乌镇)"),
        (
            "relation:(located OR 到(_, 北京))",
            "(Relation=located() | Relation=到(_, 北京))",
        ),
        (
            "event:(举行(高锐) OR 到(who=王正))",
            "(Of(Event)=举行(高锐) | Of(Event)=到(who=王正))",
        ),
        (
            "relation:(*(高锐) OR absent)",
            "(Relation=*(高锐) | Relation=absent())",
        ),
        ("relation:located （注）", "(Relation=located() & （注）)"),
        ("kind:\"person\"", "Kind=person"),
        (
            "kind:(person OR \"place\") -kind:(org)",
            "((Kind=person | Kind=place) & !Kind=organisation)",
        ),
        (
            "date:(2023 OR 2024-11.. -2025)",
            "(Date=2023..2023 | (Date=2024-11.. & !Date=2025..2025))",
        ),
        (
            "date:(2023 OR person:高锐)",
            "(Date=2023..2023 | Of(Person)=高锐)",
        ),
        ("高锐 ～１０ 大会 ~５ 会", "(高锐 ~10 大会 ~5 会)"),
        ("＂王 正＂ 乌镇", "(“王 正” & 乌镇)"),
        (
            "乌镇\"峰会\" \"乌镇\"峰会",
            "(乌镇\"峰会\" & “乌镇” & 峰会)",
        ),
        (
            "(date:2024 OR 高锐) ~5 王正",
            "((Date=2024..2024 | 高锐) ~5 王正)",
        ),
        ("地：上海 人:高锐", "(地：上海 & 人:高锐)"),
        (
            "location:上海 number:3",
            "(Of(Place)=上海 & Of(Quantity)=3)",
        ),
        ("kind:人 kind:other", "(Kind=person & Kind=other)"),
        (
            "http://a.cn/b 10:30 比分3:2",
            "(http://a.cn/b & 10:30 & 比分3:2)",
        ),
    ] {
        assert_eq!(form(query), want, "{query}");
    }
}

#[test]
fn faults_point_at_their_place() {
    for (query, want) in [
        ("乌镇 OR", "OR wants something behind it [OR]"),
        ("OR 乌镇", "OR wants something before it [OR]"),
        ("AND 乌镇", "AND wants something before it [AND]"),
        ("乌镇 AND", "AND wants something behind it [AND]"),
        (
            "(乌镇",
            "the bracket is not closed; to find one write \"(\" [(]",
        ),
        (
            "乌镇)",
            "this bracket closes nothing; to find one write \")\" [)]",
        ),
        ("乌镇 ()", "nothing stands in the brackets [()]"),
        ("乌镇 \"峰会", "the quotation mark is not closed [\"]"),
        (
            "\" \"",
            "nothing stands between the quotation marks [\" \"]",
        ),
        (
            "/a",
            "the expression is not closed by a second /; to find a slash write \"/\" [/]",
        ),
        (
            "高锐 ~ 大会",
            "how many characters may lie between them? write ~10 [~]",
        ),
        (
            "高锐 ~x 大会",
            "behind ~ stands a number of characters; to find a ~ write \"~\" [~x]",
        ),
        ("高锐 ~10", "~ wants something behind it [~10]"),
        ("~10 高锐", "~ wants something before it [~10]"),
        (
            "高锐 ~10 -大会",
            "what is not there is near nothing [~10 -大会]",
        ),
        (
            "person:",
            "person: wants something behind it, or person:* for any [person:]",
        ),
        (
            "kind:人们",
            "kinds are person, place, organisation, time, event, work, product, quantity, other [人们]",
        ),
        (
            "date:11月",
            "no date; write 2023-11-11, 2023-11, 2023 or two: 2023-11..2023-12, ..2024 [11月]",
        ),
        (
            "date:2023-11-08-2024-01-01",
            "no date; write 2023-11-11, 2023-11, 2023 or two: 2023-11..2023-12, ..2024 [2023-11-08-2024-01-01]",
        ),
        (
            "date:2023--",
            "no date; write 2023-11-11, 2023-11, 2023 or two: 2023-11..2023-12, ..2024 [2023--]",
        ),
        (
            "date:..2023..",
            "no date; write 2023-11-11, 2023-11, 2023 or two: 2023-11..2023-12, ..2024 [..2023..]",
        ),
        (
            "date:2024..2023",
            "the second date is before the first [2024..2023]",
        ),
        (
            "date:2024 ~5 王正",
            "a date has no place in the text, and is near nothing [date:2024]",
        ),
        (
            "王正 ~5 (file:a page:2)",
            "a file has no place in the text, and is near nothing [file:a]",
        ),
        (
            "relation:located (_, 北京)",
            "no blank before the bracket: write located(_, 北京) [(]",
        ),
        (
            "relation:(_, 北京)",
            "of any label? write relation:*(_, 北京) [(]",
        ),
        ("date:(2023 OR )", "OR wants something behind it [OR]"),
        ("kind:()", "nothing stands in the brackets [()]"),
        ("＂王正", "the quotation mark is not closed [＂]"),
        (
            "persn:高锐",
            "there is no field persn; person: is one. To find the text itself write it in \"\" [persn:]",
        ),
        (
            "relation:located(_, 北京",
            "the bracket is not closed; write located(_, 北京) [(]",
        ),
    ] {
        assert_eq!(form(query), want, "{query}");
    }
    let deep = "(".repeat(60) + "a";
    assert!(
        form(&deep).starts_with("more than 50 brackets"),
        "{}",
        form(&deep)
    );
    let many = "甲 ".repeat(70);
    assert!(form(&many).starts_with("more than 64 terms"));
}

#[test]
fn what_is_quoted_is_found_as_it_is() {
    for text in [
        "高锐",
        "弗朗西斯·高锐",
        "AI",
        "-高锐",
        "(高锐",
        "a\"b\\",
        "乌镇 (二)",
        "-x",
        "person:y",
    ] {
        let parsed = parse(&quoted(text)).expect("a query");
        let [leaf] = &parsed.leaves[..] else {
            panic!("{text}: one term");
        };
        let Term::Text(Pattern::Word(word) | Pattern::Phrase(word)) = &leaf.term else {
            panic!("{text}: text");
        };
        assert_eq!(word, text);
    }
    assert_eq!(quoted("弗朗西斯·高锐"), "弗朗西斯·高锐");
    assert_eq!(quoted("AI"), "\"AI\"", "AI is not read as pinyin");
    assert_eq!(Field::from_name("ORG"), Some(Field::Of(Kind::Organisation)));
}

proptest::proptest! {
    /// Whatever is typed is a query or a fault with a place within it.
    #[test]
    fn nothing_typed_is_too_odd(text in "[乌镇aOR AND(\")/~1\\\\:：person, date=*_-]{0,40}") {
        if let Err(error) = parse(&text) {
            let at = error.at.expect("a place");
            proptest::prop_assert!(text.get(at).is_some(), "{}", error.message);
        }
    }

    /// Nor is an expression, whatever stands before what is wrong with it.
    #[test]
    fn no_expression_is_too_odd(before in "[乌 a]{0,3}", text in "([镇a|.*]|\\\\/|\\\\d){0,9}[(\\[)]{0,2}") {
        let query = format!("{before} /{text}/");
        if let Err(error) = Matcher::new(&Query::new(&query)) {
            let place = error.at.and_then(|at| query.get(at));
            proptest::prop_assert!(place.is_some(), "{}: {}", query, error.message);
        }
    }
}
