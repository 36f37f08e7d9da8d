//! Whole folders.

use std::path::Path;

use serde_json::json;

use super::{load_folder, root_of};
use crate::collection::{BodyContent, Collection, Item, ItemGroup, Node};
use crate::files::{Source, write_atomically};
use crate::load::Error;

const GET: &str = "$kind: http-request\nurl: http://h\n";

/// The collection and what was told about it.
type Loaded = (Collection, Vec<String>);

/// Reads a folder with these files; the folder's own path is left out of all messages.
fn load(files: &[(&str, &str)]) -> Result<Loaded, Box<(Error, String)>> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("Shop");
    for (name, text) in files {
        write(&root.join(name), text);
    }
    let prefix = format!("{}/", root.display());
    match load_folder(&root) {
        Ok((collection, notices)) => {
            let told = notices.iter().map(|notice| {
                let hint = notice.hint.as_deref().unwrap_or("no hint");
                format!("{} ({hint})", notice.to_string().replace(&prefix, ""))
            });
            Ok((collection, told.collect()))
        }
        Err(error) => {
            let message = error.to_string().replace(&prefix, "");
            let message = message.replace(&root.display().to_string(), "ROOT");
            Err(Box::new((error, message)))
        }
    }
}

fn write(path: &Path, text: &str) {
    write_atomically(path, text.as_bytes()).unwrap();
}

fn outline(nodes: &[Node]) -> String {
    let names: Vec<String> = nodes
        .iter()
        .map(|node| match node {
            Node::Group(group) => format!("{}({})", group.name, outline(&group.nodes)),
            Node::Item(item) => item.name.clone(),
        })
        .collect();
    names.join(" ")
}

fn item(node: &Node) -> &Item {
    match node {
        Node::Item(item) => item,
        Node::Group(group) => panic!("{} is a folder", group.name),
    }
}

fn group(node: &Node) -> &ItemGroup {
    match node {
        Node::Group(group) => group,
        Node::Item(item) => panic!("{} is a request", item.name),
    }
}

