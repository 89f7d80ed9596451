//! A name's page as rows.

use crate::app::address::address;
use crate::app::sheet::{Sheet, SheetRow, Tone};
use crate::library::ArticleId;
use crate::names::{
    Companion, Graph, Key, Measure, Page, Proposal, Tie, Timeline, Why, Within, ranked,
};
use crate::text::{Profile, Trait, shortened, str_width};
use crate::typeset::Options;

/// Column at which the values of the head stand.
const COLUMN: u16 = 10;
/// So many who it occurs with are told.
const COMPANIONS: usize = 40;
/// So many relations and events.
const TIES: usize = 100;
/// Cells of a name that are shown at the least.
const LEAST_NAME: u16 = 4;
/// Rows of the chart of bars.
const CHART_ROWS: u64 = 3;

/// How those who occur with a name are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranking {
    /// Where both are to occur.
    pub within: Within,
    /// By which number.
    pub measure: Measure,
}

impl Default for Ranking {
    fn default() -> Self {
        Self {
            within: Within::Paragraph,
            measure: Measure::LogLikelihood,
        }
    }
}

/// A row of a name's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// What it shows.
    pub row: SheetRow,
    /// What it is about.
    pub target: Option<PageTarget>,
}

/// What a row of a name's page is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageTarget {
    /// The head of a section.
    Section,
    /// An article of [`Page::articles`].
    Article(ArticleId),
    /// Another name.
    Name(Key),
    /// Two names of [`Page::proposals`] that may be one, the shorter first.
    Proposal(Key, Key),
    /// Two names of [`Page::joins`] that were brought together.
    Join(String, String),
}

impl PageTarget {
    /// Whether both are about the same thing, as it may be told in a page that was made later. A name may be known
    /// from another article by then.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Name(one), Self::Name(other)) => reads_alike(one, other),
            (Self::Proposal(short, long), Self::Proposal(of_short, of_long)) => {
                reads_alike(short, of_short) && reads_alike(long, of_long)
            }
            _ => self == other,
        }
    }
}

fn reads_alike(one: &Key, other: &Key) -> bool {
    (&one.name, one.kind, &one.label) == (&other.name, other.kind, &other.label)
}

struct Rows<'a> {
    page: &'a Page,
    sheet: Sheet,
    width: u16,
    profile: Profile,
    /// Which rows are about something: the first of them and what it is.
    targets: Vec<(usize, usize, PageTarget)>,
}

/// The rows of a page at `width` cells.
#[must_use]
pub fn page_rows(page: &Page, ranking: Ranking, width: u16, options: &Options) -> Vec<PageRow> {
    let mut rows = Rows {
        page,
        sheet: Sheet::new(width, options),
        width,
        profile: options.profile,
        targets: Vec::new(),
    };
    rows.head();
    rows.timeline();
    rows.graph();
    rows.ties();
    rows.companions(ranking);
    rows.articles();
    rows.joins();
    rows.proposals();
    let mut made: Vec<PageRow> = rows
        .sheet
        .finish()
        .into_iter()
        .map(|row| PageRow { row, target: None })
        .collect();
    for (from, to, target) in rows.targets {
        for row in made.get_mut(from..to).unwrap_or_default() {
            row.target = Some(target.clone());
        }
    }
    made
}

