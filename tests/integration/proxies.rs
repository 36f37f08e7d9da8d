//! Requests that go through a proxy.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{
    Answer, Authority, Manner, Outcome, Postrider, Proxy, Server, collection, get,
};

fn server() -> Server {
    Server::start(|_| Answer::ok(""))
}

fn tls_server(authority: &Authority) -> Server {
    Server::start_tls(authority.server_config(&["echo.test"]), |_| Answer::ok(""))
}

/// One request, with these environment variables and arguments.
fn ask(url: &str, variables: &[(&str, &str)], arguments: &[&str]) -> Outcome {
    let mut run = Postrider::with_collection(&collection(json!([get("A", url)])))
        .arguments(&["--reporter-cli-no-summary", "--insecure"])
        .arguments(arguments);
    for (name, value) in variables {
        run = run.variable(name, *value);
    }
    run.run()
}

#[test]
fn an_http_request_names_its_whole_url_to_the_proxy() {
    let (server, proxy) = (server(), Proxy::start(Manner::Open));
    let url = format!("http://echo.test:{}/a/../b?q=|", server.port());

    ask(&url, &[], &["--proxy", &proxy.address()]).expect_code(0);

    assert_eq!(proxy.seen(), [format!("GET {url} HTTP/1.1")]);
    let host = format!("echo.test:{}", server.port());
    assert_eq!(server.request().header("host"), Some(host.as_str()));
    assert_eq!(server.request().target(), "/a/../b?q=|");
}

#[test]
fn an_https_request_goes_through_a_tunnel() {
    let authority = Authority::new();
    let (server, proxy) = (tls_server(&authority), Proxy::start(Manner::Open));
    let url = format!("https://echo.test:{}/a", server.port());

    Postrider::with_collection(&collection(json!([get("A", url)])))
        .file("ca.pem", authority.pem())
        .arguments(&[
            "--ssl-extra-ca-certs",
            "ca.pem",
            "--proxy",
            &proxy.address(),
        ])
        .run()
        .expect_code(0);

    let expected = format!("CONNECT echo.test:{} HTTP/1.1", server.port());
    assert_eq!(proxy.seen(), [expected]);
    assert_eq!(server.lines(), ["GET /a"]);
}

#[test]
fn a_socks_proxy_gets_the_name_or_the_address_as_its_scheme_says() {
    let (server, proxy) = (server(), Proxy::start(Manner::Open));
    let url = format!("http://echo.localhost:{}/a", server.port());

    for scheme in ["socks5", "socks5h"] {
        let address = format!("{scheme}://{}", proxy.address());
        ask(&url, &[], &["--proxy", &address]).expect_code(0);
    }

    let seen = proxy.seen();
    assert!(!seen[0].contains("echo.localhost"), "{seen:?}");
    assert_eq!(seen[1], format!("SOCKS echo.localhost:{}", server.port()));
}

#[test]
fn a_socks_proxy_carries_tls_and_takes_credentials() {
    let authority = Authority::new();
    let server = tls_server(&authority);
    let proxy = Proxy::start(Manner::Protected("user:p@ss"));
    let url = format!("https://echo.test:{}/a", server.port());
    let address = format!("socks5h://user:p%40ss@{}", proxy.address());

    ask(&url, &[], &["--proxy", &address]).expect_code(0);

    assert_eq!(server.lines(), ["GET /a"]);
}

#[test]
fn credentials_are_decoded_and_sent_to_the_proxy_only() {
    let authority = Authority::new();
    let proxy = Proxy::start(Manner::Protected("u:p@ss"));
    let address = format!("http://u:p%40ss@{}", proxy.address());
    let (plain, secure) = (server(), tls_server(&authority));

    let urls = [
        format!("http://echo.test:{}/", plain.port()),
        format!("https://echo.test:{}/", secure.port()),
    ];
    for url in &urls {
        ask(url, &[("http_proxy", &address)], &[]).expect_code(0);
    }

    let seen = proxy.seen();
    assert!(
        seen.iter().all(|line| line.ends_with("[Basic dTpwQHNz]")),
        "{seen:?}"
    );
    assert_eq!(secure.request().header("proxy-authorization"), None);
}

