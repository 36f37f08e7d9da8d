//! Checking a response by its rules and keeping values of it.

use serde_json::Value as Json;

use crate::http::HttpResponse;
use crate::record::{Assertion, AssertionError, AssertionOutcome, ItemInfo};
use crate::variables::{Value, VariableScopes};

use super::{Capture, JsonPathExpectation, Rule, RuleSet};

/// A body longer than this is not quoted in a message.
const EXCERPT_LENGTH: usize = 200;

impl RuleSet {
    /// Applies every rule for an item to a response: expectations and captures become assertions,
    /// captured values go into the environment.
    pub(crate) fn apply(
        &self,
        item: &ItemInfo,
        response: &HttpResponse,
        scopes: &mut VariableScopes,
    ) -> Vec<Assertion> {
        let mut results = Vec::new();
        let body: Option<Json> = serde_json::from_slice(&response.body).ok();
        for rule in self.rules.iter().filter(|rule| rule.is_for(item)) {
            check(rule, response, body.as_ref(), scopes, &mut results);
            for capture in &rule.captures {
                let outcome = keep(capture, response, body.as_ref(), scopes);
                let name = format!(
                    "capture {} from {}",
                    capture.variable,
                    capture.path.as_str()
                );
                results.push((name, outcome));
            }
        }
        results
            .into_iter()
            .enumerate()
            .map(|(index, (name, outcome))| Assertion {
                name,
                index,
                outcome,
                place: None,
            })
            .collect()
    }
}

type Results = Vec<(String, AssertionOutcome)>;

fn check(
    rule: &Rule,
    response: &HttpResponse,
    body: Option<&Json>,
    scopes: &VariableScopes,
    results: &mut Results,
) {
    let statuses = &rule.expect.statuses;
    if !statuses.is_empty() {
        let codes: Vec<String> = statuses.iter().map(u16::to_string).collect();
        let expected = codes.join(" or ");
        let outcome = match statuses.contains(&response.status) {
            true => AssertionOutcome::Passed,
            false => failed(
                format!(
                    "expected status {expected} but got {} {}{}",
                    response.status,
                    response.reason,
                    excerpt(response)
                ),
                Some((response.status.to_string(), expected.clone())),
            ),
        };
        results.push((format!("status is {expected}"), outcome));
    }
    for expectation in &rule.expect.json_paths {
        results.push(check_json_path(expectation, response, body, scopes));
    }
}

fn check_json_path(
    expectation: &JsonPathExpectation,
    response: &HttpResponse,
    body: Option<&Json>,
    scopes: &VariableScopes,
) -> (String, AssertionOutcome) {
    let expected = substituted(&expectation.equals, scopes);
    let path = expectation.path.as_str();
    let outcome = match body.map(|body| expectation.path.first(body)) {
        None => failed(
            format!("the response body is not JSON{}", excerpt(response)),
            None,
        ),
        Some(None) => failed(
            format!("{path} leads to nothing{}", excerpt(response)),
            None,
        ),
        Some(Some(found)) if *found == expected => AssertionOutcome::Passed,
        Some(Some(found)) => failed(
            format!("expected {path} to equal {expected} but got {found}"),
            Some((found.to_string(), expected.to_string())),
        ),
    };
    (format!("{path} equals {}", expectation.equals), outcome)
}

fn keep(
    capture: &Capture,
    response: &HttpResponse,
    body: Option<&Json>,
    scopes: &mut VariableScopes,
) -> AssertionOutcome {
    let path = capture.path.as_str();
    match body.map(|body| capture.path.first(body)) {
        None => failed(
            format!("the response body is not JSON{}", excerpt(response)),
            None,
        ),
        Some(None) => failed(
            format!("{path} leads to nothing{}", excerpt(response)),
            None,
        ),
        Some(Some(found)) => {
            let value = Value::from_json(found.clone());
            match capture.secret {
                true => scopes.environment.set_secret(&capture.variable, value),
                false => scopes.environment.set(&capture.variable, value),
            }
            AssertionOutcome::Passed
        }
    }
}

fn substituted(value: &Json, scopes: &VariableScopes) -> Json {
    match value {
        Json::String(text) => Json::String(scopes.substitute(text).text),
        Json::Array(members) => members
            .iter()
            .map(|member| substituted(member, scopes))
            .collect(),
        Json::Object(members) => Json::Object(
            members
                .iter()
                .map(|(key, member)| (key.clone(), substituted(member, scopes)))
                .collect(),
        ),
        scalar => scalar.clone(),
    }
}

fn failed(message: String, values: Option<(String, String)>) -> AssertionOutcome {
    let (actual, expected) = values.unzip();
    AssertionOutcome::Failed(AssertionError {
        name: "AssertionError".to_owned(),
        message,
        actual,
        expected,
    })
}

/// The body tells most of what went wrong with an API.
fn excerpt(response: &HttpResponse) -> String {
    let text = String::from_utf8_lossy(&response.body);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return "; the body is empty".to_owned();
    }
    let short: String = text.chars().take(EXCERPT_LENGTH).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    format!("; the body is {short}{dots}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::sync::Arc;

    fn item() -> ItemInfo {
        ItemInfo {
            id: "i".to_owned(),
            name: "Get token".to_owned(),
            folders: vec!["Login".to_owned()],
            parent: (String::new(), String::new()),
            definition: Arc::new(json!({})),
        }
    }

    fn apply(rules: &str, status: u16, body: &str) -> (Vec<Assertion>, VariableScopes) {
        let response = HttpResponse {
            status,
            reason: "Reason".to_owned(),
            version: "1.1",
            headers: Vec::new(),
            body: body.to_owned().into(),
        };
        let mut scopes = VariableScopes::default();
        scopes.environment.set("kind", "Bearer".into());
        let assertions = RuleSet::from_yaml(rules)
            .unwrap()
            .apply(&item(), &response, &mut scopes);
        (assertions, scopes)
    }

    fn messages(assertions: &[Assertion]) -> Vec<&str> {
        assertions
            .iter()
            .filter_map(|assertion| match &assertion.outcome {
                AssertionOutcome::Failed(error) => Some(error.message.as_str()),
                _ => None,
            })
            .collect()
    }

    const RULES: &str = "version: 1\nrules:\n  - request: Login / Get token\n    expect:\n      \
        status: 200\n      jsonpath: [{path: $.type, equals: '{{kind}}'}]\n    \
        capture: [{variable: token, jsonpath: $.access_token, secret: true}]\n";

    #[test]
    fn captures_go_into_the_environment() {
        let (assertions, scopes) =
            apply(RULES, 200, r#"{"type": "Bearer", "access_token": "t0ken"}"#);

        assert_eq!(messages(&assertions), Vec::<&str>::new());
        assert_eq!(scopes.environment.get("token"), Some(&"t0ken".into()));
        assert_eq!(scopes.secret_values(), ["t0ken"]);
    }

    #[test]
    fn what_does_not_hold_is_told_with_the_body() {
        let (assertions, _) = apply(RULES, 401, r#"{"error": "invalid_client"}"#);

        assert_eq!(
            messages(&assertions),
            [
                r#"expected status 200 but got 401 Reason; the body is {"error": "invalid_client"}"#,
                r#"$.type leads to nothing; the body is {"error": "invalid_client"}"#,
                r#"$.access_token leads to nothing; the body is {"error": "invalid_client"}"#,
            ]
        );
    }
}
