//! Reading a description: what stands around while its parts become the model.

use crate::error::DashboardError;
use crate::model::{Expansion, QueryText, TimeContext};
use crate::query_file::QueryFile;

/// Finds a file of the workbook by its path: its text and the place it was found at.
pub type FindFile<'a> = &'a dyn Fn(&str) -> Result<Option<(String, String)>, DashboardError>;

/// What stands around.
pub struct Reader<'a> {
    /// How values reach queries.
    pub expansion: Expansion,
    /// The first time range.
    pub time_range: Option<String>,
    /// The files beside the description.
    pub find: FindFile<'a>,
}

impl Reader<'_> {
    /// What bounds rows where nothing else is said.
    pub fn time(&self) -> TimeContext {
        usual_time(self.time_range.as_deref())
    }

    /// A query file, and its query.
    ///
    /// # Errors
    /// When there is no such file, or the path leads out of the folder.
    pub fn query(&self, path: &str) -> Result<(QueryFile, QueryText), DashboardError> {
        if path.split('/').any(|part| part.is_empty() || part.starts_with('.') || part.contains('\\')) {
            return Err(DashboardError::new(format!("`{path}` is no path below the workbook's folder")));
        }
        let Some((text, place)) = (self.find)(path)? else {
            return Err(DashboardError::new(format!("there is no file `{path}`")));
        };
        let file = QueryFile::new(path, text);
        let query = query_text(&file, place, self.expansion);
        Ok((file, query))
    }
}

/// What bounds rows where nothing else is said: the first time range.
pub fn usual_time(time_range: Option<&str>) -> TimeContext {
    time_range.map_or(TimeContext::InQuery, |name| TimeContext::Parameter(name.to_owned()))
}

/// The query of a file.
pub fn query_text(file: &QueryFile, place: String, expansion: Expansion) -> QueryText {
    let (text, skipped) = file.query();
    let parameters = match expansion {
        Expansion::Lets => file.parameters.clone(),
        Expansion::Braces => Vec::new(),
    };
    QueryText { text: text.to_owned(), place, skipped, parameters }
}
