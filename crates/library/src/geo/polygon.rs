//! Polygons on the sphere: rings whose inside is the smaller side, shells and holes by nesting. In: rings of places.
//! Out: whether they are a valid polygon, what they hold, area, perimeter, centroid, distance.

use super::edge;
use super::point::{Point, vector};
use super::sweep::{Edge, pairs};
use super::turn::{Crossing, ORIGIN, angle_holds_vertex, crossing, steps_over, turn};
use std::f64::consts::{FRAC_PI_2, TAU};

/// A closed chain of edges with its inside on the left; the last place is joined to the first.
#[derive(Clone, Debug)]
pub struct Ring {
    /// The places, counterclockwise around the inside.
    pub vertices: Vec<Point>,
    /// Whether the ring cuts a hole out of the ring around it.
    pub hole: bool,
    holds_origin: bool,
    center: Point,
    /// The cosine of the angle around `center` that holds the ring and its inside; -1 when there is none.
    reach: f64,
}

impl Ring {
    /// The ring of those places with its smaller side as inside; its first place may turn to the end to do so.
    pub fn new(mut vertices: Vec<Point>) -> Ring {
        if curvature(&vertices) < 0.0 {
            vertices.reverse();
        }
        Ring::oriented(vertices, false)
    }

    /// The ring of places that already go around its inside.
    pub fn oriented(vertices: Vec<Point>, hole: bool) -> Ring {
        let center = vertices.iter().fold(vector(0.0, 0.0, 0.0), |sum, p| sum + *p).normalize();
        let angle = vertices.iter().map(|p| p.angle(center)).fold(0.0, f64::max) + 1e-9;
        let reach = if angle < FRAC_PI_2 { angle.cos() } else { -1.0 };
        let mut ring = Ring { vertices, hole, holds_origin: false, center, reach: -1.0 };
        let [first, second, third] = [ring.at(0), ring.at(1), ring.at(2)];
        ring.holds_origin = angle_holds_vertex(first, second, third) != ring.holds(second);
        ring.reach = reach;
        ring
    }

    fn at(&self, index: usize) -> Point {
        self.vertices[index % self.vertices.len()]
    }

    /// The edges, the inside to their left.
    pub fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        (0..self.vertices.len()).map(|index| (self.at(index), self.at(index + 1)))
    }

    /// The places in the order of the polygon: those of a hole clockwise.
    pub fn outline(&self) -> Vec<Point> {
        let mut outline = self.vertices.clone();
        if self.hole {
            outline.reverse();
        }
        outline
    }

    /// Whether a place lies inside. One on the border belongs to exactly one of the rings that share it.
    pub fn holds(&self, p: Point) -> bool {
        if p.dot(self.center) < self.reach {
            return false;
        }
        let mut inside = self.holds_origin;
        let mut before = turn(ORIGIN, p, self.at(self.vertices.len() - 1));
        for (index, vertex) in self.vertices.iter().enumerate() {
            let side = turn(ORIGIN, p, *vertex);
            if side != before || side == 0 {
                let from = self.at(index + self.vertices.len() - 1);
                inside ^= steps_over(ORIGIN, p, from, *vertex);
            }
            before = side;
        }
        inside
    }

    /// The area of the inside in steradians.
    pub fn area(&self) -> f64 {
        let first = self.at(0);
        self.edges().map(|(a, b)| triangle(first, a, b)).sum::<f64>().rem_euclid(2.0 * TAU)
    }

    /// The sum of all places inside.
    fn moment(&self) -> Point {
        let first = self.at(0);
        self.edges().fold(vector(0.0, 0.0, 0.0), |sum, (a, b)| sum + triangle_moment(first, a, b))
    }
}

/// How much a chain turns left in all: positive when its left side is the smaller one.
pub fn curvature(vertices: &[Point]) -> f64 {
    let count = vertices.len();
    let bend = |index: usize| {
        let [a, b, c] = [0, 1, 2].map(|step| vertices[(index + step) % count]);
        let angle = a.stable_cross(b).angle(b.stable_cross(c));
        if turn(a, b, c) > 0 { angle } else { -angle }
    };
    (0..count).map(bend).sum()
}

/// The area of a triangle, negative when clockwise.
fn triangle(a: Point, b: Point, c: Point) -> f64 {
    // Differences keep the digits of small triangles.
    2.0 * a.dot((b - a).cross(c - a)).atan2(1.0 + a.dot(b) + b.dot(c) + c.dot(a))
}

