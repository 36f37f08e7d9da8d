//! The arguments as they are written.

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand};
use clap_complete::Shell;

use super::auth_args::AuthCommand;
use super::config_args::ConfigArgs;
use super::connection_args::ConnectionArgs;
use super::context::ColorChoice;
use super::number::{delay, positive, size, whole};
use super::output_args::OutputArgs;
use super::selection_args::SelectionArgs;
use crate::variables::Dialect;

/// Run Postman collections from the command line.
#[derive(Debug, Parser)]
#[command(
    name = "postrider",
    version,
    about,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    // As newman: the last of several values of a flag counts.
    args_override_self = true,
    disable_version_flag = true
)]
pub(super) struct Args {
    /// Print the licences of the JavaScript libraries inside this program
    #[arg(long, exclusive = true)]
    pub(super) licenses: bool,

    /// Print version
    // newman's letter is the small one.
    #[arg(short = 'V', short_alias = 'v', long, action = ArgAction::Version, display_order = 1000)]
    version: Option<bool>,

    /// What to do; only `--licenses` goes without.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run a collection and report the result
    Run(Box<RunArgs>),
    /// Print what would run, in order
    List(ListArgs),
    /// Look for mistakes in collections and the files beside them, and send nothing
    Check(CheckArgs),
    /// Try out the authorization of a collection
    #[command(subcommand)]
    Auth(AuthCommand),
    /// Serve a local Azure Synapse until interrupted
    Emulator(EmulatorArgs),
    /// Look after the folder of packages for `pm.require`
    #[command(subcommand)]
    Packages(PackagesCommand),
    /// Print a script that completes commands and flags in a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, of the program or of a command
    Man {
        /// The command, such as `run` or `auth token`
        command: Vec<String>,
    },
}

/// The arguments of `postrider run`.
#[derive(Debug, Default, clap::Args)]
#[command(
    after_help = "Reporter options are written --reporter-NAME-OPTION [VALUE], as in \
    `--reporter-json-export out.json` or `--reporter-cli-no-summary`.\n\n\
    Exit codes: 0 ok, 1 failures, 2 usage, 3 input, 4 nothing ran, 5 output, 130 interrupted."
)]
pub(super) struct RunArgs {
    /// Collection to run: Postman JSON (v1, v2.0, v2.1), a folder in Postman's YAML format (v3), or - for the standard input
    pub(super) collection: String,

    #[command(flatten, next_help_heading = "Input")]
    pub(super) defaults: ConfigArgs,

    /// Environment to use (JSON or YAML)
    #[arg(short, long, value_name = "FILE", help_heading = "Input")]
    pub(super) environment: Option<String>,

    /// Globals to use (JSON or YAML)
    #[arg(short, long, value_name = "FILE", help_heading = "Input")]
    pub(super) globals: Option<String>,

