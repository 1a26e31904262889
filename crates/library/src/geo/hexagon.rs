//! H3 cells and the polygons they fill. In: cell names, polygons in degrees. Out: cells.

use super::geojson::Coordinates;
use h3o::{CellIndex, LatLng, Resolution};
use rustc_hash::FxHashSet;

/// The cell of a name; nothing for what is none.
pub fn parse(name: &str) -> Option<CellIndex> {
    name.parse().ok()
}

/// The cell of a resolution around a place in range.
pub fn around((longitude, latitude): Coordinates, resolution: u8) -> Option<CellIndex> {
    let place = LatLng::new(latitude, longitude).ok()?;
    Some(place.to_cell(Resolution::try_from(resolution).ok()?))
}

fn degrees(place: LatLng) -> Coordinates {
    (place.lng(), place.lat())
}

/// The place in the middle.
pub fn center(cell: CellIndex) -> Coordinates {
    degrees(cell.into())
}

/// The corners, counterclockwise.
pub fn corners(cell: CellIndex) -> Vec<Coordinates> {
    cell.boundary().iter().copied().map(degrees).collect()
}

/// The cell and those up to some steps away, a ring of each distance.
pub fn rings(cell: CellIndex, distance: u32) -> Vec<Vec<CellIndex>> {
    let mut rings = vec![Vec::new(); distance as usize + 1];
    for (found, away) in cell.grid_disk_distances::<Vec<_>>(distance) {
        rings[away as usize].push(found);
    }
    rings
}

/// More cells than these are none.
const MOST: usize = 61_680;

/// The cells whose middle lies in polygons with straight edges; nothing when they are too many.
///
/// The answer comes as from the H3 library: in the order of a table of places by number, whose size follows from
/// the box around the polygon.
pub fn fill(polygons: &[Vec<Vec<Coordinates>>], resolution: u8) -> Option<Vec<CellIndex>> {
    let resolution = Resolution::try_from(resolution).ok()?;
    let mut cells = Vec::new();
    let mut seen = FxHashSet::default();
    for rings in polygons {
        for cell in fill_one(rings, resolution)? {
            if seen.insert(cell) {
                cells.push(cell);
            }
        }
        if cells.len() > MOST {
            return None;
        }
    }
    Some(cells)
}

fn fill_one(rings: &[Vec<Coordinates>], resolution: Resolution) -> Option<Vec<CellIndex>> {
    let size = table_size(rings, resolution)?;
    if size > 64 * MOST as u64 {
        return None;
    }
    let mut table: Vec<Option<CellIndex>> = vec![None; size as usize];
    let mut search: Vec<CellIndex> = trace(rings, resolution)?;
    while !search.is_empty() {
        let mut found = Vec::new();
        for cell in search {
            for near in cell.grid_disk::<Vec<_>>(1) {
                let mut place = (u64::from(near) % size) as usize;
                let free = (0..size).find(|_| {
                    let stop = table[place].is_none_or(|held| held == near);
                    if !stop {
                        place = (place + 1) % size as usize;
                    }
                    stop
                });
                free?;
                if table[place].is_none() && holds(rings, center(near)) {
                    table[place] = Some(near);
                    found.push(near);
                }
            }
        }
        search = found;
    }
    Some(table.into_iter().flatten().collect())
}

/// The distinct cells along the edges.
fn trace(rings: &[Vec<Coordinates>], resolution: Resolution) -> Option<Vec<CellIndex>> {
    let mut seen = FxHashSet::default();
    let mut cells = Vec::new();
    for ring in rings {
        for edge in ring.windows(2) {
            let ((x1, y1), (x2, y2)) = (edge[0], edge[1]);
            let (dx, dy) = ((x1 - x2).abs(), (y1 - y2).abs());
            let crossed = if dx > 180.0 { 360.0 - dx } else { dx };
            let apart = LatLng::new(y1, x1).ok()?.distance_km(LatLng::new(y2, x2).ok()?);
            let steps =
                (apart / (2.0 * radius_km(resolution))).ceil().max(crossed.max(dy) / 90.0).max(1.0) as u64;
            if steps > MOST as u64 {
                return None;
            }
            for step in 0..steps {
                let (done, left) = (step as f64 / steps as f64, (steps - step) as f64 / steps as f64);
                let place = (x1 * left + x2 * done, y1 * left + y2 * done);
                let cell = LatLng::new(place.1, place.0).ok()?.to_cell(resolution);
                if seen.insert(cell) {
                    cells.push(cell);
                }
            }
        }
    }
    Some(cells)
}

/// From the middle of the most distorted cell, a pentagon, to its corner.
fn radius_km(resolution: Resolution) -> f64 {
    let radius = |cell: CellIndex| {
        let corner = cell.boundary().first().copied();
        corner.map(|corner| LatLng::from(cell).distance_km(corner))
    };
    resolution.pentagons().next().and_then(radius).unwrap_or(1.0)
}

/// How many places the table has: an estimate of the cells in the box around the shell, and some more.
fn table_size(rings: &[Vec<Coordinates>], resolution: Resolution) -> Option<u64> {
    let shell = rings.first()?;
    let range = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    };
    let (west, east) = range(&mut shell.iter().map(|place| place.0));
    let (south, north) = range(&mut shell.iter().map(|place| place.1));
    let radius = radius_km(resolution);
    let cell = 0.8 * (2.598_076_211_35 * radius * radius);
    let across = LatLng::new(north, east).ok()?.distance_km(LatLng::new(south, west).ok()?);
    let (wide, high) = (east - west, north - south);
    if wide == 0.0 || high == 0.0 {
        return None;
    }
    let ratio = wide.max(high) / wide.min(high);
    let estimate = (across * across / ratio.min(3.0) / cell).ceil().max(1.0) as u64;
    let places: usize = rings.iter().map(|ring| ring.len() - 1).sum();
    Some(estimate.max(places as u64) + 12)
}

/// Whether a place lies within the shell and in no hole, edges taken as straight.
fn holds(rings: &[Vec<Coordinates>], place: Coordinates) -> bool {
    rings.iter().fold(false, |inside, ring| inside ^ ring_holds(ring, place))
}

fn ring_holds(ring: &[Coordinates], (x, y): Coordinates) -> bool {
    // A ring over the antimeridian is laid out beyond 180 degrees.
    let crosses = ring.windows(2).any(|edge| (edge[0].0 - edge[1].0).abs() > 180.0);
    let east = |x: f64| if crosses && x < 0.0 { x + 360.0 } else { x };
    let x = east(x);
    let mut inside = false;
    for edge in ring.windows(2) {
        let ((x1, y1), (x2, y2)) = ((east(edge[0].0), edge[0].1), (east(edge[1].0), edge[1].1));
        if (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 {
            inside = !inside;
        }
    }
    inside
}
