//! Why there is no token.

use super::Grant;

/// A token that cannot be had. Nothing of it is secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenError {
    /// Nobody knows the grant.
    #[error("there is no grant `{name}`")]
    UnknownGrant {
        /// Its name as written.
        name: String,
    },
    /// Something that the grant needs is not there.
    #[error("the grant {} needs `{parameter}`", grant.name())]
    Missing {
        /// The grant.
        grant: Grant,
        /// The parameter.
        parameter: &'static str,
    },
    /// A parameter holds a variable that nobody knows.
    #[error("`{parameter}` of the authorization holds a variable without a value")]
    Unresolved {
        /// The parameter.
        parameter: &'static str,
    },
    /// A URL is none.
    #[error("`{parameter}` is no URL: `{url}`")]
    InvalidUrl {
        /// The parameter.
        parameter: &'static str,
        /// Its value.
        url: String,
    },
    /// The client cannot prove who it is.
    #[error("the client's assertion cannot be signed: {reason}")]
    Assertion {
        /// Why.
        reason: crate::auth::Error,
    },
    /// The certificate is not one that can be read.
    #[error("`certificate` holds no certificate in PEM")]
    UnreadableCertificate,
    /// There is no such way for a client to prove who it is.
    #[error("there is no client authentication `{name}`")]
    UnknownClientAuthentication {
        /// Its name as written.
        name: String,
    },
    /// The grant needs a browser that hands over a token.
    #[error("the grant implicit hands its token to a browser")]
    Implicit,
    /// Nobody is there to log in.
    #[error("the grant {} needs a person, and this is no terminal", grant.name())]
    NobodyThere {
        /// The grant.
        grant: Grant,
    },
    /// The page that the login leads back to is not on this machine.
    #[error("the login leads back to `{url}`, which is not on this machine")]
    ForeignRedirect {
        /// The address.
        url: String,
    },
    /// Nothing can listen where the login leads back to.
    #[error("cannot wait for the login at {address}: {reason}")]
    CannotListen {
        /// The address.
        address: String,
        /// What the system says.
        reason: String,
    },
    /// The person or the server said no.
    #[error("the login failed: {error}{}", described(description.as_deref()))]
    LoginFailed {
        /// The code of RFC 6749, 4.1.2.1 or RFC 8628, 3.5.
        error: String,
        /// The server's words.
        description: Option<String>,
    },
    /// Nobody logged in.
    #[error("nobody logged in within {seconds} seconds")]
    LoginTimedOut {
        /// How long it was waited.
        seconds: u64,
    },
    /// The server cannot be reached.
    #[error("cannot get a token from {url}: {reason}")]
    Unreachable {
        /// The endpoint without its query.
        url: String,
        /// What the transport says.
        reason: String,
    },
    /// The server says why there is no token.
    #[error(
        "cannot get a token from {url}: the server answered {status}, {error}{}",
        described(description.as_deref())
    )]
    Refused {
        /// The endpoint without its query.
        url: String,
        /// The status code with its reason.
        status: String,
        /// The code of RFC 6749, 5.2.
        error: String,
        /// The server's words.
        description: Option<String>,
        /// A page about it.
        page: Option<String>,
    },
    /// The answer holds neither a token nor an error.
    #[error("cannot get a token from {url}: the server answered {status} without a token ({kind})")]
    NoToken {
        /// The endpoint without its query.
        url: String,
        /// The status code with its reason.
        status: String,
        /// The media type of the answer.
        kind: String,
    },
    /// An environment variable of a platform with workload identities is not set.
    #[error("the grant workload_identity needs the environment variable `{variable}`")]
    NotOnPlatform {
        /// The variable.
        variable: &'static str,
    },
    /// The platform's token cannot be read.
    #[error("cannot read the platform's token from `{path}`: {reason}")]
    UnreadableFederatedToken {
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// The platform has identities of a kind that is not supported.
    #[error("managed identities of Azure Arc and Service Fabric are not supported")]
    OtherPlatform,
    /// The run is being stopped.
    #[error("the run is stopped")]
    Stopped,
}

fn described(description: Option<&str>) -> String {
    description.map_or(String::new(), |text| format!(": {text}"))
}

impl TokenError {
    /// The code that the server gave.
    pub(crate) fn code(&self) -> Option<&str> {
        match self {
            Self::Refused { error, .. } | Self::LoginFailed { error, .. } => Some(error),
            _ => None,
        }
    }

    /// Whether asking once more is of no use during this run.
    pub(crate) fn is_final(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::LoginFailed { .. })
            || matches!(self, Self::LoginTimedOut { .. })
    }

    /// What a user can do about it.
    pub(crate) fn hint(&self) -> String {
        let hint = match self {
            Self::UnknownGrant { .. } => {
                "use client_credentials, password_credentials, refresh_token, device_code, authorization_code, managed_identity or workload_identity"
            }
            Self::Missing { .. } => "add it to the authorization of the request or its folder",
            Self::Unresolved { .. } => {
                "define the variable with -e FILE or --env-var NAME=VALUE, and compare upper and lower case"
            }
            Self::InvalidUrl { .. } => "write an address that begins with https://",
            Self::Assertion { .. } => {
                "give `privateKey` a key in PEM that fits `algorithm` (RS256 unless it is set, PS256 with a certificate)"
            }
            Self::UnreadableCertificate => {
                "put the text between `-----BEGIN CERTIFICATE-----` and `-----END CERTIFICATE-----` there, with both lines"
            }
            Self::UnknownClientAuthentication { .. } => {
                "use header, body, private_key_jwt or client_secret_jwt"
            }
            Self::Implicit => {
                "use client_credentials, device_code or authorization_code, or put a token into `accessToken`"
            }
            Self::NobodyThere { .. } => {
                "put a token into `accessToken` or a refresh token into `refreshToken`, or use client_credentials or device_code; on a terminal the login is possible"
            }
            Self::ForeignRedirect { .. } => {
                "register http://127.0.0.1 as a redirect address of the client and name it in `redirect_uri`, or use device_code"
            }
            Self::CannotListen { .. } => "end the program that uses the port, or name another one",
            Self::LoginFailed { .. } | Self::LoginTimedOut { .. } => "log in again",
            Self::Unreachable { .. } => {
                "check the address and the network; --connect-to, proxies and CA files hold for tokens as well"
            }
            Self::Refused {
                page: Some(page), ..
            } => return format!("the server says more at {page}"),
            Self::Refused { error, .. } => refusal_hint(error),
            Self::NoToken { kind, .. } if kind.contains("html") => {
                "the address is probably a page for people; the token endpoint is another one"
            }
            Self::NoToken { .. } => "check that `accessTokenUrl` is the token endpoint",
            Self::NotOnPlatform { .. } => {
                "run where a workload identity is set up, or set the variables AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE"
            }
            Self::UnreadableFederatedToken { .. } => "check AZURE_FEDERATED_TOKEN_FILE",
            Self::OtherPlatform => {
                "get the token with the platform's tools and pass it as a variable"
            }
            Self::Stopped => "run again",
        };
        hint.to_owned()
    }
}

fn refusal_hint(error: &str) -> &'static str {
    match error {
        "invalid_client" | "unauthorized_client" => {
            "check `clientId`, `clientSecret` and `client_authentication`, and that the client may use this grant"
        }
        "invalid_grant" => {
            "check the user name, password, code or refresh token; it may have expired"
        }
        "invalid_scope" | "invalid_target" => "check `scope`, `resource` and `audience`",
        "unsupported_grant_type" => "check `grant_type` and whether the server offers it",
        _ => "check the parameters of the authorization; --verbose shows the request",
    }
}
