//! Where findings are in JSON files.

use super::files::Files;
use crate::check::finding::Finding;

/// Each finding as `rule line:column`, in the order of the file.
fn places(name: &str, text: &str) -> Vec<String> {
    let result = Files::new().with(name, text).check();
    let mut findings: Vec<_> = result.findings.iter().collect();
    findings.sort_by_key(|finding| finding.place.map(|place| (place.line, place.column)));
    let line = |finding: &Finding| {
        let place = finding.place.unwrap();
        let column = place.column.map_or(String::new(), |it| format!(":{it}"));
        format!("{} {}{column}", finding.rule.id(), place.line)
    };
    findings.into_iter().map(line).collect()
}

#[test]
fn every_place_in_json_is_exact_also_where_names_repeat() {
    let random = format!("q8R~z3Xk1{}", "_pWv7Ls0Td9");
    let text = r#"{
        "item": [
            {"name": "A", "request": {"url": "http://h"}},
            {
                "name": "A", "request": {
                    "url": {
                        "raw": "{{b}}", "description": "{{b}}",
                        "host": ["h"],
                        "query": [{"key": "x", "value": "{{b}}", "disabled": true},
                            {"key": "a", "value": "{{b}}"}]
                    },
                    "header": [
                        {"key": "K", "value": "1"},
                        {"key": "k", "value": "2"}
                    ],
                    "body": {"mode": "formdata", "raw": "no/such", "formdata": [
                        {"key": "f", "type": "file", "src": ["no/other",
                            "no/such"]}
                    ]}
                },
                "event": [
                    {"listen": "test", "script": {"exec": ["let a;\nlet b;", "let c;"]}},
                    {"listen": "test", "script": {"exec": [
                        "let a;\nlet b;", null,
                        "let d = ;"
                    ]}}
                ]
            },
            {"name": "F", "item": [{"name": "A", "request": {"url": "http://h"}}],
                "auth": {"type": "bearer", "bearer": {"token": "x{{c}}"}}}
        ],
        "variable": [
            {"key": "v", "value": "1"}, {"key": "v", "value": "off", "disabled": true},
            {"key": "v", "value": "2"}, {"key": "clientSecret", "value": "RANDOM"}
        ]
    }"#;

    assert_eq!(
        places("c.json", &text.replace("RANDOM", &random)),
        [
            "duplicate-request 5:17",
            "undefined-variable 10:51",
            "duplicate-header 14:25",
            "missing-body-file 17:62",
            "missing-body-file 18:29",
            "script-syntax 25:25",
            "undefined-variable 30:64",
            "duplicate-variable 34:13",
            "credential 34:41",
        ]
    );
}

#[test]
fn places_are_found_in_wrapped_and_old_collections_and_in_environments() {
    let wrapped = "{\"collection\": {\"item\": [\n{\"name\": \"A\", \"request\": \"{{a}}\"}]}}";
    let old = "{\"id\": \"c\", \"requests\": [\n{\"id\": \"1\"},\n{\"id\": \"2\", \"url\": \"http://h\",\n\
               \"headers\": \"A: {{a}}\",\n\"tests\": \";;)\"}]}";
    let scope = "{\"environment\": {\"values\": [\n{\"key\": \"a\", \"value\": \"\"},\n\
                 {\"key\": \"a\", \"value\": \"\"}]}}";

    assert_eq!(places("c.json", wrapped), ["undefined-variable 2:26"]);
    assert_eq!(
        places("c.json", old),
        ["undefined-variable 4:12", "script-syntax 5:10"]
    );
    assert_eq!(places("e.json", scope), ["duplicate-variable 3:1"]);
}
