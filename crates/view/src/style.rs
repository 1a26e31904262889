//! How drawn text may look: the width of the terminal, whether colour and Unicode may be used, and the palette with
//! the names that workbooks give to colours. Every function that draws takes a `Style` and gives the same lines for it.

/// What the place that shows the text can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    /// Cells in a line; no drawn line is wider.
    pub width: usize,
    /// Whether colour codes may be written.
    pub colour: bool,
    /// Whether glyphs outside ASCII may be drawn. Text of the data itself is shown as it is either way.
    pub unicode: bool,
}

impl Style {
    /// No colour, Unicode, of that width: files, pipes and tests.
    pub fn plain(width: usize) -> Style {
        Style { width, colour: false, unicode: true }
    }

    /// No colour, no glyph outside ASCII.
    pub fn ascii(width: usize) -> Style {
        Style { width, colour: false, unicode: false }
    }

    /// `text` in a colour, or as it is where colour is off or none is wanted.
    pub fn paint(&self, colour: Colour, text: &str) -> String {
        if !self.colour || text.is_empty() || colour == Colour::None {
            return text.to_owned();
        }
        format!("\u{1b}[38;5;{}m{text}\u{1b}[0m", ansi(colour.rgb()))
    }

    /// `text` on a background of that red, green and blue, in black or white, whichever reads better.
    pub fn paint_on(&self, background: (u8, u8, u8), text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let ink = if is_light(background) { 16 } else { 231 };
        format!("\u{1b}[48;5;{};38;5;{ink}m{text}\u{1b}[0m", ansi(background))
    }

    /// `text` in bold where colour is on.
    pub fn bold(&self, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// `text` fainter where colour is on.
    pub fn faint(&self, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// The first of the two where Unicode may be drawn, else the second.
    pub fn glyph<'a>(&self, unicode: &'a str, ascii: &'a str) -> &'a str {
        if self.unicode { unicode } else { ascii }
    }
}

/// A named colour; the names are those of workbook palettes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// No colour of its own.
    None,
    /// `blue`.
    Blue,
    /// `blueDark`.
    BlueDark,
    /// `lightBlue`.
    LightBlue,
    /// `green`.
    Green,
    /// `greenDark`.
    GreenDark,
    /// `orange`.
    Orange,
    /// `red`.
    Red,
    /// `redBright`.
    RedBright,
    /// `redDark`.
    RedDark,
    /// `yellow`.
    Yellow,
    /// `turquoise`.
    Turquoise,
    /// `purple`.
    Purple,
    /// `magenta`.
    Magenta,
    /// `pink`.
    Pink,
    /// `gray`.
    Gray,
    /// `grayBlue`.
    GrayBlue,
    /// `brown`.
    Brown,
}

impl Colour {
    /// The colours series take in turn when none is asked for; neighbours differ in lightness as well as in hue.
    pub const SERIES: [Colour; 10] = [
        Colour::Blue,
        Colour::Orange,
        Colour::Green,
        Colour::Purple,
        Colour::Turquoise,
        Colour::Red,
        Colour::Yellow,
        Colour::BlueDark,
        Colour::Pink,
        Colour::Gray,
    ];

    /// The colour of the series at that place.
    pub fn of_series(index: usize) -> Colour {
        Colour::SERIES[index % Colour::SERIES.len()]
    }

    /// The colour a workbook names, upper or lower case; `auto`, `none` and unknown names give nothing.
    pub fn from_name(name: &str) -> Option<Colour> {
        Some(match name.to_ascii_lowercase().as_str() {
            "blue" => Colour::Blue,
            "bluedark" | "bluedarkdark" => Colour::BlueDark,
            "lightblue" | "bluelight" => Colour::LightBlue,
            "green" | "greenlight" => Colour::Green,
            "greendark" | "greendarkdark" => Colour::GreenDark,
            "orange" => Colour::Orange,
            "red" => Colour::Red,
            "redbright" => Colour::RedBright,
            "reddark" | "reddarkdark" => Colour::RedDark,
            "yellow" | "yellowlight" | "yellowdark" => Colour::Yellow,
            "turquoise" => Colour::Turquoise,
            "purple" | "purpledark" | "purplelight" => Colour::Purple,
            "magenta" => Colour::Magenta,
            "pink" | "pinklight" => Colour::Pink,
            "gray" | "grey" => Colour::Gray,
            "grayblue" | "greyblue" => Colour::GrayBlue,
            "brown" => Colour::Brown,
            _ => return None,
        })
    }

