//! What is said about collections that cannot be used.

use std::io::Read;

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Answer, Postrider, Server, collection, environment, get};

/// The message about a collection with this content.
fn about_collection(content: impl AsRef<[u8]>) -> String {
    let run = Postrider::new().file("collection.json", content);
    run.arguments(&["run", "collection.json"]).run().message()
}

#[test]
fn a_collection_that_is_missing_is_named() {
    let outcome = Postrider::new()
        .arguments(&["run", "no/such/file.json"])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot load the collection `no/such/file.json`
      caused by: cannot read `no/such/file.json`: there is no such file

    hint: check the spelling and the folder postrider was started in
    ");
}

#[test]
fn a_folder_without_requests_is_no_collection() {
    let run = Postrider::new().file("folder/collection.json", "{}");

    assert_snapshot!(run.arguments(&["run", "folder"]).run().message(), @"
    exit code: 3
    error: cannot load the collection `folder`: the folder holds no request in YAML

    hint: did you mean `folder/collection.json`?
    ");
}

#[test]
fn a_url_that_nobody_answers_is_told() {
    let outcome = Postrider::new()
        .arguments(&["run", "http://127.0.0.1:9/c.json"])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot fetch `http://127.0.0.1:9/c.json`: connect ECONNREFUSED 127.0.0.1:9

    hint: check the URL, or download the file and name it
    ");
}

#[test]
fn an_empty_collection_file_is_told_from_a_broken_one() {
    assert_snapshot!(about_collection(""), @"
    exit code: 3
    error: cannot load the collection `collection.json`: the file is empty

    hint: name the file that holds the collection, as exported from Postman
    ");
    assert_eq!(about_collection(" \n\t\n"), about_collection(""));
    assert_eq!(about_collection([0xef, 0xbb, 0xbf]), about_collection(""));
}

#[test]
fn broken_json_is_shown_with_line_and_column() {
    assert_snapshot!(about_collection("{\n  \"info\": {\"name\": \"A\"}\n  \"item\": []\n}\n"), @r#"
    exit code: 3
    error: cannot load the collection `collection.json`: it is not valid JSON
      caused by: line 3, column 3: expected `,` or `}`
          "item": []
          ^

    hint: export the collection again from Postman, or check the JSON near line 3
    "#);
}

#[test]
fn json_that_ends_too_early_is_shown_with_its_end() {
    assert_snapshot!(about_collection("{\"info\": {},\n \"item\": ["), @r#"
    exit code: 3
    error: cannot load the collection `collection.json`: it is not valid JSON
      caused by: line 2, column 10: EOF while parsing a list
         "item": [
                 ^

    hint: export the collection again from Postman, or check the JSON near line 2
    "#);
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let text = format!(
        "{{\"info\": {{}}, \"item\": [{} oops ]}}",
        "\"abcdefgh\", ".repeat(400)
    );

    assert_snapshot!(about_collection(text), @r#"
    exit code: 3
    error: cannot load the collection `collection.json`: it is not valid JSON
      caused by: line 1, column 4824: expected value
        bcdefgh", "abcdefgh", "abcdefgh",  oops ]}
                                           ^

    hint: export the collection again from Postman, or check the JSON near line 1
    "#);
}

#[test]
fn text_of_another_kind_is_not_json() {
    assert_snapshot!(about_collection("<html>\n<body>Not found</body></html>\n"), @"
    exit code: 3
    error: cannot load the collection `collection.json`: it is not valid JSON
      caused by: line 1, column 1: expected value
        <html>
        ^

    hint: export the collection again from Postman, or check the JSON near line 1
    ");
}

#[test]
fn a_list_is_no_collection() {
    assert_snapshot!(about_collection("[]"), @"
    exit code: 3
    error: cannot load the collection `collection.json`
      caused by: the file holds a list, where a collection is an object

    hint: export the collection from Postman as Collection v2.1; environments go to `-e`
    ");
}

#[test]
fn an_environment_is_no_collection() {
    assert_snapshot!(about_collection(environment(&[("a", "b")]).to_string()), @"
    exit code: 3
    error: cannot load the collection `collection.json`
      caused by: the object has no member `item`, which holds the requests of a collection

    hint: export the collection from Postman as Collection v2.1; environments go to `-e`
    ");
}

#[test]
fn a_member_of_another_kind_is_told_with_its_place() {
    assert_snapshot!(about_collection(r#"{"item": [{"name": "F", "item": [{"name": "A"}, 5]}]}"#), @r#"
    exit code: 3
    error: cannot load the collection `collection.json`
      caused by: line 1, column 49: `item[0].item[1]` holds a number, where a request or a folder belongs
        ame": "F", "item": [{"name": "A"}, 5]}]}
                                           ^

    hint: export the collection again from Postman, or mend the member named above
    "#);
    assert_snapshot!(about_collection(r#"{"item": "none"}"#), @r#"
    exit code: 3
    error: cannot load the collection `collection.json`
      caused by: line 1, column 10: `item` holds a text, where a list of requests and folders belongs
        {"item": "none"}
                 ^

    hint: export the collection again from Postman, or mend the member named above
    "#);
}

#[test]
fn folders_without_end_are_refused() {
    let text = format!("{}{}", "{\"item\": [".repeat(70), "]}".repeat(70));

    assert_snapshot!(about_collection(text), @r#"
    exit code: 3
    error: cannot load the collection `collection.json`: it is not valid JSON
      caused by: line 1, column 640: recursion limit exceeded
        em": [{"item": [{"item": [{"item": [{"item": [{"item": [{"item": [{"it
                                           ^

    hint: export the collection again from Postman, or check the JSON near line 1
    "#);
}

#[test]
fn binary_data_is_told_from_text() {
    assert_snapshot!(about_collection(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0"), @"
    exit code: 3
    error: cannot load the collection `collection.json`: the file is binary data, not JSON

    hint: name the file that holds the collection, as exported from Postman
    ");
}

#[test]
fn two_hundred_megabytes_of_brackets_in_a_file_are_refused() {
    let run = Postrider::new();
    let mut file = std::fs::File::create(run.path("collection.json")).unwrap();
    std::io::copy(&mut brackets(), &mut file).unwrap();

    assert_snapshot!(run.arguments(&["run", "collection.json"]).run().message(), @"
    exit code: 3
    error: cannot load the collection `collection.json`: it is not valid JSON
      caused by: line 1, column 128: recursion limit exceeded
        [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
                                           ^

    hint: export the collection again from Postman, or check the JSON near line 1
    ");
}

#[test]
fn two_hundred_megabytes_of_brackets_on_standard_input_are_refused() {
    let outcome = Postrider::new()
        .stdin(brackets())
        .arguments(&["run", "-"])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot load the collection `the standard input`: it is not valid JSON
      caused by: line 1, column 128: recursion limit exceeded
        [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
                                           ^

    hint: export the collection again from Postman, or check the JSON near line 1
    ");
}

fn brackets() -> impl Read + Send {
    std::io::repeat(b'[').take(200_000_000)
}

#[test]
fn nothing_on_standard_input_is_an_empty_collection() {
    let outcome = Postrider::new()
        .stdin(std::io::empty())
        .arguments(&["run", "-"])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot load the collection `the standard input`: the file is empty

    hint: name the file that holds the collection, as exported from Postman
    ");
}

#[test]
fn bytes_that_are_not_utf_8_are_read_as_latin_1() {
    let server = Server::start(|_| Answer::ok(""));
    let text = collection(json!([get("A", server.url("/caf?"))])).to_string();
    let bytes: Vec<u8> = text
        .bytes()
        .map(|byte| if byte == b'?' { 0xe9 } else { byte })
        .collect();

    let run = Postrider::new().file("collection.json", bytes);
    run.arguments(&["run", "collection.json"])
        .run()
        .expect_code(0);

    assert_eq!(server.lines(), ["GET /caf%C3%A9"]);
}

#[test]
fn a_collection_with_a_byte_order_mark_runs() {
    let server = Server::start(|_| Answer::ok(""));
    let text = format!(
        "\u{feff}{}",
        collection(json!([get("A", server.url("/é"))]))
    );

    let run = Postrider::new().file("collection.json", text);
    run.arguments(&["run", "collection.json"])
        .run()
        .expect_code(0);

    assert_eq!(server.lines(), ["GET /%C3%A9"]);
}

#[test]
fn a_collection_in_utf_16_runs() {
    let server = Server::start(|_| Answer::ok(""));
    let text = format!(
        "\u{feff}{}",
        collection(json!([get("A", server.url("/é"))]))
    );
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();

    for bytes in [little, big] {
        let run = Postrider::new().file("collection.json", bytes);
        run.arguments(&["run", "collection.json"])
            .run()
            .expect_code(0);
    }

    assert_eq!(server.lines(), ["GET /%C3%A9", "GET /%C3%A9"]);
}

#[test]
fn a_collection_may_come_from_standard_input() {
    let server = Server::start(|_| Answer::ok(""));
    let text = collection(json!([get("A", server.url("/a"))])).to_string();

    let run = Postrider::new().stdin(std::io::Cursor::new(text));
    run.arguments(&["run", "-"]).run().expect_code(0);

    assert_eq!(server.lines(), ["GET /a"]);
}
