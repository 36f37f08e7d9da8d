//! Responses that are a little out of order.

use serde_json::json;

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

/// Runs one request that is answered with these bytes, and a test script.
fn run(answer: &'static [u8], test: &str) -> Outcome {
    let server = Server::start(|_| Answer::Raw(answer.to_vec()));
    let mut item = get("A", server.url("/"));
    item["event"] = json!([{"listen": "test", "script": {"exec": test}}]);
    Postrider::run_collection(&collection(json!([item])), &[])
}

// github.com/postmanlabs/postman-app-support/issues/8287
#[test]
fn a_length_that_is_told_twice_is_read_once() {
    let answer =
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Kind: twin\r\nContent-Length: 2\r\n\r\nok";
    let test = "pm.test('body', () => pm.expect(pm.response.text()).to.equal('ok'));\n\
                pm.test('field', () => pm.expect(pm.response.headers.get('X-Kind')).to.equal('twin'));";

    run(answer, test).expect_code(0);
}

// github.com/postmanlabs/postman-app-support/issues/8287
#[test]
fn two_different_lengths_are_a_request_error() {
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok";

    let outcome = run(answer, "").expect_code(1);

    assert!(
        outcome.stdout.contains("invalid content-length"),
        "{}",
        outcome.stdout
    );
}

// github.com/postmanlabs/newman/issues/179
#[test]
fn a_byte_order_mark_in_front_of_a_body_is_no_part_of_its_text() {
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n\xef\xbb\xbf{\"ok\":true}";
    let test = "pm.test('json', () => pm.expect(pm.response.json().ok).to.equal(true));\n\
                pm.test('text', () => pm.expect(pm.response.text()).to.equal('{\"ok\":true}'));";

    run(answer, test).expect_code(0);
}
