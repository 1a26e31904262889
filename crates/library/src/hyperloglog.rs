//! Counting distinct values by their 64-bit hashes: exactly up to 65,536 of them, beyond that by HyperLogLog registers,
//! of which there are 2^12 to 2^18 by the accuracy asked for. What is held follows from the set of values alone, so the
//! answer depends neither on the order of rows nor on how they were split.

use crate::call::Argument;
use crate::states::tally::heap;
use crate::types::Type;
use crate::value::{Json, Value};
use crate::value_bytes::Bytes;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustc_hash::FxHashSet;
use xxhash_rust::xxh64::xxh64;

/// How many distinct values are counted exactly.
pub const EXACT_LIMIT: usize = 65_536;
/// Up to this many hashes are kept in a plain list.
const LIST_LIMIT: usize = 16;
/// The first element of the dynamic form.
const MARK: &str = "hll";

/// Bits of the register index for an accuracy level 0 to 4; 1 is the default.
pub fn precision(accuracy: Option<&Value>) -> u8 {
    match accuracy {
        Some(Value::Long(0) | Value::Int(0)) => 12,
        Some(Value::Long(2) | Value::Int(2)) => 16,
        Some(Value::Long(3) | Value::Int(3)) => 17,
        Some(Value::Long(4) | Value::Int(4)) => 18,
        _ => 14,
    }
}

/// A set of values known by their hashes.
#[derive(Clone, PartialEq, Debug)]
pub enum Distinct {
    /// A few hashes, no two equal.
    List(Vec<u64>),
    /// Hashes.
    Set(FxHashSet<u64>),
    /// For each register the greatest rank seen.
    Registers(Vec<u8>),
}

impl Default for Distinct {
    fn default() -> Distinct {
        Distinct::List(Vec::new())
    }
}

impl Distinct {
    /// Adds a hash; past `limit` hashes they become registers of that precision.
    pub fn add(&mut self, hash: u64, limit: usize, precision: u8) {
        match self {
            Distinct::List(list) => {
                if list.contains(&hash) {
                    return;
                }
                list.push(hash);
                if list.len() > LIST_LIMIT {
                    *self = Distinct::Set(list.iter().copied().collect());
                }
            }
            Distinct::Set(set) => {
                if set.insert(hash) && set.len() > limit {
                    let mut registers = vec![0; 1 << precision];
                    set.iter().for_each(|hash| note(&mut registers, *hash));
                    *self = Distinct::Registers(registers);
                }
            }
            Distinct::Registers(registers) => note(registers, hash),
        }
    }

    /// Adds all of another set; registers of two precisions meet in the coarser one.
    pub fn merge(&mut self, other: Distinct, limit: usize, precision: u8) {
        match other {
            Distinct::List(list) => list.into_iter().for_each(|hash| self.add(hash, limit, precision)),
            Distinct::Set(set) => {
                if let Distinct::List(list) = self {
                    let few = std::mem::take(list);
                    *self = Distinct::Set(set);
                    few.into_iter().for_each(|hash| self.add(hash, limit, precision));
                } else {
                    self.reserve(set.len(), limit);
                    set.into_iter().for_each(|hash| self.add(hash, limit, precision));
                }
            }
            Distinct::Registers(others) => self.merge_registers(others),
        }
    }

    /// Makes room in a set for so many hashes more, beyond the limit for none.
    fn reserve(&mut self, more: usize, limit: usize) {
        if let Distinct::Set(set) = self {
            set.reserve(more.min(limit.saturating_add(1).saturating_sub(set.len())));
        }
    }

    fn merge_registers(&mut self, mut others: Vec<u8>) {
        match self {
            Distinct::List(list) => list.iter().for_each(|hash| note(&mut others, *hash)),
            Distinct::Set(set) => set.iter().for_each(|hash| note(&mut others, *hash)),
            Distinct::Registers(registers) => {
                let mut mine = std::mem::take(registers);
                while mine.len() > others.len() {
                    mine = halve(&mine);
                }
                while others.len() > mine.len() {
                    others = halve(&others);
                }
                for (other, mine) in others.iter_mut().zip(mine) {
                    *other = (*other).max(mine);
                }
            }
        }
        *self = Distinct::Registers(others);
    }

    /// How many distinct values were added.
    pub fn count(&self) -> i64 {
        match self {
            Distinct::List(list) => list.len() as i64,
            Distinct::Set(set) => set.len() as i64,
            Distinct::Registers(registers) => estimate(registers).round() as i64,
        }
    }

