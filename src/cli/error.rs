//! Every reason why postrider could not do what it was asked: the one place where errors meet the
//! process.

use crate::cli::exit_code::ExitCode;
use crate::{
    auth, config, emulator, files, http, load, packages, plan, report, rules, script, variables,
};

/// Anything that ends a command before or after its run.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// A flag's value does not fit.
    #[error("cannot use `{value}` for `{flag}`: {reason}")]
    Flag {
        /// The flag.
        flag: &'static str,
        /// The value as written.
        value: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The file of defaults cannot be used.
    #[error("cannot use the file of defaults")]
    Config(#[source] config::Error),
    /// A manual page is asked for of what is no command.
    #[error("`{command}` has no command `{word}`")]
    UnknownCommand {
        /// The command that was found so far.
        command: String,
        /// The word that follows.
        word: String,
        /// A command that is nearly the same.
        near: Option<String>,
    },
    /// An input cannot be fetched.
    #[error("cannot fetch `{url}`: {reason}")]
    Fetch {
        /// The URL as written.
        url: String,
        /// Why.
        reason: String,
    },
    /// The standard input cannot be read.
    #[error(transparent)]
    StandardInput(files::Error),
    /// An input cannot be used.
    #[error(transparent)]
    Load(#[from] load::Error),
    /// A row of the iteration data could not be read in the middle of the run.
    #[error("cannot go on with the iteration data, which changed during the run")]
    Row(#[source] variables::RowError),
    /// The folder of packages cannot be used.
    #[error("cannot use the packages")]
    Packages(#[from] packages::Error),
    /// There is nothing to run.
    #[error("cannot select what to run")]
    Plan(#[from] plan::Error),
    /// A rules file does not fit the collection.
    #[error("cannot use the rules file `{name}`")]
    Rules {
        /// The file as written.
        name: String,
        /// Why.
        source: rules::Error,
    },
    /// The folder for the files of bodies cannot be used.
    #[error("cannot use the working directory")]
    WorkingDir(#[source] files::Error),
    /// A file with certificates cannot be read.
    #[error("cannot load the CA certificates")]
    CaFile(#[source] files::Error),
    /// A file holds no certificates.
    #[error("cannot load the CA certificates of `{name}`")]
    Ca {
        /// The file as written.
        name: String,
        /// Why.
        source: http::CaError,
    },
    /// A file of a client certificate cannot be read.
    #[error("cannot load the client certificate")]
    ClientCertificateFile(#[source] files::Error),
    /// A file holds no client certificate that can be used.
    #[error("cannot load the client certificate `{name}`")]
    ClientCertificate {
        /// The file as written.
        name: String,
        /// Why.
        source: http::IdentityError,
    },
    /// The address of a proxy is none.
    #[error("cannot use the proxy `{address}` from {origin}")]
    Proxy {
        /// The flag or environment variable.
        origin: &'static str,
        /// The address without credentials.
        address: String,
        /// What is wrong with it.
        source: http::ProxyError,
    },
    /// A reporter does not exist, or its report could not be written.
    #[error(transparent)]
    Report(#[from] report::Error),
    /// An export could not be written.
    #[error("cannot export the {kind}")]
    Export {
        /// What was to be written.
        kind: &'static str,
        /// Why.
        source: files::Error,
    },
    /// A variable that is to be handed on is not set at the end of the run.
    #[error("the output `{name}` is not set")]
    UnsetOutput {
        /// The variable.
        name: String,
        /// A variable that is set and called nearly the same.
        near: Option<String>,
    },
    /// The emulator did not start.
    #[error("cannot start the emulator")]
    Emulator(#[from] emulator::Error),
    /// The emulator's CA file could not be written.
    #[error("cannot write the emulator's CA certificate")]
    EmulatorCa(#[source] files::Error),
    /// There is no token to be had.
    #[error("cannot get the token of `{request}`")]
    Token {
        /// The request that it is for.
        request: String,
        /// Why.
        source: Box<auth::TokenError>,
    },
    /// A request needs no token.
    #[error("`{request}` has the authorization `{kind}`, which says nothing about a token")]
    NoToken {
        /// The request.
        request: String,
        /// The type of its authorization.
        kind: String,
    },
    /// The script engine did not start.
    #[error("cannot start the script engine")]
    Engine(#[source] script::Error),
    /// The worker could not be set up.
    #[error("cannot start a worker")]
    Worker(#[source] std::io::Error),
    /// The worker panicked.
    #[error("cannot go on: postrider has a bug, and its worker ended in the middle of the run")]
    WorkerPanicked,
}

impl Error {
    /// The process's answer.
    pub(super) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Flag { .. }
            | Self::UnknownCommand { .. }
            | Self::Config(_)
            | Self::Proxy { .. }
            | Self::Report(report::Error::UnknownReporter { .. }) => ExitCode::Usage,
            Self::Load(_)
            | Self::Fetch { .. }
            | Self::StandardInput(_)
            | Self::Rules { .. }
            | Self::WorkingDir(_)
            | Self::Packages(_)
            | Self::CaFile(_)
            | Self::Ca { .. }
            | Self::ClientCertificateFile(_)
            | Self::ClientCertificate { .. }
            | Self::Report(report::Error::TemplateFile { .. } | report::Error::Template { .. }) => {
                ExitCode::Input
            }
            Self::Row(_) => ExitCode::Input,
            Self::Plan(_) | Self::NoToken { .. } => ExitCode::NothingRan,
            Self::Token { source, .. } => token_exit_code(source),
            Self::Report(_)
            | Self::Export { .. }
            | Self::UnsetOutput { .. }
            | Self::EmulatorCa(_) => ExitCode::Output,
            Self::Emulator(_) => ExitCode::Usage,
            Self::Engine(_) | Self::Worker(_) | Self::WorkerPanicked => ExitCode::Internal,
        }
    }

    /// What a user can do about it.
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            Self::Flag { .. } => Some("`postrider run --help` explains the flag".to_owned()),
            Self::UnknownCommand {
                near: Some(near), ..
            }
            | Self::UnsetOutput {
                near: Some(near), ..
            } => Some(format!("did you mean `{near}`?")),
            Self::UnknownCommand { near: None, .. } => {
                Some("`postrider --help` lists the commands".to_owned())
            }
            Self::UnsetOutput { near: None, name } => Some(format!(
                "set it in a script, `pm.environment.set(\"{name}\", value)`, or capture it with a rule"
            )),
            Self::Proxy { .. } => Some(
                "write it as `http://USER:PASSWORD@HOST:PORT` or `socks5h://HOST:PORT`".to_owned(),
            ),
            Self::Fetch { .. } => {
                Some("check the URL, or download the file and name it".to_owned())
            }
            Self::Config(error) => error.hint(),
            Self::Load(error) => Some(error.hint()),
            Self::Plan(error) => Some(error.hint()),
            Self::Packages(error) => error.hint().map(str::to_owned),
            Self::Row(_) => Some("leave the file alone while it is used".to_owned()),
            Self::Rules { source, .. } => Some(source.hint()),
            Self::StandardInput(source)
            | Self::WorkingDir(source)
            | Self::CaFile(source)
            | Self::ClientCertificateFile(source)
            | Self::EmulatorCa(source)
            | Self::Export { source, .. } => source.hint().map(str::to_owned),
            Self::Ca { .. } => Some(
                "name a file with certificates in PEM form (`-----BEGIN CERTIFICATE-----`)"
                    .to_owned(),
            ),
            Self::ClientCertificate { source, .. } => Some(source.hint().to_owned()),
            Self::Report(error) => error.hint(),
            Self::Emulator(source) => source.hint().map(str::to_owned),
            Self::Token { source, .. } => Some(source.hint()),
            Self::NoToken { .. } => Some(
                "name a request of type `oauth2` that has a grant; `postrider list` prints all of them"
                    .to_owned(),
            ),
            Self::Engine(_) | Self::Worker(_) => None,
            Self::WorkerPanicked => {
                Some("report it with the collection, without its secrets".to_owned())
            }
        }
    }
}

/// A server that refuses is a failure; what is written wrongly is an input.
fn token_exit_code(error: &auth::TokenError) -> ExitCode {
    use auth::TokenError as Reason;
    match error {
        Reason::UnknownGrant { .. }
        | Reason::Missing { .. }
        | Reason::Unresolved { .. }
        | Reason::InvalidUrl { .. }
        | Reason::Assertion { .. }
        | Reason::UnreadableCertificate
        | Reason::UnknownClientAuthentication { .. } => ExitCode::Input,
        Reason::Stopped => ExitCode::Interrupted,
        _ => ExitCode::RunFailed,
    }
}