    /// Set a variable of the environment, over the file
    #[arg(
        long,
        value_name = "NAME=VALUE",
        allow_hyphen_values = true,
        help_heading = "Input"
    )]
    pub(super) env_var: Vec<String>,

    /// Set a variable of the globals, over the file
    #[arg(
        long,
        value_name = "NAME=VALUE",
        allow_hyphen_values = true,
        help_heading = "Input"
    )]
    pub(super) global_var: Vec<String>,

    /// Key for Postman's API, where collection and environment may be UIDs
    #[arg(
        long,
        value_name = "KEY",
        allow_hyphen_values = true,
        help_heading = "Input"
    )]
    pub(super) postman_api_key: Option<String>,

    /// Read `<<name>>` as plain text instead of as `{{name}}`
    #[arg(long, help_heading = "Input")]
    pub(super) no_angle_variables: bool,

    /// Make dynamic variables such as {{$guid}} give the same values in every run with this number
    #[arg(long, value_name = "NUMBER", value_parser = whole, help_heading = "Input")]
    pub(super) seed: Option<u64>,

    /// Rules file with captures and expectations (YAML)
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(super) rules: Option<String>,

    /// Answer `pm.vault` and `{{vault:name}}` from env, env:PREFIX, file:FILE or command:COMMAND
    #[arg(long, value_name = "SOURCE", help_heading = "Input")]
    pub(super) vault: Option<String>,

    /// Folder of packages for `pm.require`
    #[arg(long, value_name = "FOLDER", help_heading = "Input")]
    pub(super) packages: Option<PathBuf>,

    /// Read inputs and report results as newman does, where postrider differs on purpose
    #[arg(long, help_heading = "Input")]
    pub(super) newman_compat: bool,

    /// Folder in which relative paths of files in bodies begin
    #[arg(long, value_name = "FOLDER", help_heading = "Input")]
    pub(super) working_dir: Option<PathBuf>,

    /// Read files of bodies from the working directory only
    #[arg(long, help_heading = "Input")]
    pub(super) no_insecure_file_read: bool,

    /// Iteration data, one row for each iteration: CSV, JSON or JSON lines
    #[arg(short = 'd', long, value_name = "FILE", help_heading = "Input")]
    pub(super) iteration_data: Option<String>,

    /// Begin with the cookies of this file: tough-cookie's JSON or Netscape's cookies.txt
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(super) cookie_jar: Option<String>,

    /// Run the whole selection this many times [default: the rows of the data, or 1]
    #[arg(short = 'n', long, value_name = "COUNT", value_parser = positive, help_heading = "Run")]
    pub(super) iteration_count: Option<usize>,

    #[command(flatten, next_help_heading = "Run")]
    pub(super) selection: SelectionArgs,

    /// Stop at the first failure; `folder` stops at script and request errors only
    #[arg(long, value_name = "MODE", num_args = 0..=1, value_delimiter = ',', default_missing_value = "failure", value_parser = ["failure", "folder"], help_heading = "Run")]
    pub(super) bail: Option<Vec<String>>,

    /// Wait before each request
    #[arg(long, value_name = "MS", num_args = 0..=1, default_value = "0", default_missing_value = "0", value_parser = delay, help_heading = "Run")]
    pub(super) delay_request: u64,

    /// Stop the whole run after this time; the reports are written all the same
    #[arg(long, value_name = "MS", value_parser = positive, help_heading = "Run")]
    pub(super) timeout: Option<Option<usize>>,

    /// Stop a script after this time
    #[arg(long, value_name = "MS", value_parser = positive, help_heading = "Run")]
    pub(super) timeout_script: Option<Option<usize>>,

    /// Run each script in a realm of its own, so that scripts share nothing but variables
    #[arg(long, help_heading = "Run")]
    pub(super) isolate_scripts: bool,

    /// Print the resolved requests and send nothing; scripts do not run
    #[arg(long, help_heading = "Run")]
    pub(super) dry_run: bool,

    /// Start the Synapse emulator for this run and send its hosts to it
    #[arg(long, help_heading = "Run")]
    pub(super) emulator: bool,

    /// Lay a scenario file (YAML) over what the emulator pretends to be
    #[arg(long, value_name = "FILE", requires = "emulator", help_heading = "Run")]
    pub(super) emulator_scenario: Option<String>,

    /// Exit with 0 whatever the run's result
    #[arg(short = 'x', long, help_heading = "Run")]
    pub(super) suppress_exit_code: bool,

    #[command(flatten)]
    pub(super) connection: ConnectionArgs,

    /// Speak HTTP/2 with servers that offer it over TLS
    #[arg(long, conflicts_with = "http1_1", help_heading = "HTTP")]
    pub(super) http2: bool,

    /// Speak HTTP/1.1 only, whatever requests ask for
    #[arg(long = "http1.1", help_heading = "HTTP")]
    pub(super) http1_1: bool,

    /// Keep no larger contents of responses in memory, such as 500kB, 20MB or 2GB; scripts cannot read what is larger [default: 100MB]
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "HTTP")]
    pub(super) max_response_size: Option<u64>,

    /// Do not follow redirects
    #[arg(long, help_heading = "HTTP")]
    pub(super) ignore_redirects: bool,

    /// Reporters to use: cli, events, har, html, json, junit, tap, teamcity
    #[arg(
        short,
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        default_value = "cli",
        help_heading = "Output"
    )]
    pub(super) reporters: Vec<String>,

    /// Show requests and responses in full
    #[arg(long, help_heading = "Output")]
    pub(super) verbose: bool,

    /// Print no report on the console
    #[arg(long, help_heading = "Output")]
    pub(super) silent: bool,

    /// Show the values of secrets instead of ***
    #[arg(long, help_heading = "Output")]
    pub(super) show_secrets: bool,

    /// Draw with ASCII characters only
    #[arg(long, help_heading = "Output")]
    pub(super) disable_unicode: bool,

    /// Write the environment as it is after the run
    #[arg(long, value_name = "PATH", help_heading = "Output")]
    pub(super) export_environment: Option<PathBuf>,

    /// Write the globals as they are after the run
    #[arg(long, value_name = "PATH", help_heading = "Output")]
    pub(super) export_globals: Option<PathBuf>,

    /// Write the collection in the form of v2.1
    #[arg(long, value_name = "PATH", help_heading = "Output")]
    pub(super) export_collection: Option<PathBuf>,

    /// Write the cookies as they are after the run, in tough-cookie's JSON
    #[arg(long, value_name = "PATH", help_heading = "Output")]
    pub(super) export_cookie_jar: Option<PathBuf>,

    #[command(flatten, next_help_heading = "Output")]
    pub(super) outputs: OutputArgs,

    /// Write the content of each response into a file of this folder, with its secrets
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(super) save_responses: Option<PathBuf>,

    /// When to use colour
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        help_heading = "Output"
    )]
    pub(super) color: ColorChoice,
}

