//! The endpoints of httpbin.org that the cases use; other hosts answer as its `/anything`.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;
use serde_json::{Value, json};

use super::answer::Answer;
use super::request::{Request, View, collect_texts, cookies, parse_multipart, parse_pairs};
use crate::javascript::{stringify, stringify_indented};

const LARGEST_ANSWER: usize = 1 << 20;
const MOST_LINES: u64 = 100;
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const SAMPLE_HTML: &str = "<!DOCTYPE html>\n<html>\n  <head></head>\n  <body>\n    <h1>A short page</h1>\n    <p>Some text.</p>\n  </body>\n</html>";
const SAMPLE_XML: &str = "<?xml version=\"1.0\" encoding=\"us-ascii\"?>\n<slideshow title=\"Sample Slide Show\">\n  <slide type=\"all\"><title>Overview</title></slide>\n</slideshow>";

pub(super) fn answer(request: &Request, view: &View) -> Answer {
    static SLASHES: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("/{2,}").expect("the pattern is well formed"));

    // httpbin.org serves //get as /get.
    let mut view = view.clone();
    let path = SLASHES.replace_all(&view.path, "/").into_owned();
    view.url = view.url.replacen(&view.path, &path, 1);
    view.path = path;
    let Some(segments) = view.segments() else {
        return Answer::dropped();
    };
    let rest: Vec<&str> = segments[1..].iter().map(String::as_str).collect();
    match segments[0].as_str() {
        "" | "html" => Answer::html(200, SAMPLE_HTML),
        "get" => echo_for(request, &view, &["GET", "HEAD"]),
        "post" => echo_for(request, &view, &["POST"]),
        "put" => echo_for(request, &view, &["PUT"]),
        "patch" => echo_for(request, &view, &["PATCH"]),
        "delete" => echo_for(request, &view, &["DELETE"]),
        "anything" => anything(request, &view),
        "headers" => indented(&json!({"headers": titled(request)})),
        "redirect" | "relative-redirect" => redirect(&rest, ""),
        "absolute-redirect" => redirect(&rest, &format!("{}://{}", view.scheme, view.host)),
        "redirect-to" => {
            let status = view.argument("status_code");
            let status = status.and_then(|text| text.parse().ok()).unwrap_or(302);
            let location = view.argument("url").unwrap_or_else(|| "/get".to_owned());
            Answer::redirect(status, &location)
        }
        "cookies" => answer_cookies(request, &view, &rest),
        "bearer" => bearer(request),
        "xml" => Answer::typed(200, "application/xml", SAMPLE_XML),
        "json" => indented(&slides()),
        "image" if rest == ["png"] => {
            let pixel = STANDARD.decode(PIXEL).expect("the picture is encoded");
            Answer::typed(200, "image/png", pixel)
        }
        "bytes" => bytes(&view, &rest),
        "stream" => stream(request, &view, &rest),
        "etag" => etag(request, &view, &rest),
        _ => Answer::html(404, "<title>404 Not Found</title>"),
    }
}

/// Echoes a request, whatever its path.
pub(super) fn anything(request: &Request, view: &View) -> Answer {
    let mut echo = echo_of(request, view);
    echo["method"] = request.method.clone().into();
    indented(&echo)
}

fn indented(value: &Value) -> Answer {
    Answer::new(200)
        .header("Content-Type", "application/json")
        .body(format!("{}\n", stringify_indented(value)))
}

/// The fields with names as `Content-Type`.
fn titled(request: &Request) -> Value {
    request.headers_object(|name| {
        let parts = name.split('-').map(|part| {
            let part = part.to_lowercase();
            let mut letters = part.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            first.into_iter().chain(letters).collect::<String>()
        });
        parts.collect::<Vec<_>>().join("-")
    })
}

fn echo_for(request: &Request, view: &View, methods: &[&str]) -> Answer {
    if request.method == "OPTIONS" {
        return Answer::new(200).header("Allow", format!("{}, OPTIONS", methods.join(", ")));
    }
    if !methods.contains(&request.method.as_str()) {
        return Answer::html(405, "<title>405 Method Not Allowed</title>");
    }
    let echo = echo_of(request, view);
    let names: &[&str] = if methods[0] == "GET" {
        &["args", "headers", "origin", "url"]
    } else {
        &[
            "args", "data", "files", "form", "json", "headers", "origin", "url",
        ]
    };
    let parts = names
        .iter()
        .map(|&name| (name.to_owned(), echo[name].clone()));
    indented(&Value::Object(parts.collect()))
}

