//! What the reader gave, by parameter. In: names with values, as people write them. Out: the values of each
//! declaration, and the same once more under the exact keys, so that the same page comes again.
//!
//! A name means every declaration of that name; `Name~2` means the second alone and goes before `Name`.

use super::outline::{By, Outline};
use crate::error::DashboardError;
use crate::model::LinkAction;
use crate::names::{same, unknown};
use std::collections::BTreeMap;

/// What the reader gave.
#[derive(Debug, Default)]
pub struct Given {
    values: BTreeMap<usize, Vec<String>>,
}

impl Given {
    /// Sorts names and values by declaration.
    ///
    /// # Errors
    /// When a name is not known.
    pub fn read(outline: &Outline<'_>, pairs: &[(String, String)]) -> Result<Given, DashboardError> {
        let (mut exact, mut broad): (BTreeMap<usize, Vec<String>>, BTreeMap<usize, Vec<String>>) =
            Default::default();
        for (name, value) in pairs {
            if let Some(one) = numbered(outline, name) {
                exact.entry(one).or_default().push(value.clone());
                continue;
            }
            let meant = meant(outline, name);
            if meant.is_empty() {
                let known = outline.declared.iter().filter(|one| one.nth.0 == 1).map(|one| one.name);
                return Err(unknown("parameter", name, known));
            }
            meant.into_iter().for_each(|one| broad.entry(one).or_default().push(value.clone()));
        }
        for (one, values) in broad {
            exact.entry(one).or_insert(values);
        }
        Ok(Given { values: exact })
    }

    /// Chooses the tab of that label, and the tabs that its own stand on. Gives the tabs' item.
    ///
    /// # Errors
    /// When there is no such tab.
    pub fn choose_tab(&mut self, outline: &Outline<'_>, label: &str) -> Result<usize, DashboardError> {
        let mut labels = Vec::new();
        for at in 0..outline.spots.len() {
            let Some((links, set)) = outline.tabs(at) else { continue };
            for link in &links.links {
                let LinkAction::Parameter { value, .. } = &link.action else { continue };
                if same(&link.label, label) || value == label {
                    self.values.insert(set, vec![value.clone()]);
                    self.choose_around(outline, at);
                    return Ok(at);
                }
                labels.push(link.label.as_str());
            }
        }
        if labels.is_empty() {
            return Err(DashboardError::new(format!("no tab named `{label}`")).with_help("there are no tabs"));
        }
        Err(unknown("tab", label, labels))
    }

    /// Sets the tabs that an item, or a group around it, stands on.
    pub fn choose_around(&mut self, outline: &Outline<'_>, at: usize) {
        for inside in std::iter::once(at).chain(outline.around(at)) {
            let Some((_, set)) = outline.stands_on(inside).and_then(|tabs| outline.tabs(tabs)) else {
                continue;
            };
            let conditions = &outline.spots[inside].item.conditions;
            let named = conditions.iter().find(|one| one.parameter == outline.declared[set].name);
            if let Some(condition) = named.filter(|one| one.comparison == crate::model::Comparison::Equal) {
                self.values.insert(set, vec![condition.value.clone()]);
            }
        }
    }

    /// What was given for a declaration; empty where nothing was.
    pub fn of(&self, declared: usize) -> &[String] {
        self.values.get(&declared).map_or(&[], Vec::as_slice)
    }

    /// Keys and values for the same page again, in document order.
    pub fn pairs(&self, outline: &Outline<'_>) -> Vec<(String, String)> {
        let pairs = self.values.iter().flat_map(|(one, values)| {
            let key = outline.key(*one);
            values.iter().map(move |value| (key.clone(), value.clone()))
        });
        pairs.collect()
    }
}

/// The declaration that a key such as `Status~2` means.
fn numbered(outline: &Outline<'_>, key: &str) -> Option<usize> {
    let (name, nth) = key.rsplit_once('~')?;
    let nth: usize = nth.parse().ok()?;
    let is = |exactly: bool| {
        outline
            .declared
            .iter()
            .position(|one| one.nth.0 == nth && if exactly { one.name == name } else { same(one.name, name) })
    };
    is(true).or_else(|| is(false))
}

/// The declarations that a name means: those of that name, else of that name as people type it, else of that label.
fn meant(outline: &Outline<'_>, name: &str) -> Vec<usize> {
    let all =
        |is: &dyn Fn(usize) -> bool| (0..outline.declared.len()).filter(|at| is(*at)).collect::<Vec<_>>();
    let label = |at: usize| match &outline.declared[at].by {
        By::Parameter(parameter, _) => parameter.label(),
        By::Row(_) | By::Link => "",
    };
    let exactly = all(&|at| outline.declared[at].name == name);
    if !exactly.is_empty() {
        return exactly;
    }
    let alike = all(&|at| same(outline.declared[at].name, name));
    if !alike.is_empty() { alike } else { all(&|at| same(label(at), name)) }
}

/// Whether a workbook has a parameter of that name or key.
pub fn takes(outline: &Outline<'_>, name: &str) -> bool {
    numbered(outline, name).is_some() || !meant(outline, name).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Comparison, Condition, Content};
    use crate::resolve::sample::{group, item, parameter, tabs, workbook};

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }

    #[test]
    fn a_key_goes_before_a_name_and_a_name_before_a_label() {
        let mut labelled = parameter("JobId");
        if let Content::Parameters(list) = &mut labelled {
            list.parameters[0].label = Some("Work".into());
        }
        let workbook = workbook(vec![item(parameter("P")), item(labelled), item(parameter("P"))]);
        let outline = Outline::of(&workbook);
        let read =
            |list: &[(&str, &str)]| Given::read(&outline, &pairs(list)).map(|given| given.pairs(&outline));
        assert_eq!(read(&[("P", "a")]).unwrap(), pairs(&[("P~1", "a"), ("P~2", "a")]));
        assert_eq!(read(&[("P", "a"), ("P~2", "b")]).unwrap(), pairs(&[("P~1", "a"), ("P~2", "b")]));
        assert_eq!(
            read(&[("job-id", "a"), ("work", "b")]).unwrap(),
            pairs(&[("JobId", "a"), ("JobId", "b")])
        );
        let error = read(&[("JobIt", "a")]).unwrap_err().to_string();
        assert_eq!(error, "no parameter named `JobIt`; did you mean `JobId`?");
        assert!(takes(&outline, "P~2") && !takes(&outline, "P~3") && takes(&outline, "Work"));
    }

    #[test]
    fn a_tab_within_a_tab_chooses_both() {
        let mut inner = item(group(vec![item(tabs("Inner", &["x", "y"]))], false));
        inner.conditions =
            vec![Condition { parameter: "Outer".into(), comparison: Comparison::Equal, value: "b".into() }];
        let workbook = workbook(vec![item(tabs("Outer", &["a", "b"])), inner]);
        let outline = Outline::of(&workbook);
        let mut given = Given::default();
        assert_eq!(given.choose_tab(&outline, "Y").unwrap(), 2);
        assert_eq!(given.pairs(&outline), pairs(&[("Outer", "b"), ("Inner", "y")]));
        let error = given.choose_tab(&outline, "z").unwrap_err().to_string();
        assert_eq!(error, "no tab named `z`; there are `A`, `B`, `X`, `Y`");
    }
}
