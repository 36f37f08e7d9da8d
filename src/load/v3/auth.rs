//! The authorization of a request, folder or collection.

use serde_json::Value;

use crate::collection::Auth;
use crate::load::notice::Notices;
use crate::load::yaml::{Content, Fields, Node};
use crate::suggest::nearest;

/// Each type with the names of its credentials; none are checked where there is no name.
const TYPES: [(&str, &[&str]); 16] = [
    ("noauth", &[]),
    (
        "basic",
        &["username", "password", "showPassword", "saveHelperData"],
    ),
    ("bearer", &["token"]),
    ("apikey", &["key", "value", "in"]),
    (
        "digest",
        &[
            "username",
            "password",
            "realm",
            "nonce",
            "algorithm",
            "qop",
            "nonceCount",
            "clientNonce",
            "opaque",
            "disableRetryRequest",
        ],
    ),
    (
        "oauth1",
        &[
            "consumerKey",
            "consumerSecret",
            "token",
            "tokenSecret",
            "signatureMethod",
            "timestamp",
            "nonce",
            "version",
            "realm",
            "callback",
            "verifier",
            "privateKey",
            "includeBodyHash",
            "addParamsToHeader",
            "addEmptyParamsToSign",
            "autoAddParam",
            "disableHeaderEncoding",
        ],
    ),
    (
        "oauth2",
        &[
            "accessToken",
            "addTokenTo",
            "tokenType",
            "headerPrefix",
            "tokenName",
            "grant_type",
            "accessTokenUrl",
            "authUrl",
            "refreshTokenUrl",
            "refreshToken",
            "clientId",
            "clientSecret",
            "client_authentication",
            "redirect_uri",
            "callBackUrl",
            "useBrowser",
            "scope",
            "state",
            "username",
            "password",
            "challengeAlgorithm",
            "code_verifier",
            "resource",
            "audience",
            "authRequestParams",
            "tokenRequestParams",
            "refreshRequestParams",
            "deviceAuthorizationUrl",
            "privateKey",
            "certificate",
            "algorithm",
            "kid",
            "assertionAudience",
            "objectId",
            "identityResourceId",
            "disableRetryRequest",
        ],
    ),
    (
        "jwt",
        &[
            "algorithm",
            "secret",
            "isSecretBase64Encoded",
            "privateKey",
            "payload",
            "header",
            "headers",
            "addTokenTo",
            "headerPrefix",
            "queryParamKey",
        ],
    ),
    (
        "awsv4",
        &[
            "accessKey",
            "secretKey",
            "sessionToken",
            "region",
            "service",
            "addAuthDataToQuery",
        ],
    ),
    (
        "hawk",
        &[
            "authId",
            "authKey",
            "algorithm",
            "nonce",
            "timestamp",
            "extraData",
            "app",
            "appId",
            "delegation",
            "user",
            "includePayloadHash",
            "saveHelperData",
        ],
    ),
    (
        "ntlm",
        &[
            "username",
            "password",
            "domain",
            "workstation",
            "disableRetryRequest",
        ],
    ),
    (
        "asap",
        &[
            "alg",
            "kid",
            "iss",
            "exp",
            "aud",
            "sub",
            "privateKey",
            "claims",
        ],
    ),
    (
        "edgegrid",
        &[
            "accessToken",
            "clientToken",
            "clientSecret",
            "baseURL",
            "nonce",
            "timestamp",
            "headersToSign",
            "maxBodySize",
        ],
    ),
    ("azure", &[]),
    ("sasl", &[]),
    ("inherit", &[]),
];

/// Reads the member; `inherit` and nothing mean the same. Of several authorizations the first one counts.
pub(super) fn read(node: &Node, notices: &mut Notices) -> Option<Auth> {
    if let Content::List(members) = &node.content {
        return read(members.first()?, notices);
    }
    let known = ["type", "credentials", "id", "name"];
    let fields = Fields::read(node, "an authorization", &known, notices)?;
    let kind = fields
        .text("type", notices)
        .filter(|kind| !kind.is_empty() && kind != "inherit")?;
    let names = TYPES.iter().find(|(name, _)| *name == kind);
    if names.is_none() {
        let near = nearest(&kind, TYPES.map(|(name, _)| name));
        notices.push(
            node.line,
            format!("there is no authorization of type `{kind}`"),
            near.map(|near| format!("did you mean `{near}`?")),
        );
    }
    let names = names.map_or(&[] as &[&str], |(_, names)| names);
    let parameters = fields
        .get("credentials")
        .map(|node| credentials(node, &kind, names, notices))
        .unwrap_or_default();
    Some(Auth { kind, parameters })
}

