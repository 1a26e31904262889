//! `welch_test`: how likely two means differ by chance.

use crate::function::*;
use crate::special::beta_cdf;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "welch_test",
    summary: "Gives the p-value of Welch's test: how likely two samples of one mean differ as much as these.",
    signatures: &[signature(
        &[
            required("mean1", Accepts::Number, "Mean of the first sample."),
            required("variance1", Accepts::Number, "Its variance."),
            required("count1", Accepts::Number, "Its size."),
            required("mean2", Accepts::Number, "Mean of the second sample."),
            required("variance2", Accepts::Number, "Its variance."),
            required("count2", Accepts::Number, "Its size."),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print welch_test(1.0, 2.0, 10, 1.0, 3.0, 12)", "1.0")],
    evaluate: |call| {
        call.reals(|row| {
            let at = |index: usize| call[index].real(row);
            let (mean1, variance1, count1) = (at(0)?, at(1)?, at(2)?);
            let (mean2, variance2, count2) = (at(3)?, at(4)?, at(5)?);
            let (error1, error2) = (variance1 / count1, variance2 / count2);
            let squared = (mean1 - mean2).powi(2) / (error1 + error2);
            let freedom = (error1 + error2).powi(2)
                / (error1.powi(2) / (count1 - 1.0) + error2.powi(2) / (count2 - 1.0));
            // Both tails of Student's distribution by the incomplete beta function.
            beta_cdf(freedom / (freedom + squared), freedom / 2.0, 0.5)
        })
    },
    ..DEFAULTS
};

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{call, r};
    use crate::value::Value;

    #[test]
    fn both_tails() {
        // t = 2 with 18 degrees of freedom.
        let arguments = [2.0, 5.0, 10.0, 0.0, 5.0, 10.0].map(r);
        let Value::Real(p) = call(&FUNCTION, &arguments) else { panic!("a real") };
        assert!((p - 0.060_821_47).abs() < 1e-6, "{p}");
    }
}
