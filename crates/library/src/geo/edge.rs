//! Single geodesic edges: where two meet, how far a place is from one, and places along one.

use super::point::{Point, vector};

/// The place where two edges cross that are known to cross inside.
pub fn intersection(a: Point, b: Point, c: Point, d: Point) -> Point {
    // The same place whatever the direction and order of the edges.
    let ordered = |p: Point, q: Point| if p.order(q).is_gt() { (q, p) } else { (p, q) };
    let (mut first, mut second) = (ordered(a, b), ordered(c, d));
    if first.0.order(second.0).then(first.1.order(second.1)).is_gt() {
        std::mem::swap(&mut first, &mut second);
    }
    let normal = first.0.stable_cross(first.1);
    // How far the ends of the second edge are off the first, measured from the nearer end.
    let off = |p: Point| {
        let (from0, from1) = (p - first.0, p - first.1);
        if from0.norm2() < from1.norm2() { from0.dot(normal) } else { from1.dot(normal) }
    };
    let (off0, off1) = (off(second.0), off(second.1));
    let span = off0.abs() + off1.abs();
    if span == 0.0 {
        return nearest_end(first, second);
    }
    let place = second.0 * (off1.abs() / span) + second.1 * (off0.abs() / span);
    place.normalize()
}

/// For edges on one great circle: an end of one that lies within the other.
fn nearest_end(first: (Point, Point), second: (Point, Point)) -> Point {
    let ends = [(second.0, first), (second.1, first), (first.0, second), (first.1, second)];
    let off = |(p, edge): &(Point, (Point, Point))| distance(*p, edge.0, edge.1);
    ends.into_iter().min_by(|a, b| off(a).total_cmp(&off(b))).map_or(first.0, |(p, _)| p)
}

/// The place of an edge that is closest to `p`.
pub fn closest(p: Point, a: Point, b: Point) -> Point {
    if p == a || p == b {
        return p;
    }
    let normal = a.stable_cross(b).normalize();
    let foot = p - normal * p.dot(normal);
    // Between the ends when it lies left of the one border and right of the other.
    if foot.norm2() > 1e-30 && normal.cross(a).dot(foot) >= 0.0 && b.cross(normal).dot(foot) >= 0.0 {
        return foot.normalize();
    }
    if (p - a).norm2() <= (p - b).norm2() { a } else { b }
}

/// How far a place is from an edge, in radians.
pub fn distance(p: Point, a: Point, b: Point) -> f64 {
    let nearest = closest(p, a, b);
    if nearest == a || nearest == b {
        return p.angle(nearest);
    }
    // The height above the great circle keeps its digits where the places nearly coincide.
    let normal = a.stable_cross(b).normalize();
    let near = if (p - a).norm2() < (p - b).norm2() { p - a } else { p - b };
    near.dot(normal).abs().min(1.0).asin()
}

/// How far two edges are apart, in radians, when they do not cross.
pub fn gap(a: Point, b: Point, c: Point, d: Point) -> f64 {
    distance(a, c, d).min(distance(b, c, d)).min(distance(c, a, b)).min(distance(d, a, b))
}

/// The place at a fraction of the way from `a` to `b`.
pub fn between(fraction: f64, a: Point, b: Point) -> Point {
    if fraction == 0.0 {
        return a;
    }
    if fraction == 1.0 {
        return b;
    }
    onward(fraction * a.angle(b), a, b)
}

/// The place that many radians from `a` towards `b`.
pub fn onward(radians: f64, a: Point, b: Point) -> Point {
    let ahead = a.stable_cross(b).cross(a).normalize();
    (a * radians.cos() + ahead * radians.sin()).normalize()
}

/// The direction from `a` to `b` in [0, 2π), clockwise from north; nothing for the same place and for its antipode.
pub fn azimuth(a: Point, b: Point) -> Option<f64> {
    if a == b || a == -b {
        return None;
    }
    let (north, east) = compass(a);
    Some(b.dot(east).atan2(b.dot(north)).rem_euclid(std::f64::consts::TAU))
}

/// The directions to the north and to the east.
fn compass(a: Point) -> (Point, Point) {
    let (longitude, latitude) = a.radians();
    let (sin, cos) = longitude.sin_cos();
    let north = vector(-latitude.sin() * cos, -latitude.sin() * sin, latitude.cos());
    (north, vector(-sin, cos, 0.0))
}

/// The place that many radians from `a` in the direction of an azimuth, counted from north over east.
pub fn towards(a: Point, azimuth: f64, radians: f64) -> Point {
    let (north, east) = compass(a);
    let ahead = north * azimuth.cos() + east * azimuth.sin();
    (a * radians.cos() + ahead * radians.sin()).normalize()
}
