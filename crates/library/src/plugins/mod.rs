//! Every plugin of `evaluate`. The list is written by the test `lists_are_current` with `CALYPSO_UPDATE=1`.

pub mod active_users_count;
pub mod activity_counts_metrics;
pub mod activity_engagement;
pub mod activity_metrics;
pub mod autocluster;
pub mod bag_unpack;
pub mod basket;
pub mod dcount_intersect;
pub mod diffpatterns;
pub mod estimate_rows_count;
pub mod funnel_sequence;
pub mod funnel_sequence_completion;
#[cfg(feature = "geospatial")]
pub mod geo_line_lookup;
#[cfg(feature = "geospatial")]
pub mod geo_polygon_lookup;
pub mod identity;
pub mod ipv4_lookup;
pub mod ipv6_lookup;
pub mod narrow;
pub mod new_activity_metrics;
pub mod pivot;
pub mod preview;
pub mod rolling_percentile;
pub mod rows_near;
pub mod schema_merge;
pub mod sequence_detect;
pub mod session_count;
pub mod sliding_window_counts;

/// Every plugin.
pub const ALL: &[&crate::plugin::Plugin] = &[
    &active_users_count::PLUGIN,
    &activity_counts_metrics::PLUGIN,
    &activity_engagement::PLUGIN,
    &activity_metrics::PLUGIN,
    &autocluster::PLUGIN,
    &bag_unpack::PLUGIN,
    &basket::PLUGIN,
    &dcount_intersect::PLUGIN,
    &diffpatterns::PLUGIN,
    &estimate_rows_count::PLUGIN,
    &funnel_sequence::PLUGIN,
    &funnel_sequence_completion::PLUGIN,
    #[cfg(feature = "geospatial")]
    &geo_line_lookup::PLUGIN,
    #[cfg(feature = "geospatial")]
    &geo_polygon_lookup::PLUGIN,
    &identity::PLUGIN,
    &ipv4_lookup::PLUGIN,
    &ipv6_lookup::PLUGIN,
    &narrow::PLUGIN,
    &new_activity_metrics::PLUGIN,
    &pivot::PLUGIN,
    &preview::PLUGIN,
    &rolling_percentile::PLUGIN,
    &rows_near::PLUGIN,
    &schema_merge::PLUGIN,
    &sequence_detect::PLUGIN,
    &session_count::PLUGIN,
    &sliding_window_counts::PLUGIN,
];

/// The plugin of that name.
pub fn find(name: &str) -> Option<&'static crate::plugin::Plugin> {
    ALL.iter().copied().find(|plugin| plugin.name == name)
}
