//! The query operators, one file each: its struct, its grammar, its printing.
//!
//! `find -name 'summarize*'` shows an operator at every stage.

use crate::ast::{Name, Source, Span};
use crate::grammar::*;
use crate::keywords::{OPERATORS, Word};
use crate::print::Printer;
use crate::token::Kind;

mod r#as;
mod assert_schema;
mod consume;
mod count;
mod datatable;
mod distinct;
mod evaluate;
mod execute_and_cache;
mod extend;
mod externaldata;
mod facet;
mod find;
mod fork;
mod getschema;
mod graph_mark_components;
mod graph_match;
mod graph_shortest_paths;
mod graph_to_table;
mod graph_where_edges;
mod graph_where_nodes;
mod inline_external_table;
mod invoke;
mod join;
mod lookup;
mod macro_expand;
mod make_graph;
mod make_series;
mod mv_apply;
mod mv_expand;
mod parse;
mod parse_kv;
mod parse_where;
mod partition;
mod partition_by;
mod print;
mod project;
mod project_away;
mod project_by_names;
mod project_keep;
mod project_rename;
mod project_reorder;
mod range;
mod reduce;
mod render;
mod sample;
mod sample_distinct;
mod scan;
mod search;
mod serialize;
mod sort;
mod summarize;
mod take;
mod top;
mod top_hitters;
mod top_nested;
mod union;
mod r#where;

pub use r#as::*;
pub use assert_schema::*;
pub use consume::*;
pub use count::*;
pub use datatable::*;
pub use distinct::*;
pub use evaluate::*;
pub use execute_and_cache::*;
pub use extend::*;
pub use externaldata::*;
pub use facet::*;
pub use find::*;
pub use fork::*;
pub use getschema::*;
pub use graph_mark_components::*;
pub use graph_match::*;
pub use graph_shortest_paths::*;
pub use graph_to_table::*;
pub use graph_where_edges::*;
pub use graph_where_nodes::*;
pub use inline_external_table::*;
pub use invoke::*;
pub use join::*;
pub use lookup::*;
pub use macro_expand::*;
pub use make_graph::*;
pub use make_series::*;
pub use mv_apply::*;
pub use mv_expand::*;
pub use parse::*;
pub use parse_kv::*;
pub use parse_where::*;
pub use partition::*;
pub use partition_by::*;
pub use print::*;
pub use project::*;
pub use project_away::*;
pub use project_by_names::*;
pub use project_keep::*;
pub use project_rename::*;
pub use project_reorder::*;
pub use range::*;
pub use reduce::*;
pub use render::*;
pub use sample::*;
pub use sample_distinct::*;
pub use scan::*;
pub use search::*;
pub use serialize::*;
pub use sort::*;
pub use summarize::*;
pub use take::*;
pub use top::*;
pub use top_hitters::*;
pub use top_nested::*;
pub use union::*;
pub use r#where::*;

/// An operator of a pipeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operator {
    /// `as`
    As(As),
    /// `assert-schema`
    AssertSchema(AssertSchema),
    /// `consume`
    Consume(Consume),
    /// `count`
    Count(Count),
    /// `distinct`
    Distinct(Distinct),
    /// `evaluate`
    Evaluate(Evaluate),
    /// `__executeAndCache`
    ExecuteAndCache(ExecuteAndCache),
    /// `extend`
    Extend(Extend),
    /// `facet`
    Facet(Facet),
    /// `find`
    Find(Find),
    /// `fork`
    Fork(Fork),
    /// `getschema`
    Getschema(Getschema),
    /// `graph-mark-components`
    GraphMarkComponents(GraphMarkComponents),
    /// `graph-match`
    GraphMatch(GraphMatch),
    /// `graph-shortest-paths`
    GraphShortestPaths(GraphShortestPaths),
    /// `graph-to-table`
    GraphToTable(GraphToTable),
    /// `graph-where-edges`
    GraphWhereEdges(GraphWhereEdges),
    /// `graph-where-nodes`
    GraphWhereNodes(GraphWhereNodes),
    /// `invoke`
    Invoke(Invoke),
    /// `join`
    Join(Join),
    /// `lookup`
    Lookup(Lookup),
    /// `macro-expand`
    MacroExpand(MacroExpand),
    /// `make-graph`
    MakeGraph(MakeGraph),
    /// `make-series`
    MakeSeries(MakeSeries),
    /// `mv-apply`
    MvApply(MvApply),
    /// `mv-expand`
    MvExpand(MvExpand),
    /// `parse`
    Parse(Parse),
    /// `parse-where`
    ParseWhere(ParseWhere),
    /// `parse-kv`
    ParseKv(ParseKv),
    /// `partition`
    Partition(Partition),
    /// `__partitionby`
    PartitionBy(PartitionBy),
    /// `project`
    Project(Project),
    /// `project-away`
    ProjectAway(ProjectAway),
    /// `project-by-names`
    ProjectByNames(ProjectByNames),
    /// `project-keep`
    ProjectKeep(ProjectKeep),
    /// `project-rename`
    ProjectRename(ProjectRename),
    /// `project-reorder`
    ProjectReorder(ProjectReorder),
    /// `reduce`
    Reduce(Reduce),
    /// `render`
    Render(Render),
    /// `sample`
    Sample(Sample),
    /// `sample-distinct`
    SampleDistinct(SampleDistinct),
    /// `scan`
    Scan(Scan),
    /// `search`
    Search(Search),
    /// `serialize`
    Serialize(Serialize),
    /// `sort`
    Sort(Sort),
    /// `summarize`
    Summarize(Summarize),
    /// `take`
    Take(Take),
    /// `top`
    Top(Top),
    /// `top-hitters`
    TopHitters(TopHitters),
    /// `top-nested`
    TopNested(TopNested),
    /// `union`
    Union(Union),
    /// `where`
    Where(Where),
    /// A word that is no operator; a diagnostic was given.
    Unknown(UnknownOperator),
}

