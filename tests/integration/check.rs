//! `postrider check`: every form of its report, and its exit codes.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, environment, get, packaged};

/// A collection with an error and a note, and an environment with a warning.
fn flawed() -> Postrider {
    let mut item = json!({"name": "A", "request": "http://127.0.0.1:1/{{tenantid}}"});
    item["event"] = json!([{"listen": "test", "script": {"exec": ["let a = 1;", "let b = ;"]}}]);
    let items =
        json!([{"name": "Users", "item": [item, {"name": "A", "request": "http://127.0.0.1:1"}]}]);
    let mut variables = environment(&[("tenantId", "1"), ("key", "very-secret")]);
    variables["values"][1]["type"] = json!("secret");
    Postrider::new()
        .file("c.json", format!("{:#}", collection(items)))
        .file("e.json", format!("{variables:#}"))
        .arguments(&["check", "c.json", "-e", "e.json"])
}

fn checked(content: &Value, arguments: &[&str]) -> Outcome {
    Postrider::new()
        .file("c.json", content.to_string())
        .arguments(&["check", "c.json"])
        .arguments(arguments)
        .run()
}

#[test]
fn the_text_tells_places_hints_and_counts() {
    assert_snapshot!(flawed().run().to_snapshot(), @"
    exit code: 1
    --- stdout
    error[script-syntax]: SyntaxError: Unexpected token ';'
      --> c.json:20:19: Users / A, the test script, line 2, column 9
        let b = ;
                ^

    error[undefined-variable]: `{{tenantid}}` is defined in no file
      --> c.json:13:22: Users / A, the URL
      hint: did you mean `tenantId`?

    note[duplicate-request]: more than one request is called `A`
      --> c.json:27:11: Users
      hint: `setNextRequest` and `--folder` reach only one of them by name

    warning[secret-value]: the value of `key`, a variable of type `secret`, stands in the environment file
      --> e.json:11:5: the variable `key`
      hint: keep it out of the file: leave the value empty and pass it with --env-var from a secret store

    2 errors, 1 warning, 1 note in 2 files
    ");
}

#[test]
fn the_json_has_a_member_for_each_part_of_a_finding() {
    let outcome = flawed()
        .arguments(&["--format", "json"])
        .run()
        .expect_code(1);

    assert_snapshot!(outcome.stdout, @r#"
    {
      "version": 1,
      "files": 2,
      "counts": {
        "error": 2,
        "warning": 1,
        "note": 1
      },
      "findings": [
        {
          "severity": "error",
          "rule": "script-syntax",
          "file": "c.json",
          "line": 20,
          "column": 19,
          "item": "Users / A",
          "part": "the test script",
          "script": {
            "line": 2,
            "column": 9,
            "source": "let b = ;"
          },
          "message": "SyntaxError: Unexpected token ';'"
        },
        {
          "severity": "error",
          "rule": "undefined-variable",
          "file": "c.json",
          "line": 13,
          "column": 22,
          "item": "Users / A",
          "part": "the URL",
          "message": "`{{tenantid}}` is defined in no file",
          "hint": "did you mean `tenantId`?"
        },
        {
          "severity": "note",
          "rule": "duplicate-request",
          "file": "c.json",
          "line": 27,
          "column": 11,
          "item": "Users",
          "message": "more than one request is called `A`",
          "hint": "`setNextRequest` and `--folder` reach only one of them by name"
        },
        {
          "severity": "warning",
          "rule": "secret-value",
          "file": "e.json",
          "line": 11,
          "column": 5,
          "part": "the variable `key`",
          "message": "the value of `key`, a variable of type `secret`, stands in the environment file",
          "hint": "keep it out of the file: leave the value empty and pass it with --env-var from a secret store"
        }
      ]
    }
    "#);
}

/// The members that the schema of SARIF 2.1.0 requires, and the values that it allows.
#[test]
fn the_sarif_has_what_its_schema_requires() {
    let outcome = flawed()
        .arguments(&["--format", "sarif"])
        .run()
        .expect_code(1);

    let log: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(run["tool"]["driver"]["name"], "postrider");
    assert!(rules.iter().all(|rule| rule["id"].is_string()));
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(result["message"]["text"].is_string());
    }
    assert_snapshot!(format!("{:#}", results[0]), @r#"
    {
      "ruleId": "script-syntax",
      "ruleIndex": 8,
      "level": "error",
      "message": {
        "text": "SyntaxError: Unexpected token ';' (in Users / A, the test script, line 2, column 9)"
      },
      "locations": [
        {
          "physicalLocation": {
            "artifactLocation": {
              "uri": "c.json"
            },
            "region": {
              "startLine": 20,
              "startColumn": 19
            }
          },
          "logicalLocations": [
            {
              "fullyQualifiedName": "Users / A, the test script"
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn what_is_checked_may_come_from_a_server_or_the_standard_input() {
    let server = Server::start(|request| match request.target() {
        "/c.json?apikey=the-api-key" => {
            let items = json!([get("A", "http://127.0.0.1:1/{{host}}/{{hots}}")]);
            Answer::json(&collection(items))
        }
        _ => Answer::status("404 Not Found"),
    });
    let variables = environment(&[("host", "h")]).to_string();

    let outcome = Postrider::new()
        .arguments(&[
            "check",
            &server.url("/c.json?apikey=the-api-key"),
            "-e",
            "-",
        ])
        .arguments(&["-d", &server.url("/gone.csv")])
        .stdin(std::io::Cursor::new(variables))
        .run();

    let shown = outcome.to_snapshot();
    let shown = shown.replace(&server.port().to_string(), "<port>");
    assert_snapshot!(shown, @"
    exit code: 3
    --- stdout
    error[undefined-variable]: `{{hots}}` is defined in no file
      --> http://127.0.0.1:<port>/c.json?apikey=***:1:212: A, the URL
      hint: did you mean `host`?

    error[cannot-read]: cannot fetch `http://127.0.0.1:<port>/gone.csv`: the server answered 404 Not Found
      --> http://127.0.0.1:<port>/gone.csv
      hint: check the URL, or download the file and name it

    2 errors in 3 files
    ");
    assert!(!outcome.stdout.contains("the-api-key"));
}

#[test]
fn what_the_standard_input_holds_is_found_out() {
    let file = collection(json!([get("A", "http://127.0.0.1:1/{{$gid}}")]));

    let outcome = Postrider::new()
        .arguments(&["check", "-"])
        .stdin(std::io::Cursor::new(file.to_string()))
        .run();
    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 1
    --- stdout
    error[unknown-dynamic-variable]: `{{$gid}}` is no dynamic variable
      --> the standard input:1:212: A, the URL
      hint: did you mean `$guid`?

    1 error in 1 file
    ");
}

#[test]
fn the_limit_decides_about_the_exit_code() {
    let url = |url: &str| collection(json!([{"name": "A", "request": url}]));
    let mut warned = url("http://127.0.0.1:1");
    warned["variable"] = json!([{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]);
    let (clean, noted) = (url("http://127.0.0.1:1"), url("http://127.0.0.1:1/{{a}}"));
    let cases = [
        (&clean, "note", 0),
        (&noted, "warning", 0),
        (&noted, "note", 1),
        (&warned, "error", 0),
        (&warned, "warning", 1),
        (&warned, "note", 1),
    ];

    for (file, limit, code) in cases {
        checked(file, &["--fail-on", limit]).expect_code(code);
    }
    let failed = url("http://127.0.0.1:1/{{$gid}}");
    checked(&failed, &[]).expect_code(1);
}

#[test]
fn a_path_that_cannot_be_read_wins_over_the_findings() {
    let file = collection(json!([{"name": "A", "request": "http://127.0.0.1:1/{{$gid}}"}]));

    assert_snapshot!(checked(&file, &["gone.json"]).to_snapshot(), @"
    exit code: 3
    --- stdout
    error[unknown-dynamic-variable]: `{{$gid}}` is no dynamic variable
      --> c.json:1:190: A, the URL
      hint: did you mean `$guid`?

    error[cannot-read]: cannot load the collection `gone.json`: cannot read `gone.json`: there is no such file
      --> gone.json
      hint: check the spelling and the folder postrider was started in

    2 errors in 2 files
    ");
}

#[test]
fn wrong_flags_are_refused() {
    for arguments in [&["check"][..], &["check", "c.json", "--format", "xml"]] {
        Postrider::new().arguments(arguments).run().expect_code(2);
    }
    let outcome = Postrider::new()
        .arguments(&["check", "c.json", "--env-var", "=x"])
        .run();
    outcome.expect_code(2);
}

#[test]
fn names_of_flags_count_as_defined() {
    let file = collection(json!([{"name": "A", "request": "http://{{host}}/{{path}}"}]));

    let outcome = checked(&file, &["--env-var", "host=h", "--global-var", "path"]);
    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 0
    --- stdout
    nothing found in 1 file
    ");
}

#[test]
fn the_shipped_collections_have_no_errors() {
    let folders = ["collections", "environments"].map(packaged);
    let outcome = Postrider::new()
        .arguments(&["check", &folders[0], &folders[1]])
        .run()
        .expect_code(0);

    assert!(
        outcome.stdout.ends_with("1 warning in 7 files\n"),
        "{}",
        outcome.stdout
    );
}