fn echo_of(request: &Request, view: &View) -> Value {
    let (mut data, mut files, mut form) = (String::new(), json!({}), json!({}));
    let mut json = Value::Null;
    match view.media_type.as_str() {
        "application/x-www-form-urlencoded" => form = collect_texts(parse_pairs(&request.body)),
        "multipart/form-data" => {
            let text = |content: &[u8]| String::from_utf8_lossy(content).into_owned();
            let (with_file, fields): (Vec<_>, Vec<_>) = parse_multipart(request)
                .into_iter()
                .partition(|part| part.file_name.is_some());
            let texts = |part: super::request::Part| (part.name, text(&part.content));
            form = collect_texts(fields.into_iter().map(texts));
            files = collect_texts(with_file.into_iter().map(texts));
        }
        _ => {
            data = request.text();
            json = serde_json::from_str(&data).unwrap_or_default();
        }
    }
    json!({
        "args": view.arguments(),
        "data": data,
        "files": files,
        "form": form,
        "headers": titled(request),
        "json": json,
        "origin": "127.0.0.1",
        "url": view.url,
    })
}

fn redirect(rest: &[&str], base: &str) -> Answer {
    let name = if base.is_empty() {
        "relative-redirect"
    } else {
        "absolute-redirect"
    };
    let hops: u32 = rest.first().and_then(|text| text.parse().ok()).unwrap_or(0);
    let location = if hops > 1 {
        format!("{base}/{name}/{}", hops - 1)
    } else {
        format!("{base}/get")
    };
    Answer::redirect(302, &location)
}

fn answer_cookies(request: &Request, view: &View, rest: &[&str]) -> Answer {
    let arguments = view.arguments();
    let arguments = arguments.as_object().into_iter().flatten();
    let mut answer = Answer::redirect(302, "/cookies");
    match rest {
        ["set", name, value] => {
            answer = answer.header("Set-Cookie", format!("{name}={value}; Path=/"));
        }
        ["set", ..] => {
            for (name, value) in arguments {
                let value = value.as_str().unwrap_or_default();
                answer = answer.header("Set-Cookie", format!("{name}={value}; Path=/"));
            }
        }
        ["delete", ..] => {
            for (name, _) in arguments {
                let end = "Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/";
                answer = answer.header("Set-Cookie", format!("{name}=; {end}"));
            }
        }
        _ => return indented(&json!({"cookies": cookies(request)})),
    }
    answer
}

fn bearer(request: &Request) -> Answer {
    let field = request.header("authorization").unwrap_or_default();
    match field.strip_prefix("Bearer").map(str::trim_start) {
        Some(token) if !token.is_empty() && !token.contains(char::is_whitespace) => {
            indented(&json!({"authenticated": true, "token": token}))
        }
        _ => Answer::new(401)
            .header("WWW-Authenticate", "Bearer")
            .header("Content-Type", "text/html; charset=utf-8"),
    }
}

fn slides() -> Value {
    json!({
        "slideshow": {
            "author": "A. Writer",
            "title": "Sample Slide Show",
            "slides": [{"title": "Overview", "type": "all"}],
        }
    })
}

/// Bytes that are the same in every run; `?seed=` shifts them.
fn bytes(view: &View, rest: &[&str]) -> Answer {
    let count: usize = rest.first().and_then(|text| text.parse().ok()).unwrap_or(0);
    let seed = view.argument("seed").and_then(|text| text.parse().ok());
    let seed = seed.unwrap_or(0);
    let content: Vec<u8> = (0..count.min(LARGEST_ANSWER))
        .map(|position| (position * 31 + seed) as u8)
        .collect();
    Answer::typed(200, "application/octet-stream", content)
}

fn stream(request: &Request, view: &View, rest: &[&str]) -> Answer {
    let count: u64 = rest.first().and_then(|text| text.parse().ok()).unwrap_or(0);
    let lines = (0..count.min(MOST_LINES)).map(|id| {
        let mut echo = echo_of(request, view);
        echo["id"] = id.into();
        format!("{}\n", stringify(&echo)).into_bytes()
    });
    Answer::chunked("application/json", lines.collect(), "")
}

fn etag(request: &Request, view: &View, rest: &[&str]) -> Answer {
    let name = rest.first().copied().unwrap_or_default();
    let tag = format!("\"{name}\"");
    let known = request.header("if-none-match").unwrap_or_default();
    if !known.is_empty() && known.contains(name) {
        return Answer::new(304).header("ETag", tag);
    }
    indented(&echo_of(request, view)).header("ETag", tag)
}
