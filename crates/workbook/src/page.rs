//! A page: every panel of a dashboard answered for one choice of parameters at one instant. In: a dashboard, an engine
//! and the reader's choice. Out: answers, or for each panel why it has none, and what the reader should know.

use crate::choices::offered;
use crate::dashboard::Dashboard;
use crate::description::{Panel, Parameter};
use crate::error::DashboardError;
use crate::names::same;
use crate::query_file::QueryFile;
use crate::time_range::{TimeRange, second_text};
use crate::values::{Chosen, choose};
use calypso_engine::{CancelToken, Engine, QueryError, RunOptions};
use calypso_library::{Answer, Value};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Panels answered side by side; each query also works on several cores by itself.
const SIDE_BY_SIDE: usize = 2;
/// Binding walks deep expressions by recursion.
const STACK: usize = 16 << 20;

/// The instant a page is made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Now {
    /// That time, ticks.
    At(i64),
    /// The time of the newest row; where there is none, the first tick there is.
    End,
}

/// What a reader asks of a page.
#[derive(Clone, Debug)]
pub struct PageOptions {
    /// Names and values of parameters; a name given again adds a value.
    pub parameters: Vec<(String, String)>,
    /// The instant that time ranges are counted back from.
    pub now: Now,
    /// Only this panel.
    pub panel: Option<String>,
    /// Only the panels of this tab.
    pub tab: Option<String>,
    /// Stops the queries.
    pub cancel: CancelToken,
}

impl PageOptions {
    /// The whole page with every parameter at its default.
    pub fn at(now: Now) -> PageOptions {
        PageOptions { parameters: Vec::new(), now, panel: None, tab: None, cancel: CancelToken::default() }
    }
}

/// An answered page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The title.
    pub title: String,
    /// The instant, ticks.
    pub now: i64,
    /// Every parameter with its value, in the order described.
    pub parameters: Vec<(Parameter, Chosen)>,
    /// What the reader should know before reading: sentences.
    pub notices: Vec<String>,
    /// Whether one panel was asked for alone.
    pub alone: bool,
    /// The panels in order.
    pub panels: Vec<PanelAnswer>,
}

/// One panel of a page.
#[derive(Clone, Debug)]
pub struct PanelAnswer {
    /// What is described.
    pub panel: Panel,
    /// The line above.
    pub title: String,
    /// What it tells.
    pub description: Option<String>,
    /// What its query answers, or a sentence why it does not.
    pub answer: Result<Answer, String>,
    /// Labels of parameters that the reader chose and that do not narrow this panel.
    pub unheeded: Vec<String>,
    /// A row's value as an example of drilling down: `--panel … --param …` shows the other panel.
    pub drill_down: Option<String>,
}

impl Page {
    /// The panel of that name.
    pub fn panel(&self, name: &str) -> Option<&PanelAnswer> {
        self.panels.iter().find(|one| same(&one.panel.name, name))
    }
}

impl Dashboard {
    /// Answers the panels asked for. A panel whose query fails says so itself; the others are answered.
    ///
    /// # Errors
    /// When a parameter, panel or tab is not known, or a value is none of its parameter.
    pub fn page(&self, engine: &Engine, options: &PageOptions) -> Result<Page, DashboardError> {
        let panels = self.panels_asked_for(options)?;
        let newest = self.newest(engine, &options.cancel);
        let now = match options.now {
            Now::At(ticks) => ticks,
            Now::End => newest.as_ref().ok().copied().flatten().unwrap_or(0),
        };
        // A page of nothing has no range to look back over.
        let now_or_late = if now == 0 { i64::MAX >> 2 } else { now };
        let chosen = choose(&self.description, &options.parameters, now_or_late)?;
        let parameters: Vec<_> = self.description.parameters.iter().cloned().zip(chosen).collect();
        let range = time_range(&parameters);
        let mut notices = Vec::from_iter(self.age_notice(&newest, range));
        notices.extend(self.choice_notices(engine, &parameters, now, &options.cancel));
        let answers = self.answers(engine, &panels, &parameters, now, &options.cancel);
        let panels = panels.into_iter().zip(answers);
        let panels = panels.map(|(panel, answer)| self.panel_answer(panel, answer, &parameters)).collect();
        Ok(Page {
            title: self.description.title.clone(),
            now,
            parameters,
            notices,
            alone: options.panel.is_some(),
            panels,
        })
    }