#[test]
fn order_decides_and_then_the_name() {
    let request = |order: &str| format!("{GET}order: {order}\n");
    let (collection, told) = load(&[
        ("b.request.yaml", &request("2000")),
        ("a.request.yml", &request("4503599627370495")),
        ("later.request.yaml", GET),
        ("Again.request.yaml", GET),
        ("Folder/x.request.yaml", GET),
        (
            "Folder/.resources/definition.yaml",
            "$kind: collection\norder: 1000.5\n",
        ),
        ("plain folder/y.request.yaml", GET),
        ("plain folder/deep/z.request.yaml", &request("1")),
    ])
    .unwrap();

    assert_eq!(
        outline(&collection.nodes),
        "Folder(x) b a Again later plain folder(deep(z) y)"
    );
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn what_is_no_request_is_left_out() {
    let (collection, told) = load(&[
        ("a.request.yaml", GET),
        (
            ".resources/a.resources/examples/200.example.yaml",
            "broken: [",
        ),
        ("a.resources/examples/200.example.yaml", "broken: ["),
        (".hidden/b.request.yaml", "broken: ["),
        ("empty folder/notes.md", ""),
        ("openapi.yaml", "broken: ["),
        ("defined/.resources/definition.yaml", "name: Defined\n"),
    ])
    .unwrap();

    assert_eq!(outline(&collection.nodes), "a Defined()");
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn a_definition_hands_down_what_it_has() {
    let definition = "$kind: collection\nname: The shop\ndescription: d\nvariables:\n  - key: base\n    \
                      value: http://h\nauth:\n  type: bearer\n  credentials:\n    token: \"{{t}}\"\n\
                      scripts:\n  - type: http:beforeRequest\n    code: a();\n";
    let (collection, told) = load(&[
        (".resources/definition.yaml", definition),
        (
            "F/.resources/definition.yml",
            "variables:\n  base: http://f\n",
        ),
        ("F/a.request.yaml", GET),
    ])
    .unwrap();

    assert_eq!(collection.name, "The shop");
    assert_eq!(collection.variables[0].value, Some(json!("http://h")));
    assert_eq!(collection.auth.unwrap().kind, "bearer");
    assert_eq!(collection.events[0].script.source, "a();");
    let folder = group(&collection.nodes[0]);
    assert_eq!(folder.name, "F");
    assert_eq!(folder.variables[0].value, Some(json!("http://f")));
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn without_a_definition_the_folder_gives_the_name() {
    let (collection, _) = load(&[("a.request.yaml", GET)]).unwrap();

    assert_eq!(collection.name, "Shop");
    assert!(uuid::Uuid::parse_str(&collection.id).is_ok());
}

#[test]
fn a_request_is_read_with_all_its_members() {
    let text = r#"$kind: http-request
name: Create order <v2>
description: |-
  Text
method: post
url: "{{base-url}}/orders/:id?page=1&own=2"
order: 3000
headers:
  Content-Type: application/json
  X-Empty:
queryParams:
  - {key: page, value: "2", description: d}
  - {key: flag}
  - {key: off, value: "1", disabled: true}
pathVariables:
  - key: id
    value: "7"
auth:
  type: noauth
body:
  type: json
  content: |-
    {"a": 1}
settings:
  strictSSL: true
  maxRedirects: 3
  disabledSystemHeaders: [user-agent]
scripts:
  - type: beforeRequest
    code: a();
  - type: afterResponse
    language: text/javascript
    code: |-
      b();
examples: ./.resources/x.resources/examples
"#;
    let (collection, told) = load(&[("Create order -v2-.request.yaml", text)]).unwrap();

    let item = item(&collection.nodes[0]);
    assert_eq!(item.name, "Create order <v2>");
    assert_eq!(item.request.method, "POST");
    assert_eq!(
        item.request.url.to_text(),
        "{{base-url}}/orders/7?own=2&page=2&flag"
    );
    let headers: Vec<_> = item
        .request
        .headers
        .iter()
        .map(|header| (header.key(), header.value()))
        .collect();
    assert_eq!(
        headers,
        [("Content-Type", "application/json"), ("X-Empty", "")]
    );
    assert_eq!(item.request.auth.as_ref().unwrap().kind, "noauth");
    assert_eq!(item.request.body.as_ref().unwrap().language(), Some("json"));
    assert_eq!(
        json!(item.behavior),
        json!({"strictSSL": true, "maxRedirects": 3, "disabledSystemHeaders": {"user-agent": true}})
    );
    let scripts: Vec<_> = item
        .events
        .iter()
        .map(|event| (event.listen.name(), event.script.source.as_str()))
        .collect();
    assert_eq!(scripts, [("prerequest", "a();"), ("test", "b();")]);
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn a_graphql_request_is_a_post_with_its_query() {
    let text = "$kind: graphql-request\nurl: http://h/graphql\nquery: |-\n  { a }\nvariables: '{\"b\": 1}'\n";
    let (collection, told) = load(&[("q.request.yaml", text)]).unwrap();

    let request = &item(&collection.nodes[0]).request;
    assert_eq!(request.method, "POST");
    let Some(BodyContent::GraphQl(graphql)) = request.body.as_ref().map(|body| &body.content)
    else {
        panic!("it is GraphQL");
    };
    assert_eq!(graphql.query.as_deref(), Some("{ a }"));
    assert_eq!(graphql.variables, Some(json!("{\"b\": 1}")));
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn what_is_doubtful_is_told_with_file_and_line_and_the_rest_is_read() {
    let text = "$kind: http-request\nurl: {{base}}\nevent: []\nheaders:\n  X-Id: 0123\nauth:\n  type: bearer\n  \
                credentials:\n    tokn: x\nsettings:\n  strictSsl: false\n  disabledSystemHeaders: \
                [User-Agnet]\n";
    let (collection, told) = load(&[
        ("a.request.yaml", text),
        ("b.request.yaml", "$kind: grpc-request\nurl: h\n"),
        ("c.request.yaml", "url: http://h\n"),
        ("d.request.yaml", "$kind: http-reqest\nurl: h\n"),
        ("e.request.yaml", ""),
        (
            "f.request.yaml",
            "$kind: http-request\nurl: http://h\norder: first\n",
        ),
    ])
    .unwrap();

    assert_eq!(outline(&collection.nodes), "a c f");
    let request = &item(&collection.nodes[0]).request;
    assert_eq!(request.url.to_text(), "{{base}}");
    assert_eq!(request.headers[0].value(), "0123");
    assert_eq!(
        told,
        [
            "`a.request.yaml`, line 2: `{{base}}` stands in no quotes, which makes it a mapping (write \
             `\"{{base}}\"`)",
            "`a.request.yaml`, line 3: a request has no key `event`; it is not used (did you mean `scripts`?)",
            "`a.request.yaml`, line 5: `X-Id` stands in no quotes, and YAML reads it as a number (put it in \
             quotes to keep it as it is written)",
            "`a.request.yaml`, line 9: `tokn` is no credential of the type `bearer`; the request goes without \
             it (did you mean `token`?)",
            "`a.request.yaml`, line 11: the settings has no key `strictSsl`; it is not used (did you mean \
             `strictSSL`?)",
            "`a.request.yaml`, line 12: `User-Agnet` is no header field that is added by itself (did you mean \
             `user-agent`?)",
            "`b.request.yaml`, line 1: the request is of the kind `grpc-request` and is left out (only \
             `http-request` and `graphql-request` can be run)",
            "`c.request.yaml`, line 1: the request has no `$kind` and is taken for HTTP (write `$kind: \
             http-request`)",
            "`d.request.yaml`, line 1: the request is of the kind `http-reqest` and is left out (did you mean \
             `http-request`?)",
            "`e.request.yaml`, line 1: the file is nothing, where a request belongs (no hint)",
            "`f.request.yaml`, line 3: `order` is a text, where a number belongs (no hint)",
        ]
    );
}

#[test]
fn a_broken_file_is_an_error_with_file_and_line() {
    let (error, message) = *load(&[
        ("a.request.yaml", GET),
        ("F/b.request.yaml", "$kind: http-request\nurl: {{base}}/x\n"),
    ])
    .unwrap_err();

    assert_eq!(
        message,
        "cannot load the collection `F/b.request.yaml`: it is not valid YAML"
    );
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(
        cause,
        "line 2, column 14: while parsing a block mapping, did not find expected key\
         \n    url: {{base}}/x\n                 ^"
    );
    assert_eq!(error.hint(), "put a value that begins with `{{` in quotes");
}

#[test]
fn a_folder_without_requests_is_an_error_that_offers_what_could_be_meant() {
    let (error, message) = *load(&[("c.postman_collection.json", "{}")]).unwrap_err();

    assert_eq!(
        message,
        "cannot load the collection `ROOT`: the folder holds no request in YAML"
    );
    assert!(error.hint().ends_with("Shop/c.postman_collection.json`?"));
}

#[test]
fn marks_and_utf_16_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    let text = "$kind: http-request\nname: ü\nurl: http://h\n";
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    let forms: [Vec<u8>; 2] = [
        ["\u{feff}".as_bytes(), text.as_bytes()].concat(),
        units.flat_map(u16::to_le_bytes).collect(),
    ];

    for bytes in forms {
        write_atomically(&folder.path().join("a.request.yaml"), &bytes).unwrap();
        let (collection, _) = load_folder(folder.path()).unwrap();
        assert_eq!(outline(&collection.nodes), "ü");
    }
}

#[test]
fn a_definition_stands_for_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let definition = folder.path().join(".resources/definition.yaml");
    let request = folder.path().join("a.request.yaml");
    write(&definition, "name: x\n");
    write(&request, GET);
    let root = |path: &Path| root_of(&Source::Path(path.to_owned()));

    assert_eq!(root(&definition).unwrap().as_deref(), Some(folder.path()));
    assert_eq!(root(folder.path()).unwrap().as_deref(), Some(folder.path()));
    assert_eq!(root(Path::new("c.json")).unwrap(), None);
    assert_eq!(root(Path::new("no/such.yaml")).unwrap(), None);
    let error = root(&request).unwrap_err();
    assert_eq!(
        error.hint(),
        format!("name the folder `{}`", folder.path().display())
    );
}
