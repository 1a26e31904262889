//! `calypso generate`: seeded demo logs in every shape, with a manifest of true answers.

use crate::arguments::Generate;
use crate::data::time;
use crate::failure::Failure;
use calypso_logs::generator::{self, AttrBag, Options, Packing, Profile, Scenario, Shape};

/// Ticks of a day.
const DAY: i64 = 864_000_000_000;

/// Writes the files and says what they are.
pub fn generate(wanted: &Generate) -> Result<(), Failure> {
    let profile = Profile::from_name(&wanted.profile)
        .ok_or_else(|| usage("--profile", &wanted.profile, "small, medium, large, bench"))?;
    let mut options = Options { seed: wanted.seed, ..Options::new(profile) };
    options.rows = wanted.rows.unwrap_or(options.rows);
    options.days = wanted.days;
    if let Some(text) = &wanted.end {
        options.now = time("--end", text)?;
    }
    if let Some(text) = &wanted.begin {
        options.now = time("--begin", text)? + options.run_days() * DAY;
    }
    options.scenario = match wanted.scenario.as_str() {
        "full" => Scenario::Full,
        "none" => Scenario::None,
        other => return Err(usage("--scenario", other, "full, none")),
    };
    options.attr_bag = match wanted.attr_bag.as_deref() {
        None => None,
        Some("full") => Some(AttrBag::Full),
        Some("lean") => Some(AttrBag::Lean),
        Some(other) => return Err(usage("--attr-bag", other, "full, lean")),
    };
    options.legacy_until =
        wanted.legacy_until.as_deref().map(|text| time("--legacy-until", text)).transpose()?;
    options.dirty = wanted.dirty;
    options.truncate_last = wanted.truncate_last;
    let packing = Packing::from_name(&wanted.compression)
        .ok_or_else(|| usage("--compression", &wanted.compression, "plain, gzip, zstd"))?;
    let shapes = if wanted.shapes.iter().any(|name| name == "all") {
        Shape::ALL.to_vec()
    } else {
        let names = Shape::ALL.map(Shape::name).join(", ");
        wanted
            .shapes
            .iter()
            .map(|name| Shape::from_name(name).ok_or_else(|| usage("--shapes", name, &names)))
            .collect::<Result<_, _>>()?
    };
    let run = generator::drawn(&options);
    let files = generator::write_run(&run, &wanted.out, &shapes, packing)
        .map_err(|error| Failure::Data(format!("{}: {error}", wanted.out.display())))?;
    let bytes: u64 = files.iter().map(|file| file.bytes).sum();
    eprintln!("wrote {} files, {bytes} bytes, to {}", files.len(), wanted.out.display());
    Ok(())
}

fn usage(option: &str, found: &str, wanted: &str) -> Failure {
    Failure::Usage(format!("`{option} {found}`: it takes {wanted}"))
}
