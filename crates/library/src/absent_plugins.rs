//! Plugins of the language that mean nothing on one machine, each with the reason, and those still to come.

const OUTSIDE: &str = "it asks a service outside; bring the rows here as a file and open that";
const SCRIPT: &str = "it runs a script beside the query, and no other language runs here";
const MODEL: &str = "it asks a language model outside";
const STORAGE: &str = "it reads from storage accounts; open the files instead, their columns are found then";
const CLUSTER: &str = "it asks a cluster; open its tables here as files";

const ABSENT: &[(&str, &str)] = &[
    ("ai_chat_completion", MODEL),
    ("ai_chat_completion_prompt", MODEL),
    ("ai_embed_text", MODEL),
    ("ai_embeddings", MODEL),
    ("azure_digital_twins_query_request", OUTSIDE),
    ("cosmosdb_sql_request", OUTSIDE),
    ("csharp", SCRIPT),
    ("dax_request", OUTSIDE),
    ("execute_query", CLUSTER),
    ("execute_show_command", CLUSTER),
    ("external_datatable", STORAGE),
    ("http_request", OUTSIDE),
    ("http_request_post", OUTSIDE),
    ("identity_v3", "it tests the isolation of plugins in a cluster; `identity` gives the rows as they are"),
    ("infer_storage_schema", STORAGE),
    ("infer_storage_schema_with_suggestions", STORAGE),
    ("mysql_request", OUTSIDE),
    ("postgresql_request", OUTSIDE),
    ("python", SCRIPT),
    ("r", SCRIPT),
    ("sql_request", OUTSIDE),
];

/// Plugins of the language that are still to come.
pub const PENDING: &[&str] = &["diffpatterns_text"];

/// Why a plugin of that name is absent, when it is one of the language's.
pub fn reason(name: &str) -> Option<&'static str> {
    ABSENT.iter().find(|(known, _)| *known == name).map(|(_, reason)| *reason)
}

/// What a build lacks to have a plugin of that name.
pub fn feature(name: &str) -> Option<&'static str> {
    let geospatial = name.starts_with("geo_") && !cfg!(feature = "geospatial");
    geospatial.then_some("this build is without the feature `geospatial`")
}
