//! Results in every order.

use super::*;
use crate::library::Row;

fn found(id: u32, hits: u32, date: &str) -> FoundArticle {
    FoundArticle {
        row: Row {
            id: ArticleId(id),
            name: String::new(),
            title: String::new(),
            date: date.to_owned(),
            page: String::new(),
            mentions: 0,
            problems: 0,
        },
        hits,
        first: None,
    }
}

fn results(articles: Vec<FoundArticle>) -> Results {
    let mut results = Results::new(Query::new("灯"), Ticket(1), None, None);
    let part = LibraryHits {
        ticket: Ticket(1),
        articles,
        ..LibraryHits::default()
    };
    assert!(results.take(&part));
    results
}

#[test]
fn articles_are_found_in_whatever_order() {
    let mut results = results(vec![
        found(9, 2, "2023-11-08"),
        found(4, 3, ""),
        found(7, 5, "2023-11-10"),
    ]);
    for order in [[4, 7, 9], [7, 4, 9], [7, 9, 4]] {
        for (line, id) in (0u32..).zip(order.map(ArticleId)) {
            assert_eq!(results.at(line), Some(id));
            assert_eq!(results.line_of(id), Some(line));
            assert_eq!(results.hits_at(line), results.of(id).map(|(hits, _)| hits));
        }
        assert_eq!(results.of(ArticleId(5)), None);
        results.turn_order();
    }
}

#[test]
fn the_newest_is_the_latest_day_however_it_is_written() {
    let dates = [
        "2023-9-5",
        "昨天",
        "2023年11月1日",
        "2023-10",
        "2023-11-01",
        "",
    ];
    let articles = (0..).zip(dates).map(|(id, date)| found(id, 1, date));
    let mut results = results(articles.collect());
    results.turn_order();
    assert_eq!(results.turn_order(), ResultOrder::Date);
    let order: Vec<u32> = results.ids().map(|id| id.0).collect();
    assert_eq!(order, [2, 4, 3, 0, 1, 5]);
}
