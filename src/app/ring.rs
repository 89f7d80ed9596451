//! Steps along a list that goes round at its ends: mentions, hits.

/// The index `count` items on, among `len` of which `before` lie before the point and those from `behind` on behind
/// it; and whether the way went over an end. Nothing in an empty list.
pub(super) fn step(
    len: usize,
    before: usize,
    behind: usize,
    forwards: bool,
    count: u32,
) -> Option<(usize, bool)> {
    if len == 0 {
        return None;
    }
    let count = count.max(1) as usize;
    Some(if forwards {
        let to = behind + count - 1;
        (to % len, to >= len)
    } else {
        match before.checked_sub(count) {
            Some(to) => (to, false),
            None => ((before + len - count % len) % len, true),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn steps_go_round() {
        for (before, behind, forwards, count, want) in [
            (2, 3, true, 1, Some((3, false))),
            (2, 3, true, 2, Some((4, false))),
            (2, 3, true, 3, Some((0, true))),
            (2, 3, true, 5, Some((2, true))),
            (2, 3, true, 13, Some((0, true))),
            (2, 3, false, 2, Some((0, false))),
            (2, 3, false, 3, Some((4, true))),
            (2, 3, false, 5, Some((2, true))),
            (2, 3, false, 8, Some((4, true))),
            (0, 0, true, 1, Some((0, false))),
            (5, 5, true, 1, Some((0, true))),
        ] {
            assert_eq!(step(5, before, behind, forwards, count), want, "{count}");
        }
        assert_eq!(step(0, 0, 0, true, 1), None);
    }
}
