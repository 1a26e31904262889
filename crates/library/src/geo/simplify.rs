//! Fewer places for nearly the same shape. In: lines, polygons, a tolerance in meters. Out: the same kind.
//!
//! Chains run between places where more than two edges meet, and are simplified the same way wherever they occur, so
//! that borders which polygons share stay shared. A chain keeps its ends and whatever strays from the shortcut by more
//! than the tolerance (Douglas and Peucker); places closer together than the tolerance become one.

use super::edge::distance;
use super::geojson::Line;
use super::point::{EARTH_RADIUS, Point};
use super::polygon::{Polygon, Ring};
use rustc_hash::{FxHashMap, FxHashSet};

type Key = [u64; 3];

fn key(p: Point) -> Key {
    p.array().map(f64::to_bits)
}

/// The largest tolerance in meters.
pub const LARGEST: f64 = 7_800_000.0;

/// Lines with fewer places; those shorter than the tolerance vanish.
pub fn simplify_lines(lines: &[Line], meters: f64) -> Vec<Line> {
    let tolerance = meters / EARTH_RADIUS;
    let knots = knots(lines.iter().flat_map(|line| line.windows(2).map(|pair| (pair[0], pair[1]))));
    let simple = |line: &Line| {
        let ends = |index: usize| index == 0 || index + 1 == line.len() || knots.contains(&key(line[index]));
        let mut thinned = Vec::new();
        let mut from = 0;
        for to in 1..line.len() {
            if ends(to) {
                extend(&mut thinned, chain(&line[from..=to], tolerance));
                from = to;
            }
        }
        spread(thinned, tolerance)
    };
    lines.iter().map(simple).filter(|line| line.len() >= 2).collect()
}

/// Polygons with fewer places; rings that collapse vanish.
pub fn simplify_polygons(polygons: &[Polygon], meters: f64) -> Vec<Polygon> {
    let tolerance = meters / EARTH_RADIUS;
    let all = polygons.iter().flat_map(|polygon| polygon.rings.iter().flat_map(Ring::edges));
    let knots = knots(all);
    let simple = |polygon: &Polygon| {
        let rings: Vec<Vec<Point>> =
            polygon.rings.iter().filter_map(|ring| simplify_ring(ring, &knots, tolerance)).collect();
        Polygon::new(rings).unwrap_or_else(|| polygon.clone())
    };
    let kept = |polygon: &&Polygon| {
        polygon.rings.iter().any(|ring| !ring.hole && simplify_ring(ring, &knots, tolerance).is_some())
    };
    polygons.iter().filter(kept).map(simple).collect()
}

/// The places where other than two different edges meet.
fn knots(edges: impl Iterator<Item = (Point, Point)>) -> FxHashSet<Key> {
    let mut beside: FxHashMap<Key, FxHashSet<Key>> = FxHashMap::default();
    for (a, b) in edges {
        beside.entry(key(a)).or_default().insert(key(b));
        beside.entry(key(b)).or_default().insert(key(a));
    }
    beside.into_iter().filter(|(_, others)| others.len() > 2).map(|(at, _)| at).collect()
}

fn simplify_ring(ring: &Ring, knots: &FxHashSet<Key>, tolerance: f64) -> Option<Vec<Point>> {
    let vertices = &ring.vertices;
    let count = vertices.len();
    // The ring begins at a knot, or else keeps its first place and the one farthest from it.
    let mut stops: Vec<usize> = (0..count).filter(|index| knots.contains(&key(vertices[*index]))).collect();
    if stops.len() < 2 {
        let first = stops.first().copied().unwrap_or(0);
        let away = |index: &usize| (vertices[*index] - vertices[first]).norm2();
        let farthest = (0..count).max_by(|a, b| away(a).total_cmp(&away(b)))?;
        stops = vec![first.min(farthest), first.max(farthest)];
    }
    let mut thinned: Vec<Point> = Vec::new();
    for (index, from) in stops.iter().enumerate() {
        let to = stops.get(index + 1).copied().unwrap_or(stops[0] + count);
        let part: Vec<Point> = (*from..=to).map(|index| vertices[index % count]).collect();
        extend(&mut thinned, chain(&part, tolerance));
    }
    let mut thinned = spread(thinned, tolerance);
    if thinned.first() == thinned.last() {
        thinned.pop();
    }
    // A ring that is nowhere wider than the tolerance is none.
    let wide = |(a, b): (Point, Point)| thinned.iter().any(|p| distance(*p, a, b) > tolerance);
    let longest = (0..thinned.len())
        .map(|i| (thinned[i], thinned[(i + 1) % thinned.len()]))
        .max_by(|e, f| (e.0 - e.1).norm2().total_cmp(&(f.0 - f.1).norm2()))?;
    (thinned.len() >= 3 && wide(longest)).then_some(thinned)
}

fn extend(line: &mut Vec<Point>, part: Vec<Point>) {
    let known = usize::from(line.last() == part.first() && !line.is_empty());
    line.extend(part.into_iter().skip(known));
}

/// The places of a chain that matter, the same from either end.
fn chain(places: &[Point], tolerance: f64) -> Vec<Point> {
    let mut kept = vec![false; places.len()];
    let last = places.len() - 1;
    (kept[0], kept[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let off = |index: &usize| distance(places[*index], places[from], places[to]);
        let farthest = (from + 1..to).max_by(|a, b| off(a).total_cmp(&off(b)));
        if let Some(farthest) = farthest.filter(|index| off(index) > tolerance) {
            kept[farthest] = true;
            open.extend([(from, farthest), (farthest, to)]);
        }
    }
    places.iter().zip(kept).filter(|(_, kept)| *kept).map(|(p, _)| *p).collect()
}

/// Without the places closer to the one before than the tolerance; the last one stays.
fn spread(places: Vec<Point>, tolerance: f64) -> Vec<Point> {
    let (Some(first), Some(last)) = (places.first().copied(), places.last().copied()) else { return places };
    let mut kept = vec![first];
    let inner = places.len().saturating_sub(2);
    for p in places.into_iter().skip(1).take(inner) {
        let before = kept[kept.len() - 1];
        if p.angle(before) >= tolerance && p.angle(last) >= tolerance {
            kept.push(p);
        }
    }
    if kept.len() > 1 || first.angle(last) >= tolerance {
        kept.push(last);
    }
    kept
}
