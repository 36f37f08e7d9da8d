//! Names and values of variables as real files have them.

use serde_json::json;

use crate::support::{Answer, Outcome, Postrider, Server, collection, post};

/// Sends a text as a body; gives what arrived, and what was said.
fn sent(text: &str, values: &serde_json::Value) -> (String, Outcome) {
    let server = Server::start(|_| Answer::ok(""));
    let outcome =
        Postrider::with_collection(&collection(json!([post("A", server.url("/"), text)])))
            .file("e.json", json!({"values": values}).to_string())
            .arguments(&["-e", "e.json"])
            .run()
            .expect_code(0);
    (server.request().text().to_owned(), outcome)
}

// github.com/postmanlabs/newman/issues/2340
#[test]
fn dynamic_variables_are_known_in_urls_header_fields_bodies_and_scripts() {
    let server = Server::start(|_| Answer::ok(""));
    let names = "{{$guid}}|{{$randomPrice}}|{{$randomFullName}}|{{$randomIPV6}}|{{$isoTimestamp}}";
    let script = format!("pm.variables.set('s', pm.variables.replaceIn('{names}'));");
    let item = json!({
        "name": "A",
        "request": {
            "method": "POST", "url": server.url(&format!("/?q={names}")),
            "header": [{"key": "X-A", "value": names}],
            "body": {"mode": "raw", "raw": format!("{names}|{{{{s}}}}")}
        },
        "event": [{"listen": "prerequest", "script": {"exec": script}}]
    });

    let outcome = Postrider::run_collection(&collection(json!([item])), &[]).expect_code(0);

    let request = server.request();
    let texts = [
        request.target(),
        request.header("X-A").unwrap(),
        request.text(),
    ];
    assert!(texts.iter().all(|text| !text.contains('$')), "{texts:?}");
    assert_eq!(texts.map(|text| text.matches('|').count()), [4, 4, 9]);
    assert_eq!(outcome.stderr, "");
}

// github.com/postmanlabs/newman/issues/2340
#[test]
fn an_unknown_dynamic_name_stays_and_is_told() {
    let (text, outcome) = sent("{{$top}}", &json!([]));

    assert_eq!(text, "{{$top}}");
    assert_eq!(
        outcome.stderr,
        "warning: the variable `$top` in `A` has no value\n"
    );
}

#[test]
fn a_name_may_hold_anything_but_braces() {
    let names = ["a-b", "a.b", "1a", "变量", " spaced ", "a+b"];
    let values = names.map(|name| json!({"key": name, "value": "x"}));
    let text = names.map(|name| format!("{{{{{name}}}}}")).join("");

    assert_eq!(sent(&text, &json!(values)).0, "xxxxxx");
}

#[test]
fn braces_that_make_no_name_stay() {
    let values = json!([{"key": "x", "value": "5"}, {"key": "a5", "value": "6"}]);

    assert_eq!(
        sent("{{{x}}} {{a{{x}}}} { {x}} {{x", &values).0,
        "{5} 6 { {x}} {{x"
    );
}

#[test]
fn values_may_be_of_any_kind_and_the_last_of_a_name_wins() {
    let values = json!([
        {"key": "number", "value": 1.50}, {"key": "flag", "value": true}, {"key": "null", "value": null},
        {"key": "none"}, {"key": "lines", "value": "-----BEGIN\nA\r\n-----END"},
        {"key": "twice", "value": "1"}, {"key": "twice", "value": "2"}
    ]);

    let (text, _) = sent(
        "{{number}} {{flag}} {{null}} {{none}}|{{lines}} {{twice}}",
        &values,
    );

    assert_eq!(text, "1.5 true null |-----BEGIN\nA\r\n-----END 2");
}

#[test]
fn an_entry_with_an_id_in_place_of_a_key_has_no_name() {
    let server = Server::start(|_| Answer::ok(""));
    let mut collection = collection(json!([post("A", server.url("/"), "{{k}} {{i}}|{{n}}")]));
    collection["variable"] = json!([{"key": "k", "value": "1"}, {"id": "i", "value": "2"}, {"key": "n", "disabled": false}]);

    Postrider::run_collection(&collection, &[]).expect_code(0);

    assert_eq!(server.request().text(), "1 {{i}}|");
}
