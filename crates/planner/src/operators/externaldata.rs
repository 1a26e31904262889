//! `externaldata`: rows of files with declared columns. `externaldata (a:long, b:string) ["events.csv"] with (format="csv")`

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::expression::type_of;
use crate::plan::{External, Node, Plan};
use calypso_library::Value;
use calypso_parser::ast::{self, Externaldata, InlineExternalTable, OperatorParameter, Span, TableSchema};

impl Binder<'_> {
    /// The files are read when the query runs; here only what is asked for is checked.
    pub fn externaldata(&mut self, operator: &Externaldata, environment: &Environment) -> Option<Plan> {
        let mut source = External::default();
        self.properties_of(&operator.properties, &mut source)?;
        self.external(&operator.schema, &operator.addresses, source, environment, operator.span)
    }

    /// `inline_external_table (a:long) kind=storage dataformat=csv ("folder")`: the same, a folder standing for the files
    /// in it.
    pub fn inline_external_table(
        &mut self,
        operator: &InlineExternalTable,
        environment: &Environment,
    ) -> Option<Plan> {
        let kind = operator.kind.as_ref().map_or("storage", |kind| kind.text.as_str());
        if !matches!(kind, "storage" | "blob" | "adl") {
            let span = operator.kind.as_ref().map_or(operator.span, |kind| kind.span);
            return self.unsupported(span, &format!("an external table of the kind `{kind}`"));
        }
        if let Some(first) = operator.partitions.first() {
            return self.unsupported(first.column.span, "`partition by` of an external table");
        }
        if let Some(first) = operator.path_format.first() {
            return self.unsupported(first.span, "`pathformat` of an external table");
        }
        let Some(schema) = &operator.schema else {
            return self.unsupported(operator.span, "an external table without columns");
        };
        let format = operator.format.as_ref().map(|format| format.text.to_ascii_lowercase());
        let mut source = External { format, ..External::default() };
        self.properties_of(&operator.properties, &mut source)?;
        self.external(schema, &operator.addresses, source, environment, operator.span)
    }

    fn properties_of(&mut self, properties: &[OperatorParameter], source: &mut External) -> Option<()> {
        for property in properties {
            let name = property.name.text.as_str();
            let scope_free = Environment::default();
            let value = match property.value.as_name() {
                Some(word) => word.text.clone(),
                None => self.constant(&property.value, Scope::constant(&scope_free))?.text(),
            };
            let is_true = value.eq_ignore_ascii_case("true");
            match name.to_ascii_lowercase().as_str() {
                "format" => source.format = Some(value.to_ascii_lowercase()),
                "ignorefirstrecord" => source.skip_first = is_true,
                "includeheaders" => source.skip_first = value.eq_ignore_ascii_case("all"),
                "ingestionmapping" => source.mapping = Some(value),
                "ingestionmappingtype" | "docstring" | "folder" | "zippattern" | "validationpolicy" => {}
                _ => return self.unsupported(property.name.span, &format!("the property `{name}`")),
            }
        }
        Some(())
    }

    fn external(
        &mut self,
        schema: &TableSchema,
        addresses: &[ast::Expr],
        source: External,
        environment: &Environment,
        span: Span,
    ) -> Option<Plan> {
        let mut columns = Vec::new();
        for declared in &schema.columns {
            let Some(ty) = declared.type_name.as_ref().and_then(|name| name.scalar()).map(type_of) else {
                let text = declared.type_name.as_ref().map_or("", |name| name.text.as_str());
                return self.error("KS141", declared.span, format!("`{text}` is no scalar type"));
            };
            columns.push(self.column(declared.name.text.clone(), ty));
        }
        if columns.is_empty() {
            return self.error("KS006", span, "external data need a column");
        }
        let mut source = source;
        for address in addresses {
            let Value::String(text) = self.constant(address, Scope::constant(environment))? else {
                return self.error("KS131", address.span, "expected the path of a file as a text");
            };
            self.local(&text, address.span)?;
            // What stands behind a `;` are credentials.
            source.addresses.push(text.split(';').next().unwrap_or_default().to_owned());
        }
        if source.addresses.is_empty() {
            return self.error("KS006", span, "external data need the path of a file");
        }
        Some(Plan { node: Node::External(source), columns })
    }
}
