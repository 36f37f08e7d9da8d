//! Findings for code scanning services: SARIF 2.1.0.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::check::finding::{CheckResult, Finding};
use crate::check::rule::CheckRule;

/// What stays as it is in the path of a URI (RFC 3986, section 3.3).
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// One run with all rules and findings.
pub(crate) fn to_sarif(result: &CheckResult) -> String {
    let rules: Vec<Value> = CheckRule::ALL
        .into_iter()
        .map(|rule| {
            json!({
                "id": rule.id(),
                "shortDescription": { "text": rule.description() },
                "defaultConfiguration": { "level": rule.severity().name() },
            })
        })
        .collect();
    let results: Vec<Value> = result.findings.iter().map(finding).collect();
    let object = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "invocations": [{ "executionSuccessful": !result.is_incomplete() }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{object:#}\n")
}

fn finding(finding: &Finding) -> Value {
    let index = CheckRule::ALL.iter().position(|rule| *rule == finding.rule);
    let mut place = json!({ "artifactLocation": { "uri": uri(&finding.file) } });
    if let Some(found) = finding.place {
        place["region"] = json!({ "startLine": found.line });
        if let Some(column) = found.column {
            place["region"]["startColumn"] = json!(column);
        }
    }
    let mut location = json!({ "physicalLocation": place });
    let names: Vec<&str> = [&finding.item, &finding.part]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    if !names.is_empty() {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": names.join(", ") }]);
    }
    json!({
        "ruleId": finding.rule.id(),
        "ruleIndex": index,
        "level": finding.severity.name(),
        "message": { "text": message(finding) },
        "locations": [location],
    })
}

/// The lines of a script are not lines of the file, so that its place stands in the message.
fn message(finding: &Finding) -> String {
    let names = [&finding.item, &finding.part].into_iter().flatten();
    let mut place: Vec<String> = names.cloned().collect();
    if let Some(script) = &finding.script {
        place.push(format!("line {}, column {}", script.line, script.column));
    }
    let mut text = finding.message.clone();
    if !place.is_empty() {
        text.push_str(&format!(" (in {})", place.join(", ")));
    }
    if let Some(hint) = &finding.hint {
        text.push_str(&format!("\nHint: {hint}"));
    }
    text
}

/// A relative path stays relative, so that a service finds the file in its copy of the repository.
fn uri(file: &str) -> String {
    if file.starts_with("http://") || file.starts_with("https://") {
        return file.to_owned();
    }
    let path = file.replace('\\', "/");
    let path = path.trim_start_matches("./");
    let encoded = utf8_percent_encode(path, PATH);
    if path.starts_with('/') {
        format!("file://{encoded}")
    } else if path.as_bytes().get(1) == Some(&b':') {
        // A drive's colon would otherwise end a scheme.
        format!("file:///{encoded}").replacen("%3A", ":", 1)
    } else {
        encoded.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_uri_reference() {
        let cases = [
            ("./a b/c.json", "a%20b/c.json"),
            ("/tmp/ü.json", "file:///tmp/%C3%BC.json"),
            ("C:\\x\\y.json", "file:///C:/x/y.json"),
            ("../c#1.json", "../c%231.json"),
            ("https://h/c.json?a=b", "https://h/c.json?a=b"),
            ("the standard input", "the%20standard%20input"),
        ];

        for (file, expected) in cases {
            assert_eq!(uri(file), expected);
        }
    }
}
