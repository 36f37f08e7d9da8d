//! `postrider emulator` as a server of its own.

use std::sync::Mutex;

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{
    ARTICLE, ARTICLE_RULES, Answer, ENVIRONMENT, Outcome, Postrider, Running, Server, get,
    packaged, packaged_json, run_article,
};

/// A running emulator, its introduction and its port.
fn start() -> (Running, String, String) {
    let mut running = Postrider::new()
        .arguments(&["emulator", "--port", "0", "--ca-out", "ca.pem"])
        .spawn();
    let introduction = running.wait_for_stdout("Ctrl-C ends it.");
    let address = introduction.lines().next().unwrap();
    let port = address.rsplit(':').next().unwrap().to_owned();
    (running, introduction, port)
}

/// The arguments that send the emulated hosts to a port.
fn connect_to(port: &str) -> Vec<String> {
    [
        "login.microsoftonline.com",
        "management.azure.com",
        "*.dev.azuresynapse.net",
    ]
    .iter()
    .flat_map(|host| {
        [
            "--connect-to".to_owned(),
            format!("{host}:443:127.0.0.1:{port}"),
        ]
    })
    .collect()
}

fn run(run: Postrider, emulator_ca: &str, port: &str) -> Outcome {
    let rules = connect_to(port);
    let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
    run.arguments(&rules)
        .arguments(&["--ssl-extra-ca-certs", emulator_ca])
        .run()
}

