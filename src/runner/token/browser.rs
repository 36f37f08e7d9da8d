//! A login in the person's browser, which leads back to a port of this machine (RFC 8252, 7.3).

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::TokenCalls;
use super::flow::timed_out;
use crate::auth::{Authorization, Callback, TokenError, TokenSettings};
use crate::http::Transport;
use crate::runner::Clock;

/// How long a person is waited for.
const PATIENCE: Duration = Duration::from_secs(180);

/// A request that is longer is none of a login.
const LONGEST_REQUEST_BYTES: usize = 16 * 1024;

/// A connection that says nothing for so long is not waited for.
const SILENCE: Duration = Duration::from_secs(2);

/// Sends the person to the login page and waits for the browser to come back; gives the fields that turn
/// the code into a token.
pub(super) async fn log_in<T: Transport, C: Clock>(
    calls: &mut TokenCalls<'_, T, C>,
    settings: &TokenSettings,
) -> Result<Vec<(&'static str, String)>, TokenError> {
    let redirect = settings.redirect()?;
    let address = match redirect.is_version_6() {
        true => SocketAddr::from((Ipv6Addr::LOCALHOST, redirect.port)),
        false => SocketAddr::from((Ipv4Addr::LOCALHOST, redirect.port)),
    };
    let cannot_listen = |error: std::io::Error| TokenError::CannotListen {
        address: address.to_string(),
        reason: error.to_string(),
    };
    let listener = TcpListener::bind(address).await.map_err(cannot_listen)?;
    let port = listener.local_addr().map_err(cannot_listen)?.port();
    let authorization = settings.authorization(redirect, port, &calls.signing())?;
    (calls.person.tell)(&format!(
        "to get a token, open {} and log in",
        authorization.address
    ));
    let code = tokio::select! {
        code = callback(&listener, &authorization) => code?,
        () = tokio::time::sleep(PATIENCE) => return Err(timed_out(PATIENCE)),
        () = calls.interrupt.wait() => return Err(TokenError::Stopped),
    };
    Ok(authorization.form(code))
}

/// Answers what comes until the login has ended.
async fn callback(
    listener: &TcpListener,
    authorization: &Authorization,
) -> Result<String, TokenError> {
    loop {
        let Ok((mut stream, _)) = listener.accept().await else {
            continue;
        };
        let read = tokio::time::timeout(SILENCE, target(&mut stream)).await;
        let Ok(Some(target)) = read else {
            continue;
        };
        let (status, text, code) = match authorization.callback(&target) {
            Callback::Unrelated => ("404 Not Found", "Nothing is here.", None),
            Callback::End(Ok(code)) => (
                "200 OK",
                "You are logged in. This page can be closed.",
                Some(Ok(code)),
            ),
            Callback::End(Err(error)) => (
                "200 OK",
                "The login failed; the terminal says why. This page can be closed.",
                Some(Err(error)),
            ),
        };
        // A browser that has gone has no need of a page.
        let _gone = stream.write_all(page(status, text).as_bytes()).await;
        let _gone = stream.shutdown().await;
        if let Some(code) = code {
            return code;
        }
    }
}

/// The target of a `GET`.
async fn target(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|window| window == b"\r\n\r\n") {
        let read = stream.read_buf(&mut bytes).await.ok()?;
        if read == 0 || bytes.len() > LONGEST_REQUEST_BYTES {
            return None;
        }
    }
    let line = bytes.split(|byte| *byte == b'\r').next()?;
    let line = std::str::from_utf8(line).ok()?;
    let target = line.strip_prefix("GET ")?.split(' ').next()?;
    Some(target.to_owned())
}

fn page(status: &str, text: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\
         Referrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n{text}",
        text.len()
    )
}
