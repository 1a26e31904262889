//! A rule, whatever file it came from: how often which question is asked, when the answer fires, and how long the alert
//! lasts. In: nothing; `azure`, `sentinel` and `own` make rules of texts. Out: plain data that evaluation reads.
//!
//! Three families, because their meanings differ: [`Measured`] (Azure Monitor: values per window and series against a
//! threshold, alerts that resolve), [`Counted`] (Sentinel: the number of rows of one range against a threshold, alerts
//! that do not resolve) and [`Series`] (ours: the query itself gives the value of every evaluation, so that a year is
//! asked at once). Our own form writes all three.

use crate::{Place, Timespan};
use serde_json::Value as Json;

/// An alert rule. Texts are as the file has them; names are never translated.
#[derive(Clone, PartialEq, Debug)]
pub struct Rule {
    /// What it is called where rules are named: the resource's name, the file's name without its ending. Not empty.
    pub name: String,
    /// What people read: `displayName` (Azure), `name` (Sentinel), `title` (ours).
    pub title: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Ours: the panel of a workbook that shows what the rule is about, `cloud-sync/recent errors`.
    pub panel: Option<String>,
    /// How bad a firing is.
    pub severity: Severity,
    /// Whether it is evaluated at all.
    pub enabled: bool,
    /// How often it is evaluated.
    pub schedule: Schedule,
    /// What is asked, and what fires.
    pub condition: Condition,
    /// How long an alert lasts.
    pub life: Life,
    /// `customProperties`: names and values that travel with every notification.
    pub properties: Vec<(String, String)>,
    /// What the file says beyond this, so that writing the same form loses nothing: the path of the field in the file's own
    /// form (`properties.actions.actionGroups`) and its value. No evaluation reads it.
    pub kept: Vec<(String, Json)>,
    /// Where it came from.
    pub source: Source,
}

/// Where a rule came from.
#[derive(Clone, PartialEq, Debug)]
pub struct Source {
    /// The file as it was named to the reader.
    pub file: String,
    /// In which form it is written there.
    pub form: Form,
    /// Where the rule begins in the file.
    pub place: Place,
}

/// A form of files of rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Ours: a `.kql` file with comments `// key: value` above the query.
    Own,
    /// `Microsoft.Insights/scheduledQueryRules` in a template, an export or by itself: JSON.
    AzureJson,
    /// The same in Bicep.
    AzureBicep,
    /// Microsoft Sentinel's analytics rules as its repository holds them: YAML.
    SentinelYaml,
    /// `Microsoft.SecurityInsights/alertRules`: JSON.
    SentinelJson,
}

/// How bad a firing is: Azure's Sev0 to Sev4. Sentinel's High, Medium, Low and Informational are held as Sev1 to Sev4, so
/// Sev0 is Azure's alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Sev0.
    Critical,
    /// Sev1; Sentinel's High.
    Error,
    /// Sev2; Sentinel's Medium.
    Warning,
    /// Sev3; Sentinel's Low. Azure's default.
    Informational,
    /// Sev4; Sentinel's Informational.
    Verbose,
}

/// How often a rule is evaluated.
#[derive(Clone, PartialEq, Debug)]
pub struct Schedule {
    /// The time between two evaluations, more than zero. Evaluations stand at multiples of it since 0001-01-01 UTC.
    pub every: Timespan,
    /// How far an evaluation looks into the past before its range begins to count: Sentinel's 5 minutes (2 for NRT rules),
    /// else zero. An evaluation at `t` is of the range that ends at `t - delay`.
    pub delay: Timespan,
}

/// What is asked, and what fires.
#[derive(Clone, PartialEq, Debug)]
pub enum Condition {
    /// Values per series and window against thresholds.
    Measured(Measured),
    /// The number of rows against a threshold.
    Counted(Box<Counted>),
    /// Values that the query gives for each evaluation.
    Series(Series),
}

