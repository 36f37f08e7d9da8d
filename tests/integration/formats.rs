//! Every format of a collection, an environment and globals.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

/// Answers 200 to everything.
fn server() -> Server {
    Server::start(|_| Answer::ok("{}"))
}

fn targets(server: &Server) -> Vec<String> {
    let requests = server.requests();
    requests
        .iter()
        .map(|request| request.target().to_owned())
        .collect()
}

#[test]
fn a_v1_collection_runs_its_folders_before_its_requests() {
    let server = server();
    let request = |id: &str, helper: Value| {
        json!({
            "id": id, "name": id, "method": "POST", "url": server.url(&format!("/{id}")),
            "headers": "X-A: 1\n//X-B: 2\n", "dataMode": "raw", "rawModeData": "text",
            "currentHelper": "basicAuth", "helperAttributes": helper,
            "tests": "tests['it is there'] = responseCode.code === 200;"
        })
    };
    let v1 = json!({
        "id": "c", "name": "Old", "order": ["last"], "folders_order": ["f"],
        "folders": [{"id": "f", "name": "F", "order": ["first"]}],
        "requests": [
            request("last", json!({"username": "u", "password": "p"})),
            request("first", json!("{\"username\": \"u\", \"password\": \"p\"}"))
        ]
    });

    Postrider::run_collection(&v1, &[]).expect_code(0);

    assert_eq!(targets(&server), ["/first", "/last"]);
    for request in server.requests() {
        assert_eq!(request.header("X-A"), Some("1"));
        assert_eq!(request.header("X-B"), None);
        assert_eq!(request.header("Authorization"), Some("Basic dTpw"));
        assert_eq!(request.text(), "text");
    }
}

#[test]
fn a_wrapped_collection_runs() {
    let server = server();
    let inner = collection(json!([get("A", server.url("/a"))]));

    Postrider::run_collection(&json!({"collection": {"collection": inner}}), &[]).expect_code(0);

    assert_eq!(targets(&server), ["/a"]);
}

const DEFINITION: &str = "\
$kind: collection
name: Shop
variables:
  - key: who
    value: collection
scripts:
  - type: http:afterResponse
    code: |-
      pm.test(pm.variables.get('who'), () => pm.response.to.have.status(200));
";

/// A folder in Postman's YAML format, with requests to this server.
fn shop(server: &Server) -> Postrider {
    let request = |path: &str, order: usize| {
        let url = server.url(path);
        format!("$kind: http-request\nmethod: GET\nurl: \"{url}\"\norder: {order}\n")
    };
    Postrider::new()
        .file("Shop/.resources/definition.yaml", DEFINITION)
        .file("Shop/b.request.yaml", request("/b/{{who}}/{{e}}", 3000))
        .file(
            "Shop/Orders/.resources/definition.yaml",
            "variables: {who: folder}\norder: 1000\n",
        )
        .file(
            "Shop/Orders/a.request.yaml",
            request("/a/{{who}}/{{e}}", 1000),
        )
        .file(
            "e.environment.yaml",
            "name: E\nvalues:\n  - key: e\n    value: yes\n",
        )
}

#[test]
fn a_yaml_folder_runs_in_its_order_with_the_variables_of_its_folders() {
    let server = server();

    let outcome = shop(&server)
        .arguments(&["run", "Shop", "-e", "e.environment.yaml", "-r", "json"])
        .arguments(&["--reporter-json-export", "r.json"])
        .run()
        .expect_code(0);

    assert_eq!(targets(&server), ["/a/folder/yes", "/b/collection/yes"]);
    assert_eq!(assertions(&outcome), ["folder", "collection"]);
}

fn assertions(outcome: &Outcome) -> Vec<String> {
    let report = outcome.json("r.json");
    let executions = report["run"]["executions"].as_array().unwrap().clone();
    executions
        .iter()
        .map(|execution| {
            execution["assertions"][0]["assertion"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect()
}

#[test]
fn a_definition_stands_for_its_folder_and_an_environment_may_come_from_the_standard_input() {
    let server = server();

    shop(&server)
        .arguments(&[
            "run",
            "Shop/.resources/definition.yaml",
            "-e",
            "-",
            "--folder",
            "b",
        ])
        .stdin("values:\n  - {key: e, value: piped}\n".as_bytes())
        .run()
        .expect_code(0);

    assert_eq!(targets(&server), ["/b/collection/piped"]);
}

#[test]
fn what_is_doubtful_in_yaml_is_told_and_the_rest_runs() {
    let server = server();
    let url = server.url("/{{e}}");
    let request = format!(
        "$kind: http-request\nurl: \"{url}\"\nheaders:\n  X-E: {{{{e}}}}\nevent: []\nauth:\n  \
         type: bearer\n  credentials:\n    tokne: t\n"
    );

    let outcome = Postrider::new()
        .file("Shop/a.request.yaml", request)
        .file("Shop/b.request.yaml", "$kind: grpc-request\nurl: h\n")
        .file(
            "e.yaml",
            "values:\n  - key: e\n    value: 0123\n    typ: x\n",
        )
        .arguments(&["run", "Shop", "-e", "e.yaml", "--silent"])
        .run();

    assert_eq!(targets(&server), ["/0123"]);
    assert_eq!(server.requests()[0].header("X-E"), Some("0123"));
    assert_snapshot!(outcome.message(), @r#"
    exit code: 0
    warning: `Shop/a.request.yaml`, line 4: `{{e}}` stands in no quotes, which makes it a mapping (write `"{{e}}"`)
    warning: `Shop/a.request.yaml`, line 5: a request has no key `event`; it is not used (did you mean `scripts`?)
    warning: `Shop/a.request.yaml`, line 9: `tokne` is no credential of the type `bearer`; the request goes without it (did you mean `token`?)
    warning: `Shop/b.request.yaml`, line 1: the request is of the kind `grpc-request` and is left out (only `http-request` and `graphql-request` can be run)
    warning: `e.yaml`, line 3: the value of `e` stands in no quotes, and YAML reads it as a number (put it in quotes to keep it as it is written)
    warning: `e.yaml`, line 4: a variable has no key `typ`; it is not used (did you mean `type`?)
    "#);
}

#[test]
fn a_file_that_is_not_yaml_is_an_error_with_its_line() {
    let outcome = Postrider::new()
        .file(
            "Shop/a.request.yaml",
            "$kind: http-request\nurl: {{base}}/a\n",
        )
        .arguments(&["run", "Shop"])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot load the collection `Shop/a.request.yaml`: it is not valid YAML
      caused by: line 2, column 14: while parsing a block mapping, did not find expected key
        url: {{base}}/a
                     ^

    hint: put a value that begins with `{{` in quotes
    ");
}

#[test]
fn one_file_of_a_yaml_collection_is_told_from_its_folder() {
    let outcome = Postrider::new()
        .file("Shop/a.request.yaml", "$kind: http-request\n")
        .arguments(&["run", "Shop/a.request.yaml"])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot load the collection `Shop/a.request.yaml`: it is one YAML file of a collection

    hint: name the folder `Shop`
    ");
}
