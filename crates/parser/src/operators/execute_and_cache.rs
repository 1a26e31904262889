//! `__executeAndCache`: runs what comes before and keeps the answer. `T | __executeAndCache`

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::print::{Print, Printer};

/// `T | __executeAndCache`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecuteAndCache {
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, ExecuteAndCache> {
    let (rest, _) = keyword(i)?;
    Ok((rest, ExecuteAndCache { span: i.span_to(rest) }))
}

impl Print for ExecuteAndCache {
    fn print(&self, p: &mut Printer) {
        p.word("__executeAndCache");
    }
}
