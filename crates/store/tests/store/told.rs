//! Side files that tell when events arrived.

use crate::same_rows::{assert_same, generated, import};
use calypso_logs::generator::Shape;
use calypso_store::Store;

#[test]
fn arrivals_that_side_files_tell_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let logs = generated(folder.path(), &[Shape::Blob]);
    let side = logs.join("arrival.jsonl");
    let blobs = logs.join("blob");
    for parts in [
        vec![vec![blobs.clone(), side.clone()]],
        vec![vec![side.clone()], vec![blobs.clone()], vec![side.clone()]],
    ] {
        let scratch = tempfile::tempdir().unwrap();
        let store = Store::at(&scratch.path().join("store"));
        for paths in &parts {
            import(&store, paths);
        }
        assert_same(&store, &[blobs.clone(), side.clone()]);
    }
}
