//! From the rows of an answer to the places and series of a chart. In: an answer and `ChartSettings`. Out: a `Chart`.

use super::model::{Chart, MOST_SERIES, Pie, Plot, Series, Slice, Undrawable, card, labelled};
use super::settings::{ChartSettings, Kind, Stacking};
use super::x::{X, number};
use crate::number::{NumberFormat, Unit};
use crate::text::{grouped, value_text};
use calypso_library::{Answer, Json, Type, Value};
use std::collections::HashMap;

/// Resolves what to draw.
pub fn chart(answer: &Answer, settings: &ChartSettings) -> Result<Chart, Undrawable> {
    if answer.columns.is_empty() {
        return Err(Undrawable::Empty);
    }
    if settings.kind == Kind::Card {
        return Ok(Chart::Card(card(answer, settings)));
    }
    let rows = rows(answer);
    let roles = roles(answer, &rows, settings)?;
    let mut found = points(answer, &rows, &roles);
    let mut note = None;
    if let Some(most) = settings.most_points.filter(|most| found.len() > *most) {
        note = Some(format!("{} of {} values drawn", grouped(most), grouped(found.len())));
        found.truncate(most);
    }
    if settings.categories {
        found.iter_mut().for_each(|point| point.x = X::Text(point.x.label()));
    }
    if settings.sum {
        found = summed(found);
    }
    let mut chart = match settings.kind {
        Kind::Pie => Chart::Pie(pie(found, &roles, settings)),
        Kind::Line | Kind::Area | Kind::Bar | Kind::Column | Kind::Scatter | Kind::Card => {
            Chart::Plot(plot(answer, found, &roles, settings))
        }
    };
    if let (Some(note), Some(notes)) = (note, chart.notes_mut()) {
        notes.push(note);
    }
    Ok(chart)
}

/// All rows as values.
fn rows(answer: &Answer) -> Vec<Vec<Value>> {
    let batches = answer.batches.iter().flat_map(|batch| {
        (0..batch.num_rows()).map(move |row| {
            let cells = answer.columns.iter().zip(batch.columns());
            cells.map(|(c, array)| Value::from_array(c.ty, array, row)).collect()
        })
    });
    batches.collect()
}

/// Which columns, by place, play which part.
struct Roles {
    x: Option<usize>,
    ys: Vec<usize>,
    series: Vec<usize>,
    y_format: NumberFormat,
}

/// What a dynamic column holds, told by its first row that is not null.
#[derive(PartialEq)]
enum Held {
    Numbers,
    Instants,
    Other,
}

fn roles(answer: &Answer, rows: &[Vec<Value>], settings: &ChartSettings) -> Result<Roles, Undrawable> {
    let columns = &answer.columns;
    let place = |name: &String| {
        let exact = columns.iter().position(|c| c.name == *name);
        exact.ok_or_else(|| Undrawable::NoColumn(name.clone()))
    };
    let places = |names: &[String]| names.iter().map(place).collect::<Result<Vec<_>, _>>();
    let asked_ys = places(&settings.y_columns)?;
    let mut asked_series = places(&settings.series_columns)?;
    // The names of slices are all that a pie has across.
    let slices = settings.kind == Kind::Pie && settings.x_column.is_none() && !asked_series.is_empty();
    let names = slices.then(|| asked_series.remove(0));
    let held: Vec<Held> = (0..columns.len()).map(|at| held(rows, at)).collect();
    let free = |at: usize| !asked_ys.contains(&at) && !asked_series.contains(&at) && Some(at) != names;
    let is_text = |at: usize| matches!(columns[at].ty, Type::String | Type::Guid | Type::Bool);
    let first = |test: &dyn Fn(usize) -> bool| (0..columns.len()).find(|at| free(*at) && test(*at));
    let arrays = held.contains(&Held::Numbers);
    let x = match &settings.x_column {
        Some(name) => Some(place(name)?),
        None if names.is_some() => names,
        None if arrays => first(&|at| held[at] == Held::Instants),
        None => first(&|at| columns[at].ty == Type::DateTime)
            .or_else(|| first(&|at| is_text(at) && !matches!(settings.kind, Kind::Scatter)))
            .or_else(|| first(&|at| at == 0 && columns.len() > 1)),
    };
    let mut ys = if !asked_ys.is_empty() {
        asked_ys
    } else if arrays {
        (0..columns.len()).filter(|at| Some(*at) != x && held[*at] == Held::Numbers).collect()
    } else {
        default_ys(answer, x, &asked_series)
    };
    if ys.is_empty() {
        return Err(Undrawable::NoNumbers);
    }
    if settings.kind == Kind::Pie && x.is_some() && settings.y_columns.is_empty() {
        ys.truncate(1);
    }
    let series = if !asked_series.is_empty() || names.is_some() {
        asked_series
    } else {
        (0..columns.len()).filter(|at| Some(*at) != x && !ys.contains(at) && is_text(*at)).collect()
    };
    let spans = ys.iter().all(|at| columns[*at].ty == Type::TimeSpan);
    let y_format = if spans { NumberFormat::of(Unit::Duration(1.0)) } else { settings.y_format };
    Ok(Roles { x, ys, series, y_format })
}

