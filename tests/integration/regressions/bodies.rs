//! Bodies with files that are missing or not selected, and bodies of untidy forms.

use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Request, Server, collection};

fn upload(server: &Server, body: &Value) -> Value {
    let request = json!({"method": "POST", "url": server.url("/"), "body": body});
    collection(json!([{"name": "A", "request": request}]))
}

fn sent(body: Value) -> Request {
    let server = Server::start(|_| Answer::ok(""));
    Postrider::run_collection(&upload(&server, &body), &["--env-var", "n=5"]).expect_code(0);
    server.request()
}

/// The text of a form with its boundary made short.
fn form(fields: Value) -> String {
    let request = sent(json!({"mode": "formdata", "formdata": fields}));
    let declared = request.header("content-type").unwrap();
    let boundary = declared
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    request.text().replace(boundary, "B").replace("\r\n", "\n")
}

// github.com/postmanlabs/newman/issues/586
#[test]
fn a_form_field_in_which_no_file_is_selected_is_an_empty_part() {
    let forms = [json!(""), json!([]), json!([""]), Value::Null];

    for source in forms {
        let text = form(json!([
            {"key": "f", "type": "file", "src": source}, {"key": "t", "type": "text", "value": "x"}
        ]));

        assert_eq!(
            text,
            "--B\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\n\n\n\
             --B\nContent-Disposition: form-data; name=\"t\"\n\nx\n--B--\n"
        );
    }
}

// github.com/postmanlabs/newman/issues/586
#[test]
fn a_file_body_in_which_no_file_is_selected_is_empty() {
    for file in [
        json!({}),
        json!({"src": ""}),
        json!({"src": null}),
        Value::Null,
    ] {
        let request = sent(json!({"mode": "file", "file": file}));

        assert_eq!(request.header("content-length"), Some("0"));
        assert_eq!(request.header("content-type"), None);
    }
}

// github.com/postmanlabs/newman/issues/2333
#[test]
fn a_relative_file_is_found_beside_the_collection() {
    let server = Server::start(|_| Answer::ok(""));
    let body = json!({"mode": "formdata", "formdata": [
        {"key": "f", "type": "file", "src": "fixtures/a.txt"}
    ]});

    Postrider::new()
        .file("shop/collection.json", upload(&server, &body).to_string())
        .file("shop/fixtures/a.txt", "content of a")
        .arguments(&["run", "shop/collection.json"])
        .run()
        .expect_code(0);

    let request = server.request();
    assert!(
        request
            .text()
            .contains("filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\ncontent of a\r\n")
    );
}

fn refused(body: &Value) -> Outcome {
    let server = Server::start(|_| Answer::ok("")).never_called();
    Postrider::run_collection(&upload(&server, body), &[]).expect_code(1)
}

// github.com/postmanlabs/newman/issues/2333
#[test]
fn a_request_whose_file_is_gone_is_not_sent() {
    let gone = ["fixtures/none.bin", "/C:/Users/u/x.bin", "{{file}}"];

    for path in gone {
        let whole = refused(&json!({"mode": "file", "file": {"src": path}}));
        let fields = json!([{"key": "f", "type": "file", "src": path}]);
        let part = refused(&json!({"mode": "formdata", "formdata": fields}));

        let message = format!("cannot read `{path}`: there is no such file");
        for outcome in [whole, part] {
            assert!(outcome.stdout.contains(&message), "{}", outcome.stdout);
        }
    }
}

// github.com/usebruno/bruno/issues/6922 and github.com/usebruno/bruno/issues/7690
#[test]
fn variables_are_not_looked_for_in_the_content_of_files() {
    let server = Server::start(|_| Answer::ok(""));
    let content = [b"\x1f\x8b{{n}}<<n>>\0\xff\r\n".as_slice(), &[0xc3, 0x28]].concat();

    let body = json!({"mode": "file", "file": {"src": "{{name}}.gz"}});
    Postrider::with_collection(&upload(&server, &body))
        .file("5.gz", &content)
        .arguments(&["--env-var", "n=5", "--env-var", "name={{n}}"])
        .run()
        .expect_code(0);

    assert_eq!(server.request().body, content);
}

// github.com/postmanlabs/postman-runtime, GH-914 in its changelog
#[test]
fn an_object_as_the_value_of_a_field_is_sent_as_its_json() {
    let fields = json!([{"key": "o", "value": {"a": 1}}, {"key": "n", "value": 5}, {"key": "z", "value": null}]);

    assert_eq!(
        form(fields.clone()),
        "--B\nContent-Disposition: form-data; name=\"o\"\n\n{\"a\":1}\n\
         --B\nContent-Disposition: form-data; name=\"n\"\n\n5\n\
         --B\nContent-Disposition: form-data; name=\"z\"\n\n\n--B--\n"
    );
    let request = sent(json!({"mode": "urlencoded", "urlencoded": fields}));
    assert_eq!(request.text(), "o=%7B%22a%22%3A1%7D&n=5&z=");
}

// github.com/postmanlabs/postman-runtime, GH-1284 in its changelog
#[test]
fn comments_go_where_the_language_or_only_the_header_field_says_json() {
    let server = Server::start(|_| Answer::ok(""));
    let item = |header: Value, options: Value| {
        let raw = "{ // why\n\"a\": {{n}}, /* b */ \"u\": \"http://x//y\", }";
        let body = json!({"mode": "raw", "raw": raw, "options": options});
        json!({"name": "A", "request": {"method": "POST", "url": server.url("/"), "header": header, "body": body}})
    };
    let items = json!([
        item(json!([]), json!({"raw": {"language": "json"}})),
        item(json!("Content-Type: application/json"), Value::Null),
        item(json!([]), Value::Null)
    ]);

    Postrider::run_collection(&collection(items), &["--env-var", "n=5"]).expect_code(0);

    let bodies: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.text().to_owned())
        .collect();
    let stripped = "{ \n\"a\": 5,  \"u\": \"http://x//y\", }";
    assert_eq!(
        bodies,
        [
            stripped,
            stripped,
            "{ // why\n\"a\": 5, /* b */ \"u\": \"http://x//y\", }"
        ]
    );
}

#[test]
fn only_the_mode_says_what_a_body_is() {
    let bodies = [
        json!({}),
        json!({"raw": "x"}),
        json!({"mode": "none", "raw": null}),
        json!({"mode": "raw"}),
        json!({"mode": "urlencoded", "urlencoded": [{"key": "a", "value": "1"}], "raw": "x", "formdata": []}),
        json!("text"),
    ];

    let texts = bodies.map(|body| sent(body).text().to_owned());

    assert_eq!(texts, ["", "", "", "", "a=1", "text"]);
}

#[test]
fn graphql_variables_may_be_empty_a_text_an_object_or_null() {
    let variables = [
        json!(""),
        json!("{\"x\": {{n}}}"),
        json!({"x": "{{n}}"}),
        Value::Null,
    ];

    let texts = variables.map(|variables| {
        let graphql = json!({"query": "{a}", "variables": variables});
        sent(json!({"mode": "graphql", "graphql": graphql}))
            .text()
            .to_owned()
    });

    assert_eq!(
        texts,
        [
            r#"{"query":"{a}"}"#,
            r#"{"query":"{a}","variables":{"x": 5}}"#,
            r#"{"query":"{a}","variables":{"x":"5"}}"#,
            r#"{"query":"{a}","variables":null}"#,
        ]
    );
}
