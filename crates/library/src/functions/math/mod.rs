//! The functions of this family. Written by the test `lists_are_current`.

pub mod acos;
pub mod asin;
pub mod atan;
pub mod atan2;
pub mod beta_cdf;
pub mod beta_inv;
pub mod beta_pdf;
pub mod binary_and;
pub mod binary_not;
pub mod binary_or;
pub mod binary_shift_left;
pub mod binary_shift_right;
pub mod binary_xor;
pub mod bitset_count_ones;
pub mod cos;
pub mod cot;
pub mod degrees;
pub mod erf;
pub mod erfc;
pub mod exp;
pub mod exp10;
pub mod exp2;
pub mod gamma;
pub mod isfinite;
pub mod isinf;
pub mod isnan;
pub mod log;
pub mod log10;
pub mod log2;
pub mod loggamma;
pub mod pi;
pub mod pow;
pub mod radians;
pub mod rand;
pub mod sin;
pub mod sqrt;
pub mod tan;
pub mod welch_test;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &acos::FUNCTION,
    &asin::FUNCTION,
    &atan::FUNCTION,
    &atan2::FUNCTION,
    &beta_cdf::FUNCTION,
    &beta_inv::FUNCTION,
    &beta_pdf::FUNCTION,
    &binary_and::FUNCTION,
    &binary_not::FUNCTION,
    &binary_or::FUNCTION,
    &binary_shift_left::FUNCTION,
    &binary_shift_right::FUNCTION,
    &binary_xor::FUNCTION,
    &bitset_count_ones::FUNCTION,
    &cos::FUNCTION,
    &cot::FUNCTION,
    &degrees::FUNCTION,
    &erf::FUNCTION,
    &erfc::FUNCTION,
    &exp::FUNCTION,
    &exp10::FUNCTION,
    &exp2::FUNCTION,
    &gamma::FUNCTION,
    &isfinite::FUNCTION,
    &isinf::FUNCTION,
    &isnan::FUNCTION,
    &log::FUNCTION,
    &log10::FUNCTION,
    &log2::FUNCTION,
    &loggamma::FUNCTION,
    &pi::FUNCTION,
    &pow::FUNCTION,
    &radians::FUNCTION,
    &rand::FUNCTION,
    &sin::FUNCTION,
    &sqrt::FUNCTION,
    &tan::FUNCTION,
    &welch_test::FUNCTION,
];
