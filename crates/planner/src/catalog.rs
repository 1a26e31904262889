//! What the planner asks of its host: tables by name, the query's instant, and the answers of inner plans.

use crate::plan::Plan;
use calypso_library::{Answer, Column};

/// A function kept beside the tables.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StoredFunction {
    /// Its name.
    pub name: String,
    /// `(x:long)`
    pub parameters: String,
    /// `{ x + 1 }`
    pub body: String,
    /// Where tools list it.
    pub folder: String,
    /// What it is for.
    pub docstring: String,
    /// Whether it joins patterns of names and `search`, as a view.
    pub view: bool,
}

/// What a query can address, and the query's circumstances.
pub trait Catalog {
    /// The name of the one database.
    fn database(&self) -> String {
        "Calypso".to_owned()
    }

    /// The columns of a table; names are case-sensitive.
    fn table(&self, name: &str) -> Option<Vec<Column>>;

    /// Names of all tables, in the order they were created.
    fn tables(&self) -> Vec<String>;

    /// The query's instant: ticks since 0001-01-01 UTC.
    fn now(&self) -> i64;

    /// The text of a stored function's declaration, `(parameters) { body }`.
    fn function(&self, name: &str) -> Option<String>;

    /// Every stored function, by name.
    fn functions(&self) -> Vec<StoredFunction> {
        Vec::new()
    }

    /// How many rows a table has, when that is known.
    fn rows(&self, table: &str) -> Option<u64> {
        let _ = table;
        None
    }

    /// Runs an inner plan whose answer decides names or types (`pivot`, `bag_unpack`). The error is a plain sentence.
    fn run(&self, plan: &Plan) -> Result<Answer, String>;
}
