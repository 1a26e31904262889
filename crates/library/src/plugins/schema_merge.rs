//! `schema_merge`: several schemas, as `getschema` gives them, made one.

use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, optional};
use crate::overload::widens;
use crate::plugin::*;
use crate::types::{Column, Type};
use crate::value::Value;
use arrow::array::ArrayRef;

/// `union A, B | evaluate schema_merge(PreserveOrder=false)`
pub const PLUGIN: Plugin = Plugin {
    name: "schema_merge",
    summary: "Merges schemas that `getschema` gave into one.",
    signatures: &[&[slot(
        Takes::Constant,
        constant(optional(
            "PreserveOrder",
            Accepts::Is(Type::Bool),
            "Whether a column must have the same place in all schemas; true when left out.",
        )),
    )]],
    work: Work::Rows(Rows { columns, ordered: true, evaluate }),
    examples: &[example(
        "union (print a = 1 | getschema), (print a = 1.5, b = 'x' | getschema) | evaluate schema_merge() | project ColumnName, ColumnOrdinal, ColumnType",
        "a, 0, real; b, 1, string",
    )],
};

const OUT_OF_ORDER: &str = "ERROR(columns are out of order)";
const NO_COMMON_TYPE: &str = "ERROR(columns have no common type)";

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    for name in ["ColumnName", "ColumnOrdinal", "ColumnType"] {
        if !call.input().iter().any(|column| column.name == name) {
            return Err(format!("`schema_merge` reads what `getschema` gives; there is no column `{name}`"));
        }
    }
    Ok(vec![
        Column::new("ColumnName", Type::String),
        Column::new("ColumnOrdinal", Type::Int),
        Column::new("DataType", Type::String),
        Column::new("ColumnType", Type::String),
    ])
}

/// A column of the merged schema.
struct Merged {
    name: String,
    /// Its place in the schema it appeared in first, or the last place without `PreserveOrder`.
    ordinal: i64,
    ty: Result<Type, String>,
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let strict = call.bool("PreserveOrder").unwrap_or(true);
    let column = |name: &str| {
        let place = call.input().iter().position(|column| column.name == name);
        place
            .and_then(|place| rows.columns.get(place))
            .ok_or_else(|| EvaluateError(format!("no column {name}")))
    };
    let (names, ordinals, types) = (column("ColumnName")?, column("ColumnOrdinal")?, column("ColumnType")?);
    let mut merged: Vec<Merged> = Vec::new();
    for row in 0..rows.rows {
        let name = names.text(row).into_owned();
        let ordinal = ordinals.long(row).unwrap_or_default();
        let text = types.text(row);
        let ty = Type::from_name(&text).ok_or_else(|| format!("ERROR(unknown type {text})"));
        match merged.iter_mut().find(|known| known.name == name) {
            None => merged.push(Merged { name, ordinal, ty }),
            Some(known) if strict && known.ordinal != ordinal => known.ty = Err(OUT_OF_ORDER.to_owned()),
            Some(known) => {
                known.ordinal = known.ordinal.max(ordinal);
                known.ty = match (&known.ty, ty) {
                    (Ok(a), Ok(b)) if widens(*a, b) => Ok(b),
                    (Ok(a), Ok(b)) if widens(b, *a) => Ok(*a),
                    (Ok(_), Ok(_)) => Err(NO_COMMON_TYPE.to_owned()),
                    (Err(error), _) => Err(error.clone()),
                    (Ok(_), Err(error)) => Err(error),
                };
            }
        }
    }
    merged.sort_by_key(|column| (column.ty.is_err(), column.ordinal));
    let cells = |cell: &dyn Fn(usize, &Merged) -> String| {
        let values = merged.iter().enumerate().map(|(place, column)| Value::String(cell(place, column)));
        Value::to_array(Type::String, values)
    };
    let ordinals = merged.iter().enumerate().map(|(place, column)| match column.ty {
        Ok(_) => Value::Int(place as i32),
        Err(_) => Value::Int(-1),
    });
    Ok(vec![
        cells(&|_, column| column.name.clone()),
        Value::to_array(Type::Int, ordinals),
        cells(&|_, column| match &column.ty {
            Ok(ty) => ty.dotnet_name().to_owned(),
            Err(error) => format!("ERROR(unknown CSL type:{error})"),
        }),
        cells(&|_, column| match &column.ty {
            Ok(ty) => ty.name().to_owned(),
            Err(error) => error.clone(),
        }),
    ])
}
