//! A CONNECT proxy (RFC 9110, 9.3.6) behind which only the emulator is.
//!
//! Clients that build Azure's host names themselves reach the emulator through it, unchanged. It
//! opens no connection of its own: what it does not hand to the emulator it refuses, so that
//! nothing a client says can reach a real host.

use std::time::Duration;

use axum::Router;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::connection::{ACCEPT_PAUSE, serve_connection};
use crate::emulator::plane::{HOSTS, is_emulated};

/// How much a client may say before its first empty line.
const HEAD_LIMIT_BYTES: u64 = 16 * 1024;

/// How long it may take over that.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

const PORT: &str = "443";

/// What the proxy makes of a request.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Connect,
    /// The host or its port is none of the emulator's.
    Refuse {
        authority: String,
    },
    /// The request is no CONNECT, as for `http` URLs.
    OtherMethod,
    Malformed,
}

/// Accepts connections until it is dropped.
pub(super) async fn serve_proxy(listener: TcpListener, acceptor: TlsAcceptor, router: Router) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve_client(stream, acceptor.clone(), router.clone()));
            }
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}

async fn serve_client(stream: TcpStream, acceptor: TlsAcceptor, router: Router) {
    drop(stream.set_nodelay(true));
    // A client may send the first bytes of TLS along with its request; the buffer keeps them.
    let mut stream = BufReader::new(stream);
    let Ok(Some(request_line)) = tokio::time::timeout(HEAD_TIMEOUT, read_head(&mut stream)).await
    else {
        return;
    };
    let verdict = judge(&request_line);
    // A client that has gone needs no answer.
    if stream.write_all(answer(&verdict).as_bytes()).await.is_err() {
        return;
    }
    if verdict == Verdict::Connect {
        serve_connection(stream, acceptor, router).await;
    } else {
        drop(stream.shutdown().await);
    }
}

/// Reads to the first empty line, and gives the first line; nothing where there is no such end.
async fn read_head(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut limited = stream.take(HEAD_LIMIT_BYTES);
    let mut first = None;
    loop {
        let mut line = Vec::new();
        limited.read_until(b'\n', &mut line).await.ok()?;
        if line.pop() != Some(b'\n') {
            return None;
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches('\r');
        match (line.is_empty(), first.is_some()) {
            (true, true) => return first,
            (_, false) => first = Some(line.to_owned()),
            (false, true) => {}
        }
    }
}

fn judge(request_line: &str) -> Verdict {
    let parts: Vec<&str> = request_line.split(' ').collect();
    match parts.as_slice() {
        ["CONNECT", authority, version] if version.starts_with("HTTP/1.") => {
            match authority.rsplit_once(':') {
                Some((host, PORT)) if is_emulated(host) => Verdict::Connect,
                _ => Verdict::Refuse {
                    authority: (*authority).to_owned(),
                },
            }
        }
        [_, _, version] if version.starts_with("HTTP/") => Verdict::OtherMethod,
        _ => Verdict::Malformed,
    }
}

fn answer(verdict: &Verdict) -> String {
    let (status, headers, text) = match verdict {
        Verdict::Connect => return "HTTP/1.1 200 Connection established\r\n\r\n".to_owned(),
        Verdict::Refuse { authority } => (
            "403 Host not emulated",
            "",
            format!("The emulator's proxy does not connect to {authority}."),
        ),
        Verdict::OtherMethod => (
            "405 Method Not Allowed",
            "Allow: CONNECT\r\n",
            "The emulator's proxy takes CONNECT only.".to_owned(),
        ),
        Verdict::Malformed => (
            "400 Bad Request",
            "",
            "The emulator's proxy cannot read this request.".to_owned(),
        ),
    };
    let body = format!(
        "{text} It connects to {} at port {PORT}.\n",
        HOSTS.join(", ")
    );
    format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Type: text/plain; charset=utf-8\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(authority: &str) -> Verdict {
        judge(&format!("CONNECT {authority} HTTP/1.1"))
    }

    #[test]
    fn the_three_hosts_are_connected_at_port_443_only() {
        for host in [
            "login.microsoftonline.com",
            "Management.Azure.com",
            "any-workspace.dev.azuresynapse.net",
        ] {
            assert_eq!(verdict(&format!("{host}:443")), Verdict::Connect, "{host}");
            assert_ne!(verdict(&format!("{host}:80")), Verdict::Connect, "{host}");
            assert_ne!(verdict(host), Verdict::Connect, "{host}");
        }
    }

    #[test]
    fn every_other_host_is_refused() {
        for host in [
            "login.windows.net",
            "evil-login.microsoftonline.com",
            "login.microsoftonline.com.evil.example",
            "management.azure.com@evil.example",
            "a.b.dev.azuresynapse.net",
            ".dev.azuresynapse.net",
            "dev.azuresynapse.net",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "",
        ] {
            let authority = format!("{host}:443");
            assert_eq!(
                verdict(&authority),
                Verdict::Refuse {
                    authority: authority.clone()
                }
            );
        }
    }

    #[test]
    fn a_request_that_is_no_connect_is_never_passed_on() {
        assert_eq!(
            judge("GET http://management.azure.com/ HTTP/1.1"),
            Verdict::OtherMethod
        );
        assert_eq!(judge("CONNECT"), Verdict::Malformed);
        assert_eq!(judge(""), Verdict::Malformed);
    }
}
