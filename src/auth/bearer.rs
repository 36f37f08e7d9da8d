//! Bearer tokens (RFC 6750).

use super::{Authorizer, Error, Outcome, Parameters, Signing};
use crate::http::{Header, HttpRequest};

pub(super) struct Bearer;

impl Authorizer for Bearer {
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        _signing: &Signing<'_>,
    ) -> Result<Outcome, Error> {
        let token = parameters.text("token");
        if token.is_empty() {
            return Ok(Outcome::Incomplete("token"));
        }
        request.replace_header(Header::new("Authorization", format!("Bearer {token}")));
        Ok(Outcome::Signed)
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        vec![parameters.text("token")]
    }
}
