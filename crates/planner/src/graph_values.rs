//! What expressions say of a pattern: `a.name`, `map(e, x)`, `node_degree_in(a)`. In: expressions that name elements of
//! the pattern. Out: the same over columns, some of the nodes or edges (computed before matching), some of the match.
//!
//! An expression is rewritten first: what names an element becomes a name that no query can spell, which the scope of
//! the binding then knows.

use crate::binder::{Binder, Scope, hidden_name, visible};
use crate::environment::{Binding, Environment};
use crate::graph::Graph;
use crate::graph_pattern::{Element, Shape};
use crate::plan::{ColumnId, Expr, Measure, Plan, PlanColumn};
use calypso_library::function::{GraphFunction, Kind, Special};
use calypso_library::graph::{Fold, PathValue};
use calypso_library::{Json, Type, Value, functions};
use calypso_parser::ast::{self, Call, ExprKind, Name, NamedExpr, Span, Step};

/// Between the element and the property in a name made by rewriting.
const OF: char = '\u{1}';

/// What the expressions of one operator read.
pub struct Reading<'g> {
    /// Of which graph.
    pub graph: &'g Graph,
    /// Of which pattern.
    pub shape: &'g Shape,
    /// Columns computed for each node, behind its own.
    pub of_nodes: Vec<(PlanColumn, Expr)>,
    /// Columns computed for each edge, behind its own.
    pub of_edges: Vec<(PlanColumn, Expr)>,
    /// What edges say of nodes, before those.
    pub measures: Vec<(PlanColumn, Measure)>,
    /// What is given of a match.
    pub values: Vec<(PlanColumn, PathValue<ColumnId>)>,
}

/// An expression after rewriting, with the names made.
pub struct Rewritten {
    /// The expression.
    pub expr: ast::Expr,
    /// The names.
    pub reads: Vec<(String, Read)>,
}

/// What a name made by rewriting stands for.
#[derive(Clone)]
pub enum Read {
    /// A column of an element.
    Property(Element, PlanColumn),
    /// What edges say of a node.
    Measure(Element, Measure),
    /// The id of a node as a text.
    Id(Element),
    /// What is said of a whole path.
    Path(PlanColumn),
    /// Always the same.
    Constant(Value),
}

/// Which elements an expression may name.
#[derive(Clone, Copy)]
enum Within {
    /// Those of the pattern, by name.
    Pattern,
    /// None but the one whose columns are names themselves.
    Items(Element),
}

impl Read {
    fn element(&self) -> Option<Element> {
        match self {
            Read::Property(element, _) | Read::Measure(element, _) | Read::Id(element) => Some(*element),
            Read::Path(_) | Read::Constant(_) => None,
        }
    }
}

impl Rewritten {
    /// The one element that is read and nothing beside it.
    pub fn only_element(&self) -> Option<Element> {
        let mut elements = self.reads.iter().filter(|(_, read)| !matches!(read, Read::Constant(_)));
        let first = elements.next()?.1.element()?;
        elements.all(|(_, read)| read.element() == Some(first)).then_some(first)
    }

    /// Whether nothing of the pattern is read but nodes.
    pub fn only_nodes(&self) -> bool {
        self.reads.iter().all(|(_, read)| match read {
            Read::Property(element, _) | Read::Measure(element, _) | Read::Id(element) => {
                matches!(element, Element::Node(_))
            }
            Read::Constant(_) => true,
            Read::Path(_) => false,
        })
    }
}

/// A name made by an expression over rewritten names, without what rewriting put there.
pub fn plain_name(name: &str) -> String {
    let mut plain = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('\0') {
        plain.push_str(before);
        rest = after.split_once(OF).map_or("", |(_, property)| property);
    }
    plain.push_str(rest);
    plain
}

/// The graph function that a call is of.
pub fn graph_function(call: &Call, environment: &Environment) -> Option<GraphFunction> {
    if environment.find(&call.name.text).is_some() {
        return None;
    }
    match functions::find(&call.name.text)?.kind {
        Kind::Special(Special::Graph(function)) => Some(function),
        Kind::Special(_) | Kind::Pure | Kind::Volatile | Kind::Now | Kind::Window | Kind::Comparison => None,
    }
}

