//! `calypso workbook`: a workbook over the logs, in the terminal or as an HTML file: whole, by tab, or one panel. In: its
//! name and values of its parameters. Out: its lines, its page, or one panel's rows in any form.

use super::page_rules::Rules;
use crate::arguments::{Drawn, Shared};
use crate::data::{self, Opened};
use crate::failure::Failure;
use crate::{interrupt, output, places};
use calypso_engine::QueryError;
use calypso_library::format::datetime_text;
use calypso_server::alerts::add_to as alerts_of;
use calypso_workbook::html::HtmlMode;
use calypso_workbook::{DashboardError, LoadOptions, Now, Page, PageOptions, Tabs, Workbook};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl Default for Drawn {
    fn default() -> Drawn {
        Drawn {
            name: "cloud-sync".to_owned(),
            panel: None,
            tab: None,
            html: None,
            alerts: false,
            faithful: false,
            templates: Vec::new(),
        }
    }
}

/// Opens the data and draws.
pub fn workbook(shared: &Shared, wanted: &Drawn) -> Result<(), Failure> {
    interrupt::listen(false);
    let workbook = load(&wanted.name, &wanted.templates)?;
    let opened = data::engine(shared)?;
    super::query::told(&opened);
    show(shared, &opened, workbook, wanted)
}

/// Draws over data that is open already.
pub fn draw(shared: &Shared, opened: &Opened, wanted: &Drawn) -> Result<(), Failure> {
    show(shared, opened, load(&wanted.name, &wanted.templates)?, wanted)
}

/// The names that need no path, each with its title.
pub fn list() -> Result<(), Failure> {
    let names = Workbook::known(&load_options(&[]));
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let own = |name: &str| places::queries().is_some_and(|folder| folder.join(name).is_dir());
    let mut out = std::io::stdout().lock();
    for name in &names {
        let loaded = Workbook::load(name, &load_options(&[]));
        let title = loaded.map_or_else(|error| format!("! {error}"), |workbook| workbook.title);
        let place = match (Workbook::built_in().contains(&name.as_str()), own(name)) {
            (true, false) => "",
            (true, true) => " (with files of your own)",
            (false, _) => " (your own)",
        };
        let line = format!("{name:<widest$}  {title}{place}");
        writeln!(out, "{}", calypso_view::text::visible(&line, true))?;
    }
    Ok(())
}

/// Where workbooks and their templates are looked for.
pub fn load_options(templates: &[PathBuf]) -> LoadOptions {
    LoadOptions { user_folder: places::queries(), template_folders: templates.to_vec() }
}

/// The workbook of that name.
pub fn load(name: &str, templates: &[PathBuf]) -> Result<Workbook, Failure> {
    Workbook::load(name, &load_options(templates)).map_err(refused)
}

/// What cannot be done as asked.
pub fn refused(error: DashboardError) -> Failure {
    Failure::Usage(error.to_string())
}

/// The page of a workbook, made until Ctrl-C cancels it.
pub fn page(shared: &Shared, opened: &Opened, workbook: Workbook, wanted: &Drawn) -> Result<Page, Failure> {
    let options = page_options(shared, opened, &workbook, wanted)?;
    let (cancel, engine) = (options.cancel.clone(), opened.engine.clone());
    let alerts = wanted.alerts;
    let page = interrupt::until(&cancel, move || {
        let mut page = workbook.page(&engine, &options)?;
        if alerts {
            let rules = Rules { names: Vec::new(), state: None };
            alerts_of(&mut page, &engine, &rules, &options.cancel)?;
        }
        Ok(page)
    });
    let stopped = |error| Failure::Query { text: String::new(), origin: wanted.name.clone(), error };
    let page = page.map_err(stopped)?.map_err(refused)?;
    if cancel.is_cancelled() {
        return Err(stopped(QueryError::Cancelled));
    }
    Ok(page)
}

