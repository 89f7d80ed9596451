//! The articles that come with the program, so that it has something to show at once.

macro_rules! articles {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../articles/", $name)))),*]
    };
}

/// Their file names and contents, in natural order.
pub(super) const ARTICLES: [(&str, &str); 14] = articles![
    "01-wuzhen-summit.toml",
    "02-wuzhen-expo.toml",
    "03-warm-winter.toml",
    "04-rebuilding-page-1.toml",
    "05-rebuilding-page-2.toml",
    "06-otog-base.toml",
    "07-lead-type.toml",
    "08-ipv6-handbook.toml",
    "09-figures.toml",
    "10-straight-to-wuzhen.toml",
    "11-council.toml",
    "12-letters.toml",
    "13-frost.toml",
    "14-reading-a-front-page.toml",
];
