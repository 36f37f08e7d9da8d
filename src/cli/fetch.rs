//! Inputs that are fetched over HTTP.

use std::path::Path;

use super::error::Error;
use crate::files::{Source, exists};
use crate::http::{ClientOptions, Header, HttpClient, HttpRequest, SendOptions, Transport};
use crate::redact::Secrets;
use crate::resolve::request_url;

/// Where Postman's API answers.
const API_HOSTS: [&str; 2] = ["api.postman.com", "api.getpostman.com"];

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
            let bytes = fetch(&url, client, None)?;
            Ok(Source::Fetched { name: url, bytes })
        }
        other => Ok(other),
    }
}

/// Takes an argument apart that may also be the UID of a collection or environment in Postman's cloud, if
/// there is a key for its API (as newman 6.2.2, `lib/util.js`). A file of that name comes first.
pub(super) fn cloud_source(
    argument: &str,
    resource: CloudResource,
    client: &ClientOptions,
    secrets: &Secrets,
    api_key: Option<&str>,
) -> Result<Source, Error> {
    let Some(key) = api_key else {
        return source(argument, client, secrets);
    };
    secrets.add(key);
    let url = if is_uid(argument) && !exists(Path::new(argument)) {
        let kind = match resource {
            CloudResource::Collection => "collections",
            CloudResource::Environment => "environments",
            CloudResource::Other => return source(argument, client, secrets),
        };
        format!("https://{}/{kind}/{argument}", API_HOSTS[0])
    } else {
        argument.to_owned()
    };
    match Source::parse(&url) {
        Source::Url(url) => {
            learn_credentials(&url, secrets);
            let bytes = fetch(&url, client, Some(key))?;
            Ok(Source::Fetched { name: url, bytes })
        }
        other => Ok(other),
    }
}

/// What a UID is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CloudResource {
    /// A collection.
    Collection,
    /// An environment.
    Environment,
    /// Something that has no UID.
    Other,
}

/// Whether a text has the form of the UIDs of Postman's cloud: an owner and a UUID.
pub(super) fn is_uid(text: &str) -> bool {
    let Some((owner, id)) = text.split_once('-') else {
        return false;
    };
    let groups: Vec<&str> = id.split('-').collect();
    let is_owner = !owner.is_empty() && owner.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_owner
        && groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn fetch(url: &str, client: &ClientOptions, api_key: Option<&str>) -> Result<Vec<u8>, Error> {
    let invalid = |reason: String| Error::Fetch {
        url: url.to_owned(),
        reason,
    };
    let target = request_url(url).map_err(|error| invalid(error.to_string()))?;
    let mut send = SendOptions::default();
    let mut request = HttpRequest {
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
    let is_api = API_HOSTS
        .iter()
        .any(|host| request.url.host.eq_ignore_ascii_case(host));
    if let Some(key) = api_key.filter(|_| is_api) {
        request.headers.push(Header::system("X-Api-Key", key));
        // The key is for the API and for nobody that it may point to.
        send.follow_redirects = false;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::Worker)?;
    // An input is needed as a whole, and is no response of the run.
    let mut options = client.clone();
    options.max_response_bytes = None;
    options.save_responses = None;
    let client = HttpClient::new(options);
    let exchange = runtime.block_on(client.send(request, &send));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uid_is_an_owner_and_a_uuid() {
        assert!(is_uid("1234-5f0d1c62-2f3b-4c8e-9a57-0c6b1f0e7d11"));
        assert!(is_uid("Team9-5F0D1C62-2f3b-4c8e-9a57-0c6b1f0e7d11"));
        assert!(!is_uid("5f0d1c62-2f3b-4c8e-9a57-0c6b1f0e7d11"));
        assert!(!is_uid("1234-5f0d1c62-2f3b-4c8e-9a57-0c6b1f0e7d1g"));
        assert!(!is_uid("-5f0d1c62-2f3b-4c8e-9a57-0c6b1f0e7d11"));
        assert!(!is_uid("collection.json"));
    }
}
