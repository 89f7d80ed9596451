//! Text for the benches, made up of common characters; the same on every run.

/// A name that occurs nowhere by chance.
pub(crate) const NAME: &str = "欧阳珺";

/// Of falling frequency, the common ones drawn more often.
const HAN: &str = "的一是在不了有人国中大这和为上年个我以会业来发展到新时他地要生们出行对于作成经工日家市部多学\
    分后方能产动民主说公全力可高进理面就用本同事之现加长所过法资前者开机体社自实下月建定关员合政重外内化企性当平天记\
    电等水子务场报此目交与总门区表示小价意第三通两入万其教应问将得最度如心信量保提相管王建张李城乡水电路网云山河湖海";

/// A draw that is the same on every machine.
pub(crate) struct Chance(u64);

impl Chance {
    /// Begins a row of draws.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`, which must not be 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }
}

/// At least `bytes` of paragraphs of 80 to 400 characters with marks, numbers and Latin words; [`NAME`] stands at
/// nine tenths.
pub(crate) fn paragraphs(bytes: usize) -> String {
    let han: Vec<char> = HAN.chars().collect();
    let mut chance = Chance::new(7);
    let mut text = String::with_capacity(bytes + 2000);
    let mut named = false;
    while text.len() < bytes {
        let mut left = 80 + chance.below(320);
        while left > 0 {
            let clause = 5 + chance.below(20);
            for _ in 0..clause {
                // The lesser of three draws: early characters come about as often as in real text.
                let n = chance.below(han.len());
                let n = n.min(chance.below(han.len())).min(chance.below(han.len()));
                text.push(han[n]);
            }
            match chance.below(40) {
                0 => text += "IPv6",
                1 => text += "5G",
                2 => text += "2023年11月",
                _ => {}
            }
            text += if chance.below(4) == 0 { "。" } else { "，" };
            left = left.saturating_sub(clause);
        }
        if !named && text.len() > bytes / 10 * 9 {
            text += NAME;
            named = true;
        }
        text.push('\n');
    }
    text
}
