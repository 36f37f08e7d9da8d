//! Finding the handler of a request: by method and path, the path without regard to case.

use super::api_request::ApiRequest;

/// One row of a plane's table of routes.
pub(super) struct Route<H> {
    pub(super) method: &'static str,
    /// A path whose `{name}` segments match anything.
    pub(super) template: &'static str,
    pub(super) handler: H,
}

/// What a table of routes says about a request.
pub(super) enum Match<'a, H> {
    Route(&'a H, Parameters<'a>),
    /// The path is known with these methods only.
    OtherMethods(Vec<&'static str>),
    Nothing,
}

/// What the `{name}` segments of a template stand for in one request.
pub(super) struct Parameters<'a>(Vec<(&'static str, &'a str)>);

impl<'a> Parameters<'a> {
    /// The decoded segment in the spelling of the request; empty for a name that the template lacks.
    pub(super) fn get(&self, name: &str) -> &'a str {
        self.0
            .iter()
            .find(|(key, _)| *key == name)
            .map_or("", |(_, value)| value)
    }
}

/// Looks a request up in a table.
pub(super) fn find<'a, H>(routes: &'a [Route<H>], request: &'a ApiRequest) -> Match<'a, H> {
    let mut methods = Vec::new();
    for route in routes {
        if let Some(parameters) = parameters(route.template, &request.segments) {
            if route.method == request.method.as_str() {
                return Match::Route(&route.handler, parameters);
            }
            methods.push(route.method);
        }
    }
    if methods.is_empty() {
        Match::Nothing
    } else {
        Match::OtherMethods(methods)
    }
}

fn parameters<'a>(template: &'static str, segments: &'a [String]) -> Option<Parameters<'a>> {
    let mut expected = template.split('/').filter(|segment| !segment.is_empty());
    let mut found = Vec::new();
    for segment in segments {
        let pattern = expected.next()?;
        if let Some(name) = pattern
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            found.push((name, segment.as_str()));
        } else if !pattern.eq_ignore_ascii_case(segment) {
            return None;
        }
    }
    expected.next().is_none().then_some(Parameters(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emulator::api_request::tests::request;

    const ROUTES: &[Route<u8>] = &[
        Route {
            method: "GET",
            template: "/pipelineruns/{run}",
            handler: 1,
        },
        Route {
            method: "POST",
            template: "/pipelineruns/{run}/cancel",
            handler: 2,
        },
    ];

    #[test]
    fn a_path_matches_without_regard_to_case_and_keeps_the_spelling_of_names() {
        let request = request("GET", "/PipelineRuns/AbC");

        let Match::Route(handler, parameters) = find(ROUTES, &request) else {
            panic!("no match")
        };

        assert_eq!(*handler, 1);
        assert_eq!(parameters.get("run"), "AbC");
        assert_eq!(parameters.get("other"), "");
    }

    #[test]
    fn a_known_path_with_another_method_names_the_methods() {
        let request = request("PUT", "/pipelineruns/1");

        assert!(
            matches!(find(ROUTES, &request), Match::OtherMethods(methods) if methods == ["GET"])
        );
    }

    #[test]
    fn a_path_that_is_too_short_or_too_long_matches_nothing() {
        for path in ["/", "/pipelineruns", "/pipelineruns/1/cancel/2"] {
            assert!(
                matches!(find(ROUTES, &request("GET", path)), Match::Nothing),
                "{path}"
            );
        }
    }
}
