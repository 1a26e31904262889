//! What may stand on the command line.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// A local engine for the Kusto Query Language, made for Microsoft Entra provisioning logs.
#[derive(Parser, Debug)]
#[command(name = "calypso", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub struct Arguments {
    /// Runs this query; may be given several times.
    #[arg(short = 'c', value_name = "KQL")]
    pub queries: Vec<String>,
    /// What to do; without one, the prompt.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options that every command takes.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options that every command takes.
#[derive(Args, Debug, Clone)]
pub struct Shared {
    /// Logs in any delivered shape: a file, a folder or a glob; `name=path` opens any file as a table.
    #[arg(long = "data", value_name = "PATH", global = true)]
    pub data: Vec<String>,
    /// The form of answers: auto, table, json, ndjson, csv, tsv, markdown, html, parquet, arrow, chart.
    #[arg(long, short = 'f', value_name = "FORMAT", default_value = "auto", global = true)]
    pub format: String,
    /// Writes the answer to this file; its ending chooses the form when none is given.
    #[arg(long, short = 'O', value_name = "FILE", global = true)]
    pub output: Option<PathBuf>,
    /// The instant that `now()` gives, such as 2026-11-01; `end` is the newest row's.
    #[arg(long, value_name = "TIME", global = true)]
    pub now: Option<String>,
    /// Only rows of this last stretch of time, such as 24h or 7d, by TimeGenerated.
    #[arg(long, value_name = "TIMESPAN", global = true, conflicts_with_all = ["from", "to"])]
    pub last: Option<String>,
    /// Only rows from this time on, by TimeGenerated.
    #[arg(long, value_name = "TIME", global = true)]
    pub from: Option<String>,
    /// Only rows before this time, by TimeGenerated.
    #[arg(long, value_name = "TIME", global = true)]
    pub to: Option<String>,
    /// A value for `declare query_parameters` or a workbook: `name=value`.
    #[arg(long = "param", value_name = "NAME=VALUE", global = true)]
    pub parameters: Vec<String>,
    /// The first line that cannot be read ends the run.
    #[arg(long, global = true)]
    pub strict: bool,
    /// Renames systems from before 2024-10: "Azure Active Directory" reads "Microsoft Entra ID".
    #[arg(long, global = true)]
    pub rename_legacy: bool,
    /// One row a block instead of one a line.
    #[arg(long, global = true)]
    pub expanded: bool,
    /// Lines as wide as the values need.
    #[arg(long, global = true)]
    pub no_truncate: bool,
    /// Guards cells that a spreadsheet would take for a formula.
    #[arg(long, global = true)]
    pub excel_safe: bool,
    /// When to use colour: auto, always, never.
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: String,
    /// The folder whose files `externaldata` reads and `.export` writes; without one they are refused.
    #[arg(id = "folder", long = "files", value_name = "FOLDER", global = true)]
    pub folder: Option<PathBuf>,
    /// The file that keeps stored functions; else functions.kql in the configuration folder.
    #[arg(id = "functions-file", long = "functions", value_name = "FILE", global = true)]
    pub functions: Option<PathBuf>,
    /// The local store; else `store` in the state folder. Without `--data`, queries ask it when it is there.
    #[arg(long, value_name = "FOLDER", global = true)]
    pub store: Option<PathBuf>,
    /// Switches off something that makes queries faster, to compare: its name, or `all`.
    #[arg(long, value_name = "NAME", global = true, hide_short_help = true)]
    pub without: Vec<String>,
    /// Bytes that the process may take, such as 2GiB, of which queries hold seven tenths; else what is free.
    #[arg(long, value_name = "SIZE", global = true)]
    pub memory: Option<String>,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Runs queries.
    Query {
        /// Query texts.
        #[arg(required = true, value_name = "KQL")]
        text: Vec<String>,
    },
    /// Opens logs and says what was read; on a terminal, the prompt follows.
    Open {
        /// Files, folders or globs.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<String>,
    },
    /// Takes logs into the local store, each event once; what has been taken in before is not read again.
    Import {
        /// Files, folders or globs.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Says what the local store holds, and keeps it in order.
    Store {
        /// What to do with it.
        #[command(subcommand)]
        action: StoreAction,
    },
    /// Evaluates alert rules over the logs: now, or as if they had been running.
    Alert {
        /// What to do with them.
        #[command(subcommand)]
        action: AlertAction,
    },
    /// Runs saved query files.
    Run {
        /// Files; a name without a path is looked up among the saved queries.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
    },
    /// Draws a workbook: tiles, charts and tables.
    Workbook(Box<Workbook>),
    /// Shows workbooks as live pages in a browser on this machine.
    Serve(Serve),
    /// Lists the saved queries; `copy` gives files of your own to edit.
    Queries {
        /// What to do with them.
        #[command(subcommand)]
        action: Option<QueriesAction>,
    },
    /// Says what is wrong with query files, without running them.
    Check {
        /// Files or saved queries; `-` is standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
    },
    /// Writes query files in canonical form.
    Fmt(Fmt),
    /// Shows what becomes of a query at a stage of its way.
    Explain {
        /// Which stage.
        #[arg(long, value_enum, default_value = "plan")]
        stage: Stage,
        /// The query; `-` is standard input.
        #[arg(value_name = "KQL")]
        text: String,
    },
    /// The functions: all with a line each, or all about one.
    Functions {
        /// A function or aggregate.
        name: Option<String>,
    },
    /// Explains the code of a finding, such as KS142; `codes` lists them. Also explains commands and functions.
    Help {
        /// A code, a command or a function.
        topic: Option<String>,
    },
    /// JSON lines of `{id, query}` in, JSON lines of answers or errors out.
    Batch,
    /// Writes seeded demo logs in every shape, with a manifest of true answers.
    Generate(Box<Generate>),
}

/// What to do with alert rules.
#[derive(Subcommand, Debug, Clone)]
pub enum AlertAction {
    /// Evaluates rules once, as of now; ends with 5 when one fires.
    Check {
        /// Files of rules, ours (.kql), Azure's (.json), Sentinel's (.yaml), or folders; all saved ones, where none is named.
        #[arg(value_name = "FILE")]
        rules: Vec<String>,
    },
    /// Evaluates rules whenever they are due, until it is stopped, and tells what fires and what is over.
    Watch(Watch),
    /// Lists rules: what fires, how often it is looked at, where it comes from.
    List {
        /// Files or folders of rules; the built-in ones and your own, where none is named.
        #[arg(value_name = "FILE")]
        rules: Vec<String>,
    },
    /// Compares two versions of a rule: which alerts each gives over the same logs, and what they say differently.
    Diff {
        /// The old version; `-` is standard input. Of files and folders with several rules those of one name are compared.
        #[arg(value_name = "OLD")]
        old: String,
        /// The new version.
        #[arg(value_name = "NEW")]
        new: String,
        /// What the versions say differently alone, as rows, without reading logs.
        #[arg(long)]
        definitions: bool,
    },
    /// Says what is wrong with rules: what Azure or Sentinel would refuse, and what cannot do what it seems to.
    Lint {
        /// Files or folders of rules; all saved ones, where none is named.
        #[arg(value_name = "FILE")]
        rules: Vec<String>,
    },
    /// Writes a rule in another form.
    Convert {
        /// A file of rules.
        #[arg(value_name = "FILE")]
        rule: String,
        /// The form: `kql` (ours), `arm` (Azure Monitor) or `sentinel`.
        #[arg(long, value_name = "FORM")]
        to: String,
    },
    /// Evaluates rules at all their instants from `--from` to `--to` and tells every firing and its end.
    Backtest {
        /// Files of rules, ours (.kql), Azure's (.json), Sentinel's (.yaml), or folders; all saved ones, where none is named.
        #[arg(value_name = "FILE")]
        rules: Vec<String>,
        /// Lets each evaluation see only the rows that had arrived by then, and tells what that changes: firings that
        /// were missed, came later, or only because rows were not there yet. Takes far longer.
        #[arg(long)]
        arrivals: bool,
    },
}

/// Options of `alert watch`.
#[derive(Args, Debug, Clone)]
pub struct Watch {
    /// Files of rules; all saved ones, where none is named.
    #[arg(value_name = "FILE")]
    pub rules: Vec<String>,
    /// Where notifications go (docs/notifications.md); else `notify.toml` in the folder of settings, else standard output.
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// The folder that keeps which alerts stand and what is still to be told.
    #[arg(long, value_name = "FOLDER")]
    pub state: Option<PathBuf>,
    /// Takes new and grown logs into the store before each round: a file, a folder or a glob; may be given several times.
    #[arg(long, value_name = "PATH")]
    pub import: Vec<PathBuf>,
    /// Makes each evaluation so long after its time, such as 30m, so that rows that come late are there.
    #[arg(long, value_name = "TIMESPAN")]
    pub wait: Option<String>,
    /// Does what is due now, and ends: for a scheduler of the machine.
    #[arg(long)]
    pub once: bool,
    /// How many times as fast as the machine's the clock runs that `--now` sets; else 1.
    #[arg(long, value_name = "TIMES", conflicts_with = "once")]
    pub speed: Option<f64>,
    /// Ends when the clock has come to this time and what was due then is done.
    #[arg(long, value_name = "TIME", conflicts_with = "once")]
    pub until: Option<String>,
}

/// What to do with the store.
#[derive(Subcommand, Debug, Clone)]
pub enum StoreAction {
    /// Rows, files, bytes and days of each table.
    Info,
    /// Merges the small files of each day into one in order of time.
    Compact,
    /// Removes files that no table names any more, and what interrupted imports left behind.
    Vacuum {
        /// Files that were named within this stretch of time stay, such as 7d: a query may still read them.
        #[arg(long, value_name = "TIMESPAN", default_value = "7d")]
        older_than: String,
    },
}

/// A workbook, or what to do with one.
#[derive(Args, Debug, Clone)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Workbook {
    /// What else to do with workbooks.
    #[command(subcommand)]
    pub action: Option<WorkbookAction>,
    /// What is to be drawn.
    #[command(flatten)]
    pub drawn: Drawn,
}

