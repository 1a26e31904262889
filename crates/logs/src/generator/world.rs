//! The demo tenant: its domains, jobs and objects, all drawn from the seed. Nothing here depends on time.

use super::names::*;
use super::options::{Options, Profile};
use super::random::{Stream, guid, guid_text, key};
use super::text::push_json_string;

/// What an object is; decides the spelling of its identity types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A user of Active Directory.
    User,
    /// A group of Active Directory.
    Group,
    /// A contact of Active Directory.
    Contact,
    /// A user that an application is provisioned with.
    AppUser,
    /// A worker of an HR system.
    Worker,
    /// A group of the cloud that is written back.
    CloudGroup,
    /// A user of Active Directory whose type is spelled `User`: a row that only case-blind filters find.
    CapitalUser,
    /// A device: no panel that names types shows it.
    Device,
}

impl Kind {
    /// `SourceIdentity.identityType`.
    pub fn source_type(self) -> &'static str {
        match self {
            Kind::User | Kind::Worker => "user",
            Kind::Group => "group",
            Kind::Contact => "contact",
            Kind::AppUser | Kind::CapitalUser => "User",
            Kind::CloudGroup => "Group",
            Kind::Device => "device",
        }
    }

    /// `TargetIdentity.identityType`.
    pub fn target_type(self) -> &'static str {
        match self {
            Kind::User | Kind::Worker | Kind::CapitalUser => "User",
            Kind::Group => "Group",
            Kind::Contact => "Contact",
            Kind::AppUser => "urn:ietf:params:scim:schemas:core:2.0:User",
            Kind::CloudGroup => "group",
            Kind::Device => "Device",
        }
    }

    /// Whether it signs in, and so has a user principal name.
    pub fn signs_in(self) -> bool {
        match self {
            Kind::User | Kind::AppUser | Kind::CapitalUser => true,
            Kind::Group | Kind::Contact | Kind::Worker | Kind::CloudGroup | Kind::Device => false,
        }
    }
}

/// A user, group, contact, worker or device.
#[derive(Clone, Debug)]
pub struct Object {
    /// What it is.
    pub kind: Kind,
    /// Display name.
    pub name: String,
    /// The display name as JSON text, quotes included.
    pub name_json: String,
    /// User principal name; '' for what does not sign in.
    pub upn: String,
    /// Identifier in the source system, 36 characters.
    pub source_id: String,
    /// Identifier in the target system, 36 characters.
    pub target_id: String,
    /// Place in `names::DEPARTMENTS`.
    pub department: u8,
    /// The number in its names.
    pub serial: u32,
    /// Its manager's place in `World::objects`; itself at the top.
    pub manager: u32,
}

/// What a job carries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JobKind {
    /// Objects of one domain to the cloud.
    Objects,
    /// Password hashes of one domain to the cloud.
    Passwords,
    /// Everything that the cloud sync panels must leave out.
    Noise,
}

/// A provisioning job.
#[derive(Clone, Debug)]
pub struct Job {
    /// `JobId`.
    pub id: String,
    /// What it carries.
    pub kind: JobKind,
    /// Name of the source system.
    pub source: &'static str,
    /// Name of the target system.
    pub target: &'static str,
    /// `SourceSystem.Id`.
    pub source_id: String,
    /// `TargetSystem.Id`.
    pub target_id: String,
    /// `ServicePrincipal.Id`.
    pub service_id: String,
    /// `ServicePrincipal.Name`.
    pub service: String,
    /// Application id of the target.
    pub application_id: String,
    /// Ticks between two iterations.
    pub period: i64,
    /// Place in `World::domains`, for a cloud sync job.
    pub domain: Option<usize>,
    /// First object it carries.
    pub first: u32,
    /// How many it carries.
    pub count: u32,
}

/// A domain: one cloud sync configuration.
#[derive(Clone, Debug)]
pub struct Domain {
    /// DNS name.
    pub dns: &'static str,
    /// Its object job's place in `World::jobs`.
    pub object_job: u16,
    /// Its password job's place in `World::jobs`.
    pub password_job: u16,
    /// First of its objects: users, then groups, then contacts.
    pub first: u32,
    /// Its users.
    pub users: u32,
    /// Its groups.
    pub groups: u32,
    /// Its contacts.
    pub contacts: u32,
    /// Hours its local time is ahead of UTC.
    pub zone: i64,
}

impl Domain {
    /// All its objects.
    pub fn count(&self) -> u32 {
        self.users + self.groups + self.contacts
    }
}

/// The tenant.
#[derive(Clone, Debug)]
pub struct World {
    /// Entra tenant.
    pub tenant: String,
    /// Log Analytics workspace.
    pub workspace: String,
    /// Users of all domains.
    pub users: u32,
    /// Domains, the scenario's first.
    pub domains: Vec<Domain>,
    /// Jobs: two a domain, then the noise.
    pub jobs: Vec<Job>,
    /// Objects: domain by domain, then those of the noise jobs, then the two odd ones.
    pub objects: Vec<Object>,
    /// A user whose identity type is spelled `User`.
    pub capital_user: u32,
    /// A device.
    pub device: u32,
}

