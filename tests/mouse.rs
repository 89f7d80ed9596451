//! The mouse: wheel, clicks and selecting, in every pane, at several sizes.

use crate::reader::{Choice, Reader};
use kanbao::app::{Area, Effect, Gone, Message, Mouse, MouseKind, Pane};
use kanbao::library::Library;

fn mouse(reader: &mut Reader, at: (u16, u16), kind: MouseKind) {
    reader.send(Message::Mouse(Mouse { at, kind }));
}

fn click(reader: &mut Reader, at: (u16, u16)) {
    clicks(reader, at, 1);
}

/// Clicks so often, as the decoder tells it: each press with its number.
fn clicks(reader: &mut Reader, at: (u16, u16), times: u8) {
    for n in 1..=times {
        mouse(reader, at, MouseKind::Press { clicks: n });
        mouse(reader, at, MouseKind::Release);
    }
}

fn wheel(reader: &mut Reader, at: (u16, u16), notches: i32) {
    mouse(reader, at, MouseKind::Wheel(notches));
}

/// Presses, drags over the cells, releases.
fn drag(reader: &mut Reader, cells: &[(u16, u16)]) {
    mouse(reader, cells[0], MouseKind::Press { clicks: 1 });
    for at in &cells[1..] {
        mouse(reader, *at, MouseKind::Drag);
    }
    mouse(reader, cells[cells.len() - 1], MouseKind::Release);
}

/// The first cell in an area where the screen shows the text.
fn find(reader: &Reader, area: Area, text: &str) -> (u16, u16) {
    let buffer = reader.buffer();
    for y in area.y..area.bottom() {
        for x in area.x..area.right() {
            let row: String = (x..area.right()).map(|x| buffer[(x, y)].symbol()).collect();
            // The second half of a wide character has no symbol of its own.
            if row.starts_with(text) && !buffer[(x, y)].symbol().is_empty() {
                return (x, y);
            }
        }
    }
    panic!("no “{text}” in {area:?} of\n{}", reader.screen())
}

fn body(reader: &Reader) -> Area {
    reader.app.column().0.area
}

fn selected(reader: &Reader) -> Option<&str> {
    let article = reader.app.article()?;
    let span = reader.app.selection()?.span(article);
    Some(article.text.slice(span))
}

fn middle(area: Area) -> (u16, u16) {
    (area.x + area.width / 2, area.y + area.height / 2)
}

const SIZES: [(u16, u16); 3] = [(160, 48), (100, 30), (60, 20)];

fn long() -> String {
    (1..=200)
        .map(|n| format!("　　第{n}段。天色渐亮，渡口的船一条接一条靠岸，菜农把筐子抬上石阶。\n"))
        .collect()
}

#[test]
fn the_wheel_scrolls_what_is_under_it_and_focus_stays() {
    let mut reader = Reader::bundled(160, 30);
    let g = *reader.app.geometry();
    let side = g.sidebar.unwrap().inner;
    let before = reader.app.body().unwrap().view();
    reader.press("3j");
    let three = reader.app.body().unwrap().view();
    reader.press("3k<Tab>");
    let focus = reader.app.focus();
    wheel(&mut reader, middle(g.body.inner), 1);
    assert_eq!(reader.app.body().unwrap().view().top, three.top);
    wheel(&mut reader, middle(g.body.inner), -5);
    assert_eq!(reader.app.body().unwrap().view().top, before.top);

    let mut low = Reader::bundled(160, 16);
    let list = low.app.geometry().list.unwrap().inner;
    let list_height = low.app.list().cursor().height();
    wheel(&mut low, middle(list), 1);
    assert_eq!(low.app.list().cursor().top(), 2);
    assert_eq!(
        low.app.list().cursor().line(),
        2,
        "the cursor stays in sight"
    );
    wheel(&mut low, (list.x, list.y), 1000);
    let len = low.app.list().len();
    assert_eq!(low.app.list().cursor().top() + u32::from(list_height), len);
    wheel(&mut low, (list.x, list.y), i32::MIN);
    assert_eq!(low.app.list().cursor().top(), 0);

    let item = reader.app.sidebar().current();
    wheel(&mut reader, (side.x + 2, side.y + 1), 1);
    assert_eq!(reader.app.sidebar().cursor().top(), 3);
    assert_ne!(reader.app.sidebar().current(), item);
    wheel(&mut reader, (side.x + 2, side.y + 1), -1);
    assert_eq!(reader.app.focus(), focus);
}

