//! Colours: how they are written, how far apart they look, how legible one is on another.

/// A colour of the terminal or one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Color {
    /// The terminal's own text or ground.
    Default,
    /// One of the sixteen that the terminal's user chose, 0 to 15.
    Ansi(u8),
    /// One of the 256 of xterm.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// Names of the sixteen colours, in their order.
pub const ANSI_NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// What xterm shows for the sixteen, for lack of knowledge about the user's.
const ANSI_RGB: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// Below so much chroma in Oklab a colour is a grey.
const GREY_CHROMA: f64 = 0.03;

impl Color {
    /// A colour by number: the sixteen, then those of xterm.
    #[must_use]
    pub const fn numbered(number: u8) -> Self {
        if number < 16 {
            Self::Ansi(number)
        } else {
            Self::Indexed(number)
        }
    }

    /// A colour as it is written: `#rgb`, `#rrggbb`, a name of [`ANSI_NAMES`] or `default`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "default" {
            return Some(Self::Default);
        }
        if let Some(index) = ANSI_NAMES.iter().position(|name| *name == text) {
            return u8::try_from(index).ok().map(Self::Ansi);
        }
        let hex = text
            .strip_prefix('#')
            .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let digits: Vec<u8> = hex
            .chars()
            .filter_map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
            .collect();
        match digits[..] {
            [r, g, b] => Some(Self::Rgb(r * 17, g * 17, b * 17)),
            [r, r2, g, g2, b, b2] => Some(Self::Rgb(r * 16 + r2, g * 16 + g2, b * 16 + b2)),
            _ => None,
        }
    }

    /// Its red, green and blue as xterm shows it; nothing for the terminal's own.
    #[must_use]
    pub fn rgb(self) -> Option<[u8; 3]> {
        match self {
            Self::Default => None,
            Self::Ansi(n) | Self::Indexed(n @ 0..=15) => ANSI_RGB.get(usize::from(n)).copied(),
            Self::Indexed(n @ 16..=231) => {
                let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
                let n = n - 16;
                Some([level(n / 36), level(n / 6 % 6), level(n % 6)])
            }
            Self::Indexed(n) => Some([8 + 10 * (n - 232); 3]),
            Self::Rgb(r, g, b) => Some([r, g, b]),
        }
    }

    /// The nearest of the 256 that no user changes.
    pub(super) fn to_256(self) -> Self {
        match self {
            Self::Rgb(..) => self.nearest((16..=255).map(Self::Indexed)),
            other => other,
        }
    }

    /// The one of the sixteen that looks most like it: a grey for what is grey, else the one of the nearest hue, so
    /// that colours which are told apart by hue still are.
    pub(super) fn to_16(self) -> Self {
        let Some([light, a, b]) = self.rgb().map(oklab) else {
            return self;
        };
        if matches!(self, Self::Ansi(_)) {
            return self;
        }
        if a.hypot(b) < GREY_CHROMA {
            return self.nearest([0, 8, 7, 15].map(Self::Ansi).into_iter());
        }
        let unlike = |color: &Self| {
            let [l, x, y] = color.rgb().map_or([9.0; 3], oklab);
            // The angle between the two hues, in half turns, and a little of the difference in light.
            let turn = (y.atan2(x) - b.atan2(a)).abs() / std::f64::consts::PI;
            turn.min(2.0 - turn) + (l - light).abs() / 3.0
        };
        let hues = (1..=6).chain(9..=14).map(Self::Ansi);
        hues.min_by(|x, y| unlike(x).total_cmp(&unlike(y)))
            .unwrap_or(self)
    }

    fn nearest(self, among: impl Iterator<Item = Self>) -> Self {
        let Some(wanted) = self.rgb().map(oklab) else {
            return self;
        };
        let distance = |color: &Self| {
            let lab = color.rgb().map_or([9.0; 3], oklab);
            lab.iter()
                .zip(wanted)
                .map(|(a, b)| (a - b) * (a - b))
                .sum::<f64>()
        };
        among
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
            .unwrap_or(self)
    }
}

/// The light of a channel, 0 to 1 (sRGB's transfer function).
fn linear(channel: u8) -> f64 {
    let c = f64::from(channel) / 255.0;
    if c <= 0.040_45 {
        c / 12.92
    } else {
        ((c + 0.055) / 1.055).powf(2.4)
    }
}

/// Björn Ottosson's Oklab, in which equal distances look about equal.
fn oklab(rgb: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = rgb.map(linear);
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

/// Contrast ratio of WCAG 2, from 1 to 21; nothing where a colour is the terminal's own.
#[must_use]
pub fn contrast(a: Color, b: Color) -> Option<f64> {
    let luminance = |color: Color| {
        let [r, g, b] = color.rgb()?.map(linear);
        Some(0.2126 * r + 0.7152 * g + 0.0722 * b)
    };
    let (a, b) = (luminance(a)?, luminance(b)?);
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read() {
        for (text, want) in [
            ("#fff", Some(Color::Rgb(255, 255, 255))),
            ("#0a1B2c", Some(Color::Rgb(10, 27, 44))),
            ("bright-white", Some(Color::Ansi(15))),
            ("default", Some(Color::Default)),
            ("#ff", None),
            ("#gggggg", None),
            ("#中文中", None),
            ("", None),
        ] {
            assert_eq!(Color::parse(text), want, "{text}");
        }
    }

    #[test]
    fn nearest_colours_and_contrast() {
        assert_eq!(Color::Rgb(255, 0, 0).to_256(), Color::Indexed(196));
        assert_eq!(Color::Rgb(128, 128, 128).to_256(), Color::Indexed(244));
        assert_eq!(Color::Rgb(10, 10, 14).to_16(), Color::Ansi(0));
        assert_eq!(Color::Indexed(46).to_16(), Color::Ansi(10));
        assert_eq!(Color::Default.to_16(), Color::Default);
        for n in 16..=255 {
            let [r, g, b] = Color::Indexed(n).rgb().expect("has one");
            let back = Color::Rgb(r, g, b).to_256();
            assert_eq!(back.rgb(), Color::Indexed(n).rgb(), "{n}");
        }
        let black_on_white = contrast(Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255));
        assert!(black_on_white.is_some_and(|ratio| (ratio - 21.0).abs() < 0.01));
    }
}
