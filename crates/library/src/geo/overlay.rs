//! Two shapes laid over each other: union and intersection of polygons and lines. In: polygons, lines. Out: the same.
//!
//! All edges are cut where they meet, so that each piece lies inside, outside or on the border of the other shape. The
//! pieces that belong to the answer are then joined again. Where a joined ring or chain begins follows from the order
//! of the edges given, as in the S2 library: with the place after the last piece of the last edge.

use super::cell::{Cell, SMALLEST};
use super::edge::{closest, intersection};
use super::geojson::Line;
use super::point::Point;
use super::polygon::{Polygon, Ring, curvature};
use super::queue::Queue;
use super::sweep::{Edge, pairs};
use super::turn::{Crossing, crossing, ordered_left};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;

/// Places closer than this many radians (about 0.1 µm) are the same.
const SAME: f64 = 1e-14;

/// A part of an edge between two places, by number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Piece {
    from: usize,
    to: usize,
    /// The number of the edge it is part of, over both shapes.
    id: usize,
}

impl Piece {
    /// The same for both directions.
    fn key(self) -> (usize, usize) {
        (self.from.min(self.to), self.from.max(self.to))
    }
}

/// Places by number; those nearly equal are one.
#[derive(Default)]
struct Places {
    points: Vec<Point>,
    cells: FxHashMap<[i64; 3], Vec<usize>>,
}

impl Places {
    fn number(&mut self, p: Point) -> usize {
        let cell = p.array().map(|x| (x / (4.0 * SAME)).floor() as i64);
        let mut around = [0; 3];
        for (index, x) in p.array().into_iter().enumerate() {
            // The neighboring cell on the nearer side.
            around[index] = if x / (4.0 * SAME) - cell[index] as f64 > 0.5 { 1 } else { -1 };
        }
        for corner in 0..8 {
            let key = [0, 1, 2].map(|i| cell[i] + if corner >> i & 1 == 1 { around[i] } else { 0 });
            let near = |number: &&usize| (self.points[**number] - p).norm2() <= SAME * SAME;
            if let Some(known) = self.cells.get(&key).and_then(|numbers| numbers.iter().find(near)) {
                return *known;
            }
        }
        self.points.push(p);
        self.cells.entry(cell).or_default().push(self.points.len() - 1);
        self.points.len() - 1
    }
}

/// Two lists of edges cut where they meet.
struct Arrangement {
    places: Places,
    first: Vec<Piece>,
    second: Vec<Piece>,
    /// Places on both.
    shared: FxHashSet<usize>,
}

/// The places where two edges meet, for each.
fn cuts(e: &Edge, f: &Edge) -> (Vec<Point>, Vec<Point>) {
    let (mut of_e, mut of_f) = (Vec::new(), Vec::new());
    if crossing(e.from, e.to, f.from, f.to) == Crossing::Inside {
        let p = intersection(e.from, e.to, f.from, f.to);
        of_e.push(p);
        of_f.push(p);
    }
    let on = |p: Point, edge: &Edge| (closest(p, edge.from, edge.to) - p).norm2() <= SAME * SAME;
    of_e.extend([f.from, f.to].into_iter().filter(|p| on(*p, e)));
    of_f.extend([e.from, e.to].into_iter().filter(|p| on(*p, f)));
    (of_e, of_f)
}

fn arrange(first: &[Edge], second: &[Edge]) -> Arrangement {
    let mut places = Places::default();
    for edge in first.iter().chain(second) {
        places.number(edge.from);
        places.number(edge.to);
    }
    let (mut cuts_first, mut cuts_second) = (vec![Vec::new(); first.len()], vec![Vec::new(); second.len()]);
    pairs(first, second, |i, j| {
        let (of_i, of_j) = cuts(&first[i], &second[j]);
        cuts_first[i].extend(of_i);
        cuts_second[j].extend(of_j);
    });
    let mut cut = |edges: &[Edge], cuts: Vec<Vec<Point>>, base: usize| {
        let mut pieces = Vec::new();
        for (index, (edge, mut cuts)) in edges.iter().zip(cuts).enumerate() {
            cuts.sort_by(|a, b| (*a - edge.from).norm2().total_cmp(&(*b - edge.from).norm2()));
            let mut from = places.number(edge.from);
            for p in cuts.into_iter().chain([edge.to]) {
                let to = places.number(p);
                if to != from {
                    pieces.push(Piece { from, to, id: base + index });
                    from = to;
                }
            }
        }
        pieces
    };
    let first_pieces = cut(first, cuts_first, 0);
    let second_pieces = cut(second, cuts_second, first.len());
    let ends =
        |pieces: &[Piece]| -> FxHashSet<usize> { pieces.iter().flat_map(|p| [p.from, p.to]).collect() };
    let shared = ends(&first_pieces).intersection(&ends(&second_pieces)).copied().collect();
    Arrangement { places, first: first_pieces, second: second_pieces, shared }
}