#[test]
fn the_wheel_over_the_card_scrolls_the_card() {
    let mut reader = Reader::bundled(120, 16);
    reader.press("5]m");
    let (_, area) = reader.app.card();
    let top = reader.app.sidebar().cursor().top();
    wheel(&mut reader, (area.x + 2, area.y + 2), 1);
    assert!(reader.app.card().0.above > 0, "{}", reader.screen());
    assert_eq!(reader.app.sidebar().cursor().top(), top);
}

#[test]
fn ten_thousand_notches_are_few_rows() {
    let mut reader = Reader::plain(&long(), 60, 20);
    wheel(&mut reader, (20, 10), 10_000);
    assert!(reader.status().ends_with("100%"));
    wheel(&mut reader, (20, 10), -10_000);
    assert_eq!(reader.app.body().unwrap().view().top.block, 0);
}

#[test]
fn the_wheel_and_clicks_in_help() {
    let mut reader = Reader::bundled(160, 20);
    reader.press("g?");
    wheel(&mut reader, (2, 2), 2);
    assert_eq!(reader.app.overlay().unwrap().top, 6);
    let inside = middle(reader.app.overlay_area());
    click(&mut reader, inside);
    assert!(reader.app.overlay().is_some());
    let view = reader.app.body().unwrap().view();
    click(&mut reader, (2, 5));
    assert!(reader.app.overlay().is_none());
    assert_eq!(
        reader.app.body().unwrap().view(),
        view,
        "that click does no more"
    );
}

#[test]
fn a_click_places_the_point_on_either_half_of_a_character() {
    for ambiguous in [1, 2] {
        let text = "　　“包容”问的是谁还没有上网——他说：IPv6的地址e\u{301}有128位……好。\n";
        let library = Library::from_bytes(
            "a.txt",
            text.as_bytes(),
            &kanbao::library::Asked::reading(None),
        );
        let choice = Choice::of(&format!("ambiguous = {ambiguous}"));
        let mut reader = Reader::start(library, 46, 12, &choice);
        let area = body(&reader);
        for at in ["包", "容", "网", "说", "v", "e\u{301}", "有", "128", "好"] {
            let (x, y) = find(&reader, area, at);
            let first = at.chars().next().unwrap();
            let wide = !first.is_ascii();
            for half in 0..=u16::from(wide) {
                click(&mut reader, (x + half, y));
                let point = reader.app.point().unwrap();
                let rest = &reader.app.article().unwrap().text.whole()[point.offset..];
                assert!(rest.starts_with(at), "{at} {half} {ambiguous}: {rest}");
            }
        }
    }
}

#[test]
fn beside_the_text_the_nearest_is_meant() {
    let mut reader = Reader::plain("　　乌镇在浙江。\n\n　　第二段。\n", 60, 20);
    let area = body(&reader);
    let row = area.y;
    for (at, want) in [
        ((area.x, row), "乌镇"),
        ((area.x + 1, row), "乌镇"),
        ((area.right() - 1, row), "。"),
        ((area.right() + 2, row), "。"),
        ((0, row), "乌镇"),
        ((area.x + 6, row + 1), "二段"),
        ((area.x + 4, row + 2), "第二"),
        ((area.x + 4, row + 9), "第二"),
        ((area.right() - 1, area.bottom() - 1), "。\n"),
    ] {
        click(&mut reader, at);
        let offset = reader.app.point().unwrap().offset;
        let rest = &reader.app.article().unwrap().text.whole()[offset..];
        assert!(rest.starts_with(want), "{at:?}: {rest}");
    }
}

#[test]
fn a_click_on_a_mention_selects_its_entity() {
    for (columns, rows) in SIZES {
        let mut reader = Reader::bundled(columns, rows);
        reader.search("弗朗西斯").press("<Esc>gg").search("高锐");
        let at = find(&reader, body(&reader), "高锐");
        click(&mut reader, at);
        assert!(matches!(
            reader.app.body().unwrap().gone(),
            Some(Gone::Mention(_))
        ));
        let entity = reader.app.entity_set_off().unwrap();
        let name = &reader
            .app
            .article()
            .unwrap()
            .annotations
            .entity(entity)
            .unwrap()
            .name;
        assert!(name.contains("高锐"), "{columns}: {name}");
        assert_eq!(reader.app.focus(), Pane::Body);
        assert_eq!(selected(&reader), None);
    }
}

#[test]
fn a_click_in_the_list_opens_the_article() {
    for (columns, rows, lines) in [(160, 48, 2), (100, 30, 2), (90, 8, 1), (60, 20, 2)] {
        let mut reader = Reader::bundled(columns, rows);
        if columns < 80 {
            reader.press("1").pause();
        }
        assert_eq!(reader.app.list_lines(), lines);
        let inner = reader.app.geometry().list.unwrap().inner;
        click(&mut reader, (inner.x + 4, inner.y + 2 * lines));
        assert_eq!(reader.app.body().unwrap().id().0, 2, "{columns}");
        assert_eq!(reader.app.focus(), Pane::Body);
        assert_eq!(reader.app.geometry().list.is_some(), columns >= 80);
    }
}

