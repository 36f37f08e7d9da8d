//! The proxies that flags and environment variables name.

use crate::cli::args::RunArgs;
use crate::cli::context::Context;
use crate::cli::diagnostics::Diagnostics;
use crate::cli::error::Error;
use crate::http::{Bypass, Proxy, ProxySettings};
use crate::redact::Secrets;
use crate::runner::Warning;

/// For `http` URLs, the first that is set counts (as newman 6.2.2, and then curl's for everything).
const FOR_HTTP: [&str; 4] = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

/// For `https` URLs; newman takes the proxy of `http` where there is no other.
const FOR_HTTPS: [&str; 6] = [
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
];

const QUOTES: [char; 3] = ['\'', '"', ' '];

const BYPASS: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// Flags win over variables. Passwords are hidden from then on.
pub(super) fn proxies(
    args: &RunArgs,
    context: &Context,
    diagnostics: &Diagnostics,
    secrets: &Secrets,
) -> Result<ProxySettings, Error> {
    let mut settings = ProxySettings::default();
    if let Some(address) = &args.connection.proxy {
        let proxy = read(address, "--proxy", secrets)?;
        settings.http = Some(proxy.clone());
        settings.https = Some(proxy);
    } else if !args.connection.ignore_proxy {
        settings.http = from_environment(&FOR_HTTP, context, secrets)?;
        settings.https = from_environment(&FOR_HTTPS, context, secrets)?;
        warn_about_quotes(&settings, context, diagnostics);
    }
    let list = match &args.connection.no_proxy {
        Some(list) => Some(list.as_str()),
        None => context.first_variable(&BYPASS).map(|(_, list)| list),
    };
    settings.bypass = Bypass::parse_list(list.unwrap_or_default());
    Ok(settings)
}

fn from_environment(
    names: &[&'static str],
    context: &Context,
    secrets: &Secrets,
) -> Result<Option<Proxy>, Error> {
    let Some((name, value)) = context.first_variable(names) else {
        return Ok(None);
    };
    read(value.trim_matches(QUOTES), name, secrets).map(Some)
}

/// On Windows, `set HTTP_PROXY='http://...'` makes the quotes a part of the value.
fn warn_about_quotes(settings: &ProxySettings, context: &Context, diagnostics: &Diagnostics) {
    let mut origins: Vec<&str> = [&settings.http, &settings.https]
        .into_iter()
        .flatten()
        .map(Proxy::origin)
        .collect();
    origins.dedup();
    for name in origins {
        let value = context.first_variable(&[name]).map(|(_, value)| value);
        if value.is_some_and(|value| value.starts_with(QUOTES)) {
            diagnostics.warning(&Warning {
                message: format!("the quotes are part of the value of {name}; they are left out"),
                hint: Some("set it without quotes".to_owned()),
            });
        }
    }
}

fn read(address: &str, origin: &'static str, secrets: &Secrets) -> Result<Proxy, Error> {
    let proxy = Proxy::parse(address, origin).map_err(|source| Error::Proxy {
        origin,
        address: without_credentials(address),
        source,
    })?;
    if let Some(password) = proxy.password() {
        secrets.add(password);
    }
    Ok(proxy)
}

/// What is no URL may hold a password all the same.
fn without_credentials(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((_, host)) => format!("***@{host}"),
        None => address.to_owned(),
    }
}
