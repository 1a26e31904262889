//! `row_window_session`: the start of the session a row belongs to.

use crate::function::*;
use crate::types::Type;
use crate::windows::restarts;

/// The function.
pub const FUNCTION: Function = Function {
    name: "row_window_session",
    summary: "Gives the first instant of each row's session; a session ends when a row is too far from its first or its last row.",
    signatures: &[signature(
        &[
            required("instant", Accepts::Is(Type::DateTime), "The instants, in order."),
            required(
                "from_first",
                Accepts::Is(Type::TimeSpan),
                "A row this far from the session's first row starts a new session.",
            ),
            required(
                "from_last",
                Accepts::Is(Type::TimeSpan),
                "A row this far from the row before starts a new session.",
            ),
            optional("restart", Accepts::Is(Type::Bool), "Where true, a new session starts."),
        ],
        Returns::Is(Type::DateTime),
    )],
    kind: Kind::Window,
    examples: &[example(
        "datatable(t:datetime)[datetime(2020-01-01 10:16), datetime(2020-01-01 10:18), datetime(2020-01-01 13:30)] | serialize s = row_window_session(t, 1h, 5m) | project s",
        "2020-01-01T10:16:00.0000000Z; 2020-01-01T10:16:00.0000000Z; 2020-01-01T13:30:00.0000000Z",
    )],
    evaluate: |call| {
        // First and last instant of the session.
        let mut session: Option<(i64, i64)> = None;
        call.longs(|row| {
            let at = call[0].long(row)?;
            let limit = |place: usize| call[place].long(row).unwrap_or(i64::MAX);
            let far = |from: i64, limit: i64| at.saturating_sub(from) >= limit;
            session = match session {
                Some((first, last))
                    if !restarts(call, 3, row) && !far(first, limit(1)) && !far(last, limit(2)) =>
                {
                    Some((first, at))
                }
                _ => Some((at, at)),
            };
            session.map(|(first, _)| first)
        })
    },
    ..DEFAULTS
};
