//! `render`: the wish to be drawn. `T | render timechart with (title="x", ycolumns=a, b)`

use crate::ast::*;

/// `T | render timechart with (title="x", ycolumns=a, b)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Render {
    /// What is drawn: `timechart`.
    pub visualization: Option<Name>,
    /// `with (…)`, or the old form without it.
    pub properties: Vec<RenderProperty>,
    /// Where.
    pub span: Span,
}

/// `title = "x"`, `ycolumns = a, b`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderProperty {
    /// Its name.
    pub name: Name,
    /// Its value, or several columns.
    pub values: Vec<Expr>,
    /// Where.
    pub span: Span,
}
