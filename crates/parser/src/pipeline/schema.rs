//! Schemas: `(a:long, b:string)`, and the columns of `find`, `parse`, `scan`.

use crate::Diagnostic;
use crate::ast::{ColumnDeclaration, RestColumns, TableSchema, TypeName};
use crate::grammar::*;
use crate::token::Kind;

/// Types that a schema may name.
const SCHEMA_TYPES: &[&str] = &[
    "bool", "boolean", "date", "datetime", "decimal", "double", "dynamic", "guid", "int", "int64", "int8",
    "long", "real", "string", "time", "timespan", "uniqueid",
];

/// `(a:long, b:string)`, with `*` first or last where `open` lets it be.
pub(crate) fn schema<'a>(open: bool) -> impl Fn(In<'a>) -> R<'a, TableSchema> {
    move |i| {
        let (rest, found) = parens(|i| columns(i, open))(i)?;
        let (columns, star) = found.unwrap_or((Vec::new(), RestColumns::None));
        Ok((rest, TableSchema { columns, rest: star, span: i.span_to(rest) }))
    }
}

/// A [`schema`], reported when it is missing.
pub(crate) fn need_schema<'a>(open: bool) -> impl Fn(In<'a>) -> R<'a, TableSchema> {
    move |i| {
        let (rest, found) = expect("`(` and columns with their types", schema(open))(i)?;
        let missing = || TableSchema { columns: Vec::new(), rest: RestColumns::None, span: i.gap() };
        Ok((rest, found.unwrap_or_else(missing)))
    }
}

enum Part {
    Star,
    Column(ColumnDeclaration),
}

fn columns(i: In<'_>, open: bool) -> R<'_, (Vec<ColumnDeclaration>, RestColumns)> {
    let part = |i| match i {
        star if open && In::at(&star, Kind::Star) => Ok((star.skip(1), Part::Star)),
        other => column(other).map(|(rest, found)| (rest, Part::Column(found))),
    };
    let (rest, parts) = loose_list("a column with its type", true, part)(i)?;
    let mut star = RestColumns::None;
    let mut found = Vec::new();
    let last = parts.len().saturating_sub(1);
    for (index, part) in parts.into_iter().enumerate() {
        match part {
            Part::Column(column) => found.push(column),
            Part::Star if index == last => star = RestColumns::Last,
            Part::Star if index == 0 => star = RestColumns::First,
            Part::Star => i.complain(
                Diagnostic::error(i.peek().span(), "`*` stands between columns")
                    .with_code("KS192")
                    .with_help("put it first or last"),
            ),
        }
    }
    Ok((rest, (found, star)))
}

/// `name:type`
pub(crate) fn column(i: In<'_>) -> R<'_, ColumnDeclaration> {
    let (rest, name) = declared_name(i)?;
    let (rest, ()) = need(Kind::Colon, "`:` and a type")(rest)?;
    let (rest, type_name) = need_type(rest)?;
    Ok((rest, ColumnDeclaration { name, type_name, default: None, span: i.span_to(rest) }))
}

/// `name:type` or `name`
pub(crate) fn optional_type_column(i: In<'_>) -> R<'_, ColumnDeclaration> {
    let (rest, _) = declared_name(i)?;
    if rest.at(Kind::Colon) {
        return column(i);
    }
    let (rest, name) = declared_name(i)?;
    Ok((rest, ColumnDeclaration { name, type_name: None, default: None, span: i.span_to(rest) }))
}

/// A type, reported when it is missing or none that a schema may name.
pub(crate) fn need_type(i: In<'_>) -> R<'_, Option<TypeName>> {
    if !matches!(i.kind(), Kind::Name | Kind::Word(_)) {
        i.expected("KS006", "a type");
        return Ok((i, None));
    }
    let (text, span) = (i.nth_text(0), i.peek().span());
    if !SCHEMA_TYPES.contains(&text) {
        complain_of_type(i, text);
    }
    Ok((i.skip(1), Some(TypeName { text: text.to_string(), span })))
}

fn complain_of_type(i: In<'_>, text: &str) {
    let lower = text.to_ascii_lowercase();
    let meant = match lower.as_str() {
        "str" | "varchar" | "nvarchar" | "text" | "char" => Some("string"),
        "float" | "float64" | "number" | "numeric" => Some("real"),
        "integer" | "bigint" | "int32" | "uint" | "uint32" | "uint64" | "ulong" => Some("long"),
        "timestamp" => Some("datetime"),
        "uuid" => Some("guid"),
        "json" | "object" | "array" | "bag" => Some("dynamic"),
        "interval" | "duration" => Some("timespan"),
        _ => super::nearest(&lower, SCHEMA_TYPES),
    };
    let help = match meant {
        Some(meant) => format!("use `{meant}`"),
        None => {
            "types are bool, datetime, decimal, dynamic, guid, int, long, real, string, timespan".to_string()
        }
    };
    i.complain(
        Diagnostic::error(i.peek().span(), format!("`{text}` is no type")).with_code("KS160").with_help(help),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::ScalarType;

    #[test]
    fn every_scalar_type_may_stand_in_a_schema() {
        for kind in [
            ScalarType::Bool,
            ScalarType::DateTime,
            ScalarType::Decimal,
            ScalarType::Dynamic,
            ScalarType::Guid,
            ScalarType::Int,
            ScalarType::Long,
            ScalarType::Real,
            ScalarType::String,
            ScalarType::TimeSpan,
        ] {
            assert!(SCHEMA_TYPES.contains(&kind.name()));
        }
    }
}
