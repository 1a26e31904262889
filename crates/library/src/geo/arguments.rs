//! Arguments of `geo_…` functions as shapes, each text read once per batch. In: arguments. Out: shapes by row.

use super::geojson::{self, Coordinates, Line};
use super::point::Point;
use super::polygon::Polygon;
use crate::call::{Argument, Call};
use crate::types::Type;
use crate::value::Json;
use arrow::array::AsArray;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// What is kept of the shapes read from a column.
const KEPT: usize = 4096;

/// The shapes of an argument row by row.
pub struct Shapes<'a, T> {
    argument: &'a Argument,
    read: fn(&Json) -> Option<T>,
    /// By the view of the text: rows that repeat a shape share it.
    seen: RefCell<FxHashMap<u128, Rc<Option<T>>>>,
}

impl<'a, T> Shapes<'a, T> {
    /// The shapes of an argument as read from its JSON.
    pub fn new(argument: &'a Argument, read: fn(&Json) -> Option<T>) -> Shapes<'a, T> {
        Shapes { argument, read, seen: RefCell::default() }
    }

    /// The shape at a row; nothing for null and for what is no valid shape.
    pub fn at(&self, row: usize) -> Rc<Option<T>> {
        let read = || Rc::new(self.argument.json(row).and_then(|json| (self.read)(&json)));
        if self.argument.ty != Type::Dynamic || self.argument.is_null(row) {
            return read();
        }
        let row = if self.argument.constant { 0 } else { row };
        let view = self.argument.array.as_string_view().views()[row];
        if let Some(known) = self.seen.borrow().get(&view) {
            return Rc::clone(known);
        }
        let shape = read();
        let mut seen = self.seen.borrow_mut();
        if seen.len() >= KEPT {
            seen.clear();
        }
        seen.insert(view, Rc::clone(&shape));
        shape
    }
}

impl Call<'_> {
    /// The polygons of an argument.
    pub fn polygons(&self, index: usize) -> Shapes<'_, Vec<Polygon>> {
        Shapes::new(&self[index], geojson::polygons)
    }

    /// The area of the polygons of an argument together.
    pub fn polygon(&self, index: usize) -> Shapes<'_, Polygon> {
        Shapes::new(&self[index], whole_polygon)
    }

    /// The lines of an argument.
    pub fn lines(&self, index: usize) -> Shapes<'_, Vec<Line>> {
        Shapes::new(&self[index], geojson::lines)
    }

    /// The lines of an argument without the parts that several share.
    pub fn distinct_lines(&self, index: usize) -> Shapes<'_, Vec<Line>> {
        Shapes::new(&self[index], whole_lines)
    }

    /// The place whose longitude and latitude are two arguments beginning there; nothing when out of range.
    pub fn place(&self, index: usize, row: usize) -> Option<Point> {
        Point::at(self[index].real(row)?, self[index + 1].real(row)?)
    }

    /// Longitude and latitude from two arguments beginning there; nothing when out of range.
    pub fn degrees(&self, index: usize, row: usize) -> Option<Coordinates> {
        let (longitude, latitude) = (self[index].real(row)?, self[index + 1].real(row)?);
        (longitude.abs() <= 180.0 && latitude.abs() <= 90.0).then_some((longitude, latitude))
    }

    /// A number with a value for when it is not given; nothing when null.
    pub fn real_or(&self, index: usize, row: usize, otherwise: f64) -> Option<f64> {
        self.get(index).map_or(Some(otherwise), |argument| argument.real(row))
    }

    /// A whole number with a value for when it is not given; nothing when null or out of range.
    pub fn level(&self, index: usize, row: usize, otherwise: u8, most: u8) -> Option<u8> {
        let level = self.get(index).map_or(Some(i64::from(otherwise)), |argument| argument.long(row))?;
        u8::try_from(level).ok().filter(|level| *level <= most)
    }

    /// A choice that is false when not given.
    pub fn choice(&self, index: usize, row: usize) -> Option<bool> {
        self.get(index).map_or(Some(false), |argument| argument.bool(row))
    }
}

/// The area of all polygons of a shape.
pub fn whole_polygon(json: &Json) -> Option<Polygon> {
    let mut polygons = geojson::polygons(json)?;
    if polygons.len() == 1 { polygons.pop() } else { Some(super::overlay::union_all(polygons)) }
}

/// The polygons of all shapes of an array; nothing when one is invalid.
pub fn array_of_polygons(json: &Json) -> Option<Vec<Polygon>> {
    json.as_array()?.iter().map(whole_polygon).collect()
}

/// The lines of all shapes of an array; nothing when one is invalid.
pub fn array_of_lines(json: &Json) -> Option<Vec<Line>> {
    let lines: Option<Vec<Vec<Line>>> = json.as_array()?.iter().map(geojson::lines).collect();
    Some(lines?.into_iter().flatten().collect())
}

/// The lines of a shape without the parts that several share.
pub fn whole_lines(json: &Json) -> Option<Vec<Line>> {
    let lines = geojson::lines(json)?;
    Some(if lines.len() == 1 { lines } else { super::overlay::union_lines(&lines) })
}
