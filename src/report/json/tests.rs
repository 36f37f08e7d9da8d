//! The report as a whole, read back by a parser.

use std::fs;
use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::NAME;
use crate::files::write_atomically;
use crate::http::Error as HttpError;
use crate::record::{
    EventSink as _, ExchangeOrigin, Execution, RunEnd, RunEvent, ScriptKind, SentRequest, Step,
};
use crate::redact::Secrets;
use crate::report::samples::{
    Paper, answered, ending, events, exchange, execution, failed, file_report, item, options,
    passed, read, refused, report, response, script, script_failure, sent, settled, skipped,
};
use crate::report::{Error, ReporterSet};

fn written(events: Vec<RunEvent>) -> String {
    file_report(NAME, &Secrets::default(), events)
}

fn value(executions: Vec<Execution>) -> Value {
    serde_json::from_str(&written(events(executions))).unwrap()
}

fn entries(executions: Vec<Execution>) -> Value {
    settled(&value(executions)["run"]["executions"])
}

#[test]
fn a_whole_run_has_the_structure_of_newman() {
    let run = vec![
        execution(
            item(&["Fold"], "r1"),
            0,
            vec![
                script(ScriptKind::Prerequest, None),
                answered("/x"),
                passed("ok", 0),
                failed("bad", 1, "expected 1 to equal 2"),
                skipped("later", 2),
                script_failure(ScriptKind::Test),
            ],
        ),
        execution(item(&[], "r2"), 0, vec![refused()]),
    ];

    let report = settled(&value(run));

    assert_snapshot!(serde_json::to_string_pretty(&report).unwrap(), @r#"
    {
      "collection": {
        "info": {
          "_postman_id": "id-Shop",
          "name": "Shop"
        },
        "item": []
      },
      "run": {
        "executions": [
          {
            "cursor": {
              "position": 0,
              "iteration": 0,
              "length": 2,
              "cycles": 1,
              "empty": false,
              "eof": false,
              "bof": true,
              "cr": false,
              "ref": "ref-r1-0",
              "httpRequestId": "<httpRequestId>"
            },
            "item": {
              "id": "id-r1",
              "name": "r1"
            },
            "request": {
              "url": {
                "protocol": "https",
                "path": [
                  "x"
                ],
                "host": [
                  "api",
                  "example",
                  "com"
                ],
                "query": [],
                "variable": []
              },
              "header": [
                {
                  "key": "Accept",
                  "value": "*/*",
                  "system": true
                }
              ],
              "method": "GET"
            },
            "response": {
              "id": "<id>",
              "status": "OK",
              "code": 200,
              "header": [
                {
                  "key": "Content-Type",
                  "value": "text/plain"
                }
              ],
              "stream": {
                "type": "Buffer",
                "data": [
                  104,
                  101,
                  108,
                  108,
                  111
                ]
              },
              "cookie": [],
              "responseTime": 45,
              "responseSize": 5
            },
            "id": "id-r1",
            "assertions": [
              {
                "assertion": "ok",
                "skipped": false
              },
              {
                "assertion": "bad",
                "skipped": false,
                "error": {
                  "name": "AssertionError",
                  "index": 1,
                  "test": "bad",
                  "message": "expected 1 to equal 2",
                  "stack": "AssertionError: expected 1 to equal 2\n   at Object.eval sandbox-script.js:2:1)"
                }
              },
              {
                "assertion": "later",
                "skipped": true
              }
            ],
            "testScript": [
              {
                "error": {
                  "type": "Error",
                  "name": "ReferenceError",
                  "message": "user is not defined",
                  "checksum": "<checksum>",
                  "id": "<id>",
                  "timestamp": 1795568684449,
                  "stacktrace": [
                    {
                      "fileName": "Create user",
                      "lineNumber": 2,
                      "functionName": "Object.eval",
                      "typeName": "Object",
                      "methodName": "eval",
                      "columnNumber": 11,
                      "native": false
                    }
                  ]
                }
              }
            ]
          },
          {
            "cursor": {
              "position": 1,
              "iteration": 0,
              "length": 2,
              "cycles": 1,
              "ref": "ref-r2-0",
              "httpRequestId": "<httpRequestId>"
            },
            "item": {
              "id": "id-r2",
              "name": "r2"
            },
            "request": {
              "url": {
                "protocol": "https",
                "path": [
                  "x"
                ],
                "host": [
                  "api",
                  "example",
                  "com"
                ],
                "query": [],
                "variable": []
              },
              "header": [
                {
                  "key": "Accept",
                  "value": "*/*",
                  "system": true
                }
              ],
              "method": "GET"
            },
            "id": "id-r2",
            "requestError": {
              "errno": -111,
              "code": "ECONNREFUSED",
              "syscall": "connect",
              "address": "127.0.0.1",
              "port": 81,
              "message": "connect ECONNREFUSED 127.0.0.1:81"
            }
          }
        ],
        "stats": {
          "iterations": {
            "total": 1,
            "pending": 0,
            "failed": 0
          },
          "items": {
            "total": 2,
            "pending": 0,
            "failed": 0
          },
          "scripts": {
            "total": 2,
            "pending": 0,
            "failed": 1
          },
          "prerequests": {
            "total": 2,
            "pending": 0,
            "failed": 0
          },
          "requests": {
            "total": 2,
            "pending": 0,
            "failed": 1
          },
          "tests": {
            "total": 2,
            "pending": 0,
            "failed": 0
          },
          "assertions": {
            "total": 3,
            "pending": 0,
            "failed": 1
          },
          "testScripts": {
            "total": 1,
            "pending": 0,
            "failed": 1
          },
          "prerequestScripts": {
            "total": 1,
            "pending": 0,
            "failed": 0
          }
        },
        "timings": {
          "responseAverage": 45,
          "responseMin": 45,
          "responseMax": 45,
          "responseSd": 0,
          "dnsAverage": 0,
          "dnsMin": 0,
          "dnsMax": 0,
          "dnsSd": 0,
          "firstByteAverage": 0,
          "firstByteMin": 0,
          "firstByteMax": 0,
          "firstByteSd": 0,
          "started": 1795568684304,
          "completed": 1795568684672
        },
        "transfers": {
          "responseTotal": 5
        },
        "failures": [
          {
            "error": {
              "name": "AssertionError",
              "index": 1,
              "test": "bad",
              "message": "expected 1 to equal 2",
              "stack": "AssertionError: expected 1 to equal 2\n   at Object.eval sandbox-script.js:2:1)",
              "checksum": "<checksum>",
              "id": "<id>",
              "timestamp": 1795568684449,
              "stacktrace": [
                {
                  "fileName": "sandbox-script.js",
                  "lineNumber": 2,
                  "functionName": "Object.eval",
                  "typeName": "Object",
                  "methodName": "eval",
                  "columnNumber": 1,
                  "native": false
                }
              ]
            },
            "at": "assertion:1 in test-script",
            "source": {
              "id": "id-r1",
              "name": "r1"
            },
            "parent": {
              "id": "id-Fold",
              "name": "Fold"
            },
            "cursor": {
              "position": 0,
              "iteration": 0,
              "length": 2,
              "cycles": 1,
              "empty": false,
              "eof": false,
              "bof": true,
              "cr": false,
              "ref": "ref-r1-0",
              "httpRequestId": "<httpRequestId>"
            }
          },
          {
            "error": {
              "type": "Error",
              "name": "ReferenceError",
              "message": "user is not defined",
              "checksum": "<checksum>",
              "id": "<id>",
              "timestamp": 1795568684449,
              "stacktrace": [
                {
                  "fileName": "Create user",
                  "lineNumber": 2,
                  "functionName": "Object.eval",
                  "typeName": "Object",
                  "methodName": "eval",
                  "columnNumber": 11,
                  "native": false
                }
              ]
            },
            "at": "test-script:2:11",
            "source": {
              "id": "id-r1",
              "name": "r1"
            },
            "parent": {
              "id": "id-Fold",
              "name": "Fold"
            },
            "cursor": {
              "position": 0,
              "iteration": 0,
              "length": 2,
              "cycles": 1,
              "empty": false,
              "eof": false,
              "bof": true,
              "cr": false,
              "ref": "ref-r1-0",
              "httpRequestId": "<httpRequestId>"
            }
          },
          {
            "error": {
              "errno": -111,
              "code": "ECONNREFUSED",
              "syscall": "connect",
              "address": "127.0.0.1",
              "port": 81,
              "name": "Error",
              "message": "connect ECONNREFUSED 127.0.0.1:81",
              "stack": "Error: connect ECONNREFUSED 127.0.0.1:81",
              "checksum": "<checksum>",
              "id": "<id>",
              "timestamp": 1795568684449,
              "stacktrace": []
            },
            "at": "request",
            "source": {
              "id": "id-r2",
              "name": "r2"
            },
            "cursor": {
              "position": 1,
              "iteration": 0,
              "length": 2,
              "cycles": 1,
              "ref": "ref-r2-0",
              "httpRequestId": "<httpRequestId>"
            }
          }
        ],
        "error": null
      },
      "environment": {
        "id": "environment",
        "values": []
      },
      "globals": {
        "id": "globals",
        "values": []
      }
    }
    "#);
}

#[test]
fn the_file_is_indented_and_keeps_bytes_on_one_line() {
    let text = written(events(vec![execution(
        item(&[], "r"),
        0,
        vec![answered("/x")],
    )]));

    let start: Vec<&str> = text.lines().take(9).collect();
    assert_eq!(
        start,
        [
            "{",
            "  \"collection\": {",
            "    \"info\": {",
            "      \"_postman_id\": \"id-Shop\",",
            "      \"name\": \"Shop\"",
            "    },",
            "    \"item\": []",
            "  },",
            "  \"run\": {",
        ]
    );
    assert!(text.contains("\n            \"data\": [104,101,108,108,111]\n"));
}

#[test]
fn a_run_without_items_is_complete() {
    let report = value(vec![]);

    assert_eq!(report["run"]["executions"], json!([]));
    assert_eq!(report["run"]["failures"], json!([]));
    assert_eq!(report["run"]["error"], json!(null));
    assert_eq!(
        report["environment"],
        json!({"id": "environment", "values": []})
    );
}

#[test]
fn each_request_has_an_entry_of_its_own() {
    let challenge = response(401, "Unauthorized", b"");
    let steps = vec![
        sent(
            ExchangeOrigin::Script,
            exchange("/from-script", Ok(response(204, "No Content", b""))),
        ),
        sent(ExchangeOrigin::Item, exchange("/own", Ok(challenge))),
        answered("/own"),
        sent(
            ExchangeOrigin::Script,
            exchange("/afterwards", Ok(response(202, "Accepted", b""))),
        ),
        passed("ok", 0),
    ];

    let entries = entries(vec![execution(item(&[], "r"), 0, steps)]);

    let shape: Vec<(Value, Value)> = entries
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            (
                entry["response"]["code"].clone(),
                entry["assertions"].clone(),
            )
        })
        .collect();
    let assertions = json!([{"assertion": "ok", "skipped": false}]);
    assert_eq!(
        shape,
        [
            (json!(204), json!(null)),
            (json!(401), json!(null)),
            (json!(200), assertions),
            (json!(202), json!(null)),
        ]
    );
}

