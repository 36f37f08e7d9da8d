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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::vectors::{request, signed, vectors};
    use serde_json::json;

    #[test]
    fn credentials_are_encoded_as_in_the_published_examples() {
        let examples = vectors(include_str!("../../tests/vectors/basic.json"));
        assert_eq!(examples.len(), 4);

        for vector in examples {
            let parameters = json!({
                "username": vector.input("username"),
                "password": vector.input("password"),
            });

            let sent = signed(
                "basic",
                parameters,
                request("GET", "http://h/"),
                Signing::at(0),
            );

            assert_eq!(
                sent.header("authorization"),
                vector.expected("authorization"),
                "{}",
                vector.id
            );
        }
    }
}
