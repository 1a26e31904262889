//! The S2 cells of one level that a shape touches. In: edges, whether a place is inside. Out: cells along the curve.

use super::cell::Cell;
use super::edge;
use super::geojson::Line;
use super::overlay::edges_of;
use super::point::{EARTH_RADIUS, Point};
use super::polygon::{Polygon, Ring};
use super::turn::{Crossing, crossing};

/// More cells than these are none.
const MOST: usize = 65_536;

/// The cells that cover polygons and all places within a distance in meters; nothing when they are too many.
pub fn cover_polygon(polygon: &Polygon, level: u8, meters: f64) -> Option<Vec<Cell>> {
    let edges: Vec<(Point, Point)> = polygon.rings.iter().flat_map(Ring::edges).collect();
    cover(&edges, &|p| polygon.holds(p), level, meters)
}

/// The cells that cover lines and all places within a distance in meters; nothing when they are too many.
pub fn cover_lines(lines: &[Line], level: u8, meters: f64) -> Option<Vec<Cell>> {
    let edges: Vec<(Point, Point)> = edges_of(lines).collect();
    cover(&edges, &|_| false, level, meters)
}

fn cover(
    edges: &[(Point, Point)],
    holds: &dyn Fn(Point) -> bool,
    level: u8,
    meters: f64,
) -> Option<Vec<Cell>> {
    let mut cover = Cover { holds, level, radius: meters / EARTH_RADIUS, cells: Vec::new() };
    let all: Vec<usize> = (0..edges.len()).collect();
    Cell::faces().try_for_each(|face| cover.visit(face, edges, &all))?;
    Some(cover.cells)
}

struct Cover<'a> {
    holds: &'a dyn Fn(Point) -> bool,
    level: u8,
    radius: f64,
    cells: Vec<Cell>,
}

impl Cover<'_> {
    /// Adds the cells within one that are touched; `near` are the edges that touch the cell around it.
    fn visit(&mut self, cell: Cell, edges: &[(Point, Point)], near: &[usize]) -> Option<()> {
        let corners = cell.corners();
        let center = cell.center();
        let reach =
            corners.iter().map(|corner| corner.angle(center)).fold(0.0, f64::max) + self.radius + 1e-14;
        let close = |index: &usize| edge::distance(center, edges[*index].0, edges[*index].1) <= reach;
        let near: Vec<usize> = near.iter().copied().filter(close).collect();
        let touches = |index: &usize| touches(&corners, edges[*index], self.radius);
        if near.iter().any(touches) {
            return self.divide(cell, edges, &near);
        }
        if (self.holds)(center) { self.divide(cell, edges, &[]) } else { Some(()) }
    }

    fn divide(&mut self, cell: Cell, edges: &[(Point, Point)], near: &[usize]) -> Option<()> {
        if cell.level() < self.level {
            let children = cell.children();
            if near.is_empty() {
                // Inside as a whole, and so are its parts.
                return children.into_iter().try_for_each(|child| self.divide(child, edges, near));
            }
            return children.into_iter().try_for_each(|child| self.visit(child, edges, near));
        }
        self.cells.push(cell);
        (self.cells.len() <= MOST).then_some(())
    }
}

/// Whether an edge comes within a distance of a cell.
fn touches(corners: &[Point; 4], (from, to): (Point, Point), radius: f64) -> bool {
    let sides = [0, 1, 2, 3].map(|index| (corners[index], corners[(index + 1) % 4]));
    let inside = |p: Point| sides.iter().all(|(a, b)| a.stable_cross(*b).dot(p) >= 0.0);
    let meets = |(a, b): &(Point, Point)| {
        crossing(*a, *b, from, to) != Crossing::None || edge::gap(*a, *b, from, to) <= radius.max(1e-15)
    };
    inside(from) || inside(to) || sides.iter().any(meets)
}
