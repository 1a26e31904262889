//! Tabs, buttons and lists of links.

/// An item of links.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Links {
    /// How they look.
    pub style: LinksStyle,
    /// The links, in order.
    pub links: Vec<Link>,
}

/// How links look.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinksStyle {
    /// Tabs; the first is chosen where the parameter is unset.
    Tabs,
    /// One below the other.
    #[default]
    List,
    /// With a dot before each.
    Bullets,
    /// Within a line of words.
    Paragraph,
    /// Beside each other.
    Nav,
    /// Buttons beside each other.
    Toolbar,
}

/// One link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The words on it, with parameters in braces.
    pub label: String,
    /// Words before and after it; may be empty.
    pub before: String,
    /// Words after it; may be empty.
    pub after: String,
    /// What it does.
    pub action: LinkAction,
}

/// What a link does.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkAction {
    /// Sets a parameter.
    Parameter {
        /// Its name.
        name: String,
        /// Its value, with parameters in braces.
        value: String,
    },
    /// Shows the item of that name.
    Step(String),
    /// Opens a page; may hold parameters in braces.
    Url(String),
    /// Opens another workbook; the template's path as the file names it.
    Workbook(String),
    /// Only the portal can do it: what it is.
    Portal(String),
}
