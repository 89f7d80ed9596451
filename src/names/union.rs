//! Sets that grow together.

/// Numbers from 0, each in one set.
#[derive(Debug, Default)]
pub(super) struct Union {
    parents: Vec<u32>,
}

impl Union {
    /// So many numbers, each alone.
    pub(super) fn new(len: usize) -> Self {
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        Self {
            parents: (0..len).collect(),
        }
    }

    /// One number more, alone.
    pub(super) fn push(&mut self) {
        let next = u32::try_from(self.parents.len()).unwrap_or(u32::MAX);
        self.parents.push(next);
    }

    fn parent(&self, of: u32) -> u32 {
        self.parents.get(of as usize).copied().unwrap_or(of)
    }

    fn set(&mut self, of: u32, to: u32) {
        if let Some(parent) = self.parents.get_mut(of as usize) {
            *parent = to;
        }
    }

    /// The number that stands for the set.
    pub(super) fn find(&mut self, mut of: u32) -> u32 {
        while self.parent(of) != of {
            let up = self.parent(self.parent(of));
            self.set(of, up);
            of = up;
        }
        of
    }

    /// Joins two sets under the lower of their two numbers; false when they are one.
    pub(super) fn join(&mut self, one: u32, other: u32) -> bool {
        let (one, other) = (self.find(one), self.find(other));
        self.set(one.max(other), one.min(other));
        one != other
    }
}
