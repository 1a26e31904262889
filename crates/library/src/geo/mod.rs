//! Geometry on the sphere, for the `geo_…` functions: places, geodesic edges, lines and polygons, how they overlap, and
//! the cells of geohash, S2 and H3. In: GeoJSON. Out: GeoJSON, numbers, cell names.
//!
//! Edges are the shortest ways between their ends, the inside of a ring is its smaller side, and a meter is measured on
//! a sphere with a radius of 6,371,010 m. Nothing is flat, so neither the poles nor the antimeridian are special.

pub mod arguments;
pub mod buffer;
pub mod cell;
pub mod covering;
pub mod densify;
pub mod edge;
pub mod ellipsoid;
pub mod geohash;
pub mod geojson;
pub mod hexagon;
pub mod lookup;
pub mod overlay;
pub mod point;
pub mod polygon;
mod queue;
pub mod simplify;
mod sweep;
pub mod turn;
pub mod wkt;
