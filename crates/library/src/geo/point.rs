//! Places on Earth as unit vectors. In: longitude and latitude in degrees. Out: the same, and meters on a sphere.

use std::ops::{Add, Mul, Neg, Sub};

/// The radius of the sphere that all distances are measured on, in meters.
pub const EARTH_RADIUS: f64 = 6_371_010.0;

/// A vector of three; a place on Earth when its length is one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Point {
    /// Towards 0° east on the equator.
    pub x: f64,
    /// Towards 90° east on the equator.
    pub y: f64,
    /// Towards the north pole.
    pub z: f64,
}

/// A vector of three.
pub const fn vector(x: f64, y: f64, z: f64) -> Point {
    Point { x, y, z }
}

impl Point {
    /// The place at a longitude and latitude; `None` outside of [-180, 180] and [-90, 90].
    pub fn at(longitude: f64, latitude: f64) -> Option<Point> {
        let valid = longitude.abs() <= 180.0 && latitude.abs() <= 90.0;
        valid.then(|| Point::from_radians(longitude.to_radians(), latitude.to_radians()))
    }

    /// The place at a longitude and latitude in radians.
    pub fn from_radians(longitude: f64, latitude: f64) -> Point {
        let circle = latitude.cos();
        vector(longitude.cos() * circle, longitude.sin() * circle, latitude.sin())
    }

    /// Longitude and latitude in radians.
    pub fn radians(self) -> (f64, f64) {
        (self.y.atan2(self.x), self.z.atan2((self.x * self.x + self.y * self.y).sqrt()))
    }

    /// Longitude and latitude in degrees.
    pub fn degrees(self) -> (f64, f64) {
        let (longitude, latitude) = self.radians();
        (longitude * DEGREES, latitude * DEGREES)
    }

    /// The product that is a number.
    pub fn dot(self, other: Point) -> f64 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    /// The product that is a vector.
    pub fn cross(self, other: Point) -> Point {
        vector(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )
    }

    /// A vector square to both, exact enough for places that nearly coincide.
    pub fn stable_cross(self, other: Point) -> Point {
        let cross = (self - other).cross(self + other);
        if cross == vector(0.0, 0.0, 0.0) { self.ortho() } else { cross }
    }

    /// The square of the length.
    pub fn norm2(self) -> f64 {
        self.dot(self)
    }

    /// The length.
    pub fn norm(self) -> f64 {
        self.norm2().sqrt()
    }

    /// The vector of that direction and length one; nothing stays nothing.
    pub fn normalize(self) -> Point {
        let norm = self.norm();
        if norm == 0.0 { self } else { self * (1.0 / norm) }
    }

    /// The angle between two vectors, in radians.
    pub fn angle(self, other: Point) -> f64 {
        self.cross(other).norm().atan2(self.dot(other))
    }

    /// The distance between two places on the sphere, in meters.
    pub fn meters(self, other: Point) -> f64 {
        self.angle(other) * EARTH_RADIUS
    }

    /// Some vector of length one square to this one; the same for the same vector.
    pub fn ortho(self) -> Point {
        let (x, y, z) = (self.x.abs(), self.y.abs(), self.z.abs());
        let other = if x > y && x > z {
            vector(0.012, 0.0053, 1.0)
        } else if y > z {
            vector(1.0, 0.0053, 0.00457)
        } else {
            vector(0.012, 1.0, 0.00457)
        };
        self.cross(other).normalize()
    }

    /// The coordinates in order.
    pub fn array(self) -> [f64; 3] {
        [self.x, self.y, self.z]
    }

    /// The order by coordinates.
    pub fn order(self, other: Point) -> std::cmp::Ordering {
        self.x.total_cmp(&other.x).then(self.y.total_cmp(&other.y)).then(self.z.total_cmp(&other.z))
    }
}

/// Degrees of a radian.
const DEGREES: f64 = 180.0 / std::f64::consts::PI;

impl Add for Point {
    type Output = Point;
    fn add(self, other: Point) -> Point {
        vector(self.x + other.x, self.y + other.y, self.z + other.z)
    }
}

impl Sub for Point {
    type Output = Point;
    fn sub(self, other: Point) -> Point {
        vector(self.x - other.x, self.y - other.y, self.z - other.z)
    }
}

impl Mul<f64> for Point {
    type Output = Point;
    fn mul(self, factor: f64) -> Point {
        vector(self.x * factor, self.y * factor, self.z * factor)
    }
}

impl Neg for Point {
    type Output = Point;
    fn neg(self) -> Point {
        vector(-self.x, -self.y, -self.z)
    }
}
