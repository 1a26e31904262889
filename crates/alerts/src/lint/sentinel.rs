//! What Sentinel refuses in scheduled and near-real-time rules.

use super::Report;
use crate::rule::{Comparison, Condition, Rule, Severity};
use crate::{Timespan, Weight};

/// The tactics that rules can have, in any case of letters; new ones may come, so that others are warned of, not refused.
const TACTICS: [&str; 17] = [
    "Reconnaissance",
    "ResourceDevelopment",
    "InitialAccess",
    "Execution",
    "Persistence",
    "PrivilegeEscalation",
    "DefenseEvasion",
    "CredentialAccess",
    "Discovery",
    "LateralMovement",
    "Collection",
    "Exfiltration",
    "CommandAndControl",
    "Impact",
    "PreAttack",
    "ImpairProcessControl",
    "InhibitResponseFunction",
];

/// Tells the limits that a rule breaks.
pub fn limits(rule: &Rule, found: &mut Report) {
    let mut refuse = |code: &'static str, what: String, why: &str, way_out: &str| {
        found.field(Weight::Error, code, what, why, way_out);
    };
    let Condition::Counted(counted) = &rule.condition else {
        let why = "Sentinel counts the rows of one range";
        refuse("measured", "it measures windows or series".into(), why, "make it a rule that counts rows");
        return;
    };
    let (every, longest) = (rule.schedule.every, Timespan::days(14));
    if !counted.realtime {
        if every < Timespan::minutes(5) || every > longest {
            let what = format!("it is evaluated every {every}");
            refuse("frequency", what, "Sentinel takes 5 minutes to 14 days", "choose another frequency");
        }
        if counted.period < Timespan::minutes(5) || counted.period > longest {
            let what = format!("the query is asked for {}", counted.period);
            refuse("range", what, "Sentinel takes 5 minutes to 14 days", "choose another period");
        }
        if counted.period < every {
            let what = format!("it is evaluated every {every} over {}", counted.period);
            refuse("gaps", what, "Sentinel wants a period that is as long", "make the period longer");
        }
    }
    if matches!(counted.operator, Comparison::GreaterOrEqual | Comparison::LessOrEqual) {
        let what = format!("it fires on `{}`", counted.operator.symbol());
        refuse("operator", what, "Sentinel has no such operator", "move the threshold by one");
    }
    if counted.entities.len() > 10 {
        let what = format!("there are {} entity mappings", counted.entities.len());
        refuse("entities", what, "Sentinel takes ten at most", "leave some out");
    }
    if rule.severity == Severity::Critical {
        refuse(
            "severity",
            "the severity is Sev0".into(),
            "Sentinel's highest is High, Sev1 here",
            "choose Sev1",
        );
    }
    for tactic in &counted.tactics {
        if !TACTICS.iter().any(|known| known.eq_ignore_ascii_case(tactic)) {
            let what = format!("`{tactic}` is no tactic of Sentinel");
            let way_out = "name a tactic such as CredentialAccess; techniques have a field of their own";
            found.field(Weight::Warning, "tactic", what, "it may refuse the rule", way_out);
        }
    }
}
