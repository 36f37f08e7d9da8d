//! The README: its commands work as they stand, and its options are those of the program.

use std::path::Path;
use std::process::{Command, Output};

/// The repository, where a reader of the README stands.
fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    std::fs::read_to_string(repository().join("README.md")).unwrap()
}

/// Runs the binary in the repository, without anything of the environment but the path.
fn postrider(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_postrider"))
        .args(arguments)
        .current_dir(repository())
        .env_clear()
        .output()
        .unwrap()
}

#[test]
fn the_options_are_those_of_the_program() {
    let help = postrider(&["run", "-h"]);

    let text = String::from_utf8(help.stdout).unwrap();
    let block = format!("```text\n{}\n```", text.trim_end());
    assert!(
        readme().contains(&block),
        "the README should have this:\n{block}"
    );
}

#[test]
fn the_commands_that_need_no_account_succeed() {
    let readme = readme();
    let commands: Vec<&str> = readme
        .lines()
        .filter(|line| line.contains("--emulator") && !line.starts_with(' '))
        .filter_map(|line| {
            line.strip_prefix("cargo run --release -- ")
                .or(line.strip_prefix("postrider "))
        })
        .collect();

    assert_eq!(commands.len(), 4, "{commands:?}");
    for command in commands {
        let arguments: Vec<&str> = command.split(' ').collect();
        let output = postrider(&arguments);
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{command}\n{stdout}");
    }
}
