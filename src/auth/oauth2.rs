//! OAuth 2 with a token that is already there (RFC 6749).

use super::api_key::add_query;
use super::{Authorizer, Error, Outcome, Parameters, Signing};
use crate::http::{Header, HttpRequest};

pub(super) struct OAuth2;

impl Authorizer for OAuth2 {
    /// Without a token nothing is added, whatever grant is described (as newman 6.2.2).
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
        vec![
            parameters.text("accessToken"),
            parameters.text("clientSecret"),
        ]
    }
}
