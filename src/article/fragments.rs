//! The fragments of a mention.

use std::ops::Deref;

/// One place or several. Most mentions have one, which needs no room of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fragments<T> {
    One(T),
    /// None, or two and more.
    Several(Box<[T]>),
}

impl<T> Deref for Fragments<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(several) => several,
        }
    }
}

impl<T> From<Vec<T>> for Fragments<T> {
    fn from(mut list: Vec<T>) -> Self {
        match list.pop() {
            Some(only) if list.is_empty() => Self::One(only),
            Some(last) => {
                list.push(last);
                Self::Several(list.into())
            }
            None => Self::Several(Box::default()),
        }
    }
}

impl<T> FromIterator<T> for Fragments<T> {
    fn from_iter<I: IntoIterator<Item = T>>(list: I) -> Self {
        list.into_iter().collect::<Vec<T>>().into()
    }
}