/// The numbers that are neither x nor a series; lengths of time where there are none.
fn default_ys(answer: &Answer, x: Option<usize>, series: &[usize]) -> Vec<usize> {
    let of = |test: &dyn Fn(Type) -> bool| -> Vec<usize> {
        let open = |at: &usize| Some(*at) != x && !series.contains(at) && test(answer.columns[*at].ty);
        (0..answer.columns.len()).filter(open).collect()
    };
    let numbers = of(&Type::is_number);
    if numbers.is_empty() { of(&|ty| ty == Type::TimeSpan) } else { numbers }
}

fn held(rows: &[Vec<Value>], at: usize) -> Held {
    let array = rows.iter().find_map(|row| match &row[at] {
        Value::Dynamic(Json::Array(items)) => Some(items),
        _ => None,
    });
    let Some(items) = array else { return Held::Other };
    let known = || items.iter().filter(|item| !item.is_null());
    if known().count() > 0 && known().all(|item| matches!(X::from_json(item), Some(X::Time(_)))) {
        Held::Instants
    } else if known().all(Json::is_number) {
        Held::Numbers
    } else {
        Held::Other
    }
}

/// One value of one series at one place.
struct Point {
    series: String,
    x: X,
    y: Option<f64>,
}

fn points(answer: &Answer, rows: &[Vec<Value>], roles: &Roles) -> Vec<Point> {
    let mut found = Vec::new();
    for row in rows {
        let prefix: Vec<String> = roles.series.iter().map(|at| value_text(&row[*at])).collect();
        let prefix = prefix.join(", ");
        for y in &roles.ys {
            let name = &answer.columns[*y].name;
            let series = match (roles.series.is_empty(), roles.ys.len()) {
                (true, _) => name.clone(),
                (false, 1) => prefix.clone(),
                (false, _) => format!("{prefix}: {name}"),
            };
            let x = roles.x.map(|at| &row[at]);
            if let Value::Dynamic(Json::Array(items)) = &row[*y] {
                for (at, item) in items.iter().enumerate() {
                    if let Some(x) = place_in_array(x, at) {
                        found.push(Point { series: series.clone(), x, y: item.as_f64() });
                    }
                }
            } else if let Some(x) = x.map_or(Some(X::Text(name.clone())), X::from_value) {
                found.push(Point { series, x, y: number(&row[*y]) });
            }
        }
    }
    found
}

/// The values of a series at one place as one, where the first of them stood.
fn summed(found: Vec<Point>) -> Vec<Point> {
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    let mut kept: Vec<Point> = Vec::new();
    for point in found {
        let key = (point.series.clone(), format!("{:?}", point.x));
        match places.get(&key) {
            Some(at) => {
                let sum = &mut kept[*at].y;
                *sum = match (*sum, point.y) {
                    (Some(a), Some(b)) => Some(a + b).filter(|sum| sum.is_finite()),
                    (one, other) => one.or(other),
                };
            }
            None => {
                places.insert(key, kept.len());
                kept.push(point);
            }
        }
    }
    kept
}

/// The place of an element: that of the x array, else its number.
fn place_in_array(x: Option<&Value>, at: usize) -> Option<X> {
    match x {
        Some(Value::Dynamic(Json::Array(places))) => X::from_json(places.get(at)?),
        _ => Some(X::Number(at as f64)),
    }
}

/// Negative values named at most.
const NAMED_NEGATIVES: usize = 3;