    /// Bytes held.
    pub fn size(&self) -> usize {
        match self {
            Distinct::List(list) => heap(list.capacity() * 8),
            // A table has at most seven of eight places filled.
            Distinct::Set(set) => heap(set.capacity() * 9 * 8 / 7),
            Distinct::Registers(registers) => heap(registers.len()),
        }
    }

    /// The hashes in order; none when there are registers.
    fn sorted(&self) -> Vec<u64> {
        let mut hashes: Vec<u64> = match self {
            Distinct::List(list) => list.clone(),
            Distinct::Set(set) => set.iter().copied().collect(),
            Distinct::Registers(_) => Vec::new(),
        };
        hashes.sort_unstable();
        hashes
    }

    /// The dynamic form: `["hll", precision, hashes, registers]`, the last two in base64.
    pub fn to_json(&self, precision: u8) -> Json {
        let hashes: Vec<u8> = self.sorted().into_iter().flat_map(u64::to_le_bytes).collect();
        let (precision, registers) = match self {
            Distinct::Registers(registers) => (registers.len().trailing_zeros() as u8, registers.as_slice()),
            Distinct::List(_) | Distinct::Set(_) => (precision, [].as_slice()),
        };
        Json::from(vec![
            Json::from(MARK),
            Json::from(precision),
            Json::from(STANDARD.encode(hashes)),
            Json::from(STANDARD.encode(registers)),
        ])
    }

    /// The set and its precision from the dynamic form; `None` for any other value.
    pub fn from_json(json: &Json) -> Option<(Distinct, u8)> {
        let [mark, precision, hashes, registers] = json.as_array()?.as_slice() else { return None };
        let precision = u8::try_from(precision.as_u64()?).ok().filter(|p| (12..=18).contains(p))?;
        if mark.as_str()? != MARK {
            return None;
        }
        let registers = STANDARD.decode(registers.as_str()?).ok()?;
        if !registers.is_empty() {
            return (registers.len() == 1 << precision)
                .then_some((Distinct::Registers(registers), precision));
        }
        let mut set = Distinct::default();
        for hash in STANDARD.decode(hashes.as_str()?).ok()?.chunks_exact(8) {
            set.add(u64::from_le_bytes(hash.try_into().ok()?), EXACT_LIMIT, precision);
        }
        Some((set, precision))
    }
}

impl Bytes for Distinct {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Distinct::Registers(registers) => {
                true.write(out);
                out.extend_from_slice(registers);
            }
            Distinct::List(list) => {
                false.write(out);
                list.iter().for_each(|hash| hash.write(out));
            }
            Distinct::Set(set) => {
                false.write(out);
                out.reserve(set.len() * size_of::<u64>());
                set.iter().for_each(|hash| hash.write(out));
            }
        }
    }

    fn read(input: &mut &[u8]) -> Option<Distinct> {
        if bool::read(input)? {
            let registers = std::mem::take(input).to_vec();
            let valid = registers.len().is_power_of_two() && registers.len() <= 1 << 18;
            return valid.then_some(Distinct::Registers(registers));
        }
        let hashes = std::mem::take(input).as_chunks::<8>().0.iter().map(|bytes| u64::from_le_bytes(*bytes));
        if hashes.len() > LIST_LIMIT {
            let set: FxHashSet<u64> = hashes.collect();
            if set.len() > LIST_LIMIT {
                return Some(Distinct::Set(set));
            }
            return Some(Distinct::List(set.into_iter().collect()));
        }
        let mut list = Vec::new();
        hashes.for_each(|hash| {
            if !list.contains(&hash) {
                list.push(hash);
            }
        });
        Some(Distinct::List(list))
    }
}

/// Notes a hash: its first bits choose the register, the zeros that follow give the rank.
fn note(registers: &mut [u8], hash: u64) {
    let bits = registers.len().trailing_zeros();
    let (index, rest) = if bits == 0 { (0, hash) } else { ((hash >> (64 - bits)) as usize, hash << bits) };
    let rank = (rest.leading_zeros().min(64 - bits) + 1) as u8;
    registers[index] = registers[index].max(rank);
}

/// Registers of one bit less precision.
fn halve(registers: &[u8]) -> Vec<u8> {
    registers
        .chunks_exact(2)
        .map(|pair| match pair {
            // The bit that leaves the index stands in front of the rank.
            [_, high] if *high > 0 && pair[0] == 0 => 1,
            [low, high] if *high > 0 => 1.max(low + 1),
            [0, _] => 0,
            [low, _] => low + 1,
            _ => 0,
        })
        .collect()
}

