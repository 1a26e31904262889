//! Pies as SVG, clockwise from the top, with the names, numbers and per cent beside them.

use super::super::model::Pie;
use super::{Anchor, Page, round};
use crate::number::number_text;
use crate::text::shorten;
use crate::write::escape;
use std::f64::consts::TAU;

/// Draws a pie; gives the height of the picture.
pub fn draw(page: &mut Page, pie: &Pie, height: f64) -> f64 {
    if pie.slices.is_empty() {
        page.text(16.0, page.top + 20.0, Anchor::Start, 13, "no rows");
        return page.top + 36.0;
    }
    let radius = ((height - page.top - 16.0) / 2.0).min(page.width / 4.0).max(30.0);
    let (cx, cy) = (radius + 16.0, page.top + radius + 4.0);
    let mut turn = 0.0;
    let list = cx + radius + 28.0;
    for (at, slice) in pie.slices.iter().enumerate() {
        let fill = page.fill(at, slice.colour);
        let text = format!(
            "{}: {} ({:.1}%)",
            slice.name,
            number_text(slice.value, &pie.format),
            slice.share * 100.0
        );
        let tip = escape(&text);
        if slice.share > 0.9999 {
            let (cx, cy, radius) = (round(cx), round(cy), round(radius));
            page.add(&format!(
                "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{radius}\" fill=\"{fill}\"><title>{tip}</title></circle>"
            ));
        } else if slice.share > 0.0 {
            let point = |turn: f64| {
                format!(
                    "{} {}",
                    round(cx + radius * (turn * TAU).sin()),
                    round(cy - radius * (turn * TAU).cos())
                )
            };
            let large = i32::from(slice.share > 0.5);
            page.add(&format!(
                "<path d=\"M{} {}L{}A{r} {r} 0 {large} 1 {}Z\" fill=\"{fill}\" stroke=\"#fff\"><title>{tip}</title></path>",
                round(cx),
                round(cy),
                point(turn),
                point(turn + slice.share),
                r = round(radius)
            ));
        }
        turn += slice.share;
        if pie.legend {
            let y = page.top + 18.0 * at as f64;
            page.add(&format!(
                "<rect x=\"{}\" y=\"{}\" width=\"11\" height=\"11\" fill=\"{fill}\"/>",
                round(list),
                round(y)
            ));
            let room = ((page.width - list - 24.0) / 6.6).max(8.0) as usize;
            page.text(list + 16.0, y + 10.0, Anchor::Start, 12, &shorten(&text, room, true));
        }
    }
    let listed = if pie.legend { 18.0 * pie.slices.len() as f64 } else { 0.0 };
    page.top + (2.0 * radius + 12.0).max(listed) + 4.0
}
