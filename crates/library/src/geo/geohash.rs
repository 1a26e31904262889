//! Geohash: a rectangle of longitudes and latitudes as a word, five bits a letter. In and out: words, degrees.

use super::geojson::Coordinates;

/// The letters by their bits.
const LETTERS: &[u8; 32] = b"0123456789bcdefghjkmnpqrstuvwxyz";

/// The longest word.
pub const LONGEST: u8 = 18;

/// A rectangle: how many bits, and which, for longitude and latitude.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Geohash {
    length: u8,
    longitude: u64,
    latitude: u64,
}

impl Geohash {
    fn bits(length: u8) -> (u32, u32) {
        let bits = u32::from(length) * 5;
        (bits.div_ceil(2), bits / 2)
    }

    /// The rectangle of that many letters around a place in range.
    pub fn around((longitude, latitude): Coordinates, length: u8) -> Geohash {
        let (wide, high) = Geohash::bits(length);
        let part = |value: f64, bits: u32| {
            let cells = (1u64 << bits) as f64;
            ((value * cells).floor().max(0.0) as u64).min((1u64 << bits) - 1)
        };
        Geohash {
            length,
            longitude: part((longitude + 180.0) / 360.0, wide),
            latitude: part((latitude + 90.0) / 180.0, high),
        }
    }

    /// The rectangle of a word; nothing for other letters and lengths.
    pub fn parse(word: &str) -> Option<Geohash> {
        let length = u8::try_from(word.len()).ok().filter(|length| (1..=LONGEST).contains(length))?;
        let (mut longitude, mut latitude, mut place) = (0, 0, 0);
        for letter in word.bytes() {
            let bits = LETTERS.iter().position(|known| *known == letter.to_ascii_lowercase())?;
            for bit in (0..5).rev().map(|shift| (bits >> shift & 1) as u64) {
                let part = if place % 2 == 0 { &mut longitude } else { &mut latitude };
                *part = *part << 1 | bit;
                place += 1;
            }
        }
        Some(Geohash { length, longitude, latitude })
    }

    /// The word.
    pub fn word(self) -> String {
        let (mut wide, mut high) = Geohash::bits(self.length);
        let mut letter = 0;
        let mut word = String::new();
        for place in 0..u32::from(self.length) * 5 {
            let (part, left) =
                if place % 2 == 0 { (self.longitude, &mut wide) } else { (self.latitude, &mut high) };
            *left -= 1;
            letter = letter << 1 | (part >> *left & 1) as usize;
            if place % 5 == 4 {
                word.push(char::from(LETTERS[letter]));
                letter = 0;
            }
        }
        word
    }

    /// Longitude and latitude at fractions of the rectangle.
    fn at(self, across: f64, up: f64) -> Coordinates {
        let (wide, high) = Geohash::bits(self.length);
        let part = |cell: u64, fraction: f64, bits: u32| (cell as f64 + fraction) / (1u64 << bits) as f64;
        (part(self.longitude, across, wide) * 360.0 - 180.0, part(self.latitude, up, high) * 180.0 - 90.0)
    }

    /// The place in the middle.
    pub fn center(self) -> Coordinates {
        self.at(0.5, 0.5)
    }

    /// The corners, counterclockwise from the south west.
    pub fn corners(self) -> [Coordinates; 4] {
        [self.at(0.0, 0.0), self.at(1.0, 0.0), self.at(1.0, 1.0), self.at(0.0, 1.0)]
    }

    /// The rectangles around it, in Kusto's order; none beyond a pole.
    pub fn neighbors(self) -> Vec<Geohash> {
        let (wide, high) = Geohash::bits(self.length);
        let step = |(across, up): (i64, i64)| {
            let latitude = i64::try_from(self.latitude).ok()? + up;
            if latitude < 0 || latitude >= 1i64 << high {
                return None;
            }
            let longitude = (self.longitude as i64 + across).rem_euclid(1i64 << wide);
            Some(Geohash { length: self.length, longitude: longitude as u64, latitude: latitude as u64 })
        };
        ORDER.into_iter().filter_map(step).collect()
    }
}

/// The steps to the neighbors, east and north.
const ORDER: [(i64, i64); 8] = [(-1, -1), (-1, 1), (1, -1), (0, 1), (-1, 0), (1, 1), (1, 0), (0, -1)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_there_and_back() {
        let cell = Geohash::around((-80.195829, 25.802215), 8);
        assert_eq!(cell.word(), "dhwfz15h");
        assert_eq!(Geohash::parse("dhwfz15h"), Some(cell));
        assert_eq!(Geohash::parse("a"), None);
        assert_eq!(Geohash::parse(""), None);
        assert_eq!(Geohash::around((180.0, 90.0), 18).word(), "z".repeat(18));
    }

    #[test]
    fn neighbors_wrap_around_the_globe_but_not_over_poles() {
        let east = Geohash::around((179.9, 0.0), 3);
        assert!(east.neighbors().iter().any(|cell| cell.center().0 < -179.0));
        assert_eq!(Geohash::around((0.0, 90.0), 3).neighbors().len(), 5);
    }
}
