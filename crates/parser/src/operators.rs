//! The query operators, one file each: its struct, its grammar, its printing.
//!
//! `find -name 'summarize*'` shows an operator at every stage.

use crate::ast::{Name, Span};
use crate::print::Printer;

mod r#as;
mod assert_schema;
mod choose;
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

pub(crate) use choose::*;
pub(crate) use datatable::datatable;
pub(crate) use externaldata::externaldata;
pub(crate) use inline_external_table::inline_external_table;

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
