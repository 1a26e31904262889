//! A rectangle of coloured characters, and one of braille dots (two across and four down in a cell).

use crate::style::{Colour, Style};

/// Characters with colours; row 0 is the top.
pub struct Canvas {
    width: usize,
    cells: Vec<(char, Colour)>,
}

impl Canvas {
    /// A blank canvas.
    pub fn new(width: usize, height: usize) -> Canvas {
        Canvas { width, cells: vec![(' ', Colour::None); width * height] }
    }

    /// Puts a character; places outside are passed over.
    pub fn put(&mut self, column: usize, row: usize, c: char, colour: Colour) {
        if column < self.width
            && let Some(cell) = self.cells.get_mut(row * self.width + column)
        {
            *cell = (c, colour);
        }
    }

    /// Puts a character where there is none yet.
    pub fn put_behind(&mut self, column: usize, row: usize, c: char, colour: Colour) {
        if column < self.width && self.cells.get(row * self.width + column).is_some_and(|cell| cell.0 == ' ')
        {
            self.put(column, row, c, colour);
        }
    }

    /// The rows as text, colours joined where neighbours share one; blanks at the end are cut.
    pub fn rows(&self, style: &Style) -> Vec<String> {
        let row = |cells: &[(char, Colour)]| {
            let end = cells.iter().rposition(|(c, _)| *c != ' ').map_or(0, |at| at + 1);
            let runs = cells[..end].chunk_by(|a, b| a.1 == b.1);
            runs.map(|run| style.paint(run[0].1, &run.iter().map(|(c, _)| c).collect::<String>())).collect()
        };
        self.cells.chunks(self.width.max(1)).map(row).collect()
    }
}

/// Dots of braille; the cell keeps the colour of the last dot set in it.
pub struct Dots {
    width: usize,
    height: usize,
    cells: Vec<(u8, Colour)>,
}

impl Dots {
    /// No dots, in that many cells.
    pub fn new(width: usize, height: usize) -> Dots {
        Dots { width, height, cells: vec![(0, Colour::None); width * height] }
    }

    /// Sets a dot, from the left and from the top.
    pub fn set(&mut self, x: usize, y: usize, colour: Colour) {
        const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
        let (column, row) = (x / 2, y / 4);
        if column < self.width && row < self.height {
            let cell = &mut self.cells[row * self.width + column];
            *cell = (cell.0 | BITS[y % 4][x % 2], colour);
        }
    }

    /// Puts all cells that have dots on a canvas: braille, or a point where only ASCII may be drawn.
    pub fn copy_to(&self, canvas: &mut Canvas, style: &Style) {
        for (at, (bits, colour)) in self.cells.iter().enumerate() {
            if *bits != 0 {
                let braille = char::from_u32(0x2800 + u32::from(*bits)).unwrap_or('.');
                let c = if style.unicode { braille } else { '.' };
                canvas.put(at % self.width, at / self.width, c, *colour);
            }
        }
    }
}

/// Calls `dot` for each point of a straight line between two places.
pub fn line((x0, y0): (usize, usize), (x1, y1): (usize, usize), mut dot: impl FnMut(usize, usize)) {
    let steps = x0.abs_diff(x1).max(y0.abs_diff(y1)).max(1);
    let between = |from: usize, to: usize, at: usize| {
        let (from, to) = (from as f64, to as f64);
        (from + (to - from) * at as f64 / steps as f64).round() as usize
    };
    for at in 0..=steps {
        dot(between(x0, x1, at), between(y0, y1, at));
    }
}
