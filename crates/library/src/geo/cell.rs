//! S2 cells: the six faces of a cube around the globe, each divided into four again and again, numbered along a curve.
//! In: places, tokens. Out: tokens, corners, neighbors.

use super::point::{Point, vector};

/// The level of the smallest cells.
pub const SMALLEST: u8 = 30;

/// Cells along one side of a face at the smallest level.
const SIDE: i64 = 1 << SMALLEST;

/// Which quarter, as (i, j), comes when along the curve, by its orientation.
const QUARTERS: [[(u64, u64); 4]; 4] = [
    [(0, 0), (0, 1), (1, 1), (1, 0)],
    [(0, 0), (1, 0), (1, 1), (0, 1)],
    [(1, 1), (1, 0), (0, 0), (0, 1)],
    [(1, 1), (0, 1), (0, 0), (1, 0)],
];

/// How the orientation changes in each quarter along the curve.
const CHANGES: [usize; 4] = [1, 0, 0, 3];

/// A cell: three bits for the face, two for each level, a 1 and zeros.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Cell(u64);

impl Cell {
    /// The six largest cells.
    pub fn faces() -> impl Iterator<Item = Cell> {
        (0..6).map(|face| Cell(face << 61 | 1 << 60))
    }

    /// The cell of a level around a place.
    pub fn around(p: Point, level: u8) -> Cell {
        let (face, u, v) = face_of(p);
        let number = |x: f64| ((curved(x) * SIDE as f64).floor() as i64).clamp(0, SIDE - 1);
        Cell::leaf(face, number(u), number(v)).parent(level)
    }

    /// The smallest cell at a place of a face.
    fn leaf(face: usize, i: i64, j: i64) -> Cell {
        let (mut id, mut orientation) = (face as u64, face & 1);
        for shift in (0..SMALLEST).rev() {
            let quarter = ((i as u64) >> shift & 1, (j as u64) >> shift & 1);
            let place = QUARTERS[orientation].iter().position(|known| *known == quarter).unwrap_or(0);
            id = id << 2 | place as u64;
            orientation ^= CHANGES[place];
        }
        Cell(id << 1 | 1)
    }

    /// Its face, and where on it the corner lies that has the lowest coordinates.
    fn position(self) -> (usize, i64, i64) {
        let face = (self.0 >> 61) as usize;
        let (mut i, mut j, mut orientation) = (0, 0, face & 1);
        for level in 0..self.level() {
            let place = (self.0 >> (59 - 2 * u32::from(level)) & 3) as usize;
            let (quarter_i, quarter_j) = QUARTERS[orientation][place];
            (i, j) = (i << 1 | quarter_i as i64, j << 1 | quarter_j as i64);
            orientation ^= CHANGES[place];
        }
        let shift = SMALLEST - self.level();
        (face, i << shift, j << shift)
    }

    /// How often a face was divided.
    pub fn level(self) -> u8 {
        SMALLEST - (self.0.trailing_zeros() / 2) as u8
    }

    /// The cell of a level at most its own that holds it.
    pub fn parent(self, level: u8) -> Cell {
        let lowest = 1u64 << (2 * (SMALLEST - level));
        Cell(self.0 & lowest.wrapping_neg() | lowest)
    }

    /// The four cells in it.
    pub fn children(self) -> [Cell; 4] {
        let lowest = self.0 & self.0.wrapping_neg();
        let step = lowest >> 2;
        [0, 1, 2, 3].map(|place| Cell(self.0 - lowest + step + 2 * place * step))
    }

    /// The cell of a token: up to sixteen hexadecimal digits, zeros at the end left out.
    pub fn parse(token: &str) -> Option<Cell> {
        let valid = (1..=16).contains(&token.len()) && token.bytes().all(|digit| digit.is_ascii_hexdigit());
        let id = u64::from_str_radix(token, 16).ok().filter(|id| valid && *id != 0)?;
        let id = id << (4 * (16 - token.len()));
        (id >> 61 < 6 && id.trailing_zeros().is_multiple_of(2)).then_some(Cell(id))
    }

    /// The token.
    pub fn token(self) -> String {
        format!("{:016x}", self.0).trim_end_matches('0').to_owned()
    }

    /// The place in the middle.
    pub fn center(self) -> Point {
        let (face, i, j) = self.position();
        let size = SIDE >> self.level();
        let middle = |x: i64| (2 * x + size) as f64 / (2 * SIDE) as f64;
        on_face(face, flat(middle(i)), flat(middle(j))).normalize()
    }

    /// The corners, counterclockwise.
    pub fn corners(self) -> [Point; 4] {
        let (face, i, j) = self.position();
        let size = SIDE >> self.level();
        let at = |i: i64, j: i64| {
            let part = |x: i64| flat(x as f64 / SIDE as f64);
            on_face(face, part(i), part(j)).normalize()
        };
        [at(i, j), at(i + size, j), at(i + size, j + size), at(i, j + size)]
    }

