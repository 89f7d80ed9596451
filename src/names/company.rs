//! Who occurs with whom.

use std::collections::HashMap;

use super::groups::{GroupId, Groups};
use super::index::Index;
use super::page::Key;
use crate::article::Kind;
use crate::statistics::Together;

/// So many companions a page has at most for each way to rank them.
const MOST: usize = 100;

/// What counts as occurring together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Within {
    /// Both are mentioned in one block.
    Paragraph,
    /// Both are mentioned in one article.
    Article,
}

/// How companions are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// By the log-likelihood ratio: what is surest to be no chance.
    LogLikelihood,
    /// By pointwise mutual information: what is closest, however rare.
    MutualInformation,
}

/// A name that occurs with another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion {
    /// Which.
    pub key: Key,
    /// Blocks with both, with the page's name, with this one, and all.
    pub paragraphs: Together,
    /// The same of articles.
    pub articles: Together,
}

impl Companion {
    /// The counts.
    #[must_use]
    pub const fn together(&self, within: Within) -> Together {
        match within {
            Within::Paragraph => self.paragraphs,
            Within::Article => self.articles,
        }
    }

    /// How closely both belong together; nothing when they never meet there.
    #[must_use]
    pub fn score(&self, within: Within, measure: Measure) -> Option<f64> {
        let together = self.together(within);
        match measure {
            Measure::LogLikelihood => (together.both > 0).then(|| together.log_likelihood()),
            Measure::MutualInformation => together.mutual_information(),
        }
    }
}

/// Companions by rank, with their scores: the closest first; of equals those that meet more often, then in the order in
/// which they came.
#[must_use]
pub fn ranked(
    companions: &[Companion],
    within: Within,
    measure: Measure,
) -> Vec<(&Companion, f64)> {
    let scored = companions.iter();
    let scored = scored.filter_map(|one| Some((one, one.score(within, measure)?)));
    let mut scored: Vec<(&Companion, f64)> = scored.collect();
    let both = |one: &Companion| (one.together(within).both, one.articles.both);
    scored.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| both(b).cmp(&both(a))));
    scored
}

/// Who occurs with a group: names, not times, amounts and words that tell of events.
pub(super) fn company(index: &Index, groups: &Groups, id: GroupId) -> Vec<Companion> {
    #[derive(Default)]
    struct Met {
        paragraphs: u64,
        articles: u64,
        local: u32,
    }
    let mut met: HashMap<GroupId, Met> = HashMap::new();
    for (article, own) in groups.blocks(index, id) {
        let mut others: Vec<(GroupId, u32)> = index
            .locals_of(article)
            .map(|local| (groups.of(local), local))
            .filter(|(group, _)| *group != id)
            .collect();
        others.sort_unstable();
        for of_one in others.chunk_by(|(a, _), (b, _)| a == b) {
            let Some((group, local)) = of_one.first().copied() else {
                continue;
            };
            let mut blocks: Vec<u32> = Vec::new();
            for (_, local) in of_one {
                blocks.extend(index.blocks(*local));
            }
            blocks.sort_unstable();
            blocks.dedup();
            let shared = blocks
                .iter()
                .filter(|block| own.binary_search(block).is_ok());
            let met = met.entry(group).or_insert(Met {
                local,
                ..Met::default()
            });
            met.paragraphs += shared.count() as u64;
            met.articles += 1;
        }
    }
    let Some(this) = groups.get(id) else {
        return Vec::new();
    };
    let all = groups.of_articles() as u64;
    let mut met: Vec<(GroupId, Met)> = met.into_iter().collect();
    met.sort_unstable_by_key(|(group, _)| *group);
    let companion = |(group, met): (GroupId, Met)| {
        let other = groups.get(group)?;
        let tells = index
            .locals
            .get(met.local as usize)
            .is_some_and(|one| one.tells);
        let is_name = !tells && !matches!(other.kind, Kind::Time | Kind::Quantity);
        is_name.then(|| Companion {
            key: groups.key(index, group),
            paragraphs: Together {
                both: met.paragraphs,
                first: this.blocks,
                second: other.blocks,
                all: groups.of_blocks(),
            },
            articles: Together {
                both: met.articles,
                first: this.articles.into(),
                second: other.articles.into(),
                all,
            },
        })
    };
    best(met.into_iter().filter_map(companion).collect())
}

/// Those that stand high in one of the rankings.
fn best(all: Vec<Companion>) -> Vec<Companion> {
    if all.len() <= MOST {
        return all;
    }
    let mut kept = vec![false; all.len()];
    for within in [Within::Paragraph, Within::Article] {
        for measure in [Measure::LogLikelihood, Measure::MutualInformation] {
            let scores = all.iter().enumerate();
            let scores = scores.filter_map(|(n, one)| Some((n, one.score(within, measure)?, one)));
            let mut scores: Vec<(usize, f64, u64)> = scores
                .map(|(n, score, one)| (n, score, one.together(within).both))
                .collect();
            scores.sort_by(|(_, x, a), (_, y, b)| y.total_cmp(x).then_with(|| b.cmp(a)));
            for (n, _, _) in scores.into_iter().take(MOST) {
                if let Some(kept) = kept.get_mut(n) {
                    *kept = true;
                }
            }
        }
    }
    let with = all.into_iter().zip(kept);
    with.filter(|(_, kept)| *kept).map(|(one, _)| one).collect()
}
