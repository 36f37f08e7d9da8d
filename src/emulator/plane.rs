//! Which of the three hosts a request means.

use std::net::IpAddr;

/// Host names that the emulator answers to, besides addresses and `localhost`.
pub(crate) const HOSTS: [&str; 3] = [LOGIN, MANAGEMENT, "*.dev.azuresynapse.net"];

const LOGIN: &str = "login.microsoftonline.com";
const MANAGEMENT: &str = "management.azure.com";
const DATA_SUFFIX: &str = ".dev.azuresynapse.net";

/// A part of Azure with a host, a token audience and error shapes of its own.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Plane {
    Login,
    Management,
    /// The data plane of the named workspace; of the first one where the host does not say.
    Data {
        workspace: Option<String>,
    },
    /// A host that is none of ours.
    Elsewhere,
}

impl Plane {
    /// Chooses by host, and by path where the host is an address or `localhost`, as it is for
    /// clients that were given one address for everything.
    pub(super) fn of(authority: &str, segments: &[String]) -> Self {
        let host = host(authority);
        if host == LOGIN {
            Self::Login
        } else if host == MANAGEMENT {
            Self::Management
        } else if let Some(workspace) = host.strip_suffix(DATA_SUFFIX) {
            Self::Data {
                workspace: Some(workspace.to_owned()),
            }
        } else if is_local(authority) {
            Self::by_path(segments)
        } else {
            Self::Elsewhere
        }
    }

    fn by_path(segments: &[String]) -> Self {
        let lowercase: Vec<String> = segments
            .iter()
            .map(|segment| segment.to_ascii_lowercase())
            .collect();
        let path: Vec<&str> = lowercase.iter().map(String::as_str).collect();
        match path.as_slice() {
            [_, "oauth2", "v2.0", "token"]
            | [_, "v2.0", ".well-known", _]
            | [_, "discovery", ..] => Self::Login,
            ["subscriptions", ..] => Self::Management,
            _ => Self::Data { workspace: None },
        }
    }
}

/// Whether a host is one of [`HOSTS`].
pub(super) fn is_emulated(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    match name.strip_suffix(DATA_SUFFIX) {
        // As in a certificate, the star stands for one label.
        Some(workspace) => !workspace.is_empty() && !workspace.contains('.'),
        None => name == LOGIN || name == MANAGEMENT,
    }
}

/// Whether an authority is an address or a name of this machine.
pub(super) fn is_local(authority: &str) -> bool {
    let host = host(authority);
    host == "localhost" || host.ends_with(".localhost") || host.parse::<IpAddr>().is_ok()
}

/// The host of an authority in lower case, without port, brackets and final dot.
fn host(authority: &str) -> String {
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(authority: &str, path: &str) -> Plane {
        let segments: Vec<String> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(str::to_owned)
            .collect();
        Plane::of(authority, &segments)
    }

    #[test]
    fn a_host_of_azure_decides_whatever_the_path() {
        assert_eq!(
            plane("login.microsoftonline.com", "/subscriptions"),
            Plane::Login
        );
        assert_eq!(
            plane("Management.Azure.com:443", "/x/oauth2/v2.0/token"),
            Plane::Management
        );
        assert_eq!(
            plane("ws-demo.dev.azuresynapse.net", "/subscriptions"),
            Plane::Data {
                workspace: Some("ws-demo".to_owned())
            }
        );
    }

    #[test]
    fn the_path_decides_for_an_address_of_this_machine() {
        for authority in ["localhost:8443", "127.0.0.1:1", "[::1]:8443"] {
            assert_eq!(plane(authority, "/t/oauth2/v2.0/TOKEN"), Plane::Login);
            assert_eq!(
                plane(authority, "/t/v2.0/.well-known/openid-configuration"),
                Plane::Login
            );
            assert_eq!(plane(authority, "/common/discovery/instance"), Plane::Login);
            assert_eq!(plane(authority, "/Subscriptions/1"), Plane::Management);
            assert_eq!(
                plane(authority, "/pipelineruns/1"),
                Plane::Data { workspace: None }
            );
        }
    }

    #[test]
    fn a_host_that_only_ends_alike_is_elsewhere() {
        assert_eq!(plane("example.com", "/"), Plane::Elsewhere);
        assert_eq!(plane("evilmanagement.azure.com", "/"), Plane::Elsewhere);
    }
}
