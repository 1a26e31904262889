//! The functions of this family. Written by the test `lists_are_current`.

pub mod series_abs;
pub mod series_acos;
pub mod series_add;
pub mod series_asin;
pub mod series_atan;
pub mod series_ceiling;
pub mod series_cos;
pub mod series_cosine_similarity;
pub mod series_decompose;
pub mod series_decompose_anomalies;
pub mod series_decompose_forecast;
pub mod series_divide;
pub mod series_dot_product;
pub mod series_equals;
pub mod series_exp;
pub mod series_fft;
pub mod series_fill_backward;
pub mod series_fill_const;
pub mod series_fill_forward;
pub mod series_fill_linear;
pub mod series_fir;
pub mod series_fit_2lines;
pub mod series_fit_2lines_dynamic;
pub mod series_fit_line;
pub mod series_fit_line_dynamic;
pub mod series_fit_poly;
pub mod series_floor;
pub mod series_greater;
pub mod series_greater_equals;
pub mod series_ifft;
pub mod series_iir;
pub mod series_less;
pub mod series_less_equals;
pub mod series_log;
pub mod series_magnitude;
pub mod series_multiply;
pub mod series_not_equals;
pub mod series_outliers;
pub mod series_pearson_correlation;
pub mod series_periods_detect;
pub mod series_periods_validate;
pub mod series_pow;
pub mod series_product;
pub mod series_seasonal;
pub mod series_sign;
pub mod series_sin;
pub mod series_stats;
pub mod series_stats_dynamic;
pub mod series_subtract;
pub mod series_sum;
pub mod series_tan;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &series_abs::FUNCTION,
    &series_acos::FUNCTION,
    &series_add::FUNCTION,
    &series_asin::FUNCTION,
    &series_atan::FUNCTION,
    &series_ceiling::FUNCTION,
    &series_cos::FUNCTION,
    &series_cosine_similarity::FUNCTION,
    &series_decompose::FUNCTION,
    &series_decompose_anomalies::FUNCTION,
    &series_decompose_forecast::FUNCTION,
    &series_divide::FUNCTION,
    &series_dot_product::FUNCTION,
    &series_equals::FUNCTION,
    &series_exp::FUNCTION,
    &series_fft::FUNCTION,
    &series_fill_backward::FUNCTION,
    &series_fill_const::FUNCTION,
    &series_fill_forward::FUNCTION,
    &series_fill_linear::FUNCTION,
    &series_fir::FUNCTION,
    &series_fit_2lines::FUNCTION,
    &series_fit_2lines_dynamic::FUNCTION,
    &series_fit_line::FUNCTION,
    &series_fit_line_dynamic::FUNCTION,
    &series_fit_poly::FUNCTION,
    &series_floor::FUNCTION,
    &series_greater::FUNCTION,
    &series_greater_equals::FUNCTION,
    &series_ifft::FUNCTION,
    &series_iir::FUNCTION,
    &series_less::FUNCTION,
    &series_less_equals::FUNCTION,
    &series_log::FUNCTION,
    &series_magnitude::FUNCTION,
    &series_multiply::FUNCTION,
    &series_not_equals::FUNCTION,
    &series_outliers::FUNCTION,
    &series_pearson_correlation::FUNCTION,
    &series_periods_detect::FUNCTION,
    &series_periods_validate::FUNCTION,
    &series_pow::FUNCTION,
    &series_product::FUNCTION,
    &series_seasonal::FUNCTION,
    &series_sign::FUNCTION,
    &series_sin::FUNCTION,
    &series_stats::FUNCTION,
    &series_stats_dynamic::FUNCTION,
    &series_subtract::FUNCTION,
    &series_sum::FUNCTION,
    &series_tan::FUNCTION,
];
