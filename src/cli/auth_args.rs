//! The arguments of `postrider auth`.

use clap::Subcommand;

use super::args::RunArgs;
use super::config_args::ConfigArgs;
use super::connection_args::ConnectionArgs;
use super::selection_args::SelectionArgs;

/// The commands of `postrider auth`.
#[derive(Debug, Subcommand)]
pub(super) enum AuthCommand {
    /// Get the OAuth 2 token that a request would be sent with
    Token(Box<AuthTokenArgs>),
}

/// The arguments of `postrider auth token`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The requests for the token go to standard error, the token to standard output; both without \
    their secrets unless --show-secrets asks for them. Scripts do not run.\n\n\
    Exit codes: 0 ok, 1 no token, 2 usage, 3 input, 4 the request needs no token."
)]
pub(super) struct AuthTokenArgs {
    /// Collection to read: a JSON file, a folder in YAML, or - for the standard input
    pub(super) collection: String,

    /// Request or folder, by name or id [default: the first request of type oauth2]
    pub(super) request: Option<String>,

    #[command(flatten)]
    pub(super) defaults: ConfigArgs,

    /// Environment to use (JSON or YAML)
    #[arg(short, long, value_name = "FILE")]
    pub(super) environment: Option<String>,

    /// Globals to use (JSON or YAML)
    #[arg(short, long, value_name = "FILE")]
    pub(super) globals: Option<String>,

    /// Set a variable of the environment, over the file
    #[arg(long, value_name = "NAME=VALUE")]
    pub(super) env_var: Vec<String>,

    /// Set a variable of the globals, over the file
    #[arg(long, value_name = "NAME=VALUE")]
    pub(super) global_var: Vec<String>,

    /// Answer `{{vault:name}}` from env, env:PREFIX, file:FILE or command:COMMAND
    #[arg(long, value_name = "SOURCE")]
    pub(super) vault: Option<String>,

    /// Start the Synapse emulator and send its hosts to it
    #[arg(long)]
    pub(super) emulator: bool,

    #[command(flatten)]
    pub(super) connection: ConnectionArgs,

    /// Show the token and the values of secrets instead of ***
    #[arg(long)]
    pub(super) show_secrets: bool,
}

impl AuthTokenArgs {
    /// The arguments of a run that reads the same inputs over the same connections.
    pub(super) fn as_run(&self) -> RunArgs {
        RunArgs {
            collection: self.collection.clone(),
            environment: self.environment.clone(),
            globals: self.globals.clone(),
            env_var: self.env_var.clone(),
            global_var: self.global_var.clone(),
            vault: self.vault.clone(),
            selection: SelectionArgs {
                folder: self.request.iter().cloned().collect(),
                ..SelectionArgs::default()
            },
            connection: self.connection.clone(),
            ..RunArgs::default()
        }
    }
}
