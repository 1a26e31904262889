//! Any bytes are read without a panic: as they are, and as damage to files that are whole.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use calypso_logs::{OpenOptions, open};
use proptest::prelude::*;
use std::sync::LazyLock;

fn read(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("any");
    std::fs::write(&path, bytes).unwrap();
    for strict in [false, true] {
        let options = OpenOptions { strict, ..OpenOptions::default() };
        if let Ok(opened) = open(std::slice::from_ref(&path), &options) {
            assert!(opened.tables.len() >= 3);
            let _ = opened.summary.to_string();
        }
    }
}

/// Whole files of several shapes, to be damaged.
static WHOLE: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let line = r#"{"time":"2026-03-01T10:00:00Z","category":"ProvisioningLogs","resultType":"Success","properties":{"id":"a\u0041","changeId":"c","sourceIdentity":{"Id":"s"},"provisioningSteps":[{"name":"n","status":0}]}}"#;
    let graph = r#"{"value":[{"id":"g","activityDateTime":"2026-03-01T10:00:00Z","changeId":"c","provisioningSteps":[{"status":"x"}]}],"@odata.context":"c"}"#;
    let answer = r#"{"tables":[{"columns":[{"name":"a","type":"decimal"},{"name":"b","type":"timespan"}],"rows":[["1.5","1.00:00:00"]]}]}"#;
    let az = r#"[{"TableName":"PrimaryResult","TimeGenerated":"11/20/2026, 8:02:11.481 AM","JobId":"j","SourceIdentity":"{'a': 'b'}","Action":"None"}]"#;
    let csv = "\u{feff}TimeGenerated [UTC],JobId,Action\n\"1/2/2026, 8:00:00 AM\",j,Create\n";
    let portal = "Date,Id,Change ID,Action,Status\n2026-01-01,i,c,Create,Success\n";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("l.json"), line).unwrap();
    let opened = open(&[folder.path().to_owned()], &OpenOptions::default()).unwrap();
    let parquet = folder.path().join("l.parquet");
    calypso_logs::write_parquet(&opened.tables[0], &parquet, calypso_logs::Compression::Snappy).unwrap();
    let arrow = folder.path().join("l.arrow");
    calypso_logs::write_arrow(&opened.tables[0], &arrow).unwrap();
    let mut whole: Vec<Vec<u8>> =
        [line, graph, answer, az, csv, portal].map(|text| text.as_bytes().to_vec()).into();
    whole.push(zstd::encode_all(line.as_bytes(), 1).unwrap());
    whole.push(std::fs::read(parquet).unwrap());
    whole.push(std::fs::read(arrow).unwrap());
    whole
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes);
    }

    #[test]
    fn any_text(text in r#"[\[\]{}",:a0nt \r\n\\/;-]{0,80}"#) {
        read(text.as_bytes());
    }

    #[test]
    fn damaged_files(file in 0usize..9, place in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = WHOLE[file].clone();
        let place = place.index(bytes.len());
        if cut { bytes.truncate(place) } else { bytes[place] = byte }
        read(&bytes);
    }
}
