//! The patterns of `graph-match` as one shape: nodes, edges between them, and the names they have.

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use calypso_library::Value;
use calypso_library::graph::Direction;
use calypso_parser::ast::{self, EdgeDirection, GraphElement, GraphPattern, Name, Span};

/// So many edges a pattern may have.
const MAX_EDGES: usize = 64;

/// An element of a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Element {
    /// A node, by number.
    Node(usize),
    /// An edge, by number.
    Edge(usize),
}

/// An edge of a shape.
#[derive(Clone, Copy)]
pub struct EdgeShape {
    /// The node before it.
    pub left: usize,
    /// The node after it.
    pub right: usize,
    /// Which way it runs.
    pub direction: Direction,
    /// For a path the least and the greatest number of edges.
    pub hops: Option<(u32, u32)>,
}

/// Patterns taken together.
pub struct Shape {
    /// How many nodes.
    pub nodes: usize,
    /// The edges.
    pub edges: Vec<EdgeShape>,
    /// What names stand for.
    pub names: Vec<(String, Element)>,
}

impl Shape {
    /// What a name stands for.
    pub fn find(&self, name: &str) -> Option<Element> {
        self.names.iter().find(|(known, _)| known == name).map(|(_, element)| *element)
    }

    /// Whether every node can be reached from the first one.
    fn hangs_together(&self) -> bool {
        let mut reached = vec![false; self.nodes];
        if let Some(first) = reached.first_mut() {
            *first = true;
        }
        for _ in 0..self.nodes {
            for edge in &self.edges {
                let either = reached[edge.left] || reached[edge.right];
                (reached[edge.left], reached[edge.right]) = (either, either);
            }
        }
        reached.into_iter().all(|node| node)
    }
}

impl Binder<'_> {
    /// The shape of the patterns.
    pub fn pattern_shape(
        &mut self,
        patterns: &[GraphPattern],
        environment: &Environment,
        span: Span,
    ) -> Option<Shape> {
        let mut shape = Shape { nodes: 0, edges: Vec::new(), names: Vec::new() };
        for pattern in patterns {
            self.chain_of(pattern, environment, &mut shape)?;
        }
        if shape.edges.len() > MAX_EDGES {
            return self.error("KS005", span, format!("more than {MAX_EDGES} edges in one pattern"));
        }
        if !shape.hangs_together() {
            return self.error_with_help(
                "KS217",
                span,
                "the patterns have no node in common",
                "patterns are joined by nodes of the same name: `(a)-->(b), (b)-->(c)`",
            );
        }
        Some(shape)
    }

    /// Nodes and edges in turn, beginning and ending with a node.
    fn chain_of(
        &mut self,
        pattern: &GraphPattern,
        environment: &Environment,
        shape: &mut Shape,
    ) -> Option<()> {
        let mut last: Option<usize> = None;
        let mut open: Option<&ast::GraphEdge> = None;
        for element in &pattern.elements {
            match (element, last, open) {
                (GraphElement::Node(name), None, None) => {
                    last = Some(self.pattern_node(name.as_ref(), shape)?)
                }
                (GraphElement::Node(name), Some(left), Some(edge)) => {
                    let right = self.pattern_node(name.as_ref(), shape)?;
                    self.pattern_edge(edge, (left, right), environment, shape)?;
                    (last, open) = (Some(right), None);
                }
                (GraphElement::Node(_), ..) => {
                    return self.error(
                        "KS239",
                        pattern.span,
                        "found a node, expected an edge between two nodes",
                    );
                }
                (GraphElement::Edge(edge), Some(_), None) => open = Some(edge),
                (GraphElement::Edge(edge), ..) => {
                    return self.error("KS239", edge.span, "found an edge, expected a node before it");
                }
            }
        }
        match open {
            Some(edge) => self.error("KS238", edge.span, "the pattern ends with an edge, expected a node"),
            None => Some(()),
        }
    }

    fn pattern_node(&mut self, name: Option<&Name>, shape: &mut Shape) -> Option<usize> {
        match name.and_then(|name| shape.find(&name.text).map(|element| (name, element))) {
            Some((_, Element::Node(node))) => Some(node),
            Some((name, Element::Edge(_))) => {
                self.error("KS239", name.span, format!("`{}` is an edge, expected a node", name.text))
            }
            None => {
                let node = shape.nodes;
                shape.nodes += 1;
                shape.names.extend(name.map(|name| (name.text.clone(), Element::Node(node))));
                Some(node)
            }
        }
    }

    fn pattern_edge(
        &mut self,
        edge: &ast::GraphEdge,
        (left, right): (usize, usize),
        environment: &Environment,
        shape: &mut Shape,
    ) -> Option<()> {
        if let Some(name) = &edge.name {
            if shape.find(&name.text).is_some() {
                let message = format!("the name `{}` is given twice in the pattern", name.text);
                return self.error_with_help("KS239", name.span, message, "only nodes may occur again");
            }
            shape.names.push((name.text.clone(), Element::Edge(shape.edges.len())));
        }
        let direction = match edge.direction {
            EdgeDirection::Right => Direction::Right,
            EdgeDirection::Left => Direction::Left,
            EdgeDirection::Any => Direction::Any,
        };
        let hops = match &edge.hops {
            None => None,
            Some((least, most)) => {
                let hops = (self.path_hops(least, environment)?, self.path_hops(most, environment)?);
                if hops.0 > hops.1 {
                    let message = format!("a path of at least {} and at most {} edges", hops.0, hops.1);
                    return self.error("KS134", edge.span, message);
                }
                Some(hops)
            }
        };
        shape.edges.push(EdgeShape { left, right, direction, hops });
        Some(())
    }

    fn path_hops(&mut self, e: &ast::Expr, environment: &Environment) -> Option<u32> {
        let number = match self.constant(e, Scope::constant(environment))? {
            Value::Int(number) => i64::from(number),
            Value::Long(number) => number,
            other => {
                return self.error(
                    "KS134",
                    e.span,
                    format!("found a {}, expected a whole number", other.ty()),
                );
            }
        };
        match u32::try_from(number) {
            Ok(number) => Some(number),
            Err(_) => self.error("KS134", e.span, format!("{number} is no number of edges")),
        }
    }
}
