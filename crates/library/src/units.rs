//! Units of measure: what one unit is in the base unit of its quantity, and conversion between two.

use crate::call::{Call, EvaluateError, Evaluated};
use std::f64::consts::PI;

/// A unit: its name, how many base units it is, and how many base units its zero lies above theirs.
pub type Unit = (&'static str, f64, f64);

/// A unit whose zero is that of the base.
const fn unit(name: &'static str, factor: f64) -> Unit {
    (name, factor, 0.0)
}

/// Evaluates a conversion function: value, unit it is in, unit wanted.
pub fn convert(call: &Call, units: &[Unit]) -> Evaluated {
    let named = |index: usize| {
        let name = call[index].constant_text()?;
        units
            .iter()
            .find(|unit| unit.0 == name)
            .copied()
            .ok_or_else(|| EvaluateError(format!("'{name}' is no unit of this quantity")))
    };
    let ((_, from, from_zero), (_, to, to_zero)) = (named(1)?, named(2)?);
    call.reals(|row| call[0].real(row).map(|value| (value * from + from_zero - to_zero) / to))
}

/// Angles, in degrees.
pub const ANGLE: &[Unit] = &[
    unit("Arcminute", 1.0 / 60.0),
    unit("Arcsecond", 1.0 / 3600.0),
    unit("Centiradian", 1.8 / PI),
    unit("Deciradian", 18.0 / PI),
    unit("Degree", 1.0),
    unit("Gradian", 0.9),
    unit("Microdegree", 1e-6),
    unit("Microradian", 180e-6 / PI),
    unit("Millidegree", 1e-3),
    unit("Milliradian", 0.18 / PI),
    unit("Nanodegree", 1e-9),
    unit("Nanoradian", 180e-9 / PI),
    unit("NatoMil", 9.0 / 160.0),
    unit("Radian", 180.0 / PI),
    unit("Revolution", 360.0),
    unit("Tilt", 90.0),
];

/// Energies, in joules.
pub const ENERGY: &[Unit] = &[
    unit("BritishThermalUnit", 1_055.055_852_62),
    unit("Calorie", 4.184),
    unit("DecathermEc", 1_055_055_852.62),
    unit("DecathermImperial", 1_055_055_852.57),
    unit("DecathermUs", 1_054_804_000.0),
    unit("ElectronVolt", 1.602_176_565e-19),
    unit("Erg", 1e-7),
    unit("FootPound", 1.355_817_948),
    unit("GigabritishThermalUnit", 1_055_055_852_620.0),
    unit("GigaelectronVolt", 1.602_176_565e-10),
    unit("Gigajoule", 1e9),
    unit("GigawattDay", 86_400e9),
    unit("GigawattHour", 3_600e9),
    unit("HorsepowerHour", 2_684_519.537_696_173),
    unit("Joule", 1.0),
    unit("KilobritishThermalUnit", 1_055_055.852_62),
    unit("Kilocalorie", 4_184.0),
    unit("KiloelectronVolt", 1.602_176_565e-16),
    unit("Kilojoule", 1e3),
    unit("KilowattDay", 86_400e3),
    unit("KilowattHour", 3_600e3),
    unit("MegabritishThermalUnit", 1_055_055_852.62),
    unit("Megacalorie", 4_184e3),
    unit("MegaelectronVolt", 1.602_176_565e-13),
    unit("Megajoule", 1e6),
    unit("MegawattDay", 86_400e6),
    unit("MegawattHour", 3_600e6),
    unit("Millijoule", 1e-3),
    unit("TeraelectronVolt", 1.602_176_565e-7),
    unit("TerawattDay", 86_400e12),
    unit("TerawattHour", 3_600e12),
    unit("ThermEc", 105_505_585.262),
    unit("ThermImperial", 105_505_585.257),
    unit("ThermUs", 105_480_400.0),
    unit("WattDay", 86_400.0),
    unit("WattHour", 3_600.0),
];

/// The weight of a kilogram, in newtons.
const GRAVITY: f64 = 9.806_65;
/// The weight of a pound, in newtons.
const POUND_FORCE: f64 = 4.448_221_615_260_5;

/// Forces, in newtons.
pub const FORCE: &[Unit] = &[
    unit("Decanewton", 10.0),
    unit("Dyn", 1e-5),
    unit("KilogramForce", GRAVITY),
    unit("Kilonewton", 1e3),
    unit("KiloPond", GRAVITY),
    unit("KilopoundForce", 1e3 * POUND_FORCE),
    unit("Meganewton", 1e6),
    unit("Micronewton", 1e-6),
    unit("Millinewton", 1e-3),
    unit("Newton", 1.0),
    unit("OunceForce", POUND_FORCE / 16.0),
    unit("Poundal", 0.138_254_954_376),
    unit("PoundForce", POUND_FORCE),
    unit("ShortTonForce", 2e3 * POUND_FORCE),
    unit("TonneForce", 1e3 * GRAVITY),
];

/// Metres in an inch.
const INCH: f64 = 0.0254;
/// Metres in a foot.
const FOOT: f64 = 0.3048;
/// Metres in a foot of the United States' survey.
const SURVEY_FOOT: f64 = 1200.0 / 3937.0;
/// Metres in a parsec.
const PARSEC: f64 = 3.085_677_581_28e16;
/// Metres in a light year.
const LIGHT_YEAR: f64 = 9.460_730_472_58e15;

/// Lengths, in metres.
pub const LENGTH: &[Unit] = &[
    unit("Angstrom", 1e-10),
    unit("AstronomicalUnit", 1.495_978_707e11),
    unit("Centimeter", 1e-2),
    unit("Chain", 20.1168),
    unit("DataMile", 1_828.8),
    unit("Decameter", 10.0),
    unit("Decimeter", 0.1),
    unit("DtpPica", INCH / 6.0),
    unit("DtpPoint", INCH / 72.0),
    unit("Fathom", 1.8288),
    unit("Foot", FOOT),
    unit("Hand", 4.0 * INCH),
    unit("Hectometer", 100.0),
    unit("Inch", INCH),
    unit("KilolightYear", 1e3 * LIGHT_YEAR),
    unit("Kilometer", 1e3),
    unit("Kiloparsec", 1e3 * PARSEC),
    unit("LightYear", LIGHT_YEAR),
    unit("MegalightYear", 1e6 * LIGHT_YEAR),
    unit("Megaparsec", 1e6 * PARSEC),
    unit("Meter", 1.0),
    unit("Microinch", 1e-6 * INCH),
    unit("Micrometer", 1e-6),
    unit("Mil", 1e-3 * INCH),
    unit("Mile", 1_609.344),
    unit("Millimeter", 1e-3),
    unit("Nanometer", 1e-9),
    unit("NauticalMile", 1_852.0),
    unit("Parsec", PARSEC),
    unit("PrinterPica", INCH / 6.022_5),
    unit("PrinterPoint", INCH / 72.27),
    unit("Shackle", 27.432),
    unit("SolarRadius", 6.955_1e8),
    unit("Twip", INCH / 1440.0),
    unit("UsSurveyFoot", SURVEY_FOOT),
    unit("Yard", 3.0 * FOOT),
];

/// Kilograms in a pound.
const POUND: f64 = 0.453_592_37;

/// Masses, in kilograms.
pub const MASS: &[Unit] = &[
    unit("Centigram", 1e-5),
    unit("Decagram", 1e-2),
    unit("Decigram", 1e-4),
    unit("EarthMass", 5.972_2e24),
    unit("Grain", POUND / 7000.0),
    unit("Gram", 1e-3),
    unit("Hectogram", 0.1),
    unit("Kilogram", 1.0),
    unit("Kilopound", 1e3 * POUND),
    unit("Kilotonne", 1e6),
    unit("LongHundredweight", 112.0 * POUND),
    unit("LongTon", 2240.0 * POUND),
    unit("Megapound", 1e6 * POUND),
    unit("Megatonne", 1e9),
    unit("Microgram", 1e-9),
    unit("Milligram", 1e-6),
    unit("Nanogram", 1e-12),
    unit("Ounce", POUND / 16.0),
    unit("Pound", POUND),
    unit("ShortHundredweight", 100.0 * POUND),
    unit("ShortTon", 2000.0 * POUND),
    unit("Slug", 14.593_902_937),
    unit("SolarMass", 1.988_47e30),
    unit("Stone", 14.0 * POUND),
    unit("Tonne", 1e3),
];

/// Speeds, in metres in a second.
pub const SPEED: &[Unit] = &[
    unit("CentimeterPerHour", 1e-2 / 3600.0),
    unit("CentimeterPerMinute", 1e-2 / 60.0),
    unit("CentimeterPerSecond", 1e-2),
    unit("DecimeterPerMinute", 0.1 / 60.0),
    unit("DecimeterPerSecond", 0.1),
    unit("FootPerHour", FOOT / 3600.0),
    unit("FootPerMinute", FOOT / 60.0),
    unit("FootPerSecond", FOOT),
    unit("InchPerHour", INCH / 3600.0),
    unit("InchPerMinute", INCH / 60.0),
    unit("InchPerSecond", INCH),
    unit("KilometerPerHour", 1e3 / 3600.0),
    unit("KilometerPerMinute", 1e3 / 60.0),
    unit("KilometerPerSecond", 1e3),
    unit("Knot", 1852.0 / 3600.0),
    unit("MeterPerHour", 1.0 / 3600.0),
    unit("MeterPerMinute", 1.0 / 60.0),
    unit("MeterPerSecond", 1.0),
    unit("MicrometerPerMinute", 1e-6 / 60.0),
    unit("MicrometerPerSecond", 1e-6),
    unit("MilePerHour", 1609.344 / 3600.0),
    unit("MillimeterPerHour", 1e-3 / 3600.0),
    unit("MillimeterPerMinute", 1e-3 / 60.0),
    unit("MillimeterPerSecond", 1e-3),
    unit("NanometerPerMinute", 1e-9 / 60.0),
    unit("NanometerPerSecond", 1e-9),
    unit("UsSurveyFootPerHour", SURVEY_FOOT / 3600.0),
    unit("UsSurveyFootPerMinute", SURVEY_FOOT / 60.0),
    unit("UsSurveyFootPerSecond", SURVEY_FOOT),
    unit("YardPerHour", 3.0 * FOOT / 3600.0),
    unit("YardPerMinute", 3.0 * FOOT / 60.0),
    unit("YardPerSecond", 3.0 * FOOT),
];

/// Temperatures, in kelvins; zeros differ.
pub const TEMPERATURE: &[Unit] = &[
    ("DegreeCelsius", 1.0, 273.15),
    ("DegreeDelisle", -2.0 / 3.0, 373.15),
    ("DegreeFahrenheit", 5.0 / 9.0, 459.67 * 5.0 / 9.0),
    ("DegreeNewton", 100.0 / 33.0, 273.15),
    unit("DegreeRankine", 5.0 / 9.0),
    ("DegreeReaumur", 1.25, 273.15),
    ("DegreeRoemer", 40.0 / 21.0, 273.15 - 7.5 * 40.0 / 21.0),
    unit("Kelvin", 1.0),
    ("MillidegreeCelsius", 1e-3, 273.15),
    unit("SolarTemperature", 5_778.0),
];

/// Cubic metres in a cubic foot.
const CUBIC_FOOT: f64 = FOOT * FOOT * FOOT;
/// Cubic metres in a gallon of the United States.
const US_GALLON: f64 = 231.0 * INCH * INCH * INCH;
/// Cubic metres in an imperial gallon.
const IMPERIAL_GALLON: f64 = 4.546_09e-3;
/// Cubic metres in a litre.
const LITER: f64 = 1e-3;

/// Volumes, in cubic metres.
pub const VOLUME: &[Unit] = &[
    unit("AcreFoot", 43_560.0 * CUBIC_FOOT),
    unit("AuTablespoon", 20e-6),
    unit("BoardFoot", CUBIC_FOOT / 12.0),
    unit("Centiliter", 1e-2 * LITER),
    unit("CubicCentimeter", 1e-6),
    unit("CubicDecimeter", 1e-3),
    unit("CubicFoot", CUBIC_FOOT),
    unit("CubicHectometer", 1e6),
    unit("CubicInch", INCH * INCH * INCH),
    unit("CubicKilometer", 1e9),
    unit("CubicMeter", 1.0),
    unit("CubicMicrometer", 1e-18),
    unit("CubicMile", 1609.344 * 1609.344 * 1609.344),
    unit("CubicMillimeter", 1e-9),
    unit("CubicYard", 27.0 * CUBIC_FOOT),
    unit("Decaliter", 10.0 * LITER),
    unit("DecausGallon", 10.0 * US_GALLON),
    unit("Deciliter", 0.1 * LITER),
    unit("DeciusGallon", 0.1 * US_GALLON),
    unit("HectocubicFoot", 100.0 * CUBIC_FOOT),
    unit("HectocubicMeter", 100.0),
    unit("Hectoliter", 100.0 * LITER),
    unit("HectousGallon", 100.0 * US_GALLON),
    unit("ImperialBeerBarrel", 36.0 * IMPERIAL_GALLON),
    unit("ImperialGallon", IMPERIAL_GALLON),
    unit("ImperialOunce", IMPERIAL_GALLON / 160.0),
    unit("ImperialPint", IMPERIAL_GALLON / 8.0),
    unit("KilocubicFoot", 1e3 * CUBIC_FOOT),
    unit("KilocubicMeter", 1e3),
    unit("KiloimperialGallon", 1e3 * IMPERIAL_GALLON),
    unit("Kiloliter", 1e3 * LITER),
    unit("KilousGallon", 1e3 * US_GALLON),
    unit("Liter", LITER),
    unit("MegacubicFoot", 1e6 * CUBIC_FOOT),
    unit("MegaimperialGallon", 1e6 * IMPERIAL_GALLON),
    unit("Megaliter", 1e6 * LITER),
    unit("MegausGallon", 1e6 * US_GALLON),
    unit("MetricCup", 250e-6),
    unit("MetricTeaspoon", 5e-6),
    unit("Microliter", 1e-6 * LITER),
    unit("Milliliter", 1e-3 * LITER),
    unit("OilBarrel", 42.0 * US_GALLON),
    unit("UkTablespoon", 15e-6),
    unit("UsBeerBarrel", 31.0 * US_GALLON),
    unit("UsCustomaryCup", US_GALLON / 16.0),
    unit("UsGallon", US_GALLON),
    unit("UsLegalCup", 240e-6),
    unit("UsOunce", US_GALLON / 128.0),
    unit("UsPint", US_GALLON / 8.0),
    unit("UsQuart", US_GALLON / 4.0),
    unit("UsTablespoon", US_GALLON / 256.0),
    unit("UsTeaspoon", US_GALLON / 768.0),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::find;
    use crate::trial::{call, r, s};
    use crate::value::Value;

    fn converted(function: &str, value: f64, from: &str, to: &str) -> f64 {
        match call(find(function).expect("a function"), &[r(value), s(from), s(to)]) {
            Value::Real(value) => value,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn known_conversions() {
        for (function, from, to, expected) in [
            ("convert_energy", "Joule", "BritishThermalUnit", 0.001_137_380_544_375_98),
            ("convert_length", "Meter", "Foot", 3.937_007_874_015_75),
            ("convert_temperature", "Kelvin", "DegreeCelsius", -271.95),
            ("convert_temperature", "DegreeCelsius", "DegreeRoemer", 8.13),
            ("convert_temperature", "DegreeDelisle", "DegreeCelsius", 99.2),
        ] {
            let value = converted(function, 1.2, from, to);
            assert!((value - expected).abs() < 1e-9, "{function} {from} {to}: {value}");
        }
    }

    #[test]
    fn every_unit_survives_the_way_back() {
        for units in [ANGLE, ENERGY, FORCE, LENGTH, MASS, SPEED, TEMPERATURE, VOLUME] {
            for (name, factor, _) in units {
                assert!(*factor != 0.0 && units.iter().filter(|unit| unit.0 == *name).count() == 1, "{name}");
            }
        }
    }
}
