//! The `api-version` of a request, which both planes demand and check alike.

use super::api_request::ApiRequest;

/// Versions of the management plane's Synapse resources, newest first.
pub(super) const RESOURCE: &[&str] = &[
    "2021-06-01",
    "2021-06-01-preview",
    "2021-05-01",
    "2021-03-01",
    "2020-12-01",
    "2019-06-01-preview",
];

/// Versions of the management plane's subscriptions, newest first.
pub(super) const SUBSCRIPTION: &[&str] = &[
    "2022-12-01",
    "2022-09-01",
    "2021-01-01",
    "2020-01-01",
    "2019-11-01",
    "2019-06-01",
    "2018-06-01",
    "2016-06-01",
];

/// Versions of the data plane, newest first.
pub(super) const DATA: &[&str] = &[
    "2022-03-01-preview",
    "2021-06-01-preview",
    "2020-12-01",
    "2019-06-01-preview",
];

/// Why a version is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum VersionRefusal {
    Missing,
    Unknown {
        version: String,
        supported: &'static [&'static str],
    },
}

impl VersionRefusal {
    /// Code and message, which the two planes share.
    pub(super) fn text(&self) -> (&'static str, String) {
        match self {
            Self::Missing => (
                "MissingApiVersionParameter",
                "The api-version query parameter (?api-version=) is required for all requests."
                    .to_owned(),
            ),
            Self::Unknown { version, supported } => (
                "InvalidApiVersionParameter",
                format!(
                    "The api-version '{version}' is invalid. The supported versions are '{}'.",
                    supported.join(",")
                ),
            ),
        }
    }
}

/// Gives the version of a request.
///
/// # Errors
///
/// When there is none, an empty one, or one that is not in `supported`.
pub(super) fn check<'a>(
    request: &'a ApiRequest,
    supported: &'static [&'static str],
) -> Result<&'a str, VersionRefusal> {
    let version = request
        .filled_query("api-version")
        .ok_or(VersionRefusal::Missing)?;
    if supported
        .iter()
        .any(|known| known.eq_ignore_ascii_case(version))
    {
        Ok(version)
    } else {
        Err(VersionRefusal::Unknown {
            version: version.to_owned(),
            supported,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emulator::api_request::tests::request;

    #[test]
    fn a_listed_version_passes() {
        assert_eq!(
            check(&request("GET", "/x?api-version=2020-12-01"), DATA),
            Ok("2020-12-01")
        );
    }

    #[test]
    fn an_empty_version_is_missing() {
        assert_eq!(
            check(&request("GET", "/x"), DATA),
            Err(VersionRefusal::Missing)
        );
        assert_eq!(
            check(&request("GET", "/x?api-version="), DATA),
            Err(VersionRefusal::Missing)
        );
    }

    #[test]
    fn an_unknown_version_is_told_the_known_ones() {
        let refusal = check(&request("GET", "/x?api-version=1999-01-01"), DATA).unwrap_err();

        assert_eq!(
            refusal.text().1,
            "The api-version '1999-01-01' is invalid. \
             The supported versions are '2022-03-01-preview,2021-06-01-preview,2020-12-01,2019-06-01-preview'."
        );
    }
}