fn page_options(
    shared: &Shared,
    opened: &Opened,
    workbook: &Workbook,
    wanted: &Drawn,
) -> Result<PageOptions, Failure> {
    let now = match (shared.now.as_deref(), opened.now) {
        (Some("end"), _) => Now::End,
        // The demo is pinned to its newest row, so that it is never empty.
        (None, Some(_)) if opened.summaries.is_empty() => Now::End,
        (_, Some(ticks)) => Now::At(ticks),
        (_, None) => Now::At(data::clock()),
    };
    let mut parameters = data::pairs(&shared.parameters)?;
    if let Some(range) = range(shared, opened)? {
        let Some(name) = workbook.time_range() else {
            return Err(Failure::Usage(format!("{} has no time range to choose", wanted.name)));
        };
        parameters.push((name.to_owned(), range));
    }
    let templates =
        load_options(&wanted.templates).templates(Some(Path::new(&wanted.name)).filter(|p| p.is_file()));
    let find = move |template: &str| {
        calypso_workbook::azure::Templates::find(&templates, template).map(|found| found.1)
    };
    Ok(PageOptions {
        parameters,
        panel: wanted.panel.clone(),
        tab: wanted.tab.clone(),
        tabs: if wanted.tab.is_some() { Tabs::Selected } else { Tabs::All },
        faithful: wanted.faithful,
        workbooks: Some(Arc::new(find)),
        ..PageOptions::at(now)
    })
}

/// What `--last`, `--from` and `--to` say, as a value of a time range.
fn range(shared: &Shared, opened: &Opened) -> Result<Option<String>, Failure> {
    let time =
        |option, text: &Option<String>| text.as_deref().map(|text| data::time(option, text)).transpose();
    match (&shared.last, time("--from", &shared.from)?, time("--to", &shared.to)?) {
        (Some(last), _, _) => Ok(Some(last.clone())),
        (None, None, None) => Ok(None),
        (None, Some(from), to) => {
            let to = to.or(opened.now).unwrap_or_else(data::clock);
            Ok(Some(format!("{}..{}", datetime_text(from), datetime_text(to))))
        }
        (None, None, Some(_)) => {
            Err(Failure::Usage("a workbook's range needs `--from` beside `--to`".to_owned()))
        }
    }
}

fn show(shared: &Shared, opened: &Opened, workbook: Workbook, wanted: &Drawn) -> Result<(), Failure> {
    let page = page(shared, opened, workbook, wanted)?;
    let panels = page.panels();
    if let ([(_, panel)], Some(_), None) = (panels.as_slice(), &wanted.panel, &wanted.html)
        && (shared.output.is_some() || shared.format != "auto")
    {
        return match (&panel.answer, &panel.drawing) {
            (Some(answer), _) => output::answers(shared, std::slice::from_ref(answer)),
            (None, Err(why)) => Err(Failure::Found(why.clone())),
            (None, Ok(_)) => Err(Failure::Found("the panel has no rows of its own".to_owned())),
        };
    }
    match &wanted.html {
        Some(file) => html(&page, file)?,
        None => {
            let mut out = std::io::stdout().lock();
            for line in page.terminal(&output::style(shared)) {
                writeln!(out, "{line}")?;
            }
        }
    }
    match panels.iter().filter(|(_, panel)| panel.drawing.is_err()).count() {
        0 => Ok(()),
        failed => Err(Failure::Found(format!("{failed} of {} panels have no answer", panels.len()))),
    }
}

/// Writes the page as one file; `-` is standard output.
fn html(page: &Page, file: &Path) -> Result<(), Failure> {
    let text = page.html(&HtmlMode::File);
    if file == Path::new("-") {
        return std::io::stdout().lock().write_all(text.as_bytes()).map_err(Failure::from);
    }
    output::written(file, |out| out.write_all(text.as_bytes()).map_err(Failure::from))?;
    let panels = match page.panels().len() {
        1 => "1 panel".to_owned(),
        count => format!("{count} panels"),
    };
    let name = calypso_view::text::visible(&file.display().to_string(), true).into_owned();
    writeln!(std::io::stdout(), "wrote {panels} to {name}").map_err(Failure::from)
}
