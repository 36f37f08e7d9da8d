//! The reporter `har`: all requests in the HTTP Archive format 1.2, which browsers' tools open.
//!
//! An exchange knows the request as it was first sent and the response that came last, so the entries between
//! them, which redirects make, have URL, status and times alone.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::lines::Lines;
use super::measure::{milliseconds, rfc3339, rounded_ms, to_microseconds};
use super::{Error, Options, Reporter};
use crate::files::export_path;
use crate::http::{Content, Exchange, Header, Hop, HttpResponse, Phases};
use crate::record::{Execution, RunEvent, Step};

/// The name on the command line.
pub(super) const NAME: &str = "har";

/// So much of a content is kept.
const CONTENT_BYTES: usize = 1 << 20;

/// Writes a HAR file, entry by entry.
pub(super) struct HarReporter {
    given_path: Option<PathBuf>,
    lines: Option<Lines>,
    is_empty: bool,
}

impl HarReporter {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            given_path: options.export(NAME).map(Path::to_owned),
            lines: None,
            is_empty: true,
        }
    }

    fn begin(&mut self, started: SystemTime) -> Result<(), Error> {
        let path = export_path(self.given_path.as_deref(), "run-report", NAME, started);
        let creator = json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")});
        let mut lines = Lines::in_file(NAME, &path)?;
        lines.write(&format!(
            "{{\"log\":{{\"version\":\"1.2\",\"creator\":{creator},\"entries\":["
        ))?;
        self.lines = Some(lines);
        Ok(())
    }

    fn add(&mut self, execution: &Execution) -> Result<(), Error> {
        let Some(lines) = &mut self.lines else {
            return Ok(());
        };
        for step in &execution.steps {
            let Step::Request(sent) = step else { continue };
            for mut entry in entries(&sent.exchange) {
                entry["_postrider"] = json!({
                    "item": execution.item.id,
                    "path": execution.item.path(),
                    "iteration": execution.cursor.iteration,
                    "origin": sent.origin.name(),
                });
                let separator = if self.is_empty { "\n" } else { ",\n" };
                self.is_empty = false;
                lines.write(&format!("{separator}{entry}"))?;
            }
        }
        Ok(())
    }
}

impl Reporter for HarReporter {
    fn handle(&mut self, event: &RunEvent) -> Result<(), Error> {
        match event {
            RunEvent::RunStarted { started, .. } if self.lines.is_none() => self.begin(*started),
            RunEvent::ItemFinished(execution) => self.add(execution),
            _ => Ok(()),
        }
    }

    fn finish(&mut self) -> Result<(), Error> {
        let Some(mut lines) = self.lines.take() else {
            return Ok(());
        };
        lines.write("\n]}}\n")?;
        lines.finish()
    }
}

/// One entry for each hop.
fn entries(exchange: &Exchange) -> Vec<Value> {
    let whole = [Hop {
        method: exchange.request.method.clone(),
        url: exchange.request.url.to_string(),
        status: exchange.response().map(|response| response.status),
        phases: Phases::default(),
        total: exchange.timings.total,
    }];
    let hops = match exchange.hops.as_slice() {
        [] => &whole[..],
        hops => hops,
    };
    let mut started = exchange.timings.started;
    let mut entries = Vec::new();
    for (position, hop) in hops.iter().enumerate() {
        let next = hops.get(position + 1);
        let times = timings(hop);
        let mut entry = json!({
            "startedDateTime": rfc3339(started),
            "time": times.0,
            "request": request(exchange, hop, position == 0),
            "response": match next {
                Some(next) => redirect(hop, &next.url),
                None => response(exchange),
            },
            "cache": {},
            "timings": times.1,
        });
        if let (None, Err(error)) = (next, &exchange.outcome) {
            entry["_error"] = json!(error.to_string());
        }
        entries.push(entry);
        started += hop.total;
    }
    entries
}

