//! Files are in order of time, say so, and keep seven digits.

use crate::same_rows::{assert_same, import};
use calypso_store::{LogTable, Store};
use parquet::arrow::arrow_reader::ArrowReaderMetadata;

#[test]
fn seven_digits_and_the_ends_of_time_survive() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("logs.json");
    let times = [
        "2026-10-31T23:59:59.9999999Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
        "1969-12-31T23:59:59.9999999Z",
        "2026-10-31T23:59:59.9999991Z",
    ];
    let line = |(at, time): (usize, &&str)| {
        format!(
            r#"{{"TimeGenerated":"{time}","Id":"{at}","JobId":"j","ChangeId":"c{at}","Type":"AADProvisioningLogs","ProvisioningSteps":"[]"}}"#
        )
    };
    let mut text: Vec<String> = times.iter().enumerate().map(line).collect();
    text.push(
        r#"{"Id":"none","JobId":"j","ChangeId":"c","Type":"AADProvisioningLogs","ProvisioningSteps":"[]"}"#
            .to_owned(),
    );
    std::fs::write(&path, text.join("\n") + "\n").unwrap();
    let store = Store::at(&folder.path().join("store"));
    assert_eq!(import(&store, std::slice::from_ref(&path)), 6);
    assert_same(&store, std::slice::from_ref(&path));
    assert_eq!(store.newest().unwrap(), Some(3_155_378_975_999_999_999));
    let files = store.files(LogTable::Provisioning).unwrap();
    let folders: Vec<_> = files.iter().map(|file| file.path.parent().unwrap().file_name().unwrap()).collect();
    assert_eq!(
        folders,
        [
            "Day=__HIVE_DEFAULT_PARTITION__",
            "Day=0001-01-01",
            "Day=1969-12-31",
            "Day=2026-10-31",
            "Day=9999-12-31"
        ]
    );
    assert_eq!(
        files.iter().map(|file| file.times.is_some()).collect::<Vec<_>>(),
        [false, true, true, true, true]
    );
    for file in &files {
        let metadata =
            ArrowReaderMetadata::load(&std::fs::File::open(&file.path).unwrap(), Default::default()).unwrap();
        let group = metadata.metadata().row_group(0);
        let order = &group.sorting_columns().unwrap()[0];
        assert_eq!(group.column(order.column_idx as usize).column_descr().name(), "TimeGenerated");
        let filtered = |name: &str| {
            group
                .columns()
                .iter()
                .find(|column| column.column_descr().name() == name)
                .unwrap()
                .bloom_filter_offset()
                .is_some()
        };
        assert!(filtered("Id") && filtered("ChangeId") && filtered("JobId") && !filtered("Action"));
    }
}