fn credentials(
    node: &Node,
    kind: &str,
    names: &[&str],
    notices: &mut Notices,
) -> Vec<(String, Value)> {
    let check = |key: &str, line: usize, notices: &mut Notices| {
        if !names.is_empty() && !names.contains(&key) {
            notices.advise(
                line,
                format!(
                    "`{key}` is no credential of the type `{kind}`; the request goes without it"
                ),
                match nearest(key, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the type knows `{}`", names.join("`, `")),
                },
            );
        }
    };
    match &node.content {
        Content::Mapping(entries) => entries
            .iter()
            .map(|(key, value)| {
                check(&key.text, key.line, notices);
                (key.text.clone(), value_of(value))
            })
            .collect(),
        Content::List(members) => members
            .iter()
            .filter_map(|member| {
                let known = ["key", "value", "type", "disabled", "description"];
                let fields = Fields::read(member, "a credential", &known, notices)?;
                let key = fields.text("key", notices)?;
                check(&key, member.line, notices);
                Some((key, fields.get("value").map(value_of).unwrap_or_default()))
            })
            .collect(),
        Content::Scalar(_) => {
            if !node.is_null() {
                let message = format!("`credentials` is {}, where a mapping belongs", node.kind());
                notices.push(node.line, message, None);
            }
            Vec::new()
        }
    }
}

/// Nothing is an empty text, as the fields of the app are.
fn value_of(node: &Node) -> Value {
    match node.is_null() {
        true => Value::from(""),
        false => node.to_json(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::yaml::parse_yaml;
    use serde_json::json;

    fn read_yaml(text: &str) -> (Option<Auth>, Vec<String>) {
        let mut notices = Notices::about("f");
        let node = parse_yaml(text, &mut notices).unwrap();
        let auth = read(&node, &mut notices);
        let told = notices.into_list().into_iter();
        let told = told.map(|notice| match &notice.hint {
            Some(hint) => format!("{notice} ({hint})"),
            None => notice.to_string(),
        });
        (auth, told.collect())
    }

    #[test]
    fn credentials_are_a_map_or_a_list() {
        let forms = [
            "type: bearer\ncredentials:\n  token: \"{{t}}\"\n",
            "type: bearer\ncredentials:\n  - key: token\n    value: \"{{t}}\"\n",
            "- id: a\n  name: First\n  type: bearer\n  credentials:\n    token: {{t}}\n- type: basic\n",
        ];

        for form in forms {
            let auth = read_yaml(form).0.unwrap();
            assert_eq!(auth.kind, "bearer");
            assert_eq!(auth.parameters, [("token".to_owned(), json!("{{t}}"))]);
        }
    }

    #[test]
    fn inherit_and_nothing_inherit_and_noauth_does_not() {
        assert_eq!(read_yaml("type: inherit\n").0, None);
        assert_eq!(read_yaml("[]\n").0, None);
        assert_eq!(read_yaml("type: noauth\n").0.unwrap().kind, "noauth");
    }

    #[test]
    fn a_wrong_name_is_told_with_the_right_one() {
        let (auth, told) = read_yaml("type: basic\ncredentials:\n  user: u\n  pasword: p\n");

        assert_eq!(auth.unwrap().parameters.len(), 2);
        assert_eq!(
            told,
            [
                "`f`, line 3: `user` is no credential of the type `basic`; the request goes without it \
                 (did you mean `username`?)",
                "`f`, line 4: `pasword` is no credential of the type `basic`; the request goes without it \
                 (did you mean `password`?)",
            ]
        );
        assert_eq!(
            read_yaml("type: baerer\n").1,
            ["`f`, line 1: there is no authorization of type `baerer` (did you mean `bearer`?)"]
        );
    }
}