/// What stands where an operator should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownOperator {
    /// The word, empty when there was none.
    pub keyword: Name,
    /// All that was skipped.
    pub span: Span,
}

impl Operator {
    /// The operator's name as written in a query.
    pub fn keyword(&self) -> &str {
        match self {
            Operator::As(_) => "as",
            Operator::AssertSchema(_) => "assert-schema",
            Operator::Consume(_) => "consume",
            Operator::Count(_) => "count",
            Operator::Distinct(_) => "distinct",
            Operator::Evaluate(_) => "evaluate",
            Operator::ExecuteAndCache(_) => "__executeAndCache",
            Operator::Extend(_) => "extend",
            Operator::Facet(_) => "facet",
            Operator::Find(_) => "find",
            Operator::Fork(_) => "fork",
            Operator::Getschema(_) => "getschema",
            Operator::GraphMarkComponents(_) => "graph-mark-components",
            Operator::GraphMatch(_) => "graph-match",
            Operator::GraphShortestPaths(_) => "graph-shortest-paths",
            Operator::GraphToTable(_) => "graph-to-table",
            Operator::GraphWhereEdges(_) => "graph-where-edges",
            Operator::GraphWhereNodes(_) => "graph-where-nodes",
            Operator::Invoke(_) => "invoke",
            Operator::Join(_) => "join",
            Operator::Lookup(_) => "lookup",
            Operator::MacroExpand(_) => "macro-expand",
            Operator::MakeGraph(_) => "make-graph",
            Operator::MakeSeries(_) => "make-series",
            Operator::MvApply(_) => "mv-apply",
            Operator::MvExpand(_) => "mv-expand",
            Operator::Parse(_) => "parse",
            Operator::ParseWhere(_) => "parse-where",
            Operator::ParseKv(_) => "parse-kv",
            Operator::Partition(_) => "partition",
            Operator::PartitionBy(_) => "__partitionby",
            Operator::Project(_) => "project",
            Operator::ProjectAway(_) => "project-away",
            Operator::ProjectByNames(_) => "project-by-names",
            Operator::ProjectKeep(_) => "project-keep",
            Operator::ProjectRename(_) => "project-rename",
            Operator::ProjectReorder(_) => "project-reorder",
            Operator::Reduce(_) => "reduce",
            Operator::Render(_) => "render",
            Operator::Sample(_) => "sample",
            Operator::SampleDistinct(_) => "sample-distinct",
            Operator::Scan(_) => "scan",
            Operator::Search(_) => "search",
            Operator::Serialize(_) => "serialize",
            Operator::Sort(_) => "sort",
            Operator::Summarize(_) => "summarize",
            Operator::Take(_) => "take",
            Operator::Top(_) => "top",
            Operator::TopHitters(_) => "top-hitters",
            Operator::TopNested(_) => "top-nested",
            Operator::Union(_) => "union",
            Operator::Where(_) => "where",
            Operator::Unknown(unknown) => &unknown.keyword.text,
        }
    }

