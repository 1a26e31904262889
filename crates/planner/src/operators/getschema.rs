//! `getschema`: the columns as rows. `T | getschema`

use crate::binder::{Binder, visible};
use crate::plan::{Expr, Node, Plan};
use calypso_library::{Type, Value};

impl Binder<'_> {
    /// ColumnName, ColumnOrdinal (int, from 0), DataType (.NET name), ColumnType.
    pub fn getschema(&mut self, plan: &Plan) -> Option<Plan> {
        let rows = visible(&plan.columns)
            .enumerate()
            .map(|(ordinal, column)| {
                vec![
                    Value::String(column.name.clone()),
                    Value::Int(i32::try_from(ordinal).unwrap_or(i32::MAX)),
                    Value::String(column.ty.dotnet_name().to_owned()),
                    Value::String(column.ty.name().to_owned()),
                ]
                .into_iter()
                .map(Expr::Literal)
                .collect()
            })
            .collect();
        let columns = vec![
            self.column("ColumnName", Type::String),
            self.column("ColumnOrdinal", Type::Int),
            self.column("DataType", Type::String),
            self.column("ColumnType", Type::String),
        ];
        Some(Plan { node: Node::Values { rows }, columns })
    }
}
