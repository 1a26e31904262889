//! Every plugin of `evaluate`. The list is written by the test `lists_are_current` with `CALYPSO_UPDATE=1`.

pub mod bag_unpack;
pub mod identity;
pub mod narrow;
pub mod pivot;

/// Every plugin.
pub const ALL: &[&crate::plugin::Plugin] =
    &[&bag_unpack::PLUGIN, &identity::PLUGIN, &narrow::PLUGIN, &pivot::PLUGIN];

/// The plugin of that name.
pub fn find(name: &str) -> Option<&'static crate::plugin::Plugin> {
    ALL.iter().copied().find(|plugin| plugin.name == name)
}