#[test]
fn a_skipped_item_has_no_entry() {
    let mut skipped = execution(item(&[], "skipped"), 0, vec![passed("before", 0)]);
    skipped.skipped = true;

    assert_eq!(entries(vec![skipped]), json!([]));
}

#[test]
fn a_request_that_cannot_be_made_has_an_entry_without_response() {
    let step = Step::Unsendable {
        origin: ExchangeOrigin::Item,
        method: "GET".to_owned(),
        url: "http://".to_owned(),
        reason: "Invalid URI \"http:///\"".to_owned(),
        hint: None,
        transport: None,
    };

    let entries = entries(vec![execution(item(&[], "r"), 0, vec![step])]);

    assert_eq!(
        entries[0]["request"],
        json!({"url": {"protocol": "http", "query": [], "variable": []}, "method": "GET"})
    );
    assert_eq!(
        entries[0]["requestError"],
        json!({"message": "Invalid URI \"http:///\""})
    );
    assert_eq!(entries[0].get("response"), None);
}

#[test]
fn transport_errors_have_the_fields_of_node() {
    let host_not_found = HttpError::HostNotFound {
        host: "nowhere.invalid".to_owned(),
    };
    let steps = vec![
        refused(),
        sent(ExchangeOrigin::Item, exchange("/", Err(host_not_found))),
    ];

    let entries = entries(vec![execution(item(&[], "r"), 0, steps)]);

    assert_eq!(
        entries[0]["requestError"],
        json!({
            "errno": -111, "code": "ECONNREFUSED", "syscall": "connect",
            "address": "127.0.0.1", "port": 81, "message": "connect ECONNREFUSED 127.0.0.1:81",
        })
    );
    assert_eq!(
        entries[1]["requestError"],
        json!({
            "errno": -3008, "code": "ENOTFOUND", "syscall": "getaddrinfo",
            "hostname": "nowhere.invalid", "message": "getaddrinfo ENOTFOUND nowhere.invalid",
        })
    );
}

