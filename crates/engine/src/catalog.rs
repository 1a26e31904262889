//! What the binder sees of an engine during one query.

use crate::engine::Engine;
use crate::run::QueryState;
use calypso_library::{Answer, Column};
use calypso_planner::catalog::{Catalog, StoredFunction};
use calypso_planner::plan::Plan;
use std::sync::Arc;

/// An engine with the circumstances of one query.
pub(crate) struct SessionCatalog<'a> {
    /// Whose tables.
    pub engine: &'a Engine,
    /// The query's instant, limits and what it has computed so far.
    pub state: Arc<QueryState>,
}

impl Catalog for SessionCatalog<'_> {
    fn table(&self, name: &str) -> Option<Vec<Column>> {
        self.engine.tables.get(name).map(|entry| entry.columns.clone())
    }

    fn tables(&self) -> Vec<String> {
        self.engine.tables.all().iter().map(|entry| entry.name.clone()).collect()
    }

    fn now(&self) -> i64 {
        self.state.now
    }

    fn function(&self, name: &str) -> Option<String> {
        let function = self.engine.tables.function(name)?;
        Some(format!("{} {}", function.parameters, function.body))
    }

    fn functions(&self) -> Vec<StoredFunction> {
        self.engine.tables.functions()
    }

    fn rows(&self, table: &str) -> Option<u64> {
        let entry = self.engine.tables.get(table)?;
        u64::try_from(entry.known_rows()).ok()
    }

    fn run(&self, plan: &Plan) -> Result<Answer, String> {
        self.engine.execute_inner(plan, &self.state).map_err(|error| error.to_string())
    }
}
