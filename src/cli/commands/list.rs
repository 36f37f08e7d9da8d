//! `postrider list`

use crate::cli::args::ListArgs;
use crate::cli::diagnostics::Diagnostics;
use crate::cli::error::Error;
use crate::cli::exit_code::ExitCode;
use crate::cli::fetch;
use crate::cli::standard_output::print;
use crate::http::ClientOptions;
use crate::load::load_collection;
use crate::plan::plan;
use crate::redact::Secrets;
use crate::variables::Dialect;

/// Prints what would run, in order, one request a line.
pub(in crate::cli) fn list(
    args: &ListArgs,
    secrets: &Secrets,
    diagnostics: &Diagnostics,
) -> Result<ExitCode, Error> {
    let source = fetch::source(&args.collection, &ClientOptions::default(), secrets)?;
    let (collection, notices) = load_collection(&source, Dialect::Postrider)?;
    diagnostics.notices(notices);
    let selection = args.selection.selection();
    let plan = plan(&collection, &selection, Dialect::Postrider)?;
    diagnostics.doubts(&selection.doubts(&collection));
    let width = plan
        .items
        .iter()
        .map(|item| item.request.method.len())
        .max()
        .unwrap_or_default();
    let lines = plan.items.iter().map(|item| {
        let (method, url) = (&item.request.method, item.request.url.to_text());
        format!("{method:<width$} {}  {url}\n", item.info.path())
    });
    print(&lines.collect::<String>());
    Ok(ExitCode::Ok)
}