/// Where a piece lies as seen from the other shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Inside,
    Outside,
    /// On its border, with the insides on the same side.
    Along,
    /// On its border, with the insides on different sides.
    Against,
}

/// The side of each piece. It can change only at places that both shapes have.
fn sides(pieces: &[Piece], others: &[Piece], other: &Polygon, arrangement: &Arrangement) -> Vec<Side> {
    let border: FxHashMap<(usize, usize), Piece> = others.iter().map(|piece| (piece.key(), *piece)).collect();
    let points = &arrangement.places.points;
    let mut known: Option<(usize, Side)> = None;
    let side = |piece: &Piece| {
        let side = match (border.get(&piece.key()), known) {
            (Some(on), _) if on.from == piece.from => Side::Along,
            (Some(_), _) => Side::Against,
            (None, Some((at, side))) if at == piece.from && !arrangement.shared.contains(&at) => side,
            (None, _) => {
                let middle = (points[piece.from] + points[piece.to]).normalize();
                if other.holds(middle) { Side::Inside } else { Side::Outside }
            }
        };
        known = matches!(side, Side::Inside | Side::Outside).then_some((piece.to, side));
        side
    };
    pieces.iter().map(side).collect()
}

fn polygon_edges(polygon: &Polygon) -> Vec<Edge> {
    polygon.edges().map(|(a, b)| Edge::new(a, b)).collect()
}

fn line_edges(lines: &[Line]) -> Vec<Edge> {
    lines.iter().flat_map(|line| line.windows(2).map(|pair| Edge::new(pair[0], pair[1]))).collect()
}

/// The area of both polygons.
pub fn union(a: &Polygon, b: &Polygon) -> Polygon {
    let arrangement = arrange(&polygon_edges(a), &polygon_edges(b));
    let (first, second) = (&arrangement.first, &arrangement.second);
    let mut kept = keep(first, &sides(first, second, b, &arrangement), &[Side::Outside, Side::Along]);
    kept.extend(keep(second, &sides(second, first, a, &arrangement), &[Side::Outside]));
    assemble(kept, &arrangement.places.points)
}

fn keep(pieces: &[Piece], sides: &[Side], wanted: &[Side]) -> Vec<Piece> {
    pieces.iter().zip(sides).filter(|(_, side)| wanted.contains(side)).map(|(piece, _)| *piece).collect()
}

/// The area of all polygons: always of the two with the fewest places.
pub fn union_all(polygons: Vec<Polygon>) -> Polygon {
    let mut queue = Queue::default();
    for polygon in polygons {
        queue.push(polygon.size(), polygon);
    }
    while let Some(a) = queue.pop() {
        let Some(b) = queue.pop() else { return a };
        let both = union(&a, &b);
        queue.push(both.size(), both);
    }
    Polygon::default()
}

/// What two shapes have in common.
#[derive(Clone, Debug, Default)]
pub struct Common {
    /// Places where they only touch.
    pub points: Vec<Point>,
    /// Lines along which they touch.
    pub lines: Vec<Line>,
    /// Areas of both.
    pub polygon: Polygon,
}

/// What two polygons have in common.
pub fn polygons_in_common(a: &Polygon, b: &Polygon) -> Common {
    let arrangement = arrange(&polygon_edges(a), &polygon_edges(b));
    let (first, second) = (&arrangement.first, &arrangement.second);
    let sides_first = sides(first, second, b, &arrangement);
    let mut kept = keep(first, &sides_first, &[Side::Inside, Side::Along]);
    kept.extend(keep(second, &sides(second, first, a, &arrangement), &[Side::Inside]));
    let touching = keep(first, &sides_first, &[Side::Against]);
    let points = lone_places(&arrangement, kept.iter().chain(&touching));
    let lines = chains(touching, &arrangement.places.points);
    Common { points, lines, polygon: assemble(kept, &arrangement.places.points) }
}

