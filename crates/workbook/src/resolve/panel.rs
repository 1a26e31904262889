//! A panel of the page: its query answered and drawn, and what is to be known of it.

use super::outline::{By, Place};
use super::query::{Asked, has_word};
use super::schedule::{Look, World};
use super::site::Site;
use crate::chosen::{Chosen, Held};
use crate::draw::{self, Surroundings};
use crate::expand;
use crate::model::{Content, Expansion, LinkValue, Panel, ParameterKind, QueryText, Source};
use crate::page::PagePanel;
use calypso_library::{Answer, Value};
use calypso_view::Drawing;
use calypso_view::text::value_text;
use std::sync::Arc;

impl Site<'_> {
    /// A panel, drawn.
    pub fn panel(&self, look: &Look<'_>, world: World, at: usize, panel: &Panel) -> Option<PagePanel> {
        let place = self.outline.place(at);
        let title = self.words(look, world, place, &panel.title);
        let description = panel.description.as_ref().map(|text| self.words(look, world, place, text));
        let asked = self.rows(look, world, at, &[])?;
        let (query, place_of_query, editable) = self.described(at, panel);
        let mut page = PagePanel {
            title: title?,
            description: match description {
                Some(text) => Some(text?),
                None => None,
            },
            size: panel.size,
            run: query.clone(),
            query,
            place: place_of_query,
            editable,
            drawing: Err(String::new()),
            answer: None,
            notes: Vec::new(),
            look_closer: None,
            rows_on_page: panel.grid.rows_on_page,
            from_width: panel.grid.from_width.clone(),
        };
        let asked = match asked {
            Ok(asked) => asked,
            Err(why) => {
                page.drawing = Err(why);
                return Some(page);
            }
        };
        if !matches!(panel.source, Source::Json(_)) {
            page.run.clone_from(&asked.job.text);
        }
        page.notes.extend(asked.notes.iter().cloned());
        match look.answer(&asked.job)? {
            Err(error) => page.drawing = Err(self.why(&error, &asked)),
            Ok(answer) => {
                page.drawing = Ok(self.drawing(look, world, at, panel, &answer)?);
                let unheeded = self.unheeded(look, world, place, panel)?;
                if !unheeded.is_empty() {
                    page.notes.push(format!("not narrowed by {}", unheeded.join(", ")));
                }
                page.look_closer = self.look_closer(panel, &answer);
                page.answer = Some(answer);
            }
        }
        Some(page)
    }

    /// The run that gives the rows of an item, or a sentence why there is none. `path` are the merges it is asked by.
    pub fn rows(
        &self,
        look: &Look<'_>,
        world: World,
        at: usize,
        path: &[usize],
    ) -> Option<Result<Asked, String>> {
        let place = self.outline.place(at);
        let Some(panel) = self.outline.panel(at) else {
            return Some(Err(match &self.outline.spots[at].item.content {
                Content::Placeholder(placeholder) => placeholder.why.clone(),
                Content::Text(_)
                | Content::Parameters(_)
                | Content::Links(_)
                | Content::Group(_)
                | Content::Panel(_) => "it is an item without rows".to_owned(),
            }));
        };
        match &panel.source {
            Source::Query(query) => {
                let turn =
                    if panel.grid.hierarchy.is_some() || has_word(&query.text, "mv-expand") { 1 } else { 2 };
                match self.edited(at) {
                    Some(text) => {
                        let edited = QueryText { text, place: String::new(), skipped: 0, ..query.clone() };
                        self.ask(look, world, place, &edited, &panel.time, turn)
                    }
                    None => self.ask(look, world, place, query, &panel.time, turn),
                }
            }
            Source::Json(source) => self.json(look, world, place, source),
            Source::Merge(merge) => self.merge(look, world, at, merge, path),
        }
    }

    /// The query the reader gave a panel.
    fn edited(&self, at: usize) -> Option<String> {
        let (id, text) = self.options.edited.as_ref()?;
        (*id == self.outline.spots[at].item.id).then(|| text.clone())
    }

    /// The query as described or changed, where it stands, and whether it can be changed.
    fn described(&self, at: usize, panel: &Panel) -> (String, String, bool) {
        match &panel.source {
            Source::Query(query) => {
                let text = self.edited(at).unwrap_or_else(|| query.text.clone());
                (text, query.place.clone(), true)
            }
            Source::Json(source) => (source.content.clone(), String::new(), false),
            Source::Merge(_) => (String::new(), String::new(), false),
        }
    }

    fn drawing(
        &self,
        look: &Look<'_>,
        world: World,
        at: usize,
        panel: &Panel,
        answer: &Arc<Answer>,
    ) -> Option<Drawing> {
        let given = self.given.pairs(self.outline);
        let around = Around { site: self, look, world, at, given };
        let drawing = draw::drawing(panel, answer, &around);
        // What it asked for and is not there yet is made first; then it is drawn again.
        (!look.blocked()).then_some(drawing)
    }

    /// Labels of parameters that the reader chose and that a query with `let`s does not heed.
    fn unheeded(&self, look: &Look<'_>, world: World, place: Place, panel: &Panel) -> Option<Vec<String>> {
        let mut labels = Vec::new();
        let Source::Query(query) = &panel.source else { return Some(labels) };
        if self.workbook.expansion == Expansion::Braces {
            return Some(labels);
        }
        for (at, one) in self.outline.declared.iter().enumerate() {
            let By::Parameter(parameter, _) = &one.by else { continue };
            let heeded = query.parameters.iter().any(|name| name.strip_prefix('_') == Some(one.name));
            let narrows =
                parameter.kind == ParameterKind::TimeRange || heeded || self.given.of(at).is_empty();
            if narrows || self.find(look, world, place, one.name)? != Some(at) {
                continue;
            }
            if !leaves_all_in(&look.value(world, at)?.chosen) {
                labels.push(parameter.label().to_owned());
            }
        }
        Some(labels)
    }

    /// The arguments that show what is behind the first row.
    fn look_closer(&self, panel: &Panel, answer: &Answer) -> Option<String> {
        let (name, parameters) = panel.grid.drill_down.as_ref()?;
        let batch = answer.batches.iter().find(|batch| batch.num_rows() > 0)?;
        let quote = |text: &str| if text.contains(' ') { format!("\"{text}\"") } else { text.to_owned() };
        let mut told = format!("--panel {}", quote(name));
        for (parameter, value) in parameters {
            let value = match value {
                LinkValue::Column(column) => {
                    let at = answer.columns.iter().position(|known| known.name == *column)?;
                    value_text(&Value::from_array(answer.columns[at].ty, batch.column(at), 0))
                }
                LinkValue::Text(text) => text.clone(),
                LinkValue::Parameter(_) => continue,
            };
            told += &format!(" --param {}", quote(&format!("{parameter}={value}")));
        }
        // What a shell would read otherwise is no good example.
        let harmless = |c: char| c.is_alphanumeric() || " =-_.@:\"".contains(c);
        told.chars().all(harmless).then_some(told)
    }
}

