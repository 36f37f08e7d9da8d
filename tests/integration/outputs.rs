//! Variables for the next program.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection};

const SCRIPT: &str = "\
    pm.environment.set('runId', '7f3a');\
    pm.collectionVariables.set('count', 2);\
    pm.globals.set('list', [1, {a: 'b c'}]);\
    pm.environment.set('lines', 'one\\ntwo');\
    pm.environment.set('empty', '');\
    pm.environment.set('greeting', 'it is top-secret-value');";

fn project(server: &Server, script: &str) -> Postrider {
    let item: Value = json!({
        "name": "A",
        "request": server.url("/"),
        "event": [{"listen": "test", "script": {"exec": script}}]
    });
    let environment = json!({"name": "E", "values": [
        {"key": "hidden", "value": "top-secret-value", "type": "secret"}
    ]});
    Postrider::with_collection(&collection(json!([item])))
        .file("e.json", environment.to_string())
        .arguments(&["-e", "e.json"])
}

fn run(arguments: &[&str]) -> Outcome {
    let server = Server::start(|_| Answer::ok(""));
    project(&server, SCRIPT).arguments(arguments).run()
}

#[test]
fn a_value_alone_is_printed_when_nothing_else_is() {
    let outcome = run(&["--silent", "--output", "runId"]).expect_code(0);

    assert_eq!(outcome.stdout, "7f3a\n");
    assert_eq!(outcome.stderr, "");
}

#[test]
fn a_report_in_a_file_leaves_the_console_to_the_values() {
    let flags = ["-r", "json", "--reporter-json-export", "r.json"];
    let outputs = ["--output", "count", "--output", "list", "--output", "empty"];
    let outcome = run(&[&flags[..], &outputs].concat()).expect_code(0);

    assert_eq!(outcome.stdout, "2\n[1,{\"a\":\"b c\"}]\n\n");
    assert!(outcome.has_file("r.json"));
}

#[test]
fn values_stand_with_their_names_below_a_report() {
    for reporter in ["cli", "tap", "teamcity"] {
        let outputs = ["--output", "runId", "--output", "count"];
        let outcome = run(&[&["-r", reporter], &outputs[..]].concat()).expect_code(0);

        let report = outcome.stdout.strip_suffix("runId=7f3a\ncount=2\n");
        assert!(
            report.is_some_and(|report| report.len() > 20),
            "{}",
            outcome.stdout
        );
    }
}

