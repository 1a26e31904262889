//! Broken files of alert rules. In: such a text. Out: nothing, or what broke: a panic, a file neither read nor refused, a
//! place outside the file, a rule that does not come back from our own form.

use calypso_alerts::compare::differences;
use calypso_alerts::{convert, lint::lint, read, rule::Form};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// A rule of Sentinel's repository with all that such files say.
const SENTINEL: &str = "id: a\nname: Deletes\ndescription: |\n  'Many.\n  At once.'\nseverity: High\nqueryFrequency: 1h\n\
    queryPeriod: 14d // two weeks\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n  - Impact\nrelevantTechniques: ''\n\
    query: |\n  let limit = 5;   // rows: many\n  T\n  | where Action == \"Delete\"\nentityMappings:\n  - entityType: Account\n    \
    fieldMappings:\n      - identifier: FullName\n        columnName: Upn\ncustomDetails:\n  Job: JobId\nalertDetailsOverride:\n  \
    alertDisplayNameFormat: \"Gone: {{Count}}\"\n  alertDynamicProperties:\n    - alertProperty: ProductName\n      value: P\n\
    eventGroupingSettings:\n  aggregationKind: AlertPerResult\nsuppressionDuration: 5h\nsuppressionEnabled: true\nkind: Scheduled\n";

/// Files to begin with: the names that say their form, and the texts.
pub fn corpus() -> Vec<(&'static str, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = |name: &str, file: &'static str| {
        let entries = fs::read_dir(root.join(name)).into_iter().flatten().flatten();
        let texts = entries.filter_map(|entry| fs::read_to_string(entry.path()).ok());
        texts.map(move |text| (file, text)).collect::<Vec<_>>()
    };
    let mut all = vec![("a.yaml", SENTINEL.to_owned())];
    all.extend(folder("queries/alerts", "a.kql"));
    all.extend(folder("tests/rules", "a.json"));
    all
}

/// Tries a file; what is wrong.
pub fn fault(file: &str, text: &str) -> Option<String> {
    match catch_unwind(AssertUnwindSafe(|| tried(file, text))) {
        Ok(tried) => tried.err(),
        Err(panic) => Some(format!("panic over {file}: {}", crate::trial::words(panic.as_ref()))),
    }
}

fn tried(file: &str, text: &str) -> Result<(), String> {
    let reading = read(text, file);
    if reading.rules.is_empty() && !reading.has_errors() {
        return Err(format!("{file} is neither read nor refused"));
    }
    // YAML ends a line at a carriage return alone, too.
    let lines = text.matches(['\n', '\r']).count() as u32 + 1;
    if let Some(finding) = reading.findings.iter().find(|finding| !(1..=lines).contains(&finding.place.line))
    {
        return Err(format!("{file}: a place outside the file: {}", finding.code));
    }
    for rule in &reading.rules {
        lint(rule);
        for form in Form::ALL {
            let _ = convert(rule, form);
        }
        let own =
            convert(rule, Form::Own).map_err(|_| format!("{file}: our form does not say the rule"))?.text;
        let again = read(&own, "a.kql");
        let same = again.rules.first().is_some_and(|back| differences(rule, back).is_empty());
        if !same {
            return Err(format!("{file}: the rule does not come back from our form"));
        }
    }
    Ok(())
}