/// What is to be drawn.
#[derive(Args, Debug, Clone)]
pub struct Drawn {
    /// The workbook's name, its file, or the folder that holds it or query files.
    #[arg(default_value = "cloud-sync")]
    pub name: String,
    /// Only this panel.
    #[arg(long, value_name = "NAME")]
    pub panel: Option<String>,
    /// Only the panels of this tab.
    #[arg(long, value_name = "NAME", conflicts_with = "panel")]
    pub tab: Option<String>,
    /// Writes the page as one HTML file, with all tabs; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Shows the active and past alerts of the saved rules, too, over the page's time range.
    #[arg(long, conflicts_with = "panel")]
    pub alerts: bool,
    /// Repeats the portal's mistakes instead of mending them.
    #[arg(long)]
    pub faithful: bool,
    /// Folders of workbooks that this one loads parts from or leads to.
    #[arg(long, value_name = "FOLDER")]
    pub templates: Vec<PathBuf>,
}

/// What else to do with workbooks.
#[derive(Subcommand, Debug, Clone)]
pub enum WorkbookAction {
    /// Lists the workbooks that need no path: the built-in ones and your own.
    List,
    /// Says what is wrong with a workbook, by reading it and by running it over the logs.
    Lint(Lint),
    /// Writes a workbook as files to edit: `dashboard.toml` and a .kql file for every query.
    Convert(Convert),
}

