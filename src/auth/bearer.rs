//! Bearer tokens (RFC 6750).

use super::{Authorizer, Parameters};
use crate::http::{Header, HttpRequest};

pub(super) struct Bearer;

impl Authorizer for Bearer {
    fn sign(&self, parameters: &Parameters<'_>, request: &mut HttpRequest) {
        let token = parameters.text("token");
        if !token.is_empty() {
            request.replace_header(Header::new("Authorization", format!("Bearer {token}")));
        }
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        vec![parameters.text("token")]
    }
}