/// Whether a value leaves every row in.
pub fn leaves_all_in(chosen: &Chosen) -> bool {
    match &chosen.held {
        Held::Unset => true,
        Held::Text(text) => text.is_empty() || text == "*",
        Held::Picked { all, values } => *all || values.is_empty(),
        Held::Time(_) => false,
    }
}

/// The page around a panel while it is drawn.
struct Around<'a> {
    site: &'a Site<'a>,
    look: &'a Look<'a>,
    world: World,
    at: usize,
    given: Vec<(String, String)>,
}

impl Around<'_> {
    fn place(&self) -> Place {
        self.site.outline.place(self.at)
    }
}

impl Surroundings for Around<'_> {
    fn words(&self, text: &str) -> String {
        let words = self.site.words(self.look, self.world, self.place(), text);
        words.unwrap_or_else(|| text.to_owned())
    }

    fn key(&self, parameter: &str) -> String {
        let found = self.site.find(self.look, self.world, self.place(), parameter).flatten();
        found.map_or_else(|| parameter.to_owned(), |declared| self.site.outline.key(declared))
    }

    fn value(&self, parameter: &str) -> Option<String> {
        let declared = self.site.find(self.look, self.world, self.place(), parameter)??;
        let settled = self.look.value(self.world, declared)?;
        (!settled.is_unset()).then(|| expand::value_text(&settled.chosen))
    }

    fn given(&self) -> &[(String, String)] {
        &self.given
    }

    fn passed(&self) -> Vec<(String, String)> {
        self.site.passed(self.look, self.world, self.place()).unwrap_or_default()
    }

    fn workbook(&self, template: &str) -> Option<String> {
        self.site.other_workbook(template)
    }

    fn item(&self, name: &str) -> Option<String> {
        self.site.outline.named(name, self.at).map(|item| self.site.outline.spots[item].item.id.clone())
    }
}
