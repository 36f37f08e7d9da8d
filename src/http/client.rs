//! The transport over reqwest.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use bytes::BytesMut;
use reqwest::header::HOST;
use reqwest::{Method, Version};

use super::connect_to::ConnectTo;
use super::cookie_jar::CookieJar;
use super::exact_url::exact_url;
use super::keeper::Keeper;
use super::phases::measured;
use super::profile::{Profile, Route};
use super::redirect::next_request;
use super::repeat::may_repeat;
use super::tls::{CaError, Trust};
use super::{
    Body, ClientCertificate, CookieError, Error, Exchange, Header, Hop, HttpRequest, HttpResponse,
    JarCookie, ProxySettings, RequestUrl, SendOptions, StoredCookie, Timings, Transport, decode,
    failure, fields,
};

/// What holds for all requests of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct ClientOptions {
    /// Other addresses for some hosts, first match first.
    pub(crate) connect_to: Vec<ConnectTo>,
    /// How long connecting may take, and how long a server may be silent; `None` for no limit.
    pub(crate) timeout: Option<Duration>,
    /// Certificates to show to servers, first match first.
    pub(crate) certificates: Vec<ClientCertificate>,
    /// The proxies that requests go through.
    pub(crate) proxies: ProxySettings,
    /// How much of a content is kept in memory; `None` for all of it.
    pub(crate) max_response_bytes: Option<u64>,
    /// The folder into which the contents of responses are written as well.
    pub(crate) save_responses: Option<PathBuf>,
    pub(super) trust: Trust,
}

impl ClientOptions {
    /// Trusts the certificates of a PEM text as well as the system's.
    pub(crate) fn add_ca_certificates(&mut self, pem: &[u8]) -> Result<(), CaError> {
        self.trust.add_pem(pem)
    }
}

/// Sends requests over pooled connections and keeps one worker's cookies.
pub(crate) struct HttpClient {
    options: ClientOptions,
    jar: CookieJar,
    saved_count: Cell<u32>,
    clients: RefCell<HashMap<Profile, reqwest::Client>>,
}

impl HttpClient {
    /// A client without any connection yet.
    pub(crate) fn new(options: ClientOptions) -> Self {
        Self {
            options,
            jar: CookieJar::default(),
            saved_count: Cell::default(),
            clients: RefCell::default(),
        }
    }

    /// Puts cookies into the jar, such as those of a file.
    pub(crate) fn load_cookies(&self, cookies: &[JarCookie]) {
        for cookie in cookies {
            self.jar.add(cookie);
        }
    }

    /// Every cookie in the jar that has not expired, in the order they were set.
    pub(crate) fn all_cookies(&self) -> Vec<JarCookie> {
        self.jar.all()
    }

