//! Errors and failures in newman's form.

use std::time::SystemTime;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::execution::{cursor_object, epoch_ms};
use crate::http;
use crate::record::{Execution, FailureKind};
use crate::report::problem::Problem;

/// An entry of `run.failures`.
pub(super) fn failure_object(
    problem: &Problem<'_>,
    execution: &Execution,
    request_id: &str,
    at: SystemTime,
) -> Value {
    let mut failure = json!({
        "error": detailed_error(problem, execution, at),
        "at": problem.at(),
        "source": *execution.item.definition,
    });
    // newman knows no parent for these, and tools that compare reports would trip over one.
    if problem.kind != FailureKind::Request {
        failure["parent"] = parent(execution);
    }
    failure["cursor"] = cursor_object(&execution.cursor, request_id);
    failure
}

/// The folder; for an item outside folders the collection, which carries its name elsewhere.
///
/// newman writes the parent with all its items, once for each failure; id and name are enough to find it.
fn parent(execution: &Execution) -> Value {
    let (id, name) = &execution.item.parent;
    if execution.item.folders.is_empty() {
        json!({"info": {"_postman_id": id, "name": name}})
    } else {
        json!({"id": id, "name": name})
    }
}

/// The error with what newman adds when it lists a failure.
pub(super) fn detailed_error(
    problem: &Problem<'_>,
    execution: &Execution,
    at: SystemTime,
) -> Value {
    let mut error = match problem.kind {
        FailureKind::Assertion => assertion_error(problem, execution),
        FailureKind::Script(_) => json!({
            "type": "Error", "name": problem.name, "message": problem.message,
        }),
        FailureKind::Request => {
            let mut error = transport_fields(problem.transport);
            error.insert("name".to_owned(), json!(problem.name));
            error.insert("message".to_owned(), json!(problem.message));
            error.insert("stack".to_owned(), json!(first_line_of_stack(problem)));
            Value::Object(error)
        }
    };
    error["checksum"] = json!(checksum(&[
        problem.name,
        &problem.message,
        problem.test.map_or("", |(test, _)| test),
    ]));
    error["id"] = json!(Uuid::new_v4().to_string());
    error["timestamp"] = json!(epoch_ms(at));
    error["stacktrace"] = stack_entries(problem, execution);
    error
}

/// The error of an entry of `assertions`.
pub(super) fn assertion_error(problem: &Problem<'_>, execution: &Execution) -> Value {
    let (test, index) = problem.test.unwrap_or_default();
    // newman knows no place and writes these two numbers where line and column would be.
    let (line, column) = (index + 1, execution.cursor.position + 1);
    let stack = format!(
        "{}\n   at Object.eval sandbox-script.js:{line}:{column})",
        first_line_of_stack(problem)
    );
    json!({
        "name": problem.name,
        "index": index,
        "test": test,
        "message": problem.message,
        "stack": stack,
    })
}

fn first_line_of_stack(problem: &Problem<'_>) -> String {
    format!("{}: {}", problem.name, problem.message)
}

fn stack_entries(problem: &Problem<'_>, execution: &Execution) -> Value {
    let entry = |file: &str, line: usize, column: usize| {
        json!([{
            "fileName": file,
            "lineNumber": line,
            "functionName": "Object.eval",
            "typeName": "Object",
            "methodName": "eval",
            "columnNumber": column,
            "native": false,
        }])
    };
    match (problem.place, problem.test) {
        (Some(place), _) => entry(&place.owner, place.line as usize, place.column as usize),
        (None, Some((_, index))) => entry(
            "sandbox-script.js",
            index + 1,
            execution.cursor.position + 1,
        ),
        (None, None) => json!([]),
    }
}

/// `requestError`: newman's fields of a Node error. newman loses the message; it is added here.
pub(super) fn request_error(problem: &Problem<'_>) -> Value {
    let mut error = transport_fields(problem.transport);
    error.insert("message".to_owned(), json!(problem.message));
    Value::Object(error)
}

fn transport_fields(error: Option<&http::Error>) -> Map<String, Value> {
    let Some((error, code)) = error.and_then(|error| Some((error, error.code()?))) else {
        return Map::new();
    };
    // The numbers are those of Linux, whatever the system is.
    let fields = match error {
        http::Error::ConnectionRefused { address } => {
            let (host, port) = address.rsplit_once(':').unwrap_or((address, ""));
            json!({
                "errno": -111, "code": code, "syscall": "connect",
                "address": host, "port": port.parse::<u16>().ok(),
            })
        }
        http::Error::HostNotFound { host } => json!({
            "errno": -3008, "code": code, "syscall": "getaddrinfo", "hostname": host,
        }),
        http::Error::TimedOut { .. } => json!({"code": code, "connect": false}),
        _ => json!({"code": code}),
    };
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// Equal for equal errors (FNV-1a with 128 bits), so that tools can group failures.
fn checksum(parts: &[&str]) -> String {
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for part in parts {
        for byte in part.bytes().chain([0]) {
            hash ^= u128::from(byte);
            hash = hash.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_tell_errors_apart() {
        assert_eq!(checksum(&["a", "b"]), checksum(&["a", "b"]));
        assert_ne!(checksum(&["a", "b"]), checksum(&["ab", ""]));
        assert_eq!(checksum(&[]), "6c62272e07bb014262b821756295c58d");
    }
}
