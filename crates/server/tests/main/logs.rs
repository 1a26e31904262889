//! A server over real workbooks and generated logs, with a row in them that would do harm if it became markup.

use calypso_engine::{Engine, EngineOptions};
use calypso_library::literals::datetime;
use calypso_logs::OpenOptions;
use calypso_logs::generator::{self, AttrBag, Options, Packing, Profile, Shape};
use calypso_server::alerts::{RuleFile, RuleSource, Told};
use calypso_server::{DataSource, Running, ServeOptions, Workbooks, serve};
use calypso_workbook::{LoadOptions, Now};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tempfile::TempDir;

/// Harm in every place: elements, attributes, the end of a script, a query's text, the canvas' own marks.
pub const HURT: &str = "<img src=x onerror=\"window.hurt=1\">'</script><script>window.hurt=2</script>{{a|b}}";

/// The logs in a folder, opened as they lie there.
struct Folder {
    path: PathBuf,
    reads: AtomicU64,
}

impl DataSource for Folder {
    fn fingerprint(&self) -> u64 {
        calypso_logs::fingerprint(std::slice::from_ref(&self.path))
    }

    fn open(&self) -> Result<Engine, String> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        let options = OpenOptions { strict: true, ..OpenOptions::default() };
        let opened = calypso_logs::open(std::slice::from_ref(&self.path), &options);
        let opened = opened.map_err(|error| error.to_string())?;
        let engine = Engine::new(EngineOptions::default()).map_err(|error| error.to_string())?;
        opened.tables.into_iter().for_each(|table| engine.register(table));
        Ok(engine)
    }

    fn now(&self) -> Now {
        Now::At(datetime("2026-11-01T02:00:00Z").unwrap())
    }

    fn clock(&self) -> u64 {
        1_793_500_000_000 + self.reads.load(Ordering::Relaxed)
    }
}

/// Two of the rules that are built in, and one of somebody who means harm.
struct BuiltIn;

impl RuleSource for BuiltIn {
    fn files(&self) -> Vec<RuleFile> {
        let mine = format!(
            "// title: {HURT}\n// description: {HURT}\n// panel: sync/actions\n// every: 1h\n// window: 1d\n\
             // dimensions: Action\n// fires: count() > 0\nAADProvisioningLogs\n"
        );
        let texts = [
            ("failing-long.kql", include_str!("../../../../queries/alerts/failing-long.kql")),
            ("failure-spike.kql", include_str!("../../../../queries/alerts/failure-spike.kql")),
            ("mine.kql", &mine),
        ];
        texts
            .map(|(name, text)| RuleFile {
                origin: name.to_owned(),
                read: Ok(calypso_alerts::read(text, name)),
            })
            .into()
    }

    fn told(&self) -> Result<Vec<Told>, String> {
        Ok(Vec::new())
    }
}

/// A server that serves the workbooks of `files/`.
pub struct Site {
    pub running: Running,
    pub folder: TempDir,
}

impl Site {
    /// Writes logs and starts.
    pub fn start() -> Site {
        let folder = tempfile::tempdir().unwrap();
        write_logs(folder.path());
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/main/files/sync.workbook");
        let named = [file.display().to_string()];
        let workbooks = Workbooks::new(&named, LoadOptions::default(), false).unwrap();
        let running = serve(ServeOptions {
            first: workbooks.first().map(|name| (name, Vec::new())),
            source: Box::new(Folder { path: folder.path().to_owned(), reads: AtomicU64::default() }),
            pages: Arc::new(workbooks),
            rules: Some(Box::new(BuiltIn)),
            port: 0,
            look_every: Duration::from_millis(200),
            time_limit: Duration::from_secs(120),
        });
        Site { running: running.unwrap(), folder }
    }

    /// Where the site is, without the token.
    pub fn root(&self) -> String {
        format!("http://{}/", self.running.address)
    }
}

/// Two days of a small tenant as files of deliveries, the last row of which is written by somebody who means harm.
fn write_logs(folder: &Path) {
    let options = Options { days: Some(2), attr_bag: Some(AttrBag::Lean), ..Options::new(Profile::Small) };
    let whole = tempfile::tempdir().unwrap();
    let written =
        generator::write_run(&generator::generate(&options), whole.path(), &[Shape::Blob], Packing::Plain);
    written.unwrap();
    let mut lines = String::new();
    collect(&whole.path().join("blob"), &mut lines);
    std::fs::write(folder.join("rows.json"), &lines).unwrap();
    let line = lines.lines().rfind(|line| line.contains("\"category\":\"ProvisioningLogs\"")).unwrap();
    std::fs::write(folder.join("other.json"), harmful(line)).unwrap();
}

/// Provisioning rows of all files below a folder.
fn collect(folder: &Path, lines: &mut String) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, lines);
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            lines.extend(
                text.lines().filter(|line| line.contains("ProvisioningLogs")).flat_map(|line| [line, "\n"]),
            );
        }
    }
}

/// The same row under another id, with harm for a name and an action.
pub fn harmful(line: &str) -> String {
    let mut row: serde_json::Value = serde_json::from_str(line).unwrap();
    for id in ["/identity", "/properties/id"] {
        *row.pointer_mut(id).unwrap() = "00000000-0001-4000-8000-00000000aaaa".into();
    }
    for place in ["/properties/action", "/properties/sourceIdentity/Name", "/properties/targetIdentity/Name"]
    {
        *row.pointer_mut(place).unwrap() = HURT.into();
    }
    format!("{row}\n")
}
