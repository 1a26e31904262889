//! Every scalar function, scalar operator and window function, a folder per family. The lists are written by the test
//! `lists_are_current` with `CALYPSO_UPDATE=1`.

use crate::function::Function;
use std::collections::HashMap;
use std::sync::LazyLock;

pub mod addresses;
pub mod conditional;
pub mod conversion;
pub mod datetimes;
pub mod dynamics;
pub mod encodings;
#[cfg(feature = "geospatial")]
pub mod geospatial;
pub mod graph;
pub mod math;
pub mod operators;
pub mod rounding;
pub mod series;
pub mod special;
pub mod statistics;
pub mod strings;
pub mod units;
pub mod windows;

/// All families with their names.
pub const FAMILIES: &[(&str, &[&Function])] = &[
    ("addresses", addresses::ALL),
    ("conditional", conditional::ALL),
    ("conversion", conversion::ALL),
    ("datetimes", datetimes::ALL),
    ("dynamics", dynamics::ALL),
    ("encodings", encodings::ALL),
    #[cfg(feature = "geospatial")]
    ("geospatial", geospatial::ALL),
    ("graph", graph::ALL),
    ("math", math::ALL),
    ("operators", operators::ALL),
    ("rounding", rounding::ALL),
    ("series", series::ALL),
    ("special", special::ALL),
    ("statistics", statistics::ALL),
    ("strings", strings::ALL),
    ("units", units::ALL),
    ("windows", windows::ALL),
];

/// Functions by name and alias.
static BY_NAME: LazyLock<HashMap<&'static str, &'static Function>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for function in all() {
        names.insert(function.name, function);
        for alias in function.aliases {
            names.insert(alias, function);
        }
    }
    names
});

/// Every function, family by family.
pub fn all() -> impl Iterator<Item = &'static Function> {
    FAMILIES.iter().flat_map(|(_, family)| family.iter().copied())
}

/// The function of that name, alias or operator symbol.
pub fn find(name: &str) -> Option<&'static Function> {
    BY_NAME.get(name).copied()
}
