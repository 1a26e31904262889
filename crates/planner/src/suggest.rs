//! The nearest known name to a misspelt one.

/// The candidate at the least distance, when near enough to be meant: a name of other case first, else at most a third
/// of its letters apart.
pub fn nearest<'n>(wanted: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let limit = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            if candidate.eq_ignore_ascii_case(wanted) {
                return Some((0, candidate));
            }
            let distance = distance(&wanted.to_lowercase(), &candidate.to_lowercase());
            (distance <= limit && distance < wanted.len()).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be put in, taken out or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(ca != *cb)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_found() {
        assert_eq!(nearest("resultType", ["ResultType", "Action"]), Some("ResultType"));
        assert_eq!(nearest("Acton", ["ResultType", "Action"]), Some("Action"));
        assert_eq!(nearest("Zzz", ["ResultType", "Action"]), None);
    }
}