    fn client(&self, profile: &Profile) -> Result<reqwest::Client, Error> {
        if let Some(client) = self.clients.borrow().get(profile) {
            return Ok(client.clone());
        }
        let client = profile.client(&self.options)?;
        self.clients
            .borrow_mut()
            .insert(profile.clone(), client.clone());
        Ok(client)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "exchanges are timed where they happen"
    )]
    async fn exchange(
        &self,
        request: &HttpRequest,
        own_cookies: &[String],
        options: &SendOptions,
    ) -> Exchange {
        let mut request = request.clone();
        if options.use_cookies {
            self.add_cookies(&mut request, own_cookies);
        }
        let started = SystemTime::now();
        let clock = Instant::now();
        let mut first_byte = None;
        let work = async {
            let response = self.start(&request, options).await?;
            first_byte = Some(clock.elapsed());
            self.finish(&request, response, options).await
        };
        let (outcome, mut phases) = measured(work).await;
        let total = clock.elapsed();
        if let Some(first_byte) = first_byte {
            let parts = [phases.dns, phases.connect, phases.tls];
            let connected: Duration = parts.into_iter().flatten().sum();
            phases.wait = Some(first_byte.saturating_sub(connected));
            phases.download = Some(total - first_byte);
        }
        let timings = Timings {
            started,
            first_byte,
            total,
        };
        let hop = Hop {
            method: request.method.clone(),
            url: request.url.to_string(),
            status: outcome.as_ref().ok().map(|response| response.status),
            phases,
            total,
        };
        if let Ok(response) = &outcome
            && options.use_cookies
        {
            self.jar.store_response(&request.url, response);
        }
        Exchange {
            request,
            outcome: outcome.map(Arc::new),
            timings,
            hops: vec![hop],
        }
    }

    /// The user's own cookies come first, then those of the jar, without removing duplicates (as
    /// newman 6.2.2).
    fn add_cookies(&self, request: &mut HttpRequest, own: &[String]) {
        let Some(from_jar) = self.jar.header(&request.url) else {
            return;
        };
        let all: Vec<String> = own.iter().cloned().chain([from_jar]).collect();
        request.replace_header(Header::system("Cookie", all.join("; ")));
    }

    async fn start(
        &self,
        request: &HttpRequest,
        options: &SendOptions,
    ) -> Result<reqwest::Response, Error> {
        let route = Route::find(&request.url, options, &self.options)?;
        match self.attempt(request, &route).await {
            Err(error) if may_repeat(request, &error, options) => {
                // Other connections of the pool may have ended as well; a new pool has none.
                self.clients.borrow_mut().remove(&route.profile);
                self.attempt(request, &route).await
            }
            outcome => outcome,
        }
    }

    async fn attempt(
        &self,
        request: &HttpRequest,
        route: &Route,
    ) -> Result<reqwest::Response, Error> {
        let client = self.client(&route.profile)?;
        let url = exact_url(&route.url, route.keep_port).ok_or_else(|| Error::InvalidRequest {
            code: Some("ERR_INVALID_URL"),
            reason: format!("Invalid URI \"{}\"", request.url),
        })?;
        let method =
            Method::from_bytes(request.method.as_bytes()).map_err(|_| Error::InvalidRequest {
                code: Some("ERR_INVALID_HTTP_TOKEN"),
                reason: format!("Method must be a valid HTTP token [\"{}\"]", request.method),
            })?;
        let mut outgoing = reqwest::Request::new(method, url);
        *outgoing.headers_mut() = fields::to_map(&request.headers)?;
        if route.says_host(request.header("host")) {
            outgoing.headers_mut().remove(HOST);
        }
        if let Some(body) = &request.body {
            *outgoing.body_mut() = Some(body.to_body());
        }
        client.execute(outgoing).await.map_err(|error| {
            let proxy = route.profile.proxy();
            failure::from_reqwest(&error, &request.url, self.options.timeout, proxy)
        })
    }

    async fn finish(
        &self,
        request: &HttpRequest,
        response: reqwest::Response,
        options: &SendOptions,
    ) -> Result<HttpResponse, Error> {
        let status = response.status();
        let headers = fields::from_map(response.headers(), options.as_newman);
        let reason = response
            .extensions()
            .get::<hyper::ext::ReasonPhrase>()
            .map(|reason| fields::text(reason.as_bytes()))
            .filter(|reason| !reason.is_empty())
            .unwrap_or_else(|| status.canonical_reason().unwrap_or_default().to_owned());
        let version = match response.version() {
            Version::HTTP_10 => "1.0",
            Version::HTTP_2 => "2",
            _ => "1.1",
        };
        let mut answer = HttpResponse {
            status: status.as_u16(),
            reason,
            version,
            headers,
            body: Body::default(),
        };
        answer.body = self.content(request, response, &answer).await?;
        Ok(answer)
    }

    async fn content(
        &self,
        request: &HttpRequest,
        mut response: reqwest::Response,
        answer: &HttpResponse,
    ) -> Result<Body, Error> {
        let limit = self.options.max_response_bytes;
        let path = self.options.save_responses.as_ref().map(|folder| {
            self.saved_count.set(self.saved_count.get() + 1);
            folder.join(file_name(self.saved_count.get(), answer))
        });
        let mut keeper = Keeper::new(limit, path)?;
        let encoding = answer.header("content-encoding");
        if encoding.is_none() {
            keeper.expect(response.content_length());
        }
        let mut encoded = BytesMut::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| failure::in_content(&error, &request.url, self.options.timeout))?
        {
            if encoding.is_none() {
                keeper.push(&chunk)?;
                continue;
            }
            encoded.extend_from_slice(&chunk);
            if let Some(limit) = limit.filter(|limit| encoded.len() as u64 > *limit) {
                return Err(Error::EncodedTooLarge { limit_bytes: limit });
            }
        }
        if let Some(encoding) = encoding {
            decode::decode(encoded.freeze(), encoding, &mut keeper)?;
        }
        keeper.finish()
    }
}

