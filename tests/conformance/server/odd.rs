//! Answers that an ordinary service would not give: `/odd/KIND` on every host.

use serde_json::json;

use super::answer::Answer;
use super::request::{Request, View};

/// The answer, or nothing where the path is not one of these.
pub(super) fn answer(request: &Request, view: &View) -> Option<Answer> {
    let kind = view.path.strip_prefix("/odd/")?.split('/').next()?;
    let plain = |status: u16| Answer::new(status).header("Content-Type", "text/plain");
    Some(match kind {
        "drop" => Answer::dropped(),
        "garbage" => Answer::raw("this is not HTTP\r\n\r\n"),
        "truncated" => Answer::raw(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nonly this",
        ),
        "until-close" => Answer::raw(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nuntil close",
        ),
        "http-1.0" => {
            Answer::raw("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nold protocol")
        }
        "reason" => plain(299).reason("Quite Fine").body("reason"),
        "no-reason" => {
            Answer::raw("HTTP/1.1 200 \r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        }
        "early-hints" => Answer::raw(concat!(
            "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nfinal",
        )),
        "trailers" => {
            let chunks = vec![b"first ".to_vec(), b"second".to_vec()];
            Answer::chunked("text/plain", chunks, "X-Checksum: abc\r\n")
                .header("Trailer", "X-Checksum")
        }
        "repeated-headers" => Answer::new(200)
            .header("X-Repeat", "one")
            .header("x-repeat", "two")
            .header("Set-Cookie", "first=1; Path=/")
            .header("Set-Cookie", "second=2; Path=/")
            .body("ok"),
        "odd-case-headers" => Answer::new(200)
            .header("X-MiXeD-CaSe", "Kept")
            .header("content-TYPE", "application/json")
            .body("{\"ok\":true}"),
        "latin1" => Answer::typed(200, "text/plain; charset=iso-8859-1", b"caf\xe9".to_vec()),
        "bom-json" => Answer::typed(200, "application/json", "\u{feff}{\"bom\":true}"),
        "broken-gzip" => plain(200)
            .header("Content-Encoding", "gzip")
            .body("not gzip"),
        "empty" => Answer::new(200),
        "cookie-attributes" => cookie_attributes(),
        "client-certificate" => client_certificate(request),
        "redirect-loop" => Answer::redirect(302, "/odd/redirect-loop"),
        "redirect-without-location" => plain(302).body("nowhere"),
        "redirect-bad-location" => Answer::redirect(302, "http://"),
        _ => return None,
    })
}

fn cookie_attributes() -> Answer {
    let cookies = [
        "plain=1",
        "scoped=2; Path=/odd; HttpOnly",
        "secure=3; Path=/; Secure; SameSite=Lax",
        "lasting=4; Path=/; Max-Age=3600",
        "stale=5; Path=/; Max-Age=0",
        "wide=6; Path=/; Domain=.example.com",
        "foreign=7; Path=/; Domain=elsewhere.test",
    ];
    let with = |answer: Answer, cookie| answer.header("Set-Cookie", cookie);
    cookies.into_iter().fold(Answer::new(200).body("ok"), with)
}

/// Tells what TLS has seen; certificates of other authorities do not get this far.
fn client_certificate(request: &Request) -> Answer {
    let certificate = request
        .client_certificate
        .as_ref()
        .map(|name| json!({"commonName": name, "authorized": true}));
    Answer::json(200, &json!({"certificate": certificate}))
}
