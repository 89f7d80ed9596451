//! Whether a terminal is dark or light.

/// The colour behind the text, as far as a choice of theme goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ground {
    /// Dark, as most terminals are; also where nothing is known.
    #[default]
    Dark,
    /// Light.
    Light,
}

impl Ground {
    /// Which of the two a colour is (red, green, blue, 8 bits each): light above half of the way to white.
    #[must_use]
    pub fn of(rgb: [u8; 3]) -> Self {
        let [r, g, b] = rgb.map(f64::from);
        // Luma as in ITU-R BT.601 stands for lightness: the grounds of terminals are near black, near white or dull.
        if 0.299f64.mul_add(r, 0.587f64.mul_add(g, 0.114 * b)) > 127.5 {
            Self::Light
        } else {
            Self::Dark
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grounds_are_dark_or_light() {
        for (rgb, want) in [
            ([0, 0, 0], Ground::Dark),
            ([0x28, 0x28, 0x28], Ground::Dark),
            ([0x00, 0x2B, 0x36], Ground::Dark),
            ([0, 0, 0xFF], Ground::Dark),
            ([0xFD, 0xF6, 0xE3], Ground::Light),
            ([0xFF, 0xFF, 0xFF], Ground::Light),
            ([0xC0, 0xC0, 0xC0], Ground::Light),
        ] {
            assert_eq!(Ground::of(rgb), want, "{rgb:?}");
        }
    }
}