#[test]
fn the_emulator_prints_its_address_its_ca_file_and_the_ids_to_use() {
    let (emulator, introduction, port) = start();
    emulator.kill();

    let text = introduction.replace(&port, "<port>");
    assert_snapshot!(text, @r"
    address: https://127.0.0.1:<port>
    ca: ca.pem

    variables of the emulated subscription:
      tenantId             11111111-1111-4111-8111-111111111111
      clientId             22222222-2222-4222-8222-222222222222
      clientSecret         emulator~only.secret
      subscriptionId       33333333-3333-4333-8333-333333333333
      resourceGroupName    rg-demo
      workspaceName        ws-demo
      pipelineName         pl-demo
      sparkJobDefinition   job-demo
      sparkPoolName        sparkpool1
      notebookName         nb-demo
      triggerName          tr-nightly
      sqlPoolName          sqlpool1

    postrider reaches it with
      postrider run COLLECTION -e ENVIRONMENT --ssl-extra-ca-certs ca.pem \
        --connect-to 'login.microsoftonline.com:443:127.0.0.1:<port>' \
        --connect-to 'management.azure.com:443:127.0.0.1:<port>' \
        --connect-to '*.dev.azuresynapse.net:443:127.0.0.1:<port>'

    Ctrl-C ends it.
    ");
}

#[test]
fn the_articles_flow_runs_against_it() {
    let (emulator, _, port) = start();
    let ca = emulator.path("ca.pem").to_string_lossy().into_owned();

    run(run_article(), &ca, &port).expect_code(0);

    emulator.kill();
}

#[test]
fn without_its_ca_file_it_is_not_trusted_and_the_hint_says_what_to_do() {
    let (emulator, _, port) = start();
    let rules = connect_to(&port);
    let rules: Vec<&str> = rules.iter().map(String::as_str).collect();

    let outcome = run_article()
        .arguments(&rules)
        .arguments(&[
            "--folder",
            "Get Management Token",
            "--reporter-cli-no-summary",
        ])
        .run();

    emulator.kill();
    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Azure Synapse, as in the article

    → Get Management Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [errored]
         cannot trust login.microsoftonline.com:443: its certificate comes from an issuer that is not trusted
         hint: pass the server's CA with --ssl-extra-ca-certs, or --insecure to skip the check

      #  failure  detail

     1.  Error    cannot trust login.microsoftonline.com:443: its certificate comes from an issuer that is not trusted
                  at request
                  inside "Get Management Token"
                  hint: pass the server's CA with --ssl-extra-ca-certs, or --insecure to skip the check
    "#);
}

#[test]
fn when_it_stops_half_way_the_run_fails_and_the_hint_says_what_to_do() {
    let (emulator, _, port) = start();
    let ca = std::fs::read_to_string(emulator.path("ca.pem")).unwrap();
    let emulator = Mutex::new(Some(emulator));
    // A request between the others holds the run up until the emulator has gone.
    let switch = Server::start(move |_| {
        let running = emulator.lock().unwrap().take();
        running.unwrap().kill();
        Answer::ok("")
    });
    let mut collection = packaged_json(ARTICLE);
    let items = collection["item"].as_array_mut().unwrap();
    items.insert(3, get("Switch it off", switch.url("/")));

    let article = Postrider::with_collection(&collection)
        .file("ca.pem", ca)
        .arguments(&[
            "-e",
            &packaged(ENVIRONMENT),
            "--rules",
            &packaged(ARTICLE_RULES),
            "--bail",
            "--reporter-cli-no-summary",
        ]);
    let outcome = run(article, "ca.pem", &port);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Azure Synapse, as in the article

    → Get Management Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [200 OK, <size>, <time>]
      ✓  status is 200
      ✓  $.token_type equals "Bearer"
      ✓  capture managementToken from $.access_token

    → Get Workspace Details
      GET https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo/providers/Microsoft.Synapse/workspaces/ws-demo?api-version=2019-06-01-preview [200 OK, <size>, <time>]
      ✓  status is 200
      ✓  $.name equals "{{workspaceName}}"
      ✓  $.properties.provisioningState equals "Succeeded"

    → Get Data Plane Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [200 OK, <size>, <time>]
      ✓  status is 200
      ✓  $.token_type equals "Bearer"
      ✓  capture dataToken from $.access_token

    → Switch it off
      GET http://127.0.0.1:<port>/ [200 OK, <size>, <time>]

    → Execute Pipeline
      POST https://ws-demo.dev.azuresynapse.net/pipelines/pl-demo/createRun?api-version=2019-06-01-preview&referencePipelineRunId= [errored]
         connect ECONNREFUSED ws-demo.dev.azuresynapse.net:443
         hint: start the server, or check host and port of the request's URL

    The run was stopped at a failure, as --bail asks.

      #  failure  detail

     1.  Error    connect ECONNREFUSED ws-demo.dev.azuresynapse.net:443
                  at request
                  inside "Execute Pipeline"
                  hint: start the server, or check host and port of the request's URL
    "#);
}

#[test]
fn a_port_that_is_taken_is_told() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();

    let outcome = Postrider::new()
        .arguments(&["emulator", "--port", &port])
        .run();

    assert_snapshot!(outcome.to_snapshot().replace(&port, "<port>"), @"
    exit code: 2
    --- stderr
    error: cannot start the emulator
      caused by: cannot listen on `127.0.0.1:<port>`
      caused by: Address already in use (os error 98)

    hint: another program listens there; choose another port, or 0 for any free one
    ");
}

#[test]
fn a_ca_file_that_cannot_be_written_is_told() {
    let outcome = Postrider::new()
        .file("occupied", "")
        .arguments(&["emulator", "--port", "0", "--ca-out", "occupied/ca.pem"])
        .run();

    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 5
    --- stderr
    error: cannot write the emulator's CA certificate
      caused by: cannot make the folder `occupied`
      caused by: File exists (os error 17)

    hint: check the path, its permissions and the free space
    ");
}

#[test]
fn the_emulator_inside_a_run_is_not_reached_by_other_names() {
    let server = Server::start(|_| Answer::ok(""));
    let collection = crate::support::collection(json!([get("A", server.url("/"))]));

    Postrider::run_collection(&collection, &["--emulator"]).expect_code(0);

    assert_eq!(server.lines(), ["GET /"]);
}
