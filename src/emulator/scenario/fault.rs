//! Refusals that are wished for: the nth call to something, whatever it says.

use std::time::Duration;

/// A refusal of calls that would be answered otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::emulator) struct Fault {
    pub(in crate::emulator) pattern: CallPattern,
    /// Which of the calls that fit are refused, counted from 1; all where there is none.
    pub(in crate::emulator) calls: Vec<u64>,
    pub(in crate::emulator) status: u16,
    pub(in crate::emulator) retry_after: Option<Duration>,
    /// What the answer says instead of the usual text.
    pub(in crate::emulator) message: Option<String>,
}

/// Which calls a fault counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::emulator) enum CallPattern {
    /// Each one to the management and the data plane.
    BothPlanes,
    /// Those with a method, or any, and a path, whose `*` stands for one segment and a `**` at its
    /// end for any number.
    Path {
        method: Option<String>,
        path: Vec<String>,
    },
}

impl Fault {
    pub(super) fn throttling(call: u64, retry_after: Duration) -> Self {
        Self {
            pattern: CallPattern::BothPlanes,
            calls: vec![call],
            status: 429,
            retry_after: Some(retry_after),
            message: None,
        }
    }
}

impl CallPattern {
    /// Reads `POST /pipelines/*/createRun`; nothing where the text has another form.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (method, path) = text.split_once(' ')?;
        let path = path.trim().strip_prefix('/')?;
        let is_method = method == "*" || method.chars().all(|letter| letter.is_ascii_uppercase());
        (is_method && !method.is_empty()).then(|| Self::Path {
            method: (method != "*").then(|| method.to_owned()),
            path: path
                .split('/')
                .filter(|segment| !segment.is_empty())
                .map(str::to_owned)
                .collect(),
        })
    }

    pub(in crate::emulator) fn matches(
        &self,
        method: &str,
        segments: &[String],
        is_login: bool,
    ) -> bool {
        match self {
            Self::BothPlanes => !is_login,
            Self::Path {
                method: wanted,
                path,
            } => {
                wanted.as_deref().is_none_or(|wanted| wanted == method)
                    && path_matches(path, segments)
            }
        }
    }
}

fn path_matches(pattern: &[String], segments: &[String]) -> bool {
    match (pattern, segments) {
        ([last], _) if last == "**" => true,
        ([], []) => true,
        ([first, pattern @ ..], [segment, segments @ ..]) => {
            (first == "*" || first.eq_ignore_ascii_case(segment)) && path_matches(pattern, segments)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, method: &str, path: &str) -> bool {
        let segments: Vec<String> = path.split('/').skip(1).map(str::to_owned).collect();
        CallPattern::parse(pattern)
            .unwrap()
            .matches(method, &segments, false)
    }

    #[test]
    fn a_star_stands_for_one_segment_and_two_for_the_rest() {
        assert!(matches(
            "POST /pipelines/*/createRun",
            "POST",
            "/pipelines/x/createrun"
        ));
        assert!(!matches(
            "POST /pipelines/*/createRun",
            "GET",
            "/pipelines/x/createRun"
        ));
        assert!(!matches(
            "POST /pipelines/*",
            "POST",
            "/pipelines/x/createRun"
        ));
        assert!(matches("* /pipelines/**", "GET", "/pipelines/x/createRun"));
        assert!(matches("* /**", "GET", "/a/b"));
        assert!(!matches("GET /a/*", "GET", "/a"));
    }

    #[test]
    fn text_of_another_form_is_no_pattern() {
        for text in ["", "GET", "/pipelines", "get /x", "GET pipelines"] {
            assert_eq!(CallPattern::parse(text), None, "{text}");
        }
    }
}
