//! Every rule on files of its own.

use std::path::Path;

use serde_json::{Value, json};

use super::files::{Files, collection, environment, none, scripted, target};
use crate::check::{Severity, rule, to_json, to_sarif, to_text};

#[test]
fn a_name_that_nothing_defines_is_an_error_beside_an_environment() {
    let items = json!([
        {"name": "F", "item": [{"name": "A", "request": {
            "url": "http://h/{{a}}/{{b}}/{{$guid}}/{{c}}", "method": "POST",
            "header": [{"key": "X", "value": "{{b}}"}, {"key": "Y", "value": "{{off}}", "disabled": true}],
            "body": {"mode": "raw", "raw": "{{inBody}} <<angle>>"}
        }}], "variable": [{"key": "c", "value": "{{nested}}"}],
         "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{inAuth}}"}]}},
        {"name": "B", "request": "http://h/{{b}}"}
    ]);

    let told = Files::new()
        .with("c.json", collection(items))
        .with("e.json", environment(json!([{"key": "a", "value": "1"}])))
        .told();
    assert_eq!(
        told,
        [
            "error undefined-variable c.json: F / A, the URL: `{{b}}`, which 2 requests use, is defined in no file",
            "error undefined-variable c.json: F / A, the URL: `{{nested}}` is defined in no file",
            "error undefined-variable c.json: F / A, the body: `{{inBody}}` is defined in no file",
            "error undefined-variable c.json: F / A, `token` of the bearer authorization: `{{inAuth}}` is defined in no file",
        ]
        .map(|line| line.replace("c.json:", "c.json:1:"))
    );
}

#[test]
fn a_name_in_a_list_of_an_authorization_is_looked_up_as_well() {
    let auth = json!({"type": "oauth2", "oauth2": [{"key": "tokenRequestParams", "value": [
        {"key": "audience", "value": "{{audience}}", "enabled": true, "send_as": "request_body"}]}]});
    let items = json!([{"name": "A", "request": {"url": "http://h", "auth": auth}}]);

    let told = Files::new()
        .with("c.json", collection(items))
        .with("e.json", environment(json!([{"key": "a", "value": "1"}])))
        .told();

    assert_eq!(
        told,
        [
            "error undefined-variable c.json:1: A, `tokenRequestParams` of the oauth2 authorization: `{{audience}}` is defined in no file"
        ]
    );
}

#[test]
fn without_an_environment_such_a_name_is_a_note_and_with_a_near_name_it_has_a_hint() {
    let items = json!([{"name": "A", "request": "http://h/{{tenantid}}"}]);
    let file = environment(json!([{"key": "tenantId", "value": "1"}]));

    let alone = Files::new()
        .with("c.json", collection(items.clone()))
        .check();
    let together = Files::new()
        .with("c.json", collection(items))
        .with("e.json", file)
        .check();

    assert_eq!(alone.findings[0].severity, Severity::Note);
    assert_eq!(together.findings[0].severity, Severity::Error);
    let hint = together.findings[0].hint.as_deref();
    assert_eq!(hint, Some("did you mean `tenantId`?"));
}

#[test]
fn globals_data_rules_and_flags_define_names_as_well() {
    let items = json!([{"name": "A", "request": "http://h/{{a}}/{{b}}/{{c}}/{{d}}"}]);
    let rules = "version: 1\nrules:\n  - {request: A, capture: [{variable: c, jsonpath: $.x}]}\n";
    let mut files = Files::new()
        .with("c.json", collection(items))
        .with(
            "my.globals.json",
            environment(json!([{"key": "a", "value": "1"}])),
        )
        .with("d.csv", "b\n1\n")
        .with("r.yaml", rules);
    files.environment.set("d", "1".into());

    assert_eq!(files.told(), none());
}

#[test]
fn what_a_script_sets_is_defined_and_a_computed_name_makes_the_rest_doubtful() {
    let file = environment(json!([{"key": "other", "value": "1"}]));
    let told = |source: &str| {
        let files = Files::new().with("c.json", scripted(source));
        files.with("e.json", file.clone()).told()
    };

    assert_eq!(told("pm.environment.set('v', 1);"), none());
    assert_eq!(
        told("pm.environment.set(name, 1);"),
        ["warning undefined-variable c.json:1: A, the URL: `{{v}}` is defined in no file"]
    );
}

#[test]
fn an_unknown_dynamic_variable_is_an_error_with_a_near_name() {
    let items = json!([{"name": "A", "request": "http://h/{{$randomEmial}}"}]);

    let result = Files::new().with("c.json", collection(items)).check();
    assert_eq!(
        result.findings[0].message,
        "`{{$randomEmial}}` is no dynamic variable"
    );
    assert_eq!(result.findings[0].severity, Severity::Error);
    let hint = result.findings[0].hint.as_deref();
    assert_eq!(hint, Some("did you mean `$randomEmail`?"));
}

