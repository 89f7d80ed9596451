//! Annotations put together, and what is refused.

use super::*;

fn span(text: &Text, part: &str) -> ByteSpan {
    let at = text.whole().find(part).unwrap();
    ByteSpan::new(at, at + part.len())
}

#[test]
fn annotations_come_out_in_the_order_of_the_text() {
    let text = Text::from_lines("高锐在世界互联网大会乌镇峰会上。".to_owned()).unwrap();
    let mut builder = AnnotationsBuilder::new(&text);
    let layer = builder.layer("gold");
    let (place, person) = (builder.label("place"), builder.label("person"));
    assert_eq!(builder.label("place"), place);
    let town = builder.entity("乌镇", place, vec![]);
    let unseen = builder.entity("北京", place, vec![]);
    let man = builder.entity("高锐", person, vec![]);
    let mut add = |part: &str, label, entity| {
        let spans = vec![span(&text, part)];
        let draft = MentionDraft {
            layer,
            label,
            spans,
            entity,
            ..MentionDraft::default()
        };
        builder.mention(draft).unwrap()
    };
    let first = add("乌镇", place, Some(town));
    add("乌镇峰会", place, None);
    add("高锐", person, Some(man));
    builder
        .note(Note {
            source_id: "".into(),
            target: Some(Target::Mention(first)),
            label: String::new(),
            text: "镇".to_owned(),
        })
        .unwrap();
    builder
        .relation(Relation {
            layer,
            source_id: "R1".into(),
            label: "seen_in".to_owned(),
            arguments: [("from", man), ("to", town)]
                .map(|(role, id)| Argument {
                    role: role.into(),
                    target: Target::Entity(id),
                })
                .into(),
        })
        .unwrap();
    let made = builder.finish();
    let quoted: Vec<_> = made
        .mentions()
        .iter()
        .map(|m| {
            (
                &*m.source_id,
                text.slice(m.hull()),
                m.source_spans()[0].start,
            )
        })
        .collect();
    assert_eq!(
        quoted,
        [
            ("m1", "高锐", 0),
            ("m2", "乌镇峰会", 10),
            ("m3", "乌镇", 10)
        ]
    );
    let names: Vec<_> = made.entities().iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["高锐", "乌镇", "北京"]);
    assert_eq!(made.entity(EntityId(1)).unwrap().mentions(), [MentionId(2)]);
    assert_eq!(unseen, EntityId(1), "the provisional number was another");
    let notes: Vec<_> = made.notes_on(Target::Mention(MentionId(2))).collect();
    assert_eq!(notes[0].text, "镇");
    let relations = |n| made.relations_of(Target::Entity(EntityId(n))).collect();
    let counts: Vec<Vec<RelationId>> = (0..3).map(relations).collect();
    assert_eq!(counts, [vec![RelationId(0)], vec![RelationId(0)], vec![]]);
}

#[test]
fn what_breaks_an_invariant_is_refused() {
    let text = Text::from_lines("乌镇".to_owned()).unwrap();
    let mut builder = AnnotationsBuilder::new(&text);
    let label = builder.label("place");
    for (spans, fault) in [
        (vec![], Fault::Empty),
        (vec![(3, 3)], Fault::Empty),
        (vec![(3, 9)], Fault::OutOfBounds { end: 9, len: 6 }),
        (vec![(1, 3)], Fault::SplitsCharacter(1)),
        (vec![(3, 6), (0, 3)], Fault::Disorder),
        (vec![(0, 6), (3, 6)], Fault::Disorder),
    ] {
        let spans = spans.iter().map(|(a, b)| ByteSpan::new(*a, *b)).collect();
        let draft = MentionDraft {
            label,
            spans,
            ..MentionDraft::default()
        };
        assert_eq!(builder.mention(draft), Err(fault));
    }
    let draft = MentionDraft {
        label,
        spans: vec![ByteSpan::new(0, 6)],
        entity: Some(EntityId(4)),
        ..MentionDraft::default()
    };
    assert_eq!(builder.mention(draft), Err(Fault::Dangling));
    assert!(
        builder
            .event(LayerId(0), "E1", "hold", Some(MentionId(0)))
            .is_err()
    );
    assert!(builder.finish().mentions().is_empty());
}
