//! The ways to a token.

/// How a token is obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grant {
    /// RFC 6749, 4.4.
    ClientCredentials,
    /// RFC 6749, 4.3.
    Password,
    /// RFC 6749, 4.1, always with PKCE (RFC 7636).
    AuthorizationCode,
    /// RFC 6749, 4.2: needs a browser that hands over the token itself.
    Implicit,
    /// RFC 8628.
    DeviceCode,
    /// RFC 6749, 6, with a token that the user has.
    RefreshToken,
    /// The identity that Azure gives to a machine.
    ManagedIdentity,
    /// A token of the platform in place of a secret (RFC 7523, 2.2).
    WorkloadIdentity,
}

/// Each name that `grant_type` may have; the first one of a grant is its own.
const NAMES: [(&str, Grant); 11] = [
    ("client_credentials", Grant::ClientCredentials),
    ("password_credentials", Grant::Password),
    ("password", Grant::Password),
    ("authorization_code", Grant::AuthorizationCode),
    ("authorization_code_with_pkce", Grant::AuthorizationCode),
    ("implicit", Grant::Implicit),
    ("device_code", Grant::DeviceCode),
    (super::device::GRANT_TYPE, Grant::DeviceCode),
    ("refresh_token", Grant::RefreshToken),
    ("managed_identity", Grant::ManagedIdentity),
    ("workload_identity", Grant::WorkloadIdentity),
];

impl Grant {
    pub(super) fn named(name: &str) -> Option<Self> {
        let found = NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, grant)| *grant)
    }

    /// The name that `grant_type` gives it.
    pub(crate) fn name(self) -> &'static str {
        let found = NAMES.iter().find(|(_, grant)| *grant == self);
        found.map_or("", |(name, _)| name)
    }

    /// The parameters without which it cannot work.
    pub(super) fn needs(self) -> &'static [&'static str] {
        match self {
            Self::ClientCredentials => &["accessTokenUrl", "clientId"],
            Self::Password => &["accessTokenUrl", "username"],
            Self::AuthorizationCode => &["authUrl", "accessTokenUrl", "clientId"],
            Self::DeviceCode => &["deviceAuthorizationUrl", "accessTokenUrl", "clientId"],
            Self::RefreshToken => &["refreshToken"],
            Self::Implicit | Self::ManagedIdentity | Self::WorkloadIdentity => &[],
        }
    }
}
