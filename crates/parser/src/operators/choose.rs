//! Which operator a word names, and whether one begins at a place where a name could stand too.

use super::*;
use crate::ast::Source;
use crate::grammar::*;
use crate::keywords::{OPERATORS, Word};
use crate::token::Kind;

/// The operator that the word here names; a miss when it names none.
pub(crate) fn operator(i: In<'_>) -> R<'_, Operator> {
    if !begins(i) {
        return miss();
    }
    match parser(i.nth_text(0)) {
        Some(read) => read(i),
        None => miss(),
    }
}

/// A function that reads one operator, as its own stack frame: one big match would hold the space of all.
type ReadOperator = for<'a> fn(In<'a>) -> R<'a, Operator>;

fn parser(word: &str) -> Option<ReadOperator> {
    Some(match word {
        "as" => |i| wrap(r#as::parse(i), Operator::As),
        "assert-schema" => |i| wrap(assert_schema::parse(i), Operator::AssertSchema),
        "consume" => |i| wrap(consume::parse(i), Operator::Consume),
        "count" => |i| wrap(count::parse(i), Operator::Count),
        "distinct" => |i| wrap(distinct::parse(i), Operator::Distinct),
        "evaluate" => |i| wrap(evaluate::parse(i), Operator::Evaluate),
        "__executeAndCache" => |i| wrap(execute_and_cache::parse(i), Operator::ExecuteAndCache),
        "extend" => |i| wrap(extend::parse(i), Operator::Extend),
        "facet" => |i| wrap(facet::parse(i), Operator::Facet),
        "find" => |i| wrap(find::parse(i), Operator::Find),
        "fork" => |i| wrap(fork::parse(i), Operator::Fork),
        "getschema" => |i| wrap(getschema::parse(i), Operator::Getschema),
        "graph-mark-components" => |i| wrap(graph_mark_components::parse(i), Operator::GraphMarkComponents),
        "graph-match" => |i| wrap(graph_match::parse(i), Operator::GraphMatch),
        "graph-shortest-paths" => |i| wrap(graph_shortest_paths::parse(i), Operator::GraphShortestPaths),
        "graph-to-table" => |i| wrap(graph_to_table::parse(i), Operator::GraphToTable),
        "graph-where-edges" => |i| wrap(graph_where_edges::parse(i), Operator::GraphWhereEdges),
        "graph-where-nodes" => |i| wrap(graph_where_nodes::parse(i), Operator::GraphWhereNodes),
        "invoke" => |i| wrap(invoke::parse(i), Operator::Invoke),
        "join" => |i| wrap(join::parse(i), Operator::Join),
        "lookup" => |i| wrap(lookup::parse(i), Operator::Lookup),
        "macro-expand" => |i| wrap(macro_expand::parse(i), Operator::MacroExpand),
        "make-graph" => |i| wrap(make_graph::parse(i), Operator::MakeGraph),
        "make-series" => |i| wrap(make_series::parse(i), Operator::MakeSeries),
        "mv-apply" | "mvapply" => |i| wrap(mv_apply::parse(i), Operator::MvApply),
        "mv-expand" | "mvexpand" => |i| wrap(mv_expand::parse(i), Operator::MvExpand),
        "parse" => |i| wrap(parse::parse(i), Operator::Parse),
        "parse-where" => |i| wrap(parse_where::parse(i), Operator::ParseWhere),
        "parse-kv" => |i| wrap(parse_kv::parse(i), Operator::ParseKv),
        "partition" => |i| wrap(partition::parse(i), Operator::Partition),
        "__partitionby" => |i| wrap(partition_by::parse(i), Operator::PartitionBy),
        "project" => |i| wrap(project::parse(i), Operator::Project),
        "project-away" => |i| wrap(project_away::parse(i), Operator::ProjectAway),
        "project-by-names" => |i| wrap(project_by_names::parse(i), Operator::ProjectByNames),
        "project-keep" => |i| wrap(project_keep::parse(i), Operator::ProjectKeep),
        "project-rename" => |i| wrap(project_rename::parse(i), Operator::ProjectRename),
        "project-reorder" => |i| wrap(project_reorder::parse(i), Operator::ProjectReorder),
        "reduce" => |i| wrap(reduce::parse(i), Operator::Reduce),
        "render" => |i| wrap(render::parse(i), Operator::Render),
        "sample" => |i| wrap(sample::parse(i), Operator::Sample),
        "sample-distinct" => |i| wrap(sample_distinct::parse(i), Operator::SampleDistinct),
        "scan" => |i| wrap(scan::parse(i), Operator::Scan),
        "search" => |i| wrap(search::parse(i), Operator::Search),
        "serialize" => |i| wrap(serialize::parse(i), Operator::Serialize),
        "sort" | "order" => |i| wrap(sort::parse(i), Operator::Sort),
        "summarize" => |i| wrap(summarize::parse(i), Operator::Summarize),
        "take" | "limit" => |i| wrap(take::parse(i), Operator::Take),
        "top" => |i| wrap(top::parse(i), Operator::Top),
        "top-hitters" => |i| wrap(top_hitters::parse(i), Operator::TopHitters),
        "top-nested" => |i| wrap(top_nested::parse(i), Operator::TopNested),
        "union" => |i| wrap(union::parse(i), Operator::Union),
        "where" | "filter" => |i| wrap(r#where::parse(i), Operator::Where),
        _ => return None,
    })
}

fn wrap<'a, O>(read: R<'a, O>, make: fn(O) -> Operator) -> R<'a, Operator> {
    read.map(|(rest, found)| (rest, make(found)))
}

