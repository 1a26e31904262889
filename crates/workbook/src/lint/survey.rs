//! What a workbook holds, laid flat: items, parameters, exports, links and texts, each with its place and the list of
//! items it stands in. In: the workbook. Out: the survey that every rule looks at.

use crate::expand;
use crate::model::{
    Choices, Content, Criterion, CriterionResult, CriterionTest, Export, Formatter, Item, LinkAction,
    LinkTarget, LinkValue, Links, Panel, Parameter, Source, TimeContext, Workbook,
};

/// A place.
#[derive(Clone, Debug)]
pub struct At {
    /// The number of the item from the top.
    pub order: usize,
    /// For readers.
    pub place: String,
    /// The list of items it stands in.
    pub list: usize,
}

/// A list of items.
#[derive(Clone, Copy, Debug)]
struct List {
    /// The list around it.
    around: Option<usize>,
    /// Whether its parameters are seen there.
    exports: bool,
}

/// A query's text.
pub struct Query<'a> {
    /// Where it stands.
    pub at: At,
    /// As described.
    pub text: &'a str,
    /// The panel it draws; none: it fills a list of values.
    pub panel: Option<&'a Panel>,
}

/// A workbook laid flat.
#[derive(Default)]
pub struct Survey<'a> {
    lists: Vec<List>,
    /// Every item.
    pub items: Vec<(At, &'a Item)>,
    /// Every parameter.
    pub parameters: Vec<(At, &'a Parameter)>,
    /// Every drawn query.
    pub panels: Vec<(At, &'a Item, &'a Panel)>,
    /// What clicks on rows tell.
    pub exports: Vec<(At, &'a Panel, &'a Export)>,
    /// What links set: name and value.
    pub sets: Vec<(At, &'a str, &'a str)>,
    /// Every query over the logs.
    pub queries: Vec<Query<'a>>,
    /// Names that something refers to.
    pub uses: Vec<Use>,
    /// Whether something opens another workbook, which gets all values.
    pub opens_workbooks: bool,
    /// The table the workbook is about.
    pub table: Option<&'a str>,
}

/// A name that something refers to.
pub struct Use {
    /// Where.
    pub at: At,
    /// The parameter's name.
    pub name: String,
    /// The parameter that refers to it, where it is one.
    pub by: Option<String>,
    /// Whether it stands in a query.
    pub in_query: bool,
    /// Whether it stands in a text among other words, where braces can mean something else.
    pub in_words: bool,
}

impl<'a> Survey<'a> {
    /// Looks through a workbook.
    pub fn of(workbook: &'a Workbook) -> Survey<'a> {
        let mut survey = Survey { table: workbook.table.as_deref(), ..Survey::default() };
        survey.lists.push(List { around: None, exports: false });
        survey.walk(&workbook.items, 0);
        survey
    }

    /// Whether what is declared in one list is seen in the other.
    pub fn sees(&self, from: usize, declared: usize) -> bool {
        let mut outermost = declared;
        while let List { around: Some(around), exports: true } = self.lists[outermost] {
            outermost = around;
        }
        let mut list = Some(from);
        while let Some(at) = list {
            if at == outermost || at == declared {
                return true;
            }
            list = self.lists[at].around;
        }
        false
    }

    /// Whether anything gives a parameter of that name a value.
    pub fn is_given(&self, name: &str) -> bool {
        self.is_declared(name) || self.sets.iter().any(|(_, set, _)| *set == name)
    }

    /// Whether a parameter or an export has that name.
    pub fn is_declared(&self, name: &str) -> bool {
        self.parameters.iter().any(|(_, parameter)| parameter.name == name)
            || self.exports.iter().any(|(_, _, export)| export.parameter == name)
    }

    fn walk(&mut self, items: &'a [Item], list: usize) {
        for item in items {
            let place = match item.name.as_str() {
                "" => format!("item {}", item.id),
                name => format!("item {} ({name})", item.id),
            };
            let at = At { order: self.items.len(), place, list };
            self.items.push((at.clone(), item));
            for condition in &item.conditions {
                self.name(&at, &condition.parameter, None);
                self.words(&at, &condition.value, None);
            }
            match &item.content {
                Content::Text(text) => self.words(&at, &text.markdown, None),
                Content::Parameters(step) => {
                    step.parameters.iter().for_each(|found| self.parameter(&at, found))
                }
                Content::Links(links) => self.links(&at, links),
                Content::Panel(panel) => self.panel(&at, item, panel),
                Content::Group(group) => {
                    self.words(&at, &group.title, None);
                    let inside = self.lists.len();
                    self.lists.push(List { around: Some(list), exports: group.exports_parameters });
                    self.walk(&group.items, inside);
                }
                Content::Placeholder(_) => {}
            }
        }
    }

    fn parameter(&mut self, at: &At, parameter: &'a Parameter) {
        let at = At { place: format!("{}, parameter {}", at.place, parameter.name), ..at.clone() };
        let by = Some(parameter.name.as_str());
        self.time(&at, &parameter.time, by);
        for condition in &parameter.conditions {
            self.name(&at, &condition.parameter, by);
        }
        match &parameter.choices {
            Choices::Query(query) => self.query(&at, &query.text, None, by),
            Choices::Json(text) => self.words(&at, text, by),
            Choices::Rows(source) => self.words(&at, &source.content, by),
            Choices::Criteria(criteria) => self.criteria(&at, criteria, by),
            Choices::None | Choices::List(_) | Choices::Unavailable(_) => {}
        }
        self.parameters.push((at, parameter));
    }

    fn criteria(&mut self, at: &At, criteria: &[Criterion], by: Option<&str>) {
        for criterion in criteria {
            match &criterion.test {
                CriterionTest::Always => {}
                CriterionTest::If { left, right, .. } => {
                    self.words(at, left, by);
                    self.words(at, right, by);
                }
            }
            match &criterion.result {
                CriterionResult::Parameter(name) => self.name(at, name.trim_matches(['{', '}']), by),
                CriterionResult::Text(text) | CriterionResult::Expression(text) => self.words(at, text, by),
            }
        }
    }

    fn links(&mut self, at: &At, links: &'a Links) {
        for link in &links.links {
            for text in [&link.label, &link.before, &link.after] {
                self.words(at, text, None);
            }
            match &link.action {
                LinkAction::Parameter { name, value } => {
                    self.words(at, value, None);
                    self.sets.push((at.clone(), name, value));
                }
                LinkAction::Url(text) => self.words(at, text, None),
                LinkAction::Workbook(text) => {
                    self.words(at, text, None);
                    self.opens_workbooks = true;
                }
                LinkAction::Step(_) | LinkAction::Portal(_) => {}
            }
        }
    }

    fn panel(&mut self, at: &At, item: &'a Item, panel: &'a Panel) {
        let said = [Some(&panel.title), panel.description.as_ref(), panel.no_data.as_ref()];
        said.into_iter().flatten().for_each(|text| self.words(at, text, None));
        self.time(at, &panel.time, None);
        match &panel.source {
            Source::Query(query) => self.query(at, &query.text, Some(panel), None),
            Source::Json(source) => self.words(at, &source.content, None),
            Source::Merge(merge) => {
                merge.columns.iter().for_each(|column| self.criteria(at, &column.criteria, None));
            }
        }
        let labels = panel.grid.labels.iter().filter_map(|label| label.label.as_ref());
        let labels = labels.chain(panel.chart.labels.iter().filter_map(|label| label.label.as_ref()));
        labels.for_each(|text| self.words(at, text, None));
        formatters(panel).for_each(|formatter| self.formatter(at, formatter));
        self.panels.push((at.clone(), item, panel));
        self.exports.extend(panel.exports.iter().map(|export| (at.clone(), panel, export)));
    }

    fn formatter(&mut self, at: &At, formatter: &Formatter) {
        let thresholds = formatter.thresholds.iter().flat_map(|thresholds| &thresholds.tests);
        let link = formatter.link.as_ref();
        let texts = [&formatter.label, &formatter.tooltip].into_iter().flatten();
        let texts = texts.chain(link.and_then(|link| link.label.as_ref()));
        texts
            .chain(thresholds.flat_map(|test| [&test.value, &test.text]))
            .for_each(|text| self.words(at, text, None));
        if let Some(LinkTarget::Workbook { template, parameters }) = link.map(|link| &link.target) {
            self.opens_workbooks = true;
            for value in parameters.iter().map(|(_, value)| value).chain([template]) {
                match value {
                    LinkValue::Text(text) => self.words(at, text, None),
                    LinkValue::Parameter(name) => self.name(at, name, None),
                    LinkValue::Column(_) => {}
                }
            }
        }
    }

    fn query(&mut self, at: &At, text: &'a str, panel: Option<&'a Panel>, by: Option<&str>) {
        for name in expand::names(text) {
            self.add(at, &name, by, true, false);
        }
        self.queries.push(Query { at: at.clone(), text, panel });
    }

    fn time(&mut self, at: &At, time: &TimeContext, by: Option<&str>) {
        match time {
            TimeContext::Parameter(name) => self.name(at, name, by),
            TimeContext::InQuery | TimeContext::Milliseconds(_) => {}
        }
    }

    fn words(&mut self, at: &At, text: &str, by: Option<&str>) {
        for name in expand::names(text) {
            self.add(at, &name, by, false, true);
        }
    }

    fn name(&mut self, at: &At, name: &str, by: Option<&str>) {
        self.add(at, name, by, false, false);
    }

    fn add(&mut self, at: &At, name: &str, by: Option<&str>, in_query: bool, in_words: bool) {
        let (name, by) = (name.to_owned(), by.map(str::to_owned));
        self.uses.push(Use { at: at.clone(), name, by, in_query, in_words });
    }
}

/// The rules for values of a panel.
pub fn formatters(panel: &Panel) -> impl Iterator<Item = &Formatter> {
    let tiles = panel.tiles.iter();
    let tiles =
        tiles.flat_map(|tiles| [&tiles.title, &tiles.subtitle, &tiles.left, &tiles.right, &tiles.bottom]);
    panel.grid.formatters.iter().chain(tiles.flatten())
}
