//! What a reader types is data; what is not known is refused; a reader's own file wins.

use crate::logs::{answer, logs, page, panel, rows, workbook};
use calypso_workbook::model::{Content, Item, Source, Workbook};
use calypso_workbook::{LoadOptions, Now, PageOptions};

/// Whether the item of that name, somewhere among these, has a query narrowed by a parameter.
fn narrowed(items: &[Item], name: &str, parameter: &str) -> bool {
    items.iter().any(|item| match &item.content {
        Content::Group(group) => narrowed(&group.items, name, parameter),
        Content::Panel(panel) if item.name == name => match &panel.source {
            Source::Query(query) => query.parameters.iter().any(|known| known == parameter),
            Source::Merge(_) | Source::Json(_) => false,
        },
        _ => false,
    })
}

#[test]
fn a_quote_in_a_value_changes_no_query() {
    let workbook = workbook();
    let values = [
        "' or '*' in ('*",
        "Failure') or true or ResultType in ('",
        "\"); AADProvisioningLogs //",
        "\\",
        "O'Neil",
        "]) | take 1 //",
    ];
    let parameters = ["Status", "Action", "JobId", "SyncType", "ActionInfo", "PickedStatus", "TargetName"];
    // Every parameter meets some values and every value some parameters.
    for (at, parameter) in parameters.into_iter().enumerate() {
        let (one, other) = (values[at % values.len()], values[(at + 3) % values.len()]);
        // Given twice, so that both are taken as they stand.
        let page = page(&workbook, &[(parameter, one), (parameter, other)]);
        let known = format!("_{parameter}");
        for (item, _) in page.panels() {
            let empty = answer(&page, Some(&item.name)).rows() == 0;
            assert_eq!(empty, narrowed(&workbook.items, &item.name, &known), "{parameter}: {}", item.name);
        }
    }
}

#[test]
fn a_name_with_a_quote_finds_its_rows() {
    let (workbook, logs) = (workbook(), logs());
    let all = PageOptions {
        panel: Some("step details".into()),
        parameters: vec![("Date".into(), "30d".into())],
        ..PageOptions::at(Now::At(logs.now))
    };
    let page = workbook.page(&logs.engine, &all).unwrap();
    let answer = answer(&page, None);
    let at = answer.columns.iter().position(|column| column.name == "TargetName").unwrap();
    let names: Vec<String> = rows(answer).iter().map(|row| row[at].text()).collect();
    let quoted = names.iter().find(|name| name.contains('\'')).expect("a name with a quote is generated");
    let wanted = names.iter().filter(|name| *name == quoted).count();
    let one = PageOptions {
        parameters: vec![("Date".into(), "30d".into()), ("Target Name".into(), quoted.clone())],
        ..all
    };
    let page = workbook.page(&logs.engine, &one).unwrap();
    assert_eq!(crate::logs::answer(&page, None).rows(), wanted, "{quoted}");
    assert!(page.notices.is_empty(), "{:?}", page.notices);
}

#[test]
fn what_is_not_known_is_refused() {
    let (workbook, logs) = (workbook(), logs());
    let refused = |options: PageOptions| workbook.page(&logs.engine, &options).unwrap_err().to_string();
    let at = || PageOptions::at(Now::At(logs.now));
    let parameters = vec![("Statsu".to_owned(), "Failure".to_owned())];
    assert_eq!(
        refused(PageOptions { parameters, ..at() }),
        "no parameter named `Statsu`; did you mean `Status`?"
    );
    assert_eq!(
        refused(PageOptions { panel: Some("user detials".into()), ..at() }),
        "no panel named `user detials`; did you mean `user details`?"
    );
    assert_eq!(
        refused(PageOptions { tab: Some("Sync sumary".into()), ..at() }),
        "no tab named `Sync sumary`; did you mean `Sync summary`?"
    );
    let misspelt = page(&workbook, &[("Status", "Failur")]);
    assert!(
        misspelt.notices[0]
            .starts_with("no row of the chosen range has the Status `Failur`; there are Failure")
    );
}

#[test]
fn a_file_of_the_users_own_wins() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("cloud-sync");
    std::fs::create_dir(&own).unwrap();
    std::fs::write(own.join("recent-errors.kql"), "// title: Mine\nprint ErrorCode = 'own', Occurrences = 1")
        .unwrap();
    std::fs::write(own.join("sync-counts.kql"), "AADProvisioningLogs\n| where Acton == ''").unwrap();
    let options = LoadOptions { user_folder: Some(folder.path().to_owned()), ..LoadOptions::default() };
    let workbook = Workbook::load("cloud-sync", &options).unwrap();
    let page = page(&workbook, &[]);
    let errors = panel(&page, "recent errors");
    assert_eq!((errors.title.as_str(), answer(&page, Some("recent errors")).rows()), ("Mine", 1));
    // A broken file spoils its own panel only, and says where.
    let broken = panel(&page, "sync counts").drawing.as_ref().unwrap_err();
    assert!(broken.contains("sync-counts.kql, line 2:"), "{broken}");
    assert!(panel(&page, "objects by type").drawing.is_ok());
    std::fs::write(own.join("dashboard.toml"), "title = 1").unwrap();
    let error = Workbook::load("cloud-sync", &options).unwrap_err().to_string();
    assert!(error.contains("dashboard.toml") && error.contains("line 1"), "{error}");
}