impl<'g> Reading<'g> {
    /// Nothing read yet.
    pub fn new(graph: &'g Graph, shape: &'g Shape) -> Reading<'g> {
        let (of_nodes, of_edges, measures, values) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Reading { graph, shape, of_nodes, of_edges, measures, values }
    }

    fn rows(&self, element: Element) -> &'g Plan {
        match element {
            Element::Node(_) => &self.graph.nodes,
            Element::Edge(_) => &self.graph.edges,
        }
    }

    /// Whether an element is a path of edges.
    pub fn is_path(&self, element: Element) -> bool {
        match element {
            Element::Node(_) => false,
            Element::Edge(edge) => self.shape.edges[edge].hops.is_some(),
        }
    }

    /// The column in which a measure stands.
    fn measure(&mut self, binder: &mut Binder, measure: Measure) -> PlanColumn {
        if let Some((column, _)) = self.measures.iter().find(|(_, known)| *known == measure) {
            return column.clone();
        }
        let column = binder.measure_column(measure);
        self.measures.push((column.clone(), measure));
        column
    }

    /// A column of the match.
    pub fn value(&mut self, binder: &mut Binder, value: PathValue<ColumnId>, ty: Type) -> PlanColumn {
        if let Some((column, _)) = self.values.iter().find(|(_, known)| *known == value) {
            return column.clone();
        }
        let column = binder.column(hidden_name("value"), ty);
        self.values.push((column.clone(), value));
        column
    }

    /// A column computed for each node or edge.
    pub fn computed(&mut self, binder: &mut Binder, element: Element, expr: Expr) -> PlanColumn {
        let column = binder.column(hidden_name("computed"), expr.ty());
        match element {
            Element::Node(_) => self.of_nodes.push((column.clone(), expr)),
            Element::Edge(_) => self.of_edges.push((column.clone(), expr)),
        }
        column
    }
}

/// What is read of an element.
type ReadOf = fn(Element) -> Read;