#[test]
fn the_cursor_flags_stand_at_the_first_item_of_an_iteration() {
    let items = ["a", "b"];
    let run = (0..2).flat_map(|iteration| {
        items.map(|name| execution(item(&[], name), iteration, vec![answered("/x")]))
    });

    let entries = entries(run.collect());

    let cursors: Vec<&Value> = entries
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["cursor"])
        .collect();
    assert_eq!(
        cursors,
        [
            &json!({
                "position": 0, "iteration": 0, "length": 2, "cycles": 2, "empty": false,
                "eof": false, "bof": true, "cr": false, "ref": "ref-a-0",
                "httpRequestId": "<httpRequestId>",
            }),
            &json!({
                "position": 1, "iteration": 0, "length": 2, "cycles": 2, "ref": "ref-b-0",
                "httpRequestId": "<httpRequestId>",
            }),
            &json!({
                "position": 0, "iteration": 1, "length": 2, "cycles": 2, "cr": true,
                "ref": "ref-a-1", "httpRequestId": "<httpRequestId>",
            }),
            &json!({
                "position": 1, "iteration": 1, "length": 2, "cycles": 2, "ref": "ref-b-1",
                "httpRequestId": "<httpRequestId>",
            }),
        ]
    );
}

#[test]
fn a_request_without_header_or_with_a_url_in_text_is_completed() {
    let definition = json!({"url": "https://api.example.com/x?a=1", "body": {"mode": "raw"}});
    let step = Step::Request(SentRequest {
        origin: ExchangeOrigin::Item,
        definition: Arc::new(definition),
        exchange: Arc::new(exchange("/x?a=1", Ok(response(200, "OK", b"")))),
    });

    let entries = entries(vec![execution(item(&[], "r"), 0, vec![step])]);

    assert_eq!(
        entries[0]["request"],
        json!({
            "url": {
                "protocol": "https", "path": ["x"], "host": ["api", "example", "com"],
                "query": [{"key": "a", "value": "1"}], "variable": [],
            },
            "body": {"mode": "raw"},
            "header": [
                {"key": "Accept", "value": "*/*", "system": true},
                {"key": "X-Key", "value": "value"},
            ],
            "method": "GET",
        })
    );
}

