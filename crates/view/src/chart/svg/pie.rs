//! Pies as SVG: a ring, clockwise from the top, with the sum in its middle and names, numbers and per cent beside it.

use super::super::model::Pie;
use super::{Anchor, Page, ink, round, square};
use crate::number::number_text;
use crate::style::Colour;
use crate::text::shorten;
use crate::write::escape;
use std::f64::consts::TAU;

/// Slices listed at most.
const MOST_LISTED: usize = 16;
/// Units down for each.
const LINE: f64 = 22.0;

/// Draws a pie; gives the height of the picture.
pub fn draw(page: &mut Page, pie: &Pie, height: f64) -> f64 {
    if pie.slices.is_empty() {
        page.label(16.0, page.top + 20.0, Anchor::Start, "no rows");
        return page.top + 36.0;
    }
    let colours: Vec<Colour> = pie.slices.iter().map(|slice| slice.colour).collect();
    let fills = page.fills(&colours);
    let radius = ((height - page.top - 16.0) / 2.0).min(page.width / 4.2).clamp(30.0, 150.0);
    let (cx, cy) = (radius + 18.0, page.top + radius + 6.0);
    let mut turn = 0.0;
    for (slice, fill) in pie.slices.iter().zip(&fills) {
        let value = number_text(slice.value, &pie.format);
        let tip = format!("{}: {value} ({})", slice.name, percent(slice.share));
        let ring = ring((cx, cy), radius, turn, turn + slice.share);
        turn += slice.share;
        if !ring.is_empty() {
            page.add(&format!(
                "<g {}><path class=\"slice\" d=\"{ring}\" fill=\"{fill}\" fill-rule=\"evenodd\"><title>{}</title></path></g>",
                ink(slice.colour),
                escape(&tip)
            ));
        }
    }
    let sum: f64 = pie.slices.iter().map(|slice| slice.value).sum();
    let size = if radius > 60.0 { 22 } else { 14 };
    page.text(cx, cy + 7.0, Anchor::Middle, size, &number_text(sum, &pie.format));
    let listed = if pie.legend { list(page, pie, &fills, cx + radius + 32.0, cy) } else { 0.0 };
    let mut end = (page.top + (2.0 * radius + 12.0).max(listed + 6.0)).max(cy + listed / 2.0 + 6.0);
    for note in &pie.notes {
        page.label(12.0, end + 12.0, Anchor::Start, &format!("({note})"));
        end += 16.0;
    }
    end + 4.0
}

/// The slices by name, half above and half below the middle of the ring; gives the units down that they take.
fn list(page: &mut Page, pie: &Pie, fills: &[String], left: f64, cy: f64) -> f64 {
    let shown = pie.slices.len().min(MOST_LISTED);
    let lines = shown + usize::from(shown < pie.slices.len());
    let height = LINE * lines as f64;
    let top = (cy - height / 2.0).max(page.top);
    // Numbers stand in columns of their own, near the names where the picture is wide.
    let right = (page.width - 14.0).min(left + 330.0);
    let room = ((right - left - 17.0 - 120.0) / 6.6).max(6.0) as usize;
    for (at, slice) in pie.slices.iter().take(shown).enumerate() {
        let y = top + LINE * at as f64;
        page.add(&format!(
            "<g transform=\"translate({} {})\">{}</g>",
            round(left),
            round(y + 4.0),
            square(slice.colour, &fills[at])
        ));
        page.text(left + 17.0, y + 14.0, Anchor::Start, 12, &shorten(&slice.name, room, true));
        page.text(right - 54.0, y + 14.0, Anchor::End, 12, &number_text(slice.value, &pie.format));
        page.label(right, y + 14.0, Anchor::End, &percent(slice.share));
    }
    if lines > shown {
        let y = top + LINE * shown as f64 + 14.0;
        page.label(left + 17.0, y, Anchor::Start, &format!("and {} more", pie.slices.len() - shown));
    }
    height
}

fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// The outline of a piece of the ring between two turns; nothing for an empty piece.
fn ring((cx, cy): (f64, f64), radius: f64, from: f64, to: f64) -> String {
    let inner = radius * 0.62;
    let at = |turn: f64, radius: f64| {
        format!("{} {}", round(cx + radius * (turn * TAU).sin()), round(cy - radius * (turn * TAU).cos()))
    };
    if to - from <= 0.0 {
        return String::new();
    }
    if to - from > 0.9999 {
        let whole = |radius: f64| {
            let (r, d) = (round(radius), round(2.0 * radius));
            format!("M{} {}a{r} {r} 0 1 1 0 {d}a{r} {r} 0 1 1 0 -{d}z", round(cx), round(cy - radius))
        };
        return whole(radius) + &whole(inner);
    }
    // A thin gap at the end, no wider than half of the piece.
    let gap = (1.6 / (TAU * radius)).min((to - from) / 2.0);
    let (end, large) = (to - gap, i32::from(to - from > 0.5));
    format!(
        "M{}A{r} {r} 0 {large} 1 {}L{}A{i} {i} 0 {large} 0 {}Z",
        at(from, radius),
        at(end, radius),
        at(end, inner),
        at(from, inner),
        r = round(radius),
        i = round(inner)
    )
}
