//! The items of a workbook and where they stand.

use super::{Condition, Links, Panel, Parameters};

/// Something on the page.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// Where it stands: numbers of the items from the outermost in, `4.2`. Unique within a workbook.
    pub id: String,
    /// Its name, by which merges and links mean it; may be empty.
    pub name: String,
    /// Per cent of the width; items flow from left to right and wrap at 100.
    pub width: u8,
    /// Whether a line is drawn around it.
    pub border: bool,
    /// When it is shown: all of them hold.
    pub conditions: Vec<Condition>,
    /// What it is.
    pub content: Content,
}

/// What an item is.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// Words.
    Text(Text),
    /// Values the reader can choose.
    Parameters(Parameters),
    /// Tabs, buttons, links.
    Links(Links),
    /// Items that belong together.
    Group(Group),
    /// A drawn query.
    Panel(Box<Panel>),
    /// What has no meaning here, and why.
    Placeholder(Placeholder),
}

/// Markdown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    /// The text, with parameters in braces.
    pub markdown: String,
    /// What kind of message it is.
    pub message: Message,
}

/// What kind of message a text is, told by its frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Message {
    /// None: words on the page.
    #[default]
    Plain,
    /// Good to know.
    Info,
    /// Something went well.
    Success,
    /// Something is to be looked at.
    Warning,
    /// Something is wrong.
    Error,
    /// An offer.
    Upsell,
}

/// Items that belong together.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Group {
    /// The line above; may be empty.
    pub title: String,
    /// Whether it can be folded.
    pub expandable: bool,
    /// Whether it is unfolded at first.
    pub expanded: bool,
    /// When its queries run.
    pub load: Load,
    /// Whether parameters inside are seen outside.
    pub exports_parameters: bool,
    /// The template it was read from, as the file names it.
    pub template: Option<String>,
    /// The items, in order.
    pub items: Vec<Item>,
}

/// When the queries of a group run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Load {
    /// When it is shown.
    #[default]
    Lazy,
    /// When the reader asks for it. The page does not wait: it is treated as shown, folded.
    Explicit,
    /// With the page.
    Always,
}

/// What has no meaning here.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Placeholder {
    /// What stands there in the portal: `Metrics chart`.
    pub what: String,
    /// Its title; may be empty.
    pub title: String,
    /// Why it is not drawn, a sentence without full stop.
    pub why: String,
}
