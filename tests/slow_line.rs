//! A terminal that reads slowly or not at all, as over a line that hangs.

use std::time::{Duration, Instant};

use crate::pty::home::{Home, wait_for_status};
use crate::pty::{Pty, assert_given_back};

const CTRL_L: &str = "\u{c}";

/// What the system keeps for a terminal that reads nothing; with that much a line hangs.
const ROOM: usize = 200_000;

/// Has the screen drawn anew, many times one after another: megabytes, were they all sent.
fn ask_for_frames(pty: &Pty) {
    for _ in 0..150 {
        pty.send(CTRL_L);
        // A frame each, unless the machine is busy.
        std::thread::sleep(Duration::from_millis(4));
    }
}

#[test]
fn frames_are_left_out_and_keys_act_meanwhile() {
    let mut pty = Home::new().bundled(160, 48);
    let before = pty.written().len();
    pty.while_blocked(|pty| {
        ask_for_frames(pty);
        pty.send("JJ");
        ask_for_frames(pty);
        pty.send("K/王");
    });
    wait_for_status(&pty, "/王");
    pty.send("\u{1b}[27u");
    wait_for_status(&pty, "article 2/14");
    let sent = pty.written().len() - before;
    assert!(sent < ROOM, "{sent} bytes");
    pty.send("q");
    assert_eq!(pty.wait().exit_code(), 0);
    assert_given_back(&pty);
}

#[test]
fn it_ends_in_time_and_gives_the_terminal_back() {
    for end in ["q", "TERM"] {
        let mut pty = Home::new().bundled(160, 48);
        let took = pty.while_blocked(|pty| {
            ask_for_frames(pty);
            let asked = Instant::now();
            match end {
                "q" => pty.send("q"),
                signal => pty.kill(signal),
            }
            pty.wait();
            asked.elapsed()
        });
        // Half a second of trying and as much for a busy machine, many times over.
        assert!(took < Duration::from_secs(8), "{took:?}");
        assert_given_back(&pty);
    }
}
