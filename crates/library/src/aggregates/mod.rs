//! Every aggregate function. The list is written by the test `lists_are_current` with `CALYPSO_UPDATE=1`.

/// Every aggregate.
pub const ALL: &[&crate::aggregate::Aggregate] = &[];

/// The aggregate of that name or alias.
pub fn find(name: &str) -> Option<&'static crate::aggregate::Aggregate> {
    ALL.iter().copied().find(|aggregate| aggregate.name == name || aggregate.aliases.contains(&name))
}