/// Options of `workbook lint`.
#[derive(Args, Debug, Clone)]
pub struct Lint {
    /// The workbook: a file of Azure's, a name, or a folder.
    #[arg(value_name = "FILE")]
    pub file: String,
    /// Folders of workbooks that this one loads parts from.
    #[arg(long, value_name = "FOLDER")]
    pub templates: Vec<PathBuf>,
}

/// Options of `workbook convert`.
#[derive(Args, Debug, Clone)]
pub struct Convert {
    /// The workbook: a file of Azure's, a name, or a folder.
    #[arg(value_name = "FILE")]
    pub file: String,
    /// The folder to write to, also `--to`; else one named like the workbook.
    #[arg(long, value_name = "FOLDER", conflicts_with = "to")]
    pub out: Option<PathBuf>,
    /// Folders of workbooks that this one loads parts from.
    #[arg(long, value_name = "FOLDER")]
    pub templates: Vec<PathBuf>,
    /// Writes over files of the same names.
    #[arg(long)]
    pub force: bool,
}

/// Options of `serve`.
#[derive(Args, Debug, Clone)]
pub struct Serve {
    /// Workbooks: names, files or folders. Those built in and your own are served, too.
    #[arg(value_name = "WORKBOOK")]
    pub workbooks: Vec<String>,
    /// The port on 127.0.0.1; 0 is any that is free.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub port: u16,
    /// Opens the page in the browser.
    #[arg(long)]
    pub open: bool,
    /// Repeats the portal's mistakes instead of mending them.
    #[arg(long)]
    pub faithful: bool,
    /// A folder of workbook files that groups and links of others name; may be given several times.
    #[arg(long, value_name = "FOLDER")]
    pub templates: Vec<PathBuf>,
    /// A file or folder of alert rules; may be given several times. Else all saved ones.
    #[arg(long, value_name = "FILE")]
    pub rules: Vec<String>,
    /// The folder of `alert watch`, so that the page shows what it has told.
    #[arg(long, value_name = "FOLDER")]
    pub state: Option<PathBuf>,
}

