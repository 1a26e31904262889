//! The five public workbooks about provisioning, read whole. Skipped where the files are not at hand.

use super::{FolderTemplates, read};
use crate::model::*;
use std::path::PathBuf;

/// The folder of the files.
pub fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/workbooks");
    if !folder.is_dir() {
        println!("skipped: the public workbooks are not at hand");
        return None;
    }
    Some(folder)
}

/// One of the workbooks, with the folder's own templates.
pub fn workbook(name: &str) -> Option<Workbook> {
    let folder = folder()?;
    let text = std::fs::read_to_string(folder.join(format!("{name}.workbook"))).unwrap();
    Some(read(&text, name, &FolderTemplates { folders: vec![folder] }).unwrap())
}

/// Every item, those in groups too.
fn all(items: &[Item]) -> Vec<&Item> {
    items
        .iter()
        .flat_map(|item| {
            let mut found = vec![item];
            if let Content::Group(group) = &item.content {
                found.extend(all(&group.items));
            }
            found
        })
        .collect()
}

fn panels(workbook: &Workbook) -> Vec<(&Item, &Panel)> {
    let items = all(&workbook.items).into_iter();
    items
        .filter_map(|item| match &item.content {
            Content::Panel(panel) => Some((item, &**panel)),
            _ => None,
        })
        .collect()
}

fn parameters(workbook: &Workbook) -> Vec<&Parameter> {
    let items = all(&workbook.items).into_iter();
    items
        .flat_map(|item| match &item.content {
            Content::Parameters(step) => step.parameters.iter().collect(),
            _ => Vec::new(),
        })
        .collect()
}

fn panel<'a>(workbook: &'a Workbook, name: &str) -> &'a Panel {
    panels(workbook).into_iter().find(|(item, _)| item.name == name).unwrap().1
}

#[test]
fn all_are_read_without_a_note_or_placeholder() {
    for (name, title, items, parameters_, panels_) in [
        ("AAD cloud sync Insights", "Microsoft Entra cloud sync insights", 16, 8, 7),
        ("AAD cloud sync details", "Cloud sync provisioning log details", 6, 8, 2),
        (
            "AAD cloud sync user details",
            "Objects synced using cloud sync (AD to Microsoft Entra ID)",
            3,
            4,
            1,
        ),
        ("ProvisioningAnalysis", "Provisioning Logs", 15, 11, 9),
        ("Provisioning Insights", "Provisioning insights", 34, 20, 14),
    ] {
        let Some(workbook) = workbook(name) else { return };
        assert_eq!(workbook.title, title);
        assert_eq!(workbook.name, name);
        assert_eq!(workbook.expansion, Expansion::Braces);
        assert_eq!(workbook.table.as_deref(), Some("AADProvisioningLogs"));
        assert_eq!(workbook.notes, Vec::<String>::new(), "{name}");
        assert_eq!(all(&workbook.items).len(), items, "{name}");
        assert_eq!(parameters(&workbook).len(), parameters_, "{name}");
        assert_eq!(panels(&workbook).len(), panels_, "{name}");
        let placeholders = all(&workbook.items);
        assert!(!placeholders.iter().any(|item| matches!(item.content, Content::Placeholder(_))), "{name}");
    }
}

#[test]
fn insights_declares_its_parameters() {
    let Some(workbook) = workbook("AAD cloud sync Insights") else { return };
    let parameters = parameters(&workbook);
    let names: Vec<_> =
        parameters.iter().map(|parameter| (parameter.name.as_str(), parameter.label())).collect();
    assert_eq!(
        names,
        [
            ("TimeRange", "Date Time"),
            ("Status", "Status"),
            ("Action", "Action"),
            ("JobId", "Job Id"),
            ("SyncType", "Sync Type"),
            ("Stage", "Sync Stage"),
            ("IdentityType", "IdentityType"),
            ("TName", "TargetName"),
        ]
    );
    let time = parameters[0];
    assert_eq!(time.kind, ParameterKind::TimeRange);
    assert_eq!(time.value, Shipped::Milliseconds(172_800_000));
    assert_eq!(time.durations.len(), 11);
    assert!(time.custom_time && time.choices == Choices::None);
    for (parameter, delimiter) in [(1, "'"), (2, ","), (3, "'"), (4, ",")] {
        let parameter = parameters[parameter];
        assert_eq!(parameter.kind, ParameterKind::DropDown);
        assert_eq!(
            (parameter.quote.as_str(), parameter.delimiter.as_str()),
            ("'", delimiter),
            "{}",
            parameter.name
        );
        assert_eq!(parameter.value, Shipped::Text("value::all".into()), "{}", parameter.name);
        assert_eq!(parameter.select_all.as_deref(), Some("*"));
        assert_eq!(parameter.time, TimeContext::Parameter("TimeRange".into()));
        assert!(parameter.multiple && parameter.offers_all && !parameter.required);
        assert!(
            matches!(&parameter.choices, Choices::Query(query) if query.text.starts_with("AADProvisioningLogs"))
        );
    }
}

