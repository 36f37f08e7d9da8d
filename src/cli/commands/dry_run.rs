//! `postrider run --dry-run`

use super::run_inputs::RunInputs;
use crate::auth::{Signing, entropy, sign};
use crate::cli::error::Error;
use crate::cli::exit_code::ExitCode;
use crate::cli::standard_output::print;
use crate::http::{Content, HttpRequest};
use crate::plan::PlannedItem;
use crate::redact::Secrets;
use crate::resolve::{Replace, resolve};
use crate::runner::{Clock as _, SystemClock};

/// A body longer than this is cut, in characters.
const BODY_LENGTH: usize = 2048;

/// Prints the requests of every iteration as they would be sent if no script or rule changed anything.
///
/// A request that cannot be made is told in its place and makes the command fail.
pub(super) fn dry_run(mut inputs: RunInputs, secrets: &Secrets) -> Result<ExitCode, Error> {
    // Signing reads the files of contents, and waits for nothing else.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(Error::Worker)?;
    for value in inputs.scopes.secret_values() {
        secrets.add(&value);
    }
    let mut code = ExitCode::Ok;
    for iteration in 0..inputs.iteration_count {
        if let Some(Ok(row)) = inputs.rows.as_mut().and_then(Iterator::next) {
            inputs.scopes.data = row;
        }
        if inputs.iteration_count > 1 {
            print(&format!(
                "# Iteration {}/{}\n\n",
                iteration + 1,
                inputs.iteration_count
            ));
        }
        for item in &inputs.plan.items {
            inputs.scopes.folder = item.variables.clone();
            for value in inputs.scopes.folder.secret_values() {
                secrets.add(&value);
            }
            let shown = match made(item, &inputs, &runtime, secrets) {
                Ok(request) => text(&request),
                Err(reason) => {
                    code = ExitCode::RunFailed;
                    format!("cannot be made: {reason}\n")
                }
            };
            print(&secrets.mask(&format!("## {}\n\n{shown}\n", item.info.path())));
        }
    }
    Ok(code)
}

fn made(
    item: &PlannedItem,
    inputs: &RunInputs,
    runtime: &tokio::runtime::Runtime,
    secrets: &Secrets,
) -> Result<HttpRequest, crate::resolve::Error> {
    let auth = item.auth.as_ref();
    let mut prepared = resolve(
        &item.request,
        auth,
        &item.behavior,
        Replace::Everywhere(&inputs.scopes),
        &inputs.files,
        inputs.dialect,
    )?;
    if let Some(auth) = &prepared.auth {
        let content_type = prepared.content_type();
        let signing = Signing {
            encodes_url: prepared.encodes_url(),
            ..Signing::new(SystemClock::start().now(), entropy(), inputs.dialect)
                .of_content(content_type.as_deref())
        };
        // What cannot be used is told when the request is sent.
        let _ = runtime.block_on(sign(auth, &mut prepared.request, signing, secrets));
    }
    Ok(prepared.complete().0)
}

fn text(request: &HttpRequest) -> String {
    let mut text = format!("{} {}\n", request.method, request.url);
    for field in &request.headers {
        text.push_str(&format!("{}: {}\n", field.name, field.value));
    }
    if let Some(body) = request.body.as_ref().map(Content::preview) {
        let body = String::from_utf8_lossy(&body);
        let shown: String = body.chars().take(BODY_LENGTH).collect();
        let dots = if shown.len() < body.len() { "…" } else { "" };
        text.push_str(&format!("\n{shown}{dots}\n"));
    }
    text
}
