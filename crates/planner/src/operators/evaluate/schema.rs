//! The columns that a query promises for a plugin: `: (a:long, *)`.

use crate::binder::Binder;
use crate::expression::type_of;
use calypso_library::Type;
use calypso_parser::ast::TableSchema;

impl Binder<'_> {
    /// Names and types as written, without `*`.
    pub(super) fn promised(&mut self, schema: &TableSchema) -> Option<Vec<(String, Type)>> {
        let mut columns: Vec<(String, Type)> = Vec::new();
        for declared in &schema.columns {
            let ty = declared.type_name.as_ref().and_then(|name| name.scalar()).map(type_of);
            let Some(ty) = ty else {
                let text = declared.type_name.as_ref().map_or("", |name| name.text.as_str());
                return self.error("KS141", declared.span, format!("`{text}` is no scalar type"));
            };
            let name = &declared.name.text;
            if columns.iter().any(|(known, _)| known == name) {
                return self.error("KS198", declared.span, format!("the column `{name}` is declared twice"));
            }
            columns.push((name.clone(), ty));
        }
        Some(columns)
    }
}