fn pie(found: Vec<Point>, roles: &Roles, settings: &ChartSettings) -> Pie {
    let mut parts: Vec<(String, f64)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut negative = Vec::new();
    for point in found {
        // The name of a slice is its place, and the series where several columns or texts make more than one.
        let many = !roles.series.is_empty() || (roles.ys.len() > 1 && roles.x.is_some());
        let name = if many { format!("{}, {}", point.x.label(), point.series) } else { point.x.label() };
        match point.y {
            Some(value) if value >= 0.0 => {
                let at = *places.entry(name.clone()).or_insert_with(|| {
                    parts.push((name, 0.0));
                    parts.len() - 1
                });
                parts[at].1 += value;
            }
            Some(_) => negative.push(name),
            None => {}
        }
    }
    let mut notes: Vec<String> = negative
        .iter()
        .take(NAMED_NEGATIVES)
        .map(|name| format!("{name} is negative and left out"))
        .collect();
    if negative.len() > NAMED_NEGATIVES {
        notes.push(format!("{} negative values are left out", grouped(negative.len())));
    }
    if settings.other_after.is_none() && parts.len() > MOST_SERIES {
        notes.push(format!("{MOST_SERIES} of {} slices drawn, the rest as Other", grouped(parts.len())));
    }
    let keep = settings.other_after.unwrap_or(MOST_SERIES);
    if parts.len() > keep {
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by(|a, b| parts[*b].1.total_cmp(&parts[*a].1));
        let other = order[keep..].iter().map(|at| parts[*at].1).sum();
        let mut kept = vec![false; parts.len()];
        order[..keep].iter().for_each(|at| kept[*at] = true);
        let all = std::mem::take(&mut parts).into_iter().zip(kept);
        parts = all.filter_map(|(part, kept)| kept.then_some(part)).collect();
        parts.push(("Other".to_owned(), other));
    }
    let sum: f64 = parts.iter().map(|(_, value)| value).sum();
    let slices = parts.into_iter().enumerate().map(|(place, (name, value))| {
        let (name, colour) = labelled(settings, &name, place);
        Slice { name, colour, value, share: if sum > 0.0 { value / sum } else { 0.0 } }
    });
    let slices = slices.collect();
    Pie { title: settings.title.clone(), legend: settings.legend, format: roles.y_format, slices, notes }
}

fn plot(answer: &Answer, found: Vec<Point>, roles: &Roles, settings: &ChartSettings) -> Plot {
    let (mut xs, mut series) = align(found);
    let bars = matches!(settings.kind, Kind::Bar | Kind::Column);
    if bars {
        fill_gaps(&mut xs, &mut series);
    }
    if settings.accumulate {
        series.iter_mut().for_each(|(_, values)| accumulate(values));
    }
    let mut notes = Vec::new();
    if let Some(keep) = settings.other_after.filter(|keep| series.len() > *keep) {
        gather_others(&mut series, keep);
    }
    if series.len() > MOST_SERIES {
        notes.push(format!("{MOST_SERIES} of {} series drawn", series.len()));
        series.truncate(MOST_SERIES);
    }
    if settings.stacking == Stacking::Stacked100 {
        to_hundred(&mut series, xs.len());
    }
    let series = series.into_iter().enumerate().map(|(place, (name, values))| {
        let (name, colour) = labelled(settings, &name, place);
        Series { name, colour, values }
    });
    let name_of = |at: Option<usize>| at.map(|at| answer.columns[at].name.clone()).unwrap_or_default();
    let only_y = (roles.ys.len() == 1).then(|| roles.ys[0]);
    let hundred = settings.stacking == Stacking::Stacked100;
    Plot {
        kind: settings.kind,
        stacking: settings.stacking,
        title: settings.title.clone(),
        x_title: settings.x_title.clone().unwrap_or_else(|| name_of(roles.x)),
        y_title: settings.y_title.clone().unwrap_or_else(|| name_of(only_y)),
        y_range: (settings.y_min, settings.y_max),
        y_format: if hundred { NumberFormat::of(Unit::Percent) } else { roles.y_format },
        legend: settings.legend,
        xs,
        series: series.collect(),
        threshold: settings.threshold.filter(|at| at.is_finite()),
        points: settings.points,
        notes,
    }
}

/// Series by name, each with a value or nothing for every place.
type Aligned = Vec<(String, Vec<Option<f64>>)>;

