//! Well-known text as GeoJSON. In: `POINT (1 2)`. Out: `{"type":"Point","coordinates":[1,2]}`.

use super::geojson::number;
use crate::value::Json;
use serde_json::json;

/// The shape of a text; nothing when it is not well-known text as a whole.
pub fn parse(text: &str) -> Option<Json> {
    let mut reader = Reader { rest: text };
    let shape = reader.shape(0)?;
    reader.rest.trim().is_empty().then_some(shape)
}

/// Collections within collections deeper than this are refused.
const DEEPEST: usize = 64;

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn shape(&mut self, depth: usize) -> Option<Json> {
        let name = self.word()?;
        let nested: Option<(&str, usize)> = match name.as_str() {
            "POINT" => Some(("Point", 0)),
            "LINESTRING" => Some(("LineString", 1)),
            "POLYGON" => Some(("Polygon", 2)),
            "MULTIPOINT" => Some(("MultiPoint", 1)),
            "MULTILINESTRING" => Some(("MultiLineString", 2)),
            "MULTIPOLYGON" => Some(("MultiPolygon", 3)),
            "GEOMETRYCOLLECTION" => None,
            _ => return None,
        };
        let Some((kind, nested)) = nested else {
            if depth >= DEEPEST {
                return None;
            }
            let shapes = self.list(|reader| reader.shape(depth + 1))?;
            return Some(json!({"type": "GeometryCollection", "geometries": shapes}));
        };
        let coordinates = match (kind, nested) {
            ("Point", _) => {
                self.sign('(')?;
                let position = self.position()?;
                self.sign(')')?;
                position
            }
            ("MultiPoint", _) => Json::Array(self.list(Reader::point)?),
            _ => self.nested(nested)?,
        };
        Some(json!({"type": kind, "coordinates": coordinates}))
    }

    /// A position, in parentheses of its own or not.
    fn point(&mut self) -> Option<Json> {
        if self.sign('(').is_none() {
            return self.position();
        }
        let position = self.position()?;
        self.sign(')')?;
        Some(position)
    }

    fn nested(&mut self, depth: usize) -> Option<Json> {
        if depth == 0 {
            return self.position();
        }
        Some(Json::Array(self.list(|reader| reader.nested(depth - 1))?))
    }

    /// Items in parentheses, between commas.
    fn list(&mut self, mut item: impl FnMut(&mut Self) -> Option<Json>) -> Option<Vec<Json>> {
        self.sign('(')?;
        let mut items = vec![item(self)?];
        while self.sign(',').is_some() {
            items.push(item(self)?);
        }
        self.sign(')')?;
        Some(items)
    }

    fn position(&mut self) -> Option<Json> {
        let mut numbers = vec![self.number()?, self.number()?];
        while let Some(more) = self.number() {
            numbers.push(more);
        }
        (numbers.len() <= 4).then(|| Json::Array(numbers))
    }

    fn number(&mut self) -> Option<Json> {
        let text = self.rest.trim_start();
        let end =
            text.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E')).unwrap_or(text.len());
        let value: f64 = text[..end].parse().ok().filter(|value: &f64| value.is_finite())?;
        self.rest = &text[end..];
        Some(number(value))
    }

    fn word(&mut self) -> Option<String> {
        let text = self.rest.trim_start();
        let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
        self.rest = &text[end..];
        (end > 0).then(|| text[..end].to_ascii_uppercase())
    }

    fn sign(&mut self, sign: char) -> Option<()> {
        self.rest = self.rest.trim_start().strip_prefix(sign)?;
        Some(())
    }
}
