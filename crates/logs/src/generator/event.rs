//! One provisioning event as the generator holds it: small and plain, with every text made on demand by `text.rs`.

/// What was asked of the target.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Action {
    /// A new object.
    Create,
    /// A changed object.
    Update,
    /// A removed object.
    Delete,
    /// An object that may no longer sign in.
    Disable,
    /// A delete held back by the threshold.
    StagedDelete,
    /// Anything else.
    Other,
}

impl Action {
    /// Every action.
    pub const ALL: [Action; 6] = [
        Action::Create,
        Action::Update,
        Action::Delete,
        Action::Disable,
        Action::StagedDelete,
        Action::Other,
    ];

    /// As the column `Action` spells it.
    pub fn name(self) -> &'static str {
        match self {
            Action::Create => "Create",
            Action::Update => "Update",
            Action::Delete => "Delete",
            Action::Disable => "Disable",
            Action::StagedDelete => "StagedDelete",
            Action::Other => "Other",
        }
    }

    /// As the column `ProvisioningAction` spells it.
    pub fn lower_name(self) -> &'static str {
        match self {
            Action::Create => "create",
            Action::Update => "update",
            Action::Delete => "delete",
            Action::Disable => "disable",
            Action::StagedDelete => "stageddelete",
            Action::Other => "other",
        }
    }
}

/// How it went.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// Done.
    Success,
    /// Not done.
    Failure,
    /// Nothing to do.
    Skipped,
    /// Done in part.
    Warning,
}

impl Status {
    /// Every status; the place is the number that `StatusInfo` holds.
    pub const ALL: [Status; 4] = [Status::Success, Status::Failure, Status::Skipped, Status::Warning];

    /// As the column `ResultType` spells it.
    pub fn name(self) -> &'static str {
        match self {
            Status::Success => "Success",
            Status::Failure => "Failure",
            Status::Skipped => "Skipped",
            Status::Warning => "Warning",
        }
    }

    /// As `ProvisioningStatusInfo` spells it.
    pub fn lower_name(self) -> &'static str {
        match self {
            Status::Success => "success",
            Status::Failure => "failure",
            Status::Skipped => "skipped",
            Status::Warning => "warning",
        }
    }
}

/// Which steps a row shows, besides its action and status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Story {
    /// Import, match, scope, export of a new object.
    Add,
    /// Import, scope, export of changed attributes.
    Change,
    /// Members added to a group.
    Members,
    /// A group whose member is not in the target.
    MissingMember,
    /// A removed object.
    Remove,
    /// An account disabled.
    Block,
    /// Both sides already agree.
    Redundant,
    /// The scoping filter lets it not pass.
    OutOfScope,
    /// A delete over the threshold.
    Staged,
    /// A password hash.
    Password,
    /// A new sign-in name.
    Rename,
    /// A group of two thousand members, longer than 64 KiB.
    Crowd,
}

/// The column `Action` is empty.
pub const BLANK_ACTION: u16 = 1;
/// The column `ResultType` is empty.
pub const BLANK_RESULT: u16 = 2;
/// The column `JobId` is empty.
pub const BLANK_JOB: u16 = 4;
/// The steps are an empty array.
pub const NO_STEPS: u16 = 8;
/// The steps are null.
pub const NULL_STEPS: u16 = 16;
/// The object is not in the target: id and name are empty.
pub const TARGET_ABSENT: u16 = 32;
/// The target's name is empty.
pub const TARGET_UNNAMED: u16 = 64;
/// The source's name is empty.
pub const SOURCE_UNNAMED: u16 = 128;
/// The reason is sixteen KiB long.
pub const LONG_REASON: u16 = 256;

/// One row of the log.
#[derive(Clone, Debug)]
pub struct Event {
    /// When it happened, ticks.
    pub time: i64,
    /// When it was delivered for the first time, ticks.
    pub arrival: i64,
    /// Names the event; ids, change list and duration are drawn from it.
    pub key: u64,
    /// Place in `World::objects`.
    pub object: u32,
    /// Number of the iteration of its job.
    pub cycle: u32,
    /// How long it took, milliseconds.
    pub duration: i32,
    /// Place in `World::jobs`.
    pub job: u16,
    /// `BLANK_ACTION` and its neighbours.
    pub flags: u16,
    /// What was asked.
    pub action: Action,
    /// How it went.
    pub status: Status,
    /// Which steps it shows.
    pub story: Story,
    /// Place in `codes::CODES`; 0 = none.
    pub code: u8,
    /// How often it was tried again before.
    pub retries: u8,
    /// 1.. for the rows with fixed ids, else 0.
    pub edge: u8,
}

impl Event {
    /// Whether a flag is set.
    pub fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }
}
