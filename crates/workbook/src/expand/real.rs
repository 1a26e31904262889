//! The public workbooks' own queries with values in place: as shipped, and with strange ones.

use super::*;
use crate::azure::{self, FolderTemplates};
use crate::model::{Choice, Choices, Content, Expansion, Item, Parameter, ParameterKind, Source};
use calypso_library::literals::datetime;
use calypso_parser::parse;
use std::path::Path;

/// What is done with each query: where it stands, its text, the values seen there.
type Visit<'v> = &'v mut dyn FnMut(&str, &str, &Scope);

fn circumstances(faithful: bool) -> Circumstances {
    Circumstances { now: datetime("2026-11-01").unwrap(), faithful, expansion: Expansion::Braces }
}

/// Visits the queries of the five workbooks, with those values offered for every list and given for every parameter;
/// the number of queries.
fn visit(offered: &[&str], given: &[&str], visit: Visit<'_>) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/workbooks");
    if !folder.is_dir() {
        println!("skipped: the public workbooks are not at hand");
        return 0;
    }
    let choice = |value: &&str| Choice { value: (*value).to_owned(), ..Choice::default() };
    let offered: Vec<Choice> = offered.iter().map(choice).collect();
    let mut visitor = Visitor { offered, given, visit, seen: 0 };
    let templates = FolderTemplates { folders: vec![folder.clone()] };
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "workbook")) {
        let text = std::fs::read_to_string(path).unwrap();
        let workbook = azure::read(&text, &path.display().to_string(), &templates).unwrap();
        let mut scope = Scope::default();
        visitor.exports(&workbook.items, &mut scope);
        visitor.items(&workbook.items, &mut scope);
    }
    visitor.seen
}

struct Visitor<'v> {
    offered: Vec<Choice>,
    given: &'v [&'v str],
    visit: Visit<'v>,
    seen: usize,
}

impl Visitor<'_> {
    /// What clicks set has its default before any.
    fn exports(&self, items: &[Item], scope: &mut Scope) {
        for item in items {
            match &item.content {
                Content::Panel(panel) => {
                    for export in &panel.exports {
                        let text =
                            self.given.first().copied().or(export.default.as_deref()).unwrap_or_default();
                        let origin = if self.given.is_empty() { Origin::Author } else { Origin::Given };
                        scope.values.insert(export.parameter.clone(), Chosen::text(text, origin));
                    }
                }
                Content::Group(group) => self.exports(&group.items, scope),
                Content::Text(_) | Content::Parameters(_) | Content::Links(_) | Content::Placeholder(_) => {}
            }
        }
    }

    fn items(&mut self, items: &[Item], scope: &mut Scope) {
        for item in items {
            match &item.content {
                Content::Panel(panel) => {
                    if let Source::Query(query) = &panel.source {
                        self.query(&item.id, &query.text, scope);
                    }
                }
                Content::Parameters(parameters) => {
                    for parameter in &parameters.parameters {
                        self.parameter(&item.id, parameter, scope);
                    }
                }
                Content::Group(group) => self.items(&group.items, scope),
                Content::Text(_) | Content::Links(_) | Content::Placeholder(_) => {}
            }
        }
    }

    fn parameter(&mut self, id: &str, parameter: &Parameter, scope: &mut Scope) {
        if let Choices::Query(query) = &parameter.choices {
            self.query(id, &query.text, scope);
        }
        let given = match parameter.kind {
            ParameterKind::TimeRange | ParameterKind::Resource(_) => &[],
            ParameterKind::Text
            | ParameterKind::DropDown
            | ParameterKind::MultiValue
            | ParameterKind::Options => {
                &self.given[..if parameter.multiple { self.given.len() } else { self.given.len().min(1) }]
            }
        };
        // A number of rows stands without quotes.
        let given = if parameter.name == "NumRows" { &[] } else { given };
        let chosen = choose(parameter, given, &self.offered, &circumstances(false)).unwrap();
        scope.values.insert(parameter.name.clone(), chosen);
    }

    fn query(&mut self, id: &str, text: &str, scope: &Scope) {
        self.seen += 1;
        (self.visit)(id, text, scope);
    }
}

#[test]
fn shipped_values_are_put_in_as_azure_does() {
    let mut unset = 0;
    visit(&["A", "B"], &[], &mut |id, text, scope| {
        let faithful = query(text, scope, &circumstances(true)).unwrap().text;
        match query(text, scope, &circumstances(false)) {
            Ok(expanded) => {
                assert_eq!((expanded.text.as_str(), expanded.notes.len()), (faithful.as_str(), 0), "{id}");
                assert!(parse(&expanded.text).is_ok(), "{id}: {}", expanded.text);
                let open = names(&expanded.text).into_iter().find(|name| scope.get(name).is_some());
                assert_eq!(open, None, "{id}");
            }
            // One list is shipped without a value.
            Err(why) => {
                assert_eq!(why, "choose a value for Status", "{id}");
                unset += 1;
            }
        }
    });
    println!("{unset} queries wait for a value");
}

#[test]
fn strange_values_leave_the_queries_what_they_are() {
    for given in [
        ["O'Neil", "B"],
        ["'; drop table T //", "\\"],
        ["\"\n| take 0", "') or true or x in ('"],
        ["</script>`", "\u{1b}[31m"],
    ] {
        let mut mended = 0;
        let seen = visit(&["A"], &given, &mut |id, text, scope| {
            let expanded =
                query(text, scope, &circumstances(false)).unwrap_or_else(|why| panic!("{id}: {why}"));
            let parsed = parse(&expanded.text);
            assert!(parsed.is_ok(), "{id}: {:?}\n{}", parsed.diagnostics, expanded.text);
            mended += expanded.notes.len();
        });
        assert!(seen == 0 || mended > 0, "the delimiters of two lists are mended");
    }
}