#[test]
fn a_click_in_the_sidebar_goes_to_the_entity() {
    for (columns, rows) in [(160, 48), (120, 24), (60, 20)] {
        let mut reader = Reader::bundled(columns, rows);
        if columns < 120 {
            reader.press("3").pause();
        }
        let inner = reader.app.geometry().sidebar.unwrap().inner;
        let at = (inner.x + 4, inner.y + 1);
        click(&mut reader, at);
        let entity = reader.app.sidebar().entity().unwrap();
        let first = reader
            .app
            .article()
            .unwrap()
            .annotations
            .entity(entity)
            .unwrap()
            .mentions()[0];
        assert_eq!(
            reader.app.body().unwrap().gone(),
            Some(Gone::Mention(first))
        );
        if columns >= 120 {
            assert_eq!(reader.app.focus(), Pane::Sidebar);
            // The heading above is only pointed at.
            click(&mut reader, (inner.x + 2, inner.y));
            assert_eq!(reader.app.sidebar().cursor().line(), 0);
            assert_eq!(
                reader.app.body().unwrap().gone(),
                Some(Gone::Mention(first))
            );
        } else {
            assert_eq!(reader.app.focus(), Pane::Body);
        }
    }
}

#[test]
fn a_click_beside_a_pane_over_the_body_closes_it() {
    let mut reader = Reader::bundled(60, 20);
    reader.press("1").pause();
    assert_eq!(reader.app.focus(), Pane::List);
    click(&mut reader, (58, 8));
    assert!(reader.app.geometry().list.is_none());
    assert_eq!(reader.app.focus(), Pane::Body);
}

#[test]
fn dragging_selects_in_the_article_alone() {
    for (columns, rows) in SIZES {
        for ambiguous in [1, 2] {
            let choice = Choice::of(&format!("ambiguous = {ambiguous}"));
            let mut reader = Reader::start(Library::bundled(), columns, rows, &choice);
            reader.search("上网能得到").press("<Esc>");
            let area = body(&reader);
            let (x, y) = find(&reader, area, "上网");
            // From the second half of one character to the first half of another.
            drag(&mut reader, &[(x + 1, y), (x + 2, y)]);
            assert_eq!(selected(&reader), Some("上网"), "{columns} {ambiguous}");
            assert!(
                reader.status().contains("2 characters sel"),
                "{}",
                reader.status()
            );
            // Backwards.
            drag(&mut reader, &[(x + 2, y), (x, y)]);
            assert_eq!(selected(&reader), Some("上网"));
            // Out to the side it ends with the row.
            drag(&mut reader, &[(x, y), (columns - 1, y)]);
            let row_end = selected(&reader).unwrap().to_owned();
            assert!(row_end.starts_with("上网") && !row_end.contains('\n'));
            drag(&mut reader, &[(x, y), (x + 1, y)]);
            assert_eq!(selected(&reader), None, "one character is a click");
            let (text, _) = match reader.press("vly").left.last() {
                Some(Effect::Copy { text, what }) => (text.clone(), what),
                other => panic!("{other:?}"),
            };
            assert_eq!(text, "上网", "the mouse and the keys select alike");
        }
    }
}

#[test]
fn a_drag_that_begins_elsewhere_selects_nothing() {
    let mut reader = Reader::bundled(160, 48);
    let g = *reader.app.geometry();
    for from in [
        middle(g.sidebar.unwrap().inner),
        (g.status.x, g.status.y),
        (g.list.unwrap().inner.x, 0),
    ] {
        drag(&mut reader, &[from, middle(g.body.inner)]);
        assert_eq!(selected(&reader), None);
    }
}

#[test]
fn dragging_beyond_an_edge_scrolls() {
    let mut reader = Reader::plain(&long(), 60, 20);
    let area = body(&reader);
    let at = (area.x + 4, area.y + 5);
    mouse(&mut reader, at, MouseKind::Press { clicks: 1 });
    mouse(&mut reader, (at.0, area.bottom()), MouseKind::Drag);
    assert!(reader.app.is_dragging_beyond());
    let one = reader.app.body().unwrap().view().top;
    let chosen = selected(&reader).unwrap().len();
    for _ in 0..10 {
        reader.pause();
    }
    assert!(reader.app.body().unwrap().view().top > one);
    assert!(selected(&reader).unwrap().len() > chosen);
    mouse(&mut reader, (at.0, 0), MouseKind::Drag);
    for _ in 0..100 {
        reader.pause();
    }
    assert!(!reader.app.is_dragging_beyond(), "there is nothing above");
    assert!(selected(&reader).unwrap().starts_with("第1段"));
    mouse(&mut reader, (at.0, 0), MouseKind::Release);
    reader.pause();
    assert!(selected(&reader).is_some(), "it stays selected");
    click(&mut reader, at);
    assert_eq!(selected(&reader), None);
}

