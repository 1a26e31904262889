//! `project-rename`: renames columns. `T | project-rename new = old`

use crate::ast::*;

/// `T | project-rename new = old`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectRename {
    /// The new names.
    pub columns: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}
