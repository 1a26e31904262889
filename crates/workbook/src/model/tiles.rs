//! How tiles look.

use super::Formatter;

/// Settings of tiles. Each part shows one column by a formatter.
#[derive(Clone, PartialEq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TilePanel {
    /// The first line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<TileField>,
    /// The line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<TileField>,
    /// On the left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<TileField>,
    /// On the right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<TileField>,
    /// At the bottom; `secondaryContent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bottom: Option<TileField>,
    /// Whether a line is drawn around each.
    #[serde(default)]
    pub border: bool,
    /// How wide each is.
    #[serde(default)]
    pub size: TileSize,
    /// The column of the order, and whether from the greatest down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<(String, bool)>,
    /// Tiles shown at most; none: 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<usize>,
}

/// What a part of a tile shows: a formatter for its column.
pub type TileField = Formatter;

/// How wide tiles are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TileSize {
    /// As wide as the content needs.
    #[default]
    Auto,
    /// All the same.
    Fixed,
    /// The whole width.
    Full,
}
