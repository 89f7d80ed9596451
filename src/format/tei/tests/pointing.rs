//! What points to something, and where notes and names may stand.

use super::*;

#[test]
fn articles_of_a_corpus_point_to_each_other_and_to_what_is_around_them() {
    let list = |id: &str, name: &str| {
        format!(
            "<standOff><listPerson><person xml:id='{id}'><persName>{name}</persName><idno>Q{id}</idno></person></listPerson></standOff>"
        )
    };
    let one = |before: &str, body: &str| {
        format!("<TEI>{before}<text><body><p>{body}</p></body></text></TEI>\n")
    };
    let corpus = [
        "<teiCorpus><teiHeader/>\n",
        &list("h", "海因"),
        &one(&list("x", "王伟"), "<persName ref='#z'>丁</persName><rs xml:id='r'>人</rs>"),
        &one("", "<persName ref='#x'>王</persName><persName ref='#x'>伟</persName><persName ref='#h'>海</persName><rs ref='#r'>某</rs><rs ref='#no'>无</rs><rs ref='#e'>空</rs><note target='#x'>注</note>"),
        &list("z", "丁一"),
        "<listPlace><place xml:id='e'/><place xml:id='f'><placeName>风城</placeName></place></listPlace>",
        "</teiCorpus>",
    ]
    .concat();
    let document = open(&corpus);
    let all: Vec<Article> = (0..2).map(|n| document.read(n).unwrap()).collect();
    assert_eq!(faults(&all[0]), [""; 0]);
    let named = |article: &Article| -> Vec<String> {
        let all = article.annotations.entities().iter();
        all.map(|e| format!("{} {}", e.name, e.mentions().len()))
            .collect()
    };
    assert_eq!(named(&all[0]), ["丁一 1", "人 1"]);
    assert_eq!(named(&all[1]), ["王伟 2", "海因 1", "某 1", "无 1", "空 1"]);
    assert_eq!(faults(&all[1]).len(), 1);
    assert!(faults(&all[1])[0].ends_with("dangling"));
    let made = &all[1].annotations;
    assert_eq!(made.links()[0].reference, "Qx");
    assert!(matches!(made.notes()[0].target, Some(Target::Entity(_))));
}

#[test]
fn a_key_joins_what_has_it_to_what_says_by_ref_whom_it_means() {
    let read = article(
        "<TEI><text><body><p><persName key='b'>丁</persName><persName key='a' ref='https://e.org/1'>高锐</persName><persName key='a'>高</persName>
         <persName ref='https://e.org/1'>锐</persName><persName key='b' ref='https://e.org/2'>丁一</persName>
         <persName key='b' ref='https://e.org/3'>丁二</persName></p></body></text></TEI>",
    );
    let named: Vec<(&str, usize)> = read
        .annotations
        .entities()
        .iter()
        .map(|e| (&*e.name, e.mentions().len()))
        .collect();
    assert_eq!(named, [("丁", 2), ("高锐", 3), ("丁二", 1)]);
    let once = normal(&read);
    assert_eq!(normal(&article(&once)), once);
}

/// What each note is on: words of a mention, `=` and the name of an entity, or nothing for the article.
fn notes(article: &Article) -> Vec<String> {
    let made = &article.annotations;
    let said = |note: &crate::article::Note| {
        let on = match note.target {
            Some(Target::Mention(id)) => {
                let mention = made.mention(id).unwrap();
                article.text.slice(mention.hull()).to_owned()
            }
            Some(Target::Entity(id)) => format!("={}", made.entity(id).unwrap().name),
            Some(other) => format!("{other:?}"),
            None => String::new(),
        };
        format!("{on}: {}", note.text)
    };
    made.notes().iter().map(said).collect()
}

/// The normal form, which must be a fixed point that has no fault and everything that the article has.
fn normal(article: &Article) -> String {
    let (out, losses) = written(article);
    assert!(losses.is_empty(), "{losses}");
    let again = self::article(&out);
    assert_eq!(faults(&again), [""; 0], "{out}");
    assert_eq!(written(&again).0, out);
    assert_eq!(again.text.whole(), article.text.whole());
    assert_eq!(mentions(&again), mentions(article));
    let (mut before, mut behind) = (notes(article), notes(&again));
    before.sort();
    behind.sort();
    assert_eq!(behind, before, "{out}");
    let links = |of: &Article| of.annotations.links().len();
    assert_eq!(links(&again), links(article), "{out}");
    out
}

