//! The sample collections and their environment, as the README runs them.

use serde_json::Value;

use super::Postrider;

/// The path of a file of the package.
pub(crate) fn packaged(path: &str) -> String {
    format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))
}

/// The content of a JSON file of the package.
pub(crate) fn packaged_json(path: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(packaged(path)).unwrap()).unwrap()
}

/// The secret that the emulator accepts.
pub(crate) const CLIENT_SECRET: &str = "emulator~only.secret";

pub(crate) const SYNAPSE: &str = "collections/synapse.postman_collection.json";
pub(crate) const OPERATIONS: &str = "collections/synapse-operations.postman_collection.json";
pub(crate) const ARTICLE: &str = "collections/synapse-article.postman_collection.json";
pub(crate) const ARTICLE_RULES: &str = "collections/synapse-article.rules.yaml";
pub(crate) const OAUTH2: &str = "collections/synapse-oauth2.postman_collection.json";
pub(crate) const ENVIRONMENT: &str = "environments/synapse-emulator.postman_environment.json";

/// `postrider run` of the sample collection with the emulator's environment.
pub(crate) fn run_synapse() -> Postrider {
    Postrider::new().arguments(&["run", &packaged(SYNAPSE), "-e", &packaged(ENVIRONMENT)])
}

/// `postrider run` of the article's collection with its rules and the emulator's environment.
pub(crate) fn run_article() -> Postrider {
    Postrider::new().arguments(&[
        "run",
        &packaged(ARTICLE),
        "-e",
        &packaged(ENVIRONMENT),
        "--rules",
        &packaged(ARTICLE_RULES),
    ])
}
