//! An answered page, ready to be drawn: the same for the terminal, the file and the live page. In it every text is
//! final, every number comes from the engine, and no parameter is left open.

use crate::model::{Choice, LinksStyle, Message, ParameterKind, Size};
use crate::time_range::TimeRange;
use calypso_library::Answer;
use calypso_view::{Action, Drawing};
use std::sync::Arc;

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The name of the workbook.
    pub name: String,
    /// The title.
    pub title: String,
    /// The instant it was made for, ticks.
    pub now: i64,
    /// What the reader should know before reading: sentences.
    pub notices: Vec<String>,
    /// Whether one panel was asked for alone.
    pub alone: bool,
    /// What the reader chose: keys of parameters with values, as they are given again for the same page. A key that
    /// occurs again adds a value.
    pub given: Vec<(String, String)>,
    /// The items, in order; those that are not shown are left out.
    pub items: Vec<PageItem>,
}

/// Something on the page.
#[derive(Clone, Debug)]
pub struct PageItem {
    /// `Item::id`.
    pub id: String,
    /// `Item::name`.
    pub name: String,
    /// Per cent of the width.
    pub width: u8,
    /// Whether a line is drawn around it.
    pub border: bool,
    /// What it is.
    pub body: PageBody,
}

/// What stands on the page.
#[derive(Clone, Debug)]
pub enum PageBody {
    /// Words, Markdown.
    Text {
        /// The text.
        markdown: String,
        /// What kind of message.
        message: Message,
    },
    /// Values to choose.
    Pickers(Vec<Picker>),
    /// Links other than tabs.
    Links {
        /// How they look.
        style: LinksStyle,
        /// In order.
        links: Vec<PageLink>,
    },
    /// Tabs with what stands on each.
    Tabs(Vec<PageTab>),
    /// Items that belong together.
    Group {
        /// The line above; may be empty.
        title: String,
        /// Whether it can be folded, and is unfolded; none: it cannot.
        expanded: Option<bool>,
        /// In order.
        items: Vec<PageItem>,
    },
    /// A drawn query.
    Panel(Box<PagePanel>),
    /// What has no meaning here.
    Placeholder {
        /// What stands there in the portal.
        what: String,
        /// Its title; may be empty.
        title: String,
        /// Why it is not drawn.
        why: String,
    },
}

/// A link.
#[derive(Clone, Debug)]
pub struct PageLink {
    /// The words on it.
    pub label: String,
    /// Words before it.
    pub before: String,
    /// Words after it.
    pub after: String,
    /// What it does.
    pub action: Action,
}

/// A tab.
#[derive(Clone, Debug)]
pub struct PageTab {
    /// The words on it.
    pub label: String,
    /// Whether it is the one chosen.
    pub selected: bool,
    /// What a click does.
    pub action: Action,
    /// What stands on it; none where it was not made (another tab is chosen and only that was asked for).
    pub items: Option<Vec<PageItem>>,
}

/// A value to choose.
#[derive(Clone, Debug)]
pub struct Picker {
    /// The key under which a value is given: the name, or `name~2` where an earlier parameter has that name.
    pub key: String,
    /// The name for readers.
    pub label: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it holds.
    pub kind: ParameterKind,
    /// Whether several values can be chosen.
    pub multiple: bool,
    /// Whether all is offered as such.
    pub offers_all: bool,
    /// Whether a value is needed.
    pub required: bool,
    /// Whether it is shown only when set, in places where room is short.
    pub quiet: bool,
    /// For readers: `Last 48 hours`, `All`, `Failure, Skipped`.
    pub shown: String,
    /// The values chosen, as they are given again: one alone is quoted where it would mean something else than itself,
    /// several stand as they are. `all` for all; for a time range its text (`48h`, `2026-10-01..2026-10-08`).
    pub chosen: Vec<String>,
    /// The values offered; for a time range the lengths (`48h`) with their labels (`Last 48 hours`).
    pub choices: Vec<Choice>,
    /// Whether two times can be given.
    pub custom_time: bool,
    /// Why the values offered could not be had, or why the value is not right.
    pub problem: Option<String>,
}

/// A drawn query.
#[derive(Clone, Debug)]
pub struct PagePanel {
    /// The line above; may be empty.
    pub title: String,
    /// What it tells.
    pub description: Option<String>,
    /// How tall it is.
    pub size: Size,
    /// The query as described, or as the reader changed it.
    pub query: String,
    /// The query as it was run, values in place; the same as `query` where there are none.
    pub run: String,
    /// Where the query's text stands; empty for a text within the workbook.
    pub place: String,
    /// Whether the reader can change the query: it is one over the logs.
    pub editable: bool,
    /// What is drawn, or a sentence why nothing is.
    pub drawing: Result<Drawing, String>,
    /// The rows, for export; none where there are none.
    pub answer: Option<Arc<Answer>>,
    /// What is to be known of it: sentences (a mended mistake, parameters that do not narrow it …).
    pub notes: Vec<String>,
    /// The arguments of the command that show what is behind the first row, where no click does it.
    pub look_closer: Option<String>,
    /// Rows shown at most in a terminal among other panels.
    pub rows_on_page: Option<usize>,
    /// Columns with the fewest cells of a terminal's width that leave room for them.
    pub from_width: Vec<(String, usize)>,
}

impl Page {
    /// Every panel, in order, those on tabs and in groups too.
    pub fn panels(&self) -> Vec<(&PageItem, &PagePanel)> {
        let mut found = Vec::new();
        gather(&self.items, &mut found);
        found
    }

    /// The first time range that the reader can choose, wherever it stands, and what it means.
    pub fn time_range(&self) -> Option<(&Picker, Option<TimeRange>)> {
        let picker = first_picker(&self.items, &|picker| picker.kind == ParameterKind::TimeRange)?;
        Some((picker, picker.chosen.first().and_then(|text| TimeRange::read(text, self.now))))
    }
}

/// The first value to choose for which it holds, wherever it stands on the page.
fn first_picker<'a>(items: &'a [PageItem], holds: &dyn Fn(&Picker) -> bool) -> Option<&'a Picker> {
    items.iter().find_map(|item| match &item.body {
        PageBody::Pickers(pickers) => pickers.iter().find(|picker| holds(picker)),
        PageBody::Group { items, .. } => first_picker(items, holds),
        PageBody::Tabs(tabs) => {
            tabs.iter().filter_map(|tab| tab.items.as_ref()).find_map(|items| first_picker(items, holds))
        }
        PageBody::Text { .. }
        | PageBody::Links { .. }
        | PageBody::Panel(_)
        | PageBody::Placeholder { .. } => None,
    })
}

fn gather<'a>(items: &'a [PageItem], found: &mut Vec<(&'a PageItem, &'a PagePanel)>) {
    for item in items {
        match &item.body {
            PageBody::Panel(panel) => found.push((item, panel)),
            PageBody::Group { items, .. } => gather(items, found),
            PageBody::Tabs(tabs) => {
                tabs.iter().filter_map(|tab| tab.items.as_ref()).for_each(|items| gather(items, found));
            }
            PageBody::Text { .. }
            | PageBody::Pickers(_)
            | PageBody::Links { .. }
            | PageBody::Placeholder { .. } => {}
        }
    }
}
