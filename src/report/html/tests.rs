//! The page as a whole, taken apart as a browser would.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use insta::assert_snapshot;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::NAME;
use super::body::SHOWN_BYTES;
use super::packet::unpack;
use crate::http::{Exchange, Hop, Phases};
use crate::record::{
    ConsoleLevel, ExchangeOrigin, Execution, RunEnd, RunEvent, ScriptKind, Step, Visualization,
};
use crate::redact::Secrets;
use crate::report::Error;
use crate::report::samples::{
    Paper, answered, ending, events, exchange, execution, failed, file_report, item, log, options,
    passed, read, refused, report, response, script, script_failure, sent, skipped, unequal,
};

/// Texts that end a script, open a comment or have another meaning somewhere.
const HOSTILE: &str = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)> \" ' ` & \
    {{title}} \u{2028}\u{2029} \0 \u{1b}[31m \u{202e} javascript:alert(1) 😀";

const ROWS: &str = "<script type=\"text/plain\" class=\"rows\">";
const DETAILS: &str = "<script type=\"text/plain\" class=\"details\">";

fn written(events: Vec<RunEvent>) -> String {
    file_report(NAME, &Secrets::default(), events)
}

fn of(executions: Vec<Execution>) -> String {
    written(events(executions))
}

/// The page with these options, or why there is none.
fn with_options(
    flags: &[(&str, &str)],
    executions: Vec<Execution>,
    folder: &Path,
) -> Result<String, Vec<Error>> {
    let path = folder.join("report.html");
    let mut options = options(Paper::default());
    options.exports.insert(NAME.to_owned(), path.clone());
    options.flags = flags
        .iter()
        .map(|&(name, value)| ((NAME.to_owned(), name.to_owned()), Some(value.to_owned())))
        .collect();
    let errors = report(&[NAME], options, &Secrets::default(), events(executions));
    if errors.is_empty() {
        Ok(read(&path))
    } else {
        Err(errors)
    }
}

/// The contents of the script elements with this start tag.
fn scripts<'page>(page: &'page str, start: &str) -> Vec<&'page str> {
    page.split(start)
        .skip(1)
        .map(|rest| rest.split("</script>").next().unwrap())
        .collect()
}

fn rows(page: &str) -> Vec<Value> {
    scripts(page, ROWS)
        .into_iter()
        .flat_map(|packet| unpack(packet).unwrap())
        .collect()
}

fn details(page: &str) -> Vec<Value> {
    scripts(page, DETAILS)
        .into_iter()
        .flat_map(|packet| unpack(packet).unwrap())
        .collect()
}

fn facts(page: &str) -> Value {
    let found = scripts(page, "<script type=\"application/json\" id=\"run\">");
    serde_json::from_str(found[0]).unwrap()
}

fn own_script(page: &str) -> &str {
    scripts(page, "<script>")[0]
}

fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text))
}

/// The page without its style and script, and with its packets unpacked.
pub(in crate::report) fn readable(page: &str) -> String {
    let style = page.split("<style>").nth(1).unwrap();
    let style = style.split("</style>").next().unwrap();
    let policy = page.split("sha256-").nth(1).unwrap();
    let policy = policy.split("&#x27;").next().unwrap();
    let mut text = page
        .replace(own_script(page), "...")
        .replace(style, "...")
        .replace(policy, "<hash>")
        .replace(env!("CARGO_PKG_VERSION"), "<version>");
    for packet in scripts(page, ROWS)
        .into_iter()
        .chain(scripts(page, DETAILS))
    {
        let records: Vec<String> = unpack(packet)
            .unwrap()
            .iter()
            .map(Value::to_string)
            .collect();
        text = text.replace(packet, &format!("\n{}\n", records.join("\n")));
    }
    text
}

/// The same exchange, after a redirect over a new connection.
fn redirected(exchange: Exchange) -> Exchange {
    let after = |milliseconds| Some(Duration::from_millis(milliseconds));
    let hop = |url: &str, status, phases, total| Hop {
        method: "GET".to_owned(),
        url: url.to_owned(),
        status: Some(status),
        phases,
        total: Duration::from_millis(total),
    };
    let first = Phases {
        dns: after(1),
        connect: after(2),
        tls: after(3),
        wait: after(4),
        download: after(5),
    };
    let second = Phases {
        wait: after(25),
        download: after(5),
        ..Phases::default()
    };
    Exchange {
        hops: vec![
            hop("https://api.example.com/users", 302, first, 15),
            hop("https://api.example.com/all", 500, second, 30),
        ],
        ..exchange
    }
}

