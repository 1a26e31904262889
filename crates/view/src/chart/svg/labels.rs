//! The texts below the horizontal axis: which places are named, so that no two texts touch. In: a plot and the units
//! across. Out: shares of the width and texts.

use super::super::axis::{calendar_label, time_places};
use super::super::model::Plot;
use super::super::scale::{shares, x_marks};
use super::super::settings::Kind;
use super::super::x::X;
use super::text_width;
use crate::text::shorten;

/// Letters of a name at most, upright and turned.
const LONGEST: (usize, usize) = (24, 22);

/// Degrees by which long names are turned, and how wide and tall a unit of their length then is.
pub const TURN: u32 = 32;
const COSINE: f64 = 0.85;
const SINE: f64 = 0.53;

/// Texts below an axis.
pub struct Labels {
    /// Share of the width and text, from the left.
    pub marks: Vec<(f64, String)>,
    /// Whether they are turned, since they are too long to stand beside each other.
    pub turned: bool,
}

impl Labels {
    /// Units down that they take.
    pub fn height(&self) -> f64 {
        if !self.turned {
            return 28.0;
        }
        let longest = self.marks.iter().map(|(_, text)| text_width(text, 11.0)).fold(0.0, f64::max);
        22.0 + longest * SINE
    }
}

/// The texts for a plot that many units wide, which begins that far from the left edge of the picture.
pub fn labels(plot: &Plot, left: f64, width: f64) -> Labels {
    let bars = matches!(plot.kind, Kind::Column | Kind::Bar);
    let places = plot.xs.len();
    let at = |place: usize| (place as f64 + 0.5) / places as f64;
    let mut turned = false;
    let marks = match (times(&plot.xs), bars) {
        (Some(_), _) if places == 1 => vec![(0.5, plot.xs[0].label())],
        (Some(ticks), true) => {
            bar_times(&ticks, width).into_iter().map(|(place, text)| (at(place), text)).collect()
        }
        (Some(ticks), false) => line_times(&ticks, width),
        (None, true) => {
            let names: Vec<String> = plot.xs.iter().map(X::label).collect();
            turned = long(&names, width / places as f64);
            names.into_iter().enumerate().map(|(place, name)| (at(place), name)).collect()
        }
        (None, false) if plot.xs.iter().any(|x| x.position().is_none()) => {
            let names: Vec<String> = plot.xs.iter().map(X::label).collect();
            turned = long(&names, width / (places.max(2) - 1) as f64);
            shares(&plot.xs).into_iter().zip(names).collect()
        }
        (None, false) => x_marks(&plot.xs, (width / 80.0) as usize),
    };
    Labels { marks: apart(marks, turned.then_some(left), width), turned }
}

/// Whether some name does not fit in its slot.
fn long(names: &[String], slot: f64) -> bool {
    names.iter().any(|name| text_width(&shorten(name, LONGEST.0, true), 11.0) + 8.0 > slot)
}

/// The texts, shortened, without those that would touch the one before them; turned ones begin within the picture,
/// which has the given units on the left.
fn apart(marks: Vec<(f64, String)>, turned: Option<f64>, width: f64) -> Vec<(f64, String)> {
    let mut end = f64::NEG_INFINITY;
    let mut kept = Vec::new();
    for (share, text) in marks {
        let middle = share * width;
        let room = turned.map(|left| ((left + middle) / (text_width("m", 11.0) * COSINE)) as usize);
        let most = room.map_or(LONGEST.0, |room| room.clamp(4, LONGEST.1));
        let text = shorten(&text, most, true).into_owned();
        let half = if turned.is_some() { 7.0 } else { text_width(&text, 11.0) / 2.0 + 5.0 };
        if middle - half >= end {
            end = middle + half;
            kept.push((share, text));
        }
    }
    kept
}

/// The ticks of all places, where all are instants.
fn times(xs: &[X]) -> Option<Vec<i64>> {
    let tick = |x: &X| match x {
        X::Time(ticks) => Some(*ticks),
        X::Span(_) | X::Number(_) | X::Text(_) => None,
    };
    xs.iter().map(tick).collect()
}

/// The bars to name, by place: all where there is room, else those at round instants, else every so many.
fn bar_times(ticks: &[i64], width: f64) -> Vec<(usize, String)> {
    let gaps = ticks.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).filter(|gap| *gap > 0);
    let step = gaps.min().unwrap_or(1);
    let texts = || ticks.iter().map(|at| calendar_label(*at, step));
    let widest = texts().map(|text| text_width(&text, 11.0)).fold(20.0, f64::max) + 12.0;
    if widest * ticks.len() as f64 <= width {
        return texts().enumerate().collect();
    }
    let (Some(low), Some(high)) = (ticks.first(), ticks.last()) else { return Vec::new() };
    let (round, coarse) = time_places(*low, *high, (width / widest.max(64.0)) as usize);
    let round: Vec<(usize, String)> = round
        .into_iter()
        .filter_map(|at| Some((ticks.binary_search(&at).ok()?, calendar_label(at, coarse))))
        .collect();
    if round.len() > 1 {
        return round;
    }
    let every = (widest * ticks.len() as f64 / width).ceil().max(1.0) as usize;
    texts().enumerate().step_by(every).collect()
}

/// Round instants along a line of time.
fn line_times(ticks: &[i64], width: f64) -> Vec<(f64, String)> {
    let (Some(low), Some(high)) = (ticks.first(), ticks.last()) else { return Vec::new() };
    let (round, step) = time_places(*low, *high, (width / 72.0) as usize);
    let length = (high.saturating_sub(*low)) as f64;
    let share = |at: i64| if length > 0.0 { (at.saturating_sub(*low)) as f64 / length } else { 0.5 };
    round.into_iter().map(|at| (share(at), calendar_label(at, step))).collect()
}
