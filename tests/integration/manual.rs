//! Completions for shells, and manual pages.

use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::support::{Outcome, Postrider};

fn printed(arguments: &[&str]) -> String {
    Postrider::new()
        .arguments(arguments)
        .run()
        .expect_code(0)
        .stdout
        .clone()
}

fn refused(arguments: &[&str]) -> Outcome {
    Postrider::new().arguments(arguments).run()
}

#[test]
fn every_shell_gets_completions_of_commands_and_flags() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = printed(&["completions", shell]);

        for name in ["emulator", "iteration-data", "exclude"] {
            assert!(script.contains(name), "{shell} lacks {name}");
        }
    }
}

#[test]
fn the_completions_are_a_script_that_the_shell_understands() {
    let script = printed(&["completions", "bash"]);

    let Ok(checked) = Command::new("bash")
        .args(["-n", "-c", &script])
        .stderr(Stdio::inherit())
        .status()
    else {
        return; // A machine without bash has nothing to check.
    };
    assert!(checked.success());
}

#[test]
fn an_unknown_shell_is_refused() {
    assert_snapshot!(refused(&["completions", "basch"]).message(), @"
    exit code: 2
    error: invalid value 'basch' for '<SHELL>'
      [possible values: bash, elvish, fish, powershell, zsh]

      tip: a similar value exists: 'bash'

    For more information, try '--help'.
    ");
}

#[test]
fn the_manual_page_of_the_program_lists_the_commands() {
    let page = printed(&["man"]);

    let lines: Vec<&str> = page.lines().collect();
    assert!(
        lines.iter().any(|line| line.starts_with(".TH postrider 1")),
        "{page}"
    );
    assert!(
        lines.contains(&"Run a collection and report the result"),
        "{page}"
    );
}

#[test]
fn the_manual_page_of_a_command_has_its_flags_and_its_full_name() {
    let run = printed(&["man", "run"]);
    let token = printed(&["man", "auth", "token"]);

    assert!(
        run.lines()
            .any(|line| line.starts_with(".TH postrider-run 1")),
        "{run}"
    );
    assert!(run.contains("iteration\\-data"), "{run}");
    assert!(
        token
            .lines()
            .any(|line| line.starts_with(".TH postrider-auth-token 1")),
        "{token}"
    );
}

#[test]
fn a_command_without_a_page_is_refused_with_a_near_name() {
    assert_snapshot!(refused(&["man", "runn"]).message(), @"
    exit code: 2
    error: `postrider` has no command `runn`

    hint: did you mean `run`?
    ");
    assert_snapshot!(refused(&["man", "run", "x"]).message(), @"
    exit code: 2
    error: `run` has no command `x`

    hint: `postrider --help` lists the commands
    ");
}
