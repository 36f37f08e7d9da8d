//! Values that are drawn anew at each place, as seen on the wire.

use serde_json::{Value, json};

use crate::support::{Answer, Postrider, Server, collection, environment, post};

const TOKENS: &str =
    "{{$guid}} {{$guid}} {{$randomInt}} {{$randomFullName}} {{$randomEmail}} {{$randomLoremText}}";

fn server() -> Server {
    Server::start(|_| Answer::ok(""))
}

/// Two requests with dynamic variables in script and body, the second one after scripts of the first.
fn requests(server: &Server) -> Value {
    let item = |name: &str| {
        let mut item = post(name, server.url("/"), &format!("{TOKENS} {{{{drawn}}}}"));
        item["event"] = json!([{
            "listen": "prerequest",
            "script": {"exec": [
                "pm.variables.set('drawn', pm.variables.replaceIn('{{$randomUUID}}')",
                "  + pm.environment.replaceIn('{{$randomWords}}'));"
            ]}
        }]);
        item
    };
    collection(json!([item("A"), item("B")]))
}

fn bodies(arguments: &[&str]) -> Vec<String> {
    let server = server();
    Postrider::run_collection(&requests(&server), arguments).expect_code(0);
    let requests = server.requests();
    requests
        .iter()
        .map(|request| request.text().to_owned())
        .collect()
}

#[test]
fn a_seed_repeats_the_values_of_requests_and_scripts() {
    let arguments = ["--seed", "42", "-n", "2"];

    assert_eq!(bodies(&arguments), bodies(&arguments));
}

#[test]
fn no_two_requests_get_the_same_values() {
    for arguments in [["-n", "2"].as_slice(), &["-n", "2", "--seed", "42"]] {
        let mut bodies = bodies(arguments);
        bodies.sort();
        bodies.dedup();

        assert_eq!(bodies.len(), 4);
        assert!(bodies.iter().all(|body| !body.contains("{{")));
    }
}

#[test]
fn another_seed_or_none_gives_other_values() {
    let first = bodies(&["--seed", "1"]);

    assert_ne!(first, bodies(&["--seed", "2"]));
    assert_ne!(first, bodies(&[]));
}

#[test]
fn a_variable_of_the_user_wins_over_a_dynamic_one() {
    let server = server();
    let collection = collection(json!([post("A", server.url("/"), "{{$guid}}")]));

    Postrider::with_collection(&collection)
        .file(
            "environment.json",
            environment(&[("$guid", "mine")]).to_string(),
        )
        .arguments(&["-e", "environment.json"])
        .run()
        .expect_code(0);

    assert_eq!(server.requests()[0].text(), "mine");
}

#[test]
fn an_unknown_name_stays_and_a_near_one_is_offered() {
    let server = server();
    let collection = collection(json!([post("A", server.url("/"), "{{$randomEmial}}")]));

    let outcome = Postrider::run_collection(&collection, &[]).expect_code(0);

    assert_eq!(server.requests()[0].text(), "{{$randomEmial}}");
    insta::assert_snapshot!(outcome.message(), @r"
    exit code: 0
    warning: the variable `$randomEmial` in `A` has no value (did you mean `$randomEmail`?)
    ");
}

#[test]
fn a_seed_is_a_number() {
    let outcome = Postrider::run_collection(&collection(json!([])), &["--seed", "abc"]);

    insta::assert_snapshot!(outcome.expect_code(2).message(), @r"
    exit code: 2
    error: invalid value 'abc' for '--seed <NUMBER>': the value must be a whole number from 0 to 18446744073709551615

    For more information, try '--help'.
    ");
}
