//! A whole exchange, for `--verbose`.

use std::time::Duration;

use super::screen::Screen;
use super::style::Tone;
use super::text::{clipped, one_line};
use crate::http::{Body, Content, Exchange, Header, Hop, HttpRequest, HttpResponse, Phases};
use crate::report::excerpt::excerpt;
use crate::report::measure::{duration_text, milliseconds, size_text};

/// So much of a content is shown; newman's limit.
const SHOWN_CHARACTERS: usize = 2048;

/// Draws what was sent, what came back and how long it took.
pub(super) fn draw(screen: &mut Screen, exchange: &Exchange) {
    let symbols = screen.symbols();
    let request = &exchange.request;
    let response = exchange.response();
    if let Some(response) = response {
        draw_measures(screen, request, response, exchange.timings.total);
    }
    let version = response.map_or("1.1", |response| response.version);
    let target = &request.url.target;
    let title = format!("{} request", symbols.up);
    let first_line = format!("{} {target} HTTP/{version}", request.method);
    let body = request.body.as_ref().map(Content::preview);
    let body = body.as_deref();
    draw_message(
        screen,
        &title,
        &first_line,
        &request.headers,
        body.unwrap_or_default(),
    );
    if let Some(response) = response {
        let title = format!("{} response", symbols.down);
        let first_line = format!(
            "HTTP/{} {} {}",
            response.version, response.status, response.reason
        );
        draw_message(
            screen,
            &title,
            &first_line,
            &response.headers,
            &response.body,
        );
    }
    if let Some(response) = response {
        draw_absence(screen, &response.body);
    }
    draw_hops(screen, &exchange.hops);
    draw_timings(screen, exchange.timings.first_byte, exchange.timings.total);
}

/// The size of a response's content as newman counts it: that of the content as it was sent if the server
/// tells it along with a content coding, else without codings.
pub(super) fn content_size(response: &HttpResponse) -> u64 {
    response
        .header("content-encoding")
        .and_then(|_| response.header("content-length"))
        .and_then(|length| length.trim().parse().ok())
        .unwrap_or(response.body.size_bytes())
}

/// newman's line, such as `200 OK ★ 86ms time ★ 322B↑ 558B↓ size ★ 9↑ 3↓ headers ★ 0 cookies`.
fn draw_measures(
    screen: &mut Screen,
    request: &HttpRequest,
    response: &HttpResponse,
    total: Duration,
) {
    let symbols = screen.symbols();
    let (up, down) = (symbols.up, symbols.down);
    let cookies = response
        .headers
        .iter()
        .filter(|field| field.is("set-cookie"))
        .count();
    let line = [
        format!("{} {}", response.status, one_line(&response.reason)),
        format!("{} time", duration_text(milliseconds(total))),
        format!(
            "{}{up} {}{down} size",
            size_text(request_size(request)),
            size_text(content_size(response) + response.header_size_bytes())
        ),
        format!(
            "{}{up} {}{down} headers",
            request.headers.len(),
            response.headers.len()
        ),
        format!("{cookies} cookie{}", if cookies == 1 { "" } else { "s" }),
    ]
    .join(&format!(" {} ", symbols.star));
    screen.line(&format!("  {line}"));
}

fn request_size(request: &HttpRequest) -> u64 {
    let fields: usize = request
        .headers
        .iter()
        .map(|field| field.name.len() + field.value.len() + 4)
        .sum();
    let first_line = format!("{} {} HTTP/1.1\r\n\r\n", request.method, request.url.target).len();
    (first_line + fields) as u64 + request.body.as_ref().map_or(0, Content::size_bytes)
}

fn draw_message(
    screen: &mut Screen,
    title: &str,
    first_line: &str,
    headers: &[Header],
    body: &[u8],
) {
    let star = screen.symbols().star;
    let size = size_text(body.len() as u64);
    let title = if body.is_empty() {
        title.to_owned()
    } else {
        format!("{title} {star} {size}")
    };
    let mut head = one_line(first_line);
    for field in headers {
        head.push_str(&format!(
            "\n{}: {}",
            one_line(&field.name),
            one_line(&field.value)
        ));
    }
    screen.in_box(Tone::Plain, &title, &head);
    if !body.is_empty() {
        screen.in_box(Tone::Plain, "", "");
        screen.in_box(Tone::Plain, "", &shown(body));
    }
    screen.close_box();
}

/// The content as text, or a word about it where it is none.
fn shown(body: &[u8]) -> String {
    let size = size_text(body.len() as u64);
    // No character takes more than four bytes, so the rest need not be decoded.
    let Some((content, has_more)) = excerpt(body, SHOWN_CHARACTERS * 4) else {
        return format!("(binary content, {size})");
    };
    match clipped(&content, SHOWN_CHARACTERS) {
        (content, false) if !has_more => content.to_owned(),
        (content, _) => {
            format!("{content}\n(showing {SHOWN_CHARACTERS} characters of {size})")
        }
    }
}

/// Why a content is not shown, and where it is.
fn draw_absence(screen: &mut Screen, body: &Body) {
    if let Err(reason) = body.whole() {
        screen.toned_line(Tone::Faint, 2, &reason.to_string());
    } else if let Some(path) = body.saved() {
        let line = format!("saved to {}", path.display());
        screen.toned_line(Tone::Faint, 2, &line);
    }
}

/// The phases of each hop, with its URL where there are several.
fn draw_hops(screen: &mut Screen, hops: &[Hop]) {
    for hop in hops {
        let mut words: Vec<String> = named_phases(&hop.phases)
            .into_iter()
            .filter_map(|(name, duration)| {
                Some(format!("{name} {}", duration_text(milliseconds(duration?))))
            })
            .collect();
        if hops.len() > 1 {
            let status = hop.status.map(|status| format!("{status} "));
            let url = one_line(&hop.url);
            words.insert(
                0,
                format!("{}{} {url}", status.unwrap_or_default(), hop.method),
            );
        }
        if !words.is_empty() {
            let star = screen.symbols().star;
            screen.toned_line(Tone::Faint, 2, &words.join(&format!(" {star} ")));
        }
    }
}

fn named_phases(phases: &Phases) -> [(&'static str, Option<Duration>); 5] {
    [
        ("dns", phases.dns),
        ("connect", phases.connect),
        ("tls", phases.tls),
        ("wait", phases.wait),
        ("download", phases.download),
    ]
}

fn draw_timings(screen: &mut Screen, first_byte: Option<Duration>, total: Duration) {
    let mut words = Vec::new();
    if let Some(first_byte) = first_byte {
        words.push(format!(
            "first byte {}",
            duration_text(milliseconds(first_byte))
        ));
    }
    words.push(format!("total {}", duration_text(milliseconds(total))));
    let star = screen.symbols().star;
    screen.toned_line(Tone::Faint, 2, &words.join(&format!(" {star} ")));
}
