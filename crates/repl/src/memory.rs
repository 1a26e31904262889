//! How much memory queries may hold: seven tenths of what the process may have, since reading, and an answer on its way
//! out, are not counted. Where nobody says what that is, it is what the machine, or the group of processes that we run in,
//! has left. On systems other than Linux nothing is known, so there is no limit.

use std::fs::read_to_string;
use std::path::Path;

/// Bytes; `None` where it cannot be told.
pub fn usual_limit() -> Option<usize> {
    let machine = read_to_string("/proc/meminfo").ok().and_then(|text| available(&text));
    let groups = read_to_string("/proc/self/cgroup").unwrap_or_default();
    let free = group_paths(&groups).into_iter().filter_map(|(limit, used)| {
        let number = |path: &str| read_to_string(Path::new(path)).ok()?.trim().parse::<u64>().ok();
        Some(number(&limit)?.saturating_sub(number(&used).unwrap_or(0)))
    });
    let least = machine.into_iter().chain(free).min()?;
    usize::try_from(least).ok().map(of_queries)
}

/// What queries may hold of the bytes that the process may have.
pub fn of_queries(process: usize) -> usize {
    process / 10 * 7
}

/// `MemAvailable` of /proc/meminfo in bytes.
fn available(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

/// Where limit and use stand for each group that /proc/self/cgroup names, and for those above it: a group that sets no
/// limit says `max`, which is no number.
fn group_paths(text: &str) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    for line in text.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        let (Some(kinds), Some(group)) = (parts.next(), parts.next()) else { continue };
        let (root, limit, used) = if kinds.is_empty() {
            ("/sys/fs/cgroup", "memory.max", "memory.current")
        } else if kinds.split(',').any(|kind| kind == "memory") {
            ("/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes")
        } else {
            continue;
        };
        for above in Path::new(group.trim_start_matches('/')).ancestors() {
            let folder = Path::new(root).join(above);
            let path = |name: &str| folder.join(name).display().to_string();
            paths.push((path(limit), path(used)));
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_available_is_read() {
        let text = "MemTotal:       24689764 kB\nMemFree:         1000 kB\nMemAvailable:    2048 kB\nBuffers: 1 kB\n";
        assert_eq!(available(text), Some(2048 * 1024));
        assert_eq!(available("MemTotal: 1 kB\n"), None);
        assert_eq!(available("MemAvailable: many\n"), None);
    }

    #[test]
    fn groups_are_looked_up_with_those_above() {
        let limits = |text| group_paths(text).into_iter().map(|(limit, _)| limit).collect::<Vec<_>>();
        assert_eq!(
            limits("0::/user.slice/run.scope\n"),
            [
                "/sys/fs/cgroup/user.slice/run.scope/memory.max",
                "/sys/fs/cgroup/user.slice/memory.max",
                "/sys/fs/cgroup/memory.max"
            ]
        );
        assert_eq!(
            limits("5:cpu:/a\n4:memory:/a\n"),
            ["/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        );
        assert!(limits("nothing").is_empty());
    }
}
