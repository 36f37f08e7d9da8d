//! The schemes by the name that Postman gives them.

use super::api_key::ApiKey;
use super::asap::Asap;
use super::aws::AwsV4;
use super::basic::Basic;
use super::bearer::Bearer;
use super::digest::Digest;
use super::edgegrid::EdgeGrid;
use super::hawk::Hawk;
use super::jwt::Jwt;
use super::ntlm::Ntlm;
use super::oauth1::OAuth1;
use super::oauth2::OAuth2;
use super::{Answer, Authorizer, Error, Outcome, Parameters, Signing};
use crate::collection::Auth;
use crate::http::{HttpRequest, HttpResponse};
use crate::redact::Secrets;

/// Signs a request and makes its credentials known as secrets; nothing when there is no such scheme.
///
/// # Errors
///
/// When the authorization cannot be used; the request is to be sent as it is then.
pub(crate) async fn sign(
    auth: &Auth,
    request: &mut HttpRequest,
    mut signing: Signing<'_>,
    secrets: &Secrets,
) -> Option<Result<Outcome, Error>> {
    if auth.kind == "noauth" {
        return Some(Ok(Outcome::Signed));
    }
    let authorizer = authorizer(auth)?;
    learn_credentials(auth, secrets);
    let parameters = Parameters::new(auth);
    if let Some(hash) = authorizer.body_hash(&parameters, request, &signing) {
        match hash.of(request.body.as_ref()).await {
            Ok(hash) => signing.body_hash = Some(hash),
            Err(error) => return Some(Err(error)),
        }
    }
    let outcome = authorizer.sign(&parameters, request, &signing);
    if let Ok(Outcome::SignedWith(signature)) = &outcome {
        secrets.add_passing(signature);
    }
    Some(outcome)
}

/// Whether a request is to be sent again because of what the server answered.
///
/// # Errors
///
/// When the server's challenge cannot be answered.
pub(crate) fn answer(
    auth: &Auth,
    response: &HttpResponse,
    signing: &Signing<'_>,
) -> Result<Answer, Error> {
    match authorizer(auth) {
        Some(authorizer) => authorizer.answer(&Parameters::new(auth), response, signing),
        None => Ok(Answer::Done(Vec::new())),
    }
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
        "oauth1" => &OAuth1,
        "digest" => &Digest,
        "hawk" => &Hawk,
        "awsv4" => &AwsV4,
        "edgegrid" => &EdgeGrid,
        "jwt" => &Jwt,
        "asap" => &Asap,
        "ntlm" => &Ntlm,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::vectors::block_on;
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
        let signing = Signing::at(0);
        let secrets = Secrets::default();
        let outcome = block_on(sign(&auth, &mut request, signing, &secrets));
        assert!(matches!(outcome, Some(Ok(_))), "{outcome:?}");
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
