//! Signing with a token that is there (RFC 6750).

use super::TokenSettings;
use crate::auth::api_key::add_query;
use crate::auth::challenge::Challenge;
use crate::auth::{Authorizer, Error, Outcome, Parameters, Signing};
use crate::http::{Header, HttpRequest, HttpResponse};

/// The scheme; tokens are obtained elsewhere and come as its `accessToken`.
pub(in crate::auth) struct OAuth2;

/// The parameters that are not to be shown.
const CREDENTIALS: [&str; 6] = [
    "accessToken",
    "clientSecret",
    "password",
    "refreshToken",
    "privateKey",
    "code_verifier",
];

impl Authorizer for OAuth2 {
    /// Without a token nothing is added (as newman 6.2.2).
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        _signing: &Signing<'_>,
    ) -> Result<Outcome, Error> {
        let token = parameters.text("accessToken");
        if token.is_empty() {
            return Ok(Outcome::Incomplete("accessToken"));
        }
        if parameters.text("tokenType").eq_ignore_ascii_case("mac") {
            return Err(Error::UnknownAlgorithm {
                name: parameters.text("tokenType"),
            });
        }
        if parameters.text("addTokenTo") == "queryParams" {
            add_query(request, "access_token", &token);
            return Ok(Outcome::Signed);
        }
        let prefix = match parameters.has("headerPrefix") {
            true => parameters.text("headerPrefix").trim().to_owned(),
            false => "Bearer".to_owned(),
        };
        let value = format!("{prefix} {token}");
        request.replace_header(Header::new("Authorization", value.trim_start()));
        Ok(Outcome::Signed)
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        let mut secrets: Vec<String> = CREDENTIALS
            .iter()
            .map(|name| parameters.text(name))
            .collect();
        secrets.extend(TokenSettings::extra_secrets(parameters));
        secrets
    }
}

/// Whether a server says that the token is of no use any more (RFC 6750, 3.1), or says nothing about why it
/// refuses the request.
pub(crate) fn refuses_token(response: &HttpResponse) -> bool {
    let challenges = Challenge::all_of(response);
    let mut errors = challenges
        .iter()
        .filter_map(|challenge| challenge.parameter("error"));
    response.status == 401 && errors.all(|error| error == "invalid_token")
}
