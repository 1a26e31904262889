//! Members of JSON texts that files keep as columns: the same answers as from the texts, and read instead of them.

use crate::build::*;
use arrow::array::{ArrayRef, Int64Array, StringViewArray};
use arrow::record_batch::RecordBatch;
use calypso_engine::{Engine, EngineOptions, Optimization, Optimizations};
use calypso_library::stored::{MEMBERS, values};
use calypso_library::{Column, Type};
use datafusion::parquet::arrow::ArrowWriter;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const IDENTITIES: &[&str] = &[
    r#"{"identityType":"user","details":{"id":"x"},"Id":"a1","Name":"Ann"}"#,
    r#"{"identityType":"User","Id":"a1","Name":"Ann \u0022 B"}"#,
    r#"{"identityType":"group","Id":5,"Name":null}"#,
    r#"{"Id":{"deep":[1,{"x":2}]},"Id":"twice"}"#,
    r#"[{"Id":"in an array"}]"#,
    "no JSON",
    "",
    "null",
];

const STEPS: &[&str] = &[
    r#"[{"name":"Import","provisioningStepType":0,"status":0},{"name":"Export","status":"1","x":1}]"#,
    r#"[{"name":{"odd":1}},null,7,"text",[{"name":"inner"}]]"#,
    "[]",
    r#"{"name":"a bag","status":2}"#,
    "{}",
    "no JSON",
    "",
    r#"[[],{"name":"last","provisioningStepType":3.5,"status":null}]"#,
];

fn texts(texts: impl Iterator<Item = &'static str>) -> ArrayRef {
    Arc::new(StringViewArray::from_iter_values(texts))
}

