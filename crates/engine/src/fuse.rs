//! Several parts of one JSON text in one pass. In: a logical plan. Out: the same, where calls such as
//! `parse_json(SourceIdentity).Id` and `tostring(Source.Name)` that one operator makes of one text are one call.

use crate::optimization::{Optimization, Optimizations};
use crate::udf::{self, PARTS, Types};
use calypso_library::Type;
use calypso_library::function::Function;
use calypso_library::functions::conversion::{parse_json, tostring};
use calypso_library::functions::operators::path;
use calypso_library::json_parts::Part;
use calypso_library::json_scan::Step;
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::error::Result;
use datafusion::logical_expr::{Expr, LogicalPlan};
use datafusion::optimizer::{ApplyOrder, OptimizerConfig, OptimizerRule};
use datafusion::scalar::ScalarValue;

/// Joins the calls of filters, those of a scan among them, and projections.
#[derive(Debug)]
pub(crate) struct FuseParts;

impl OptimizerRule for FuseParts {
    fn name(&self) -> &str {
        "json_parts"
    }

    fn apply_order(&self) -> Option<ApplyOrder> {
        Some(ApplyOrder::BottomUp)
    }

    fn supports_rewrite(&self) -> bool {
        true
    }

    fn rewrite(&self, plan: LogicalPlan, config: &dyn OptimizerConfig) -> Result<Transformed<LogicalPlan>> {
        if !Optimizations::of(config.options().as_ref()).has(Optimization::JsonParts) {
            return Ok(Transformed::no(plan));
        }
        let named = match &plan {
            LogicalPlan::Projection(_) => true,
            LogicalPlan::Filter(_) | LogicalPlan::TableScan(_) => false,
            _ => return Ok(Transformed::no(plan)),
        };
        let mut groups = Vec::new();
        for expr in plan.expressions() {
            collect(&expr, &mut groups)?;
        }
        groups.retain(|group| group.parts.len() > 1 || group.ty == Type::String);
        if !groups.iter().any(|group| group.changes) {
            return Ok(Transformed::no(plan));
        }
        plan.map_expressions(|expr| {
            let name = expr.schema_name().to_string();
            let fused = expr.transform_down(|part| fused(part, &groups))?;
            // The columns of a projection keep their names.
            let renamed = named && fused.data.schema_name().to_string() != name;
            Ok(if renamed { fused.update_data(|expr| expr.alias(name)) } else { fused })
        })
    }
}

/// Parts of one text.
struct Group {
    source: Expr,
    ty: Type,
    parts: Vec<Part>,
    /// Whether one of them is not yet found by a call for parts alone, or there are several such calls.
    changes: bool,
}

/// A part that an expression is.
struct Found<'e> {
    source: &'e Expr,
    ty: Type,
    part: Part,
    /// Whether the expression is a call for that part already.
    fused: bool,
}

/// Adds the parts that are read within an expression to those of their texts.
fn collect(expr: &Expr, groups: &mut Vec<Group>) -> Result<()> {
    expr.apply(|inner| {
        let Some(found) = found(inner) else { return Ok(TreeNodeRecursion::Continue) };
        match groups.iter_mut().find(|group| group.ty == found.ty && group.source == *found.source) {
            Some(group) if group.parts.contains(&found.part) => group.changes |= !found.fused,
            Some(group) => {
                group.parts.push(found.part);
                group.changes = true;
            }
            None => groups.push(Group {
                source: found.source.clone(),
                ty: found.ty,
                parts: vec![found.part],
                changes: !found.fused,
            }),
        }
        collect(found.source, groups)?;
        Ok(TreeNodeRecursion::Jump)
    })?;
    Ok(())
}

/// An expression that is a part of a text as a call for all parts of that text.
fn fused(expr: Expr, groups: &[Group]) -> Result<Transformed<Expr>> {
    let Some(found) = found(&expr) else { return Ok(Transformed::no(expr)) };
    let group = groups.iter().find(|group| group.ty == found.ty && group.source == *found.source);
    let Some((group, at)) =
        group.and_then(|group| Some((group, group.parts.iter().position(|part| *part == found.part)?)))
    else {
        return Ok(Transformed::no(expr));
    };
    let source = found.source.clone().transform_down(|part| fused(part, groups))?.data;
    let call = udf::parts(&source, group.ty, &group.parts).swap_remove(at);
    Ok(Transformed::new(call, true, TreeNodeRecursion::Jump))
}

/// The part of a text that an expression is.
fn found(expr: &Expr) -> Option<Found<'_>> {
    if let Expr::ScalarFunction(call) = expr
        && call.func.name() == PARTS
    {
        let (ty, mut parts, source) = udf::parts_of(&call.args)?;
        let part = parts.pop().filter(|_| parts.is_empty())?;
        return Some(Found { source, ty, part, fused: true });
    }
    let (inner, as_text) = match call_of(expr, &tostring::FUNCTION) {
        Some((types, [inner])) if types.arguments == [Type::Dynamic] => (inner, true),
        _ => (expr, false),
    };
    let (types, [base, steps @ ..]) = call_of(inner, &path::FUNCTION)? else { return None };
    let types = types.arguments.get(1..)?.iter();
    let steps = types.zip(steps).map(|(ty, step)| known_step(*ty, step)).collect::<Option<Vec<_>>>()?;
    let part = Part { steps, as_text };
    let (source, ty) = match call_of(base, &parse_json::FUNCTION) {
        Some((types, [text])) if types.arguments == [Type::String] => (text, Type::String),
        _ => (base, Type::Dynamic),
    };
    (!source.is_volatile() && !part.steps.is_empty()).then_some(Found { source, ty, part, fused: false })
}

/// The types and the arguments of a call of a function.
fn call_of<'e>(expr: &'e Expr, function: &Function) -> Option<(Types, &'e [Expr])> {
    let Expr::ScalarFunction(call) = expr else { return None };
    let (Expr::Literal(ScalarValue::Utf8(Some(types)), _), arguments) = call.args.split_first()? else {
        return None;
    };
    (call.func.name() == udf::name_of(function)).then_some(())?;
    Some((Types::parse(types).ok()?, arguments))
}

/// A step that is the same for every row and counts from the start.
fn known_step(ty: Type, step: &Expr) -> Option<Step> {
    match (ty, step) {
        (Type::String, Expr::Literal(ScalarValue::Utf8View(Some(key)), _)) => Some(Step::Key(key.clone())),
        (Type::Long, Expr::Literal(ScalarValue::Int64(Some(place)), _)) => {
            usize::try_from(*place).ok().map(Step::Place)
        }
        _ => None,
    }
}
