//! Which edges of two lists may meet. In: edges. Out: pairs whose boxes overlap, found by sweeping along one axis.

use super::point::Point;

/// A geodesic edge with a box around it.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Where it begins.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
    low: [f64; 3],
    high: [f64; 3],
}

impl Edge {
    /// The edge between two places.
    pub fn new(from: Point, to: Point) -> Edge {
        Edge::wide(from, to, 0.0)
    }

    /// The edge with a margin in radians around it.
    pub fn wide(from: Point, to: Point, margin: f64) -> Edge {
        let middle = (from + to).normalize();
        // The edge lies in the ball around its middle through its ends.
        let radius = (from - middle).norm() + margin + 1e-14;
        let around = |sign: f64| middle.array().map(|x| x + sign * radius);
        // Nor does it leave the box of its ends by more than it bulges.
        let bulge = (middle - (from + to) * 0.5).norm() + margin + 1e-14;
        let (a, b, low, high) = (from.array(), to.array(), around(-1.0), around(1.0));
        Edge {
            from,
            to,
            low: [0, 1, 2].map(|i| low[i].max(a[i].min(b[i]) - bulge)),
            high: [0, 1, 2].map(|i| high[i].min(a[i].max(b[i]) + bulge)),
        }
    }

    /// Whether the boxes of two edges overlap.
    pub fn near(&self, other: &Edge) -> bool {
        (0..3).all(|i| self.low[i] <= other.high[i] && other.low[i] <= self.high[i])
    }
}

/// Calls `found` with the places of every pair, the first of `a` and the second of `b`, that may meet.
pub fn pairs(a: &[Edge], b: &[Edge], mut found: impl FnMut(usize, usize)) {
    let order = |edges: &[Edge]| {
        let mut order: Vec<usize> = (0..edges.len()).collect();
        order.sort_by(|i, j| edges[*i].low[0].total_cmp(&edges[*j].low[0]));
        order
    };
    let (order_a, order_b) = (order(a), order(b));
    let (mut i, mut j) = (0, 0);
    let (mut open_a, mut open_b): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    while i < order_a.len() || j < order_b.len() {
        let take_a = match (order_a.get(i), order_b.get(j)) {
            (Some(x), Some(y)) => a[*x].low[0] <= b[*y].low[0],
            (x, _) => x.is_some(),
        };
        if take_a {
            let index = order_a[i];
            i += 1;
            open_b.retain(|other| b[*other].high[0] >= a[index].low[0]);
            open_b.iter().filter(|other| a[index].near(&b[**other])).for_each(|other| found(index, *other));
            open_a.push(index);
        } else {
            let index = order_b[j];
            j += 1;
            open_a.retain(|other| a[*other].high[0] >= b[index].low[0]);
            open_a.iter().filter(|other| a[**other].near(&b[index])).for_each(|other| found(*other, index));
            open_b.push(index);
        }
    }
}
