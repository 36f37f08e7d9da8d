//! `postrider man`

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use crate::cli::args::Args;
use crate::cli::error::Error;
use crate::cli::standard_output::print;
use crate::suggest::nearest;

/// Prints the manual page of the program, or of the command that these words name.
pub(in crate::cli) fn man(words: &[String]) -> Result<(), Error> {
    let mut program = Args::command();
    // Gives each command its full name.
    program.build();
    let mut command = &program;
    for word in words {
        command = command
            .find_subcommand(word)
            .ok_or_else(|| unknown(command, word))?;
    }
    let mut page = Vec::new();
    Man::new(command.clone())
        .source(concat!("postrider ", env!("CARGO_PKG_VERSION")))
        .render(&mut page)
        .expect("writing to memory does not fail");
    print(&String::from_utf8_lossy(&page));
    Ok(())
}

fn unknown(command: &Command, word: &str) -> Error {
    let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    Error::UnknownCommand {
        command: command.get_name().to_owned(),
        word: word.to_owned(),
        near: nearest(word, names.iter().copied()).map(str::to_owned),
    }
}
