//! The schemes by the name that Postman gives them.

use super::api_key::ApiKey;
use super::basic::Basic;
use super::bearer::Bearer;
use super::oauth2::OAuth2;
use super::{Authorizer, Parameters};
use crate::collection::Auth;
use crate::http::HttpRequest;
use crate::redact::Secrets;

/// Whether a request could be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signed {
    /// The scheme did what it does, which may be nothing.
    Done,
    /// There is no such scheme here; the request goes out as it is.
    UnknownScheme,
}

/// Signs a request and makes its credentials known as secrets.
pub(crate) fn sign(auth: &Auth, request: &mut HttpRequest, secrets: &Secrets) -> Signed {
    if auth.kind == "noauth" {
        return Signed::Done;
    }
    let Some(authorizer) = authorizer(auth) else {
        return Signed::UnknownScheme;
    };
    learn_credentials(auth, secrets);
    authorizer.sign(&Parameters::new(auth), request);
    Signed::Done
}

/// Makes the credentials of an authorization known as secrets; those that are variables still are none.
pub(crate) fn learn_credentials(auth: &Auth, secrets: &Secrets) {
    let Some(authorizer) = authorizer(auth) else {
        return;
    };
    for secret in authorizer.secrets(&Parameters::new(auth)) {
        if !secret.contains("{{") && !secret.contains("<<") {
            secrets.add(&secret);
        }
    }
}

fn authorizer(auth: &Auth) -> Option<&'static dyn Authorizer> {
    Some(match auth.kind.as_str() {
        "basic" => &Basic,
        "bearer" => &Bearer,
        "apikey" => &ApiKey,
        "oauth2" => &OAuth2,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::RequestUrl;
    use serde_json::{Value, json};

    fn signed(auth: Value) -> HttpRequest {
        let mut request = HttpRequest {
            method: "GET".to_owned(),
            url: RequestUrl {
                scheme: "http".to_owned(),
                host: "h".to_owned(),
                port: None,
                target: "/x?a=1".to_owned(),
            },
            headers: Vec::new(),
            body: None,
        };
        let auth = Auth::from_json(Some(&auth)).unwrap();
        assert_eq!(sign(&auth, &mut request, &Secrets::default()), Signed::Done);
        request
    }

    fn authorization(auth: Value) -> Option<String> {
        signed(auth).header("authorization").map(str::to_owned)
    }

    #[test]
    fn each_scheme_writes_its_field() {
        let cases = [
            (
                json!({"type": "basic", "basic": {"username": "é", "password": "p"}}),
                Some("Basic w6k6cA=="),
            ),
            (json!({"type": "basic"}), Some("Basic Og==")),
            (
                json!({"type": "bearer", "bearer": {"token": "t"}}),
                Some("Bearer t"),
            ),
            (json!({"type": "bearer", "bearer": {"token": ""}}), None),
            (
                json!({"type": "oauth2", "oauth2": {"accessToken": "t"}}),
                Some("Bearer t"),
            ),
            (
                json!({"type": "oauth2", "oauth2": {"accessToken": "t", "headerPrefix": " P "}}),
                Some("P t"),
            ),
            (
                json!({"type": "oauth2", "oauth2": {"accessToken": "t", "headerPrefix": ""}}),
                Some("t"),
            ),
            (json!({"type": "oauth2", "oauth2": {"clientId": "c"}}), None),
            (json!({"type": "noauth"}), None),
        ];

        for (auth, expected) in cases {
            assert_eq!(authorization(auth.clone()).as_deref(), expected, "{auth}");
        }
    }

    #[test]
    fn a_key_goes_into_the_query_when_asked() {
        let auth = json!({"type": "apikey", "apikey": {"key": "a", "value": "b&c", "in": "query"}});

        assert_eq!(signed(auth).url.target, "/x?a=b%26c");
    }
}