#[test]
fn a_file_takes_the_values_with_their_types_and_the_console_none() {
    let names = ["runId", "count", "list", "lines", "empty", "runId"];
    let mut arguments = vec!["--silent", "--outputs", "out/o.json"];
    arguments.extend(names.iter().flat_map(|name| ["--output", *name]));
    let outcome = run(&arguments).expect_code(0);

    assert_eq!(outcome.stdout, "");
    assert_snapshot!(outcome.read("out/o.json"), @r#"
    {
      "runId": "7f3a",
      "count": 2,
      "list": [
        1,
        {
          "a": "b c"
        }
      ],
      "lines": "one\ntwo",
      "empty": ""
    }
    "#);
}

#[test]
fn a_shell_reads_back_what_a_dotenv_file_holds() {
    let server = Server::start(|_| Answer::ok(""));
    let script = r#"pm.environment.set('odd', 'it\'s $HOME `x` "y" \\\\ #\n end'); pm.environment.set('list', [1, 'a b']);"#;
    let outcome = project(&server, script)
        .arguments(&["--output", "odd", "--output", "list", "--outputs", "ci.env"])
        .run()
        .expect_code(0);

    let read = std::process::Command::new("sh")
        .args(["-c", r#". "$0"; printf '%s|%s' "$odd" "$list""#])
        .arg(outcome.path("ci.env"))
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8(read.stdout).unwrap(),
        "it's $HOME `x` \"y\" \\\\ #\n end|[1,\"a b\"]"
    );
}

#[test]
fn the_file_of_github_keeps_what_others_have_written() {
    let server = Server::start(|_| Answer::ok(""));
    let expected = "before=1\nrunId=7f3a\nlines<<POSTRIDER_END\none\ntwo\nPOSTRIDER_END\n";
    for flags in [["--outputs-format", "github"], ["--outputs", "step"]] {
        let outcome = project(&server, SCRIPT)
            .file("step", "before=1")
            .variable("GITHUB_OUTPUT", "step")
            .arguments(&["--output", "runId", "--output", "lines"])
            .arguments(&flags)
            .run()
            .expect_code(0);

        assert_eq!(outcome.read("step"), expected);
    }
}

#[test]
fn secrets_are_handed_on_only_on_demand() {
    let outputs = ["--output", "hidden", "--output", "greeting"];
    let outcome = run(&[&["--silent"], &outputs[..]].concat()).expect_code(0);

    assert_eq!(outcome.stdout, "***\nit is ***\n");
    assert_snapshot!(outcome.message(), @"
    exit code: 0
    warning: the output `hidden` holds a secret, which is written as *** (--show-secrets hands it on)
    warning: the output `greeting` holds a secret, which is written as *** (--show-secrets hands it on)
    ");

    let outcome = run(&[&["--silent", "--show-secrets"], &outputs[..]].concat()).expect_code(0);
    assert_eq!(outcome.stdout, "top-secret-value\nit is top-secret-value\n");
    assert_eq!(outcome.stderr, "");

    let file = [&["--outputs", "o.json"], &outputs[..]].concat();
    let written = run(&file).expect_code(0).json("o.json");
    assert_eq!(written, json!({"hidden": "***", "greeting": "it is ***"}));
}

#[test]
fn a_variable_that_is_not_set_is_an_error_after_the_reports() {
    let report = ["-r", "json", "--reporter-json-export", "r.json"];
    let outputs = ["--output", "runID", "--output", "count", "--output", "xyz"];
    let outcome = run(&[&report[..], &outputs].concat());

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 5
    --- stdout

    2

    --- stderr
    error: the output `runID` is not set

    hint: did you mean `runId`?
    error: the output `xyz` is not set

    hint: set it in a script, `pm.environment.set("xyz", value)`, or capture it with a rule
    "#);
    assert!(outcome.has_file("r.json"));
}

#[test]
fn a_failure_of_the_run_wins_over_a_variable_that_is_not_set() {
    let server = Server::start(|_| Answer::ok(""));
    project(&server, "pm.test('t', () => { throw new Error('no'); });")
        .arguments(&["--silent", "--output", "runId"])
        .run()
        .expect_code(1);
}

#[test]
fn a_file_that_cannot_be_written_wins_over_a_failure_of_the_run() {
    let server = Server::start(|_| Answer::ok(""));
    let outcome = project(
        &server,
        "pm.environment.set('runId', 1); throw new Error('no');",
    )
    .file("taken", "")
    .arguments(&["--silent", "--output", "runId", "--outputs", "taken/o.json"])
    .run();

    assert_snapshot!(outcome.message().lines().take(2).collect::<Vec<_>>().join("\n"), @"
    exit code: 5
    error: cannot export the outputs
    ");
}

#[test]
fn what_cannot_be_written_is_told_before_anything_is_sent() {
    let server = Server::start(|_| Answer::ok("")).never_called();
    let message = |arguments: &[&str]| {
        let outcome = project(&server, SCRIPT).arguments(arguments).run();
        outcome
            .message()
            .lines()
            .take(2)
            .collect::<Vec<_>>()
            .join("\n")
    };

    let messages = [
        message(&["--output", "a", "--outputs", "out.txt"]),
        message(&["--output", "a", "--outputs-format", "github"]),
        message(&["--output", "a", "--outputs-format", "dotenv"]),
        message(&["--output", "run-id", "--outputs", "o.env"]),
        message(&["--outputs", "o.env"]),
    ];
    assert_snapshot!(messages.join("\n"), @"
    exit code: 2
    error: cannot use `out.txt` for `--outputs`: its ending says no form; add --outputs-format json, dotenv or github
    exit code: 2
    error: cannot use `github` for `--outputs-format`: GITHUB_OUTPUT is not set, and no --outputs names a file
    exit code: 2
    error: cannot use `dotenv` for `--outputs-format`: no --outputs names a file
    exit code: 2
    error: cannot use `run-id` for `--output`: a name in this file is letters, digits and `_`, and begins with no digit
    exit code: 2
    error: the following required arguments were not provided:
    ");
}

#[test]
fn names_and_file_can_stand_in_the_file_of_defaults() {
    let server = Server::start(|_| Answer::ok(""));
    let outcome = project(&server, SCRIPT)
        .file(
            "postrider.toml",
            "output = ['runId', 'count']\noutputs = 'out/o.env'\n",
        )
        .run()
        .expect_code(0);

    assert_eq!(outcome.read("out/o.env"), "runId=7f3a\ncount=2\n");
}
