//! All places within a distance of a shape. In: a place, lines, a polygon, meters. Out: a polygon that holds them all and
//! strays beyond by at most a tolerance.
//!
//! Around each place stands a regular polygon, its corners at the same azimuths everywhere; an edge is widened to the
//! hull of the two at its ends. All are joined.

use super::edge::{between, towards};
use super::geojson::Line;
use super::overlay::union_all;
use super::point::{EARTH_RADIUS, Point};
use super::polygon::{Polygon, Ring};
use super::turn::turn;
use std::f64::consts::{FRAC_PI_2, PI, TAU};

/// How wide, and how exactly.
#[derive(Clone, Copy, Debug)]
pub struct Width {
    /// From the shape to the corners, in radians.
    outer: f64,
    /// Corners around a place.
    corners: usize,
    /// The longest edge that may be widened in one piece, in radians.
    longest: f64,
}

/// More corners than these around one place are none.
const MOST: f64 = 100_000.0;

impl Width {
    /// The width of a radius and tolerance in meters; nothing when one is out of range.
    pub fn new(radius: f64, tolerance: f64) -> Option<Width> {
        let valid = radius > 0.0 && tolerance > 0.0 && tolerance >= radius * 1e-6 * (1.0 - 1e-9);
        let tolerance = tolerance.min(radius * 0.999);
        let (inner, outer) = (radius / EARTH_RADIUS, (radius + tolerance / 2.0) / EARTH_RADIUS);
        if !valid || outer >= FRAC_PI_2 {
            return None;
        }
        let corners = (PI / (inner.tan() / outer.tan()).acos()).ceil().max(4.0);
        // A geodesic beside a geodesic bulges away from it by about tan(width) · length² / 8.
        let longest = (4.0 * tolerance / EARTH_RADIUS / outer.tan()).sqrt().min(0.5);
        (corners <= MOST).then_some(Width { outer, corners: corners as usize, longest })
    }

    /// The polygon around a place.
    fn around(&self, p: Point) -> Vec<Point> {
        // Counterclockwise, so against the azimuth.
        let azimuth = |index: usize| -TAU * index as f64 / self.corners as f64;
        (0..self.corners).map(|index| towards(p, azimuth(index), self.outer)).collect()
    }

    /// The polygons around the pieces of an edge.
    fn along(&self, a: Point, b: Point) -> Vec<Polygon> {
        let pieces = (a.angle(b) / self.longest).ceil().max(1.0) as usize;
        let at = |index: usize| between(index as f64 / pieces as f64, a, b);
        (0..pieces).map(|index| self.around_both(at(index), at(index + 1))).collect()
    }

    fn around_both(&self, a: Point, b: Point) -> Polygon {
        let mut corners = self.around(a);
        corners.extend(self.around(b));
        shell(hull(corners, (a + b).normalize()))
    }
}

fn shell(vertices: Vec<Point>) -> Polygon {
    Polygon { rings: vec![Ring::oriented(vertices, false)] }
}

/// The convex hull of places within a quarter of the globe around `middle`, counterclockwise.
fn hull(mut places: Vec<Point>, middle: Point) -> Vec<Point> {
    // Seen from a place outside of the hull, in order of direction.
    let far = places.iter().copied().max_by(|a, b| (*a - middle).norm2().total_cmp(&(*b - middle).norm2()));
    let Some(first) = far else { return places };
    let axis = (middle - first * middle.dot(first)).normalize();
    let side = first.cross(axis);
    let direction = |p: &Point| (*p - first).dot(side).atan2((*p - first).dot(axis));
    places.retain(|p| *p != first);
    places.sort_by(|a, b| direction(a).total_cmp(&direction(b)));
    let mut hull: Vec<Point> = vec![first];
    for p in places {
        while hull.len() > 1 && turn(hull[hull.len() - 2], hull[hull.len() - 1], p) <= 0 {
            hull.pop();
        }
        hull.push(p);
    }
    hull
}

/// The area around a place.
pub fn buffer_point(p: Point, width: Width) -> Polygon {
    shell(width.around(p))
}

/// The area around lines.
pub fn buffer_lines(lines: &[Line], width: Width) -> Polygon {
    let edges = lines.iter().flat_map(|line| line.windows(2));
    union_all(edges.flat_map(|edge| width.along(edge[0], edge[1])).collect())
}

/// A polygon and the area around it.
pub fn buffer_polygon(polygon: &Polygon, width: Width) -> Polygon {
    let edges = polygon.rings.iter().flat_map(Ring::edges);
    let mut parts: Vec<Polygon> = edges.flat_map(|(a, b)| width.along(a, b)).collect();
    parts.push(polygon.clone());
    union_all(parts)
}
