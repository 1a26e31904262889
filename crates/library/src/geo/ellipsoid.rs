//! Distances on the WGS-84 ellipsoid instead of the sphere. In: places in degrees. Out: meters, shares of a line.

use super::geojson::Coordinates;
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};
use std::sync::LazyLock;

static EARTH: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// The distance between two places in meters.
pub fn meters(a: Coordinates, b: Coordinates) -> f64 {
    EARTH.inverse(a.1, a.0, b.1, b.0)
}

/// The share of a line up to the place on it that is closest to another.
pub fn locate(line: &[Coordinates], place: Coordinates) -> f64 {
    let (mut before, mut best, mut located) = (0.0, f64::INFINITY, 0.0);
    for edge in line.windows(2) {
        let (length, azimuth, _, _): (f64, f64, f64, f64) =
            EARTH.inverse(edge[0].1, edge[0].0, edge[1].1, edge[1].0);
        let off = |along: f64| {
            let (latitude, longitude): (f64, f64) = EARTH.direct(edge[0].1, edge[0].0, azimuth, along);
            meters((longitude, latitude), place)
        };
        let (along, distance) = lowest(off, length);
        if distance < best {
            (best, located) = (distance, before + along);
        }
        before += length;
    }
    located / before
}

/// Where a function with one valley within [0, `length`] is lowest, and how low.
fn lowest(f: impl Fn(f64) -> f64, length: f64) -> (f64, f64) {
    const SECTION: f64 = 0.618_033_988_749_894_9;
    let (mut low, mut high) = (0.0, length);
    for _ in 0..80 {
        let (left, right) = (high - SECTION * (high - low), low + SECTION * (high - low));
        if f(left) <= f(right) { high = right } else { low = left }
    }
    let inner = 0.5 * (low + high);
    [0.0, inner, length]
        .into_iter()
        .map(|at| (at, f(at)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap_or((inner, f64::INFINITY))
}