impl Rows<'_> {
    fn section(&mut self, title: &str, beside: &str) {
        self.sheet.blank();
        let from = self.sheet.len();
        let mut parts = vec![(Tone::Heading, title.to_owned())];
        if !beside.is_empty() {
            parts.push((Tone::Key, format!("  {beside}")));
        }
        self.sheet.row(parts);
        self.targets.push((from, from + 1, PageTarget::Section));
    }

    /// Rows that are about something.
    fn about(&mut self, target: PageTarget, make: impl FnOnce(&mut Self)) {
        let from = self.sheet.len();
        make(self);
        self.targets.push((from, self.sheet.len(), target));
    }

    fn head(&mut self) {
        let page = self.page;
        let group = &page.group;
        self.sheet.text(Tone::Heading, &group.name);
        let sheet = &mut self.sheet;
        let mut field = |key: &str, value: &str| sheet.pair(Some(key), Tone::Plain, value, COLUMN);
        let kind = group.kind.name();
        if group.label == kind {
            field("kind", kind);
        } else {
            field("kind", &format!("{kind} ({})", group.label));
        }
        let many = |n: u64, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        field(
            "mentions",
            &format!(
                "{} in {} and {}, of {}",
                group.mentions,
                many(group.blocks, "paragraph"),
                many(group.articles.into(), "article"),
                many(page.of_articles as u64, "article"),
            ),
        );
        let undated = match group.undated {
            0 => String::new(),
            n => format!("{n} undated"),
        };
        let dates = match (group.first, group.last) {
            (Some(first), Some(last)) if first == last => first.to_string(),
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => String::new(),
        };
        let dates: Vec<String> = [dates, undated]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect();
        field("dates", &dates.join(", "));
        if !page.aliases.is_empty() {
            field("also", &page.aliases.join("、"));
        }
        let forms = page
            .forms
            .iter()
            .take(20)
            .map(|(form, n)| format!("{form} {n}"));
        field("written", &forms.collect::<Vec<_>>().join("、"));
        for note in &page.notes {
            field("note", note);
        }
        for link in &page.links {
            self.sheet.linked("link", link, COLUMN, address(link));
        }
    }

    /// Bars from the first date to the last.
    fn timeline(&mut self) {
        // One date is told in the head.
        if self.page.dates.len() < 2 {
            return;
        }
        let room = usize::from(self.width.saturating_sub(2).max(1));
        let Some(timeline) = Timeline::new(&self.page.dates, room) else {
            return;
        };
        let highest = timeline.highest().max(1);
        let beside = format!("mentions by {}, at most {highest}", timeline.step.name());
        self.section("When", &beside);
        let cells = (room / timeline.bars.len().max(1)).clamp(1, 3);
        let blocks: &[&str] = if self.profile.has(Trait::WideLines) {
            &[" ", "#"]
        } else {
            &[" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        };
        let levels = blocks.len() as u64 - 1;
        for row in (0..CHART_ROWS).rev() {
            let mut line = String::from("  ");
            for bar in &timeline.bars {
                // The least bar is seen as well.
                let height = (bar.count * levels * CHART_ROWS).div_ceil(highest);
                let here = height.saturating_sub(row * levels).min(levels);
                let block = usize::try_from(here).ok().and_then(|n| blocks.get(n));
                let gap = usize::from(cells > 1);
                line.push_str(&block.unwrap_or(&" ").repeat(cells - gap));
                line.push_str(&" ".repeat(gap));
            }
            let line = line.trim_end().to_owned();
            self.sheet.row(vec![(Tone::Plain, line)]);
        }
        let (first, last) = (timeline.bars.first(), timeline.bars.last());
        let (Some(first), Some(last)) = (first, last) else {
            return;
        };
        let (first, last) = (first.from.to_string(), last.from.to_string());
        let under = cells * timeline.bars.len() - usize::from(cells > 1);
        let gap = under.saturating_sub(first.len() + last.len()).max(1);
        let label = if first == last {
            format!("  {first}")
        } else {
            format!("  {first}{}{last}", " ".repeat(gap))
        };
        self.sheet.row(vec![(Tone::Key, label)]);
    }

    fn graph(&mut self) {
        let drawn = Graph::of(self.page).draw(self.width.saturating_sub(2), &self.profile);
        if drawn.lines.is_empty() {
            return;
        }
        self.section("Neighbours", "relations, and how many paragraphs have both");
        for line in drawn.lines {
            self.sheet.row(vec![(Tone::Plain, format!("  {line}"))]);
        }
    }

    fn ties(&mut self) {
        let page = self.page;
        if page.ties.is_empty() {
            return;
        }
        self.section("Relations and events", &page.ties.len().to_string());
        for tie in page.ties.iter().take(TIES) {
            let text = told(tie);
            let key = tie.others.iter().find_map(|part| part.key.clone());
            let column = COLUMN;
            let label = format!("  {}", tie.label);
            let make = |rows: &mut Self| rows.sheet.pair(Some(&label), Tone::Plain, &text, column);
            match key {
                Some(key) => self.about(PageTarget::Name(key), make),
                None => make(self),
            }
        }
        self.more(page.ties.len(), TIES);
    }

    fn companions(&mut self, ranking: Ranking) {
        let page = self.page;
        let Ranking { within, measure } = ranking;
        let ranked = ranked(&page.companions, within, measure);
        let place = match within {
            Within::Paragraph => "in a paragraph",
            Within::Article => "in an article",
        };
        let by = match measure {
            Measure::LogLikelihood => "by log-likelihood",
            Measure::MutualInformation => "by mutual information",
        };
        self.section("Occurs with", &format!("{place}, {by}"));
        if ranked.is_empty() {
            self.sheet.text(Tone::Plain, "  nobody");
        }
        // No zero has a sign.
        let score = |score: f64| format!("{:.1}", (score * 10.0).round() / 10.0 + 0.0);
        let widest = |texts: &dyn Fn(&(&Companion, f64)) -> String| {
            let shown = ranked.iter().take(COMPANIONS).map(|one| texts(one).len());
            shown.max().unwrap_or(0)
        };
        let of_score = widest(&|(_, number)| score(*number));
        let of_count = widest(&|(one, _)| one.together(within).both.to_string());
        for (one, number) in ranked.iter().take(COMPANIONS) {
            let numbers = format!(
                "  {:>of_score$}  {:>of_count$}  ",
                score(*number),
                one.together(within).both
            );
            let kind = format!("  {}", one.key.kind.name());
            // A long name is cut, that its kind may stand behind it.
            let cells = [&numbers, &kind].map(|text| str_width(text, &self.profile));
            let room = self.width.saturating_sub(cells.iter().sum());
            let name = shortened(&one.key.name, room.max(LEAST_NAME), &self.profile);
            let parts = vec![(Tone::Key, numbers), (Tone::Plain, name), (Tone::Key, kind)];
            self.about(PageTarget::Name(one.key.clone()), |rows| {
                rows.sheet.row(parts)
            });
        }
        self.more(ranked.len(), COMPANIONS);
    }

    fn articles(&mut self) {
        let page = self.page;
        self.section("Articles", &page.group.articles.to_string());
        let dates = page
            .articles
            .iter()
            .map(|one| str_width(&one.date, &self.profile));
        let of_date = dates.max().unwrap_or(0).min(16);
        let counts = page.articles.iter().map(|one| one.count.to_string().len());
        let of_count = counts.max().unwrap_or(0);
        for one in &page.articles {
            let blank = of_date.saturating_sub(str_width(&one.date, &self.profile));
            let blank = " ".repeat(usize::from(blank));
            let lead = format!("  {}{blank}  {:>of_count$}  ", one.date, one.count);
            let parts = vec![(Tone::Key, lead), (Tone::Plain, one.title.clone())];
            self.about(PageTarget::Article(one.id), |rows| rows.sheet.row(parts));
        }
        self.more(page.group.articles as usize, page.articles.len());
    }

    fn joins(&mut self) {
        let page = self.page;
        if page.joins.is_empty() {
            return;
        }
        self.section("Brought together", "and why");
        for join in &page.joins {
            let by = match join.why {
                Why::Alias => format!("alias {}", join.by),
                Why::Link => format!("link {}", join.by),
                why => why.name().to_owned(),
            };
            let text = match join.why {
                Why::Name => format!("{}: name, in {}", join.one, join.by),
                _ => format!("{} = {}: {by}", join.one, join.other),
            };
            let target = PageTarget::Join(join.one.clone(), join.other.clone());
            self.about(target, |rows| {
                rows.sheet.pair(Some(" "), Tone::Plain, &text, 2);
            });
        }
    }

    fn proposals(&mut self) {
        let page = self.page;
        if page.proposals.is_empty() {
            return;
        }
        self.section("May be one", "nothing is assumed");
        for one in &page.proposals {
            let text = may_be(one);
            let target = PageTarget::Proposal(one.short.clone(), one.long.clone());
            self.about(target, |rows| {
                rows.sheet.pair(Some(" "), Tone::Plain, &text, 2);
            });
        }
    }

    fn more(&mut self, all: usize, shown: usize) {
        if all > shown {
            let text = format!("  and {} more", all - shown);
            self.sheet.row(vec![(Tone::Key, text)]);
        }
    }
}

fn may_be(one: &Proposal) -> String {
    let together = match one.together {
        0 => "no article has both".to_owned(),
        1 => "1 article has both".to_owned(),
        n => format!("{n} articles have both"),
    };
    let (short, long, why) = (&one.short.name, &one.long.name, one.why.name());
    format!("{short} = {long}? {why}; {together}")
}

/// `as role; role name, role name; in 3 articles`.
fn told(tie: &Tie) -> String {
    let mut parts = Vec::new();
    if let Some(trigger) = tie.trigger.as_ref().filter(|trigger| !trigger.is_empty()) {
        parts.push(trigger.clone());
    }
    if !tie.roles.is_empty() {
        parts.push(format!("as {}", tie.roles.join(", ")));
    }
    let others = tie.others.iter().map(|part| {
        let name = &part.name;
        format!("{} {name}", part.role)
    });
    let others = others.collect::<Vec<_>>().join(", ");
    if !others.is_empty() {
        parts.push(others);
    }
    if tie.articles > 1 {
        parts.push(format!("in {} articles", tie.articles));
    }
    parts.join("; ")
}
