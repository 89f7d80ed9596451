//! Setting text: the lines of one stretch, and of a whole text of 1 MB.

mod made;

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use kanbao::typeset::{Options, Setting, lines, stretch_at};

static PARAGRAPHS: LazyLock<String> = LazyLock::new(|| made::paragraphs(1_000_000));
static LINE: LazyLock<String> = LazyLock::new(|| PARAGRAPHS.replace('\n', ""));

fn main() {
    divan::main();
}

fn setting(measure: u16) -> Setting {
    Setting {
        measure,
        first_indent: 4,
        ..Setting::default()
    }
}

/// A stretch in the middle of one paragraph of 1 MB: what a jump into a long block costs.
#[divan::bench(args = [20, 80, 160])]
fn stretch_of_16kib(bencher: Bencher<'_, '_>, measure: u16) {
    let (setting, options) = (setting(measure), Options::default());
    let middle = LINE.len() / 2;
    bencher
        .counter(BytesCount::new(stretch_at(&LINE, middle).len()))
        .bench(|| lines(&LINE, stretch_at(&LINE, middle), &setting, &options));
}

#[divan::bench(sample_count = 10)]
fn whole_1mb_at_80(bencher: Bencher<'_, '_>) {
    let (setting, options) = (setting(80), Options::default());
    bencher
        .counter(BytesCount::new(PARAGRAPHS.len()))
        .bench(|| {
            PARAGRAPHS
                .lines()
                .map(|block| lines(block, 0..block.len(), &setting, &options).len())
                .sum::<usize>()
        });
}