fn request(exchange: &Exchange, hop: &Hop, is_first: bool) -> Value {
    let headers: &[Header] = match is_first {
        true => &exchange.request.headers,
        false => &[],
    };
    let body = exchange.request.body.as_ref().filter(|_| is_first);
    let mut request = json!({
        "method": hop.method,
        "url": hop.url,
        "httpVersion": version(exchange.response().map(AsRef::as_ref)),
        "cookies": [],
        "headers": fields(headers),
        "queryString": query(&hop.url),
        "headersSize": -1,
        "bodySize": body.map_or(0, Content::size_bytes),
    });
    if let Some(body) = body {
        request["postData"] = posted(body, headers);
    }
    request
}

/// Names of files stand in place of their contents.
fn posted(body: &Content, headers: &[Header]) -> Value {
    let bytes = body.preview();
    let mut data = json!({"mimeType": media_type(headers)});
    match std::str::from_utf8(&bytes) {
        Ok(text) => data["text"] = json!(cut(text)),
        Err(_) => {
            data["text"] = json!(STANDARD.encode(&bytes[..bytes.len().min(CONTENT_BYTES)]));
            data["_encoding"] = json!("base64");
        }
    }
    data
}

fn response(exchange: &Exchange) -> Value {
    let Some(response) = exchange.response() else {
        return bare_response(0, "", "");
    };
    let location = response.header("location").unwrap_or_default();
    let mut value = bare_response(response.status, &response.reason, location);
    value["httpVersion"] = json!(version(Some(response)));
    value["headers"] = fields(&response.headers);
    value["content"] = content(response);
    value
}

fn redirect(hop: &Hop, to: &str) -> Value {
    bare_response(hop.status.unwrap_or_default(), "", to)
}

fn bare_response(status: u16, reason: &str, location: &str) -> Value {
    json!({
        "status": status,
        "statusText": reason,
        "httpVersion": version(None),
        "cookies": [],
        "headers": [],
        "content": {"size": 0, "mimeType": ""},
        "redirectURL": location,
        "headersSize": -1,
        "bodySize": -1,
    })
}

fn content(response: &HttpResponse) -> Value {
    let mut content = json!({
        "size": response.body.size_bytes(),
        "mimeType": media_type(&response.headers),
    });
    if let Ok(bytes) = response.body.whole() {
        match std::str::from_utf8(bytes) {
            Ok(text) => content["text"] = json!(cut(text)),
            Err(_) => {
                content["text"] = json!(STANDARD.encode(&bytes[..bytes.len().min(CONTENT_BYTES)]));
                content["encoding"] = json!("base64");
            }
        }
        if bytes.len() > CONTENT_BYTES {
            content["comment"] = json!("only the beginning is kept");
        }
    }
    content
}

fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(CONTENT_BYTES)]
}

fn fields(headers: &[Header]) -> Value {
    headers
        .iter()
        .map(|header| json!({"name": header.name, "value": header.value}))
        .collect()
}

fn query(url: &str) -> Value {
    let without_fragment = url.split('#').next().unwrap_or_default();
    let Some((_, query)) = without_fragment.split_once('?') else {
        return json!([]);
    };
    query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            json!({"name": name, "value": value})
        })
        .collect()
}

fn media_type(headers: &[Header]) -> &str {
    headers
        .iter()
        .rfind(|header| header.is("content-type"))
        .map_or("", |header| header.value.as_str())
}

fn version(response: Option<&HttpResponse>) -> String {
    format!(
        "HTTP/{}",
        response.map_or("1.1", |response| response.version)
    )
}

