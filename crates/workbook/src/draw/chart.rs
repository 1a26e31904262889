//! A panel as a chart; as a grid where its rows do not make one.

use super::Surroundings;
use crate::model::Panel;
use calypso_library::Answer;
use calypso_view::Drawing;

/// Draws rows.
pub fn chart(panel: &Panel, answer: &Answer, around: &dyn Surroundings) -> Drawing {
    super::grid::grid(panel, answer, around)
}
