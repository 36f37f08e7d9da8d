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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::auth::Signing;
    use crate::auth::vectors::{request, signed, vectors};

    #[test]
    fn the_published_example_comes_out() {
        for vector in vectors(include_str!("../../tests/vectors/bearer.json")) {
            let parameters = json!({"token": vector.input("token")});

            let signed = signed(
                "bearer",
                parameters,
                request("GET", "http://h/"),
                Signing::at(0),
            );

            let field = signed.header("authorization");
            assert_eq!(field, vector.expected("authorization"), "{}", vector.id);
        }
    }
}