/// The parts of lines that lie in a polygon or on its border.
pub fn lines_in_polygon(lines: &[Line], polygon: &Polygon) -> Common {
    let arrangement = arrange(&line_edges(lines), &polygon_edges(polygon));
    let pieces = &arrangement.first;
    let sides = sides(pieces, &arrangement.second, polygon, &arrangement);
    let kept = keep(pieces, &sides, &[Side::Inside, Side::Along, Side::Against]);
    let points = lone_places(&arrangement, kept.iter());
    Common { points, lines: chains(kept, &arrangement.places.points), polygon: Polygon::default() }
}

/// Where lines cross and run together.
pub fn lines_in_common(a: &[Line], b: &[Line]) -> Common {
    let arrangement = arrange(&line_edges(a), &line_edges(b));
    let others: FxHashSet<(usize, usize)> = arrangement.second.iter().map(|piece| piece.key()).collect();
    let kept: Vec<Piece> =
        arrangement.first.iter().filter(|piece| others.contains(&piece.key())).copied().collect();
    let points = lone_places(&arrangement, kept.iter());
    Common { points, lines: chains(kept, &arrangement.places.points), polygon: Polygon::default() }
}

/// The shared places at no end of the pieces, in the order they are met along the first shape.
fn lone_places<'a>(arrangement: &Arrangement, pieces: impl Iterator<Item = &'a Piece>) -> Vec<Point> {
    let mut seen: FxHashSet<usize> = pieces.flat_map(|piece| [piece.from, piece.to]).collect();
    let met = arrangement.first.iter().flat_map(|piece| [piece.from, piece.to]);
    met.filter(|at| arrangement.shared.contains(at) && seen.insert(*at))
        .map(|at| arrangement.places.points[at])
        .collect()
}

/// Lines without the parts that several share, joined where exactly two ends meet.
pub fn union_lines(lines: &[Line]) -> Vec<Line> {
    let mut places = Places::default();
    let edges = line_edges(lines);
    let mut cut: Vec<Vec<Point>> = vec![Vec::new(); edges.len()];
    for edge in &edges {
        places.number(edge.from);
        places.number(edge.to);
    }
    // Only places that lie on other edges cut; lines that cross stay whole.
    pairs(&edges, &edges, |i, j| {
        let on = |p: &Point| (closest(*p, edges[i].from, edges[i].to) - *p).norm2() <= SAME * SAME;
        cut[i].extend([edges[j].from, edges[j].to].into_iter().filter(on));
    });
    let mut seen = FxHashSet::default();
    let mut pieces = Vec::new();
    for (id, (edge, mut cuts)) in edges.iter().zip(cut).enumerate() {
        cuts.sort_by(|a, b| (*a - edge.from).norm2().total_cmp(&(*b - edge.from).norm2()));
        let mut from = places.number(edge.from);
        for p in cuts.into_iter().chain([edge.to]) {
            let piece = Piece { from, to: places.number(p), id };
            if piece.from != piece.to && seen.insert(piece.key()) {
                pieces.push(piece);
            }
            from = piece.to;
        }
    }
    chains(pieces, &places.points)
}

/// Pieces joined to lines through places where one ends and one begins.
fn chains(pieces: Vec<Piece>, points: &[Point]) -> Vec<Line> {
    let mut degree: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
    let mut begins: FxHashMap<usize, usize> = FxHashMap::default();
    for (index, piece) in pieces.iter().enumerate() {
        degree.entry(piece.from).or_default().0 += 1;
        degree.entry(piece.to).or_default().1 += 1;
        begins.insert(piece.from, index);
    }
    let through = |at: usize| degree.get(&at) == Some(&(1, 1));
    let mut used = vec![false; pieces.len()];
    let mut lines = Vec::new();
    // First the chains with a beginning, then what is left: closed ones.
    for closed in [false, true] {
        for start in 0..pieces.len() {
            if used[start] || (!closed && through(pieces[start].from)) {
                continue;
            }
            let mut line = vec![points[pieces[start].from]];
            let mut next = Some(start);
            while let Some(index) = next.filter(|index| !used[*index]) {
                used[index] = true;
                let to = pieces[index].to;
                line.push(points[to]);
                next = if through(to) { begins.get(&to).copied() } else { None };
            }
            lines.push(line);
        }
    }
    lines
}