#[test]
fn what_points_at_an_element_without_annotation_is_no_fault() {
    for element in ["p", "seg", "head", "div", "s", "anchor"] {
        let read = body(&format!(
            "<{element} xml:id='x1'>二<persName>王</persName></{element}><note target='#x1'>远</note>"
        ));
        assert_eq!(faults(&read), [""; 0], "{element}");
        assert_eq!(notes(&read), [": 远"], "{element}");
        normal(&read);
    }
    // A category, a page elsewhere, and what an article points to in the header of its corpus.
    let told = "<category xml:id='c1'/><taxonomy xml:id=\"t\"/>";
    let text = "<p xml:id='x1'>二<rs ref='#c1'>王</rs><rs ref='b.xml#y u:1'>李</rs></p><note target='b.xml#y'>远</note><relation name='r' active='#x1' passive='http://a.b/c'/>";
    let one = format!("<TEI><teiHeader>{told}</teiHeader><text><body>{text}</body></text></TEI>");
    let read = article(&one);
    assert_eq!(faults(&read), [""; 0]);
    assert_eq!(read.annotations.relations()[0].arguments.len(), 2);
    let out = normal(&read);
    assert!(out.contains("<rs key=\"c1\">王</rs>"), "{out}");
    let text = "<TEI><text><body><p><rs ref='#c1 #t'>王</rs></p></body></text></TEI>";
    let corpus = format!("<teiCorpus><teiHeader>{told}</teiHeader>\n{text}\n{text}</teiCorpus>");
    for number in 0..2 {
        assert_eq!(faults(&open(&corpus).read(number).unwrap()), [""; 0]);
    }
}

#[test]
fn front_and_back_are_text_and_notes_are_read_wherever_they_stand() {
    let read = article(
        "<TEI><teiHeader><notesStmt><note>藏本</note></notesStmt>
         <listPerson><person xml:id='p2'><persName>李</persName><birth><placeName>杭州</placeName></birth><note>记者</note></person></listPerson></teiHeader>
         <standOff><note target='#x1 #p2'>远</note></standOff>
         <facsimile><front>不</front></facsimile>
         <text><front><titlePage><docTitle><titlePart>题</titlePart><titlePart type='sub'>副</titlePart></docTitle>
         <byline>作 <docAuthor><persName ref='#p2'>李</persName></docAuthor></byline></titlePage></front>
         <body><head>一</head><p>二<persName xml:id='x1' ref='#p3'>王</persName></p></body>
         <back><div><head>注</head><note target='#x1'>近</note></div><listPerson><person xml:id='p3'><persName>王伟</persName><idno>Q1</idno><note>渡工</note></person></listPerson></back></text></TEI>",
    );
    assert_eq!(faults(&read), [""; 0]);
    assert_eq!(read.text.whole(), "题\n副\n作 李\n一\n二王\n注\n王伟");
    use Role::*;
    let roles: Vec<Role> = read.text.blocks().iter().map(|b| b.role).collect();
    assert_eq!(
        roles,
        [
            Headline,
            Deck,
            Byline,
            SectionHead,
            Paragraph,
            SectionHead,
            Paragraph
        ]
    );
    assert_eq!(
        mentions(&read),
        ["persName 李", "persName 王", "persName 王伟"]
    );
    assert_eq!(
        notes(&read),
        [
            ": 藏本",
            "=李: 记者",
            "王: 远",
            "=李: 远",
            "王: 近",
            "=王伟: 渡工"
        ]
    );
    let entities = read.annotations.entities();
    assert!(entities.iter().all(|e| e.aliases.is_empty()));
    normal(&read);
    // The head of an abstract is not that of the article.
    let read = article(
        "<TEI><text><front><div><head>摘要</head><p>短</p></div></front><body><head>题</head></body></text></TEI>",
    );
    let roles: Vec<Role> = read.text.blocks().iter().map(|b| b.role).collect();
    assert_eq!(roles, [SectionHead, Paragraph, Headline]);
    normal(&read);
}

#[test]
fn every_pointer_of_a_mention_is_kept() {
    let read = article(
        "<TEI><standOff><listPerson><person xml:id='p1'><persName>王伟</persName></person></listPerson>
         <listOrg><org xml:id='o1'><orgName>新华 社</orgName></org></listOrg>
         <listEvent><event xml:id='ev1'><label>会</label></event></listEvent></standOff>
         <text><body><p><persName ref='#p1 #o1'>王</persName>、<persName ref='#p1 u:1' key='K'>王伟</persName>、<orgName ref='#o1'>社</orgName>开<rs ref='#ev1' type='event'>会</rs></p></body></text></TEI>",
    );
    assert_eq!(faults(&read), [""; 0]);
    let links = read.annotations.links().iter();
    let links: Vec<&str> = links.map(|l| l.reference.as_str()).collect();
    assert_eq!(links, ["#新华 社", "u:1", "K"]);
    let out = normal(&read);
    for part in [
        "<persName ref=\"#e1 #e2\">王</persName>",
        "<persName ref=\"#e1 u:1\" key=\"K\">王伟</persName>",
        "<orgName ref=\"#e2\">社</orgName>",
        "<rs type=\"event\" ref=\"#e3\">会</rs>",
    ] {
        assert!(out.contains(part), "{out}");
    }
    // A mention has one key.
    let read = body("<p><rs key='a'>甲</rs><rs ref='#x'>乙</rs><rs xml:id='x'>丙</rs></p>");
    assert_eq!(faults(&read), [""; 0]);
    normal(&read);
}