#[test]
fn variables_count_in_both_cases_and_by_the_scheme_of_the_url() {
    let authority = Authority::new();
    let (plain, secure) = (server(), tls_server(&authority));
    let http = format!("http://echo.test:{}/", plain.port());
    let https = format!("https://echo.test:{}/", secure.port());
    let cases = [
        ("HTTP_PROXY", [true, true]),
        ("http_proxy", [true, true]),
        ("HTTPS_PROXY", [false, true]),
        ("https_proxy", [false, true]),
        ("ALL_PROXY", [true, true]),
        ("all_proxy", [true, true]),
    ];

    for (variable, expected) in cases {
        for (url, is_used) in [&http, &https].into_iter().zip(expected) {
            let proxy = Proxy::start(Manner::Open);
            let port = if url == &http {
                plain.port()
            } else {
                secure.port()
            };
            let own_port = if is_used { 9 } else { port };
            // Without the proxy the name leads nowhere, but to the server by this rule.
            let rule = format!("other.test:{own_port}:127.0.0.1:{port}");
            let url = match is_used {
                true => url.clone(),
                false => url.replace("echo.test", "other.test"),
            };
            ask(
                &url,
                &[(variable, &proxy.address())],
                &["--connect-to", &rule],
            )
            .expect_code(0);
            assert_eq!(!proxy.seen().is_empty(), is_used, "{variable} {url}");
        }
    }
}

#[test]
fn hosts_can_be_reached_without_the_proxy() {
    let (server, proxy) = (server(), Proxy::start(Manner::Closing));
    let url = server.url("/a");
    let variable = |list: &'static str| ("NO_PROXY", list);

    let address = proxy.address();
    let set = ("HTTP_PROXY", address.as_str());
    ask(&url, &[set, variable("localhost,.corp,127.0.0.0/8")], &[]).expect_code(0);
    ask(&url, &[set, ("no_proxy", "*")], &[]).expect_code(0);
    ask(&url, &[set], &["--no-proxy", "127.0.0.1"]).expect_code(0);
    ask(&url, &[set], &["--ignore-proxy"]).expect_code(0);
    // The flag takes the place of the variable.
    ask(&url, &[set, variable("*")], &["--no-proxy", "other"]).expect_code(1);

    assert_eq!(proxy.seen().len(), 1);
}

#[test]
fn the_flag_wins_over_the_variables() {
    let (server, proxy) = (server(), Proxy::start(Manner::Open));
    let address = proxy.address();

    let variables = [("HTTP_PROXY", "127.0.0.1:9")];
    ask(&server.url("/a"), &variables, &["--proxy", &address]).expect_code(0);

    assert_eq!(proxy.seen().len(), 1);
}

#[test]
fn quotes_around_a_variable_are_told_and_left_out() {
    let (server, proxy) = (server(), Proxy::start(Manner::Open));
    let quoted = format!("'http://{}'", proxy.address());

    let outcome = ask(&server.url("/a"), &[("HTTP_PROXY", &quoted)], &[]).expect_code(0);

    assert_eq!(proxy.seen().len(), 1);
    assert_snapshot!(outcome.stderr, @"warning: the quotes are part of the value of HTTP_PROXY; they are left out (set it without quotes)");
}

/// What the console says about a request through this proxy.
fn failure(url: &str, proxy: &str) -> String {
    let outcome = ask(
        url,
        &[("ALL_PROXY", proxy)],
        &["--reporter-cli-no-failures"],
    );
    let text = outcome.expect_code(1).to_snapshot();
    let begin = text.find("errored").unwrap();
    text[begin..].to_owned()
}

