//! Reading `protocolProfileBehavior`, whose keys win over the command line by being there (as newman
//! 6.2.2).

use serde_json::{Map, Value};

use crate::http::{Protocol, SendOptions, TlsVersions};

/// How a request with this behaviour is sent.
pub(super) fn send_options(behavior: &Map<String, Value>, defaults: &SendOptions) -> SendOptions {
    let flag = |key: &str, default: bool| {
        behavior
            .get(key)
            .and_then(Value::as_bool)
            .unwrap_or(default)
    };
    let max_redirects = behavior.get("maxRedirects").and_then(Value::as_u64);
    SendOptions {
        follow_redirects: flag("followRedirects", defaults.follow_redirects),
        max_redirects: max_redirects
            .and_then(|limit| usize::try_from(limit).ok())
            .unwrap_or(defaults.max_redirects),
        follow_original_method: flag("followOriginalHttpMethod", defaults.follow_original_method),
        follow_authorization: flag("followAuthorizationHeader", defaults.follow_authorization),
        keep_referer: flag("removeRefererHeaderOnRedirect", defaults.keep_referer),
        strict_tls: flag("strictSSL", defaults.strict_tls),
        tls_versions: match behavior
            .get("tlsDisabledProtocols")
            .and_then(Value::as_array)
        {
            Some(names) => {
                TlsVersions::without(&names.iter().filter_map(Value::as_str).collect::<Vec<_>>())
            }
            None => defaults.tls_versions,
        },
        protocol: match behavior.get("protocolVersion").and_then(Value::as_str) {
            Some(name) if !defaults.protocol_is_fixed => {
                Protocol::from_name(name).unwrap_or(defaults.protocol)
            }
            _ => defaults.protocol,
        },
        protocol_is_fixed: defaults.protocol_is_fixed,
        as_newman: defaults.as_newman,
        bypass_proxy: defaults.bypass_proxy,
        use_cookies: !flag("disableCookies", !defaults.use_cookies),
    }
}
