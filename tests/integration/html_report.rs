//! The HTML report, made by the program and taken apart.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

/// Runs two requests, one of which fails and draws something.
fn run(arguments: &[&str]) -> Outcome {
    run_with_template("", arguments)
}

/// With a file `own.hbs` beside the collection.
fn run_with_template(template: &str, arguments: &[&str]) -> Outcome {
    let server = Server::start(|request| match request.target() {
        "/a" => Answer::json(&json!({"name": "</script>"})),
        _ => Answer::status("404 Not Found").body("no such thing"),
    });
    let script = "pm.test('status is 200', () => pm.expect(pm.response.code).to.equal(200));\
        console.log('seen'); pm.visualizer.set('<b>{{name}}</b>', {name: '<Ann>'});";
    let mut failing = get("B", server.url("/b"));
    failing["event"] = json!([{"listen": "test", "script": {"exec": [script]}}]);
    let items = json!([{"name": "Folder", "item": [get("A", server.url("/a")), failing]}]);
    Postrider::with_collection(&collection(items))
        .file("own.hbs", template)
        .arguments(&["-r", "html"])
        .arguments(arguments)
        .run()
}

/// The records of the packets of a class.
fn records(page: &str, class: &str) -> Vec<Value> {
    page.split(&format!("<script type=\"text/plain\" class=\"{class}\">"))
        .skip(1)
        .flat_map(|rest| {
            let packet = rest.split('<').next().unwrap();
            let packed = STANDARD.decode(packet).unwrap();
            let mut json = String::new();
            GzDecoder::new(packed.as_slice())
                .read_to_string(&mut json)
                .unwrap();
            serde_json::from_str::<Vec<Value>>(&json).unwrap()
        })
        .collect()
}

#[test]
fn the_html_report_is_one_file_with_everything() {
    let outcome = run(&["--reporter-html-export", "report.html"]).expect_code(1);

    assert_eq!(outcome.stdout, "");
    assert_eq!(
        outcome.files(),
        ["collection.json", "own.hbs", "report.html"]
    );
    let page = outcome.read("report.html");
    assert!(page.starts_with("<!doctype html>\n"));
    assert!(page.ends_with("</html>\n"));
    assert!(page.contains("<title>failed: Sample</title>"));
    let rows = records(&page, "rows");
    let details = records(&page, "details");
    assert_eq!((rows.len(), details.len()), (2, 2));
    assert_eq!(rows[1]["e"][0]["m"], "expected 404 to equal 200");
    assert_eq!(
        details[0]["steps"][0]["response"]["body"]["text"],
        "{\"name\":\"</script>\"}"
    );
    let seen = details[1]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["step"] == "console");
    assert_eq!(seen.unwrap()["text"], "'seen'");
    assert_eq!(
        details[1]["visualization"],
        json!({"html": "<b>&lt;Ann&gt;</b>"})
    );
}

#[test]
fn the_html_report_has_the_title_that_is_wanted() {
    let outcome = run(&[
        "--reporter-html-export",
        "report.html",
        "--reporter-html-title",
        "Night & day",
    ]);

    let page = outcome.read("report.html");
    assert!(page.contains("<title>failed: Night &amp; day</title>"));
}

#[test]
fn the_html_report_follows_a_template_of_ones_own() {
    let template = "{{collection}}: {{assertions.failed}} of {{assertions.total}}\n\
        {{#requests}}\n- {{#each folders}}{{this}}/{{/each}}{{name}} {{code}}\n{{/requests}}\n";
    let arguments = [
        "--reporter-html-template",
        "own.hbs",
        "--reporter-html-export",
        "report.txt",
    ];

    let outcome = run_with_template(template, &arguments).expect_code(1);

    assert_snapshot!(outcome.read("report.txt"), @"
    Sample: 1 of 1
    - Folder/A 200
    - Folder/B 404
    ");
}

/// A run that ends before its first request.
fn refused(template: &str) -> Outcome {
    Postrider::with_collection(&collection(json!([get("A", "http://127.0.0.1:1/")])))
        .file("own.hbs", "<p>\n{{#if failures}}\n")
        .arguments(&["-r", "cli,html", "--reporter-html-template", template])
        .run()
}

#[test]
fn a_template_that_is_not_there_is_told_before_the_run() {
    assert_snapshot!(refused("none.hbs").to_snapshot(), @r#"
    exit code: 3
    --- stderr
    error: cannot read the template of the html report
      caused by: cannot read `none.hbs`: there is no such file

    hint: check the spelling and the folder postrider was started in
    "#);
}

#[test]
fn a_template_that_is_wrong_is_told_before_the_run() {
    assert_snapshot!(refused("own.hbs").to_snapshot(), @r#"
    exit code: 3
    --- stderr
    error: cannot use the template `own.hbs` of the html report
      caused by: line 3, column 1: an expression is not handlebars, or a block is not closed

    hint: `docs/report-html.md` in the repository says what a template can do
    "#);
}

#[test]
fn a_template_that_cannot_be_filled_in_is_told_after_the_run() {
    let template = "<p>\n{{shout title}}\n";

    let arguments = [
        "--reporter-html-template",
        "own.hbs",
        "--reporter-html-export",
        "report.html",
    ];

    let outcome = run_with_template(template, &arguments);

    assert_snapshot!(outcome.message(), @r#"
    exit code: 5
    error: cannot use the template `own.hbs` of the html report
      caused by: line 2, column 1: Helper not found shout

    hint: `docs/report-html.md` in the repository says what a template can do
    "#);
    assert_eq!(outcome.files(), ["collection.json", "own.hbs"]);
}
