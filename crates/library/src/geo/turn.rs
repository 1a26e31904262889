//! On which side of a geodesic a place lies, exactly. In: unit vectors. Out: -1, 0 or 1, zero only where two are equal.
//!
//! Rounding must not make a crossing appear on one edge and vanish on the next, so what floating point cannot tell is
//! computed with all digits, and places on one great circle are told apart by moving them infinitely little.

use super::point::{Point, vector};

/// 1 when the places turn left, -1 when they turn right, 0 when two are equal.
pub fn turn(a: Point, b: Point, c: Point) -> i32 {
    const ERROR: f64 = 1.8274 * f64::EPSILON;
    let determinant = a.cross(b).dot(c);
    if determinant.abs() > ERROR {
        return sign(determinant);
    }
    if a == b || b == c || c == a {
        return 0;
    }
    let stable = stable_turn(a, b, c);
    if stable != 0 { stable } else { exact_turn(a, b, c) }
}

/// The same by differences, which are exact for places close together; 0 when uncertain.
fn stable_turn(a: Point, b: Point, c: Point) -> i32 {
    const ERROR: f64 = 3.2321 * f64::EPSILON;
    let (ab, bc, ca) = (b - a, c - b, a - c);
    let (ab2, bc2, ca2) = (ab.norm2(), bc.norm2(), ca.norm2());
    let (first, second, apex) = if ab2 >= bc2 && ab2 >= ca2 {
        (ca, bc, c)
    } else if bc2 >= ca2 {
        (ab, ca, a)
    } else {
        (bc, ab, b)
    };
    let determinant = -first.cross(second).dot(apex);
    let error = ERROR * (first.norm2() * second.norm2()).sqrt();
    if determinant.abs() > error { sign(determinant) } else { 0 }
}

/// The same with all digits, and by symbolic perturbation for places on one great circle.
fn exact_turn(a: Point, b: Point, c: Point) -> i32 {
    // Sorted, so that the perturbation does not depend on the order of the arguments.
    let (mut p, mut parity) = ([a, b, c], 1);
    for (i, j) in [(0, 1), (1, 2), (0, 1)] {
        if p[i].order(p[j]).is_gt() {
            p.swap(i, j);
            parity = -parity;
        }
    }
    let exact = determinant_sign(p[0], p[1], p[2]);
    parity * if exact != 0 { exact } else { perturbed(p[0], p[1], p[2]) }
}

/// The sign for three sorted places on one great circle, as if each were moved by its own infinitely small amount.
fn perturbed(a: Point, b: Point, c: Point) -> i32 {
    let minor = |p: f64, q: f64, r: f64, s: f64| {
        let mut sum = Exact::default();
        sum.add_product(p, q, 1.0);
        sum.add_product(-r, s, 1.0);
        sum.sign()
    };
    let tests = [
        minor(b.x, c.y, b.y, c.x),
        minor(b.z, c.x, b.x, c.z),
        minor(b.y, c.z, b.z, c.y),
        minor(c.x, a.y, c.y, a.x),
        sign(c.x),
        -sign(c.y),
        minor(c.z, a.x, c.x, a.z),
        sign(c.z),
        minor(a.x, b.y, a.y, b.x),
        -sign(b.x),
        sign(b.y),
        sign(a.x),
    ];
    tests.into_iter().find(|test| *test != 0).unwrap_or(1)
}

/// The sign of the determinant without any rounding.
fn determinant_sign(a: Point, b: Point, c: Point) -> i32 {
    let mut sum = Exact::default();
    for (i, j, k) in [(0, 1, 2), (1, 2, 0), (2, 0, 1)] {
        sum.add_product(a.array()[i], b.array()[j], c.array()[k]);
        sum.add_product(-a.array()[i], b.array()[k], c.array()[j]);
    }
    sum.sign()
}

fn sign(value: f64) -> i32 {
    i32::from(value > 0.0) - i32::from(value < 0.0)
}

/// A sum without rounding: parts of growing size whose bits do not overlap.
#[derive(Default)]
struct Exact(Vec<f64>);

impl Exact {
    /// Adds the product of three numbers.
    fn add_product(&mut self, a: f64, b: f64, c: f64) {
        let (high, low) = product(a, b);
        for part in [high, low] {
            let (high, low) = product(part, c);
            self.add(low);
            self.add(high);
        }
    }

