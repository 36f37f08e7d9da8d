//! What is said about rules files that cannot be used.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Postrider, collection, get};

/// The message about a rules file with this content, for a collection with the requests `Get token` and
/// `Users / Create user`.
fn about_rules(content: impl AsRef<[u8]>) -> String {
    let users = json!({"name": "Users", "item": [get("Create user", "http://127.0.0.1:9/")]});
    Postrider::with_collection(&collection(json!([
        get("Get token", "http://127.0.0.1:9/"),
        users
    ])))
    .file("rules.yaml", content)
    .arguments(&["--rules", "rules.yaml"])
    .run()
    .message()
}

#[test]
fn a_rules_file_that_is_missing_is_named() {
    let outcome = Postrider::run_collection(
        &collection(json!([get("A", "http://127.0.0.1:9/")])),
        &["--rules", "rules.yaml"],
    );

    assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot load the rules file `rules.yaml`
      caused by: cannot read `rules.yaml`: there is no such file

    hint: check the spelling and the folder postrider was started in
    ");
}

#[test]
fn an_empty_rules_file_is_refused() {
    assert_snapshot!(about_rules(""), @"
    exit code: 3
    error: cannot load the rules file `rules.yaml`: the file is empty

    hint: docs/rules.md lists the members of a rules file
    ");
}

#[test]
fn a_rules_file_that_is_not_yaml_is_shown_with_its_place() {
    assert_snapshot!(about_rules("version: 1\nrules:\n  - request: \"A\n"), @r#"
    exit code: 3
    error: cannot load the rules file `rules.yaml`
      caused by: line 3, column 14: unclosed quote
          - request: "A
                     ^

    hint: docs/rules.md lists the members of a rules file
    "#);
}

#[test]
fn an_unknown_member_is_named_with_its_line() {
    assert_snapshot!(about_rules("version: 1\nrules:\n  - request: Get token\n    captures: []\n"), @"
    exit code: 3
    error: cannot load the rules file `rules.yaml`
      caused by: line 4, column 5: unknown field `captures`, expected one of request, expect, capture
            captures: []
            ^

    hint: docs/rules.md lists the members of a rules file
    ");
}

#[test]
fn a_missing_member_is_named() {
    assert_snapshot!(about_rules("version: 1\nrules:\n  - expect: {status: 200}\n"), @"
    exit code: 3
    error: cannot load the rules file `rules.yaml`
      caused by: line 3, column 5: missing field `request`
          - expect: {status: 200}
            ^

    hint: docs/rules.md lists the members of a rules file
    ");
}

#[test]
fn a_member_of_another_kind_is_named() {
    assert_snapshot!(about_rules("version: one\nrules: []\n"), @r#"
    exit code: 3
    error: cannot load the rules file `rules.yaml`
      caused by: `version` is "one", where this postrider knows version 1

    hint: write `version: 1`
    "#);
}

#[test]
fn another_version_is_refused() {
    assert_snapshot!(about_rules("version: 2\nrules: []\n"), @"
    exit code: 3
    error: cannot load the rules file `rules.yaml`
      caused by: `version` is 2, where this postrider knows version 1

    hint: write `version: 1`
    ");
}

#[test]
fn a_json_path_that_is_not_valid_is_shown() {
    let rules = "version: 1\nrules:\n  - request: Get token\n    capture:\n      - variable: t\n        \
        jsonpath: access_token[\n";

    assert_snapshot!(about_rules(rules), @"
    exit code: 3
    error: cannot load the rules file `rules.yaml`
      caused by: the JSONPath `access_token[` of `Get token` is not valid at its character 1

    hint: a path begins with `$`, as in `$.access_token` or `$.value[0].id` (RFC 9535)
    ");
}

#[test]
fn a_status_that_is_no_code_is_shown() {
    let rules = "version: 1\nrules:\n  - request: Get token\n    expect: {status: ok}\n";

    assert_snapshot!(about_rules(rules), @r#"
    exit code: 3
    error: cannot load the rules file `rules.yaml`
      caused by: `status` of `Get token` is "ok", where a code such as 200 or a list of codes belongs

    hint: write `status: 200` or `status: [200, 202]`
    "#);
}

#[test]
fn a_rule_for_an_unknown_request_is_refused_with_a_near_name() {
    assert_snapshot!(about_rules("version: 1\nrules:\n  - request: Get tokn\n"), @"
    exit code: 3
    error: cannot use the rules file `rules.yaml`
      caused by: a rule is for the request `Get tokn`, which the collection does not have

    hint: did you mean `Get token`?
    ");
}

#[test]
fn a_rule_for_a_request_unlike_any_other_is_refused() {
    assert_snapshot!(about_rules("version: 1\nrules:\n  - request: Something else\n"), @"
    exit code: 3
    error: cannot use the rules file `rules.yaml`
      caused by: a rule is for the request `Something else`, which the collection does not have

    hint: write the request's name, or its path with ` / ` between folder names
    ");
}

#[test]
fn a_binary_rules_file_is_refused() {
    assert_snapshot!(about_rules(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0"), @"
    exit code: 3
    error: cannot load the rules file `rules.yaml`: the file is binary data, not YAML

    hint: docs/rules.md lists the members of a rules file
    ");
}

#[test]
fn rules_without_end_are_refused() {
    assert_snapshot!(about_rules("[".repeat(100_000)), @"
    exit code: 3
    error: cannot load the rules file `rules.yaml`
      caused by: line 1, column 256: recursion limit exceeded
        [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
                                           ^

    hint: docs/rules.md lists the members of a rules file
    ");
}

#[test]
fn rules_that_multiply_themselves_are_refused() {
    let mut text = String::from(
        "version: 1\nrules:\n  - request: Get token\n    expect:\n      jsonpath:\n        \
         - {path: $.a, equals: &a0 [x, x, x, x, x, x, x, x, x]}\n",
    );
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        text.push_str(&format!(
            "        - {{path: $.a, equals: &a{level} [{aliases}]}}\n"
        ));
    }

    let message = about_rules(text);
    let first: Vec<&str> = message.lines().take(2).collect();
    assert_snapshot!(first.join("\n"), @"
    exit code: 3
    error: cannot load the rules file `rules.yaml`
    ");
}
