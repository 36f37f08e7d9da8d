//! Servers that say it strangely, byte for byte.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

/// Asks a server that answers with these bytes and closes the connection.
fn ask(answer: impl Into<Vec<u8>>) -> Outcome {
    let answer = answer.into();
    let server = Server::start(move |_| Answer::Raw(answer.clone()));
    let item = json!({
        "name": "A",
        "request": server.url("/a"),
        "event": [{"listen": "test", "script": {"exec":
            "pm.response && pm.environment.set('text', pm.response.text());"
        }}]
    });
    let arguments = [
        "-r",
        "cli,json",
        "--reporter-json-export",
        "report.json",
        "--reporter-cli-no-summary",
        "--reporter-cli-no-failures",
    ];
    Postrider::run_collection(&collection(json!([item])), &arguments)
}

/// Code, reason, content as text and header fields, as they are reported.
fn seen(answer: impl Into<Vec<u8>>) -> Value {
    let report = ask(answer).expect_code(0).json("report.json");
    let response = &report["run"]["executions"][0]["response"];
    let fields: serde_json::Map<String, Value> = response["header"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| {
            let name = field["key"].as_str().unwrap();
            (name.to_owned(), field["value"].clone())
        })
        .collect();
    let text = &report["environment"]["values"][0]["value"];
    json!([response["code"], response["status"], text, fields])
}

#[test]
fn a_reason_phrase_may_be_missing_with_and_without_its_space() {
    let expected = json!([200, "OK", "ok", {"Content-Length": "2"}]);

    assert_eq!(
        seen("HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok"),
        expected
    );
    assert_eq!(
        seen("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok"),
        expected
    );
}

#[test]
fn lines_may_end_without_a_carriage_return() {
    assert_eq!(
        seen("HTTP/1.1 200 OK\nContent-Length: 2\nX-A: b\n\nok"),
        json!([200, "OK", "ok", {"Content-Length": "2", "X-A": "b"}])
    );
}

#[test]
fn a_length_may_be_said_twice_when_it_is_the_same() {
    let answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Kind: twin\r\nContent-Length: 2\r\n\r\nok";

    let seen = seen(answer);
    assert_eq!((&seen[0], &seen[2]), (&json!(200), &json!("ok")));
}

#[test]
fn two_lengths_that_differ_are_an_error() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok";

    assert_snapshot!(ask(answer).expect_code(1).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         Parse Error: 127.0.0.1:<port> does not answer in HTTP: invalid content-length parsed
         hint: check the port, and whether the URL should begin with https
    ");
}

#[test]
fn answers_of_1xx_come_before_the_real_one() {
    let answer = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n\
        HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    assert_eq!(
        seen(answer),
        json!([200, "OK", "ok", {"Content-Length": "2"}])
    );
}