/// Azure Monitor's condition (and ours): every criterion must hold for a series.
#[derive(Clone, PartialEq, Debug)]
pub struct Measured {
    /// `allOf`: at least one. With several, a series fires when it fails in all of them; they have the same dimensions.
    pub criteria: Vec<Criterion>,
    /// `windowSize`: what one value is aggregated over, more than zero.
    pub window: Timespan,
    /// `overrideQueryTimeRange`: what the query is asked for, where that is not the windows themselves.
    /// [`Measured::range`] says which.
    pub range: Option<Timespan>,
    /// Ours: a series does not fire before so much time has passed since the first row of the rule's table with its values
    /// of the dimensions (no dimensions: the first row at all). Azure has none: zero.
    pub warm_up: Timespan,
}

/// One criterion of a measured condition.
#[derive(Clone, PartialEq, Debug)]
pub struct Criterion {
    /// The question.
    pub query: Query,
    /// What is made of the rows of one series in one window.
    pub measure: Measure,
    /// What tells series apart; each combination of values is one series with its own alert. None: one series.
    pub dimensions: Vec<Dimension>,
    /// `resourceIdColumn`: a column of Azure resource ids that tells series apart, too.
    pub resource_column: Option<String>,
    /// How the value is compared with the threshold.
    pub operator: Comparison,
    /// What the value is compared with.
    pub threshold: f64,
    /// How many of the last windows must fail.
    pub failing: FailingPeriods,
    /// Ours, `absent within`: combinations of the dimensions that the query gave in so much time before the windows are
    /// series even where they have no rows now, with a count of 0. Azure has none: a combination without rows is nothing.
    pub absent_within: Option<Timespan>,
}

/// A question.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Query {
    /// KQL, as it is asked: parameters of templates are in it.
    pub text: String,
    /// Where it begins in the file.
    pub place: Place,
}

/// What is made of the rows of one series in one window.
#[derive(Clone, PartialEq, Debug)]
pub enum Measure {
    /// `Count`: how many rows. None is 0.
    Rows,
    /// An aggregate of a numeric column. No rows: no value, which never fails.
    Column {
        /// Which aggregate.
        aggregate: Aggregate,
        /// `metricMeasureColumn`.
        column: String,
    },
}

/// `timeAggregation`, but for `Count`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Aggregate {
    /// The mean.
    Average,
    /// The least.
    Minimum,
    /// The greatest.
    Maximum,
    /// The sum.
    Total,
}

/// A column that tells series apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dimension {
    /// The column of the query's result: a text or a number.
    pub column: String,
    /// Which of its values count.
    pub values: Values,
}

/// Which values of a dimension count; compared as texts, exactly.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Values {
    /// All: `Include` with `*`.
    All,
    /// These alone, not empty.
    Include(Vec<String>),
    /// All but these, not empty.
    Exclude(Vec<String>),
}

/// How a value is compared with a threshold: `value OPERATOR threshold` fires.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    /// `Equals` (Azure), `Equal`, `eq` (Sentinel).
    Equal,
    /// `NotEqual`, `ne` (Sentinel alone).
    NotEqual,
    /// `GreaterThan`, `gt`.
    Greater,
    /// `GreaterThanOrEqual` (Azure alone).
    GreaterOrEqual,
    /// `LessThan`, `lt`.
    Less,
    /// `LessThanOrEqual` (Azure alone).
    LessOrEqual,
}

/// How many of the last windows must fail: `least` of `of`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FailingPeriods {
    /// `minFailingPeriodsToAlert`: 1 or more, not above `of`.
    pub least: u32,
    /// `numberOfEvaluationPeriods`: 1 to 6.
    pub of: u32,
}

/// How long an alert lasts.
#[derive(Clone, PartialEq, Debug)]
pub enum Life {
    /// It fires once and lasts until it is resolved (`autoMitigate`).
    Stateful {
        /// When that is.
        resolve: Resolve,
    },
    /// Every failing evaluation fires, and nothing resolves.
    Stateless {
        /// `muteActionsDuration` (per series): no further notification for so long after one.
        mute: Option<Timespan>,
    },
}