/// Domains, users, groups, contacts.
fn sizes(options: &Options) -> (u32, u32, u32, u32) {
    match options.profile {
        Profile::Small => (1, 1_000, 120, 40),
        Profile::Medium => (2, 20_000, 1_500, 800),
        Profile::Large => (5, 100_000, 8_000, 4_000),
        Profile::Bench => {
            let users = (options.rows / 100).clamp(1_000, 50_000) as u32;
            (2, users, users / 12, users / 25)
        }
    }
}

/// The tenant of these options.
pub fn world(options: &Options) -> World {
    let (domains, users, groups, contacts) = sizes(options);
    let seed = options.seed;
    let mut world = World {
        tenant: guid_text(guid(key(seed, "tenant", 0))),
        workspace: guid_text(guid(key(seed, "workspace", 0))),
        users,
        domains: Vec::new(),
        jobs: Vec::new(),
        objects: Vec::with_capacity((users + groups + contacts) as usize + 1_000),
        capital_user: 0,
        device: 0,
    };
    let given: Vec<&str> = GIVEN.split_ascii_whitespace().collect();
    for place in 0..domains {
        let part = |total: u32| total / domains + u32::from(place < total % domains);
        let domain = Domain {
            dns: DOMAINS[place as usize % DOMAINS.len()],
            object_job: (2 * place) as u16,
            password_job: (2 * place + 1) as u16,
            first: world.objects.len() as u32,
            users: part(users),
            groups: part(groups),
            contacts: part(contacts),
            zone: ZONES[place as usize % ZONES.len()],
        };
        add_objects(&mut world, seed, &domain, &given);
        add_domain_jobs(&mut world, seed, place as usize, &domain);
        world.domains.push(domain);
    }
    add_noise_jobs(&mut world, seed, &given);
    world.capital_user = add_object(
        &mut world,
        seed,
        Kind::CapitalUser,
        "Casey Wend".into(),
        "casey.wend@northlake.example".into(),
    );
    world.device = add_object(&mut world, seed, Kind::Device, "KIOSK-07".into(), String::new());
    world
}

/// Adds one object; gives its place.
fn add_object(world: &mut World, seed: u64, kind: Kind, name: String, upn: String) -> u32 {
    let place = world.objects.len() as u32;
    let mut stream = Stream::new(seed, "object", u64::from(place));
    let mut name_json = String::with_capacity(name.len() + 2);
    push_json_string(&mut name_json, &name);
    world.objects.push(Object {
        kind,
        name,
        name_json,
        upn,
        source_id: guid_text(guid(stream.draw())),
        target_id: guid_text(guid(stream.draw())),
        department: stream.weighted(&DEPARTMENT_WEIGHTS) as u8,
        serial: place,
        manager: place,
    });
    place
}

/// Users, groups and contacts of one domain.
fn add_objects(world: &mut World, seed: u64, domain: &Domain, given: &[&str]) {
    for index in 0..domain.users {
        let place = world.objects.len() as u32;
        let (name, upn) = person(seed, place, index, domain.dns, given);
        // A few people of the same name: every 33rd bears the name of the one before.
        let name = match world.objects.last() {
            Some(last) if index % 33 == 32 => last.name.clone(),
            Some(_) | None => name,
        };
        let place = add_object(world, seed, Kind::User, name, upn);
        // Each manager leads eight.
        world.objects[place as usize].manager = domain.first + index.saturating_sub(1) / 8;
    }
    for index in 0..domain.groups {
        let mut stream = Stream::new(seed, "group", world.objects.len() as u64);
        let name = match index {
            0 => "Party \u{1F389} Crew".to_owned(),
            1 => format!("grp-{}", "long-".repeat(60)).chars().take(256).collect(),
            2 => "grp-everyone".to_owned(),
            _ => {
                let department = DEPARTMENTS[stream.weighted(&DEPARTMENT_WEIGHTS)].to_ascii_lowercase();
                let purpose = GROUP_PURPOSES[stream.below(GROUP_PURPOSES.len() as u64) as usize];
                format!("grp-{}-{purpose}-{index}", department.replace(' ', "-"))
            }
        };
        add_object(world, seed, Kind::Group, name, String::new());
    }
    for index in 0..domain.contacts {
        let place = world.objects.len() as u32;
        let (name, _) = person(seed, place, index + 1_000_000, domain.dns, given);
        add_object(world, seed, Kind::Contact, name, String::new());
    }
}

