//! The report as a whole, read back by a parser.

use std::collections::HashSet;

use insta::assert_snapshot;
use roxmltree::{Document, Node};

use super::NAME;
use crate::record::{ConsoleLevel, ExchangeOrigin, Execution, RunEnd, RunEvent, ScriptKind, Step};
use crate::redact::Secrets;
use crate::report::samples::{
    Paper, answered, ending, events, exchange, execution, failed, file_report, item, log, options,
    passed, read, refused, report, response, script, script_failure, sent, skipped, unequal,
};

fn written(events: Vec<RunEvent>) -> String {
    file_report(NAME, &Secrets::default(), events)
}

/// The report, after a look at the rules that hold for every report.
fn checked(events: Vec<RunEvent>) -> String {
    let text = written(events);
    let document = Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let mut names = HashSet::new();
    for suite in root.children().filter(Node::is_element) {
        let cases: Vec<Node<'_, '_>> = suite
            .children()
            .filter(|node| node.has_tag_name("testcase"))
            .collect();
        let with = |tag: &str| {
            cases
                .iter()
                .filter(|case| case.children().any(|node| node.has_tag_name(tag)))
                .count()
        };
        assert_eq!(
            suite.attribute("tests"),
            Some(cases.len().to_string().as_str())
        );
        for (count, element) in [
            ("failures", "failure"),
            ("errors", "error"),
            ("skipped", "skipped"),
        ] {
            assert_eq!(
                suite.attribute(count),
                Some(with(element).to_string().as_str())
            );
        }
        for case in &cases {
            let results = case.children().filter(Node::is_element).count();
            assert!(results <= 1, "a case has one result at most");
            let name = (
                case.attribute("classname").unwrap(),
                case.attribute("name").unwrap(),
            );
            assert!(!name.1.is_empty());
            assert!(names.insert(name), "{name:?} is there twice");
        }
    }
    for count in ["tests", "failures", "errors"] {
        let number = |node: Node<'_, '_>| node.attribute(count).unwrap().parse::<u64>().unwrap();
        let sum: u64 = root.children().filter(Node::is_element).map(number).sum();
        assert_eq!(number(root), sum);
    }
    text
}

fn of(executions: Vec<Execution>) -> String {
    checked(events(executions))
}