/// Brings all points on one row of places. A second value of a series at one place gets a place of its own.
fn align(found: Vec<Point>) -> (Vec<X>, Aligned) {
    let mut order: HashMap<String, usize> = HashMap::new();
    let mut names: Vec<String> = Vec::new();
    let mut slots: HashMap<(String, usize), usize> = HashMap::new();
    let mut seen: HashMap<(usize, String), usize> = HashMap::new();
    let mut xs: Vec<X> = Vec::new();
    let mut placed: Vec<(usize, usize, Option<f64>)> = Vec::new();
    for point in found {
        let series = *order.entry(point.series.clone()).or_insert_with(|| {
            names.push(point.series.clone());
            names.len() - 1
        });
        let key = format!("{:?}", point.x);
        let turn = seen.entry((series, key.clone())).or_insert(0);
        let slot = *slots.entry((key, *turn)).or_insert_with(|| {
            xs.push(point.x.clone());
            xs.len() - 1
        });
        *turn += 1;
        placed.push((series, slot, point.y));
    }
    let mut sorted: Vec<usize> = (0..xs.len()).collect();
    sorted.sort_by(|a, b| xs[*a].order(&xs[*b]));
    let mut rank = vec![0; xs.len()];
    sorted.iter().enumerate().for_each(|(to, from)| rank[*from] = to);
    let mut series: Aligned = names.into_iter().map(|name| (name, vec![None; xs.len()])).collect();
    for (at, slot, y) in placed {
        series[at].1[rank[slot]] = y;
    }
    (sorted.into_iter().map(|from| xs[from].clone()).collect(), series)
}

/// Instants missing between bars get their empty places, so that a bar stands where its time is: when all distances
/// are multiples of the shortest and there are not too many.
fn fill_gaps(xs: &mut Vec<X>, series: &mut Aligned) {
    let ticks: Option<Vec<i64>> =
        xs.iter().map(|x| if let X::Time(ticks) = x { Some(*ticks) } else { None }).collect();
    let Some(ticks) = ticks.filter(|ticks| ticks.len() > 1) else { return };
    let gaps = || ticks.windows(2).map(|pair| pair[1].saturating_sub(pair[0]));
    let step = gaps().min().unwrap_or(0);
    let even = step > 0 && gaps().all(|gap| gap % step == 0);
    if !even || gaps().map(|gap| gap / step).sum::<i64>() > 1000 {
        return;
    }
    let first = ticks[0];
    let slot = |tick: i64| ((tick - first) / step) as usize;
    let count = slot(ticks[ticks.len() - 1]) + 1;
    *xs = (0..count).map(|n| X::Time(first + n as i64 * step)).collect();
    for (_, values) in series {
        let mut spread = vec![None; count];
        values.iter().zip(&ticks).for_each(|(value, tick)| spread[slot(*tick)] = *value);
        *values = spread;
    }
}

/// Each value becomes the sum up to it.
fn accumulate(values: &mut [Option<f64>]) {
    let mut sum = 0.0;
    for value in values.iter_mut().flatten() {
        sum += *value;
        *value = sum;
    }
}

/// The series with the largest sums stay; the others become one, their values summed place by place.
fn gather_others(series: &mut Aligned, keep: usize) {
    let total = |values: &[Option<f64>]| values.iter().flatten().sum::<f64>();
    let mut order: Vec<usize> = (0..series.len()).collect();
    order.sort_by(|a, b| total(&series[*b].1).total_cmp(&total(&series[*a].1)));
    let kept = &order[..keep];
    let mut other: Vec<Option<f64>> = vec![None; series.first().map_or(0, |(_, values)| values.len())];
    for at in &order[keep..] {
        for (sum, value) in other.iter_mut().zip(&series[*at].1) {
            if let Some(value) = value {
                *sum = Some(sum.unwrap_or(0.0) + value);
            }
        }
    }
    let all = std::mem::take(series);
    *series = all.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, one)| one).collect();
    series.push(("Other".to_owned(), other));
}

/// Values become per cent of all values at their place.
fn to_hundred(series: &mut Aligned, places: usize) {
    for at in 0..places {
        let sum: f64 = series.iter().filter_map(|(_, values)| values[at]).map(f64::abs).sum();
        for (_, values) in series.iter_mut() {
            values[at] = values[at].filter(|_| sum > 0.0).map(|value| value / sum * 100.0);
        }
    }
}

#[cfg(test)]
#[path = "points_tests.rs"]
mod tests;
