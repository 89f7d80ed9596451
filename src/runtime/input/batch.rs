//! What came at once, made less: notches of the wheel added up, movements of the mouse by their last, clicks counted.

use std::time::{Duration, Instant};

use super::decoder::Input;
use crate::app::{Mouse, MouseKind};

/// So soon must a click follow another to count as one more.
const QUICK: Duration = Duration::from_millis(400);

/// A fourth click begins anew.
const MOST_CLICKS: u8 = 3;

/// The press before, and when it was.
#[derive(Debug, Default)]
pub(super) struct Clicks(Option<(Mouse, Instant)>);

impl Clicks {
    /// A press with the number of clicks that it makes; anything else as it is.
    pub(super) fn count(&mut self, mouse: Mouse, now: Instant) -> Mouse {
        if !matches!(mouse.kind, MouseKind::Press { .. }) {
            return mouse;
        }
        let clicks = match self.0 {
            Some((last, when)) if last.at == mouse.at && now.duration_since(when) <= QUICK => {
                match last.kind {
                    MouseKind::Press { clicks } if clicks < MOST_CLICKS => clicks + 1,
                    _ => 1,
                }
            }
            _ => 1,
        };
        let kind = MouseKind::Press { clicks };
        let press = Mouse { kind, ..mouse };
        self.0 = Some((press, now));
        press
    }
}

/// One turn of the wheel for those that follow each other over one cell, one movement for those that follow each other.
pub(super) fn fold(inputs: Vec<Input>) -> Vec<Input> {
    let mut folded: Vec<Input> = Vec::with_capacity(inputs.len());
    for input in inputs {
        let whole = match (folded.last(), &input) {
            (Some(Input::Mouse(before)), Input::Mouse(mouse)) => together(*before, *mouse),
            _ => None,
        };
        match (whole, folded.last_mut()) {
            (Some(mouse), Some(last)) => *last = Input::Mouse(mouse),
            _ => folded.push(input),
        }
    }
    // Turned to and fro.
    folded
        .retain(|input| !matches!(input, Input::Mouse(mouse) if mouse.kind == MouseKind::Wheel(0)));
    folded
}

fn together(before: Mouse, mouse: Mouse) -> Option<Mouse> {
    match (before.kind, mouse.kind) {
        (MouseKind::Drag, MouseKind::Drag) => Some(mouse),
        (MouseKind::Wheel(sum), MouseKind::Wheel(more)) if before.at == mouse.at => Some(Mouse {
            kind: MouseKind::Wheel(sum.saturating_add(more)),
            ..mouse
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mouse(x: u16, kind: MouseKind) -> Mouse {
        Mouse { at: (x, 2), kind }
    }

    #[test]
    fn a_flood_becomes_little_and_keeps_its_order() {
        let wheel = |x, by| Input::Mouse(mouse(x, MouseKind::Wheel(by)));
        let drag = |x| Input::Mouse(mouse(x, MouseKind::Drag));
        let release = Input::Mouse(mouse(9, MouseKind::Release));
        let mut flood = vec![wheel(1, 1); 10_000];
        flood.extend([wheel(1, -1), wheel(7, -1), wheel(7, 1), Input::Focus(true)]);
        flood.extend((3..=9).map(drag));
        flood.extend([release.clone(), drag(1)]);
        let less = [
            wheel(1, 9_999),
            Input::Focus(true),
            drag(9),
            release,
            drag(1),
        ];
        assert_eq!(fold(flood), less);
    }

    #[test]
    fn clicks_count_in_one_place_and_in_time() {
        let start = Instant::now();
        let mut clicks = Clicks::default();
        for (x, millis, count) in [
            (1, 0, 1),
            (1, 300, 2),
            (1, 600, 3),
            (1, 700, 1),
            (1, 800, 2),
            (2, 900, 1),
            (2, 1301, 1),
            (2, 1701, 2),
        ] {
            let press = mouse(x, MouseKind::Press { clicks: 1 });
            let counted = clicks.count(press, start + Duration::from_millis(millis));
            assert_eq!(
                counted.kind,
                MouseKind::Press { clicks: count },
                "{millis} ms"
            );
            let drag = mouse(x, MouseKind::Drag);
            assert_eq!(clicks.count(drag, start), drag);
        }
    }
}
