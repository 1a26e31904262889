//! Small workbooks for tests.

#![cfg(test)]

use crate::model::*;

pub fn workbook(items: Vec<Item>) -> Workbook {
    let mut workbook = Workbook {
        name: "sample".into(),
        title: "Sample".into(),
        table: None,
        expansion: Expansion::Braces,
        items,
        notes: Vec::new(),
    };
    number(&mut workbook.items, "");
    workbook
}

fn number(items: &mut [Item], before: &str) {
    for (at, item) in items.iter_mut().enumerate() {
        item.id = format!("{before}{at}");
        if let Content::Group(group) = &mut item.content {
            number(&mut group.items, &format!("{}.", item.id));
        }
    }
}

pub fn item(content: Content) -> Item {
    let name = match &content {
        Content::Panel(panel) => panel.title.clone(),
        _ => String::new(),
    };
    Item { id: String::new(), name, width: 100, border: false, conditions: Vec::new(), content }
}

pub fn parameter(name: &str) -> Content {
    let parameter = Parameter { name: name.into(), ..Parameter::default() };
    Content::Parameters(Parameters { parameters: vec![parameter] })
}

pub fn panel(title: &str) -> Content {
    Content::Panel(Box::new(Panel { title: title.into(), ..Panel::default() }))
}

pub fn group(items: Vec<Item>, exports_parameters: bool) -> Content {
    Content::Group(Group { items, exports_parameters, ..Group::default() })
}

pub fn tabs(name: &str, values: &[&str]) -> Content {
    let links = values.iter().map(|value| Link {
        label: value.to_uppercase(),
        before: String::new(),
        after: String::new(),
        action: LinkAction::Parameter { name: name.into(), value: (*value).to_owned() },
    });
    Content::Links(Links { style: LinksStyle::Tabs, links: links.collect() })
}
