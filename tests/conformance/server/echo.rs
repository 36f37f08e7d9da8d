//! The public behaviour of postman-echo.com.

use std::io::Write;
use std::thread;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::answer::Answer;
use super::authorization::{basic_credentials, hawk, is_digest_valid, nonce_of, oauth1};
use super::brotli;
use super::request::{Request, View, collect_texts, cookies, parse_multipart, parse_pairs};
use crate::javascript::stringify;

const REALM: &str = "Users";
const USER: &str = "postman";
const PASSWORD: &str = "password";
const LONGEST_DELAY_SECONDS: f64 = 10.0;
const SAMPLE_TEXT: &str = "<h1>Unicode sample</h1><pre>∮ E⋅da = Q · ⌈x⌉ ≠ ⌊y⌋ · STARGΛ̊TE · ᚻᛖ · Καλημέρα · Зарегистрируйтесь · สวัสดี · ሰማይ · 你好 · こんにちは · 🍪</pre>";
const SAMPLE_XML: &str = r#"<?xml version="1.0" encoding="utf-8"?><food><key>Homestyle Breakfast</key><value>950</value></food>"#;

/// What `encodeURIComponent` leaves as it is.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

pub(super) fn answer(request: &Request, view: &View) -> Answer {
    let Some(segments) = view.segments() else {
        return Answer::dropped();
    };
    let rest = segments.get(1).map_or("", String::as_str);
    match segments[0].as_str() {
        "get" => echo_for(request, view, &["GET", "HEAD"]),
        "post" => echo_for(request, view, &["POST"]),
        "put" => echo_for(request, view, &["PUT"]),
        "patch" => echo_for(request, view, &["PATCH"]),
        "delete" => echo_for(request, view, &["DELETE"]),
        "headers" => Answer::json(200, &json!({"headers": headers(request)})),
        "status" => match rest.parse() {
            Ok(status @ 200..600) => Answer::json(status, &json!({"status": status})),
            _ => Answer::json(400, &json!({"error": "invalid status"})),
        },
        "delay" => delay(rest),
        "response-headers" => response_headers(view),
        "cookies" => answer_cookies(request, view, rest),
        "basic-auth" => basic(request),
        "digest-auth" => digest(request, view),
        "hawk-auth" => hawk(request, view),
        "auth" if rest == "hawk" => hawk(request, view),
        "oauth1" => oauth1(request, view),
        "gzip" => compressed(request, "gzip", "gzipped", gzip),
        "deflate" => compressed(request, "deflate", "deflated", deflate),
        "brotli" => compressed(request, "br", "brotlied", brotli::compress),
        "encoding" => Answer::html(200, SAMPLE_TEXT),
        "type" if rest == "xml" => Answer::typed(200, "application/xml; charset=utf-8", SAMPLE_XML),
        _ => not_found(),
    }
}

fn not_found() -> Answer {
    Answer::html(404, "<pre>Not Found</pre>")
}

fn headers(request: &Request) -> Value {
    request.headers_object(str::to_lowercase)
}

/// Echoes when the method fits the path.
fn echo_for(request: &Request, view: &View, methods: &[&str]) -> Answer {
    if request.method == "OPTIONS" {
        let list = methods.join(",");
        return Answer::new(200)
            .header("Allow", list.clone())
            .header("Content-Type", "text/html; charset=utf-8")
            .body(list);
    }
    if !methods.contains(&request.method.as_str()) {
        return not_found();
    }
    if methods[0] == "GET" {
        let echo = json!({"args": view.arguments(), "headers": headers(request), "url": view.url});
        return Answer::json(200, &echo);
    }
    Answer::json(200, &echo_of(request, view))
}

fn echo_of(request: &Request, view: &View) -> Value {
    let (mut data, mut files, mut form, mut json) = (json!({}), json!({}), json!({}), Value::Null);
    match view.media_type.as_str() {
        "application/x-www-form-urlencoded" => {
            form = collect_texts(parse_pairs(&request.body));
            json = form.clone();
            data = "".into();
        }
        "multipart/form-data" => (form, files) = form_and_files(request),
        kind if is_json(kind) => {
            let text = request.text();
            data = serde_json::from_str(&text).unwrap_or_else(|_| text.into());
            if data.is_object() || data.is_array() {
                json = data.clone();
            }
        }
        _ if !request.body.is_empty() => data = request.text().into(),
        _ => {}
    }
    json!({
        "args": view.arguments(),
        "data": data,
        "files": files,
        "form": form,
        "headers": headers(request),
        "json": json,
        "url": view.url,
    })
}

fn is_json(media_type: &str) -> bool {
    let subtype = media_type.strip_prefix("application/");
    subtype.is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"))
}

