//! Short ways to write collections and environments.

use serde_json::{Value, json};

/// A collection of these items.
pub(crate) fn collection(items: Value) -> Value {
    json!({
        "info": {
            "name": "Sample",
            "_postman_id": "5f0d1c62-2f3b-4c8e-9a57-0c6b1f0e7d11",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
        },
        "item": items
    })
}

/// A request without anything but a URL.
pub(crate) fn get(name: &str, url: impl Into<String>) -> Value {
    json!({"name": name, "request": {"method": "GET", "url": url.into()}})
}

/// A request with a raw body.
pub(crate) fn post(name: &str, url: impl Into<String>, body: &str) -> Value {
    json!({
        "name": name,
        "request": {"method": "POST", "url": url.into(), "body": {"mode": "raw", "raw": body}}
    })
}

/// An environment or globals with these variables.
pub(crate) fn environment(variables: &[(&str, &str)]) -> Value {
    let values: Vec<Value> = variables
        .iter()
        .map(|(key, value)| json!({"key": key, "value": value, "type": "default", "enabled": true}))
        .collect();
    json!({"id": "0a4c5b3e-58a0-4c76-8f3c-6c1f4f0b2d22", "name": "Sample", "values": values})
}