/// What to do with saved queries.
#[derive(Subcommand, Debug)]
pub enum QueriesAction {
    /// Copies built-in files into your own folder, where they are used in place of the built-in ones.
    Copy {
        /// A workbook such as cloud-sync, or one query of it.
        name: String,
    },
}

/// Options of `fmt`.
#[derive(Args, Debug, Clone)]
pub struct Fmt {
    /// Changes nothing; fails when a file is not in canonical form.
    #[arg(long, conflicts_with = "write")]
    pub check: bool,
    /// Writes the files in place.
    #[arg(long)]
    pub write: bool,
    /// Files or saved queries; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
}

/// A stage of a query's way.
#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Words and signs with their places.
    Tokens,
    /// The syntax tree.
    Ast,
    /// The bound plan: every name resolved, every type known.
    Plan,
    /// The operators that compute it, after a run, with what each counted.
    Physical,
}

/// Options of `generate`.
#[derive(Args, Debug, Clone)]
pub struct Generate {
    /// The folder to write to; made when absent.
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// Names the run: equal seeds give equal bytes.
    #[arg(long, default_value_t = 42)]
    pub seed: u64,
    /// small, medium, large or bench.
    #[arg(long, default_value = "small")]
    pub profile: String,
    /// Rows of the bench profile.
    #[arg(long)]
    pub rows: Option<u64>,
    /// Days the run lasts.
    #[arg(long)]
    pub days: Option<u32>,
    /// The first day; the run ends `days` later.
    #[arg(long = "begin", value_name = "DATE")]
    pub begin: Option<String>,
    /// The end of the run; the default is 2026-11-01.
    #[arg(long = "end", value_name = "TIME")]
    pub end: Option<String>,
    /// full or none.
    #[arg(long, default_value = "full")]
    pub scenario: String,
    /// Shapes to write: blob, eventhub, graph, portal, la, query, az, parquet, arrow; `all` is every one.
    #[arg(long, value_delimiter = ',', default_value = "blob")]
    pub shapes: Vec<String>,
    /// full or lean; the profile's own when not given.
    #[arg(long)]
    pub attr_bag: Option<String>,
    /// plain, gzip or zstd.
    #[arg(long, default_value = "plain")]
    pub compression: String,
    /// Before this day systems bear their old name.
    #[arg(long, value_name = "DATE")]
    pub legacy_until: Option<String>,
    /// Broken, foreign and unknown lines among the others.
    #[arg(long)]
    pub dirty: bool,
    /// The newest blob ends within a line.
    #[arg(long)]
    pub truncate_last: bool,
}