/// When a stateful alert is over.
#[derive(Clone, PartialEq, Debug)]
pub enum Resolve {
    /// After the clear evaluations that Azure asks for at the rule's frequency: [`azure_clear_evaluations`].
    Azure,
    /// Ours: after so many evaluations in a row at which it would not fire; 1 or more.
    Clear(u32),
    /// Ours: at the first evaluation on a UTC day after the one at which it last would have fired.
    NextDay,
    /// Ours: at the evaluation that fired; the next one that fails is a new alert.
    AtOnce,
    /// Ours, with [`Series`] alone: at the first evaluation of the series at which it would not fire and this column of
    /// the row is true.
    WhenColumn(String),
    /// Ours: at the first evaluation at which it would not fire and this query, over the rule's range, gives a row with
    /// the same values of the dimensions.
    When(Query),
}

/// Sentinel's condition: the number of rows of the range `(t - delay - period, t - delay]`.
#[derive(Clone, PartialEq, Debug)]
pub struct Counted {
    /// The question.
    pub query: Query,
    /// `queryPeriod`: the range that is asked for, more than zero.
    pub period: Timespan,
    /// `triggerOperator`.
    pub operator: Comparison,
    /// `triggerThreshold`: 0 or more.
    pub threshold: u64,
    /// A near-real-time rule: every minute over what came in the last one, fires on any row.
    pub realtime: bool,
    /// One alert, or one per row.
    pub grouping: Grouping,
    /// `suppressionDuration`, where it is enabled: the rule is not evaluated for so long after it fired.
    pub suppression: Option<Timespan>,
    /// `entityMappings`, at most ten.
    pub entities: Vec<EntityMapping>,
    /// `customDetails`: a name for a column, in the order of the file.
    pub details: Vec<(String, String)>,
    /// `alertDetailsOverride`.
    pub overrides: Overrides,
    /// `tactics`, MITRE's names.
    pub tactics: Vec<String>,
    /// `relevantTechniques`, MITRE's numbers.
    pub techniques: Vec<String>,
}

/// Our own condition: the query gives one row per evaluation and series over a whole range.
///
/// It begins with `declare query_parameters(From: datetime, To: datetime, Every: timespan = 15m, …)`, and may have more
/// parameters with defaults. Its columns are `At: datetime` (the evaluation: `From < At <= To`, a multiple of `Every`), the
/// dimensions, `Value: real`, and, where the rule names them, `Threshold: real` and a `bool` that ends alerts. Where a
/// series has no row for an evaluation, it does not fire then. Rows before `From` are read by the query itself.
#[derive(Clone, PartialEq, Debug)]
pub struct Series {
    /// The question.
    pub query: Query,
    /// What one value is made of: the rows of `(At - window, At]`. For people and notifications; the query does it.
    pub window: Timespan,
    /// The columns that tell series apart.
    pub dimensions: Vec<Dimension>,
    /// How `Value` is compared with the threshold.
    pub operator: Comparison,
    /// What it is compared with.
    pub threshold: Limit,
}

/// What the values of a [`Series`] are compared with.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Limit {
    /// The same number for all.
    Number(f64),
    /// The row's `Threshold`; null never fires.
    Column,
}

/// `eventGroupingSettings.aggregationKind`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grouping {
    /// `SingleAlert`: one alert for all rows.
    Single,
    /// `AlertPerResult`: one for each row, at most 150.
    PerResult,
}

/// What a row says of an entity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntityMapping {
    /// `Account`, `IP`, `Host` …, as written.
    pub entity: String,
    /// Identifier (`FullName`) and column.
    pub fields: Vec<(String, String)>,
}

/// `alertDetailsOverride`: what each alert says of itself. `{{Column}}` in a format is the column's value in the first row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overrides {
    /// `alertDisplayNameFormat`.
    pub title: Option<String>,
    /// `alertDescriptionFormat`.
    pub description: Option<String>,
    /// `alertSeverityColumnName`: a column of Sentinel's severity names.
    pub severity_column: Option<String>,
    /// `alertTacticsColumnName`.
    pub tactics_column: Option<String>,
    /// `alertDynamicProperties`: property and column.
    pub properties: Vec<(String, String)>,
}

impl Measured {
    /// How many windows one evaluation looks at: the most that a criterion asks for, at least 1.
    pub fn windows(&self) -> u32 {
        self.criteria.iter().map(|criterion| criterion.failing.of).max().unwrap_or(1).max(1)
    }

    /// What the query is asked for: the override, else all windows.
    pub fn range(&self) -> Timespan {
        self.range.unwrap_or_else(|| self.window.times(self.windows()))
    }
}

