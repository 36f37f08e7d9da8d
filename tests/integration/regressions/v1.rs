//! Collections of format v1 as they are still published.

use serde_json::{Value, json};

use crate::support::{Answer, Postrider, Request, Server};

/// Sends requests with these members; each gets an id, a name and the URL `/`.
fn sent(members: &[Value]) -> Vec<Request> {
    let server = Server::start(|_| Answer::ok(""));
    let request = |(position, own): (usize, &Value)| {
        let mut request = json!({"id": position.to_string(), "name": "A", "method": "POST", "url": server.url("/")});
        let own = own.as_object().unwrap().clone();
        request.as_object_mut().unwrap().extend(own);
        request
    };
    let requests: Vec<Value> = members.iter().enumerate().map(request).collect();
    let order: Vec<String> = (0..members.len())
        .map(|position| position.to_string())
        .collect();
    let collection = json!({"id": "c", "name": "Old", "order": order, "requests": requests});
    Postrider::run_collection(&collection, &[]).expect_code(0);
    server.requests()
}

#[test]
fn data_may_be_null_a_text_or_a_list() {
    let requests = sent(&[
        json!({"data": null}),
        json!({"dataMode": "raw", "data": "text"}),
        json!({"dataMode": "raw", "rawModeData": null}),
        json!({"dataMode": "raw", "rawModeData": ["x", "y"]}),
        json!({"dataMode": "raw", "rawModeData": "raw", "data": []}),
        json!({"dataMode": "urlencoded", "data": [
            {"key": "a", "value": "1"}, {"key": "b", "value": "2", "enabled": false}
        ]}),
        json!({"dataMode": "binary"}),
    ]);

    let bodies: Vec<&str> = requests.iter().map(Request::text).collect();
    assert_eq!(bodies, ["", "text", "", "", "raw", "a=1", ""]);
}

#[test]
fn helpers_and_scripts_may_be_null() {
    let requests = sent(&[json!({
        "currentHelper": null, "helperAttributes": null, "tests": null, "preRequestScript": null,
        "headers": null, "description": null
    })]);

    assert_eq!(requests[0].values("Authorization"), [""; 0]);
}

#[test]
fn orders_may_name_what_is_not_there_and_leave_out_what_is() {
    let server = Server::start(|_| Answer::ok(""));
    let request = |id: &str| json!({"id": id, "name": id, "method": "GET", "url": server.url(&format!("/{id}"))});
    let collection = json!({
        "id": "c", "name": "Old", "order": ["gone", "a"], "folders_order": ["gone", "f"],
        "folders": [{"id": "f", "name": "F", "order": ["gone", "b"], "folders_order": ["gone"]}],
        "requests": [request("a"), request("b"), request("left out")]
    });

    Postrider::run_collection(&collection, &[]).expect_code(0);

    assert_eq!(server.lines(), ["GET /b", "GET /a"]);
}

#[test]
fn without_an_order_the_requests_run_in_the_order_of_the_file() {
    let server = Server::start(|_| Answer::ok(""));
    let request = |id: &str| json!({"id": id, "name": id, "method": "GET", "url": server.url(&format!("/{id}"))});

    let collection = json!({"id": "c", "name": "Old", "requests": [request("b"), request("a")]});
    Postrider::run_collection(&collection, &[]).expect_code(0);

    assert_eq!(server.lines(), ["GET /b", "GET /a"]);
}