#[test]
fn a_script_that_is_no_javascript_is_told_with_its_line_and_not_run() {
    let source = "const v = 1;\nlet é = ;\n";
    let file = Files::new().with("c.json", scripted(source)).check();

    let finding = &file.findings[0];
    assert_eq!(finding.message, "SyntaxError: Unexpected token ';'");
    let script = finding.script.as_ref().unwrap();
    assert_eq!((script.line, script.column), (2, 9));
    assert_eq!(script.source.as_deref(), Some("let é = ;"));

    for valid in [
        "throw new Error('x')",
        "while (true) {}",
        "await 1; return",
        "// nothing",
        "})(); throw 1; (async function () {",
    ] {
        let file = Files::new().with("c.json", scripted(valid)).check();
        assert_eq!(file.count(Severity::Error), 0, "{valid}");
    }
}

#[test]
fn a_file_of_a_body_has_to_be_there() {
    let body = |path: &str| json!({"mode": "file", "file": {"src": path}});
    let request = |name: &str, body: Value| json!({"name": name, "request": {"url": "http://h", "method": "POST", "body": body}});
    let form = json!({"mode": "formdata", "formdata": [
        {"key": "f", "type": "file", "src": ["there.txt", "gone.txt"]}, {"key": "g", "type": "file"},
        {"key": "off", "type": "file", "src": "gone.txt", "disabled": true}
    ]});
    let items = json!([
        request("A", body("there.txt")),
        request("B", body("{{name}}.txt")),
        request("C", body("{{unknown}}.txt")),
        request("D", form)
    ]);
    let mut file = collection(items);
    file["variable"] = json!([{"key": "name", "value": "nowhere"}]);

    let told = Files::new()
        .beside("there.txt", "x")
        .with("c.json", file)
        .told();
    assert_eq!(
        told,
        [
            "error missing-body-file c.json:1: B, the body: the body's file `{{name}}.txt` is not there",
            "error missing-body-file c.json:1: D, the field `f`: the body's file `gone.txt` is not there",
            "error missing-body-file c.json:1: D, the field `g`: the field is of type `file` and names none",
            "note undefined-variable c.json:1: C, the body: `{{unknown}}` is defined in no file",
        ]
    );
}

#[test]
fn names_that_occur_twice_are_told() {
    let mut file = collection(json!([
        {"name": "A", "request": {"url": "http://h", "header": [
            {"key": "Accept", "value": "1"}, {"key": "ACCEPT", "value": "2"},
            {"key": "X", "value": "1"}, {"key": "X", "value": "2"},
            {"key": "accept", "value": "3", "disabled": true}
        ]}},
        {"name": "A", "request": "http://h"},
        {"name": "F", "item": [{"name": "A", "request": "http://h"}]}
    ]));
    file["variable"] = json!([{"key": "v", "value": "1"}, {"key": "v", "value": "2"}]);
    let values = "[\n{\"key\": \"w\", \"value\": \"1\"},\n{\"key\": \"w\", \"value\": \"2\"},\n\
                  {\"key\": \"off\", \"value\": \"\", \"enabled\": false},\n{\"key\": \"off\", \"value\": \"\"}\n]";

    let told = Files::new()
        .with("c.json", file)
        .with("e.json", values)
        .told();
    assert_eq!(
        told,
        [
            "warning duplicate-variable c.json: the variable `v`: the variable `v` is defined more than once; the last one wins",
            "warning duplicate-header c.json: A, the header `ACCEPT`: the header `ACCEPT` is the same as `Accept`, and both are sent",
            "note duplicate-request c.json: : more than one request is called `A`",
            "warning duplicate-variable e.json:3: the variable `w`: the variable `w` is defined more than once; the last one wins",
        ]
        .map(|line| line.replace("c.json:", "c.json:1:"))
    );
}

