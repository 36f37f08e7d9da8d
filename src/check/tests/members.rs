//! Members that no run looks at.

use insta::assert_snapshot;
use serde_json::json;

use super::files::Files;

#[test]
fn a_member_that_no_run_looks_at_is_told_once_with_what_it_may_mean() {
    let text = r#"{
        "info": {"name": "C", "_postman_id": "1", "shema": "x"},
        "items": [1],
        "item": [
            {"name": "A", "id": "1", "request": {
                "url": {"raw": "x", "host": ["h"], "qury": [1]},
                "heder": [{"key": "A", "vlaue": "1"}, {"key": "B", "vlaue": "1"}],
                "headers": [], "x-own": 1, "description": "d",
                "event": [1]
            }, "body": {"mode": "raw"}, "tests": [{"wrongly": "named"}], "response": [{"any": 1}]},
            {"name": "F", "item": [{"name": "B", "request": {
                "url": "http://h", "heder": [1],
                "header": [{"key": "on", "enabled": true}, {"key": "off", "enabled": false}],
                "body": {"mode": "urlencoded", "urlencoded": {"vlaue": "1"}},
                "auth": {"type": "bearer", "beaerer": {"token": "x"}, "bearer": {"tokn": "x"}}
            }, "protocolProfileBehavior": {"followRedirect": false, "own": true}}]}
        ]
    }"#;

    let result = Files::new().with("c.json", text).check();
    let mut told: Vec<(usize, String)> = result
        .findings
        .iter()
        .filter(|finding| finding.rule.id() == "unknown-member")
        .map(|finding| {
            let line = finding.place.unwrap().line;
            let severity = finding.severity.name();
            let item = finding.item.as_deref().unwrap_or_default();
            let message = finding.message.trim_end_matches("; it is not used");
            let hint = finding.hint.as_deref().unwrap_or_default();
            (
                line,
                format!("{line} {severity} {item}: {message} ({hint})"),
            )
        })
        .collect();
    told.sort();
    let told: Vec<String> = told.into_iter().map(|(_, line)| line).collect();
    assert_snapshot!(told.join("\n"), @r#"
    2 warning : `shema` is no member of the `info` of a collection (did you mean `schema`?)
    3 warning : `items` is no member of a collection (did you mean `item`?)
    6 warning A: `qury` is no member of a URL (did you mean `query`?)
    7 warning A: `heder`, which stands in 2 places, is no member of a request (did you mean `header`?)
    9 warning A: `event` is no member of a request (`event` belongs in an item)
    10 note A: `tests` is no member of an item ()
    10 warning A: `body` is no member of an item (`body` belongs in a request)
    13 warning F / B: `enabled` is no member of a header (only `"disabled": true` switches it off)
    15 warning F / B: `beaerer` is no member of an authorization (did you mean `bearer`?)
    16 note F / B: `own` is no member of `protocolProfileBehavior` ()
    16 warning F / B: `followRedirect` is no member of `protocolProfileBehavior` (did you mean `followRedirects`?)
    "#);
}

#[test]
fn members_of_environments_and_old_collections_are_told_as_well() {
    let scope = json!({"id": "1", "name": "E", "_postman_exported_at": "x", "valeus": [1], "values": [
        {"key": "a", "value": "1", "enabld": false}, {"key": "b", "value": "1", "mine": "x"}
    ]});
    let list = json!([{"key": "a", "value": "1", "disable": true}]);
    let old = json!({"id": "c", "subscribed": true, "requests": [
        {"id": "1", "url": "http://h", "dataMod": "raw", "mine": "x", "test": "x", "responses": [1]}
    ]});

    let told = Files::new()
        .with("e.json", scope)
        .with("my.environment.json", list)
        .with("c.json", old)
        .told();
    assert_snapshot!(told.join("\n"), @"
    warning unknown-member e.json:1: : `valeus` is no member of an environment or globals; it is not used
    warning unknown-member e.json:1: : `enabld` is no member of a variable; it is not used
    note unknown-member e.json:1: : `mine` is no member of a variable; it is not used
    warning unknown-member my.environment.json:1: : `disable` is no member of a variable; it is not used
    warning unknown-member c.json:1: : `dataMod` is no member of a request; it is not used
    warning unknown-member c.json:1: : `test` is no member of a request; it is not used
    ");
}

#[test]
fn a_wrong_name_is_told_also_where_it_makes_the_file_useless() {
    let text = json!({"info": {"name": "C"}, "items": [{"name": "A"}]});

    let told = Files::new().with("c.collection.json", text).told();
    assert_eq!(
        told,
        [
            "error cannot-load c.collection.json: : cannot load the collection `c.collection.json`: the object has no member `item`, which holds the requests of a collection",
            "warning unknown-member c.collection.json:1: : `items` is no member of a collection; it is not used",
        ]
    );
}
