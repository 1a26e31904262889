//! Names that nobody knows: what was meant, by the nearest name, or by what other languages call it.

use crate::binder::{Binder, Scope, visible};
use crate::environment::Environment;
use crate::misfit::{forms, kind};
use crate::suggest::nearest;
use calypso_library::builtin::{self, Builtin, BuiltinKind};
use calypso_library::{absent, aggregates, functions, plugins};
use calypso_parser::ast;

/// What functions of other languages are called here.
const FOREIGN: &[(&str, &str)] = &[
    ("array_agg", "make_list"),
    ("cast", "tostring"),
    ("ceil", "ceiling"),
    ("char_length", "strlen"),
    ("charindex", "indexof"),
    ("concat", "strcat"),
    ("concat_ws", "strcat_delim"),
    ("convert", "tostring"),
    ("count_if", "countif"),
    ("curdate", "now"),
    ("current_timestamp", "now"),
    ("date_add", "datetime_add"),
    ("date_diff", "datetime_diff"),
    ("date_format", "format_datetime"),
    ("date_trunc", "bin"),
    ("dateadd", "datetime_add"),
    ("datediff", "datetime_diff"),
    ("day", "dayofmonth"),
    ("first", "take_any"),
    ("from_unixtime", "unixtime_seconds_todatetime"),
    ("get_json_object", "parse_json"),
    ("getdate", "now"),
    ("group_concat", "make_list"),
    ("hour", "hourofday"),
    ("if", "iff"),
    ("ifnull", "coalesce"),
    ("instr", "indexof"),
    ("is_null", "isnull"),
    ("isnan_or_null", "isnan"),
    ("json_extract", "parse_json"),
    ("json_value", "parse_json"),
    ("lag", "prev"),
    ("lcase", "tolower"),
    ("lead", "next"),
    ("len", "strlen"),
    ("length", "strlen"),
    ("list", "make_list"),
    ("ln", "log"),
    ("lower", "tolower"),
    ("ltrim", "trim_start"),
    ("mean", "avg"),
    ("median", "percentile"),
    ("minute", "datetime_part"),
    ("month", "monthofyear"),
    ("nvl", "coalesce"),
    ("position", "indexof"),
    ("power", "pow"),
    ("quantile", "percentile"),
    ("regexp_extract", "extract"),
    ("regexp_replace", "replace_regex"),
    ("regex_extract", "extract"),
    ("rtrim", "trim_end"),
    ("second", "datetime_part"),
    ("size", "array_length"),
    ("std", "stdev"),
    ("stddev", "stdev"),
    ("string_agg", "make_list"),
    ("str_len", "strlen"),
    ("substr", "substring"),
    ("sysdate", "now"),
    ("timestamp", "todatetime"),
    ("to_date", "todatetime"),
    ("to_timestamp", "todatetime"),
    ("today", "now"),
    ("tostr", "tostring"),
    ("trunc", "bin"),
    ("truncate", "bin"),
    ("ucase", "toupper"),
    ("uniq", "dcount"),
    ("upper", "toupper"),
    ("uuid", "new_guid"),
    ("values", "make_set"),
    ("var", "variance"),
    ("year", "getyear"),
];

