//! Inputs that are fetched over HTTP.

use super::error::Error;
use crate::files::Source;
use crate::http::{ClientOptions, Header, HttpClient, HttpRequest, SendOptions, Transport};
use crate::redact::Secrets;
use crate::resolve::request_url;

/// Takes an argument apart and fetches it when it is a URL, over the connections that the run uses.
///
/// Credentials in the URL are hidden from then on.
pub(super) fn source(
    argument: &str,
    client: &ClientOptions,
    secrets: &Secrets,
) -> Result<Source, Error> {
    match Source::parse(argument) {
        Source::Url(url) => {
            learn_credentials(&url, secrets);
            let bytes = fetch(&url, client)?;
            Ok(Source::Fetched { name: url, bytes })
        }
        other => Ok(other),
    }
}

fn fetch(url: &str, client: &ClientOptions) -> Result<Vec<u8>, Error> {
    let invalid = |reason: String| Error::Fetch {
        url: url.to_owned(),
        reason,
    };
    let target = request_url(url).map_err(|error| invalid(error.to_string()))?;
    let request = HttpRequest {
        method: "GET".to_owned(),
        headers: vec![
            Header::system(
                "User-Agent",
                concat!("postrider/", env!("CARGO_PKG_VERSION")),
            ),
            Header::system("Accept", "*/*"),
            Header::system("Host", target.authority()),
        ],
        url: target,
        body: None,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::Worker)?;
    // An input is needed as a whole, and is no response of the run.
    let mut options = client.clone();
    options.max_response_bytes = None;
    options.save_responses = None;
    let client = HttpClient::new(options);
    let exchange = runtime.block_on(client.send(request, &SendOptions::default()));
    match exchange.outcome {
        Ok(response) if response.status == 200 => Ok(response.body.to_vec()),
        Ok(response) => Err(invalid(format!(
            "the server answered {} {}",
            response.status, response.reason
        ))),
        Err(error) => Err(invalid(error.to_string())),
    }
}

/// A password in front of the host, and the key that Postman's API takes in the query.
fn learn_credentials(url: &str, secrets: &Secrets) {
    let parts = crate::collection::Url::parse(url);
    if let Some((_, Some(password))) = &parts.user_info {
        secrets.add(password);
    }
    for parameter in &parts.query {
        if parameter.key().eq_ignore_ascii_case("apikey") {
            secrets.add(parameter.value());
        }
    }
}
