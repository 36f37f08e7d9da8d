//! Files that begin with a byte-order mark, as editors and shells of Windows write them.

use serde_json::json;

use crate::support::{Answer, Postrider, Server, collection, environment, get};

/// A text as UTF-8 without and with a mark, and as UTF-16 of both orders.
fn encodings(text: &str) -> [Vec<u8>; 4] {
    let marked = format!("\u{feff}{text}");
    [
        text.as_bytes().to_vec(),
        marked.as_bytes().to_vec(),
        marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ]
}

/// The targets of runs that read this file in each encoding after the flag.
fn targets(flag: &str, name: &str, text: &str) -> Vec<String> {
    let server = Server::start(|_| Answer::ok(""));
    let collection = collection(json!([get("A", server.url("/{{first}}"))]));
    for bytes in encodings(text) {
        Postrider::with_collection(&collection)
            .file(name, bytes)
            .arguments(&[flag, name])
            .run()
            .expect_code(0);
    }
    server.lines()
}

// github.com/postmanlabs/newman/issues/1871
#[test]
fn a_mark_decides_the_encoding_of_an_environment_and_of_globals() {
    let text = environment(&[("first", "é")]).to_string();

    assert_eq!(targets("-e", "e.json", &text), ["GET /%C3%A9"; 4]);
    assert_eq!(targets("-g", "g.json", &text), ["GET /%C3%A9"; 4]);
}

// github.com/postmanlabs/newman/issues/1871
#[test]
fn a_mark_does_not_get_into_the_first_column_of_a_data_file() {
    assert_eq!(targets("-d", "d.csv", "first\né\n"), ["GET /%C3%A9"; 4]);
    assert_eq!(
        targets("-d", "d.json", r#"[{"first": "é"}]"#),
        ["GET /%C3%A9"; 4]
    );
}

// github.com/postmanlabs/newman/issues/1871
#[test]
fn a_mark_decides_the_encoding_of_a_collection() {
    let server = Server::start(|_| Answer::ok(""));
    let text = collection(json!([get("A", server.url("/é"))])).to_string();

    for bytes in encodings(&text) {
        Postrider::new()
            .file("collection.json", bytes)
            .arguments(&["run", "collection.json"])
            .run()
            .expect_code(0);
    }

    assert_eq!(server.lines(), ["GET /%C3%A9"; 4]);
}
