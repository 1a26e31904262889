//! Every aggregate function. The list is written by the test `lists_are_current` with `CALYPSO_UPDATE=1`.

pub mod any;
pub mod anyif;
pub mod arg_max;
pub mod arg_min;
pub mod avg;
pub mod avgif;
pub mod binary_all_and;
pub mod binary_all_or;
pub mod binary_all_xor;
pub mod buildschema;
pub mod cnt;
pub mod count;
pub mod count_distinct;
pub mod count_distinctif;
pub mod countif;
pub mod covariance;
pub mod covarianceif;
pub mod covariancep;
pub mod covariancepif;
pub mod dcount;
pub mod dcountif;
pub mod hll;
pub mod hll_if;
pub mod hll_merge;
pub mod make_axis;
pub mod make_bag;
pub mod make_bag_if;
pub mod make_dictionary;
pub mod make_list;
pub mod make_list_if;
pub mod make_list_with_nulls;
pub mod make_series;
pub mod make_set;
pub mod make_set_if;
pub mod makelist;
pub mod makeset;
pub mod max;
pub mod maxif;
pub mod min;
pub mod minif;
pub mod percentile;
pub mod percentiles;
pub mod percentiles_array;
pub mod percentilesw;
pub mod percentilesw_array;
pub mod percentilew;
pub mod stdev;
pub mod stdevif;
pub mod stdevp;
pub mod sum;
pub mod sumif;
pub mod take_any;
pub mod take_any_row;
pub mod take_anyif;
pub mod tdigest;
pub mod tdigest_merge;
pub mod variance;
pub mod varianceif;
pub mod variancep;
pub mod variancepif;

/// Every aggregate.
pub const ALL: &[&crate::aggregate::Aggregate] = &[
    &any::AGGREGATE,
    &anyif::AGGREGATE,
    &arg_max::AGGREGATE,
    &arg_min::AGGREGATE,
    &avg::AGGREGATE,
    &avgif::AGGREGATE,
    &binary_all_and::AGGREGATE,
    &binary_all_or::AGGREGATE,
    &binary_all_xor::AGGREGATE,
    &buildschema::AGGREGATE,
    &cnt::AGGREGATE,
    &count::AGGREGATE,
    &count_distinct::AGGREGATE,
    &count_distinctif::AGGREGATE,
    &countif::AGGREGATE,
    &covariance::AGGREGATE,
    &covarianceif::AGGREGATE,
    &covariancep::AGGREGATE,
    &covariancepif::AGGREGATE,
    &dcount::AGGREGATE,
    &dcountif::AGGREGATE,
    &hll::AGGREGATE,
    &hll_if::AGGREGATE,
    &hll_merge::AGGREGATE,
    &make_axis::AGGREGATE,
    &make_bag::AGGREGATE,
    &make_bag_if::AGGREGATE,
    &make_dictionary::AGGREGATE,
    &make_list::AGGREGATE,
    &make_list_if::AGGREGATE,
    &make_list_with_nulls::AGGREGATE,
    &make_series::AGGREGATE,
    &make_set::AGGREGATE,
    &make_set_if::AGGREGATE,
    &makelist::AGGREGATE,
    &makeset::AGGREGATE,
    &max::AGGREGATE,
    &maxif::AGGREGATE,
    &min::AGGREGATE,
    &minif::AGGREGATE,
    &percentile::AGGREGATE,
    &percentiles::AGGREGATE,
    &percentiles_array::AGGREGATE,
    &percentilesw::AGGREGATE,
    &percentilesw_array::AGGREGATE,
    &percentilew::AGGREGATE,
    &stdev::AGGREGATE,
    &stdevif::AGGREGATE,
    &stdevp::AGGREGATE,
    &sum::AGGREGATE,
    &sumif::AGGREGATE,
    &take_any::AGGREGATE,
    &take_any_row::AGGREGATE,
    &take_anyif::AGGREGATE,
    &tdigest::AGGREGATE,
    &tdigest_merge::AGGREGATE,
    &variance::AGGREGATE,
    &varianceif::AGGREGATE,
    &variancep::AGGREGATE,
    &variancepif::AGGREGATE,
];

/// The aggregate of that name or alias.
pub fn find(name: &str) -> Option<&'static crate::aggregate::Aggregate> {
    ALL.iter().copied().find(|aggregate| aggregate.name == name || aggregate.aliases.contains(&name))
}