    /// The name for readers: `red`, `dark green`; for no colour the empty text.
    pub fn name(self) -> &'static str {
        match self {
            Colour::None => "",
            Colour::Blue => "blue",
            Colour::BlueDark => "dark blue",
            Colour::LightBlue => "light blue",
            Colour::Green => "green",
            Colour::GreenDark => "dark green",
            Colour::Orange => "orange",
            Colour::Red => "red",
            Colour::RedBright => "bright red",
            Colour::RedDark => "dark red",
            Colour::Yellow => "yellow",
            Colour::Turquoise => "turquoise",
            Colour::Purple => "purple",
            Colour::Magenta => "magenta",
            Colour::Pink => "pink",
            Colour::Gray => "gray",
            Colour::GrayBlue => "gray blue",
            Colour::Brown => "brown",
        }
    }

    /// Red, green and blue, 0 to 255. Each stands out from white by at least 3 to 1, except yellow.
    pub fn rgb(self) -> (u8, u8, u8) {
        match self {
            Colour::None => (96, 94, 92),
            Colour::Blue => (0, 120, 212),
            Colour::BlueDark => (0, 32, 96),
            Colour::LightBlue => (60, 150, 210),
            Colour::Green => (16, 137, 62),
            Colour::GreenDark => (0, 90, 40),
            Colour::Orange => (213, 104, 0),
            Colour::Red => (197, 48, 48),
            Colour::RedBright => (232, 17, 35),
            Colour::RedDark => (128, 20, 20),
            Colour::Yellow => (212, 160, 0),
            Colour::Turquoise => (0, 142, 145),
            Colour::Purple => (110, 70, 180),
            Colour::Magenta => (180, 0, 158),
            Colour::Pink => (214, 84, 140),
            Colour::Gray => (122, 117, 116),
            Colour::GrayBlue => (86, 108, 130),
            Colour::Brown => (142, 86, 46),
        }
    }

    /// `#rrggbb`.
    pub fn hex(self) -> String {
        let (r, g, b) = self.rgb();
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// From white (0) to the colour itself (1); `share` outside that is held to the nearest end.
    pub fn shade(self, share: f64) -> (u8, u8, u8) {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let (r, g, b) = self.rgb();
        let mix = |full: u8| (255.0 + (f64::from(full) - 255.0) * share).round() as u8;
        (mix(r), mix(g), mix(b))
    }
}

/// Whether black text reads better on it than white.
fn is_light((r, g, b): (u8, u8, u8)) -> bool {
    299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b) > 140_000
}

/// The nearest colour of the 6x6x6 cube that terminals number from 16.
fn ansi((r, g, b): (u8, u8, u8)) -> u8 {
    let level = |v: u8| match v {
        0..48 => 0,
        48..115 => 1,
        115..155 => 2,
        155..195 => 3,
        195..235 => 4,
        235..=255 => 5,
    };
    16 + 36 * level(r) + 6 * level(g) + level(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_colour_writes_no_code() {
        let style = Style::plain(80);
        assert_eq!(style.paint(Colour::Red, "x"), "x");
        assert_eq!(style.paint_on((1, 2, 3), "x"), "x");
        assert_eq!(style.bold("x"), "x");
    }

    #[test]
    fn colour_is_closed_again() {
        let style = Style { colour: true, ..Style::plain(80) };
        assert_eq!(style.paint(Colour::Blue, "x"), "\u{1b}[38;5;32mx\u{1b}[0m");
    }

    #[test]
    fn workbook_names_are_known() {
        for name in ["blue", "blueDark", "redBright", "turquoise", "orange", "gray", "yellow"] {
            assert!(Colour::from_name(name).is_some(), "{name}");
        }
        assert_eq!(Colour::from_name("auto"), None);
    }
}