/// Pieces around an area joined to rings, at places with several ways always by the sharpest turn to the left.
fn assemble(pieces: Vec<Piece>, points: &[Point]) -> Polygon {
    let mut leaving: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (index, piece) in pieces.iter().enumerate() {
        leaving.entry(piece.from).or_default().push(index);
    }
    let mut used = vec![false; pieces.len()];
    let next = |piece: Piece, used: &[bool]| -> Option<usize> {
        let free = leaving.get(&piece.to)?.iter().copied().filter(|index| !used[*index]);
        let (at, back) = (points[piece.to], points[piece.from]);
        free.reduce(|best, other| {
            // Clockwise from the way back, the first way out.
            let first = ordered_left(points[pieces[best].to], points[pieces[other].to], back, at);
            if first { other } else { best }
        })
    };
    let mut loops: Vec<Vec<Piece>> = Vec::new();
    // Begun along the curve of the smallest cells, which decides where an edge cut in two begins a ring.
    let cell = |at: usize| Cell::around(points[at], SMALLEST);
    let mut starts: Vec<usize> = (0..pieces.len()).collect();
    starts.sort_by_key(|index| (cell(pieces[*index].from), cell(pieces[*index].to)));
    for start in starts {
        let mut path: Vec<Piece> = Vec::new();
        let mut index = (!used[start]).then_some(start);
        while let Some(current) = index {
            used[current] = true;
            let piece = pieces[current];
            path.push(piece);
            // A place met before closes a ring; the rest of the path goes on from there.
            if let Some(position) = path.iter().position(|earlier| earlier.from == piece.to) {
                loops.push(path.split_off(position));
            }
            index = next(piece, &used);
        }
    }
    loops.retain(|ring| ring.len() >= 3);
    for ring in &mut loops {
        begin_after_last(ring);
    }
    loops.sort_by_key(|ring| ring.first().map_or(0, |piece| piece.id));
    let ring = |pieces: &Vec<Piece>| {
        let mut vertices: Vec<Point> = pieces.iter().map(|piece| points[piece.from]).collect();
        let hole = curvature(&vertices) < 0.0;
        if hole {
            vertices.reverse();
        }
        Ring::oriented(vertices, hole)
    };
    Polygon { rings: loops.iter().map(ring).collect() }
}

/// Turns a ring so that it ends with the last piece of its last edge, the first of them that is followed by others.
fn begin_after_last(ring: &mut [Piece]) {
    let (mut last, mut gap) = (0, false);
    for index in 1..ring.len() {
        match ring[index].id.cmp(&ring[last].id) {
            Ordering::Less => gap = true,
            Ordering::Equal if gap => {}
            Ordering::Equal | Ordering::Greater => (last, gap) = (index, false),
        }
    }
    ring.rotate_left((last + 1) % ring.len().max(1));
}

/// Whether two lists of edges meet anywhere.
pub fn edges_meet(a: impl Iterator<Item = (Point, Point)>, b: impl Iterator<Item = (Point, Point)>) -> bool {
    let boxes = |edges: Vec<(Point, Point)>| -> Vec<Edge> {
        edges.into_iter().map(|(from, to)| Edge::new(from, to)).collect()
    };
    let (a, b) = (boxes(a.collect()), boxes(b.collect()));
    let mut meet = false;
    pairs(&a, &b, |i, j| {
        meet = meet || {
            let (of_i, of_j) = cuts(&a[i], &b[j]);
            !of_i.is_empty() || !of_j.is_empty()
        };
    });
    meet
}

/// The edges of lines.
pub fn edges_of(lines: &[Line]) -> impl Iterator<Item = (Point, Point)> + '_ {
    lines.iter().flat_map(|line| line.windows(2).map(|pair| (pair[0], pair[1])))
}
