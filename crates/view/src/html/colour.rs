//! Named colours as classes of the style sheet, and which ink can be read on a coloured ground.

use crate::style::Colour;

/// The ground that heat is mixed with in the light and the dark theme; the style sheet says the same.
pub const GROUNDS: [(u8, u8, u8); 2] = [(255, 255, 255), (31, 31, 31)];

/// The class that gives an element its colour: for fills, lines and ink, in both themes.
pub fn colour_class(colour: Colour) -> &'static str {
    match colour {
        Colour::None => "c-none",
        Colour::Blue => "c-blue",
        Colour::BlueDark => "c-blue-dark",
        Colour::LightBlue => "c-light-blue",
        Colour::Green => "c-green",
        Colour::GreenDark => "c-green-dark",
        Colour::Orange => "c-orange",
        Colour::Red => "c-red",
        Colour::RedBright => "c-red-bright",
        Colour::RedDark => "c-red-dark",
        Colour::Yellow => "c-yellow",
        Colour::Turquoise => "c-turquoise",
        Colour::Purple => "c-purple",
        Colour::Magenta => "c-magenta",
        Colour::Pink => "c-pink",
        Colour::Gray => "c-gray",
        Colour::GrayBlue => "c-gray-blue",
        Colour::Brown => "c-brown",
    }
}

/// The lighter form a colour has in the dark theme, as in `DARK_INKS`.
fn dark_rgb(colour: Colour) -> (u8, u8, u8) {
    match colour {
        Colour::None => (181, 178, 175),
        Colour::Blue => (74, 163, 240),
        Colour::BlueDark => (142, 167, 233),
        Colour::LightBlue => (108, 184, 234),
        Colour::Green => (76, 185, 107),
        Colour::GreenDark => (111, 174, 134),
        Colour::Orange => (240, 138, 60),
        Colour::Red => (232, 113, 110),
        Colour::RedBright => (255, 92, 105),
        Colour::RedDark => (217, 128, 128),
        Colour::Yellow => (229, 185, 60),
        Colour::Turquoise => (63, 184, 187),
        Colour::Purple => (167, 139, 234),
        Colour::Magenta => (224, 111, 211),
        Colour::Pink => (238, 140, 184),
        Colour::Gray => (169, 164, 162),
        Colour::GrayBlue => (150, 176, 200),
        Colour::Brown => (201, 147, 95),
    }
}

/// The classes of a ground that strong of a colour: steps of five per cent, and the ink for either theme.
pub fn heat_class(share: f64, colour: Colour) -> String {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let step = (share * 20.0).round() / 20.0;
    let light = mixed(GROUNDS[0], colour.rgb(), step);
    let dark = mixed(GROUNDS[1], dark_rgb(colour), step);
    format!("heat heat-{:.0} {} light-{} dark-{}", step * 100.0, colour_class(colour), ink(light), ink(dark))
}

/// The classes of ink on a ground that is the same in both themes.
pub fn ink_class(ground: (u8, u8, u8)) -> String {
    format!("light-{0} dark-{0}", ink(ground))
}

/// `white` where it reads well, else `black`; one of them always does.
fn ink(ground: (u8, u8, u8)) -> &'static str {
    if contrast(ground, (255, 255, 255)) >= READABLE { "white" } else { "black" }
}

/// The least contrast of text that the Web Content Accessibility Guidelines ask for.
const READABLE: f64 = 4.5;

fn mixed(ground: (u8, u8, u8), full: (u8, u8, u8), share: f64) -> (u8, u8, u8) {
    let mix = |from: u8, to: u8| (f64::from(from) + (f64::from(to) - f64::from(from)) * share).round() as u8;
    (mix(ground.0, full.0), mix(ground.1, full.1), mix(ground.2, full.2))
}

/// How well two colours stand out from each other, 1 to 21, by the rule of the Web Content Accessibility Guidelines.
pub fn contrast(one: (u8, u8, u8), other: (u8, u8, u8)) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
    let part = |v: u8| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_readable_on_every_heat() {
        for colour in Colour::SERIES.into_iter().chain([Colour::RedBright, Colour::GreenDark, Colour::Brown])
        {
            for step in 0..=20 {
                let share = f64::from(step) / 20.0;
                let light = mixed(GROUNDS[0], colour.rgb(), share);
                for ground in [light, mixed(GROUNDS[1], dark_rgb(colour), share)] {
                    let ink = if ink(ground) == "black" { (0, 0, 0) } else { (255, 255, 255) };
                    assert!(contrast(ground, ink) >= READABLE, "{colour:?} {share}");
                }
            }
        }
    }

    #[test]
    fn charts_and_cells_have_the_same_dark_colours() {
        let dark = Colour::SERIES.into_iter().chain([Colour::None, Colour::GreenDark, Colour::RedDark]);
        for (r, g, b) in dark.map(dark_rgb) {
            assert!(crate::chart::svg::DARK_INKS.contains(&format!("{{color:#{r:02x}{g:02x}{b:02x}}}")));
        }
    }

    #[test]
    fn classes() {
        assert_eq!(heat_class(0.41, Colour::Blue), "heat heat-40 c-blue light-black dark-white");
        assert_eq!(heat_class(f64::NAN, Colour::Blue), "heat heat-0 c-blue light-black dark-white");
        assert_eq!(heat_class(9.0, Colour::BlueDark), "heat heat-100 c-blue-dark light-white dark-black");
        assert_eq!(ink_class((255, 240, 0)), "light-black dark-black");
    }
}