#[test]
fn hostile_text_comes_back_as_it_was() {
    let hostile = "\u{1b}[31m \"quotes\" \\ ]]> \0 \u{2028} 😀 \n\t";

    let steps = vec![answered("/x"), failed(hostile, 0, hostile)];
    let entries = entries(vec![execution(item(&[], hostile), 0, steps)]);

    assert_eq!(entries[0]["item"]["name"], hostile);
    assert_eq!(entries[0]["assertions"][0]["assertion"], hostile);
    assert_eq!(entries[0]["assertions"][0]["error"]["message"], hostile);
}

#[test]
fn many_failures_go_through_a_file_and_come_out_whole() {
    let steps = (0..3000)
        .map(|index| failed("bad", index, &"m".repeat(100)))
        .collect();

    let report = value(vec![execution(item(&[], "r"), 0, steps)]);

    let failures = report["run"]["failures"].as_array().unwrap();
    assert_eq!(failures.len(), 3000);
    assert_eq!(failures[2999]["at"], "assertion:2999 in test-script");
}

#[test]
fn a_run_that_was_stopped_leaves_a_complete_file() {
    let run = || events(vec![execution(item(&[], "r"), 0, vec![answered("/x")])]);
    let parsed =
        |events: Vec<RunEvent>| -> Value { serde_json::from_str(&written(events)).unwrap() };

    let bailed = parsed(ending(run(), RunEnd::Bailed));
    let interrupted = parsed(ending(run(), RunEnd::Interrupted));
    let mut cut_off = run();
    cut_off.truncate(4);
    let cut_off = parsed(cut_off);

    assert_eq!(bailed["run"]["error"], json!(null));
    let error = json!({"name": "Error", "message": "the run was interrupted"});
    assert_eq!(interrupted["run"]["error"], error);
    assert_eq!(cut_off["run"]["error"], error);
    assert_eq!(cut_off["run"]["stats"]["requests"]["total"], 1);
    assert_eq!(cut_off["run"]["executions"].as_array().unwrap().len(), 1);
    assert_eq!(cut_off["globals"]["values"], json!([]));
}

