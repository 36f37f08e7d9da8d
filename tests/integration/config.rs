//! Defaults from `postrider.toml`.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Outcome, Postrider, collection, environment, get};

/// A project with a collection that shows where its values come from.
fn project(config: &str) -> Postrider {
    let items = json!([
        get("A", "http://127.0.0.1:1/{{v}}/{{w}}"),
        {"name": "F", "item": [get("B", "http://127.0.0.1:1/b")]}
    ]);
    Postrider::new()
        .file("postrider.toml", config)
        .file("c/c.json", collection(items).to_string())
        .file("e/local.json", environment(&[("v", "local")]).to_string())
        .file("e/ci.json", environment(&[("v", "ci")]).to_string())
}

fn run(config: &str, arguments: &[&str]) -> Outcome {
    project(config)
        .arguments(&["run", "--dry-run"])
        .arguments(arguments)
        .run()
}

/// The targets of the requests that would be sent.
fn targets(outcome: Outcome) -> Vec<String> {
    let outcome = outcome.expect_code(0);
    let lines = outcome.stdout.lines();
    lines
        .filter_map(|line| line.strip_prefix("GET http://127.0.0.1:1/"))
        .map(str::to_owned)
        .collect()
}

const BASE: &str =
    "collection = 'c/c.json'\nenvironment = 'e/local.json'\nfolder = ['A']\n[env-var]\nw = 1\n";
const CI: &str = "[profile.ci]\nenvironment = 'e/ci.json'\nenv-var = {w = 2}\n";

#[test]
fn the_collection_and_the_flags_come_from_the_file() {
    assert_eq!(targets(run(BASE, &[])), ["local/1"]);
}

#[test]
fn flags_win() {
    assert_eq!(targets(run(BASE, &["-e", "e/ci.json"])), ["ci/1"]);
    assert_eq!(targets(run(BASE, &["--env-var", "w=3"])), ["local/3"]);
    assert_eq!(targets(run(BASE, &["--folder", "B"])), ["b"]);
    assert_eq!(
        targets(run(
            "http2 = true\n",
            &["c/c.json", "--folder", "B", "--http1.1"]
        )),
        ["b"]
    );
    assert_eq!(
        targets(run(
            "iteration-count = 3\n",
            &["c/c.json", "--folder", "B", "-n", "1"]
        )),
        ["b"]
    );
}

#[test]
fn a_profile_wins_over_what_stands_above_it() {
    let config = format!("{BASE}{CI}");

    assert_eq!(targets(run(&config, &["--profile", "ci"])), ["ci/2"]);
    assert_eq!(
        targets(run(&config, &["--profile", "ci", "-e", "e/local.json"])),
        ["local/2"]
    );
    assert_eq!(targets(run(&config, &[])), ["local/1"]);
}

#[test]
fn a_profile_can_switch_off_what_is_on() {
    let config = format!(
        "newman-compat = true\n{BASE}[profile.plain]\nnewman-compat = false\nfolder = 'no-such'\n"
    );

    assert_eq!(run(&config, &["--folder", "no-such"]).code, Some(1));
    assert_eq!(run(&config, &["--profile", "plain"]).code, Some(4));
}

#[test]
fn no_file_counts_on_demand() {
    let outcome = run(
        "no such = thing",
        &["--no-config", "c/c.json", "--folder", "B"],
    );

    assert_eq!(targets(outcome), ["b"]);
}

#[test]
fn another_file_can_be_named_and_its_paths_begin_beside_it() {
    let outcome = project("")
        .file(
            "settings/other.toml",
            "collection = '../c/c.json'\nfolder = 'B'\n",
        )
        .arguments(&["run", "--config", "settings/other.toml", "--dry-run"])
        .run();

    assert_eq!(targets(outcome), ["b"]);
}

#[test]
fn the_file_is_looked_for_up_to_the_root_of_the_repository() {
    let started_in = |config: &str, border: &str| {
        project(config)
            .file(border, "")
            .file("c/deep/file", "")
            .arguments(&["run", "--dry-run"])
            .started_in("c/deep")
            .run()
    };

    assert_eq!(targets(started_in(BASE, ".git/HEAD")), ["local/1"]);
    assert_eq!(started_in(BASE, "c/.git").code, Some(2));
    assert_eq!(started_in(BASE, "no-repository").code, Some(2));
}

#[test]
fn list_takes_what_it_has_a_flag_for() {
    let outcome = project(BASE).arguments(&["list"]).run().expect_code(0);

    assert_snapshot!(outcome.stdout, @"GET A  http://127.0.0.1:1/{{v}}/{{w}}");
}