/// The commands of `postrider packages`.
#[derive(Debug, Subcommand)]
pub(super) enum PackagesCommand {
    /// Pin the vendored packages (npm/NAME@VERSION, jsr/NAME@VERSION) of a folder as they are
    Lock {
        /// The folder that --packages names
        folder: PathBuf,
    },
}

/// The arguments of `postrider list`.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Collection to look at: a JSON file, a folder in YAML, a URL, or - for the standard input
    pub(super) collection: String,

    #[command(flatten)]
    pub(super) selection: SelectionArgs,

    #[command(flatten)]
    pub(super) defaults: ConfigArgs,
}

/// The arguments of `postrider check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 ok, 1 findings, 2 usage, 3 a path cannot be read.")]
pub(super) struct CheckArgs {
    /// Collections, environments, globals, rules files and iteration data, or folders that hold them;
    /// URLs, or - for the standard input
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<String>,

    /// Environment to check as well (repeatable)
    #[arg(short, long, value_name = "FILE")]
    pub(super) environment: Vec<String>,

    /// Globals to check as well (repeatable)
    #[arg(short, long, value_name = "FILE")]
    pub(super) globals: Vec<String>,

    /// Rules file to check as well (repeatable)
    #[arg(long, value_name = "FILE")]
    pub(super) rules: Vec<String>,

    /// Iteration data to check as well (repeatable)
    #[arg(short = 'd', long, value_name = "FILE")]
    pub(super) iteration_data: Vec<String>,

    /// Take a variable of the environment for defined (repeatable)
    #[arg(long, value_name = "NAME=VALUE")]
    pub(super) env_var: Vec<String>,

    /// Take a variable of the globals for defined (repeatable)
    #[arg(long, value_name = "NAME=VALUE")]
    pub(super) global_var: Vec<String>,

    /// Folder in which relative paths of files in bodies begin
    #[arg(long, value_name = "FOLDER")]
    pub(super) working_dir: Option<PathBuf>,

    /// How to print the findings
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: Format,

    /// Exit with 1 when a finding is at least this bad
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t)]
    pub(super) fail_on: FailOn,
}

/// The values of `check --format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For code scanning services.
    Sarif,
}

/// The values of `check --fail-on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum FailOn {
    /// Errors only.
    #[default]
    Error,
    /// Warnings as well.
    Warning,
    /// Every finding.
    Note,
}

/// The arguments of `postrider emulator`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Outcomes that go by name:\n  \
    pl-demo, job-demo, nb-demo     succeed (pipeline, Spark job, notebook)\n  \
    pl-fails, job-fails, nb-fails  fail, with a reason\n  \
    pl-slow, nb-slow               take 20 looks\n  \
    pl-cancelled                   is cancelled by somebody else\n  \
    pl-recovers                    fails, and succeeds when recovered\n  \
    full                           a Spark pool where jobs wait until cancelled\n\n\
    The client 23232323-2323-4323-8323-232323232323 has no role.\n\
    The secret emulator~expired.secret has expired.")]
pub(super) struct EmulatorArgs {
    /// Port to listen on at 127.0.0.1; 0 picks a free one
    #[arg(long, value_name = "PORT", default_value = "8443")]
    pub(super) port: u16,

    /// Serve a CONNECT proxy to the emulator at this port of 127.0.0.1 as well; 0 picks a free one
    #[arg(long, value_name = "PORT")]
    pub(super) proxy_port: Option<u16>,

    /// Write the CA certificate that clients have to trust to this file
    #[arg(long, value_name = "FILE", default_value = "postrider-emulator-ca.pem")]
    pub(super) ca_out: PathBuf,

    /// Lay a scenario file (YAML) over what the emulator pretends to be; docs/emulator.md lists its keys
    #[arg(long, value_name = "FILE")]
    pub(super) scenario: Option<String>,

    /// How long tokens are valid, in seconds [default: 3599]
    #[arg(long, value_name = "SECONDS", value_parser = positive)]
    pub(super) token_lifetime: Option<usize>,

    /// Move runs on by time, one state each MS, instead of by looks at them
    #[arg(long, value_name = "MS", value_parser = positive)]
    pub(super) step_time: Option<usize>,

    /// Answer the NTH call to the management and data planes with 429 and Retry-After (repeatable)
    #[arg(long, value_name = "NTH", value_parser = positive)]
    pub(super) throttle: Vec<usize>,

    /// Seconds that Retry-After says with --throttle
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = whole)]
    pub(super) retry_after: u64,

    /// Take the role for this plane from every application (repeatable)
    #[arg(long, value_name = "PLANE", value_enum)]
    pub(super) without_role: Vec<PlaneArg>,
}

/// A plane with roles of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum PlaneArg {
    Management,
    Data,
}

impl RunArgs {
    /// Whose reading of doubtful inputs counts.
    pub(super) fn dialect(&self) -> Dialect {
        match self.newman_compat {
            true => Dialect::Newman,
            false => Dialect::Postrider,
        }
    }
}