#[test]
fn each_request_is_a_suite_and_each_assertion_a_case() {
    let run = vec![
        execution(
            item(&["Users"], "Create user"),
            0,
            vec![
                script(ScriptKind::Prerequest, None),
                log(ConsoleLevel::Log, &["'creating'", "1"]),
                sent(
                    ExchangeOrigin::Item,
                    exchange(
                        "/users",
                        Ok(response(500, "Internal Server Error", b"no <space> left")),
                    ),
                ),
                passed("has a body", 0),
                unequal("status is 201", 1, "201", "500"),
                skipped("later", 2),
                script(ScriptKind::Test, None),
            ],
        ),
        execution(item(&[], "Health v1.0"), 0, vec![answered("/health")]),
    ];

    assert_snapshot!(of(run), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="Shop" tests="5" failures="1" errors="0" time="0.368">
      <testsuite name="Users / Create user" id="0" timestamp="2026-11-25T01:04:44Z" tests="4" failures="1" errors="0" skipped="1" time="0.055">
        <testcase classname="Shop.Users.Create user" name="request" time="0.055"/>
        <testcase classname="Shop.Users.Create user" name="has a body" time="0.000"/>
        <testcase classname="Shop.Users.Create user" name="status is 201" time="0.000">
          <failure type="AssertionError" message="expected 500 to deeply equal 201">expected 500 to deeply equal 201
    expected: 201
    actual: 500
    GET https://api.example.com/users → 500 Internal Server Error (45ms)
    at assertion:1 in test-script:3:5
    in the script of Create user: pm.expect(a).to.eql(b);
    inside Users / Create user

    response:
    no &lt;space&gt; left</failure>
        </testcase>
        <testcase classname="Shop.Users.Create user" name="later" time="0.000">
          <skipped message="pm.test.skip"/>
        </testcase>
        <system-out>'creating', 1</system-out>
      </testsuite>
      <testsuite name="Health v1.0" id="1" timestamp="2026-11-25T01:04:44Z" tests="1" failures="0" errors="0" skipped="0" time="0.045">
        <testcase classname="Shop.Health v1 0" name="request" time="0.045"/>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn errors_of_requests_and_scripts_belong_to_the_request() {
    let run = vec![
        execution(
            item(&[], "refused"),
            0,
            vec![refused(), failed("status", 0, "no response")],
        ),
        execution(
            item(&[], "scripts"),
            0,
            vec![
                script_failure(ScriptKind::Prerequest),
                answered("/x"),
                script_failure(ScriptKind::Test),
            ],
        ),
    ];

    assert_snapshot!(of(run), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="Shop" tests="3" failures="1" errors="2" time="0.368">
      <testsuite name="refused" id="0" timestamp="2026-11-25T01:04:44Z" tests="2" failures="1" errors="1" skipped="0" time="0.045">
        <testcase classname="Shop.refused" name="request" time="0.045">
          <error type="ECONNREFUSED" message="connect ECONNREFUSED 127.0.0.1:81">connect ECONNREFUSED 127.0.0.1:81
    GET https://api.example.com/refused → no response (45ms)
    at request
    inside refused
    hint: start the server, or check host and port of the request's URL</error>
        </testcase>
        <testcase classname="Shop.refused" name="status" time="0.000">
          <failure type="AssertionError" message="no response">no response
    GET https://api.example.com/refused → no response (45ms)
    at assertion:0 in test-script
    inside refused</failure>
        </testcase>
      </testsuite>
      <testsuite name="scripts" id="1" timestamp="2026-11-25T01:04:44Z" tests="1" failures="0" errors="1" skipped="0" time="0.055">
        <testcase classname="Shop.scripts" name="request" time="0.055">
          <error type="ReferenceError" message="user is not defined">user is not defined
    GET https://api.example.com/x → 200 OK (45ms)
    at prerequest-script:2:11
    in the script of Create user: let id = user.id;
    inside scripts

    user is not defined
    GET https://api.example.com/x → 200 OK (45ms)
    at test-script:2:11
    in the script of Create user: let id = user.id;
    inside scripts

    response:
    hello</error>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn iterations_stand_in_the_names() {
    let run = (0..2).map(|iteration| {
        execution(
            item(&[], "r"),
            iteration,
            vec![answered("/x"), passed("ok", 0)],
        )
    });

    assert_snapshot!(of(run.collect()), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="Shop" tests="4" failures="0" errors="0" time="0.368">
      <testsuite name="r [1]" id="0" timestamp="2026-11-25T01:04:44Z" tests="2" failures="0" errors="0" skipped="0" time="0.045">
        <testcase classname="Shop.r" name="request [iteration 1]" time="0.045"/>
        <testcase classname="Shop.r" name="ok [iteration 1]" time="0.000"/>
      </testsuite>
      <testsuite name="r [2]" id="1" timestamp="2026-11-25T01:04:44Z" tests="2" failures="0" errors="0" skipped="0" time="0.045">
        <testcase classname="Shop.r" name="request [iteration 2]" time="0.045"/>
        <testcase classname="Shop.r" name="ok [iteration 2]" time="0.000"/>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn equal_names_are_told_apart() {
    let again = || {
        execution(
            item(&[], "Loop"),
            0,
            vec![
                answered("/x"),
                passed("ok", 0),
                passed("ok", 1),
                passed("request", 2),
            ],
        )
    };

    assert_snapshot!(of(vec![again(), again()]), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="Shop" tests="8" failures="0" errors="0" time="0.368">
      <testsuite name="Loop" id="0" timestamp="2026-11-25T01:04:44Z" tests="4" failures="0" errors="0" skipped="0" time="0.045">
        <testcase classname="Shop.Loop" name="request" time="0.045"/>
        <testcase classname="Shop.Loop" name="ok" time="0.000"/>
        <testcase classname="Shop.Loop" name="ok #2" time="0.000"/>
        <testcase classname="Shop.Loop" name="request #2" time="0.000"/>
      </testsuite>
      <testsuite name="Loop #2" id="1" timestamp="2026-11-25T01:04:44Z" tests="4" failures="0" errors="0" skipped="0" time="0.045">
        <testcase classname="Shop.Loop #2" name="request" time="0.045"/>
        <testcase classname="Shop.Loop #2" name="ok" time="0.000"/>
        <testcase classname="Shop.Loop #2" name="ok #2" time="0.000"/>
        <testcase classname="Shop.Loop #2" name="request #2" time="0.000"/>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn skipped_requests_are_skipped_cases() {
    let mut skipped = execution(item(&[], "r"), 0, vec![]);
    skipped.skipped = true;

    assert_snapshot!(of(vec![skipped]), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="Shop" tests="1" failures="0" errors="0" time="0.368">
      <testsuite name="r" id="0" timestamp="2026-11-25T01:04:44Z" tests="1" failures="0" errors="0" skipped="1" time="0.000">
        <testcase classname="Shop.r" name="request" time="0.000">
          <skipped message="the request was skipped"/>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn hostile_text_makes_no_invalid_xml() {
    let hostile = "\u{1b}[31mred\u{1b}[0m \0 \u{b} ]]> <![CDATA[ & \" ' \n \u{fffe} 😀 日本";
    let step = Step::Unsendable {
        origin: ExchangeOrigin::Item,
        method: hostile.to_owned(),
        url: hostile.to_owned(),
        reason: hostile.to_owned(),
        hint: Some(hostile.to_owned()),
        transport: None,
    };
    let steps = vec![
        step,
        sent(
            ExchangeOrigin::Item,
            exchange("/x", Ok(response(200, hostile, hostile.as_bytes()))),
        ),
        failed(hostile, 0, hostile),
        passed("", 1),
        log(ConsoleLevel::Log, &[hostile]),
    ];

    let text = of(vec![execution(item(&[hostile], hostile), 0, steps)]);

    let document = Document::parse(&text).unwrap();
    let error = document
        .descendants()
        .find(|node| node.has_tag_name("error"))
        .unwrap();
    assert_eq!(
        error.attribute("message"),
        Some("red \u{fffd} \u{fffd} ]]> <![CDATA[ & \" ' \n \u{fffd} 😀 日本")
    );
    let output = document
        .descendants()
        .find(|node| node.has_tag_name("system-out"))
        .unwrap();
    assert_eq!(output.text(), error.attribute("message"));
}

#[test]
fn very_long_texts_are_cut() {
    let long = "x".repeat(1_000_000);
    let steps = vec![
        sent(
            ExchangeOrigin::Item,
            exchange("/x", Ok(response(200, "OK", long.as_bytes()))),
        ),
        failed(&long, 0, &long),
        log(ConsoleLevel::Log, &[&long]),
    ];

    let text = of(vec![execution(item(&[], &long), 0, steps)]);

    assert!(text.len() < 60_000, "{} bytes", text.len());
}

#[test]
fn a_run_that_was_interrupted_is_no_success() {
    let run = || events(vec![execution(item(&[], "r"), 0, vec![answered("/x")])]);

    let interrupted = checked(ending(run(), RunEnd::Interrupted));
    let mut cut_off = run();
    cut_off.truncate(3);
    let cut_off = checked(cut_off);

    assert_snapshot!(interrupted, @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="Shop" tests="2" failures="0" errors="1" time="0.368">
      <testsuite name="r" id="0" timestamp="2026-11-25T01:04:44Z" tests="1" failures="0" errors="0" skipped="0" time="0.045">
        <testcase classname="Shop.r" name="request" time="0.045"/>
      </testsuite>
      <testsuite name="Shop" id="1" timestamp="2026-11-25T01:04:44Z" tests="1" failures="0" errors="1" skipped="0" time="0.000">
        <testcase classname="Shop" name="run" time="0.000">
          <error type="Interrupted" message="the run was interrupted after 1 of 1 requests">the run was interrupted after 1 of 1 requests</error>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
    assert_snapshot!(cut_off, @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="Shop" tests="1" failures="0" errors="1" time="0.000">
      <testsuite name="Shop" id="0" timestamp="2026-11-25T01:04:44Z" tests="1" failures="0" errors="1" skipped="0" time="0.000">
        <testcase classname="Shop" name="run" time="0.000">
          <error type="Interrupted" message="the run was interrupted after 0 of 1 requests">the run was interrupted after 0 of 1 requests</error>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn a_run_without_items_is_valid() {
    assert_snapshot!(of(vec![]), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="Shop" tests="0" failures="0" errors="0" time="0.368">
    </testsuites>
    "#);
}

#[test]
fn a_folder_gets_a_file_with_a_name_that_tells_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(Paper::default());
    options
        .exports
        .insert(NAME.to_owned(), folder.path().to_owned());

    let errors = report(&[NAME], options, &Secrets::default(), events(vec![]));

    assert!(errors.is_empty());
    let path = folder
        .path()
        .join("postrider-run-report-2026-11-25-01-04-44-304-0.xml");
    assert!(read(&path).ends_with("</testsuites>\n"));
}
