//! Tests that what is written is read again as the same, on models drawn by lot: every setting, every kind of item.

use crate::model::*;
use proptest::prelude::*;

/// Numbers by lot; when they are used up, the simplest of everything is drawn.
struct Lot(std::vec::IntoIter<u8>);

impl Lot {
    fn number(&mut self, below: usize) -> usize {
        usize::from(self.0.next().unwrap_or(0)) % below
    }

    fn flip(&mut self) -> bool {
        self.number(2) == 1
    }

    fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.number(of.len())].clone()
    }

    fn maybe<T>(&mut self, draw: fn(&mut Lot) -> T) -> Option<T> {
        self.flip().then(|| draw(self))
    }

    fn some<T>(&mut self, draw: fn(&mut Lot) -> T) -> Vec<T> {
        (0..self.number(3)).map(|_| draw(self)).collect()
    }

    fn text(&mut self) -> String {
        let parts = [
            "",
            "a",
            "{P}",
            " ",
            "\"",
            "'",
            "\\",
            "\n",
            "\r\n",
            "\t",
            "\u{0}",
            "é",
            "// title: x",
            "// query:",
            "all",
            "#",
            "]",
            "\"\"\"",
            "\u{feff}",
            "T | count",
            "Sync per day",
            "48h",
            "..",
        ];
        (0..self.number(5)).map(|_| self.one_of(&parts)).collect()
    }

    fn whole(&mut self) -> i64 {
        self.one_of(&[0, 1, -1, 1000, 60_000, 3_600_000, 172_800_000, 604_800_000, i64::MAX, i64::MIN])
    }

    fn size(&mut self) -> usize {
        self.one_of(&[0, 1, 250, 10_000])
    }

    fn real(&mut self) -> f64 {
        self.one_of(&[0.0, -1.5, 1e300, 0.1, 7.0])
    }

    fn time(&mut self) -> TimeContext {
        match self.number(3) {
            0 => TimeContext::InQuery,
            1 => TimeContext::Parameter(self.text()),
            _ => TimeContext::Milliseconds(self.whole()),
        }
    }

    fn condition(&mut self) -> Condition {
        let comparison = self.one_of(&[
            Comparison::Equal,
            Comparison::NotEqual,
            Comparison::Contains,
            Comparison::GreaterOrEqual,
            Comparison::Matches,
            Comparison::NotEmpty,
        ]);
        Condition { parameter: self.text(), comparison, value: self.text() }
    }

    fn query(&mut self) -> QueryText {
        let place = self.text();
        QueryText { text: self.text(), place, skipped: self.size(), parameters: Vec::new() }
    }

    fn criterion(&mut self) -> Criterion {
        let test = match self.flip() {
            true => CriterionTest::Always,
            false => CriterionTest::If { left: self.text(), operator: self.text(), right: self.text() },
        };
        let result = match self.number(3) {
            0 => CriterionResult::Text(self.text()),
            1 => CriterionResult::Parameter(self.text()),
            _ => CriterionResult::Expression(self.text()),
        };
        Criterion { test, result }
    }

    fn json(&mut self) -> JsonSource {
        let transformer = self.maybe(|lot| Transformer {
            rows: lot.text(),
            columns: lot.some(|lot| (lot.text(), lot.text(), lot.text())),
        });
        JsonSource { content: self.text(), transformer }
    }

    fn choice(&mut self) -> Choice {
        Choice { value: self.text(), label: self.text(), selected: self.flip(), group: self.text() }
    }

    fn choices(&mut self, timed: bool) -> Choices {
        match self.number(7) {
            1 if !timed => Choices::List(self.some(Lot::choice)),
            2 => Choices::Query(self.query()),
            3 => Choices::Json(self.text()),
            4 => Choices::Rows(self.json()),
            5 => Choices::Criteria(self.some(Lot::criterion)),
            6 => Choices::Unavailable(self.text()),
            _ => Choices::None,
        }
    }

    fn shipped(&mut self) -> Shipped {
        match self.number(5) {
            0 => Shipped::Unset,
            1 => Shipped::Text(self.text()),
            2 => Shipped::List(self.some(Lot::text)),
            3 => Shipped::Milliseconds(self.whole()),
            _ => Shipped::Span(self.text(), self.text()),
        }
    }

    fn parameter(&mut self) -> Parameter {
        let kind = match self.number(6) {
            0 => ParameterKind::Text,
            1 => ParameterKind::DropDown,
            2 => ParameterKind::TimeRange,
            3 => ParameterKind::MultiValue,
            4 => ParameterKind::Options,
            _ => ParameterKind::Resource(self.text()),
        };
        let timed = kind == ParameterKind::TimeRange;
        Parameter {
            name: self.text(),
            label: self.maybe(Lot::text),
            description: self.maybe(Lot::text),
            multiple: self.flip(),
            quote: self.one_of(&["", "'", "\""]).to_owned(),
            delimiter: self.one_of(&["", ",", "'"]).to_owned(),
            offers_all: self.flip(),
            select_all: self.maybe(Lot::text),
            offers_first: self.some(Lot::size),
            limit: self.maybe(Lot::size),
            required: self.flip(),
            hidden: self.flip(),
            quiet: self.flip(),
            global: self.flip(),
            value: self.shipped(),
            choices: self.choices(timed),
            time: self.time(),
            durations: if timed { self.some(Lot::whole) } else { Vec::new() },
            custom_time: self.flip(),
            rules: self.some(|lot| (lot.text(), lot.flip(), lot.text())),
            conditions: self.some(Lot::condition),
            kind,
        }
    }

    fn value(&mut self) -> LinkValue {
        match self.number(3) {
            0 => LinkValue::Text(self.text()),
            1 => LinkValue::Column(self.text()),
            _ => LinkValue::Parameter(self.text()),
        }
    }

    fn cell_link(&mut self) -> CellLink {
        let target = match self.number(5) {
            0 => LinkTarget::Url,
            1 => LinkTarget::Cell,
            2 => LinkTarget::Row,
            3 => LinkTarget::Workbook {
                template: self.value(),
                parameters: self.some(|lot| (lot.text(), lot.value())),
            },
            _ => LinkTarget::Portal(self.text()),
        };
        CellLink { target, column: self.maybe(Lot::text), label: self.maybe(Lot::text), beside: self.flip() }
    }

    fn number_settings(&mut self) -> NumberSettings {
        NumberSettings {
            unit: self.size() as u64,
            min_digits: self.maybe(Lot::size),
            max_digits: self.maybe(Lot::size),
            significant: self.maybe(Lot::size),
            grouping: self.maybe(Lot::flip),
            percent: self.flip(),
            empty: self.maybe(Lot::real),
        }
    }

    fn formatter(&mut self) -> Formatter {
        let thresholds = self.maybe(|lot| Thresholds {
            colours: lot.flip(),
            tests: lot.some(|lot| Threshold {
                test: lot.one_of(&[ThresholdTest::Equal, ThresholdTest::NotContains, ThresholdTest::Default]),
                value: lot.text(),
                shows: lot.text(),
                text: lot.text(),
            }),
        });
        Formatter {
            column: self.text(),
            kind: self.one_of(&[
                FormatterKind::Automatic,
                FormatterKind::BarUnderneath,
                FormatterKind::CompositeBar,
            ]),
            palette: self.maybe(Lot::text),
            min: self.maybe(Lot::real),
            max: self.maybe(Lot::real),
            aggregation: self.maybe(|lot| lot.one_of(&[Aggregation::None, Aggregation::Inherit])),
            number: self.maybe(Lot::number_settings),
            thresholds,
            parts: self.some(|lot| Part { column: lot.text(), colour: lot.text() }),
            label: self.maybe(Lot::text),
            link: self.maybe(Lot::cell_link),
            tooltip: self.maybe(Lot::text),
            width: self.maybe(Lot::text),
            date_format: self.maybe(Lot::text),
        }
    }

    fn sort(&mut self) -> Sort {
        Sort { column: self.text(), descending: self.flip() }
    }

    fn hierarchy(&mut self) -> Hierarchy {
        match self.flip() {
            true => Hierarchy::Groups {
                by: self.some(Lot::text),
                last: self.maybe(Lot::text),
                expanded: self.flip(),
            },
            false => Hierarchy::Parents {
                id: self.text(),
                parent: self.text(),
                expander: self.maybe(Lot::text),
                expanded: self.flip(),
            },
        }
    }

    fn grid(&mut self) -> GridPanel {
        GridPanel {
            formatters: self.some(Lot::formatter),
            labels: self.some(|lot| ColumnLabel {
                column: lot.text(),
                label: lot.maybe(Lot::text),
                comment: lot.maybe(Lot::text),
            }),
            sort: self.some(Lot::sort),
            rows: self.maybe(Lot::size),
            rows_on_page: self.maybe(Lot::size),
            filter: self.flip(),
            hierarchy: self.maybe(Lot::hierarchy),
            from_width: self.some(|lot| (lot.text(), lot.size())),
            drill_down: self.maybe(|lot| (lot.text(), lot.some(|lot| (lot.text(), lot.value())))),
        }
    }

    fn tiles(&mut self) -> TilePanel {
        TilePanel {
            title: self.maybe(Lot::formatter),
            subtitle: self.maybe(Lot::formatter),
            left: self.maybe(Lot::formatter),
            right: self.maybe(Lot::formatter),
            bottom: self.maybe(Lot::formatter),
            border: self.flip(),
            size: self.one_of(&[TileSize::Auto, TileSize::Full]),
            sort: self.maybe(|lot| (lot.text(), lot.flip())),
            rows: self.maybe(Lot::size),
        }
    }

    fn chart(&mut self) -> ChartPanel {
        ChartPanel {
            x: self.maybe(Lot::text),
            y: self.some(Lot::text),
            series: self.maybe(Lot::text),
            others_after: self.maybe(Lot::size),
            labels: self.some(|lot| ChartLabel {
                series: lot.text(),
                label: lot.maybe(Lot::text),
                colour: lot.maybe(Lot::text),
            }),
            legend: self.maybe(Lot::flip),
            metrics: self.flip(),
            points: self.flip(),
            x_title: self.maybe(Lot::text),
            y_title: self.maybe(Lot::text),
            y_min: self.maybe(Lot::real),
            y_max: self.maybe(Lot::real),
            y_number: self.maybe(Lot::number_settings),
            threshold: self.maybe(|lot| ThresholdLine { at: lot.real(), style: lot.size() as u64 }),
            palette: self.maybe(Lot::text),
        }
    }

    fn merge(&mut self) -> Merge {
        Merge {
            steps: self.some(|lot| MergeStep {
                id: lot.text(),
                kind: lot.one_of(&[MergeKind::Union, MergeKind::LeftAnti]),
                left: lot.text(),
                right: lot.maybe(Lot::text),
                left_column: lot.maybe(Lot::text),
                right_column: lot.maybe(Lot::text),
            }),
            columns: self.some(|lot| Renamed {
                from: lot.text(),
                to: lot.text(),
                criteria: lot.some(Lot::criterion),
            }),
        }
    }

    fn panel(&mut self) -> Panel {
        Panel {
            title: self.text(),
            description: self.maybe(Lot::text),
            source: match self.number(3) {
                0 => Source::Query(self.query()),
                1 => Source::Merge(self.merge()),
                _ => Source::Json(self.json()),
            },
            time: self.time(),
            look: self.one_of(&[Look::Auto, Look::Tiles, Look::Unstacked, Look::Map]),
            size: self.one_of(&[Size::Medium, Size::Tiny, Size::Full]),
            no_data: self.maybe(Lot::text),
            no_data_message: self.one_of(&[Message::Plain, Message::Upsell]),
            exports: self.some(|lot| Export {
                column: lot.maybe(Lot::text),
                parameter: lot.text(),
                default: lot.maybe(Lot::text),
                multiple: lot.flip(),
                quote: lot.text(),
                delimiter: lot.text(),
            }),
            sort: self.some(Lot::sort),
            grid: if self.flip() { self.grid() } else { GridPanel::default() },
            tiles: self.maybe(Lot::tiles),
            chart: if self.flip() { self.chart() } else { ChartPanel::default() },
            card: self.one_of(&[CardStyle::Big, CardStyle::Markdown]),
            on_demand: self.flip(),
        }
    }

    fn link(&mut self) -> Link {
        let action = match self.number(5) {
            0 => LinkAction::Parameter { name: self.text(), value: self.text() },
            1 => LinkAction::Step(self.text()),
            2 => LinkAction::Url(self.text()),
            3 => LinkAction::Workbook(self.text()),
            _ => LinkAction::Portal(self.text()),
        };
        Link { label: self.text(), before: self.text(), after: self.text(), action }
    }

    fn item(&mut self, id: String, depth: usize) -> Item {
        let content = match self.number(if depth > 2 { 5 } else { 6 }) {
            0 => Content::Text(Text {
                markdown: self.text(),
                message: self.one_of(&[Message::Plain, Message::Info]),
            }),
            1 => Content::Parameters(Parameters { parameters: self.some(Lot::parameter) }),
            2 => Content::Links(Links {
                style: self.one_of(&[LinksStyle::List, LinksStyle::Tabs]),
                links: self.some(Lot::link),
            }),
            3 => Content::Panel(Box::new(self.panel())),
            4 => {
                Content::Placeholder(Placeholder { what: self.text(), title: self.text(), why: self.text() })
            }
            _ => Content::Group(Group {
                title: self.text(),
                expandable: self.flip(),
                expanded: self.flip(),
                load: self.one_of(&[Load::Lazy, Load::Always]),
                exports_parameters: self.flip(),
                template: self.maybe(Lot::text),
                items: self.items(&format!("{id}."), depth + 1),
            }),
        };
        // Some ids are not those of the place.
        let id = if self.number(8) == 1 { format!("x{id}") } else { id };
        Item {
            id,
            name: self.text(),
            width: self.one_of(&[100, 0, 50]),
            border: self.flip(),
            conditions: self.some(Lot::condition),
            content,
        }
    }

    fn items(&mut self, within: &str, depth: usize) -> Vec<Item> {
        (1..=self.number(4)).map(|at| self.item(format!("{within}{at}"), depth)).collect()
    }

    fn workbook(&mut self) -> Workbook {
        Workbook {
            name: "x".to_owned(),
            title: self.text(),
            table: self.flip().then(|| "SigninLogs".to_owned()),
            expansion: Expansion::Braces,
            notes: self.some(Lot::text),
            items: self.items("", 0),
        }
    }
}

