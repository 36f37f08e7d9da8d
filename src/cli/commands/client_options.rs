//! What the arguments say about connections.

use super::client_certificates::client_certificates;
use super::proxies::proxies;
use super::run::milliseconds;
use crate::cli::args::RunArgs;
use crate::cli::context::Context;
use crate::cli::diagnostics::Diagnostics;
use crate::cli::error::Error;
use crate::files::read_bytes;
use crate::http::{ClientOptions, ConnectTo, ConnectToError};
use crate::redact::Secrets;
use crate::variables::Dialect;

/// What fits into the memory of any machine several times; newman has no limit.
const MAX_RESPONSE_BYTES: u64 = 100_000_000;

/// Reads all files with certificates, so that a wrong one is told before anything is sent.
pub(super) fn client_options(
    args: &RunArgs,
    context: &Context,
    diagnostics: &Diagnostics,
    secrets: &Secrets,
) -> Result<ClientOptions, Error> {
    let mut options = ClientOptions::default();
    options.timeout = args.connection.timeout_request.flatten().map(milliseconds);
    for rule in &args.connection.connect_to {
        let rule: ConnectTo = rule.parse().map_err(|error: ConnectToError| Error::Flag {
            flag: "--connect-to",
            value: rule.clone(),
            reason: error.to_string(),
        })?;
        options.connect_to.push(rule);
    }
    if let Some(path) = &args.connection.ssl_extra_ca_certs {
        let pem = read_bytes(path).map_err(Error::CaFile)?;
        options
            .add_ca_certificates(&pem)
            .map_err(|source| Error::Ca {
                name: path.display().to_string(),
                source,
            })?;
    }
    options.max_response_bytes = match (args.max_response_size, args.dialect()) {
        (Some(size), _) => Some(size),
        (None, Dialect::Postrider) => Some(MAX_RESPONSE_BYTES),
        (None, Dialect::Newman) => None,
    };
    options.save_responses = args.save_responses.clone();
    options.proxies = proxies(args, context, diagnostics, secrets)?;
    options.certificates = client_certificates(args, diagnostics, secrets)?;
    Ok(options)
}
