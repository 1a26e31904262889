//! Palettes by the names workbooks use: one colour (`blue`), or a scale of several (`greenRed`, `yellowOrangeRed`). In:
//! a name and a share, 0 to 1. Out: a colour.

use crate::style::Colour;

/// A palette.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Palette {
    /// From white to that colour.
    One(Colour),
    /// From the first colour to the last; at least two.
    Scale(Vec<Stop>),
}

/// A colour of a scale.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stop {
    /// Red, green and blue.
    pub rgb: (u8, u8, u8),
    /// The named colour nearest to it.
    pub colour: Colour,
}

impl Palette {
    /// The palette a workbook names, upper or lower case only where words of a scale begin; nothing for `auto` and
    /// unknown names.
    pub fn from_name(name: &str) -> Option<Palette> {
        if name.eq_ignore_ascii_case("none") {
            return Some(Palette::One(Colour::None));
        }
        if let Some(colour) = Colour::from_name(name) {
            return Some(Palette::One(colour));
        }
        let mut stops = if name.eq_ignore_ascii_case("coldHot") {
            vec![stop("blue")?, stop("white")?, stop("red")?]
        } else {
            words(name).into_iter().map(|word| stop(&word)).collect::<Option<Vec<Stop>>>()?
        };
        let ends: Vec<Colour> = stops.iter().map(|stop| stop.colour).collect();
        match ends[..] {
            [_, _] if of(&ends, &GREENS) && of(&ends, &REDS) => stops.insert(1, stop("yellow")?),
            [_, _, ..] => {}
            [_] | [] => return None,
        }
        Some(Palette::Scale(stops))
    }

    /// Red, green and blue at a share.
    pub fn rgb(&self, share: f64) -> (u8, u8, u8) {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        match self {
            Palette::One(colour) => colour.shade(share),
            Palette::Scale(stops) => {
                let place = share * (stops.len().saturating_sub(1)) as f64;
                let at = place.floor() as usize;
                let Some(from) = stops.get(at).or(stops.last()) else { return Colour::None.rgb() };
                let to = stops.get(at + 1).unwrap_or(from);
                let mix = |a: u8, b: u8| {
                    (f64::from(a) + (f64::from(b) - f64::from(a)) * place.fract()).round() as u8
                };
                (mix(from.rgb.0, to.rgb.0), mix(from.rgb.1, to.rgb.1), mix(from.rgb.2, to.rgb.2))
            }
        }
    }

    /// The named colour for a share.
    pub fn colour(&self, share: f64) -> Colour {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        match self {
            Palette::One(colour) => *colour,
            Palette::Scale(stops) => {
                let at = (share * stops.len().saturating_sub(1) as f64).round() as usize;
                stops.get(at).map_or(Colour::None, |stop| stop.colour)
            }
        }
    }
}

const GREENS: [Colour; 2] = [Colour::Green, Colour::GreenDark];
const REDS: [Colour; 3] = [Colour::Red, Colour::RedBright, Colour::RedDark];

fn of(ends: &[Colour], some: &[Colour]) -> bool {
    ends.iter().any(|colour| some.contains(colour))
}

/// A colour of a scale by name.
fn stop(name: &str) -> Option<Stop> {
    match name.to_ascii_lowercase().as_str() {
        "white" => Some(Stop { rgb: (255, 255, 255), colour: Colour::Gray }),
        "black" => Some(Stop { rgb: (32, 31, 30), colour: Colour::Gray }),
        // A scale begins light, so that the figures are read.
        "yellow" => Some(Stop { rgb: (255, 222, 110), colour: Colour::Yellow }),
        other => Colour::from_name(other).map(|colour| Stop { rgb: colour.rgb(), colour }),
    }
}

/// `yellowOrangeRed` as `yellow`, `Orange`, `Red`; `Bright`, `Dark` and `Light` stay with the word before them.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let begin = first.len_utf8();
        let end = rest[begin..].find(|c: char| c.is_ascii_uppercase()).map_or(rest.len(), |at| at + begin);
        let (word, after) = rest.split_at(end);
        match words.last_mut() {
            Some(last) if matches!(word, "Bright" | "Dark" | "Light") => last.push_str(word),
            Some(_) | None => words.push(word.to_owned()),
        }
        rest = after;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(Palette::from_name("redBright"), Some(Palette::One(Colour::RedBright)));
        assert_eq!(Palette::from_name("none"), Some(Palette::One(Colour::None)));
        for (name, stops) in [
            ("greenRed", 3),
            ("redGreen", 3),
            ("redBrightGreen", 3),
            ("coldHot", 3),
            ("whiteBlack", 2),
            ("blueGreen", 2),
            ("yellowOrangeRed", 3),
            ("yellowGreenBlue", 3),
            ("purpleBlueGreen", 3),
        ] {
            let Some(Palette::Scale(scale)) = Palette::from_name(name) else { panic!("{name}") };
            assert_eq!(scale.len(), stops, "{name}");
        }
        for name in ["auto", "", "Bright", "32-color-categorical", "greenNo", "éÉ"] {
            assert_eq!(Palette::from_name(name), None, "{name}");
        }
    }

    #[test]
    fn scales_run_from_end_to_end() {
        let scale = Palette::from_name("greenRed").unwrap();
        assert_eq!(scale.rgb(0.0), Colour::Green.rgb());
        assert_eq!(scale.rgb(1.0), Colour::Red.rgb());
        assert_eq!(scale.rgb(7.0), Colour::Red.rgb());
        assert_eq!(scale.rgb(f64::NAN), Colour::Green.rgb());
        assert_eq!(scale.colour(0.5), Colour::Yellow);
        assert_eq!(Palette::One(Colour::Blue).rgb(0.0), (255, 255, 255));
    }
}