    /// Where it is, keyword included.
    pub fn span(&self) -> Span {
        match self {
            Operator::As(operator) => operator.span,
            Operator::AssertSchema(operator) => operator.span,
            Operator::Consume(operator) => operator.span,
            Operator::Count(operator) => operator.span,
            Operator::Distinct(operator) => operator.span,
            Operator::Evaluate(operator) => operator.span,
            Operator::ExecuteAndCache(operator) => operator.span,
            Operator::Extend(operator) => operator.span,
            Operator::Facet(operator) => operator.span,
            Operator::Find(operator) => operator.span,
            Operator::Fork(operator) => operator.span,
            Operator::Getschema(operator) => operator.span,
            Operator::GraphMarkComponents(operator) => operator.span,
            Operator::GraphMatch(operator) => operator.span,
            Operator::GraphShortestPaths(operator) => operator.span,
            Operator::GraphToTable(operator) => operator.span,
            Operator::GraphWhereEdges(operator) => operator.span,
            Operator::GraphWhereNodes(operator) => operator.span,
            Operator::Invoke(operator) => operator.span,
            Operator::Join(operator) => operator.span,
            Operator::Lookup(operator) => operator.span,
            Operator::MacroExpand(operator) => operator.span,
            Operator::MakeGraph(operator) => operator.span,
            Operator::MakeSeries(operator) => operator.span,
            Operator::MvApply(operator) => operator.span,
            Operator::MvExpand(operator) => operator.span,
            Operator::Parse(operator) => operator.span,
            Operator::ParseWhere(operator) => operator.span,
            Operator::ParseKv(operator) => operator.span,
            Operator::Partition(operator) => operator.span,
            Operator::PartitionBy(operator) => operator.span,
            Operator::Project(operator) => operator.span,
            Operator::ProjectAway(operator) => operator.span,
            Operator::ProjectByNames(operator) => operator.span,
            Operator::ProjectKeep(operator) => operator.span,
            Operator::ProjectRename(operator) => operator.span,
            Operator::ProjectReorder(operator) => operator.span,
            Operator::Reduce(operator) => operator.span,
            Operator::Render(operator) => operator.span,
            Operator::Sample(operator) => operator.span,
            Operator::SampleDistinct(operator) => operator.span,
            Operator::Scan(operator) => operator.span,
            Operator::Search(operator) => operator.span,
            Operator::Serialize(operator) => operator.span,
            Operator::Sort(operator) => operator.span,
            Operator::Summarize(operator) => operator.span,
            Operator::Take(operator) => operator.span,
            Operator::Top(operator) => operator.span,
            Operator::TopHitters(operator) => operator.span,
            Operator::TopNested(operator) => operator.span,
            Operator::Union(operator) => operator.span,
            Operator::Where(operator) => operator.span,
            Operator::Unknown(unknown) => unknown.span,
        }
    }
}

pub(crate) use datatable::datatable;
pub(crate) use externaldata::externaldata;
pub(crate) use inline_external_table::inline_external_table;

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

impl crate::print::Print for Operator {
    fn print(&self, p: &mut Printer) {
        match self {
            Operator::As(operator) => operator.print(p),
            Operator::AssertSchema(operator) => operator.print(p),
            Operator::Consume(operator) => operator.print(p),
            Operator::Count(operator) => operator.print(p),
            Operator::Distinct(operator) => operator.print(p),
            Operator::Evaluate(operator) => operator.print(p),
            Operator::ExecuteAndCache(operator) => operator.print(p),
            Operator::Extend(operator) => operator.print(p),
            Operator::Facet(operator) => operator.print(p),
            Operator::Find(operator) => operator.print(p),
            Operator::Fork(operator) => operator.print(p),
            Operator::Getschema(operator) => operator.print(p),
            Operator::GraphMarkComponents(operator) => operator.print(p),
            Operator::GraphMatch(operator) => operator.print(p),
            Operator::GraphShortestPaths(operator) => operator.print(p),
            Operator::GraphToTable(operator) => operator.print(p),
            Operator::GraphWhereEdges(operator) => operator.print(p),
            Operator::GraphWhereNodes(operator) => operator.print(p),
            Operator::Invoke(operator) => operator.print(p),
            Operator::Join(operator) => operator.print(p),
            Operator::Lookup(operator) => operator.print(p),
            Operator::MacroExpand(operator) => operator.print(p),
            Operator::MakeGraph(operator) => operator.print(p),
            Operator::MakeSeries(operator) => operator.print(p),
            Operator::MvApply(operator) => operator.print(p),
            Operator::MvExpand(operator) => operator.print(p),
            Operator::Parse(operator) => operator.print(p),
            Operator::ParseWhere(operator) => operator.print(p),
            Operator::ParseKv(operator) => operator.print(p),
            Operator::Partition(operator) => operator.print(p),
            Operator::PartitionBy(operator) => operator.print(p),
            Operator::Project(operator) => operator.print(p),
            Operator::ProjectAway(operator) => operator.print(p),
            Operator::ProjectByNames(operator) => operator.print(p),
            Operator::ProjectKeep(operator) => operator.print(p),
            Operator::ProjectRename(operator) => operator.print(p),
            Operator::ProjectReorder(operator) => operator.print(p),
            Operator::Reduce(operator) => operator.print(p),
            Operator::Render(operator) => operator.print(p),
            Operator::Sample(operator) => operator.print(p),
            Operator::SampleDistinct(operator) => operator.print(p),
            Operator::Scan(operator) => operator.print(p),
            Operator::Search(operator) => operator.print(p),
            Operator::Serialize(operator) => operator.print(p),
            Operator::Sort(operator) => operator.print(p),
            Operator::Summarize(operator) => operator.print(p),
            Operator::Take(operator) => operator.print(p),
            Operator::Top(operator) => operator.print(p),
            Operator::TopHitters(operator) => operator.print(p),
            Operator::TopNested(operator) => operator.print(p),
            Operator::Union(operator) => operator.print(p),
            Operator::Where(operator) => operator.print(p),
            Operator::Unknown(unknown) => {
                p.word(&unknown.keyword.text);
            }
        }
    }
}