#[test]
fn reports_are_written_where_the_file_says() {
    let outcome = project("reporters = ['json', 'junit']\nreporter-json-export = 'out/r.json'\nreporter-junit-export = 'out/r.xml'\n")
        .file("empty.json", collection(json!([{"name": "A", "request": "http://127.0.0.1:1/"}])).to_string())
        .arguments(&["run", "empty.json", "--reporter-junit-export", "mine.xml"])
        .run()
        .expect_code(1);

    assert!(outcome.has_file("out/r.json"));
    assert!(outcome.has_file("mine.xml"));
    assert!(!outcome.has_file("out/r.xml"));
}

#[test]
fn an_unknown_key_is_refused_with_its_place_and_a_near_one() {
    assert_snapshot!(run("insecure = true\ntimeout_request = 5\n", &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 2, column 1: there is no setting `timeout_request`

    hint: did you mean `timeout-request`?
    ");
    assert_snapshot!(run("[profile.ci]\nzzz = 1\n", &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 2, column 1: there is no setting `zzz`

    hint: keys are the flags of `postrider run` without the dashes in front
    ");
    assert_snapshot!(run("profile.ci.config = 'x'\n", &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 1, column 12: there is no setting `config`

    hint: keys are the flags of `postrider run` without the dashes in front
    ");
}

#[test]
fn a_value_that_does_not_fit_is_refused_with_its_place() {
    assert_snapshot!(run("iteration-count = 0\n", &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 1, column 1: the value of `iteration-count` does not fit: the value must be a positive integer
    ");
    assert_snapshot!(run("color = 'secret'\n", &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 1, column 1: the value of `color` does not fit: it is none of auto, on, off
    ");
    assert_snapshot!(run("insecure = 'yes'\n", &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 1, column 1: the value of `insecure` does not fit: `true` or `false` is needed here
    ");
    assert_snapshot!(run("environment = ['a', 'b']\n", &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 1, column 1: the value of `environment` does not fit: a single value is needed here
    ");
    assert_snapshot!(run("environment = true\n", &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 1, column 1: the value of `environment` does not fit: a value is needed here, not a switch
    ");
    assert_snapshot!(run("delay-request = {a = 1}\n", &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 1, column 1: the value of `delay-request` does not fit: this flag has no values by name
    ");
    assert_snapshot!(run("only = 'a/[b'\n", &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 1, column 1: the value of `only` does not fit: unclosed character class; missing ']'
    ");
    assert_snapshot!(run("collection = 1979-05-27\nreporter-json-export = ['x']\n", &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 2, column 1: the value of `reporter-json-export` does not fit: a single value or `true` is needed here
    ");
}

#[test]
fn what_is_no_toml_is_refused_with_its_place() {
    assert_snapshot!(run("insecure = true\nfolder = [\n", &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 2, column 11: unclosed array, expected `]`
    ");
}

#[test]
fn an_unknown_profile_is_refused_with_a_near_name() {
    let config = "[profile.ci]\n[profile.nightly]\n";

    assert_snapshot!(run(config, &["--profile", "nigthly"]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml` has no profile `nigthly`

    hint: did you mean `nightly`?
    ");
    assert_snapshot!(run(config, &["--profile", "zzz"]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml` has no profile `zzz`

    hint: the file has `ci`, `nightly`
    ");
    assert_snapshot!(run("", &["--profile", "ci"]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml` has no profile `ci`

    hint: write it as a table: `[profile.NAME]`
    ");
}

#[test]
fn a_profile_without_a_file_is_refused() {
    let outcome = Postrider::new()
        .arguments(&["run", "c.json", "--profile", "ci"])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: there is no `postrider.toml` that could have the profile `ci`

    hint: it is looked for from the current folder up to the root of the repository; `--config` names one elsewhere
    ");
}

#[test]
fn a_file_that_is_named_and_missing_is_refused() {
    assert_snapshot!(run("", &["--config", "no.toml"]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: cannot read `no.toml`: there is no such file

    hint: check the spelling and the folder postrider was started in
    ");
}

#[test]
fn a_file_that_was_found_by_itself_starts_no_command() {
    let config = "collection = 'c/c.json'\nfolder = 'B'\nvault = 'command:touch started'\n";

    assert_snapshot!(run(config, &[]).message(), @"
    exit code: 2
    error: cannot use the file of defaults
      caused by: `postrider.toml`, line 3, column 1: the value of `vault` does not fit: a file that was found by itself starts no command; name it with `--config`
    ");
    assert_eq!(targets(run(config, &["--config", "postrider.toml"])), ["b"]);
}

#[test]
fn help_and_other_commands_do_without_the_file() {
    for arguments in [
        &["run", "--help"][..],
        &["--version"],
        &["completions", "bash"],
    ] {
        let outcome = project("no such = thing").arguments(arguments).run();

        assert_eq!(outcome.code, Some(0), "{arguments:?}\n{}", outcome.stderr);
    }
}