    /// The values offered for a parameter over the page's time range.
    ///
    /// # Errors
    /// When there is no such parameter, an option is not right, or the query cannot be run.
    pub fn choices(
        &self,
        engine: &Engine,
        parameter: &str,
        options: &PageOptions,
    ) -> Result<Vec<String>, DashboardError> {
        let wanted = self.description.parameter(parameter)?;
        let now = match options.now {
            Now::At(ticks) => ticks,
            Now::End => self.newest(engine, &options.cancel).ok().flatten().unwrap_or(i64::MAX >> 2),
        };
        let chosen = choose(&self.description, &options.parameters, now)?;
        let parameters: Vec<_> = self.description.parameters.iter().cloned().zip(chosen).collect();
        offered(self, engine, wanted, time_range(&parameters), now, &options.cancel)
            .map_err(DashboardError::new)
    }

    fn panels_asked_for(&self, options: &PageOptions) -> Result<Vec<&Panel>, DashboardError> {
        if let Some(name) = &options.panel {
            return Ok(vec![self.description.panel(name)?]);
        }
        let tabs = match &options.tab {
            Some(name) => vec![self.description.tab(name)?],
            None => self.description.tabs.iter().collect(),
        };
        let mut panels = Vec::new();
        for tab in tabs {
            let on_tab = |panel: &&Panel| panel.tab.as_deref().is_some_and(|name| same(name, &tab.name));
            panels.extend(self.description.panels.iter().filter(on_tab));
        }
        Ok(panels)
    }

    /// The time of the newest row; none when there is no row.
    fn newest(&self, engine: &Engine, cancel: &CancelToken) -> Result<Option<i64>, String> {
        let text = format!("{} | summarize max(TimeGenerated)", self.description.table);
        let options = RunOptions { cancel: cancel.clone(), ..RunOptions::default() };
        let answers = engine.run_with(&text, &options).map_err(|error| error.to_string())?;
        let cell = answers.last().and_then(|answer| {
            let batch = answer.batches.iter().find(|batch| batch.num_rows() > 0)?;
            Some(Value::from_array(answer.columns.first()?.ty, batch.column(0), 0))
        });
        Ok(if let Some(Value::DateTime(ticks)) = cell { Some(ticks) } else { None })
    }

    /// What to say when the range holds no row because the logs are older.
    fn age_notice(&self, newest: &Result<Option<i64>, String>, range: Option<&TimeRange>) -> Option<String> {
        let table = &self.description.table;
        match (newest, range) {
            (Err(why), _) => Some(format!("the table {table} cannot be read: {why}")),
            (Ok(None), _) => Some(format!("the table {table} has no rows: open logs with `--data PATH`")),
            (Ok(Some(newest)), Some(range)) if *newest <= range.from => Some(format!(
                "the newest row is of {} UTC, before the chosen range begins ({} UTC): \
                 `--now end` counts back from the newest row",
                second_text(*newest),
                second_text(range.from)
            )),
            (Ok(Some(_)), _) => None,
        }
    }

    /// Says which chosen values no row of the range has.
    fn choice_notices(
        &self,
        engine: &Engine,
        parameters: &[(Parameter, Chosen)],
        now: i64,
        cancel: &CancelToken,
    ) -> Vec<String> {
        let mut notices = Vec::new();
        for (parameter, chosen) in parameters {
            let Chosen::Choice(values) = chosen else { continue };
            if values.is_empty() {
                continue;
            }
            let range = time_range(parameters);
            let Ok(known) = offered(self, engine, parameter, range, now, cancel) else { continue };
            for value in values.iter().filter(|value| !known.contains(value)) {
                let listed =
                    if known.len() <= 12 { known.join(", ") } else { known[..12].join(", ") + ", …" };
                let rest = if known.is_empty() { String::new() } else { format!("; there are {listed}") };
                notices.push(format!(
                    "no row of the chosen range has the {} `{value}`{rest}",
                    parameter.label()
                ));
            }
        }
        notices
    }

