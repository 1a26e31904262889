//! A panel as lines: its title, its drawing, and what is to be known of it. In: an answered panel. Out: lines.

use super::controls::beside;
use super::layout::wrapped;
use super::words::words;
use super::{line, signed};
use crate::model::Size;
use crate::page::PagePanel;
use calypso_view::chart::terminal;
use calypso_view::drawing::{Card, ChartDrawing, Grid};
use calypso_view::text::grouped;
use calypso_view::{Drawing, GridCell, GridColumn, GridRow, Icon, Style, grid, tiles};

/// Rows shown at most among other panels, where nothing else is said.
const ROWS_ON_PAGE: usize = 50;
/// Fewest rows shown of a group.
const FEWEST_OF_GROUP: usize = 3;
/// Fewest cells of a column with its border.
const NARROWEST: usize = 6;

/// A panel; `alone` tells whether it is the only one of the page.
pub fn drawn(panel: &PagePanel, alone: bool, style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    let title = line(&panel.title, style);
    if !title.is_empty() {
        lines.push(style.bold(&title));
    }
    let mut notes: Vec<&String> = panel.notes.iter().collect();
    match &panel.drawing {
        Ok(drawing) => {
            lines.extend(drawing_lines(drawing, panel, alone, style));
            if let (true, Some(description)) = (alone, &panel.description) {
                notes.insert(0, description);
            }
        }
        Err(why) => lines.extend(wrapped(&format!("! {why}"), style)),
    }
    let closer = panel.look_closer.iter().map(|arguments| format!("look closer: {arguments}"));
    for note in notes.into_iter().cloned().chain(closer) {
        lines.extend(wrapped(&note, style).iter().map(|line| style.faint(line)));
    }
    lines
}

fn drawing_lines(drawing: &Drawing, panel: &PagePanel, alone: bool, style: &Style) -> Vec<String> {
    match drawing {
        Drawing::Message { text, kind } => signed(Icon::from_name(kind), |style| wrapped(text, style), style),
        Drawing::Grid(grid) => {
            let limit = if alone { usize::MAX } else { panel.rows_on_page.unwrap_or(ROWS_ON_PAGE) };
            grid_lines(grid, limit, &panel.from_width, style)
        }
        Drawing::Tiles(drawn) => {
            let mut lines = tiles(&drawn.tiles, style);
            lines.extend(shown_of(drawn.tiles.len(), drawn.total));
            lines
        }
        Drawing::Chart(drawn) => chart_lines(drawn, panel.size, style),
        Drawing::Card(card) => card_lines(card, style),
    }
}

/// The rows up to a limit, in the columns there is room for.
fn grid_lines(drawn: &Grid, limit: usize, from_width: &[(String, usize)], style: &Style) -> Vec<String> {
    let needs = |column: &GridColumn| {
        let least = from_width.iter().find(|(name, _)| *name == column.name);
        least.map_or(0, |(_, least)| *least)
    };
    let mut places: Vec<usize> =
        (0..drawn.columns.len()).filter(|at| needs(&drawn.columns[*at]) <= style.width).collect();
    places.truncate((style.width / NARROWEST).max(1));
    let label = |at: usize| drawn.columns[at].label.as_str();
    let left_out: Vec<&str> = (0..drawn.columns.len()).filter(|at| !places.contains(at)).map(label).collect();
    let columns: Vec<GridColumn> = places.iter().map(|at| drawn.columns[*at].clone()).collect();
    let (rows, shown) = limited(drawn, limit);
    let rows: Vec<GridRow> = rows
        .into_iter()
        .map(|row| {
            let blank = || GridCell::plain("");
            let cells = places.iter().map(|at| row.cells.get(*at).cloned().unwrap_or_else(blank));
            GridRow { cells: cells.collect(), ..row.clone() }
        })
        .collect();
    let mut lines = grid(&columns, &rows, style);
    for note in &drawn.notes {
        lines.extend(wrapped(note, style).iter().map(|line| style.faint(line)));
    }
    lines.extend(shown_of(shown, drawn.total));
    if !left_out.is_empty() {
        lines.extend(wrapped(&format!("no room for {}", left_out.join(", ")), style));
    }
    lines
}

/// The rows drawn, and how many of the answer's they stand for. Where rows stand below the names of groups, each group
/// shows its first ones.
fn limited(drawn: &Grid, limit: usize) -> (Vec<&GridRow>, usize) {
    let groups = drawn.rows.windows(2).filter(|pair| pair[0].names_group && !pair[1].names_group).count();
    let share = limit.checked_div(groups).map_or(limit, |share| share.max(FEWEST_OF_GROUP));
    let share = if drawn.shown() <= limit { usize::MAX } else { share };
    let mut rows = Vec::new();
    let (mut run, mut shown) = (0, 0);
    for row in &drawn.rows {
        if row.names_group {
            run = 0;
            rows.push(row);
        } else if run < share {
            run += 1;
            shown += 1;
            rows.push(row);
        }
    }
    (rows, shown)
}

/// `1,234 rows, 100 shown`; nothing where all are.
fn shown_of(shown: usize, total: usize) -> Option<String> {
    (shown < total).then(|| format!("{} rows, {} shown", grouped(total), grouped(shown)))
}

fn chart_lines(drawn: &ChartDrawing, size: Size, style: &Style) -> Vec<String> {
    let height = match size {
        Size::Tiny => 5,
        Size::Small => 8,
        Size::Medium | Size::Full => terminal::HEIGHT,
        Size::Large => 18,
    };
    let mut lines = beside(drawn.metrics.iter().map(|(name, text)| format!("{name}: {text}")), "   ", style);
    lines.extend(terminal::draw(&drawn.chart, style, height));
    lines
}

fn card_lines(card: &Card, style: &Style) -> Vec<String> {
    let mut lines = match card.style {
        "markdown" => words(&card.text, style),
        "editor" => card.text.lines().flat_map(|line| wrapped(line, style)).collect(),
        _ => wrapped(&card.text, style).iter().map(|line| style.bold(line)).collect(),
    };
    if !card.label.is_empty() {
        lines.extend(wrapped(&card.label, style).iter().map(|line| style.faint(line)));
    }
    lines
}