/// The same with what files of `let`s can say: names once, and only what is there.
fn with_lets(mut workbook: Workbook) -> Workbook {
    fn hold(items: &mut [Item]) {
        for item in items {
            item.name = item.id.replace('.', "x");
            match &mut item.content {
                Content::Panel(panel) => {
                    panel.grid = GridPanel { formatters: Vec::new(), drill_down: None, ..panel.grid.clone() };
                    panel.tiles = None;
                    panel.chart.labels.clear();
                    if let Source::Query(query) = &mut panel.source {
                        query.parameters = vec!["_A".to_owned(), "_B".to_owned()];
                    }
                }
                Content::Group(group) => hold(&mut group.items),
                Content::Text(_) | Content::Parameters(_) | Content::Links(_) | Content::Placeholder(_) => {}
            }
        }
    }
    workbook.expansion = Expansion::Lets;
    hold(&mut workbook.items);
    workbook
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn what_is_written_is_read_as_the_same(bytes in prop::collection::vec(any::<u8>(), 0..600), lets: bool) {
        let workbook = Lot(bytes.into_iter()).workbook();
        let workbook = if lets { with_lets(workbook) } else { workbook };
        let files = super::files(&workbook).unwrap();
        let paths: std::collections::BTreeSet<_> = files.iter().map(|(path, _)| path.to_lowercase()).collect();
        prop_assert_eq!(paths.len(), files.len());
        let again = Workbook::from_files("x", &files).map_err(|error| {
            TestCaseError::fail(format!("{error}\n{}", files[0].1))
        })?;
        prop_assert_eq!(again.without_places(), workbook.without_places(), "{}", files[0].1);
    }
}