    /// The cells of the same level beside it, over the borders of the face where need be.
    pub fn neighbors(self) -> Vec<Cell> {
        let (face, i, j) = self.position();
        let size = SIDE >> self.level();
        let mut cells = Vec::with_capacity(8);
        for (across, up) in ORDER {
            let (i, j) = (i + across * size, j + up * size);
            let (out_i, out_j) = (!(0..SIDE).contains(&i), !(0..SIDE).contains(&j));
            // At a corner of the cube only three cells meet.
            if out_i && out_j {
                continue;
            }
            let cell = if out_i || out_j { wrapped(face, i, j) } else { Cell::leaf(face, i, j) };
            let cell = cell.parent(self.level());
            if cell != self && !cells.contains(&cell) {
                cells.push(cell);
            }
        }
        cells
    }
}

/// The steps to the neighbors along i and j: over the four sides, then the corners.
const ORDER: [(i64, i64); 8] = [(0, -1), (1, 0), (0, 1), (-1, 0), (-1, -1), (1, -1), (-1, 1), (1, 1)];

/// The smallest cell at a place just off a face.
fn wrapped(face: usize, i: i64, j: i64) -> Cell {
    // A linear scale does: only the face that is met and the order along its border count.
    let part = |x: i64| (2.0 * (x.clamp(-1, SIDE) as f64 + 0.5) / SIDE as f64 - 1.0).clamp(-BEYOND, BEYOND);
    let (face, u, v) = face_of(on_face(face, part(i), part(j)));
    let number = |x: f64| ((0.5 * (x + 1.0) * SIDE as f64).floor() as i64).clamp(0, SIDE - 1);
    Cell::leaf(face, number(u), number(v))
}

/// Just beyond the border of a face.
const BEYOND: f64 = 1.0 + f64::EPSILON;

/// From the flat coordinate [-1, 1] of a face to the share [0, 1] that makes cells nearly equal in size.
fn curved(u: f64) -> f64 {
    if u >= 0.0 { 0.5 * (1.0 + 3.0 * u).sqrt() } else { 1.0 - 0.5 * (1.0 - 3.0 * u).sqrt() }
}

/// The inverse of `curved`.
fn flat(s: f64) -> f64 {
    if s >= 0.5 {
        (1.0 / 3.0) * (4.0 * s * s - 1.0)
    } else {
        (1.0 / 3.0) * (1.0 - 4.0 * (1.0 - s) * (1.0 - s))
    }
}

/// The face a place lies on, and where.
fn face_of(p: Point) -> (usize, f64, f64) {
    let (x, y, z) = (p.x.abs(), p.y.abs(), p.z.abs());
    let axis = if x > y {
        if x > z { 0 } else { 2 }
    } else if y > z {
        1
    } else {
        2
    };
    let face = if p.array()[axis] < 0.0 { axis + 3 } else { axis };
    let (u, v) = match face {
        0 => (p.y / p.x, p.z / p.x),
        1 => (-p.x / p.y, p.z / p.y),
        2 => (-p.x / p.z, -p.y / p.z),
        3 => (p.z / p.x, p.y / p.x),
        4 => (p.z / p.y, -p.x / p.y),
        _ => (-p.y / p.z, -p.x / p.z),
    };
    (face, u, v)
}

/// The vector of a place on a face; not of length one.
fn on_face(face: usize, u: f64, v: f64) -> Point {
    match face {
        0 => vector(1.0, u, v),
        1 => vector(-u, 1.0, v),
        2 => vector(-u, -v, 1.0),
        3 => vector(-1.0, -v, -u),
        4 => vector(v, -1.0, -u),
        _ => vector(v, u, -1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_places() {
        let p = Point::at(-80.195829, 25.802215).unwrap();
        assert_eq!(Cell::around(p, 8).token(), "88d9b");
        assert_eq!(Cell::parse("88d9b"), Some(Cell::around(p, 8)));
        assert_eq!(Cell::parse("a"), None);
        assert_eq!(Cell::parse("x"), None);
    }

    #[test]
    fn cells_hold_their_middle_and_have_neighbors_over_borders() {
        for face in Cell::faces() {
            let mut cell = face;
            for level in 0..=SMALLEST {
                assert_eq!(cell.level(), level);
                assert_eq!(Cell::around(cell.center(), level), cell);
                // Fewer at a corner of the cube; on whole faces only four.
                assert!(cell.neighbors().len() >= if level == 0 { 4 } else { 5 }, "{level}");
                cell = cell.children()[usize::from(level) % 4];
            }
        }
    }
}