#[test]
fn secrets_are_told_without_their_values() {
    // Put together here, so that no scanner takes this file for a leak.
    let token = format!(
        "ey{}.ey{}.c2lnbmF0dXJl",
        "JhbGciOiJIUzI1NiJ9", "JzdWIiOiIxMjM0In0"
    );
    let random = format!("q8R~z3Xk1{}", "_pWv7Ls0Td9");
    let items = json!([{"name": "A", "request": {
        "url": format!("http://h/?api_key={random}"), "method": "POST",
        "auth": {"type": "apikey", "apikey": [{"key": "value", "value": random}, {"key": "key", "value": "X"}]},
        "header": [{"key": "Authorization", "value": format!("Bearer {token}")}],
        "body": {"mode": "raw", "raw": format!("{{\"token\": \"{token}\"}}")}
    }, "event": [{"listen": "test", "script": {"exec": format!("const t = {token};;;)")}}]}]);
    let values = json!([
        {"key": "short", "value": "abc", "type": "secret"}, {"key": "ref", "value": "{{short}}", "type": "secret"},
        {"key": "empty", "value": "", "type": "secret"}, {"key": "clientSecret", "value": random, "enabled": false},
        {"key": "note", "value": "nothing to hide"}
    ]);

    let files = Files::new()
        .with("c.json", collection(items))
        .with("e.json", environment(values));
    let result = files.check();
    for text in [to_text(&result), to_json(&result), to_sarif(&result)] {
        assert!(!text.contains(&random) && !text.contains(&token), "{text}");
        assert!(!text.contains("eyJ") && !text.contains("abc"), "{text}");
    }
    let rules: Vec<(&str, &str)> = result
        .findings
        .iter()
        .map(|it| (it.rule.id(), it.part.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        rules,
        [
            ("script-syntax", "the test script"),
            ("credential", "the header `Authorization`"),
            ("credential", "the body"),
            ("credential", "`value` of the apikey authorization"),
            ("credential", "the query parameter `api_key`"),
            ("credential", "the test script"),
            ("secret-value", "the variable `short`"),
            ("credential", "the variable `clientSecret`"),
        ]
    );
}

#[test]
fn a_rule_needs_a_request_of_one_of_the_collections() {
    let items = |name: &str| collection(json!([{"name": name, "request": "http://h"}]));
    let rules = "version: 1\nrules:\n  - request: Red\n  - request: Blue\n  - request: Grean\n";

    let told = Files::new()
        .with("a.json", items("Red"))
        .with(
            "b.json",
            json!({"info": {}, "item": [{"name": "Green", "request": "http://h"}]}),
        )
        .with("r.yaml", rules)
        .told();
    assert_eq!(
        told,
        [
            "error rule-without-request r.yaml:4: : a rule is for the request `Blue`, which the collection does not have",
            "error rule-without-request r.yaml:5: : a rule is for the request `Grean`, which the collection does not have",
        ]
    );
    assert_eq!(Files::new().with("r.yaml", rules).told(), none());
}

#[test]
fn what_cannot_be_loaded_is_told_with_its_line_and_without_its_text() {
    let told = Files::new()
        .with("c.json", "{\n\"item\": [\n\"secret\" 5\n]}")
        .with(
            "r.rules.yaml",
            "version: 1\nrules:\n  - request: A\n    captures: []\n",
        )
        .with("package.json", "{}")
        .with("empty.json", collection(json!([])))
        .told();

    assert_eq!(
        told,
        [
            "error cannot-load c.json:3: : cannot load the collection `c.json`: it is not valid JSON: line 3, column 10: expected `,` or `]`",
            "error cannot-load r.rules.yaml:4: : cannot load the rules file `r.rules.yaml`: line 4, column 5: unknown field `captures`, expected one of request, expect, capture",
            "error unknown-format package.json: : the file is no collection, environment, globals, rules file or iteration data",
            "warning empty-collection empty.json: : the collection holds no request",
        ]
    );
}

#[test]
fn a_path_that_is_not_there_makes_the_check_incomplete() {
    let mut files = Files::new().with(
        "c.json",
        collection(json!([{"name": "A", "request": "http://h"}])),
    );
    files.targets.push(target("no/such/file.json".to_owned()));

    let result = files.check();
    assert!(result.is_incomplete());
    assert_eq!(result.findings[0].rule.id(), "cannot-read");
}

#[test]
fn a_folder_is_a_yaml_collection_or_is_searched_for_files() {
    let request = "name: A\nurl: http://h/{{v}}\nmethd: POST\n";
    let mut files = Files::new()
        .beside(
            "all/api/.resources/definition.yaml",
            "$kind: collection\nname: C\n",
        )
        .beside(
            "all/api/A.request.yaml",
            format!("$kind: http-request\n{request}"),
        )
        .beside(
            "all/environments/e.yaml",
            "values:\n  - {key: v, value: x}\n",
        )
        .beside("all/.hidden/c.json", "{")
        .beside("all/package.json", "{}")
        .beside("all/readme.md", "text");
    let path = files.folder.path().join("all").display().to_string();
    files.targets.push(target(path));

    assert_eq!(
        files.told(),
        [
            "warning doubtful-yaml all/api/A.request.yaml:4: : a request has no key `methd`; it is not used",
            "note unknown-format all/package.json: : the file is none of the inputs of a run and is left out",
        ]
    );
}

#[test]
fn the_documentation_lists_every_rule_with_its_severity() {
    let documentation = include_str!("../../../docs/check.md");

    for rule in rule::CheckRule::ALL {
        let row = format!("| `{}` | {} |", rule.id(), rule.severity().name());
        assert!(documentation.contains(&row), "{row}");
    }
}

#[test]
fn the_shipped_files_have_no_errors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Files::new();
    for folder in ["collections", "environments"] {
        let path = root.join(folder).display().to_string();
        files.targets.push(target(path));
    }

    let result = files.check();
    assert_eq!(result.count(Severity::Error), 0, "{}", to_text(&result));
    assert_eq!(result.file_count, 7);
}