/// The source that the word here begins: `print`, `range`, `union`, `find`, `search`, `evaluate`, `macro-expand`.
pub(crate) fn source(i: In<'_>) -> R<'_, Source> {
    match i.nth_text(0) {
        "print" => wrap_source(print::parse(i), Source::Print),
        "range" => wrap_source(range::parse(i), Source::Range),
        "union" => wrap_source(union::parse(i), Source::Union),
        "find" => wrap_source(find::parse(i), Source::Find),
        "search" => wrap_source(search::parse(i), Source::Search),
        "evaluate" => wrap_source(evaluate::parse(i), Source::Evaluate),
        "macro-expand" => wrap_source(macro_expand::parse(i), Source::MacroExpand),
        _ => miss(),
    }
}

fn wrap_source<'a, O>(read: R<'a, O>, make: fn(O) -> Source) -> R<'a, Source> {
    read.map(|(rest, found)| (rest, make(found)))
}

/// Whether an operator begins here, where only an operator can.
pub(crate) fn begins(i: In<'_>) -> bool {
    if !matches!(i.kind(), Kind::Word(_)) {
        return false;
    }
    match i.nth_text(0) {
        // `count()` is the function.
        "count" => i.nth(1).kind != Kind::OpenParen,
        "__partitionby" | "__executeAndCache" | "mvexpand" | "mvapply" => true,
        word => OPERATORS.contains(&word),
    }
}

/// Whether an operator begins here, where a name could stand too.
pub(crate) fn begins_query(i: In<'_>) -> bool {
    let Kind::Word(word) = i.kind() else { return false };
    let known_parameter = |offset: u32| i.nth(offset + 1).kind == Kind::Assign;
    match i.nth_text(0) {
        "evaluate" => name_width(i.skip(1), false).is_some() || known_parameter(1),
        "facet" => i.nth_is_word(1, "by"),
        "partition" | "reduce" => i.nth_is_word(1, "by") || known_parameter(1),
        "range" => name_width(i.skip(1), false).is_some_and(|width| i.nth_is_word(1 + width, "from")),
        "render" => matches!(i.nth(1).kind, Kind::Name | Kind::Word(Word::Hard)),
        "print" => true,
        text => word != Word::Soft && OPERATORS.contains(&text),
    }
}

/// Reads the operator's own word.
pub(crate) fn keyword(i: In<'_>) -> R<'_, ()> {
    Ok((i.skip(1), ()))
}