    fn add(&mut self, value: f64) {
        let mut rest = value;
        for part in &mut self.0 {
            let sum = rest + *part;
            let shifted = sum - rest;
            *part = (rest - (sum - shifted)) + (*part - shifted);
            rest = sum;
        }
        self.0.push(rest);
    }

    /// The sign of the whole is that of its largest part.
    fn sign(&self) -> i32 {
        self.0.iter().rev().map(|part| sign(*part)).find(|sign| *sign != 0).unwrap_or(0)
    }
}

/// A product and what its rounding lost.
fn product(a: f64, b: f64) -> (f64, f64) {
    let high = a * b;
    (high, a.mul_add(b, -high))
}

/// Whether going around `o` to the left one meets `a`, then `b`, then `c`.
pub fn ordered_left(a: Point, b: Point, c: Point, o: Point) -> bool {
    let turns = [turn(b, o, a) >= 0, turn(c, o, b) >= 0, turn(a, o, c) > 0];
    turns.into_iter().filter(|left| *left).count() >= 2
}

/// How two edges meet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Crossing {
    /// Not at all.
    None,
    /// At an end that both have.
    Vertex,
    /// At a place inside both.
    Inside,
}

/// How the edge `ab` meets the edge `cd`.
pub fn crossing(a: Point, b: Point, c: Point, d: Point) -> Crossing {
    if a == c || a == d || b == c || b == d {
        return Crossing::Vertex;
    }
    let first = turn(a, c, b);
    let crosses = first != 0 && turn(b, d, a) == first && turn(c, b, d) == first && turn(d, a, c) == first;
    if crosses { Crossing::Inside } else { Crossing::None }
}

/// Whether crossing from `a` to `b` counts as a step over `cd`: inside the edges, or at a shared end by a rule under which
/// a place on the border belongs to exactly one of the polygons that share it.
pub fn steps_over(a: Point, b: Point, c: Point, d: Point) -> bool {
    match crossing(a, b, c, d) {
        Crossing::None => false,
        Crossing::Inside => true,
        Crossing::Vertex if a == b || c == d => false,
        Crossing::Vertex if a == c => b == d || ordered_left(a.ortho(), d, b, a),
        Crossing::Vertex if b == d => ordered_left(b.ortho(), c, a, b),
        Crossing::Vertex if a == d => b == c || ordered_left(a.ortho(), c, b, a),
        Crossing::Vertex => ordered_left(b.ortho(), d, a, b),
    }
}

/// Whether the angle `abc`, its inside to the left of `ab`, holds `b` by the same rule.
pub fn angle_holds_vertex(a: Point, b: Point, c: Point) -> bool {
    !ordered_left(b.ortho(), c, a, b)
}

/// A place where nothing lies, from which steps over edges are counted.
pub const ORIGIN: Point = vector(-0.009_999_466_435_025_02, 0.002_592_454_260_932_412, 0.999_946_643_502_502);

#[cfg(test)]
mod tests {
    use super::*;

    fn place(longitude: f64, latitude: f64) -> Point {
        Point::at(longitude, latitude).unwrap()
    }

    #[test]
    fn turns_agree_under_rotation_and_swaps() {
        // All on the equator: no determinant tells them apart.
        let (a, b, c) = (place(0.0, 0.0), place(10.0, 0.0), place(30.0, 0.0));
        let left = turn(a, b, c);
        assert_ne!(left, 0);
        assert_eq!((turn(b, c, a), turn(c, a, b)), (left, left));
        assert_eq!((turn(b, a, c), turn(a, c, b)), (-left, -left));
        assert_eq!(turn(a, a, c), 0);
    }

    #[test]
    fn sums_keep_all_digits() {
        let mut sum = Exact::default();
        sum.add_product(1e16, 1.0, 1.0);
        sum.add_product(1.0, 1.0, 1.0);
        sum.add_product(-1e16, 1.0, 1.0);
        assert_eq!(sum.sign(), 1);
        sum.add_product(-1.0, 1.0, 1.0);
        assert_eq!(sum.sign(), 0);
    }

    #[test]
    fn edges_cross_inside_or_at_ends() {
        let (a, b, c, d) = (place(0.0, 0.0), place(2.0, 2.0), place(0.0, 2.0), place(2.0, 0.0));
        assert_eq!(crossing(a, b, c, d), Crossing::Inside);
        assert_eq!(crossing(a, c, b, d), Crossing::None);
        assert_eq!(crossing(a, b, b, d), Crossing::Vertex);
    }
}