/// The sum of all places in a triangle, negative when clockwise.
fn triangle_moment(a: Point, b: Point, c: Point) -> Point {
    let stretch = |p: Point, q: Point| {
        let angle = p.angle(q);
        if angle == 0.0 { 1.0 } else { angle / angle.sin() }
    };
    let (ra, rb, rc) = (stretch(b, c), stretch(c, a), stretch(a, b));
    let (ab, ac) = (b - a, c - a);
    let (x, y, z) = (vector(a.x, ab.x, ac.x), vector(a.y, ab.y, ac.y), vector(a.z, ab.z, ac.z));
    let r = vector(ra, rb - ra, rc - ra);
    vector(y.cross(z).dot(r), z.cross(x).dot(r), x.cross(y).dot(r)) * 0.5
}

/// One or several areas with holes.
#[derive(Clone, Debug, Default)]
pub struct Polygon {
    /// All rings; those inside an odd number of others are holes.
    pub rings: Vec<Ring>,
}

impl Polygon {
    /// The polygon of some rings; `None` when an edge has no length or half the globe, a place is met twice, edges
    /// cross, or two rings share one.
    pub fn new(rings: Vec<Vec<Point>>) -> Option<Polygon> {
        if rings.is_empty() || !rings.iter().all(|ring| simple(ring)) || !apart(&rings) {
            return None;
        }
        let mut rings: Vec<Ring> = rings.into_iter().map(Ring::new).collect();
        let holes: Vec<bool> = (0..rings.len()).map(|index| depth(&rings, index) % 2 == 1).collect();
        for (ring, hole) in rings.iter_mut().zip(holes) {
            ring.hole = hole;
        }
        Some(Polygon { rings })
    }

    /// Whether a place lies inside.
    pub fn holds(&self, p: Point) -> bool {
        self.rings.iter().fold(false, |inside, ring| inside ^ ring.holds(p))
    }

    /// All edges, the inside to their left.
    pub fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.rings.iter().flat_map(|ring| {
            let outline = ring.outline();
            (0..outline.len()).map(move |index| (outline[index], outline[(index + 1) % outline.len()]))
        })
    }

    /// How many places all rings have.
    pub fn size(&self) -> usize {
        self.rings.iter().map(|ring| ring.vertices.len()).sum()
    }

    /// The area in steradians.
    pub fn area(&self) -> f64 {
        self.rings.iter().map(|ring| if ring.hole { -ring.area() } else { ring.area() }).sum()
    }

    /// The length of the border in radians.
    pub fn perimeter(&self) -> f64 {
        self.rings.iter().flat_map(Ring::edges).map(|(a, b)| a.angle(b)).sum()
    }

    /// The place on the surface below the center of mass.
    pub fn centroid(&self) -> Point {
        let sum = self.rings.iter().fold(vector(0.0, 0.0, 0.0), |sum, ring| {
            let moment = ring.moment();
            if ring.hole { sum - moment } else { sum + moment }
        });
        sum.normalize()
    }

    /// The place of the polygon closest to another.
    pub fn closest(&self, p: Point) -> Point {
        if self.holds(p) {
            return p;
        }
        closest_of(p, self.rings.iter().flat_map(Ring::edges)).unwrap_or(p)
    }

    /// How far a place is from the polygon in radians; 0 inside.
    pub fn distance(&self, p: Point) -> f64 {
        if self.holds(p) {
            return 0.0;
        }
        let distances = self.rings.iter().flat_map(Ring::edges).map(|(a, b)| edge::distance(p, a, b));
        distances.fold(f64::INFINITY, f64::min)
    }

    /// The shells with the holes in each.
    pub fn parts(&self) -> Vec<Vec<&Ring>> {
        let mut parts: Vec<Vec<&Ring>> =
            self.rings.iter().filter(|ring| !ring.hole).map(|ring| vec![ring]).collect();
        for hole in self.rings.iter().filter(|ring| ring.hole) {
            // The innermost shell around it is the smallest.
            let around = parts.iter_mut().filter(|part| encloses(part[0], hole));
            let innermost = around.min_by(|a, b| a[0].area().total_cmp(&b[0].area()));
            if let Some(part) = innermost {
                part.push(hole);
            }
        }
        parts
    }
}

