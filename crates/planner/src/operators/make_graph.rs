//! `make-graph`: builds a graph of edges and nodes. `E | make-graph from --> to with N on id`
//!
//! Nodes are the rows of the tables, the first row of each id, then the ids that only edges have.

use super::summarize::OUTER_ROW;
use crate::binder::{Binder, hidden_name, visible};
use crate::environment::Environment;
use crate::graph::{Graph, ID, PART, Piped, SOURCE, TARGET};
use crate::plan::{Expr, JoinKind, Node, Plan, PlanColumn};
use crate::renumber::renumber;
use calypso_library::overload::common_type;
use calypso_library::{Type, Value};
use calypso_parser::ast::{self, GraphPartition, MakeGraph, Operator, Span};

/// A table of nodes with the column of its ids and the number of its part.
struct NodeTable {
    plan: Plan,
    id: PlanColumn,
    part: Option<PlanColumn>,
}

impl Binder<'_> {
    /// A graph; with `partitioned-by` the rows of the operators in parentheses.
    pub fn make_graph(
        &mut self,
        plan: Plan,
        operator: &MakeGraph,
        environment: &Environment,
    ) -> Option<Piped> {
        if self.outer_rows.is_some() {
            return self.unsupported(operator.span, "`make-graph` within the rows of an outer row");
        }
        let source = self.end_column(&plan, &operator.source)?;
        let target = self.end_column(&plan, &operator.target)?;
        let mut tables = Vec::new();
        for nodes in &operator.nodes {
            let plan = self.table(&nodes.table, environment)?;
            let id = self.end_column(&plan, &nodes.key)?;
            tables.push(NodeTable { plan, id, part: None });
        }
        let mut edges = plan;
        let numbers = match &operator.partition {
            None => None,
            Some(partition) => Some(self.graph_parts(&mut edges, &mut tables, &partition.column)?),
        };
        let parts = numbers.is_some();
        let ty = self.id_type(&source, &target, &tables, operator.span)?;
        let edges = self.graph_edges(edges, &source, &target, ty, parts, operator.span)?;
        let nodes = self.graph_nodes(&edges, tables, ty, operator)?;
        let graph = Graph { nodes, edges, directed: operator.directed, parts };
        match (&operator.partition, numbers) {
            (Some(partition), Some(numbers)) => {
                self.in_parts(graph, partition, numbers, environment).map(Piped::Rows)
            }
            (_, _) => Some(Piped::Graph(Box::new(graph))),
        }
    }

    /// A column of ids.
    fn end_column(&mut self, plan: &Plan, e: &ast::Expr) -> Option<PlanColumn> {
        let column = self.column_named(plan, e)?;
        if column.ty == Type::Dynamic {
            return self.error_with_help(
                "KS240",
                e.span,
                format!("the column `{}` is dynamic and cannot hold ids of nodes", column.name),
                "convert it before, with `tostring(…)` or `tolong(…)`",
            );
        }
        Some(column)
    }

    fn column_named(&mut self, plan: &Plan, e: &ast::Expr) -> Option<PlanColumn> {
        let Some(name) = e.as_name() else { return self.error("KS109", e.span, "expected a column") };
        let columns: Vec<PlanColumn> = visible(&plan.columns).cloned().collect();
        match columns.iter().find(|column| column.name == name.text) {
            Some(column) => Some(column.clone()),
            None => {
                let environment = Environment::default();
                let scope = crate::binder::Scope::rows(&environment, &columns);
                self.expression(e, scope).and(None)
            }
        }
    }

    /// The type in which all ids are compared.
    fn id_type(
        &mut self,
        source: &PlanColumn,
        target: &PlanColumn,
        tables: &[NodeTable],
        span: Span,
    ) -> Option<Type> {
        let mut ty = source.ty;
        for column in std::iter::once(target).chain(tables.iter().map(|table| &table.id)) {
            if column.ty == ty {
                continue;
            }
            match common_type(ty, column.ty).filter(|common| *common != Type::Dynamic) {
                Some(common) => ty = common,
                None => {
                    let message = format!(
                        "the ids of `{}` are {ty}, those of `{}` are {}",
                        source.name, column.name, column.ty
                    );
                    return self.error_with_help("KS107", span, message, "convert one of them before");
                }
            }
        }
        Some(ty)
    }

    /// The edges with hidden ids of their ends, computed once.
    fn graph_edges(
        &mut self,
        plan: Plan,
        source: &PlanColumn,
        target: &PlanColumn,
        ty: Type,
        parts: bool,
        span: Span,
    ) -> Option<Plan> {
        let mut columns: Vec<(PlanColumn, Expr)> =
            visible(&plan.columns).map(|column| (column.clone(), column.expr())).collect();
        for (name, column) in [(SOURCE, source), (TARGET, target)] {
            let id = self.convert(column.expr(), ty, span)?;
            columns.push((self.column(hidden_name(name), ty), id));
        }
        if let Some(part) = plan.columns.last().filter(|_| parts) {
            columns.push((self.column(hidden_name(PART), part.ty), part.expr()));
        }
        let plan = self.project(plan, columns);
        Some(self.shared(plan))
    }

    /// The nodes with hidden ids, computed once.
    fn graph_nodes(
        &mut self,
        edges: &Plan,
        tables: Vec<NodeTable>,
        ty: Type,
        operator: &MakeGraph,
    ) -> Option<Plan> {
        let span = operator.span;
        let mut columns: Vec<PlanColumn> = Vec::new();
        if let Some(name) = &operator.node_id {
            columns.push(self.column(name.text.clone(), ty));
        }
        for table in &tables {
            for column in visible(&table.plan.columns) {
                match columns.iter_mut().find(|known| known.name == column.name) {
                    Some(known) if known.ty != column.ty => known.ty = Type::Dynamic,
                    Some(_) => {}
                    None => columns.push(self.column(column.name.clone(), column.ty)),
                }
            }
        }
        let id = self.column(hidden_name(ID), ty);
        let part = (operator.partition.is_some()).then(|| self.column(hidden_name(PART), Type::Long));
        // Where a node is only known from an edge, its id stands in the column that the table is joined by.
        let keys: Vec<String> = match &operator.node_id {
            Some(name) => vec![name.text.clone()],
            None => tables.iter().map(|table| table.id.name.clone()).collect(),
        };
        let mut inputs = Vec::new();
        for table in tables {
            let mut row = Vec::new();
            for column in &columns {
                let own = visible(&table.plan.columns).find(|own| own.name == column.name).cloned();
                row.push(match own {
                    Some(own) => self.as_property(own.expr(), column.ty, span)?,
                    None => Expr::Literal(Value::absent(column.ty)),
                });
            }
            row.push(self.convert(table.id.expr(), ty, span)?);
            row.extend(table.part.map(|part| part.expr()));
            inputs.push((table.plan, row));
        }
        for end in [SOURCE, TARGET] {
            let edges = renumber(self, edges);
            let find =
                |name: &str| edges.columns.iter().find(|column| column.name == hidden_name(name)).cloned();
            let (end, part) = (find(end)?, find(PART));
            let mut row = Vec::new();
            for column in &columns {
                row.push(match keys.contains(&column.name) {
                    true => self.as_property(end.expr(), column.ty, span)?,
                    false => Expr::Literal(Value::absent(column.ty)),
                });
            }
            row.push(end.expr());
            row.extend(part.map(|part| part.expr()));
            inputs.push((edges, row));
        }
        let mut key = vec![id.expr()];
        key.extend(part.iter().map(PlanColumn::expr));
        columns.push(id);
        columns.extend(part);
        let plan = self.first_of_each(Plan { node: Node::Union { inputs }, columns }, key, span)?;
        Some(self.shared(plan))
    }

    /// A value as a property of that type. What is no dynamic yet stays what it is: a text is not parsed.
    fn as_property(&mut self, value: Expr, ty: Type, span: Span) -> Option<Expr> {
        if ty != Type::Dynamic || value.ty() == Type::Dynamic {
            return self.convert(value, ty, span);
        }
        let array = self.named_function("pack_array", vec![(value, span)], span)?;
        self.operator("[]", vec![(array, span), (Expr::Literal(Value::Long(0)), span)], span)
    }

    /// The first row of each key.
    fn first_of_each(&mut self, plan: Plan, key: Vec<Expr>, span: Span) -> Option<Plan> {
        let before = plan.columns.clone();
        let number = self.column(hidden_name("number"), Type::Long);
        let mut columns = before.clone();
        columns.push(number.clone());
        let node = Node::Rank { input: Box::new(plan), partition: key, keys: Vec::new() };
        let ranked = Plan { node, columns: columns.clone() };
        let first = vec![(number.expr(), span), (Expr::Literal(Value::Long(1)), span)];
        let predicate = self.operator("==", first, span)?;
        let kept = Plan { node: Node::Filter { input: Box::new(ranked), predicate }, columns };
        let shown = before.into_iter().map(|column| (column.clone(), column.expr())).collect();
        Some(self.project(kept, shown))
    }

    /// Gives edges and tables a last column with the number of the part they belong to; gives the numbers.
    fn graph_parts(&mut self, edges: &mut Plan, tables: &mut [NodeTable], by: &ast::Expr) -> Option<Plan> {
        let column = self.column_named(edges, by)?;
        let key = self.column("part", column.ty);
        let mut inputs = vec![(renumber_column(self, edges, &column)?)];
        let mut table_columns = Vec::new();
        for table in tables.iter() {
            let own = self.column_named(&table.plan, by)?;
            if own.ty != column.ty {
                let message = format!(
                    "the column `{}` is a {} in the edges and a {} in the nodes",
                    own.name, column.ty, own.ty
                );
                return self.error("KS107", by.span, message);
            }
            inputs.push(renumber_column(self, &table.plan, &own)?);
            table_columns.push(own);
        }
        let all = Plan { node: Node::Union { inputs }, columns: vec![key.clone()] };
        let distinct = self.column("part", column.ty);
        let groups = Node::Aggregate { input: Box::new(all), keys: vec![key.expr()], aggregates: Vec::new() };
        let groups = Plan { node: groups, columns: vec![distinct.clone()] };
        let number = self.column(hidden_name(OUTER_ROW), Type::Long);
        let ranked = Node::Rank { input: Box::new(groups), partition: Vec::new(), keys: Vec::new() };
        let numbers = self.shared(Plan { node: ranked, columns: vec![distinct, number] });
        self.number_parts(edges, &column, &numbers);
        for (table, column) in tables.iter_mut().zip(&table_columns) {
            table.part = Some(self.number_parts(&mut table.plan, column, &numbers));
        }
        let numbers = renumber(self, &numbers);
        let number = numbers.columns[1].clone();
        Some(self.project(numbers, vec![(number.clone(), number.expr())]))
    }

    /// The rows with the number of their part behind.
    fn number_parts(&mut self, rows: &mut Plan, by: &PlanColumn, numbers: &Plan) -> PlanColumn {
        let numbers = renumber(self, numbers);
        let (value, number) = (numbers.columns[0].clone(), numbers.columns[1].clone());
        let mut columns = numbers.columns.clone();
        columns.extend(rows.columns.iter().cloned());
        let mut shown: Vec<(PlanColumn, Expr)> =
            rows.columns.iter().map(|column| (column.clone(), column.expr())).collect();
        shown.push((number.clone(), number.expr()));
        let nothing = Plan { node: Node::Values { rows: Vec::new() }, columns: Vec::new() };
        let right = Box::new(std::mem::replace(rows, nothing));
        let keys = vec![(value.expr(), by.expr())];
        let node = Node::Join { left: Box::new(numbers), right, kind: JoinKind::Inner, keys };
        *rows = self.project(Plan { node, columns }, shown);
        number
    }

    /// The operators in parentheses over the parts, each on its own.
    fn in_parts(
        &mut self,
        graph: Graph,
        partition: &GraphPartition,
        numbers: Plan,
        environment: &Environment,
    ) -> Option<Plan> {
        let subquery = &partition.subquery;
        match subquery.operators.first() {
            Some(Operator::GraphMatch(_) | Operator::GraphShortestPaths(_) | Operator::GraphToTable(_)) => {}
            Some(other) => {
                return self.error_with_help(
                    "KS177",
                    other.span(),
                    format!("the operator `{}` cannot begin after `partitioned-by`", other.keyword()),
                    "`graph-match`, `graph-shortest-paths` and `graph-to-table` can",
                );
            }
            None => return self.error("KS006", subquery.span, "the parentheses hold no operator"),
        }
        let outer = self.outer_rows.replace(numbers);
        let piped = self.steps(Piped::Graph(Box::new(graph)), &subquery.operators, &mut environment.clone());
        self.outer_rows = outer;
        let plan = self.rows(piped?, subquery.span)?;
        let kept: Vec<_> =
            visible(&plan.columns).map(|column| (column.name.clone(), column.clone())).collect();
        Some(self.select(plan, &kept))
    }
}

/// A copy of rows with one column to read.
fn renumber_column(binder: &mut Binder, plan: &Plan, column: &PlanColumn) -> Option<(Plan, Vec<Expr>)> {
    let at = plan.columns.iter().position(|own| own.id == column.id)?;
    let copy = renumber(binder, plan);
    let read = copy.columns[at].expr();
    Some((copy, vec![read]))
}
