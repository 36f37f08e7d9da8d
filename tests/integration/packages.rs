//! Packages for `pm.require`.

use std::process::{Command, Stdio};

use serde_json::json;

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

const FILES: [(&str, &str); 5] = [
    (
        "packages/@team/tools.js",
        "let count = 0; module.exports = { next: () => ++count, name: pm.info.requestName, legacy: typeof tests };",
    ),
    (
        "packages/npm/left@1.0.0/package.json",
        r#"{"main": "lib/main.js"}"#,
    ),
    (
        "packages/npm/left@1.0.0/lib/main.js",
        "const { pad } = require('./pad');\nconst _ = require('lodash');\nmodule.exports = { pad, pm: typeof pm, last: _.last([1, 2]), data: require('../data.json') };",
    ),
    (
        "packages/npm/left@1.0.0/lib/pad.js",
        "exports.pad = (text) => ' ' + text;",
    ),
    ("packages/npm/left@1.0.0/data.json", r#"{"a": 1}"#),
];

fn postrider(script: &str, url: String) -> Postrider {
    let mut item = get("A", url);
    item["event"] =
        json!([{"listen": "test", "script": {"exec": script.lines().collect::<Vec<_>>()}}]);
    FILES
        .iter()
        .fold(
            Postrider::with_collection(&collection(json!([item]))),
            |postrider, (name, text)| postrider.file(name, text),
        )
        .arguments(&["--packages", "packages"])
}

fn lock(postrider: Postrider) -> Postrider {
    let status = Command::new(env!("CARGO_BIN_EXE_postrider"))
        .args(["packages", "lock"])
        .arg(postrider.path("packages"))
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success());
    postrider
}

fn run(script: &str) -> Outcome {
    let server = Server::start(|_| Answer::ok("x"));
    lock(postrider(script, server.url("/"))).run()
}

#[test]
fn own_packages_share_pm_and_vendored_ones_do_not() {
    let outcome = run(
        "const tools = pm.require('@team/tools');\n\
         tools.next();\n\
         console.log(pm.require('@team/tools').next(), tools.name, tools.legacy);\n\
         const left = pm.require('npm:left');\n\
         console.log(left.pad('x'), left.pm, left.last, left.data.a, pm.require('npm:left@1.0.0') === left);",
    )
    .expect_code(0);

    let text = &outcome.stdout;
    assert!(text.contains("2, 'A', 'undefined'"), "{text}");
    assert!(text.contains("' x', 'undefined', 2, 1, true"), "{text}");
}

#[test]
fn a_package_that_is_not_there_is_told_with_those_that_are() {
    let outcome = run("pm.require('@team/tool');").expect_code(1);

    let text = outcome
        .stdout
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        text.contains("Cannot find package '@team/tool'; there are @team/tools, npm:left@1.0.0"),
        "{text}"
    );
}

#[test]
fn a_vendored_package_that_is_not_pinned_stops_the_run_before_it_begins() {
    let server = Server::start(|_| Answer::ok("x")).never_called();

    let outcome = postrider("", server.url("/")).run().expect_code(3);

    insta::assert_snapshot!(outcome.message(), @r"
    exit code: 3
    error: cannot use the packages
      caused by: `npm:left@1.0.0` is not pinned in `packages/packages.lock.json`

    hint: `postrider packages lock FOLDER` pins what is there
    ");
}
