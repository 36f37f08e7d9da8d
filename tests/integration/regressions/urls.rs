//! URLs as real collections have them.

use serde_json::{Value, json};

use crate::support::{Answer, Postrider, Server, collection};

/// The targets of requests to these URLs, in which `HOST` and `PORT` stand for the server's own.
fn targets(urls: Value, arguments: &[&str]) -> Vec<String> {
    let server = Server::start(|_| Answer::ok(""));
    let port = server.port().to_string();
    let text = urls
        .to_string()
        .replace("HOST", &format!("127.0.0.1:{port}"));
    let urls: Vec<Value> = serde_json::from_str(&text.replace("PORT", &port)).unwrap();
    let items: Value = urls
        .iter()
        .map(|url| json!({"name": "A", "request": {"method": "GET", "url": url}}))
        .collect();
    Postrider::with_collection(&collection(items))
        .arguments(&["--env-var", &format!("port={port}")])
        .arguments(arguments)
        .run()
        .expect_code(0);
    let lines = server.lines();
    lines
        .iter()
        .map(|line| line.trim_start_matches("GET ").to_owned())
        .collect()
}

// github.com/postmanlabs/postman-runtime, GH-690 in its changelog
#[test]
fn a_scheme_may_be_in_upper_case_or_absent() {
    assert_eq!(
        targets(json!(["HTTP://HOST/a", "HOST/b", "HOST"]), &[]),
        ["/a", "/b", "/"]
    );
}

#[test]
fn untidy_characters_are_encoded_only_where_they_have_to_be() {
    let urls = json!([
        "  http://HOST/a b?f[x]=[1]|2&q=ü&p=50%\n",
        "http://HOST/a\tb//c/?x= y &z",
        "http://HOST/a^b|c?d=<>\"",
        "http://HOST/a#b?c=d",
        "http://HOST\\a\\b",
    ]);

    assert_eq!(
        targets(urls, &[]),
        [
            "/a%20b?f[x]=[1]|2&q=%C3%BC&p=50%%0A",
            "/a%09b//c/?x=%20y%20&z",
            "/a^b|c?d=%3C%3E%22",
            "/a",
            "/a/b",
        ]
    );
}

#[test]
fn a_query_may_end_with_its_separators() {
    assert_eq!(
        targets(json!(["HOST/a?", "HOST/a?x=1&", "HOST?&&"]), &[]),
        ["/a?", "/a?x=1&", "/?&&"]
    );
}

#[test]
fn an_object_needs_no_raw_text_and_its_parts_have_several_forms() {
    let urls = json!([
        {"protocol": "http", "host": ["127", "0", "0", "1"], "port": "PORT", "path": ["v1", ""]},
        {"raw": "other", "protocol": "http", "host": "127.0.0.1", "port": "PORT", "path": "a/b"},
        {"host": ["HOST"], "path": ["", "x"], "query": "a=1&b"},
        {"host": ["HOST"], "path": [{"type": "string", "value": "old"}]},
        {"host": ["HOST"]},
    ]);

    assert_eq!(
        targets(urls, &[]),
        ["/v1/", "/a/b", "//x?a=1&b", "/old", "/"]
    );
}

#[test]
fn each_part_may_be_a_variable_and_several_may_touch() {
    let urls = json!([
        {"protocol": "{{protocol}}", "host": ["{{host}}"], "port": "{{port}}", "path": ["a"]},
        "{{protocol}}://{{host}}:{{port}}/b",
        {"host": ["{{base}}{{rest}}"]},
        "{{base}}x/y",
    ]);
    let variables = [
        "protocol=http",
        "host=127.0.0.1",
        "base=http://127.0.0.1:{{port}}/",
        "rest=q/r?s=1",
    ];
    let arguments = variables.map(|variable| ["--env-var", variable]).concat();

    assert_eq!(targets(urls, &arguments), ["/a", "/b", "/q/r?s=1", "/x/y"]);
}

#[test]
fn the_list_of_query_parameters_wins_over_the_raw_text() {
    let urls = json!([
        {"raw": "http://HOST/a?x=1&y=2", "host": ["HOST"], "path": ["a"], "query": [
            {"key": "x", "value": "1", "disabled": true}, {"key": "z", "value": "3"}
        ]},
    ]);

    assert_eq!(targets(urls, &[]), ["/a?z=3"]);
}

#[test]
fn a_query_parameter_may_lack_its_value_its_key_or_both() {
    let urls = json!([
        {"host": ["HOST"], "query": [
            {"key": "flag", "value": null}, {"key": null, "value": null}, {"key": "", "value": "v"},
            {"key": "a", "value": "", "equals": true}, {"key": null, "value": "w"}, null, "t=1"
        ]},
    ]);

    assert_eq!(targets(urls, &[]), ["/?flag&&=v&a=&=w&t=1"]);
}

#[test]
fn path_variables_are_named_by_key_or_id_and_may_have_a_suffix() {
    let urls = json!([
        {"host": ["HOST"], "path": [":id", ":file.json", ":null", ":absent", ":verb:act"], "variable": [
            {"key": "id", "value": "7"}, {"id": "file", "value": "8"}, {"key": "null", "value": null}
        ]},
    ]);

    assert_eq!(targets(urls, &[]), ["/7/8.json/:null/:absent/:verb:act"]);
}

#[test]
fn credentials_in_front_of_the_host_are_sent_as_basic_authorization() {
    let server = Server::start(|_| Answer::ok(""));
    let url = server.url("/").replace("://", "://us%3Aer:p%40ss@");

    let items = json!([{"name": "A", "request": url}]);
    Postrider::run_collection(&collection(items), &[]).expect_code(0);

    // Base64 of `us:er:p@ss`.
    assert_eq!(
        server.request().header("Authorization"),
        Some("Basic dXM6ZXI6cEBzcw==")
    );
}

#[test]
fn white_space_around_a_port_and_a_lone_at_sign_do_no_harm() {
    let server = Server::start(|_| Answer::ok(""));
    let base = server.url(" \n");
    let items = json!([
        {"name": "A", "request": "{{base}}/a"},
        {"name": "B", "request": server.url("/b").replace("://", "://@")}
    ]);

    Postrider::run_collection(&collection(items), &["--env-var", &format!("base={base}")])
        .expect_code(0);

    assert_eq!(server.lines(), ["GET /a", "GET /b"]);
    assert_eq!(server.requests()[1].header("Authorization"), None);
}

#[test]
fn a_url_without_a_host_fails_its_request_and_says_so() {
    let urls = ["/only/path", "{{base}}/x", "//HOST/x", "http://:80/"];
    let items: Value = urls
        .iter()
        .map(|url| json!({"name": "A", "request": url}))
        .collect();

    let outcome = Postrider::run_collection(&collection(items), &["--env-var", "base="]);

    let outcome = outcome.expect_code(1);
    let told = outcome
        .stdout
        .lines()
        .filter(|line| line.trim() == "the URL names no host");
    assert_eq!(told.count(), urls.len());
}
