//! `scan`: steps that rows match one after another. `T | scan declare (c:long=0) with (step s: true => c = x + s.c;)`

use super::parameters::{parameter, parameter_text};
use super::summarize::OUTER_ROW;
use crate::binder::{Binder, Scope, StepState, hidden, hidden_name, visible};
use crate::environment::{Binding, Environment};
use crate::expression::type_of;
use crate::plan::{
    Expr, Node, Plan, PlanColumn, Remembered, ScanOutput, ScanSet, ScanSource, ScanStep, SortKey,
};
use calypso_library::{Type, Value};
use calypso_parser::ast::{self, ColumnDeclaration, Scan};

impl Binder<'_> {
    /// The input's columns, the declared ones, then the number of the match when asked for.
    pub fn scan(&mut self, plan: Plan, operator: &Scan, environment: &Environment) -> Option<Plan> {
        if let Some(kind) = parameter(&operator.parameters, &["kind"]) {
            return self.unsupported(kind.span, "`kind` of `scan`");
        }
        if let Some(name) = parameter(&operator.parameters, &["with_step_name"]) {
            return self.unsupported(name.span, "`with_step_name`");
        }
        let plan = self.scan_order(plan, operator, environment)?;
        let input = plan.columns.clone();
        let declared = self.declared_columns(&operator.declare, &input)?;
        let mut sets: Vec<(PlanColumn, ScanSet)> = Vec::new();
        let mut names = environment.clone();
        for (declaration, default) in operator.declare.iter().zip(declared) {
            let name = declaration.name.text.clone();
            // Outside an assignment's left side the bare name is the value of a row that no step has set.
            names = names.with(name.clone(), Binding::Scalar(Expr::Literal(default.clone())));
            let column = self.column(name, default.ty());
            sets.push((column, ScanSet { unset: Expr::Literal(default.clone()), initial: default }));
        }
        for column in self.assigned_columns(operator, &input) {
            let unset = column.expr();
            let initial = Value::absent(column.ty);
            sets.push((self.column(column.name, column.ty), ScanSet { unset, initial }));
        }
        let (states, memory) = self.step_states(operator, &input, &sets)?;
        let scope = Scope { steps: &states, ..Scope::rows(&names, &input) };
        let mut steps = Vec::new();
        for step in &operator.steps {
            steps.push(self.scan_step(step, &sets, scope)?);
        }
        if !self.windows.is_empty() {
            self.windows.clear();
            return self.unsupported(operator.span, "a window function in a step of `scan`");
        }
        let by = Scope::rows(environment, &input);
        let mut partition: Vec<Expr> = hidden(&input)
            .filter(|column| column.name == hidden_name(OUTER_ROW))
            .map(PlanColumn::expr)
            .collect();
        for key in &operator.partition_by {
            partition.push(self.key(key, by)?);
        }
        let match_id = parameter(&operator.parameters, &["with_match_id"])
            .map(|given| self.column(parameter_text(given), Type::Long));
        if let Some(number) = &match_id
            && visible(&input).chain(sets.iter().map(|(column, _)| column)).any(|c| c.name == number.name)
            && !operator.declare.iter().all(|declared| declared.name.text != number.name)
        {
            return self.error(
                "KS171",
                operator.span,
                format!("the column `{}` is named twice", number.name),
            );
        }
        let mut columns = input.clone();
        columns.extend(sets.iter().map(|(column, _)| column.clone()));
        columns.extend(match_id.clone());
        let (set_columns, sets): (Vec<_>, Vec<_>) = sets.into_iter().unzip();
        let node = Node::Scan {
            input: Box::new(plan),
            partition,
            sets,
            memory,
            steps,
            match_id: match_id.is_some(),
        };
        let scanned = Plan { node, columns };
        // A column of the input that a step sets stands in its old place.
        let mut shown: Vec<(PlanColumn, Expr)> = Vec::new();
        let (new, replaced) = set_columns.split_at(operator.declare.len());
        for column in &input {
            let set = replaced.iter().find(|set| set.name == column.name);
            shown.push(match set {
                Some(set) => (set.clone(), set.expr()),
                None => (column.clone(), column.expr()),
            });
        }
        for column in new.iter().chain(&match_id) {
            shown.push((column.clone(), column.expr()));
        }
        Some(self.project(scanned, shown))
    }

    /// `order by`, when the operator says it itself.
    fn scan_order(&mut self, plan: Plan, operator: &Scan, environment: &Environment) -> Option<Plan> {
        if operator.order_by.is_empty() {
            return Some(plan);
        }
        let keys: Vec<SortKey> = self.sort_keys(&operator.order_by, &plan, environment)?;
        let columns = plan.columns.clone();
        Some(Plan { node: Node::Sort { input: Box::new(plan), keys }, columns })
    }

    /// The values of the declared columns before any step sets them.
    fn declared_columns(
        &mut self,
        declared: &[ColumnDeclaration],
        input: &[PlanColumn],
    ) -> Option<Vec<Value>> {
        let mut values = Vec::new();
        for (index, declaration) in declared.iter().enumerate() {
            let name = &declaration.name;
            let before = declared[..index].iter().any(|earlier| earlier.name.text == name.text);
            if before || visible(input).any(|column| column.name == name.text) {
                let message = format!("the column `{}` is named twice", name.text);
                return self.error("KS171", name.span, message);
            }
            let ty = match declaration.type_name.as_ref().map(|name| (name, name.scalar())) {
                Some((_, Some(ty))) => type_of(ty),
                Some((wrong, None)) => return self.unknown_type(&wrong.text, wrong.span),
                None => Type::String,
            };
            let Some(default) = &declaration.default else {
                values.push(Value::absent(ty));
                continue;
            };
            let given = self.constant(default, Scope::constant(&Environment::default()))?;
            match self.convert(Expr::Literal(given), ty, default.span)? {
                Expr::Literal(value) => values.push(value),
                Expr::Column(..) | Expr::Call { .. } | Expr::Scalar(..) | Expr::FirstColumn(_) => {
                    return self.error(
                        "KS129",
                        default.span,
                        "the default must be known before any row is read",
                    );
                }
            }
        }
        Some(values)
    }

    /// The columns of the input that a step assigns to.
    fn assigned_columns(&self, operator: &Scan, input: &[PlanColumn]) -> Vec<PlanColumn> {
        let assigned = |column: &&PlanColumn| {
            operator.steps.iter().flat_map(|step| &step.assignments).any(|one| one.column.text == column.name)
        };
        visible(input).filter(assigned).cloned().collect()
    }

    /// What each step remembers of the last row that matched it: every column, under numbers of its own.
    fn step_states(
        &mut self,
        operator: &Scan,
        input: &[PlanColumn],
        sets: &[(PlanColumn, ScanSet)],
    ) -> Option<(Vec<StepState>, Vec<Remembered>)> {
        let mut states: Vec<StepState> = Vec::new();
        let mut memory = Vec::new();
        for (step, declared) in operator.steps.iter().enumerate() {
            if declared.optional {
                return self.unsupported(declared.span, "an optional step");
            }
            let name = declared.name.text.clone();
            if states.iter().any(|state| state.name == name) {
                let message = format!("the step `{name}` is named twice");
                return self.error("KS171", declared.name.span, message);
            }
            let mut columns = Vec::new();
            let mut remember = |binder: &mut Self, column: &PlanColumn, source, absent| {
                let state = binder.column(column.name.clone(), column.ty);
                let named = PlanColumn { name: format!("{name}.{}", column.name), ..state.clone() };
                memory.push(Remembered { column: named, step, source, absent });
                columns.push(state);
            };
            for (index, (column, set)) in sets.iter().enumerate() {
                remember(self, column, ScanSource::Set(index), set.initial.clone());
            }
            for column in visible(input) {
                if !sets.iter().any(|(set, _)| set.name == column.name) {
                    remember(self, column, ScanSource::Row(column.expr()), Value::absent(column.ty));
                }
            }
            states.push(StepState { name, columns });
        }
        Some((states, memory))
    }

    fn scan_step(
        &mut self,
        step: &ast::ScanStep,
        sets: &[(PlanColumn, ScanSet)],
        scope: Scope,
    ) -> Option<ScanStep> {
        let output = match step.output.as_ref().map(|name| (name.text.as_str(), name.span)) {
            None | Some(("all", _)) => ScanOutput::All,
            Some(("last", _)) => ScanOutput::Last,
            Some(("none", _)) => ScanOutput::None,
            Some((other, span)) => {
                let message = format!("`output` does not take `{other}`");
                return self.error_with_help("KS140", span, message, "it takes all, last, none");
            }
        };
        let condition = self.predicate(&step.condition, scope)?;
        let mut assignments: Vec<(usize, Expr)> = Vec::new();
        for assignment in &step.assignments {
            let name = &assignment.column;
            let Some(at) = sets.iter().position(|(column, _)| column.name == name.text) else {
                let message = format!("`{}` is neither declared nor a column", name.text);
                return self.error_with_help("KS142", name.span, message, "name it in `declare (…)`");
            };
            if assignments.iter().any(|(known, _)| *known == at) {
                let message = format!("`{}` is set twice in one step", name.text);
                return self.error("KS171", name.span, message);
            }
            let value = self.expression(&assignment.value, scope)?;
            let ty = sets[at].0.ty;
            let numbers = |ty: Type| matches!(ty, Type::Int | Type::Long | Type::Real | Type::Decimal);
            if value.ty() != ty
                && value.literal().is_none_or(|value| !value.is_null())
                && !(numbers(value.ty()) && numbers(ty))
                && value.ty() != Type::Dynamic
                && ty != Type::Dynamic
            {
                let message = format!("`{}` is a {ty}, found a {}", name.text, value.ty());
                return self.error("KS107", assignment.value.span, message);
            }
            assignments.push((at, self.convert(value, ty, assignment.value.span)?));
        }
        Some(ScanStep { condition, assignments, output })
    }
}