/// A person's display name and user principal name.
fn person(seed: u64, place: u32, index: u32, dns: &str, given: &[&str]) -> (String, String) {
    if let Some((first, last, address)) = UNUSUAL.get(index as usize) {
        return (format!("{first} {last}"), format!("{address}{place}@{dns}"));
    }
    let mut stream = Stream::new(seed, "person", u64::from(place));
    let first = given[stream.below(given.len() as u64) as usize];
    let family = format!(
        "{}{}",
        FAMILY_STARTS[stream.below(FAMILY_STARTS.len() as u64) as usize],
        FAMILY_ENDS[stream.below(FAMILY_ENDS.len() as u64) as usize]
    );
    let upn = format!("{}.{}{place}@{dns}", first.to_ascii_lowercase(), family.to_ascii_lowercase());
    (format!("{first} {family}"), upn)
}

/// The object job and the password job of a domain.
fn add_domain_jobs(world: &mut World, seed: u64, place: usize, domain: &Domain) {
    let service_id = guid_text(guid(key(seed, "service", place as u64)));
    for (kind, template, minutes, count) in [
        (JobKind::Objects, "AD2AADProvisioning", 10, domain.count()),
        (JobKind::Passwords, "AD2AADPasswordHash", 2, domain.users),
    ] {
        let ids = Ids::new(seed, world.jobs.len());
        world.jobs.push(Job {
            id: ids.job(template, &world.tenant),
            kind,
            source: "Active Directory",
            target: "Microsoft Entra ID",
            source_id: ids.source,
            target_id: ids.target,
            service_id: service_id.clone(),
            service: domain.dns.to_owned(),
            application_id: "1a4721b3-e57f-4451-ae87-ef078703ec94".to_owned(),
            period: minutes * super::calendar::MINUTE,
            domain: Some(place),
            first: domain.first,
            count,
        });
    }
}

/// The identifiers of one job.
struct Ids {
    job: String,
    source: String,
    target: String,
}

impl Ids {
    fn new(seed: u64, index: usize) -> Ids {
        let mut stream = Stream::new(seed, "job", index as u64);
        let mut next = || guid_text(guid(stream.draw()));
        Ids { job: next(), source: next(), target: next() }
    }

    fn job(&self, template: &str, tenant: &str) -> String {
        format!("{template}.{}.{}", tenant.replace('-', ""), self.job)
    }
}

/// Jobs beside cloud sync: template, service, source, target, kind of object, minutes.
type Noise = (&'static str, &'static str, &'static str, &'static str, Kind, i64);

const NOISE: [Noise; 6] = [
    ("scim", "Northlake Travel", "Microsoft Entra ID", "Northlake Travel", Kind::AppUser, 40),
    ("WD2ADUserProvisioning", "Workday to Active Directory", "Workday", "Active Directory", Kind::Worker, 40),
    (
        "AAD2ADGroupProvisioning",
        "Group writeback",
        "Microsoft Entra ID",
        "Active Directory",
        Kind::CloudGroup,
        20,
    ),
    (
        "SF2ADUserProvisioning",
        "SuccessFactors to Active Directory",
        "SuccessFactors",
        "Active Directory",
        Kind::Worker,
        40,
    ),
    (
        "SF2AADUserProvisioning",
        "SuccessFactors to Entra",
        "SuccessFactors",
        "Azure Active Directory",
        Kind::Worker,
        40,
    ),
    ("ledgerOutDelta", "Meadow Ledger", "Azure Active Directory", "Meadow Ledger", Kind::AppUser, 40),
];

/// The noise jobs, each with objects of its own.
fn add_noise_jobs(world: &mut World, seed: u64, given: &[&str]) {
    let count = (world.users / 50).max(60);
    for (template, service, source, target, kind, minutes) in NOISE {
        let first = world.objects.len() as u32;
        for index in 0..count {
            let place = world.objects.len() as u32;
            let (name, upn) = match kind {
                Kind::CloudGroup => (format!("cloud-team-{index}"), String::new()),
                Kind::User
                | Kind::Group
                | Kind::Contact
                | Kind::AppUser
                | Kind::Worker
                | Kind::CapitalUser
                | Kind::Device => person(seed, place, index + 1_000_000, DOMAINS[0], given),
            };
            let upn = if kind.signs_in() { upn } else { String::new() };
            add_object(world, seed, kind, name, upn);
        }
        let ids = Ids::new(seed, world.jobs.len());
        world.jobs.push(Job {
            id: ids.job(template, &world.tenant),
            kind: JobKind::Noise,
            source,
            target,
            service_id: guid_text(guid(key(seed, "noise service", world.jobs.len() as u64))),
            application_id: guid_text(guid(key(seed, "noise application", world.jobs.len() as u64))),
            source_id: ids.source,
            target_id: ids.target,
            service: service.to_owned(),
            period: minutes * super::calendar::MINUTE,
            domain: None,
            first,
            count,
        });
    }
}