/// The total, and its parts: `ssl` is part of `connect` and not counted again, and what did not take place
/// is -1.
fn timings(hop: &Hop) -> (f64, Value) {
    let phases = &hop.phases;
    let known = |time: Option<Duration>| time.map(rounded_ms);
    let connect = match (phases.connect, phases.tls) {
        (None, None) => None,
        (connect, tls) => Some(connect.unwrap_or_default() + tls.unwrap_or_default()),
    };
    let (dns, connect, ssl) = (known(phases.dns), known(connect), known(phases.tls));
    let receive = known(phases.download).unwrap_or_default();
    // Without a response, all the time that is left was spent waiting.
    let wait = known(phases.wait).unwrap_or_else(|| {
        let known = dns.unwrap_or_default() + connect.unwrap_or_default() + receive;
        to_microseconds((milliseconds(hop.total) - known).max(0.0))
    });
    let time = dns.unwrap_or_default() + connect.unwrap_or_default() + wait + receive;
    let parts = json!({
        "blocked": -1,
        "dns": dns.unwrap_or(-1.0),
        "connect": connect.unwrap_or(-1.0),
        "ssl": ssl.unwrap_or(-1.0),
        "send": 0,
        "wait": wait,
        "receive": receive,
    });
    (to_microseconds(time), parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::ExchangeOrigin;
    use crate::redact::Secrets;
    use crate::report::samples::{
        answered, events, execution, file_report, item, refused, response as answer, sent,
    };

    fn archive(steps: Vec<Step>) -> Vec<Value> {
        let run = events(vec![execution(item(&["Users"], "Create"), 0, steps)]);
        let archive = file_report(NAME, &Secrets::default(), run);
        let archive: Value = serde_json::from_str(&archive).unwrap();
        assert_eq!(archive["log"]["version"], "1.2");
        archive["log"]["entries"].as_array().unwrap().clone()
    }

    #[test]
    fn a_run_without_requests_is_an_empty_archive() {
        assert_eq!(archive(Vec::new()), Vec::<Value>::new());
    }

    #[test]
    fn each_request_is_an_entry() {
        let entries = archive(vec![answered("/a?b=1&c"), refused()]);

        assert_eq!(entries.len(), 2);
        let [entry, failed] = &entries[..] else {
            unreachable!("there are two");
        };
        assert_eq!(entry["startedDateTime"], "2026-11-25T01:04:44.404Z");
        assert_eq!(entry["time"], 45.0);
        assert_eq!(
            entry["request"]["queryString"],
            json!([{"name": "b", "value": "1"}, {"name": "c", "value": ""}])
        );
        assert_eq!(entry["response"]["content"]["text"], "hello");
        assert_eq!(entry["_postrider"]["path"], "Users / Create");
        assert_eq!(failed["response"]["status"], 0);
        assert!(failed["_error"].as_str().unwrap().contains("ECONNREFUSED"));
    }

    #[test]
    fn a_redirect_is_an_entry_of_its_own() {
        let mut step = answered("/a");
        let Step::Request(request) = &mut step else {
            unreachable!("it is one");
        };
        let hop = |url: &str, status, tls| Hop {
            method: "GET".to_owned(),
            url: url.to_owned(),
            status: Some(status),
            phases: Phases {
                connect: Some(Duration::from_millis(2)),
                tls,
                wait: Some(Duration::from_millis(10)),
                download: Some(Duration::from_millis(1)),
                ..Phases::default()
            },
            total: Duration::from_millis(20),
        };
        let exchange = std::sync::Arc::make_mut(&mut request.exchange);
        exchange.hops = vec![
            hop("https://a/", 302, Some(Duration::from_millis(5))),
            hop("http://b/", 200, None),
        ];

        let entries = archive(vec![step]);

        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0]["response"]["redirectURL"], "http://b/");
        assert_eq!(entries[0]["timings"]["connect"], 7.0);
        assert_eq!(entries[0]["timings"]["ssl"], 5.0);
        assert_eq!(entries[0]["time"], 18.0);
        assert_eq!(entries[1]["timings"]["ssl"], -1.0);
        assert_eq!(entries[1]["timings"]["dns"], -1.0);
        assert_eq!(entries[1]["response"]["status"], 200);
        assert_eq!(entries[1]["startedDateTime"], "2026-11-25T01:04:44.424Z");
    }

    #[test]
    fn contents_that_are_no_text_are_base64() {
        let exchange = crate::report::samples::exchange("/", Ok(answer(200, "OK", b"\xff\x00")));

        let entries = archive(vec![sent(ExchangeOrigin::Item, exchange)]);

        assert_eq!(entries[0]["response"]["content"]["text"], "/wA=");
        assert_eq!(entries[0]["response"]["content"]["encoding"], "base64");
    }
}