#[test]
fn insights_has_tabs_and_the_details_under_the_second() {
    let Some(workbook) = workbook("AAD cloud sync Insights") else { return };
    let Content::Links(tabs) = &workbook.items[3].content else { panic!("{:?}", workbook.items[3]) };
    assert_eq!(tabs.style, LinksStyle::Tabs);
    let actions: Vec<_> = tabs.links.iter().map(|link| (link.label.as_str(), &link.action)).collect();
    let sets = |value: &str| LinkAction::Parameter { name: "selTab".into(), value: value.into() };
    assert_eq!(actions, [("Sync Summary", &sets("ProvSummary")), ("Sync Details", &sets("ProvDetails"))]);
    let details = &workbook.items[5];
    let condition = |value: &str| {
        vec![Condition { parameter: "selTab".into(), comparison: Comparison::Equal, value: value.into() }]
    };
    assert_eq!(details.conditions, condition("ProvDetails"));
    assert_eq!(workbook.items[4].conditions, condition("ProvSummary"));
    let Content::Group(group) = &details.content else { panic!() };
    assert!(group.template.as_deref().unwrap().ends_with("/AAD cloud sync details"));
    // The first step of parameters is gone: all of them are declared outside.
    let ids: Vec<_> = group.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["6.1", "6.3", "6.4", "6.5", "6.6"]);
}

#[test]
fn insights_draws_five_panels() {
    let Some(workbook) = workbook("AAD cloud sync Insights") else { return };
    let tiles = panel(&workbook, "query - 8");
    assert_eq!(
        (tiles.title.as_str(), tiles.look, tiles.size),
        ("Total synced objects by type", Look::Tiles, Size::Full)
    );
    let settings = tiles.tiles.as_ref().unwrap();
    assert_eq!(settings.sort, Some(("Objects".into(), false)));
    let title = settings.title.as_ref().unwrap();
    assert_eq!((title.kind, title.column.as_str()), (FormatterKind::Thresholds, "SourceIdentityType"));
    let tests = title.thresholds.as_ref().unwrap();
    assert!(tests.colours && tests.tests.len() == 4 && tests.tests[3].test == ThresholdTest::Default);
    assert_eq!(settings.bottom.as_ref().unwrap().kind, FormatterKind::SparkLine);

    let bars = panel(&workbook, "SyncobjectsbyAction");
    assert_eq!((bars.look, &bars.time), (Look::Unstacked, &TimeContext::InQuery));
    assert_eq!(bars.chart.x.as_deref(), Some("TimeGenerated"));
    assert_eq!(bars.chart.labels[2].colour.as_deref(), Some("orange"));
    assert_eq!(panels(&workbook).iter().filter(|(item, _)| item.width == 50).count(), 2);

    let table = panel(&workbook, "SyncStatus");
    assert_eq!(table.grid.labels.len(), 6);
    assert_eq!(table.no_data.as_deref(), Some("Currently, there are no sync objects for your tenant."));
    let export = Export {
        column: Some("Action".into()),
        parameter: "ActionInfo".into(),
        default: Some("*".into()),
        ..Export::default()
    };
    assert_eq!(table.exports, [export]);
    let link = table.grid.formatters[2].link.as_ref().unwrap();
    let LinkTarget::Workbook { template: LinkValue::Text(template), .. } = &link.target else {
        panic!("{link:?}")
    };
    assert!(template.ends_with("/AAD cloud sync user details") && link.beside);

    let errors = panel(&workbook, "SyncErrors");
    assert_eq!(errors.look, Look::Auto);
    assert_eq!(errors.grid.formatters[0].kind, FormatterKind::HeatMap);
    assert_eq!(errors.grid.formatters[0].palette.as_deref(), Some("blue"));
}

