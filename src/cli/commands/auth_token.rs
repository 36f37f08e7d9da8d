//! `postrider auth token`

use std::collections::BTreeSet;

use super::run::reach_emulator;
use super::run_inputs::RunInputs;
use crate::auth::{TokenError, TokenSettings, learn_credentials};
use crate::cli::auth_args::AuthTokenArgs;
use crate::cli::context::{Context, environment_variable};
use crate::cli::diagnostics::Diagnostics;
use crate::cli::error::Error;
use crate::cli::exit_code::ExitCode;
use crate::cli::person::person;
use crate::cli::standard_output::print;
use crate::collection::Auth;
use crate::emulator::{self, Emulator};
use crate::http::{Content, Exchange, HttpClient, SendOptions};
use crate::plan::PlannedItem;
use crate::record::Step;
use crate::redact::Secrets;
use crate::resolve::{Replace, resolve_auth};
use crate::runner::{Interrupt, SystemClock, TokenCalls, TokenStore, Warning, vault_secrets};

/// Gets the token that a request would be sent with: the exchanges go to standard error, the token to
/// standard output.
///
/// Scripts do not run.
pub(in crate::cli) fn auth_token(
    args: &AuthTokenArgs,
    context: &Context,
    secrets: &Secrets,
    diagnostics: &Diagnostics,
) -> Result<ExitCode, Error> {
    let shown = match args.show_secrets {
        true => &Secrets::default(),
        false => secrets,
    };
    let mut inputs = RunInputs::load(&args.as_run(), context, diagnostics, secrets)?;
    let emulator = args
        .emulator
        .then(|| Emulator::start(emulator::Options::default()))
        .transpose()?;
    if let Some(emulator) = &emulator {
        reach_emulator(&mut inputs, emulator)?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::Worker)?;
    let (path, auth) = chosen(&inputs)?;
    let auth = runtime.block_on(resolved(&mut inputs, &auth, secrets, diagnostics));
    let kind = auth.kind.clone();
    let no_token = |source: TokenError| Error::Token {
        request: path.clone(),
        source: Box::new(source),
    };
    let Some(settings) = TokenSettings::read(&auth).map_err(no_token)? else {
        return given(&auth, shown).ok_or(Error::NoToken {
            request: path.clone(),
            kind,
        });
    };
    let send = SendOptions {
        strict_tls: !args.connection.insecure,
        ..SendOptions::default()
    };
    let transport = HttpClient::new(inputs.client);
    let mut calls = TokenCalls {
        transport: &transport,
        clock: &SystemClock::start(),
        send: &send,
        secrets,
        interrupt: &Interrupt::default(),
        platform: environment_variable,
        person: &person(context),
        steps: Vec::new(),
    };
    let store = TokenStore::default();
    let obtained = runtime.block_on(store.token(&settings, &mut calls));
    for step in &calls.steps {
        if let Step::Request(sent) = step {
            diagnostics.plain(&shown.mask(&text(&sent.exchange)));
        }
    }
    let token = obtained.map_err(no_token)?.token;
    let lifetime = token.lifetime.map_or_else(
        || "holds for a time that the server does not say".to_owned(),
        |lifetime| format!("holds for {} s", lifetime.as_secs()),
    );
    let grant = settings.grant.name();
    diagnostics.plain(&shown.mask(&format!("`{path}`: a token by {grant}, which {lifetime}\n")));
    print(&shown.mask(&format!("{}\n", token.access_token)));
    Ok(ExitCode::Ok)
}

/// The first of the selected requests that OAuth 2 is for, else the first one.
fn chosen(inputs: &RunInputs) -> Result<(String, Auth), Error> {
    let auth = |item: &PlannedItem| item.request.auth.clone().or_else(|| item.auth.clone());
    let items = &inputs.plan.items;
    let found = items
        .iter()
        .find(|item| auth(item).is_some_and(|auth| auth.kind == "oauth2"));
    let Some(item) = found.or_else(|| items.first()) else {
        return Err(Error::NoToken {
            request: inputs.collection.name.clone(),
            kind: "noauth".to_owned(),
        });
    };
    let none = || Error::NoToken {
        request: item.info.path(),
        kind: "noauth".to_owned(),
    };
    Ok((item.info.path(), auth(item).ok_or_else(none)?))
}

/// The authorization with its variables replaced, also those of the request's folders.
async fn resolved(
    inputs: &mut RunInputs,
    auth: &Auth,
    secrets: &Secrets,
    diagnostics: &Diagnostics,
) -> Auth {
    let is_of = |item: &&PlannedItem| {
        item.request.auth.as_ref() == Some(auth) || item.auth.as_ref() == Some(auth)
    };
    if let Some(item) = inputs.plan.items.iter().find(is_of) {
        inputs.scopes.folder = item.variables.clone();
    }
    if let Some(Ok(row)) = inputs.rows.as_mut().and_then(Iterator::next) {
        inputs.scopes.data = row;
    }
    if let Some(vault) = &inputs.vault {
        let written = auth.to_json().to_string();
        for error in vault_secrets(vault, &mut inputs.scopes, &written).await {
            diagnostics.warning(&warning(error.to_string()));
        }
    }
    for value in inputs.scopes.secret_values() {
        secrets.add(&value);
    }
    let (auth, unknown) = resolve_auth(auth, Replace::Everywhere(&inputs.scopes), inputs.dialect);
    tell_unknown(&unknown, diagnostics);
    learn_credentials(&auth, secrets);
    auth
}

fn tell_unknown(unknown: &BTreeSet<String>, diagnostics: &Diagnostics) {
    for name in unknown {
        diagnostics.warning(&warning(format!("the variable `{name}` has no value")));
    }
}

fn warning(message: String) -> Warning {
    Warning {
        message,
        hint: None,
    }
}

/// A token that stands in the authorization already.
fn given(auth: &Auth, shown: &Secrets) -> Option<ExitCode> {
    let (_, token) = auth.parameters.iter().rfind(|(key, value)| {
        key == "accessToken" && value.as_str().is_some_and(|it| !it.is_empty())
    })?;
    print(&shown.mask(&format!("{}\n", token.as_str().unwrap_or_default())));
    Some(ExitCode::Ok)
}

fn text(exchange: &Exchange) -> String {
    let request = &exchange.request;
    let mut text = format!("{} {}\n", request.method, request.url);
    for field in &request.headers {
        text.push_str(&format!("{}: {}\n", field.name, field.value));
    }
    if let Some(body) = request.body.as_ref().map(Content::preview) {
        text.push_str(&format!("\n{}\n", String::from_utf8_lossy(&body)));
    }
    if let Some(response) = exchange.response() {
        text.push_str(&format!("\n{} {}\n", response.status, response.reason));
        let body = String::from_utf8_lossy(&response.body);
        text.push_str(&format!("{}\n\n", body.trim_end()));
    }
    text
}