/// Every identity with every step; the member columns say `lies` when told to.
fn file(name: &str, lies: bool) -> PathBuf {
    let rows = IDENTITIES.len() * STEPS.len();
    let identities = texts((0..rows).map(|row| IDENTITIES[row % IDENTITIES.len()]));
    let steps = texts((0..rows).map(|row| STEPS[row / IDENTITIES.len()]));
    let mut columns = vec![
        ("n".to_owned(), Arc::new(Int64Array::from_iter_values(0..rows as i64)) as ArrayRef),
        ("SourceIdentity".to_owned(), Arc::clone(&identities)),
        ("ProvisioningSteps".to_owned(), Arc::clone(&steps)),
    ];
    for member in MEMBERS {
        let text = if member.column == "ProvisioningSteps" { &steps } else { &identities };
        let values = match lies {
            true => texts((0..rows).map(|_| if member.each { r#"["lie"]"# } else { r#""lie""# })),
            false => values(&[*member], text).remove(0),
        };
        columns.push((member.file_column(), values));
    }
    let batch = RecordBatch::try_from_iter(columns).expect("a batch");
    let path = std::env::temp_dir().join(format!("calypso-members-{}-{name}.parquet", std::process::id()));
    let mut writer =
        ArrowWriter::try_new(File::create(&path).expect("a file"), batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("rows");
    writer.close().expect("a footer");
    path
}

fn engine(path: &Path, optimizations: Optimizations) -> Engine {
    let engine = Engine::new(EngineOptions { optimizations, ..EngineOptions::default() }).expect("an engine");
    let columns = vec![
        Column::new("n", Type::Long),
        Column::new("SourceIdentity", Type::String),
        Column::new("ProvisioningSteps", Type::String),
    ];
    engine.register_parquet("T", columns, vec![path.to_owned()]);
    engine
}

#[test]
fn members_answer_as_the_texts_do() {
    let path = file("same", false);
    let with = engine(&path, Optimizations::default());
    let without = engine(&path, Optimizations::default().without(Optimization::StoredMembers));
    for query in [
        "T | extend s = parse_json(SourceIdentity) | project n, tostring(s.Id), tostring(s.Name), s.identityType",
        "T | extend s = parse_json(SourceIdentity) | where tostring(s.identityType) =~ 'user' | project n, s.Id.deep, s",
        "T | where tostring(parse_json(SourceIdentity).Id) == 'a1' | summarize count(), dcount(tostring(parse_json(SourceIdentity).Name))",
        "T | project n, x = todynamic(SourceIdentity).Id.deep[1].x",
        "T | project n, gettype(parse_json(SourceIdentity).Id), isnull(parse_json(SourceIdentity).Name)",
        "T | mv-expand step = parse_json(ProvisioningSteps) | project n, step.name, toint(step.status)",
        "T | mv-expand step = parse_json(ProvisioningSteps) | summarize count() by tostring(step.name), toint(step.provisioningStepType)",
        "T | mv-expand step = parse_json(ProvisioningSteps) | project n, step.name, step.x",
        "T | mv-expand step = parse_json(ProvisioningSteps) | project n, step",
        "T | mv-expand with_itemindex=i step = parse_json(ProvisioningSteps) | where i < 2 | project n, i, step.name",
        "T | mv-expand step = parse_json(ProvisioningSteps) limit 1 | project n, step.name",
        "T | mv-expand bagexpansion=array step = parse_json(ProvisioningSteps) | project n, step.name",
        "T | mv-expand step = parse_json(ProvisioningSteps) to typeof(string) | project n, step",
        "T | mv-expand step = parse_json(ProvisioningSteps), other = dynamic([1, 2, 3]) | project n, step.status, other",
        "T | mv-expand step = parse_json(ProvisioningSteps) | count",
        "T | extend steps = parse_json(ProvisioningSteps) | mv-expand steps | extend Name = tostring(steps.name) | where Name has 'port' | summarize arg_max(n, *) by Name",
        "T | extend ProvisioningSteps = parse_json(ProvisioningSteps) | mv-expand ProvisioningSteps | project n, ProvisioningSteps.name, parse_json(SourceIdentity).Id",
        "T | project-rename Who = SourceIdentity | extend a = parse_json(Who) | extend b = a | project n, b.Id, a.Name",
        "let v = T | extend s = parse_json(SourceIdentity); v | where s.Id == 'a1' | join kind=inner (v | project n, s) on n | project n, s.Name, s1.Id",
        "T | extend s = parse_json(SourceIdentity) | sort by tostring(s.Id) asc, n asc | take 9 | project n, s.Id",
        "union T, (T | extend n = n + 100) | extend s = parse_json(SourceIdentity) | summarize count() by tostring(s.Id)",
        "T | mv-apply step = parse_json(ProvisioningSteps) on (where step.name == 'Import') | project n, step.status",
        "T | extend s = parse_json(SourceIdentity) | top 3 by n desc | project s.Id, s.Name",
        "T | where isnotempty(ProvisioningSteps) | mv-expand s = parse_json(ProvisioningSteps) | summarize count() by tostring(s.name)",
        "T | where isempty(ProvisioningSteps) | count",
        "T | project-rename Steps = ProvisioningSteps | where isnotempty(Steps) and isnotempty(SourceIdentity) | project n, isempty(Steps)",
        "T | extend e = isempty(ProvisioningSteps), f = isnotempty(strcat(ProvisioningSteps, '')) | summarize count() by e, f",
        "T | distinct tostring(parse_json(SourceIdentity).identityType)",
        "T | as A | where n in ((A | where parse_json(SourceIdentity).Id == 'a1' | project n)) | count",
    ] {
        let rows = |engine: &Engine| {
            let mut rows: Vec<String> =
                shown(&engine.run(query).expect(query)[0]).split(';').map(str::to_owned).collect();
            rows.sort();
            rows
        };
        assert_eq!(rows(&with), rows(&without), "{query}");
    }
    std::fs::remove_file(path).expect("its own file");
}

#[test]
fn members_are_read_instead_of_the_texts() {
    let path = file("lies", true);
    let with = engine(&path, Optimizations::default());
    let run = |text: &str| shown(&with.run(text).expect(text)[0]);
    assert_eq!(run("T | distinct tostring(parse_json(SourceIdentity).Id)"), "lie");
    assert_eq!(
        run(
            "T | extend s = parse_json(SourceIdentity) | where s.Name == 'lie' | distinct tostring(s.identityType)"
        ),
        "lie"
    );
    assert_eq!(
        run("T | mv-expand step = parse_json(ProvisioningSteps) | summarize count() by tostring(step.name)"),
        "lie,64"
    );
    assert_eq!(run("T | extend s = parse_json(ProvisioningSteps) | mv-expand s | count"), "64");
    // A key that is not kept, and the elements themselves, come from the text.
    assert_eq!(run("T | mv-expand s = parse_json(ProvisioningSteps) | where s.x == 1 | count"), "8");
    std::fs::remove_file(path).expect("its own file");
}
