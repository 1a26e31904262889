//! Every plugin of `evaluate`. The list is written by the test `lists_are_current` with `CALYPSO_UPDATE=1`.

pub mod bag_unpack;
#[cfg(feature = "geospatial")]
pub mod geo_line_lookup;
#[cfg(feature = "geospatial")]
pub mod geo_polygon_lookup;
pub mod identity;
pub mod narrow;
pub mod pivot;

/// Every plugin.
pub const ALL: &[&crate::plugin::Plugin] = &[
    &bag_unpack::PLUGIN,
    #[cfg(feature = "geospatial")]
    &geo_line_lookup::PLUGIN,
    #[cfg(feature = "geospatial")]
    &geo_polygon_lookup::PLUGIN,
    &identity::PLUGIN,
    &narrow::PLUGIN,
    &pivot::PLUGIN,
];

/// The plugin of that name.
pub fn find(name: &str) -> Option<&'static crate::plugin::Plugin> {
    ALL.iter().copied().find(|plugin| plugin.name == name)
}