#[test]
fn a_connection_that_ends_too_early_is_an_error() {
    let in_content = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nok";
    let in_chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nok";
    let in_head = "HTTP/1.1 200 OK\r\nContent-Le";

    assert_snapshot!(ask(in_content).expect_code(1).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         aborted: 127.0.0.1:<port> closed the connection in the middle of its answer
         hint: look at the server's log, and at the limits of the proxies in between
    ");
    assert_snapshot!(ask(in_chunk).expect_code(1).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         aborted: 127.0.0.1:<port> closed the connection in the middle of its answer
         hint: look at the server's log, and at the limits of the proxies in between
    ");
    assert_snapshot!(ask(in_head).expect_code(1).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         socket hang up: 127.0.0.1:<port> closed the connection without an answer
         hint: look at the server's log: it gave up before it answered
    ");
}

#[test]
fn chunks_may_have_extensions_and_trailers() {
    let answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nTrailer: X-Sum\r\n\r\n\
        2;name=value\r\nok\r\n00\r\nX-Sum: 1\r\n\r\n";

    let seen = seen(answer);
    assert_eq!((&seen[0], &seen[2]), (&json!(200), &json!("ok")));
}

#[test]
fn content_without_a_length_ends_with_the_connection() {
    assert_eq!(
        seen("HTTP/1.0 200 OK\r\n\r\nuntil the end"),
        json!([200, "OK", "until the end", {}])
    );
}

#[test]
fn header_fields_may_be_long_and_many() {
    let long = "v".repeat(64 * 1024);
    let seen_long = seen(format!(
        "HTTP/1.1 200 OK\r\nX-Long: {long}\r\nContent-Length: 0\r\n\r\n"
    ));
    assert_eq!(seen_long[3]["X-Long"].as_str().unwrap().len(), long.len());

    let many: String = (0..500)
        .map(|number| format!("X-{number}: v\r\n"))
        .collect();
    let seen_many = seen(format!(
        "HTTP/1.1 200 OK\r\n{many}Content-Length: 0\r\n\r\n"
    ));
    assert_eq!(seen_many[3].as_object().unwrap().len(), 501);
}

#[test]
fn a_value_may_go_on_in_the_next_line_and_hold_any_bytes() {
    let answer = [
        b"HTTP/1.1 200 OK\r\nX-Folded: one\r\n  two\r\nX-Latin: caf\xe9\r\n".as_slice(),
        b"X-Utf: caf\xc3\xa9\r\nX-Empty:\r\nX-Space : v\r\nContent-Length: 0\r\n\r\n",
    ]
    .concat();

    assert_eq!(
        seen(answer)[3],
        json!({
            "X-Folded": "one two", "X-Latin": "café", "X-Utf": "café", "X-Empty": "",
            "X-Space": "v", "Content-Length": "0"
        })
    );
}

#[test]
fn a_reason_phrase_beyond_ascii_gives_way_to_the_usual_one() {
    let phrase = |phrase: &str| {
        seen(format!(
            "HTTP/1.1 200 {phrase}\r\nContent-Length: 0\r\n\r\n"
        ))[1]
            .clone()
    };

    assert_eq!(phrase("Very Well"), "Very Well");
    assert_eq!(phrase("Sch\u{f6}n"), "OK");
}

#[test]
fn a_name_with_strange_bytes_is_an_error_as_in_node() {
    let answer = "HTTP/1.1 200 OK\r\nX[1]: v\r\nContent-Length: 0\r\n\r\n";

    assert_snapshot!(ask(answer).expect_code(1).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         Parse Error: 127.0.0.1:<port> does not answer in HTTP: invalid HTTP header parsed
         hint: check the port, and whether the URL should begin with https
    ");
}

#[test]
fn a_status_without_content_has_none_whatever_its_length_says() {
    assert_eq!(
        seen("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n")[2],
        ""
    );
}

#[test]
fn a_charset_may_be_named_in_every_way() {
    let cases: [(&str, &[u8], &str); 6] = [
        ("text/plain; charset=ISO-8859-1", b"caf\xe9", "café"),
        ("text/plain;charset=\"windows-1251\"", b"\xcf\xf0", "Пр"),
        ("text/plain; charset=shift_jis", b"\x93\xfa", "日"),
        ("text/plain; charset=utf-16le", b"o\0k\0", "ok"),
        ("text/plain; charset=unknown", b"\xef\xbb\xbfok", "ok"),
        ("application/json", b"\xef\xbb\xbf{}", "{}"),
    ];

    for (kind, content, expected) in cases {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            content.len()
        );
        let answer = [head.as_bytes(), content].concat();
        assert_eq!(seen(answer)[2], expected, "{kind}");
    }
}

#[test]
fn a_connection_is_used_again_until_the_server_ends_it() {
    let server = Server::start(|_| Answer::ok(""));
    let items = json!([get("A", server.url("/a")), get("B", server.url("/b"))]);
    Postrider::run_collection(&collection(items), &["-n", "3"]).expect_code(0);
    assert_eq!(server.connection_count(), 1);

    // A server that does not say so may end the connection just when the next request is on its way.
    let last = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
    let closing = Server::start(|_| Answer::Raw(last.to_vec()));
    let items = json!([get("A", closing.url("/a")), get("B", closing.url("/b"))]);
    Postrider::run_collection(&collection(items), &[]).expect_code(0);
    assert_eq!(closing.connection_count(), 2);
}
