//! Bodies that are made from files, and where those are looked up.

use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection};

fn upload(server: &Server, body: Value) -> Value {
    let request = json!({"method": "POST", "url": server.url("/"), "body": body});
    collection(json!([{"name": "Upload", "request": request}]))
}

fn file_body(path: &str) -> Value {
    json!({"mode": "file", "file": {"src": path}})
}

fn refused(body: Value, arguments: &[&str]) -> Outcome {
    let server = Server::start(|_| Answer::ok("")).never_called();
    Postrider::with_collection(&upload(&server, body))
        .file("inside/a.txt", "inside")
        .file("outside.txt", "outside")
        .arguments(arguments)
        .run()
        .expect_code(1)
}

#[test]
fn a_file_is_sent_with_its_length_and_type() {
    let server = Server::start(|_| Answer::ok(""));
    let content = "x".repeat(200_000);

    Postrider::with_collection(&upload(&server, file_body("data.json")))
        .file("data.json", &content)
        .run()
        .expect_code(0);

    let request = server.request();
    assert_eq!(request.header("content-length"), Some("200000"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.text(), content);
}

#[test]
fn a_form_holds_texts_and_files() {
    let server = Server::start(|_| Answer::ok(""));
    let body = json!({"mode": "formdata", "formdata": [
        {"key": "text", "value": "{{v}}", "type": "text"},
        {"key": "file", "type": "file", "src": ["a.txt", "b.txt"]}
    ]});

    Postrider::with_collection(&upload(&server, body))
        .file("a.txt", "first")
        .file("b.txt", "second")
        .arguments(&["--env-var", "v=value"])
        .run()
        .expect_code(0);

    let request = server.request();
    let declared = request.header("content-type").unwrap();
    let boundary = declared
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    insta::assert_snapshot!(request.text().replace(boundary, "BOUNDARY").replace("\r\n", "\n"), @r#"
    --BOUNDARY
    Content-Disposition: form-data; name="text"

    value
    --BOUNDARY
    Content-Disposition: form-data; name="file"; filename="a.txt"
    Content-Type: text/plain

    first
    --BOUNDARY
    Content-Disposition: form-data; name="file"; filename="b.txt"
    Content-Type: text/plain

    second
    --BOUNDARY--
    "#);
}

#[test]
fn a_missing_file_fails_the_request_and_is_named() {
    let outcome = refused(file_body("nope.txt"), &[]);

    assert!(
        outcome
            .stdout
            .contains("cannot read `nope.txt`: there is no such file")
    );
}

#[test]
fn a_file_outside_the_working_directory_is_refused_when_asked() {
    let arguments = ["--working-dir", "inside", "--no-insecure-file-read"];

    let outcome = refused(file_body("../outside.txt"), &arguments);

    assert!(
        outcome
            .stdout
            .contains("it is outside the working directory")
    );
    assert!(!outcome.stdout.contains("there is no such file"));
}