#[test]
fn nothing_is_left_of_a_report_that_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(Paper::default());
    options
        .exports
        .insert(NAME.to_owned(), folder.path().join("report.json"));
    let mut reporters = ReporterSet::new(&[NAME.to_owned()], options, Secrets::default()).unwrap();

    let started = events(vec![]).remove(0);
    reporters.emit(started);
    drop(reporters);

    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_gets_a_file_with_a_name_that_tells_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(Paper::default());
    options
        .exports
        .insert(NAME.to_owned(), folder.path().to_owned());

    let errors = report(&[NAME], options, &Secrets::default(), events(vec![]));

    assert!(errors.is_empty());
    let path = folder
        .path()
        .join("postrider-run-report-2026-11-25-01-04-44-304-0.json");
    let report: Value = serde_json::from_str(&read(&path)).unwrap();
    assert_eq!(report["collection"]["info"]["name"], "Shop");
}

#[test]
fn a_path_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let blocker = folder.path().join("file");
    write_atomically(&blocker, b"x").unwrap();
    let mut options = options(Paper::default());
    options
        .exports
        .insert(NAME.to_owned(), blocker.join("report.json"));

    let errors = report(&[NAME], options, &Secrets::default(), events(vec![]));

    let [error @ Error::Export { source, .. }] = errors.as_slice() else {
        panic!("{errors:?}");
    };
    assert_eq!(error.to_string(), "cannot write the json report");
    assert_eq!(
        source.to_string(),
        format!("cannot make the folder `{}`", blocker.display())
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let mut options = options(Paper::default());
    options.exports.insert(NAME.to_owned(), "/dev/full".into());

    let errors = report(&[NAME], options, &Secrets::default(), events(vec![]));

    assert!(
        matches!(errors.as_slice(), [Error::Export { .. }]),
        "{errors:?}"
    );
}
