//! What the binder may know of an engine outside of a run: its tables and functions. For completion, `check` and `explain`.

use calypso_engine::{Engine, StoredFunction};
use calypso_library::{Answer, Column};
use calypso_planner::catalog::Catalog;
use calypso_planner::plan::Plan;

/// The tables of an engine, as they were.
pub struct Known {
    tables: Vec<(String, Vec<Column>)>,
    functions: Vec<StoredFunction>,
    now: i64,
    /// Runs what must be run to know names; nothing where that would take too long.
    engine: Option<Engine>,
}

impl Known {
    /// For `check` and `explain`: inner queries that decide names are run.
    pub fn new(engine: &Engine, now: i64) -> Known {
        Known { engine: Some(engine.clone()), ..Known::names(engine, now) }
    }

    /// For completion: nothing is run.
    pub fn names(engine: &Engine, now: i64) -> Known {
        Known { tables: engine.tables(), functions: engine.functions(), now, engine: None }
    }
}

impl Catalog for Known {
    fn table(&self, name: &str) -> Option<Vec<Column>> {
        self.tables.iter().find(|(known, _)| known == name).map(|(_, columns)| columns.clone())
    }

    fn tables(&self) -> Vec<String> {
        self.tables.iter().map(|(name, _)| name.clone()).collect()
    }

    fn now(&self) -> i64 {
        self.now
    }

    fn function(&self, name: &str) -> Option<String> {
        let found = self.functions.iter().find(|function| function.name == name)?;
        Some(format!("{} {}", found.parameters, found.body))
    }

    fn functions(&self) -> Vec<StoredFunction> {
        self.functions.clone()
    }

    fn run(&self, plan: &Plan) -> Result<Answer, String> {
        match &self.engine {
            Some(engine) => engine.execute(plan).map_err(|error| error.to_string()),
            None => Err("nothing is run here".to_owned()),
        }
    }
}
