//! Straight edges on a map of longitude and latitude as geodesic ones. In: coordinates. Out: the same with places in
//! between, so that no geodesic edge strays from the straight one by more than a tolerance.

use super::edge::between;
use super::geojson::{Coordinates, place};
use super::point::EARTH_RADIUS;

/// More places than these are none.
const MOST: usize = 10_485_760;

/// The share of an edge where it strays the most, and how that relates to the most it can stray (as in the S2 library).
const SHARE: f64 = 0.312_156_910_822_482_3;
const SCALE: f64 = 0.838_299_925_698_885_1;

/// The chain with places added; `over` lets edges wider than half the globe cross the antimeridian.
pub fn densify(chain: &[Coordinates], meters: f64, over: bool) -> Option<Vec<Coordinates>> {
    let mut dense = vec![*chain.first()?];
    for edge in chain.windows(2) {
        divide(edge[0], ahead(edge[0], edge[1], over), meters / EARTH_RADIUS * SCALE, &mut dense)?;
    }
    Some(dense)
}

/// The end of an edge, moved around the globe to where the edge crosses the antimeridian.
fn ahead(from: Coordinates, to: Coordinates, over: bool) -> Coordinates {
    let across = to.0 - from.0;
    if over && across.abs() > 180.0 { (to.0 - 360.0 * across.signum(), to.1) } else { to }
}

/// A longitude within [-180, 180].
fn wrapped((longitude, latitude): Coordinates) -> Coordinates {
    let turns = if longitude.abs() > 180.0 { 360.0 * longitude.signum() } else { 0.0 };
    (longitude - turns, latitude)
}

fn straight(a: Coordinates, b: Coordinates, share: f64) -> Coordinates {
    (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1))
}

fn divide(from: Coordinates, to: Coordinates, tolerance: f64, dense: &mut Vec<Coordinates>) -> Option<()> {
    if dense.len() >= MOST {
        return None;
    }
    let (a, b) = (place(from), place(to));
    // Beyond a quarter of the globe, a geodesic may take another way altogether.
    let strays = |share: f64| place(straight(from, to, share)).angle(between(share, a, b)) > tolerance;
    let far = a.dot(b) < -1e-14 || (to.0 - from.0).abs() > 180.0;
    if far || strays(SHARE) || strays(1.0 - SHARE) {
        let middle = straight(from, to, 0.5);
        divide(from, middle, tolerance, dense)?;
        return divide(middle, to, tolerance, dense);
    }
    dense.push(wrapped(to));
    Some(())
}