/// The name of a saved content: its number, which tells the order, the status code, and an ending that
/// programs know. Nothing of the URL, which could hold a secret.
fn file_name(number: u32, answer: &HttpResponse) -> String {
    let kind = answer.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let ending = match kind.to_ascii_lowercase().as_str() {
        "text/html" => "html",
        "text/csv" => "csv",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/svg+xml" => "svg",
        "application/pdf" => "pdf",
        "application/zip" => "zip",
        kind if kind.ends_with("json") => "json",
        kind if kind.ends_with("xml") => "xml",
        kind if kind.starts_with("text/") => "txt",
        _ => "bin",
    };
    format!("{number:04}-{}.{ending}", answer.status)
}

impl Transport for HttpClient {
    async fn send(&self, request: HttpRequest, options: &SendOptions) -> Exchange {
        let mut current = request;
        let mut own_cookies = cookie_fields(&current);
        let mut last = self.exchange(&current, &own_cookies, options).await;
        let first = last.request.clone();
        let started = last.timings.started;
        let mut total = last.timings.total;
        let mut hops = std::mem::take(&mut last.hops);
        while let Some(response) = last.response() {
            // newman goes on from what it sent, so that cookies stay which the jar has lost by now.
            let before = if options.as_newman {
                &last.request
            } else {
                &current
            };
            let Some(next) = next_request(before, response, options).transpose() else {
                break;
            };
            let next = match next {
                Ok(next) => next,
                Err(error) => {
                    last.outcome = Err(error);
                    break;
                }
            };
            if hops.len() > options.max_redirects {
                last.outcome = Err(Error::TooManyRedirects {
                    url: current.url.to_string(),
                });
                break;
            }
            current = next;
            if !options.as_newman {
                own_cookies = cookie_fields(&current);
            }
            last = self.exchange(&current, &own_cookies, options).await;
            total += last.timings.total;
            hops.append(&mut last.hops);
        }
        Exchange {
            request: first,
            outcome: last.outcome,
            timings: Timings {
                started,
                first_byte: last.timings.first_byte,
                total,
            },
            hops,
        }
    }

    fn cookies(&self, url: &RequestUrl) -> Vec<StoredCookie> {
        self.jar.cookies(url)
    }

    fn stored_cookies(&self, url: &str) -> Result<Vec<StoredCookie>, CookieError> {
        self.jar.named(url)
    }

    fn store_cookie(&self, url: &str, set_cookie: &str) -> Result<StoredCookie, CookieError> {
        self.jar.store(url, set_cookie)
    }

    fn remove_cookies(&self, url: &str, name: Option<&str>) -> Result<(), CookieError> {
        self.jar.remove(url, name)
    }
}

/// The values of all fields `Cookie`.
fn cookie_fields(request: &HttpRequest) -> Vec<String> {
    let fields = request.headers.iter();
    fields
        .filter(|field| field.is("cookie"))
        .map(|field| field.value.clone())
        .collect()
}