impl Binder<'_> {
    /// Takes out of an expression what names elements of the pattern.
    pub fn rewritten(
        &mut self,
        e: &ast::Expr,
        reading: &mut Reading,
        environment: &Environment,
    ) -> Option<Rewritten> {
        let mut reads = Vec::new();
        let expr = self.rewrite(e, Within::Pattern, reading, environment, &mut reads)?;
        Some(Rewritten { expr, reads })
    }

    /// The names that rewriting made, standing for columns of the match.
    pub fn match_scope(
        &mut self,
        rewritten: &Rewritten,
        reading: &mut Reading,
        environment: &Environment,
    ) -> Option<Environment> {
        let span = rewritten.expr.span;
        let mut names = environment.clone();
        for (name, read) in &rewritten.reads {
            let expr = match read {
                Read::Property(element, column) => self.element_value(*element, column, reading, span)?,
                Read::Measure(element, measure) => {
                    let column = reading.measure(self, *measure);
                    self.element_value(*element, &column, reading, span)?
                }
                Read::Id(element) => {
                    let text = self.id_text(reading, span)?;
                    let column = reading.computed(self, *element, text);
                    self.element_value(*element, &column, reading, span)?
                }
                Read::Path(column) => column.expr(),
                Read::Constant(value) => Expr::Literal(value.clone()),
            };
            names = names.with(name.clone(), Binding::Scalar(expr));
        }
        Some(names)
    }

    /// A column of an element as a column of the match.
    fn element_value(
        &mut self,
        element: Element,
        column: &PlanColumn,
        reading: &mut Reading,
        span: Span,
    ) -> Option<Expr> {
        let value = match element {
            Element::Node(node) => PathValue::Node(node, column.id),
            Element::Edge(edge) if !reading.is_path(element) => PathValue::Edge(edge, column.id),
            Element::Edge(_) => {
                return self.error_with_help(
                    "KS109",
                    span,
                    "an edge of variable length stands beside other elements in one expression",
                    "`map(e, …)`, `all(e, …)` and `any(e, …)` make one value of its edges",
                );
            }
        };
        Some(reading.value(self, value, column.ty).expr())
    }

    /// The names that rewriting made of one element, standing for its own columns.
    pub fn element_scope(
        &mut self,
        reads: &[(String, Read)],
        reading: &mut Reading,
        environment: &Environment,
    ) -> Option<Environment> {
        let mut names = environment.clone();
        for (name, read) in reads {
            let expr = match read {
                Read::Property(_, column) | Read::Path(column) => column.expr(),
                Read::Measure(_, measure) => reading.measure(self, *measure).expr(),
                Read::Id(_) => self.id_text(reading, Span::default())?,
                Read::Constant(value) => Expr::Literal(value.clone()),
            };
            names = names.with(name.clone(), Binding::Scalar(expr));
        }
        Some(names)
    }

    fn id_text(&mut self, reading: &Reading, span: Span) -> Option<Expr> {
        let id = reading.graph.id()?.expr();
        self.convert(id, Type::String, span)
    }

    fn rewrite(
        &mut self,
        e: &ast::Expr,
        within: Within,
        reading: &mut Reading,
        environment: &Environment,
        reads: &mut Vec<(String, Read)>,
    ) -> Option<ast::Expr> {
        match &e.kind {
            ExprKind::Name(name) => match reading.shape.find(&name.text) {
                Some(_) if matches!(within, Within::Pattern) => self.error_with_help(
                    "KS108",
                    e.span,
                    format!("`{}` is an element of the pattern, expected a scalar value", name.text),
                    format!("name one of its columns: `{}.column`", name.text),
                ),
                _ => Some(e.clone()),
            },
            ExprKind::Path(base, steps) => {
                let element = base.as_name().and_then(|name| Some((name, reading.shape.find(&name.text)?)));
                match element {
                    Some((name, element)) => self.property(e, name, element, steps, within, reading, reads),
                    None => self.rewrite_parts(e, within, reading, environment, reads),
                }
            }
            ExprKind::Call(call) => match graph_function(call, environment) {
                Some(function) => self.graph_call(function, call, within, reading, environment, reads),
                None => self.rewrite_parts(e, within, reading, environment, reads),
            },
            _ => self.rewrite_parts(e, within, reading, environment, reads),
        }
    }

    /// `a.name`, `a['name']`, `a.name.part`
    #[allow(clippy::too_many_arguments)] // Rewriting carries its surroundings.
    fn property(
        &mut self,
        e: &ast::Expr,
        name: &Name,
        element: Element,
        steps: &[Step],
        within: Within,
        reading: &Reading,
        reads: &mut Vec<(String, Read)>,
    ) -> Option<ast::Expr> {
        if let Within::Items(item) = within {
            if visible(&reading.rows(item).columns).any(|column| column.name == name.text) {
                // A column of the items hides the element.
                return Some(e.clone());
            }
            let what = format!("`{}` of the pattern beside the items of a path", name.text);
            return self.unsupported(e.span, &what);
        }
        let property = match steps.first() {
            Some(Step::Field(property)) => property.clone(),
            Some(Step::Index(index)) if index.as_literal().is_some() => {
                let text = index.as_literal().map(|literal| literal.text.clone()).unwrap_or_default();
                Name::new(text, index.span)
            }
            _ => return self.error("KS109", e.span, format!("expected a column after `{}.`", name.text)),
        };
        let columns: Vec<PlanColumn> = visible(&reading.rows(element).columns).cloned().collect();
        let Some(column) = columns.iter().find(|column| column.name == property.text) else {
            let list: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            let what = if matches!(element, Element::Node(_)) { "nodes" } else { "edges" };
            let message = format!("the {what} of the graph have no column `{}`", property.text);
            let help = match list.is_empty() {
                true => "`with_node_id=…` gives nodes a column for their id".to_owned(),
                false => format!("their columns are {}", list.join(", ")),
            };
            return self.error_with_help("KS142", property.span, message, help);
        };
        let made = format!("\0{}{OF}{}", name.text, property.text);
        reads.push((made.clone(), Read::Property(element, column.clone())));
        let read = ast::Expr::new(ExprKind::Name(Name::new(made, e.span)), e.span);
        Some(match steps.get(1..) {
            None | Some([]) => read,
            Some(rest) => ast::Expr::new(ExprKind::Path(Box::new(read), rest.to_vec()), e.span),
        })
    }

    /// `map(e, x)`, `node_degree_in(a)` and their kin.
    fn graph_call(
        &mut self,
        function: GraphFunction,
        call: &Call,
        within: Within,
        reading: &mut Reading,
        environment: &Environment,
        reads: &mut Vec<(String, Read)>,
    ) -> Option<ast::Expr> {
        let fold = |fold| (Some(fold), None);
        let (fold, read): (Option<Fold>, Option<ReadOf>) = match function {
            GraphFunction::All => fold(Fold::All),
            GraphFunction::Any => fold(Fold::Any),
            GraphFunction::Map => fold(Fold::Array),
            GraphFunction::InnerNodes => (None, None),
            GraphFunction::DegreeIn => (None, Some(|element| Read::Measure(element, Measure::DegreeIn))),
            GraphFunction::DegreeOut => (None, Some(|element| Read::Measure(element, Measure::DegreeOut))),
            GraphFunction::NodeId => (None, Some(Read::Id)),
            GraphFunction::Labels => {
                (None, Some(|_| Read::Constant(Value::Dynamic(Json::Array(Vec::new())))))
            }
        };
        if let Some(fold) = fold {
            return self.path_call(fold, call, within, reading, environment, reads);
        }
        let Some(read) = read else {
            let help = "`all`, `any` and `map` take it as their first argument";
            return self.error_with_help("KS108", call.span, "`inner_nodes` is no value", help);
        };
        let element = match (within, call.arguments.as_slice()) {
            (Within::Items(element), []) => Some(element),
            (Within::Pattern, [argument]) => {
                argument.value.as_name().and_then(|name| reading.shape.find(&name.text))
            }
            (Within::Items(_) | Within::Pattern, _) => None,
        };
        let fits = match element {
            Some(Element::Node(_)) => true,
            Some(Element::Edge(_)) => function == GraphFunction::Labels,
            None => false,
        };
        let Some(element) = element.filter(|_| fits) else {
            let message = format!("the function `{}` expects a node of the pattern", call.name.text);
            let help = match within {
                Within::Pattern => "its argument is the name of one",
                Within::Items(_) => "over `inner_nodes(…)` it takes no argument",
            };
            return self.error_with_help("KS119", call.span, message, help);
        };
        let made = format!("\0{} {}{OF}", call.name.text, reads.len());
        reads.push((made.clone(), read(element)));
        Some(ast::Expr::new(ExprKind::Name(Name::new(made, call.span)), call.span))
    }

    /// `all(e, condition)`, `any(…)`, `map(e, expression)`
    fn path_call(
        &mut self,
        fold: Fold,
        call: &Call,
        within: Within,
        reading: &mut Reading,
        environment: &Environment,
        reads: &mut Vec<(String, Read)>,
    ) -> Option<ast::Expr> {
        if matches!(within, Within::Items(_)) {
            return self.error(
                "KS108",
                call.span,
                format!("`{}` stands inside another such call", call.name.text),
            );
        }
        let items = self.path_items(fold, call, reading, environment)?;
        let ty = match fold {
            Fold::All | Fold::Any => Type::Bool,
            Fold::Array => Type::Dynamic,
        };
        let value = PathValue::Items { edge: items.edge, inner: items.inner, fold, column: items.column };
        let column = reading.value(self, value, ty);
        let made = format!("\0{} {}{OF}", call.name.text, reads.len());
        reads.push((made.clone(), Read::Path(column)));
        Some(ast::Expr::new(ExprKind::Name(Name::new(made, call.span)), call.span))
    }

    /// The items that a call goes over, with the column of what it says of each.
    pub fn path_items(
        &mut self,
        fold: Fold,
        call: &Call,
        reading: &mut Reading,
        environment: &Environment,
    ) -> Option<PathItems> {
        let [path, said] = call.arguments.as_slice() else {
            let message = format!("the function `{}` expects 2 arguments", call.name.text);
            return self.error("KS119", call.span, message);
        };
        let (path, inner) = match &path.value.kind {
            ExprKind::Call(inner)
                if graph_function(inner, environment) == Some(GraphFunction::InnerNodes) =>
            {
                match inner.arguments.as_slice() {
                    [edge] => (&edge.value, true),
                    _ => {
                        return self.error(
                            "KS119",
                            inner.span,
                            "the function `inner_nodes` expects 1 argument",
                        );
                    }
                }
            }
            _ => (&path.value, false),
        };
        let Some(Element::Edge(edge)) = path.as_name().and_then(|name| reading.shape.find(&name.text)) else {
            return self.error("KS109", path.span, "expected the name of an edge of the pattern");
        };
        // Any node will do: only its kind counts.
        let element = if inner { Element::Node(0) } else { Element::Edge(edge) };
        let mut reads = Vec::new();
        let expr = self.rewrite(&said.value, Within::Items(element), reading, environment, &mut reads)?;
        let names = self.element_scope(&reads, reading, environment)?;
        let columns = reading.rows(element).columns.clone();
        let scope = Scope::rows(&names, &columns);
        let said = match fold {
            Fold::All | Fold::Any => self.predicate(&expr, scope)?,
            Fold::Array => {
                let item = self.expression(&expr, scope)?;
                self.one_item(item, expr.span)?
            }
        };
        let column = reading.computed(self, element, said).id;
        Some(PathItems { edge, inner, column })
    }

    /// A condition on nodes alone, and the nodes with what it reads.
    pub fn node_condition(
        &mut self,
        graph: &Graph,
        e: &ast::Expr,
        environment: &Environment,
    ) -> Option<(Plan, Expr)> {
        let shape = Shape { nodes: 1, edges: Vec::new(), names: Vec::new() };
        let mut reading = Reading::new(graph, &shape);
        let predicate = self.item_condition(Element::Node(0), e, &mut reading, environment)?;
        let measures = std::mem::take(&mut reading.measures);
        Some((self.measured_nodes(graph, graph.nodes.clone(), measures), predicate))
    }

    /// A condition on edges alone.
    pub fn edge_condition(
        &mut self,
        graph: &Graph,
        e: &ast::Expr,
        environment: &Environment,
    ) -> Option<Expr> {
        let shape = Shape { nodes: 0, edges: Vec::new(), names: Vec::new() };
        self.item_condition(Element::Edge(0), e, &mut Reading::new(graph, &shape), environment)
    }

    fn item_condition(
        &mut self,
        element: Element,
        e: &ast::Expr,
        reading: &mut Reading,
        environment: &Environment,
    ) -> Option<Expr> {
        let mut reads = Vec::new();
        let expr = self.rewrite(e, Within::Items(element), reading, environment, &mut reads)?;
        let names = self.element_scope(&reads, reading, environment)?;
        let columns = reading.rows(element).columns.clone();
        self.predicate(&expr, Scope::rows(&names, &columns))
    }

    /// An array of one item.
    pub fn one_item(&mut self, item: Expr, span: Span) -> Option<Expr> {
        self.named_function("pack_array", vec![(item, span)], span)
    }

    /// The same expression with its parts rewritten.
    fn rewrite_parts(
        &mut self,
        e: &ast::Expr,
        within: Within,
        reading: &mut Reading,
        environment: &Environment,
        reads: &mut Vec<(String, Read)>,
    ) -> Option<ast::Expr> {
        let mut part = |e: &ast::Expr| self.rewrite(e, within, reading, environment, reads);
        let kind = match &e.kind {
            ExprKind::Path(base, steps) => ExprKind::Path(Box::new(part(base)?), steps.clone()),
            ExprKind::Call(call) => {
                let arguments = call
                    .arguments
                    .iter()
                    .map(|argument| Some(NamedExpr { value: part(&argument.value)?, ..argument.clone() }));
                ExprKind::Call(Call { arguments: arguments.collect::<Option<_>>()?, ..call.clone() })
            }
            ExprKind::Unary(op, operand) => ExprKind::Unary(*op, Box::new(part(operand)?)),
            ExprKind::Chain(first, rest) => {
                let first = Box::new(part(first)?);
                let rest = rest.iter().map(|(op, term)| Some((*op, part(term)?)));
                ExprKind::Chain(first, rest.collect::<Option<_>>()?)
            }
            ExprKind::Compare(op, left, right) => {
                ExprKind::Compare(*op, Box::new(part(left)?), Box::new(part(right)?))
            }
            ExprKind::Membership(op, value, items) => {
                let value = Box::new(part(value)?);
                ExprKind::Membership(*op, value, items.iter().map(part).collect::<Option<_>>()?)
            }
            ExprKind::Between { negated, value, low, high } => ExprKind::Between {
                negated: *negated,
                value: Box::new(part(value)?),
                low: Box::new(part(low)?),
                high: Box::new(part(high)?),
            },
            ExprKind::Literal(_)
            | ExprKind::Name(_)
            | ExprKind::Wildcard(_)
            | ExprKind::Star
            | ExprKind::TypeOf(_)
            | ExprKind::Pipeline(_)
            | ExprKind::EntityGroup(_)
            | ExprKind::Missing => e.kind.clone(),
        };
        Some(ast::Expr::new(kind, e.span))
    }
}

/// The items of a path, and the column of what is said of each.
pub struct PathItems {
    /// The edge of the pattern.
    pub edge: usize,
    /// The nodes within, not the edges.
    pub inner: bool,
    /// The column, of nodes or edges.
    pub column: ColumnId,
}