#[test]
fn a_run_is_one_page() {
    let run = vec![
        execution(
            item(&["Users"], "Create user"),
            0,
            vec![
                script(ScriptKind::Prerequest, None),
                log(ConsoleLevel::Warn, &["'creating'", "1"]),
                sent(
                    ExchangeOrigin::Item,
                    redirected(exchange(
                        "/users",
                        Ok(response(500, "Internal Server Error", b"no <space> left")),
                    )),
                ),
                passed("has a body", 0),
                unequal("status is 201", 1, "201", "500"),
                skipped("later", 2),
                script(ScriptKind::Test, None),
            ],
        ),
        execution(item(&[], "Health"), 0, vec![answered("/health")]),
    ];

    assert_snapshot!(readable(&of(run)), @r#"
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src &#x27;none&#x27;; script-src &#x27;sha256-<hash>&#x27;; style-src &#x27;unsafe-inline&#x27;; img-src data:; base-uri &#x27;none&#x27;; form-action &#x27;none&#x27;">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="postrider <version>">
    <title>failed: Shop</title>
    <style>...</style>
    </head>
    <body>
    <header class="top">
    <h1><span class="verdict failed">failed</span> <bdi>Shop</bdi></h1>
    <p class="facts">2026-11-25 01:04:44 UTC, 368 ms, postrider <version></p>
    <div id="buttons" class="buttons"></div>
    </header>
    <main>
    <section aria-labelledby="summary-heading">
    <h2 id="summary-heading">Summary</h2>
    <dl class="tiles">
    <div><dt>requests</dt><dd>2</dd><dd class="part">0 failed</dd></div>
    <div><dt>assertions</dt><dd>3</dd><dd class="part failed">1 failed</dd></div>
    <div><dt>failures</dt><dd class="failed">1</dd><dd class="part">of any kind</dd></div>
    <div><dt>iterations</dt><dd>1</dd><dd class="part">2 items</dd></div>
    <div><dt>response time</dt><dd>45 ms</dd><dd class="part">45 ms to 45 ms</dd></div>
    <div><dt>received</dt><dd>20 B</dd><dd class="part">content</dd></div>
    </dl>
    <div id="charts" class="charts"></div>
    </section>
    <div id="app">
    <section aria-labelledby="failures-heading">
    <h2 id="failures-heading">Failures</h2>
    <ol class="first-failures">
    <li><strong><bdi>Users / Create user</bdi></strong> (iteration 1): <bdi>status is 201</bdi><br><code>expected 500 to deeply equal 201</code> <span class="quiet">at assertion:1 in test-script:3:5</span></li>
    </ol>

    </section>
    <noscript>
    <p class="note">The requests, their bodies and the console are shown by this page's own script, which does not run here. Save the page and open it in a browser. In Jenkins, set a Resource Root URL, or the page is shown without its script and style.</p>
    </noscript>
    </div>
    </main>
    <script type="application/json" id="run">{"title":"Shop","collection":"Shop","environment":null,"version":"<version>","verdict":"failed","verdict_word":"failed","started":"2026-11-25 01:04:44 UTC","duration":"368 ms","duration_ms":368.0,"iterations":{"total":1,"failed":0},"items":{"total":2,"failed":0},"requests":{"total":2,"failed":0},"prerequest_scripts":{"total":1,"failed":0},"test_scripts":{"total":1,"failed":0},"assertions":{"total":3,"failed":1},"received":"20 B","response_times":{"count":2,"average":"45 ms","minimum":"45 ms","maximum":"45 ms","average_ms":45.0,"minimum_ms":45.0,"maximum_ms":45.0,"deviation_ms":0.0},"failure_count":1,"failures":[{"path":"Users / Create user","iteration":1,"test":"status is 201","message":"expected 500 to deeply equal 201","at":"assertion:1 in test-script:3:5"}],"more_failures":0}</script>
    <script type="text/plain" class="rows">
    {"n":"Create user","f":["Users"],"i":0,"v":"failed","m":"GET","u":"https://api.example.com/users","c":500,"r":"Internal Server Error","s":100.0,"t":45.0,"p":[["dns",1.0],["connect",2.0],["tls",3.0],["wait",4.0],["download",5.0],["wait",25.0],["download",5.0]],"z":15,"a":[1,1,1],"q":1,"e":[{"n":"status is 201","m":"expected 500 to deeply equal 201","a":"assertion:1 in test-script:3:5"}],"d":[0,0]}
    {"n":"Health","f":[],"i":0,"v":"passed","m":"GET","u":"https://api.example.com/health","c":200,"r":"OK","s":100.0,"t":45.0,"p":[],"z":5,"a":[0,0,0],"q":1,"e":[],"d":[0,1]}
    </script>
    <script type="text/plain" class="details">
    {"name":"Create user","folders":["Users"],"iteration":1,"verdict":"failed","failed":true,"method":"GET","url":"https://api.example.com/users","code":500,"status":"Internal Server Error","time_ms":45.0,"size_bytes":15,"failures":[{"kind":"assertion","name":"AssertionError","message":"expected 500 to deeply equal 201","at":"assertion:1 in test-script:3:5","test":"status is 201","expected":"201","actual":"500","place":{"owner":"Create user","script":"test","line":3,"column":5,"source":"    pm.expect(a).to.eql(b);"}}],"steps":[{"step":"script","script":"prerequest","owner":"Create user","time_ms":5.0},{"step":"console","level":"warn","text":"'creating' 1"},{"step":"request","origin":"item","method":"GET","url":"https://api.example.com/users","headers":[["Accept","*/*"],["X-Key","value"]],"start_ms":100.0,"time_ms":45.0,"hops":[{"method":"GET","url":"https://api.example.com/users","code":302,"time_ms":15.0,"phases":[["dns",1.0],["connect",2.0],["tls",3.0],["wait",4.0],["download",5.0]]},{"method":"GET","url":"https://api.example.com/all","code":500,"time_ms":30.0,"phases":[["wait",25.0],["download",5.0]]}],"response":{"code":500,"status":"Internal Server Error","version":"1.1","headers":[["Content-Type","text/plain"]],"body":{"bytes":15,"type":"text/plain","text":"no <space> left"}}},{"step":"assertion","name":"has a body","outcome":"passed"},{"step":"assertion","name":"status is 201","outcome":"failed","failure":{"kind":"assertion","name":"AssertionError","message":"expected 500 to deeply equal 201","at":"assertion:1 in test-script:3:5","test":"status is 201","expected":"201","actual":"500","place":{"owner":"Create user","script":"test","line":3,"column":5,"source":"    pm.expect(a).to.eql(b);"}}},{"step":"assertion","name":"later","outcome":"skipped"},{"step":"script","script":"test","owner":"Create user","time_ms":5.0}]}
    {"name":"Health","folders":[],"iteration":1,"verdict":"passed","failed":false,"method":"GET","url":"https://api.example.com/health","code":200,"status":"OK","time_ms":45.0,"size_bytes":5,"failures":[],"steps":[{"step":"request","origin":"item","method":"GET","url":"https://api.example.com/health","headers":[["Accept","*/*"],["X-Key","value"]],"start_ms":100.0,"time_ms":45.0,"hops":[],"response":{"code":200,"status":"OK","version":"1.1","headers":[["Content-Type","text/plain"]],"body":{"bytes":5,"type":"text/plain","text":"hello"}}}]}
    </script>
    <script>...</script>
    </body>
    </html>
    "#);
}

#[test]
fn everything_that_can_happen_is_in_the_details() {
    let mut all = execution(
        item(&["A", "B"], "r"),
        1,
        vec![
            script_failure(ScriptKind::Prerequest),
            sent(
                ExchangeOrigin::Script,
                exchange("/token", Ok(response(200, "OK", b""))),
            ),
            refused(),
            Step::Unsendable {
                origin: ExchangeOrigin::Item,
                method: "GET".to_owned(),
                url: "http://".to_owned(),
                reason: "the URL is empty".to_owned(),
                hint: Some("write one".to_owned()),
                transport: None,
            },
        ],
    );
    all.next_request = Some(None);

    let page = of(vec![execution(item(&[], "first"), 0, vec![]), all]);

    assert_snapshot!(serde_json::to_string_pretty(&details(&page)[1]).unwrap(), @r#"
    {
      "name": "r",
      "folders": [
        "A",
        "B"
      ],
      "iteration": 2,
      "verdict": "failed",
      "failed": true,
      "method": "GET",
      "url": "https://api.example.com/refused",
      "code": null,
      "status": "",
      "time_ms": 45.0,
      "size_bytes": null,
      "failures": [
        {
          "kind": "script",
          "name": "ReferenceError",
          "message": "user is not defined",
          "at": "prerequest-script:2:11",
          "place": {
            "owner": "Create user",
            "script": "prerequest",
            "line": 2,
            "column": 11,
            "source": "  let id = user.id;"
          }
        },
        {
          "kind": "request",
          "name": "Error",
          "message": "connect ECONNREFUSED 127.0.0.1:81",
          "at": "request",
          "hint": "start the server, or check host and port of the request's URL",
          "code": "ECONNREFUSED"
        },
        {
          "kind": "request",
          "name": "Error",
          "message": "the URL is empty",
          "at": "request",
          "hint": "write one"
        }
      ],
      "steps": [
        {
          "step": "script",
          "script": "prerequest",
          "owner": "Create user",
          "time_ms": 5.0,
          "failure": {
            "kind": "script",
            "name": "ReferenceError",
            "message": "user is not defined",
            "at": "prerequest-script:2:11",
            "place": {
              "owner": "Create user",
              "script": "prerequest",
              "line": 2,
              "column": 11,
              "source": "  let id = user.id;"
            }
          }
        },
        {
          "step": "request",
          "origin": "script",
          "method": "GET",
          "url": "https://api.example.com/token",
          "headers": [
            [
              "Accept",
              "*/*"
            ],
            [
              "X-Key",
              "value"
            ]
          ],
          "start_ms": 100.0,
          "time_ms": 45.0,
          "hops": [],
          "response": {
            "code": 200,
            "status": "OK",
            "version": "1.1",
            "headers": [
              [
                "Content-Type",
                "text/plain"
              ]
            ],
            "body": {
              "bytes": 0,
              "type": "text/plain"
            }
          }
        },
        {
          "step": "request",
          "origin": "item",
          "method": "GET",
          "url": "https://api.example.com/refused",
          "headers": [
            [
              "Accept",
              "*/*"
            ],
            [
              "X-Key",
              "value"
            ]
          ],
          "start_ms": 100.0,
          "time_ms": 45.0,
          "hops": [],
          "failure": {
            "kind": "request",
            "name": "Error",
            "message": "connect ECONNREFUSED 127.0.0.1:81",
            "at": "request",
            "hint": "start the server, or check host and port of the request's URL",
            "code": "ECONNREFUSED"
          }
        },
        {
          "step": "request",
          "origin": "item",
          "method": "GET",
          "url": "http://",
          "failure": {
            "kind": "request",
            "name": "Error",
            "message": "the URL is empty",
            "at": "request",
            "hint": "write one"
          }
        }
      ],
      "next_request": {
        "name": null
      }
    }
    "#);
}

#[test]
fn a_skipped_item_is_neither_passed_nor_failed() {
    let mut skipped = execution(item(&[], "r"), 0, vec![]);
    skipped.skipped = true;

    assert_eq!(rows(&of(vec![skipped]))[0]["v"], "skipped");
}

#[test]
fn nothing_from_outside_becomes_markup() {
    let mut hostile = execution(
        item(&[HOSTILE, HOSTILE], HOSTILE),
        0,
        vec![
            Step::Unsendable {
                origin: ExchangeOrigin::Script,
                method: HOSTILE.to_owned(),
                url: HOSTILE.to_owned(),
                reason: HOSTILE.to_owned(),
                hint: Some(HOSTILE.to_owned()),
                transport: None,
            },
            sent(
                ExchangeOrigin::Item,
                exchange(
                    HOSTILE,
                    Ok(response(200, HOSTILE, HOSTILE.replace('\0', "").as_bytes())),
                ),
            ),
            unequal(HOSTILE, 0, HOSTILE, HOSTILE),
            log(ConsoleLevel::Log, &[HOSTILE]),
            failed(HOSTILE, 1, HOSTILE),
        ],
    );
    hostile.visualization = Some(Arc::new(Visualization {
        template: "{{{a}}}".to_owned(),
        data: json!({"a": HOSTILE}),
    }));
    let harmless = of(vec![execution(
        item(&["f"], "r"),
        0,
        vec![answered("/x"), failed("a", 0, "b")],
    )]);
    let folder = tempfile::tempdir().unwrap();

    let page = with_options(&[("title", HOSTILE)], vec![hostile], folder.path()).unwrap();

    assert_eq!(tags(&page), tags(&harmless));
    assert_eq!(scripts(&page, "<script").len(), 4);
    assert!(!page.contains("<!--") || own_script(&page).contains("<!--"));
    let title = facts(&page)["title"].as_str().unwrap().to_owned();
    assert_eq!(title, HOSTILE.replace(['\0', '\u{1b}'], "\u{fffd}"));
    assert_eq!(rows(&page)[0]["n"], HOSTILE);
    assert_eq!(details(&page)[0]["steps"][3]["text"], HOSTILE);
    assert_eq!(details(&page)[0]["visualization"]["html"], HOSTILE);
}

/// The names of all tags outside the page's own script.
fn tags(page: &str) -> Vec<String> {
    let page = page.replace(own_script(page), "");
    let mut names: Vec<String> = page
        .split('<')
        .skip(1)
        .map(|rest| rest.split([' ', '>', '\n']).next().unwrap().to_owned())
        .collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn the_policy_allows_the_one_script_and_loads_nothing() {
    let page = of(vec![]);

    let policy = page.split("content=\"").nth(1).unwrap();
    let policy = policy.split('"').next().unwrap();
    let policy = policy.replace("&#x27;", "'").replace("&#x3D;", "=");
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; script-src 'sha256-{}'; style-src 'unsafe-inline'; img-src data:; \
             base-uri 'none'; form-action 'none'",
            hash(own_script(&page))
        )
    );
    let page = page.replace("http://www.w3.org/2000/svg", "");
    for address in ["http:", "https:", " src=", " href=", "url(", "@import"] {
        assert!(!page.contains(address), "{address}");
    }
}

#[test]
fn rows_lead_to_their_details() {
    let many = (0..3)
        .flat_map(|iteration| {
            (0..60).map(move |number| {
                let name = format!("item {number}");
                execution(item(&[], &name), iteration, vec![answered("/x")])
            })
        })
        .collect();

    let page = of(many);

    let packets: Vec<Vec<Value>> = scripts(&page, DETAILS)
        .into_iter()
        .map(|packet| unpack(packet).unwrap())
        .collect();
    let rows = rows(&page);
    assert_eq!((rows.len(), packets.len()), (180, 4));
    for row in rows {
        let place: (usize, usize) = serde_json::from_value(row["d"].clone()).unwrap();
        let detail = &packets[place.0][place.1];
        assert_eq!(detail["name"], row["n"]);
        assert_eq!(
            detail["iteration"].as_u64(),
            row["i"].as_u64().map(|iteration| iteration + 1)
        );
    }
}

#[test]
fn long_texts_are_cut_and_long_lists_end() {
    let long = "x".repeat(1_000_000);
    let outcome = Ok(response(200, &long, long.as_bytes()));
    let mut steps = vec![
        sent(ExchangeOrigin::Item, exchange(&format!("/{long}"), outcome)),
        failed(&long, 0, &long),
    ];
    steps.extend((0..2000).map(|_| log(ConsoleLevel::Log, &["'again'"])));
    steps.extend((1..2000).map(|index| passed("ok", index)));
    steps.push(failed("last", 2000, "no"));

    let page = of(vec![execution(item(&[], &long), 0, steps)]);

    let detail = &details(&page)[0];
    let body = &detail["steps"][0]["response"]["body"];
    assert_eq!(body["bytes"], 1_000_000);
    assert_eq!(body["shown"], SHOWN_BYTES);
    assert_eq!(detail["left_out"], 1500 + 1000);
    let last = detail["steps"].as_array().unwrap().last().unwrap();
    assert_eq!(last["name"], "last");
    let size = detail.to_string().len();
    assert!(size < 300_000, "{size} bytes");
    let size = rows(&page)[0].to_string().len();
    assert!(size < 10_000, "{size} bytes");
}

#[test]
fn only_the_first_failures_stand_in_the_page_itself() {
    let many = (0..30)
        .map(|number| {
            let steps = vec![failed("a", 0, "b"), failed("c", 1, "d")];
            execution(item(&[], &format!("item {number}")), 0, steps)
        })
        .collect();

    let page = of(many);

    assert_eq!(page.matches("<li><strong>").count(), 50);
    assert!(page.contains("<p>10 more failures are not listed here.</p>"));
}

#[test]
fn contents_are_left_out_on_demand() {
    let folder = tempfile::tempdir().unwrap();
    let run = vec![execution(item(&[], "r"), 0, vec![answered("/x")])];

    let page = with_options(&[("omit-bodies", "true")], run, folder.path()).unwrap();

    let response = &details(&page)[0]["steps"][0]["response"];
    assert_eq!(response["body"], json!({"bytes": 5, "omitted": "option"}));
}

#[test]
fn a_run_that_was_stopped_is_no_success() {
    let run = || events(vec![execution(item(&[], "r"), 0, vec![answered("/x")])]);
    let mut cut_off = run();
    cut_off.truncate(4);
    let verdict = |events| {
        let facts = facts(&written(events));
        let word = |name: &str| facts[name].as_str().unwrap().to_owned();
        (
            word("verdict"),
            word("verdict_word"),
            facts["requests"]["total"].clone(),
        )
    };
    let expected = |verdict: &str, word: &str| (verdict.to_owned(), word.to_owned(), json!(1));

    assert_eq!(verdict(run()), expected("passed", "passed"));
    for (end, word) in [
        (RunEnd::Interrupted, "interrupted"),
        (RunEnd::TimedOut, "ran out of time"),
    ] {
        assert_eq!(verdict(ending(run(), end)), expected("failed", word));
    }
    assert_eq!(verdict(cut_off), expected("failed", "interrupted"));
}

#[test]
fn a_template_of_ones_own_can_show_each_request() {
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("own.hbs");
    let text = "{{title}}: {{requests.total}} requests\n{{#requests}}\n{{@index}} {{name}} {{code}}\
        {{#each steps}}{{#if response}} {{response.body.text}}{{/if}}{{/each}}\n{{/requests}}\n\
        {{#requests}}{{iteration}}{{/requests}}\n";
    crate::files::write_atomically(&template, text.as_bytes()).unwrap();
    let run = vec![
        execution(item(&[], "<a>"), 0, vec![answered("/x")]),
        execution(item(&[], "b"), 0, vec![answered("/y")]),
    ];

    let page = with_options(
        &[("template", template.to_str().unwrap()), ("title", "Mine")],
        run,
        folder.path(),
    );

    assert_eq!(
        page.unwrap(),
        "Mine: 2 requests\n0 &lt;a&gt; 200 hello\n1 b 200 hello\n11\n"
    );
}

#[test]
fn data_and_requests_do_not_stand_inside_requests() {
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("own.hbs");
    crate::files::write_atomically(&template, b"{{#requests}}{{{data}}}{{/requests}}").unwrap();
    let run = vec![execution(item(&[], "r"), 0, vec![])];

    let errors = with_options(
        &[("template", template.to_str().unwrap())],
        run,
        folder.path(),
    )
    .unwrap_err();

    let Error::Template { source, .. } = &errors[0] else {
        panic!("{errors:?}");
    };
    assert_snapshot!(source, @r#"line 1, column 14: `requests` and `data` cannot stand inside `requests`"#);
    assert!(!folder.path().join("report.html").exists());
}

#[test]
fn a_disk_that_is_full_is_told() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let mut options = options(Paper::default());
    options.exports.insert(NAME.to_owned(), full.to_owned());

    let errors = report(&[NAME], options, &Secrets::default(), events(vec![]));

    assert!(
        matches!(errors.as_slice(), [Error::Export { reporter: NAME, .. }]),
        "{errors:?}"
    );
}
