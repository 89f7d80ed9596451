//! The program in a terminal: the library is searched on threads, and a view is found again.

use std::fs;

use crate::pty::home::{Home, wait_for_status};
use crate::pty::{Pty, assert_given_back};

fn quit(mut pty: Pty) {
    pty.send("q");
    assert!(pty.wait().success());
    assert_given_back(&pty);
}

/// A home with a folder of so many texts, of which every tenth tells of 乌镇.
fn home(texts: usize) -> Home {
    let home = Home::new();
    for n in 0..texts {
        let place = if n % 10 == 7 { "烏鎮" } else { "别处" };
        home.file(
            &format!("news/{n:03}.txt"),
            format!("第{n}封信\n\n　　写于{place}，{place}有雨。\n"),
        );
    }
    home
}

#[test]
fn the_library_is_searched_and_the_view_kept() {
    let home = home(300);
    let news = home.path().join("news");
    let open = || home.kanbao(&[news.to_str().unwrap()], 120, 30);
    let pty = open();
    wait_for_status(&pty, "article 1/300");
    pty.send("g/wuzhen");
    wait_for_status(&pty, "60 hits in 30 articles");
    pty.send("\r");
    wait_for_status(&pty, "article 8/300");
    pty.send("jjj");
    wait_for_status(&pty, "article 38/300");
    pty.send("\r");
    pty.send("nn");
    wait_for_status(&pty, "article 5/30: 第47封信");
    pty.send("gs\x15水乡\r");
    wait_for_status(&pty, "kept as view “水乡”");
    quit(pty);

    let kept = home.path().join("state/kanbao/views.toml");
    assert!(fs::read_to_string(&kept).unwrap().contains("wuzhen"));
    let pty = open();
    pty.wait_for("/ 水乡");
    wait_for_status(&pty, "article 1/300");
    pty.send("\x1b[Z");
    wait_for_status(&pty, "LIST");
    pty.send("gg\r");
    pty.wait_for("60 hits in 30 articles");
    wait_for_status(&pty, "article 8/300");
    quit(pty);

    let faults = "[[view]]\nname = 3\n\n[[view]]\ncolour = \"red\"\n";
    fs::write(&kept, faults).unwrap();
    let pty = open();
    wait_for_status(&pty, "views.toml:2:8: expected a string");
    // And the others as well.
    pty.send("!");
    pty.wait_for("views.toml:5:1: “colour” means nothing in a view");
    pty.send("\x1b");
    wait_for_status(&pty, "article 1/300");
    quit(pty);
}
