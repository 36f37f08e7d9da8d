//! The CONNECT proxy of `postrider emulator`, for clients that know Azure's host names only.

use std::io::ErrorKind;
use std::net::TcpListener;

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{CLIENT_SECRET, Postrider, Running, Tunnel};

const TENANT: &str = "11111111-1111-4111-8111-111111111111";

struct Started {
    emulator: Running,
    introduction: String,
    ca: String,
}

impl Started {
    fn new(arguments: &[&str]) -> Self {
        let mut emulator = Postrider::new()
            .arguments(&["emulator", "--port", "0", "--ca-out", "ca.pem"])
            .arguments(arguments)
            .spawn();
        let introduction = emulator.wait_for_stdout("Ctrl-C ends it.");
        let ca = std::fs::read_to_string(emulator.path("ca.pem")).unwrap();
        Self {
            emulator,
            introduction,
            ca,
        }
    }

    fn with_proxy() -> Self {
        Self::new(&["--proxy-port", "0"])
    }

    fn proxy(&self) -> Tunnel<'_> {
        let line = self.introduction.lines().nth(1).unwrap();
        Tunnel {
            address: line.strip_prefix("proxy: http://").unwrap(),
            ca: &self.ca,
        }
    }
}

/// A server that nobody should connect to.
struct Bystander {
    listener: TcpListener,
    address: String,
}

impl Bystander {
    fn new() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        Self { listener, address }
    }

    /// A connection that was made would wait to be accepted.
    fn is_alone(&self) -> bool {
        matches!(self.listener.accept(), Err(error) if error.kind() == ErrorKind::WouldBlock)
    }
}

/// The body of an answer with a length, as JSON.
fn json(answer: &str) -> Value {
    serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap()
}

fn token(proxy: &Tunnel<'_>, scope: &str) -> Value {
    let body = format!(
        "grant_type=client_credentials&client_id=22222222-2222-4222-8222-222222222222\
         &client_secret={CLIENT_SECRET}&scope={scope}/.default"
    );
    let head = format!(
        "POST /{TENANT}/oauth2/v2.0/token HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded"
    );
    json(&proxy.send("login.microsoftonline.com", &head, &body))
}

#[test]
fn a_client_reaches_all_three_hosts_under_their_own_names() {
    let started = Started::with_proxy();
    let proxy = started.proxy();
    let get = |host: &str, path: &str, scope: &str| {
        let token = token(&proxy, scope);
        let token = token["access_token"].as_str().unwrap().to_owned();
        let head = format!("GET {path} HTTP/1.1\r\nAuthorization: Bearer {token}");
        json(&proxy.send(host, &head, ""))
    };

    let subscriptions = get(
        "management.azure.com",
        "/subscriptions?api-version=2022-12-01",
        "https://management.azure.com",
    );
    let pipelines = get(
        "ws-demo.dev.azuresynapse.net",
        "/pipelines?api-version=2020-12-01",
        "https://dev.azuresynapse.net",
    );

    assert_eq!(subscriptions["value"][0]["displayName"], "Emulator");
    assert_eq!(pipelines["value"][0]["name"], "pl-demo");
}

#[test]
fn urls_in_answers_through_the_proxy_name_the_host_of_the_request() {
    let started = Started::with_proxy();

    let head = format!("GET /{TENANT}/v2.0/.well-known/openid-configuration HTTP/1.1");
    let document = json(&started.proxy().send("login.microsoftonline.com", &head, ""));

    assert_eq!(
        document["token_endpoint"],
        format!("https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token")
    );
}

#[test]
fn another_host_is_refused_and_never_contacted() {
    let started = Started::with_proxy();
    let bystander = Bystander::new();
    let address = &bystander.address;

    let refused = started.proxy().say(&format!(
        "CONNECT {address} HTTP/1.1\r\nHost: {address}\r\n\r\n"
    ));
    let outside = started
        .proxy()
        .say("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n");

    assert!(refused.starts_with("HTTP/1.1 403 "), "{refused}");
    assert!(bystander.is_alone());
    assert_snapshot!(outside.replace('\r', ""), @"
    HTTP/1.1 403 Host not emulated
    Content-Type: text/plain; charset=utf-8
    Content-Length: 158
    Connection: close

    The emulator's proxy does not connect to example.com:443. It connects to login.microsoftonline.com, management.azure.com, *.dev.azuresynapse.net at port 443.
    ");
}

#[test]
fn a_secret_in_a_plain_request_goes_nowhere() {
    let started = Started::with_proxy();
    let bystander = Bystander::new();

    let refused = started.proxy().say(&format!(
        "POST http://{}/token HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nAuthorization: Bearer secret\r\n\r\n",
        bystander.address
    ));

    assert!(refused.starts_with("HTTP/1.1 405 "), "{refused}");
    assert!(!refused.contains("secret"), "{refused}");
    assert!(bystander.is_alone());
}

#[test]
fn what_is_no_http_is_told_so() {
    let started = Started::with_proxy();

    let answer = started.proxy().say("hello\r\n\r\n");

    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
}

#[test]
fn the_lines_for_other_clients_are_printed_with_the_proxy_only() {
    let (with, without) = (Started::with_proxy(), Started::new(&[]));

    let folder = with.emulator.path("ca.pem");
    let text = with
        .introduction
        .replace(&*folder.to_string_lossy(), "<folder>/ca.pem")
        .replace(with.proxy().address, "<proxy>");
    let (_, lines) = text.split_once("\nother clients").unwrap();
    assert_snapshot!(lines, @r"
    , such as the Azure CLI and SDKs, reach it unchanged with
      export HTTPS_PROXY=http://<proxy> https_proxy=http://<proxy>
      export NO_PROXY= no_proxy=
      export REQUESTS_CA_BUNDLE=<folder>/ca.pem SSL_CERT_FILE=<folder>/ca.pem
      export CURL_CA_BUNDLE=<folder>/ca.pem NODE_EXTRA_CA_CERTS=<folder>/ca.pem
      export AZURE_CORE_COLLECT_TELEMETRY=no

    Ctrl-C ends it.
    ");
    assert!(text.contains("\nproxy: http://<proxy>\n"));
    assert!(!without.introduction.contains("proxy"));
}

#[test]
fn a_proxy_port_that_is_taken_is_told() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();

    let outcome = Postrider::new()
        .arguments(&["emulator", "--port", "0", "--proxy-port", &port])
        .run();

    assert_snapshot!(outcome.to_snapshot().replace(&port, "<port>"), @"
    exit code: 2
    --- stderr
    error: cannot start the emulator
      caused by: cannot listen on `127.0.0.1:<port>`
      caused by: Address already in use (os error 98)

    hint: another program listens there; choose another port, or 0 for any free one
    ");
}
