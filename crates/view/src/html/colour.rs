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

/// The classes of a ground that strong of a colour: steps of five per cent, and the ink for either theme.
pub fn heat_class(share: f64, colour: Colour) -> String {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let step = (share * 20.0).round() / 20.0;
    let [light, dark] = GROUNDS.map(|ground| mixed(ground, colour.rgb(), step));
    format!("heat heat-{:.0} {} light-{} dark-{}", step * 100.0, colour_class(colour), ink(light), ink(dark))
}

/// The classes of ink on a ground that is the same in both themes.
pub fn ink_class(ground: (u8, u8, u8)) -> String {
    format!("light-{0} dark-{0}", ink(ground))
}

/// `black` or `white`, whichever reads better.
fn ink(ground: (u8, u8, u8)) -> &'static str {
    if contrast(ground, (0, 0, 0)) >= contrast(ground, (255, 255, 255)) { "black" } else { "white" }
}

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
                for ground in GROUNDS.map(|ground| mixed(ground, colour.rgb(), share)) {
                    let ink = if ink(ground) == "black" { (0, 0, 0) } else { (255, 255, 255) };
                    assert!(contrast(ground, ink) >= 4.5, "{colour:?} {share}");
                }
            }
        }
    }

    #[test]
    fn classes() {
        assert_eq!(heat_class(0.41, Colour::Blue), "heat heat-40 c-blue light-black dark-white");
        assert_eq!(heat_class(f64::NAN, Colour::Blue), "heat heat-0 c-blue light-black dark-white");
        assert_eq!(heat_class(9.0, Colour::BlueDark), "heat heat-100 c-blue-dark light-white dark-white");
        assert_eq!(ink_class((255, 240, 0)), "light-black dark-black");
    }
}
