//! Basic authentication (RFC 7617).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Authorizer, Error, Outcome, Parameters, Signing};
use crate::http::{Header, HttpRequest};

pub(super) struct Basic;

impl Authorizer for Basic {
    /// The field is added even when user and password are both empty (as newman 6.2.2).
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        _signing: &Signing<'_>,
    ) -> Result<Outcome, Error> {
        let value = format!("Basic {}", credentials(parameters));
        request.replace_header(Header::new("Authorization", value));
        Ok(Outcome::Signed)
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        vec![parameters.text("password"), credentials(parameters)]
    }
}

fn credentials(parameters: &Parameters<'_>) -> String {
    STANDARD.encode(format!(
        "{}:{}",
        parameters.text("username"),
        parameters.text("password")
    ))
}