/// The place of several edges that is closest to another.
pub fn closest_of(p: Point, edges: impl Iterator<Item = (Point, Point)>) -> Option<Point> {
    let nearest = edges.map(|(a, b)| (edge::distance(p, a, b), a, b)).min_by(|a, b| a.0.total_cmp(&b.0));
    nearest.map(|(_, a, b)| edge::closest(p, a, b))
}

/// In how many other rings a ring lies.
fn depth(rings: &[Ring], index: usize) -> usize {
    let others = rings.iter().enumerate().filter(|(other, _)| *other != index);
    others.filter(|(_, other)| encloses(other, &rings[index])).count()
}

/// Whether one of two rings that do not cross lies in the other.
fn encloses(outer: &Ring, inner: &Ring) -> bool {
    // Rings may meet at places; any place of its own tells.
    let own = inner.vertices.iter().find(|p| !outer.vertices.contains(p));
    match own {
        Some(p) => outer.holds(*p) && inner.area() <= outer.area(),
        None => edge_middle(inner).is_some_and(|p| outer.holds(p)) && inner.area() <= outer.area(),
    }
}

fn edge_middle(ring: &Ring) -> Option<Point> {
    ring.edges().next().map(|(a, b)| (a + b).normalize())
}

/// Whether the places of one ring differ, and no edge is empty or spans half the globe.
fn simple(vertices: &[Point]) -> bool {
    if vertices.len() < 3 {
        return false;
    }
    let mut sorted = vertices.to_vec();
    sorted.sort_by(|a, b| a.order(*b));
    let distinct = sorted.windows(2).all(|pair| pair[0] != pair[1]);
    distinct && (0..vertices.len()).all(|i| vertices[i] != -vertices[(i + 1) % vertices.len()])
}

/// Whether no two edges of all rings cross or are the same.
fn apart(rings: &[Vec<Point>]) -> bool {
    let mut edges: Vec<Edge> = Vec::new();
    for ring in rings {
        edges.extend((0..ring.len()).map(|i| Edge::new(ring[i], ring[(i + 1) % ring.len()])));
    }
    let mut valid = true;
    pairs(&edges, &edges, |i, j| {
        if i < j && valid {
            let (e, f) = (&edges[i], &edges[j]);
            let same = (e.from == f.from && e.to == f.to) || (e.from == f.to && e.to == f.from);
            valid = !same && crossing(e.from, e.to, f.from, f.to) != Crossing::Inside;
        }
    });
    valid
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(places: &[(f64, f64)]) -> Vec<Point> {
        places.iter().map(|(longitude, latitude)| Point::at(*longitude, *latitude).unwrap()).collect()
    }

    #[test]
    fn the_inside_is_the_smaller_side() {
        let square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];
        let reversed: Vec<(f64, f64)> = square.iter().rev().copied().collect();
        for places in [&square[..], &reversed] {
            let polygon = Polygon::new(vec![ring(places)]).unwrap();
            assert!(polygon.holds(Point::at(5.0, 5.0).unwrap()));
            assert!(!polygon.holds(Point::at(15.0, 5.0).unwrap()));
            assert!(polygon.area() < 0.05);
        }
    }

    #[test]
    fn borders_belong_to_one_side() {
        let west = Polygon::new(vec![ring(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)])]).unwrap();
        let east = Polygon::new(vec![ring(&[(10.0, 0.0), (20.0, 0.0), (20.0, 10.0), (10.0, 10.0)])]).unwrap();
        for latitude in [1.0, 5.0, 9.5] {
            let p = Point::at(10.0, latitude).unwrap();
            assert!(west.holds(p) ^ east.holds(p));
        }
    }

    #[test]
    fn a_pole_can_be_inside() {
        let cap = Polygon::new(vec![ring(&[(0.0, 80.0), (120.0, 80.0), (-120.0, 80.0)])]).unwrap();
        assert!(cap.holds(Point::at(0.0, 90.0).unwrap()));
        assert!(!cap.holds(Point::at(0.0, 0.0).unwrap()));
    }

    #[test]
    fn crossed_and_doubled_rings_are_none() {
        assert!(Polygon::new(vec![ring(&[(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)])]).is_none());
        assert!(Polygon::new(vec![ring(&[(0.0, 0.0), (10.0, 10.0), (10.0, 10.0)])]).is_none());
        let shell = ring(&[(0.0, 0.0), (10.0, 0.0), (5.0, 10.0)]);
        assert!(Polygon::new(vec![shell.clone(), shell]).is_none());
    }
}