#[test]
fn details_groups_its_rows() {
    let Some(workbook) = workbook("AAD cloud sync details") else { return };
    let grid = &panel(&workbook, "ProvisioningDetails").grid;
    assert_eq!((grid.rows, grid.filter), (Some(500), true));
    let by = vec!["Action".to_owned()];
    assert_eq!(grid.hierarchy, Some(Hierarchy::Groups { by, last: None, expanded: true }));
    let hidden = grid.formatters.iter().filter(|found| found.kind == FormatterKind::Hidden);
    let hidden: Vec<_> = hidden.map(|found| found.column.as_str()).collect();
    for column in
        ["CycleId", "Sync Type", "ErrorDescription", "statusDescription", "SourceIdentityType", "SourceName"]
    {
        assert!(hidden.contains(&column), "{column}");
    }
    let rows = grid
        .formatters
        .iter()
        .filter(|found| found.link.as_ref().is_some_and(|link| link.target == LinkTarget::Row));
    assert_eq!(
        rows.map(|found| found.column.as_str()).collect::<Vec<_>>(),
        ["SourceId", "TargetId", "TargetUPN", "SourceIdentity_Id"]
    );
    let global: Vec<_> = parameters(&workbook).into_iter().filter(|parameter| parameter.global).collect();
    assert_eq!(global.len(), 1);
    assert_eq!(global[0].name, "SyncType");
}

#[test]
fn user_details_waits_for_the_action_it_is_given() {
    let Some(workbook) = workbook("AAD cloud sync user details") else { return };
    let parameters = parameters(&workbook);
    assert!(parameters.iter().all(|parameter| parameter.hidden));
    let action = parameters[3];
    assert_eq!(
        (action.name.as_str(), &action.kind, action.required),
        ("ActionInfo", &ParameterKind::Text, true)
    );
    assert_eq!(action.value, Shipped::Text("*".into()));
    let Some(Hierarchy::Groups { by, last, expanded }) = &panel(&workbook, "query - 0").grid.hierarchy else {
        panic!()
    };
    assert_eq!(
        (by.as_slice(), last.as_deref(), *expanded),
        (&["ResultType".to_owned()][..], Some("Action"), true)
    );
}

#[test]
fn analysis_redefines_the_time_and_offers_all_without_a_word_for_it() {
    let Some(workbook) = workbook("ProvisioningAnalysis") else { return };
    let parameters = parameters(&workbook);
    let times: Vec<_> = parameters.iter().filter(|parameter| parameter.name == "TimeRange").collect();
    assert_eq!(times[0].value, Shipped::Milliseconds(86_400_000));
    assert_eq!(times[1].value, Shipped::Milliseconds(259_200_000));
    assert!(times[0].custom_time && !times[1].custom_time);
    let app = parameters.iter().find(|parameter| parameter.name == "App").unwrap();
    assert!(app.offers_all && app.select_all.is_none());
    assert_eq!(panel(&workbook, "query - 5").look, Look::Time);
    assert_eq!(panel(&workbook, "query - 13").look, Look::Pie);
    assert_eq!(panel(&workbook, "query - 4").sort, [Sort { column: "CycleTime".into(), descending: false }]);
    assert_eq!(panel(&workbook, "query - 10").time, TimeContext::Milliseconds(86_400_000));
}

#[test]
fn provisioning_insights_checks_the_number_of_rows() {
    let Some(workbook) = workbook("Provisioning Insights") else { return };
    let rows = parameters(&workbook).into_iter().find(|parameter| parameter.name == "NumRows").unwrap();
    assert_eq!(rows.value, Shipped::Text("100".into()));
    assert_eq!(rows.rules, [("[0-9][0-9]*".to_owned(), true, "Must be an integer".to_owned())]);
    assert!(matches!(rows.choices, Choices::Query(_)));
    let Content::Links(tabs) = &workbook.items[4].content else { panic!() };
    assert_eq!(tabs.links.len(), 4);
    assert_eq!(workbook.items[3].conditions[0].comparison, Comparison::NotEqual);
}
