//! Events of DuEE, with and without indices, what is wrong in such files, and writing them.

#![allow(clippy::unwrap_used)]

use super::super::json::testing::*;
use crate::article::{Article, Target};
use crate::format::Format::{Doccano, DuEe};
use crate::format::{Feature, Losses, ReadOptions, Unit, WriteOptions};

const EVENTS: &str = include_str!("../../../tests/formats/duee/events.json");
const FIN: &str = include_str!("../../../tests/formats/duee/fin.json");
const BROKEN: &str = include_str!("../../../tests/formats/duee/broken.json");

/// `label trigger role:words …` of each event.
fn events(article: &Article) -> Vec<String> {
    let made = &article.annotations;
    let words = |target: Target| match target {
        Target::Mention(id) => article.text.slice(made.mention(id).unwrap().hull()),
        Target::Unplaced(id) => &*made.unplaced_of(id).unwrap().quote,
        _ => "?",
    };
    let told = made.events().iter().map(|event| {
        let trigger = event.trigger.map_or("-", |id| words(Target::Mention(id)));
        let mut told = format!("{} {trigger}", event.label);
        for argument in &event.arguments {
            told.push_str(&format!(" {}:{}", argument.role, words(argument.target)));
        }
        told
    });
    told.collect()
}

#[test]
fn events_have_triggers_and_arguments() {
    let all = articles(DuEe, EVENTS);
    assert_eq!(
        events(&all[0]),
        [
            "任免-就任 任 人物:方岚 时间:昨天 单位:雁溪大学",
            "任免-卸任 卸任 人物:丁一 单位:雁溪大学"
        ]
    );
    assert_eq!(
        mentions(&all[0]).len(),
        6,
        "what both events have in one role is one mention"
    );
    assert_eq!(notes(&all[0]), [("alias", "小方")]);
    assert_eq!(all[0].meta.name, "c0ffee01");
    assert_eq!(events(&all[1]), ["来往-来 来 人物:方岚 地点:没有"]);
    assert_eq!(unplaced(&all[1]), [("地点", "90 92")]);
}

#[test]
fn words_without_an_index_are_marked_where_they_first_stand() {
    let all = articles(DuEe, FIN);
    assert_eq!(events(&all[0]), ["股份回购 回购 公司:雁溪纸业 日期:前日"]);
    assert_eq!(
        mentions(&all[0]),
        [("公司", "雁溪纸业"), ("股份回购", "回购")]
    );
    assert_eq!(all[0].meta.title, "回购");
    assert_eq!(codes(DuEe, FIN), ["quote-nowhere"].into());
}

#[test]
fn indices_that_count_otherwise_are_found_by_the_words() {
    let text = "{\"text\": \"😀方岚来\", \"event_list\": [{\"event_type\": \"来\", \"trigger\": \"来\", \
                \"trigger_start_index\": 4, \"arguments\": []}]}";
    assert_eq!(mentions(&articles(DuEe, text)[0]), [("来", "来")]);
    let settled = open(DuEe, text, ReadOptions::default()).settled();
    assert_eq!(settled.unwrap().counting.unit, Unit::Utf16);
}

#[test]
fn every_fault_has_its_place_and_the_rest_is_read() {
    assert_eq!(
        faults(DuEe, BROKEN),
        [
            (1, 147, "offset-range"),
            (1, 207, "offset-unusable"),
            (1, 268, "wrong-type"),
            (1, 330, "quote-differs"),
            (1, 391, "quote-nowhere"),
            (1, 398, "missing-value"),
            (1, 411, "wrong-type"),
            (1, 416, "wrong-type"),
            (2, 29, "duplicate-key"),
            (2, 55, "missing-value"),
            (2, 67, "wrong-type"),
            (2, 83, "wrong-type"),
            (2, 86, "syntax"),
            (3, 1, "missing-value"),
            (4, 11, "lone-surrogate"),
        ]
    );
    let all = articles(DuEe, BROKEN);
    assert_eq!(mentions(&all[3]), [("来", "来")]);
    assert_eq!(
        events(&all[0])[0],
        "来 来 r:很远 r:方岚 r:方岚 r:了雁 r:无处",
        "nothing is dropped"
    );
    let options = ReadOptions {
        anchor: true,
        ..ReadOptions::default()
    };
    let anchored = with(DuEe, BROKEN, options);
    assert_eq!(mentions(&anchored[0]), [("来", "来"), ("r", "雁溪")]);
    let mut met = codes(DuEe, BROKEN);
    met.extend([
        "offset-cluster",
        "undecodable",
        "encoding",
        "offset-unit",
        "re-anchored",
    ]);
    let told = DuEe.codes().iter().map(|code| code.name);
    assert_eq!(met, told.collect());
}

#[test]
fn the_usual_spelling_is_written_back_byte_for_byte() {
    assert_eq!(settled(DuEe, EVENTS), EVENTS);
    settled(DuEe, FIN);
    let once = settled(DuEe, BROKEN);
    let (before, after) = (articles(DuEe, BROKEN), articles(DuEe, &once));
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(events(before), events(after));
    }
}

#[test]
fn an_alias_of_a_shared_argument_does_not_double() {
    let event = |alias: &str| {
        format!(
            "{{\"event_type\": \"来\", \"trigger\": \"来\", \"trigger_start_index\": 2, \"arguments\": \
             [{{\"argument_start_index\": 0, \"role\": \"人物\", \"argument\": \"方岚\", \"alias\": [{alias}]}}]}}"
        )
    };
    let events = [event("\"小方\""), event(""), event("\"小方\", \"阿岚\"")].join(", ");
    let text = format!("{{\"text\": \"方岚来了\", \"event_list\": [{events}]}}");
    assert_eq!(
        notes(&articles(DuEe, &text)[0]),
        [("alias", "小方"), ("alias", "阿岚")]
    );
    settled(DuEe, &text);
}

#[test]
fn what_is_in_no_event_is_told_to_be_lost() {
    let text = "{\"text\": \"方岚来了\", \"label\": [[0, 2, \"PER\"], [2, 3, \"ACT\"]]}";
    let article = &articles(Doccano, text)[0];
    let mut losses = Losses::default();
    super::write::write(article, &WriteOptions::default(), &mut losses);
    let told: Vec<_> = losses.iter().collect();
    assert_eq!(told, [(Feature::Mentions, 2)]);
}

#[test]
fn it_is_known_by_its_records() {
    for text in [EVENTS, FIN] {
        assert_eq!(detected(text, true), Some(DuEe));
    }
    assert_ne!(detected("{\"event_list\": []}", true), Some(DuEe));
}