fn form_and_files(request: &Request) -> (Value, Value) {
    let (files, fields): (Vec<_>, Vec<_>) = parse_multipart(request)
        .into_iter()
        .partition(|part| part.file_name.is_some());
    let form = collect_texts(fields.into_iter().map(|part| {
        let text = String::from_utf8_lossy(&part.content).into_owned();
        (part.name, text)
    }));
    let files = collect_texts(files.into_iter().map(|part| {
        let content = STANDARD.encode(&part.content);
        let text = format!("data:application/octet-stream;base64,{content}");
        (part.file_name.unwrap_or_default(), text)
    }));
    (form, files)
}

fn delay(seconds: &str) -> Answer {
    match seconds.parse::<f64>() {
        Ok(number) if (0.0..=LONGEST_DELAY_SECONDS).contains(&number) => {
            thread::sleep(Duration::from_secs_f64(number));
            Answer::json(200, &json!({"delay": seconds}))
        }
        _ => Answer::json(400, &json!({"error": "invalid delay"})),
    }
}

fn response_headers(view: &View) -> Answer {
    let mut answer = Answer::new(200);
    let pairs = view.query_pairs();
    let is_type = |name: &str| name.eq_ignore_ascii_case("content-type");
    if !pairs.iter().any(|(name, _)| is_type(name)) {
        answer = answer.header("Content-Type", "application/json; charset=utf-8");
    }
    for (name, value) in &pairs {
        let value = if is_type(name) {
            let parts: Vec<_> = value.split(';').map(str::trim_start).collect();
            parts.join("; ")
        } else {
            value.clone()
        };
        answer = answer.header(name, value);
    }
    answer.body(stringify(&view.arguments()))
}

fn answer_cookies(request: &Request, view: &View, action: &str) -> Answer {
    let own = cookies(request);
    if !matches!(action, "set" | "delete") {
        return Answer::json(200, &json!({"cookies": own}));
    }
    let encode = |text: &str| utf8_percent_encode(text, COMPONENT).to_string();
    let mut answer = Answer::redirect(302, "/cookies");
    for (name, value) in view.arguments().as_object().into_iter().flatten() {
        let name = encode(name);
        let cookie = if action == "set" {
            let value = encode(value.as_str().unwrap_or_default());
            format!("{name}={value}; Path=/")
        } else {
            format!("{name}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT")
        };
        answer = answer.header("Set-Cookie", cookie);
    }
    if own.get("sails.sid").is_none() {
        // The service starts a session at the first such request.
        answer = answer.header("Set-Cookie", "sails.sid=s%3Aharness; Path=/; HttpOnly");
    }
    answer
}

fn basic(request: &Request) -> Answer {
    let expected = (USER.to_owned(), PASSWORD.to_owned());
    if basic_credentials(request) == Some(expected) {
        return Answer::json(200, &json!({"authenticated": true}));
    }
    Answer::text(401, "Unauthorized").header("WWW-Authenticate", format!("Basic realm=\"{REALM}\""))
}

/// `?algorithm=`, `?qop=` and `?opaque=` choose the challenge.
fn digest(request: &Request, view: &View) -> Answer {
    if is_digest_valid(request, REALM, USER, PASSWORD) {
        return Answer::json(200, &json!({"authenticated": true}));
    }
    let mut challenge = format!("Digest realm=\"{REALM}\", nonce=\"{}\"", nonce_of(view));
    match view.argument("qop") {
        Some(qop) if qop == "none" => {}
        qop => challenge.push_str(&format!(", qop=\"{}\"", qop.as_deref().unwrap_or("auth"))),
    }
    if let Some(algorithm) = view.argument("algorithm") {
        challenge.push_str(&format!(", algorithm={algorithm}"));
    }
    if let Some(opaque) = view.argument("opaque") {
        challenge.push_str(&format!(", opaque=\"{opaque}\""));
    }
    Answer::text(401, "Unauthorized").header("WWW-Authenticate", challenge)
}

fn compressed(
    request: &Request,
    encoding: &str,
    flag: &str,
    compress: fn(&[u8]) -> Vec<u8>,
) -> Answer {
    let body = json!({flag: true, "headers": headers(request), "method": request.method});
    Answer::new(200)
        .header("Content-Type", "application/json; charset=utf-8")
        .header("Content-Encoding", encoding)
        .body(compress(stringify(&body).as_bytes()))
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(content)
        .expect("writing to memory cannot fail");
    encoder.finish().expect("writing to memory cannot fail")
}

fn deflate(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(content)
        .expect("writing to memory cannot fail");
    encoder.finish().expect("writing to memory cannot fail")
}
