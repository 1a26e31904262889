//! The functions of this family. Written by the test `lists_are_current`.

pub mod convert_angle;
pub mod convert_energy;
pub mod convert_force;
pub mod convert_length;
pub mod convert_mass;
pub mod convert_speed;
pub mod convert_temperature;
pub mod convert_volume;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &convert_angle::FUNCTION,
    &convert_energy::FUNCTION,
    &convert_force::FUNCTION,
    &convert_length::FUNCTION,
    &convert_mass::FUNCTION,
    &convert_speed::FUNCTION,
    &convert_temperature::FUNCTION,
    &convert_volume::FUNCTION,
];
