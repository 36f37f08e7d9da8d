//! Where the secrets of a vault come from.

use std::process::Stdio;

use tokio::process::Command;

use super::Error;
use crate::variables::{Value, VariableScope};

/// Reads one environment variable of the process.
pub(crate) type ReadVariable = fn(&str) -> Option<String>;

/// Something that knows secrets by name.
#[derive(Debug)]
pub(crate) enum VaultSource {
    /// The environment variables of the process that begin with a prefix.
    Environment {
        /// What comes before the name of the secret.
        prefix: String,
        /// How a variable is read.
        read: ReadVariable,
    },
    /// The variables of an environment file.
    File(VariableScope),
    /// A command that prints the secret whose name it gets as its last argument.
    Command(String),
}

impl VaultSource {
    /// The secret of that name; `None` when the source does not know it.
    ///
    /// # Errors
    ///
    /// The source does not answer.
    pub(super) async fn get(&self, key: &str) -> Result<Option<String>, Error> {
        match self {
            Self::Environment { prefix, read } => Ok(read(&format!("{prefix}{key}"))),
            Self::File(scope) => Ok(scope.get(key).map(Value::to_text)),
            Self::Command(command) => ask(command, key).await.map(Some),
        }
    }
}

/// The shell gets the name as an argument of its own, so that no name can be read as a command.
fn shell(command: &str, key: &str) -> Command {
    if cfg!(windows) {
        let mut shell = Command::new("cmd");
        shell.args(["/C", command, key]);
        return shell;
    }
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{command} \"$1\""), "sh", key]);
    shell
}

async fn ask(command: &str, key: &str) -> Result<String, Error> {
    let output = shell(command, key)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|source| Error::NotStarted { source })?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(Error::Failed {
            key: key.to_owned(),
            status: output.status,
            message: message.lines().next().unwrap_or("no message").to_owned(),
        });
    }
    let text = String::from_utf8(output.stdout).map_err(|_| Error::NotText {
        key: key.to_owned(),
    })?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