#[test]
fn a_failure_names_the_proxy_without_its_password_and_where_it_was_set() {
    let http = "http://echo.test/a";
    let https = "https://echo.test/a";
    let protected = Proxy::start(Manner::Protected("user:right")).address();
    let forbidding = Proxy::start(Manner::Forbidding).address();
    let closing = Proxy::start(Manner::Closing).address();

    assert_snapshot!(failure(http, "http://user:hidden@127.0.0.1:9"), @"
    errored]
         connect ECONNREFUSED 127.0.0.1:9 (through the proxy http://user:***@127.0.0.1:9 from ALL_PROXY)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
    assert_snapshot!(failure(https, "127.0.0.1:9"), @"
    errored]
         connect ECONNREFUSED 127.0.0.1:9 (through the proxy http://127.0.0.1:9 from ALL_PROXY)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
    assert_snapshot!(failure(https, "http://no-such-proxy.invalid:9"), @"
    errored]
         getaddrinfo ENOTFOUND no-such-proxy.invalid (through the proxy http://no-such-proxy.invalid:9 from ALL_PROXY)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
    assert_snapshot!(failure(https, &format!("http://user:hidden@{protected}")), @"
    errored]
         the proxy asks for credentials, or refuses those given (through the proxy http://user:***@127.0.0.1:<port> from ALL_PROXY)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
    assert_snapshot!(failure(https, &forbidding), @"
    errored]
         the proxy refuses to connect to echo.test:443 (through the proxy http://127.0.0.1:<port> from ALL_PROXY)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
    assert_snapshot!(failure(https, &closing), @"
    errored]
         the proxy ended the connection when asked for echo.test:443 (through the proxy http://127.0.0.1:<port> from ALL_PROXY)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
    assert_snapshot!(failure(http, &closing), @"
    errored]
         socket hang up: 127.0.0.1:<port> closed the connection without an answer (through the proxy http://127.0.0.1:<port> from ALL_PROXY)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
    assert_snapshot!(failure(http, "socks5h://127.0.0.1:9"), @"
    errored]
         the proxy cannot be reached (through the proxy socks5h://127.0.0.1:9 from ALL_PROXY)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
    assert_snapshot!(failure(http, &format!("socks5h://{forbidding}")), @"
    errored]
         the proxy refuses to connect to echo.test:80: connection not allowed (through the proxy socks5h://127.0.0.1:<port> from ALL_PROXY)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
    assert_snapshot!(failure(http, &format!("socks5h://user:hidden@{protected}")), @"
    errored]
         the proxy asks for credentials, or refuses those given (through the proxy socks5h://user:***@127.0.0.1:<port> from ALL_PROXY)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
}

#[test]
fn an_address_that_is_none_is_told_before_the_run() {
    let about = |variables: &[(&str, &str)], arguments: &[&str]| {
        ask("http://127.0.0.1:9/", variables, arguments).message()
    };

    assert_snapshot!(about(&[], &["--proxy", "ftp://user:hidden@proxy"]), @"
    exit code: 2
    error: cannot use the proxy `***@proxy` from --proxy
      caused by: `ftp` is no kind of proxy; http, https, socks4, socks4a, socks5 and socks5h are

    hint: write it as `http://USER:PASSWORD@HOST:PORT` or `socks5h://HOST:PORT`
    ");
    assert_snapshot!(about(&[("HTTPS_PROXY", "proxy:port")], &[]), @"
    exit code: 2
    error: cannot use the proxy `proxy:port` from HTTPS_PROXY
      caused by: it is not a URL: invalid port number

    hint: write it as `http://USER:PASSWORD@HOST:PORT` or `socks5h://HOST:PORT`
    ");
    assert_snapshot!(about(&[], &["--proxy", "proxy:1", "--ignore-proxy"]), @"
    exit code: 2
    error: the argument '--proxy <URL>' cannot be used with '--ignore-proxy'

    Usage: postrider run --insecure --proxy <URL> <COLLECTION>

    For more information, try '--help'.
    ");
}

#[test]
fn an_input_is_fetched_through_the_proxy_too() {
    let text = collection(json!([])).to_string();
    let (server, proxy) = (
        Server::start(move |_| Answer::ok(text.clone())),
        Proxy::start(Manner::Open),
    );

    Postrider::new()
        .arguments(&["run", &server.url("/c.json")])
        .variable("HTTP_PROXY", proxy.address())
        .run()
        .expect_code(4);

    let expected = format!("GET {} HTTP/1.1", server.url("/c.json"));
    assert_eq!(proxy.seen(), [expected]);
}