impl Binder<'_> {
    /// Reports a name that is no column, variable or table.
    pub fn unknown_name<T>(&mut self, name: &ast::Name, scope: Scope) -> Option<T> {
        if name.text.is_empty() || self.broken.contains(&name.text) {
            return None;
        }
        if self.catalog.table(&name.text).is_some() {
            return self.error_with_help(
                "KS108",
                name.span,
                format!("`{}` is a table, expected a scalar value", name.text),
                "a column is named alone, without its table; a first cell is `toscalar(…)`",
            );
        }
        let message = format!("the name `{}` does not refer to any known column or variable", name.text);
        let names =
            visible(scope.columns).map(|column| column.name.as_str()).chain(scope.environment.names());
        if let Some(near) = nearest(&name.text, names).map(str::to_owned) {
            return self.error_with_help("KS142", name.span, message, format!("did you mean `{near}`?"));
        }
        if let Some(found) = called(&name.text) {
            let message = format!("the {} `{}` needs its arguments in parentheses", kind(&found), name.text);
            return self.error_with_help("KS117", name.span, message, forms(&found));
        }
        match name.text.to_ascii_lowercase().as_str() {
            "null" => {
                let help = "a null has a type: `long(null)`, `datetime(null)`, `dynamic(null)`";
                return self.error_with_help("KS142", name.span, message, help);
            }
            "not" => return self.error_with_help("KS142", name.span, message, "write `not(…)`"),
            "case" => {
                let help = "`case(condition, value, …, otherwise)` is a function";
                return self.error_with_help("KS142", name.span, message, help);
            }
            _ => {}
        }
        let mut list: Vec<&str> = visible(scope.columns).take(8).map(|column| column.name.as_str()).collect();
        if list.is_empty() {
            return self.error("KS142", name.span, message);
        }
        if visible(scope.columns).count() > 8 {
            list.push("…");
        }
        let help = format!("the columns here are {}", list.join(", "));
        self.error_with_help("KS142", name.span, message, help)
    }

    /// Reports a function that nobody knows.
    pub fn unknown_function<T>(&mut self, name: &ast::Name, scope: Scope) -> Option<T> {
        if self.broken.contains(&name.text) {
            return None;
        }
        if let Some(reason) = absent::reason(&name.text) {
            let message = format!("the function `{}` is not supported: {reason}", name.text);
            return self.error("KS143", name.span, message);
        }
        let message = format!("the function `{}` is not known", name.text);
        let lower = name.text.to_ascii_lowercase();
        let foreign = FOREIGN.iter().find(|(theirs, _)| *theirs == lower);
        if let Some(found) = foreign.and_then(|(_, ours)| called(ours)) {
            let help = format!("use `{}`: {}", found.name, forms(&found));
            return self.error_with_help("KS143", name.span, message, help);
        }
        if plugins::find(&name.text).is_some() {
            let message = format!("the plugin `{}` is not allowed here", name.text);
            let help = format!("write `| evaluate {}(…)`", name.text);
            return self.error_with_help("KS126", name.span, message, help);
        }
        let own = scope.environment.names();
        let builtins = builtin::all().into_iter().filter(|one| one.kind != BuiltinKind::Plugin);
        let known = builtins.map(|one| one.name).chain(own);
        match nearest(&name.text, known).map(str::to_owned) {
            Some(near) => {
                self.error_with_help("KS143", name.span, message, format!("did you mean `{near}`?"))
            }
            None => {
                let help = "`calypso functions` lists all functions and aggregates";
                self.error_with_help("KS143", name.span, message, help)
            }
        }
    }

    /// Reports a table that nobody knows.
    pub fn unknown_table<T>(&mut self, name: &ast::Name, environment: &Environment) -> Option<T> {
        if name.text.is_empty() || self.broken.contains(&name.text) {
            return None;
        }
        let tables = self.tables_in(environment);
        let message = format!("the name `{}` does not refer to any known table", name.text);
        let known = tables.iter().map(String::as_str).chain(environment.names());
        let help = match nearest(&name.text, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None if tables.is_empty() => {
                "there are no tables here; `datatable(a:long) [1, 2]` writes one out".to_owned()
            }
            None => listing("the tables here are", &tables),
        };
        self.error_with_help("KS142", name.span, message, help)
    }
}

/// The builtin of that name or alias that queries can call.
fn called(name: &str) -> Option<Builtin> {
    let aggregate = aggregates::find(name).map(Builtin::from);
    aggregate.or_else(|| functions::find(name).filter(|_| is_word(name)).map(Builtin::from))
}

fn is_word(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains(' ')
}

/// At most a dozen names.
fn listing(lead: &str, names: &[String]) -> String {
    let mut shown: Vec<&str> = names.iter().take(12).map(String::as_str).collect();
    if names.len() > shown.len() {
        shown.push("…");
    }
    format!("{lead} {}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_names_lead_to_known_ones() {
        for (theirs, ours) in FOREIGN {
            assert!(called(ours).is_some(), "{theirs} leads to {ours}, which is none");
            assert!(functions::find(theirs).is_none(), "{theirs} is a function here");
        }
    }
}
