//! GeoJSON shapes as places on the sphere, and back. In and out: JSON.

use super::overlay::Common;
use super::point::Point;
use super::polygon::Polygon;
use crate::value::Json;
use serde_json::json;

/// Longitude and latitude as written.
pub type Coordinates = (f64, f64);

/// A chain of places.
pub type Line = Vec<Point>;

/// One position: longitude and latitude, in range.
pub fn position(json: &Json) -> Option<Coordinates> {
    let numbers = json.as_array().filter(|numbers| numbers.len() >= 2)?;
    let (longitude, latitude) = (numbers[0].as_f64()?, numbers[1].as_f64()?);
    (longitude.abs() <= 180.0 && latitude.abs() <= 90.0).then_some((longitude, latitude))
}

fn each<T>(json: &Json, read: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    json.as_array()?.iter().map(read).collect()
}

/// The coordinates of a `LineString` or `MultiLineString`, one list per line.
pub fn line_coordinates(json: &Json) -> Option<Vec<Vec<Coordinates>>> {
    let coordinates = json.get("coordinates")?;
    let line = |json: &Json| each(json, position).filter(|line| line.len() >= 2);
    match json.get("type")?.as_str()? {
        "LineString" => Some(vec![line(coordinates)?]),
        "MultiLineString" => each(coordinates, line).filter(|lines| !lines.is_empty()),
        _ => None,
    }
}

/// The coordinates of a `Polygon` or `MultiPolygon`: polygons of rings, each closed.
pub fn polygon_coordinates(json: &Json) -> Option<Vec<Vec<Vec<Coordinates>>>> {
    let coordinates = json.get("coordinates")?;
    let closed = |ring: &Vec<Coordinates>| ring.len() >= 4 && ring.first() == ring.last();
    let ring = |json: &Json| each(json, position).filter(closed);
    let polygon = |json: &Json| each(json, ring).filter(|rings| !rings.is_empty());
    match json.get("type")?.as_str()? {
        "Polygon" => Some(vec![polygon(coordinates)?]),
        "MultiPolygon" => each(coordinates, polygon).filter(|polygons| !polygons.is_empty()),
        _ => None,
    }
}

/// The place of coordinates known to be in range.
pub fn place((longitude, latitude): Coordinates) -> Point {
    Point::from_radians(longitude.to_radians(), latitude.to_radians())
}

/// The lines of a `LineString` or `MultiLineString`; `None` when an edge is empty or spans half the globe.
pub fn lines(json: &Json) -> Option<Vec<Line>> {
    let lines: Vec<Line> =
        line_coordinates(json)?.into_iter().map(|line| line.into_iter().map(place).collect()).collect();
    let valid = |line: &Line| line.windows(2).all(|pair| pair[0] != pair[1] && pair[0] != -pair[1]);
    lines.iter().all(valid).then_some(lines)
}

/// The line of a `LineString`, or of a `MultiLineString` of one.
pub fn single_line(json: &Json) -> Option<Line> {
    lines(json).filter(|lines| lines.len() == 1)?.pop()
}

/// The polygons of a `Polygon` or `MultiPolygon`, each valid by itself.
pub fn polygons(json: &Json) -> Option<Vec<Polygon>> {
    polygon_coordinates(json)?.iter().map(|rings| polygon(rings)).collect()
}

/// The polygon of closed rings.
pub fn polygon(rings: &[Vec<Coordinates>]) -> Option<Polygon> {
    let open = |ring: &Vec<Coordinates>| ring[..ring.len() - 1].iter().copied().map(place).collect();
    Polygon::new(rings.iter().map(open).collect())
}

/// A number, without a point when it is whole.
pub fn number(value: f64) -> Json {
    if value.fract() == 0.0 && value.abs() < 1e15 { Json::from(value as i64) } else { Json::from(value) }
}

/// Coordinates as JSON.
pub fn pair((longitude, latitude): Coordinates) -> Json {
    json!([number(longitude), number(latitude)])
}

/// A place as coordinates in JSON.
pub fn coordinates(p: Point) -> Json {
    pair(p.degrees())
}

/// A `Point`.
pub fn point_json(p: Point) -> Json {
    json!({"type": "Point", "coordinates": coordinates(p)})
}

fn chain(places: &[Point]) -> Json {
    places.iter().map(|p| coordinates(*p)).collect()
}

/// One shape as it is, several under the name of many.
fn one_or_many(name: &str, mut shapes: Vec<Json>) -> Json {
    match (shapes.len(), shapes.pop()) {
        (1, Some(only)) => json!({"type": name, "coordinates": only}),
        (_, last) => {
            shapes.extend(last);
            json!({"type": format!("Multi{name}"), "coordinates": shapes})
        }
    }
}

/// A `LineString` or `MultiLineString`.
pub fn lines_json(lines: &[Line]) -> Json {
    one_or_many("LineString", lines.iter().map(|line| chain(line)).collect())
}

/// A `Polygon` or `MultiPolygon`.
pub fn polygon_json(polygon: &Polygon) -> Json {
    let ring = |ring: &&super::polygon::Ring| {
        let mut outline = ring.outline();
        outline.extend(outline.first().copied());
        chain(&outline)
    };
    let part = |part: Vec<&super::polygon::Ring>| part.iter().map(ring).collect::<Json>();
    one_or_many("Polygon", polygon.parts().into_iter().map(part).collect())
}

/// Lines of coordinates as a `LineString` or `MultiLineString`.
pub fn line_coordinates_json(lines: &[Vec<Coordinates>]) -> Json {
    one_or_many("LineString", lines.iter().map(|line| line.iter().copied().map(pair).collect()).collect())
}

/// Polygons of closed rings as a `Polygon` or `MultiPolygon`.
pub fn polygon_coordinates_json(polygons: &[Vec<Vec<Coordinates>>]) -> Json {
    let ring = |ring: &Vec<Coordinates>| ring.iter().copied().map(pair).collect::<Json>();
    one_or_many("Polygon", polygons.iter().map(|rings| rings.iter().map(ring).collect()).collect())
}

/// The ring of a cell as a `Polygon`.
pub fn ring_json(ring: impl IntoIterator<Item = Coordinates>) -> Json {
    let mut ring: Vec<Json> = ring.into_iter().map(pair).collect();
    ring.extend(ring.first().cloned());
    json!({"type": "Polygon", "coordinates": [ring]})
}

impl Common {
    /// The parts of each dimension, as one shape or a collection.
    pub fn json(&self) -> Json {
        let mut shapes = Vec::new();
        if !self.points.is_empty() {
            shapes.push(one_or_many("Point", self.points.iter().map(|p| coordinates(*p)).collect()));
        }
        if !self.lines.is_empty() {
            shapes.push(lines_json(&self.lines));
        }
        if !self.polygon.rings.is_empty() {
            shapes.push(polygon_json(&self.polygon));
        }
        if shapes.len() == 1 {
            return shapes.remove(0);
        }
        json!({"type": "GeometryCollection", "geometries": shapes})
    }
}