impl Rule {
    /// The question whose rows end its alerts.
    pub fn ends_when(&self) -> Option<&Query> {
        match &self.life {
            Life::Stateful { resolve: Resolve::When(query) } => Some(query),
            Life::Stateful { .. } | Life::Stateless { .. } => None,
        }
    }

    /// The column of a series whose truth ends its alerts.
    pub fn ends_column(&self) -> Option<&str> {
        match &self.life {
            Life::Stateful { resolve: Resolve::WhenColumn(column) } => Some(column),
            Life::Stateful { .. } | Life::Stateless { .. } => None,
        }
    }

    /// The questions it asks to find out whether it fires.
    pub fn queries(&self) -> Vec<&Query> {
        match &self.condition {
            Condition::Measured(measured) => measured.criteria.iter().map(|one| &one.query).collect(),
            Condition::Counted(counted) => vec![&counted.query],
            Condition::Series(series) => vec![&series.query],
        }
    }

    /// The range that each evaluation asks for; of a [`Series`] the range of instants, since it reads what it needs.
    pub fn range(&self) -> Timespan {
        match &self.condition {
            Condition::Measured(measured) => measured.range(),
            Condition::Counted(counted) => counted.period,
            Condition::Series(_) => self.schedule.every,
        }
    }
}

impl Comparison {
    /// Whether `value OPERATOR threshold`. A value that is not a number never fires.
    pub fn holds(self, value: f64, threshold: f64) -> bool {
        match self {
            Comparison::Equal => value == threshold,
            Comparison::NotEqual => value != threshold && !value.is_nan(),
            Comparison::Greater => value > threshold,
            Comparison::GreaterOrEqual => value >= threshold,
            Comparison::Less => value < threshold,
            Comparison::LessOrEqual => value <= threshold,
        }
    }

    /// As our own form writes it: `>`.
    pub fn symbol(self) -> &'static str {
        match self {
            Comparison::Equal => "==",
            Comparison::NotEqual => "!=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
        }
    }

    /// Whether 0 rows can fire: such rules look for absence.
    pub fn holds_for_nothing(self, threshold: f64) -> bool {
        self.holds(0.0, threshold)
    }
}

impl Values {
    /// Whether rows with this value count.
    pub fn admits(&self, value: &str) -> bool {
        match self {
            Values::All => true,
            Values::Include(values) => values.iter().any(|one| one == value),
            Values::Exclude(values) => values.iter().all(|one| one != value),
        }
    }
}

impl Severity {
    /// All, the worst first: Sev0 to Sev4.
    pub const ALL: [Severity; 5] =
        [Severity::Critical, Severity::Error, Severity::Warning, Severity::Informational, Severity::Verbose];

    /// 0 to 4.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// Sev0 to Sev4, as notifications write it.
    pub fn azure_name(self) -> &'static str {
        match self {
            Severity::Critical => "Sev0",
            Severity::Error => "Sev1",
            Severity::Warning => "Sev2",
            Severity::Informational => "Sev3",
            Severity::Verbose => "Sev4",
        }
    }

    /// Sentinel's name; Sev0 and Sev1 are both `High`.
    pub fn sentinel_name(self) -> &'static str {
        match self {
            Severity::Critical | Severity::Error => "High",
            Severity::Warning => "Medium",
            Severity::Informational => "Low",
            Severity::Verbose => "Informational",
        }
    }
}

/// For how long a stateful alert must be clear at this frequency before Azure resolves it, in evaluations: 10 at one
/// minute, 3 up to 15 minutes, 2 up to 11 hours, 1 up to 12; Azure refuses stateful rules above that, which are counted as
/// 1 here.
pub fn azure_clear_evaluations(every: Timespan) -> u32 {
    if every < Timespan::minutes(5) {
        // Ten minutes clear.
        let (ten, every) = (Timespan::minutes(10).ticks(), every.ticks().max(1));
        return u32::try_from((ten + every - 1) / every).unwrap_or(u32::MAX);
    }
    match every {
        every if every <= Timespan::minutes(15) => 3,
        every if every <= Timespan::hours(11) => 2,
        _ => 1,
    }
}
