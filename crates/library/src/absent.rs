//! Functions that Kusto has and this engine has not, with the reason; a query that calls one is told so.

/// Names and why there is no such function here.
const ABSENT: &[(&str, &str)] = &[
    ("cluster", CLUSTER),
    ("current_cluster_endpoint", CLUSTER),
    ("current_node_id", CLUSTER),
    ("row_id", CLUSTER),
    ("rowstore_ordinal_range", CLUSTER),
    ("current_principal", PRINCIPAL),
    ("current_principal_details", PRINCIPAL),
    ("current_principal_is_member_of", PRINCIPAL),
    ("current_cursor", CURSOR),
    ("cursor_after", CURSOR),
    ("cursor_before_or_at", CURSOR),
    ("cursor_current", CURSOR),
    ("current_database", DATABASE),
    ("database", DATABASE),
    ("entity_group", DATABASE),
    ("external_table", "the only tables are those of the files opened; `externaldata` reads another file"),
    ("graph", "no graph models are kept here; `make-graph` makes a graph of rows"),
    ("materialized_view", DATABASE),
    ("stored_query_result", DATABASE),
    ("geo_info_from_ip_address", "it needs a database of addresses, and none comes along"),
    ("hash_combine", HASH),
    ("hash_many", HASH),
];

const CLUSTER: &str = "there is no cluster, only this machine";
const PRINCIPAL: &str = "nobody signs in to run a query here";
const CURSOR: &str = "files have no database cursor";
const DATABASE: &str = "there is no database, only the tables of the files opened";
const HASH: &str =
    "how Kusto combines hashes is not published; `hash(strcat(…))` of the values tells them apart as well";

/// Why there is no function of that name, when Kusto has it.
pub fn reason(name: &str) -> Option<&'static str> {
    let geospatial = name.starts_with("geo_") && !cfg!(feature = "geospatial");
    let known = ABSENT.iter().find(|(absent, _)| *absent == name).map(|(_, reason)| *reason);
    known.or(geospatial.then_some("this build is without the feature `geospatial`"))
}
