//! What `--folder`, `--only`, `--exclude` and `--tag` select.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

fn items(url: &dyn Fn(&str) -> String) -> Value {
    let mut login = get("Login", url("/login"));
    login["id"] = json!("login-id");
    json!([
        {"name": "Auth", "item": [login]},
        {"name": "Orders", "item": [
            get("List [smoke]", url("/orders")),
            get("GET /orders/1", url("/orders/1")),
            {"name": "Admin [slow, write]", "item": [get("Delete all", url("/orders/delete"))]}
        ]},
        {"name": "Users", "item": [get("List", url("/users")), get("Create [write]", url("/users/create"))]}
    ])
}

fn sample() -> Value {
    collection(items(&|path| format!("http://127.0.0.1:1{path}")))
}

fn list(arguments: &[&str]) -> Outcome {
    Postrider::new()
        .file("c.json", sample().to_string())
        .arguments(&["list", "c.json"])
        .arguments(arguments)
        .run()
}

/// The last words of what is listed.
fn listed(arguments: &[&str]) -> Vec<String> {
    let outcome = list(arguments).expect_code(0);
    let lines = outcome.stdout.lines();
    lines
        .filter_map(|line| line.rsplit_once(":1/"))
        .map(|(_, path)| path.to_owned())
        .collect()
}

#[test]
fn only_takes_globs_over_paths() {
    assert_eq!(
        listed(&["--only", "Orders/*"]),
        ["orders", "orders/1", "orders/delete"]
    );
    assert_eq!(listed(&["--only", "Orders/L*"]), ["orders"]);
    assert_eq!(listed(&["--only", "**/List*"]), ["orders", "users"]);
    assert_eq!(
        listed(&["--only", "Users / List", "--only", "Auth"]),
        ["login", "users"]
    );
}

#[test]
fn only_takes_ids() {
    assert_eq!(listed(&["--only", "login-id"]), ["login"]);
}

#[test]
fn exclude_wins_over_what_selects() {
    assert_eq!(
        listed(&["--exclude", "Orders/Admin*"]),
        ["login", "orders", "orders/1", "users", "users/create"]
    );
    assert_eq!(
        listed(&[
            "--only",
            "Orders",
            "--exclude",
            "**/Delete*",
            "--exclude",
            "Orders/GET*"
        ]),
        ["orders"]
    );
}

#[test]
fn a_tag_of_a_folder_is_a_tag_of_everything_in_it() {
    assert_eq!(
        listed(&["--tag", "write"]),
        ["orders/delete", "users/create"]
    );
    assert_eq!(
        listed(&["--tag", "smoke", "--tag", "slow"]),
        ["orders", "orders/delete"]
    );
}

#[test]
fn different_flags_narrow_one_another() {
    assert_eq!(
        listed(&["--folder", "Users", "--tag", "write"]),
        ["users/create"]
    );
    assert_eq!(
        listed(&["--folder", "Users", "--only", "**/List"]),
        ["users"]
    );
}

#[test]
fn a_run_and_a_dry_run_take_the_same_flags() {
    let server = Server::start(|_| Answer::ok(""));
    let collection = collection(items(&|path| server.url(path)));
    let arguments = [
        "--only",
        "Users/**",
        "--exclude",
        "**/List",
        "--tag",
        "write",
    ];

    Postrider::run_collection(&collection, &arguments).expect_code(0);
    let dry = Postrider::with_collection(&collection)
        .arguments(&arguments)
        .arguments(&["--dry-run"])
        .run()
        .expect_code(0);

    assert_eq!(server.lines(), ["GET /users/create"]);
    let titles: Vec<&str> = dry
        .stdout
        .lines()
        .filter(|line| line.starts_with('#'))
        .collect();
    assert_eq!(titles, ["## Users / Create [write]"]);
}

#[test]
fn a_glob_that_nothing_matches_is_refused_with_a_near_path() {
    assert_snapshot!(list(&["--only", "Order/**", "--only", "Users"]).message(), @"
    exit code: 4
    error: cannot select what to run
      caused by: no folder or request matches `Order/**`

    hint: did you mean `Orders/**`?
    ");
    assert_snapshot!(list(&["--only", "Login"]).message(), @"
    exit code: 4
    error: cannot select what to run
      caused by: no folder or request matches `Login`

    hint: did you mean `Auth/Login`?
    ");
    assert_snapshot!(list(&["--only", "zzz"]).message(), @"
    exit code: 4
    error: cannot select what to run
      caused by: no folder or request matches `zzz`

    hint: a path begins at the collection, as in `Orders/Get order`, and `**` stands for any folders; `postrider list` prints all paths
    ");
}

#[test]
fn a_tag_that_nothing_has_is_refused_with_a_near_one() {
    assert_snapshot!(list(&["--tag", "smok"]).message(), @"
    exit code: 4
    error: cannot select what to run
      caused by: no folder or request has the tag `smok`

    hint: did you mean `smoke`?
    ");
    assert_snapshot!(list(&["--tag", "zzz"]).message(), @"
    exit code: 4
    error: cannot select what to run
      caused by: no folder or request has the tag `zzz`

    hint: a tag stands in brackets in the name of a request or folder, as in `Get order [smoke]`
    ");
}

#[test]
fn flags_that_leave_nothing_together_are_told() {
    assert_snapshot!(list(&["--folder", "Auth", "--only", "Users", "--tag", "write"]).message(), @"
    exit code: 4
    error: cannot select what to run
      caused by: no request of the collection `Sample` is left by `--folder`, `--only` and `--tag`

    hint: a request has to be selected by each of these flags, and by no `--exclude`; try it out with `postrider list`
    ");
}

#[test]
fn an_exclusion_that_leaves_out_nothing_is_told() {
    let outcome = list(&["--only", "Auth", "--exclude", "Orders/Admn*"]);

    assert_snapshot!(outcome.message(), @"
    exit code: 0
    warning: `--exclude Orders/Admn*` leaves out nothing (did you mean `Orders/Admin [slow, write]`?)
    ");
}

#[test]
fn a_broken_glob_is_refused() {
    assert_snapshot!(list(&["--only", "Orders/[a"]).message(), @"
    exit code: 2
    error: invalid value 'Orders/[a' for '--only <GLOB>': unclosed character class; missing ']'

    For more information, try '--help'.
    ");
}