#[test]
fn a_double_click_selects_a_mention_or_a_word_and_a_triple_one_the_paragraph() {
    let mut reader = Reader::bundled(100, 40);
    reader.search("弗朗西斯").press("<Esc>");
    let area = body(&reader);
    let at = find(&reader, area, "弗朗");
    clicks(&mut reader, (at.0 + 3, at.1), 2);
    assert_eq!(selected(&reader), Some("弗朗西斯·高锐"));
    let at = find(&reader, area, "走廊里");
    clicks(&mut reader, (at.0 + 1, at.1), 2);
    assert_eq!(selected(&reader), Some("传不了散会以后走廊里的几句闲谈"));
    clicks(&mut reader, at, 3);
    let all = selected(&reader).unwrap();
    assert!(
        all.starts_with("在大会的名单上") && all.ends_with("桌子之外。"),
        "{all}"
    );

    let mut reader = Reader::plain("　　用IPv6-2上网，PM2.5好。“引”かな\n", 60, 10);
    let area = body(&reader);
    for (under, want) in [
        ("v6", "IPv6-2"),
        ("网", "上网"),
        ("，", "，"),
        ("2.5", "PM2.5"),
        ("好", "好"),
        ("引", "引"),
        ("な", "かな"),
    ] {
        let at = find(&reader, area, under);
        clicks(&mut reader, at, 2);
        assert_eq!(selected(&reader), Some(want), "{under}");
    }
    // Dragged on, it grows by words.
    let (from, to) = (find(&reader, area, "Pv6"), find(&reader, area, "2.5"));
    mouse(&mut reader, from, MouseKind::Press { clicks: 1 });
    mouse(&mut reader, from, MouseKind::Press { clicks: 2 });
    mouse(&mut reader, to, MouseKind::Drag);
    assert_eq!(selected(&reader), Some("IPv6-2上网，PM2.5"));
    let back = find(&reader, area, "用");
    mouse(&mut reader, back, MouseKind::Drag);
    assert_eq!(selected(&reader), Some("用IPv6-2"));
}

#[test]
fn a_click_takes_what_is_typed_in_a_prompt_as_enter_does() {
    let mut reader = Reader::bundled(160, 48);
    reader.press("f").write("IPv6");
    let inner = reader.app.geometry().list.unwrap().inner;
    let status = reader.app.geometry().status;
    click(&mut reader, (3, status.y));
    assert!(reader.app.prompt().is_some(), "the prompt itself");
    click(&mut reader, (inner.x + 4, inner.y));
    assert!(reader.app.prompt().is_none() && reader.app.list().filter().is_some());
    let first = reader.app.list().at(0).unwrap();
    assert_eq!(reader.app.body().unwrap().id(), first);
}

#[test]
fn pending_keys_end_with_a_click() {
    let mut reader = Reader::plain(&long(), 60, 20);
    reader.press("g");
    click(&mut reader, (20, 5));
    assert!(reader.app.pending().is_none());
}

#[test]
fn the_mouse_can_be_switched_off() {
    let library = Library::from_bytes(
        "a.txt",
        long().as_bytes(),
        &kanbao::library::Asked::reading(None),
    );
    let mut reader = Reader::start(library, 60, 20, &Choice::of("mouse = false"));
    let view = reader.app.body().unwrap().view();
    wheel(&mut reader, (20, 5), 3);
    clicks(&mut reader, (20, 5), 2);
    assert_eq!(
        (reader.app.body().unwrap().view(), selected(&reader)),
        (view, None)
    );
}

#[test]
fn no_cell_of_any_size_panics() {
    for (columns, rows) in [(10, 3), (20, 5), (60, 20), (81, 12), (121, 13)] {
        for open in ["", "1", "3", "g?", "/"] {
            let mut reader = Reader::bundled(columns, rows);
            reader
                .press(if open.is_empty() { "j" } else { open })
                .pause();
            for y in 0..=rows {
                for x in (0..=columns).step_by(3) {
                    for kind in [
                        MouseKind::Wheel(1),
                        MouseKind::Wheel(-1),
                        MouseKind::Drag,
                        MouseKind::Press { clicks: 2 },
                        MouseKind::Drag,
                        MouseKind::Release,
                    ] {
                        mouse(&mut reader, (x, y), kind);
                    }
                }
            }
            reader.buffer();
        }
    }
}