/// The number of distinct values by Ertl's improved estimator, which needs no tables and has no bias at any size.
fn estimate(registers: &[u8]) -> f64 {
    let size = registers.len() as f64;
    let longest = 64 - registers.len().trailing_zeros() as usize;
    let mut counts = vec![0.0; longest + 2];
    for rank in registers {
        counts[usize::from(*rank).min(longest + 1)] += 1.0;
    }
    let mut z = size * tau(1.0 - counts[longest + 1] / size);
    for count in counts[1..=longest].iter().rev() {
        z = 0.5 * (z + count);
    }
    z += size * sigma(counts[0] / size);
    0.5 / std::f64::consts::LN_2 * size * size / z
}

fn sigma(mut x: f64) -> f64 {
    if x == 1.0 {
        return f64::INFINITY;
    }
    let (mut y, mut z) = (1.0, x);
    loop {
        x *= x;
        let before = z;
        z += x * y;
        y += y;
        if z == before {
            return z;
        }
    }
}

fn tau(mut x: f64) -> f64 {
    if x == 0.0 || x == 1.0 {
        return 0.0;
    }
    let (mut y, mut z) = (1.0, 1.0 - x);
    loop {
        x = x.sqrt();
        let before = z;
        y *= 0.5;
        z -= (1.0 - x).powi(2) * y;
        if z == before {
            return z / 3.0;
        }
    }
}

/// Spreads an integer over 64 bits; no two integers meet.
fn spread(value: u64) -> u64 {
    let mut x = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The hash of a row's value; `None` for null. The same in every run and on every machine.
pub fn hash_row(argument: &Argument, row: usize) -> Option<u64> {
    match argument.ty {
        Type::String => Some(hash_text(argument.raw(row))),
        Type::Guid | Type::Dynamic => (!argument.is_null(row)).then(|| hash_text(argument.raw(row))),
        Type::Bool | Type::Int | Type::Long | Type::DateTime | Type::TimeSpan => {
            argument.long(row).map(|value| spread(value as u64))
        }
        Type::Real => argument.real(row).map(|value| {
            let one = if value == 0.0 {
                0.0
            } else if value.is_nan() {
                f64::NAN
            } else {
                value
            };
            spread(one.to_bits())
        }),
        Type::Decimal => match argument.value(row) {
            Value::Decimal(value) => Some(xxh64(&value.to_le_bytes(), 0)),
            _ => None,
        },
    }
}

/// The hash of a text.
pub fn hash_text(text: &str) -> u64 {
    xxh64(text.as_bytes(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(values: std::ops::Range<u64>, precision: u8) -> Distinct {
        let mut set = Distinct::default();
        values.for_each(|value| set.add(spread(value), EXACT_LIMIT, precision));
        set
    }

    #[test]
    fn exact_up_to_the_limit_and_close_beyond() {
        assert_eq!(filled(0..65_536, 14).count(), 65_536);
        for (precision, error) in [(12, 0.048), (14, 0.024), (16, 0.012), (17, 0.0084), (18, 0.006)] {
            for size in [70_000u64, 200_000, 700_000] {
                let count = filled(0..size, precision).count() as f64;
                assert!((count / size as f64 - 1.0).abs() < error, "{precision} {size} {count}");
            }
        }
    }

    #[test]
    fn any_split_gives_the_same_state() {
        let whole = filled(0..100_000, 14);
        let mut halves = filled(0..50_000, 14);
        halves.merge(filled(50_000..100_000, 14), EXACT_LIMIT, 14);
        let mut reversed = filled(90_000..100_000, 14);
        reversed.merge(filled(0..95_000, 14), EXACT_LIMIT, 14);
        assert_eq!(whole, halves);
        assert_eq!(whole, reversed);
        let mut few = filled(0..3, 14);
        few.merge(filled(2..40, 14), EXACT_LIMIT, 14);
        assert_eq!(few.count(), 40);
    }

    #[test]
    fn both_forms_survive() {
        for set in [Distinct::default(), filled(0..5, 14), filled(0..500, 14), filled(0..70_000, 14)] {
            let (back, precision) = Distinct::from_json(&set.to_json(14)).expect("own form");
            assert_eq!((back.count(), precision), (set.count(), 14));
            let mut bytes = Vec::new();
            set.write(&mut bytes);
            assert_eq!(Distinct::read(&mut bytes.as_slice()).map(|set| set.count()), Some(set.count()));
        }
        assert_eq!(Distinct::from_json(&serde_json::json!(["hll", 14, "x", ""])), None);
        assert_eq!(Distinct::from_json(&serde_json::json!([1])), None);
    }

    #[test]
    fn precisions_meet_in_the_coarser() {
        let mut fine = filled(0..70_000, 16);
        fine.merge(filled(0..70_000, 14), EXACT_LIMIT, 16);
        assert_eq!(fine, filled(0..70_000, 14));
    }
}
