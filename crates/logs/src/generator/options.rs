//! What can be asked of the generator.

use super::calendar::midnight;

/// How big the tenant is and how long the run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Profile {
    /// One domain, 1,000 users, 30 days: about 9,000 rows.
    Small,
    /// Two domains, 20,000 users, 90 days: about 250,000 rows.
    Medium,
    /// Five domains, 100,000 users, 365 days: about 4.5 million rows.
    Large,
    /// For measuring: exactly `Options::rows` rows, drawn independently of each other.
    Bench,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Profile; 4] = [Profile::Small, Profile::Medium, Profile::Large, Profile::Bench];

    /// As the command line spells it.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Small => "small",
            Profile::Medium => "medium",
            Profile::Large => "large",
            Profile::Bench => "bench",
        }
    }

    /// The profile of that name.
    pub fn from_name(name: &str) -> Option<Profile> {
        Profile::ALL.into_iter().find(|profile| profile.name() == name)
    }
}

/// What happens besides the ordinary days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scenario {
    /// Outages, spikes, surges, a quarantine: thirty days of story, repeated in a longer run.
    Full,
    /// Ordinary days only.
    None,
}

/// How much of an object's attributes the import steps hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AttrBag {
    /// 132 keys, twice in a row, as cloud sync writes them: about 9 KB a row.
    Full,
    /// Three keys, once: about 2 KB a row.
    Lean,
}

/// Everything a run depends on; the same options give the same bytes on every machine.
#[derive(Clone, Debug)]
pub struct Options {
    /// Names the run.
    pub seed: u64,
    /// Size.
    pub profile: Profile,
    /// Rows of the bench profile; the others ignore it.
    pub rows: u64,
    /// Length of the run; none = the profile's own.
    pub days: Option<u32>,
    /// The end of the run, ticks: the `now` at which the manifest counts.
    pub now: i64,
    /// Story.
    pub scenario: Scenario,
    /// Attributes; none = full for the small profile's files, lean for other profiles and for tables in memory.
    pub attr_bag: Option<AttrBag>,
    /// Before this time (ticks) systems bear their old name, "Azure Active Directory".
    pub legacy_until: Option<i64>,
    /// Whether written line files hold broken, foreign and unknown lines.
    pub dirty: bool,
    /// Whether the newest line file ends within a line.
    pub truncate_last: bool,
}

impl Options {
    /// That profile with everything else as usual: seed 42, ending 2026-11-01, the full scenario, nothing broken.
    pub fn new(profile: Profile) -> Options {
        Options {
            seed: 42,
            profile,
            rows: 1_000_000,
            days: None,
            now: midnight(2026, 11, 1),
            scenario: Scenario::Full,
            attr_bag: None,
            legacy_until: None,
            dirty: false,
            truncate_last: false,
        }
    }

    /// Days of the run, at least one.
    pub fn run_days(&self) -> i64 {
        let usual = match self.profile {
            Profile::Small => 30,
            Profile::Medium | Profile::Bench => 90,
            Profile::Large => 365,
        };
        i64::from(self.days.unwrap_or(usual).clamp(1, 36_500))
    }

    /// The first midnight of the run, ticks.
    pub fn start(&self) -> i64 {
        (self.now / super::calendar::DAY - self.run_days()) * super::calendar::DAY
    }

    /// The attribute bag in force.
    pub fn bag(&self) -> AttrBag {
        self.attr_bag.unwrap_or(match self.profile {
            Profile::Small => AttrBag::Full,
            Profile::Medium | Profile::Large | Profile::Bench => AttrBag::Lean,
        })
    }
}
