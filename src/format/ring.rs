//! Rings in what refers to what.

/// The nodes from which an edge leads back to where the way came from, each once: one for every ring, the last of its
/// nodes to be met. `edges` are the nodes to which each leads. Linear, and without recursion, however deep it is.
pub(super) fn closing(edges: &[Vec<usize>]) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; edges.len()];
    let mut found = Vec::new();
    // A node and how many of its edges were followed.
    let mut way: Vec<(usize, usize)> = Vec::new();
    for start in 0..edges.len() {
        if states[start] == State::New {
            states[start] = State::Open;
            way.push((start, 0));
        }
        while let Some((node, followed)) = way.last_mut() {
            let next = edges[*node].get(*followed).copied();
            *followed += 1;
            match next.map(|next| (next, states.get(next).copied())) {
                None => {
                    states[*node] = State::Done;
                    way.pop();
                }
                Some((_, Some(State::Open))) => {
                    if found.last() != Some(node) {
                        found.push(*node);
                    }
                }
                Some((next, Some(State::New))) => {
                    states[next] = State::Open;
                    way.push((next, 0));
                }
                Some(_) => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_are_found_however_long_they_are() {
        assert_eq!(closing(&[vec![1, 2], vec![2], vec![]]), [0usize; 0]);
        assert_eq!(closing(&[vec![0]]), [0]);
        assert_eq!(closing(&[vec![1], vec![2], vec![0], vec![3, 9]]), [2, 3]);
        let long: Vec<Vec<usize>> = (0..100_000).map(|n| vec![(n + 1) % 100_000]).collect();
        assert_eq!(closing(&long), [99_999]);
    }
}