    /// The answers of panels, in their order.
    fn answers(
        &self,
        engine: &Engine,
        panels: &[&Panel],
        parameters: &[(Parameter, Chosen)],
        now: i64,
        cancel: &CancelToken,
    ) -> Vec<Result<Answer, String>> {
        let options = run_options(time_range(parameters), parameters, now, cancel);
        let next = AtomicUsize::new(0);
        let done: Vec<Mutex<Option<Result<Answer, String>>>> =
            panels.iter().map(|_| Mutex::default()).collect();
        // Lists of rows take longest: begun first, they do not leave one thread at work while the other is idle.
        let mut order: Vec<usize> = (0..panels.len()).collect();
        order.sort_by_key(|at| panels[*at].table.group.is_empty());
        let work = || {
            while let Some(at) = order.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
                let answer = self.answer(engine, panels[at], &options);
                *done[at].lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(answer);
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..SIDE_BY_SIDE.min(panels.len()) {
                // Without a second thread the first does all the work.
                let _ = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            }
        });
        let stopped = || Err("the panel was not answered: no thread could be started".to_owned());
        let answers = done.into_iter().map(|cell| cell.into_inner().unwrap_or_else(|e| e.into_inner()));
        answers.map(|answer| answer.unwrap_or_else(stopped)).collect()
    }

    fn answer(&self, engine: &Engine, panel: &Panel, options: &RunOptions) -> Result<Answer, String> {
        let file = &self.files[&panel.file];
        let answers = engine.run_with(&file.text, options).map_err(|error| query_text_error(&error, file))?;
        answers.into_iter().next_back().ok_or_else(|| format!("{} has no query", file.path))
    }

    fn panel_answer(
        &self,
        panel: &Panel,
        answer: Result<Answer, String>,
        parameters: &[(Parameter, Chosen)],
    ) -> PanelAnswer {
        let file = &self.files[&panel.file];
        let narrows = |name: &str| file.parameters.iter().any(|known| known.strip_prefix('_') == Some(name));
        let unheeded = parameters.iter().filter(|(parameter, chosen)| {
            !matches!(chosen, Chosen::Time(_)) && !chosen.is_all() && !narrows(&parameter.name)
        });
        PanelAnswer {
            panel: panel.clone(),
            title: file.title.clone().unwrap_or_else(|| panel.name.clone()),
            description: file.description.clone(),
            unheeded: unheeded.map(|(parameter, _)| parameter.label().to_owned()).collect(),
            drill_down: answer.as_ref().ok().and_then(|answer| example(panel, answer)),
            answer,
        }
    }
}

/// The arguments that show what is behind the first row.
fn example(panel: &Panel, answer: &Answer) -> Option<String> {
    let drill = panel.drill_down.as_ref()?;
    let at = answer.columns.iter().position(|column| column.name == drill.column)?;
    let batch = answer.batches.iter().find(|batch| batch.num_rows() > 0)?;
    let value = Value::from_array(answer.columns[at].ty, batch.column(at), 0);
    let quote = |text: &str| if text.contains(' ') { format!("\"{text}\"") } else { text.to_owned() };
    let value = format!("{}={}", drill.parameter, calypso_view::text::value_text(&value));
    // What a shell would read otherwise is no good example.
    let harmless = |c: char| c.is_alphanumeric() || " =-_.@".contains(c);
    value.chars().all(harmless).then_some(())?;
    Some(format!("--panel {} --param {}", quote(&drill.panel), quote(&value)))
}

/// The page's time range, where the dashboard has one.
fn time_range(parameters: &[(Parameter, Chosen)]) -> Option<&TimeRange> {
    parameters.iter().find_map(|(_, chosen)| match chosen {
        Chosen::Time(range) => Some(range),
        Chosen::Choice(_) | Chosen::Text(_) => None,
    })
}

/// The circumstances of a query: its instant, the rows it sees, and the values of its parameters.
pub fn run_options(
    range: Option<&TimeRange>,
    parameters: &[(Parameter, Chosen)],
    now: i64,
    cancel: &CancelToken,
) -> RunOptions {
    RunOptions {
        now: Some(now),
        // The range leaves out its start and includes its end; the engine does the opposite.
        time_range: range.map(|range| (range.from + 1, range.to + 1)),
        parameters: parameters.iter().flat_map(|(parameter, chosen)| chosen.bound(&parameter.name)).collect(),
        cancel: cancel.clone(),
        row_limit: None,
    }
}

/// Why a query file gave no answer, with the line of the first finding.
pub fn query_text_error(error: &QueryError, file: &QueryFile) -> String {
    match error {
        QueryError::Diagnostics(found) => match found.first() {
            Some(first) => {
                let help = first.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
                format!(
                    "{}, line {}: {}{help}",
                    file.path,
                    file.line_of(first.span.start as usize),
                    first.message
                )
            }
            None => format!("{}: the query cannot be bound", file.path),
        },
        QueryError::Execution(sentence) => format!("{}: {sentence}", file.path),
        QueryError::Cancelled => "the query was cancelled".to_owned(),
    }
}
