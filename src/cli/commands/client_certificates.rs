//! The certificates that the run shows to servers.

use std::error::Error as _;
use std::path::Path;

use crate::cli::args::RunArgs;
use crate::cli::diagnostics::Diagnostics;
use crate::cli::error::Error;
use crate::files::{Source, read_bytes};
use crate::http::{ClientCertificate, Identity, IdentityError, Shown, UrlPattern};
use crate::load::{CertificateEntry, load_client_certificates};
use crate::redact::Secrets;
use crate::runner::Warning;
use crate::variables::Dialect;

/// The entries of the list in its order, then the certificate of the flags for all other URLs (as newman
/// 6.2.2).
///
/// An entry whose files cannot be used spoils only the requests that it is for, so it is told and kept:
/// a list may be made for more machines than this one.
pub(super) fn client_certificates(
    args: &RunArgs,
    diagnostics: &Diagnostics,
    secrets: &Secrets,
) -> Result<Vec<ClientCertificate>, Error> {
    let mut certificates = Vec::new();
    if let Some(list) = &args.connection.ssl_client_cert_list {
        let entries = load_client_certificates(&Source::parse(list))?;
        for (position, entry) in entries.iter().enumerate() {
            learn_passphrase(entry.passphrase.as_deref(), secrets);
            certificates.push(listed(entry, position, args.dialect(), diagnostics));
        }
    }
    if let Some(path) = &args.connection.ssl_client_cert {
        let passphrase = args.connection.ssl_client_passphrase.as_deref();
        learn_passphrase(passphrase, secrets);
        let entry = CertificateEntry {
            cert: Some(path.clone()),
            key: args.connection.ssl_client_key.clone(),
            passphrase: passphrase.map(str::to_owned),
            ..CertificateEntry::default()
        };
        let shown = match identity(&entry) {
            Ok(identity) => Shown::Identity(identity),
            // newman warns, and the request goes on without.
            Err(error) if args.dialect() == Dialect::Newman => {
                diagnostics.warning(&warning(&error));
                Shown::Nothing
            }
            Err(error) => return Err(error),
        };
        certificates.push(ClientCertificate {
            name: path.display().to_string(),
            patterns: vec![UrlPattern::All],
            shown,
        });
    }
    Ok(certificates)
}

fn learn_passphrase(passphrase: Option<&str>, secrets: &Secrets) {
    if let Some(passphrase) = passphrase {
        secrets.add(passphrase);
    }
}

fn listed(
    entry: &CertificateEntry,
    position: usize,
    dialect: Dialect,
    diagnostics: &Diagnostics,
) -> ClientCertificate {
    let name = entry
        .name
        .clone()
        .unwrap_or_else(|| format!("[{position}]"));
    let mut patterns = Vec::new();
    for text in &entry.matches {
        match UrlPattern::parse(text) {
            Some(pattern) => patterns.push(pattern),
            None => diagnostics.warning(&Warning {
                message: format!(
                    "the client certificate `{name}` matches no URL with the pattern `{text}`"
                ),
                hint: Some("write it as `https://*.example.com:*/*`, with a path".to_owned()),
            }),
        }
    }
    let shown = match identity(entry) {
        Ok(identity) => Shown::Identity(identity),
        Err(error) => {
            diagnostics.warning(&warning(&error));
            match dialect {
                Dialect::Newman => Shown::Nothing,
                Dialect::Postrider => Shown::Broken(reason(&error)),
            }
        }
    };
    ClientCertificate {
        name,
        patterns,
        shown,
    }
}

/// `cert` counts before `pfx`, as in newman.
fn identity(entry: &CertificateEntry) -> Result<Identity, Error> {
    let read = |path: &Path| read_bytes(path).map_err(Error::ClientCertificateFile);
    let passphrase = entry.passphrase.as_deref();
    let refused = |path: &Path| {
        let name = path.display().to_string();
        move |source: IdentityError| Error::ClientCertificate { name, source }
    };
    match (&entry.cert, &entry.key, &entry.pfx) {
        (Some(cert), Some(key), _) => {
            let key_bytes = read(key)?;
            Identity::read(&read(cert)?, Some(&key_bytes), passphrase).map_err(
                |source| match source {
                    IdentityError::NoCertificate | IdentityError::Certificate { .. } => {
                        refused(cert)(source)
                    }
                    _ => refused(key)(source),
                },
            )
        }
        (Some(cert), None, None) => {
            Identity::read(&read(cert)?, None, passphrase).map_err(refused(cert))
        }
        (_, _, Some(pfx)) => Identity::read_pkcs12(&read(pfx)?, passphrase).map_err(refused(pfx)),
        (None, _, None) => Err(Error::ClientCertificate {
            name: entry.name.clone().unwrap_or_default(),
            source: IdentityError::NoCertificate,
        }),
    }
}

fn warning(error: &Error) -> Warning {
    Warning {
        message: reason(error),
        hint: error.hint(),
    }
}

fn reason(error: &Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}
