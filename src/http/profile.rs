//! What tells two pools of connections apart.

use super::client::ClientOptions;
use super::client_certificate::{ClientCertificate, Shown};
use super::connect_to::ConnectTo;
use super::phases::MeasureConnections;
use super::proxy::Proxy;
use super::resolver::Resolver;
use super::tls::TlsOptions;
use super::{Error, Protocol, RequestUrl, SendOptions, TlsVersions};

/// As many header fields as Node takes from a server; the library's own limit is 100.
const HEADER_FIELD_LIMIT: usize = 2000;

/// One pool: connections that are made in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Profile {
    strict_tls: bool,
    tls_versions: TlsVersions,
    protocol: Protocol,
    /// The resolver is told no port, so each port has a client of its own.
    port: u16,
    /// The host that certificates are checked for, where the URL handed to reqwest has another one.
    certificate_host: Option<String>,
    /// The position of the certificate that is shown.
    certificate: Option<usize>,
    proxy: Option<Proxy>,
}

/// How one request reaches its server.
pub(super) struct Route {
    /// The pool to take a connection from.
    pub(super) profile: Profile,
    /// The URL to hand to reqwest, whose host may be another one.
    pub(super) url: RequestUrl,
    /// Whether the port stands in that URL; there it would win over the one that a rule gives.
    pub(super) keep_port: bool,
}

impl Route {
    /// Finds the way for a request.
    ///
    /// # Errors
    ///
    /// When no version of TLS is left, or the certificate that is to be shown cannot be used.
    pub(super) fn find(
        url: &RequestUrl,
        options: &SendOptions,
        client: &ClientOptions,
    ) -> Result<Self, Error> {
        if url.scheme == "https" && options.tls_versions == TlsVersions::NONE {
            return Err(Error::InvalidRequest {
                code: None,
                reason: "`tlsDisabledProtocols` leaves none of TLS 1.2 and 1.3".to_owned(),
            });
        }
        let certificate = ClientCertificate::find(&client.certificates, url);
        if let Some(ClientCertificate {
            name,
            shown: Shown::Broken(reason),
            ..
        }) = certificate.map(|position| &client.certificates[position])
        {
            return Err(Error::ClientCertificate {
                name: name.clone(),
                reason: reason.clone(),
            });
        }
        let target = ConnectTo::target(&client.connect_to, &url.host, url.effective_port());
        let redirected = target.is_some();
        let mut connect_url = url.clone();
        // reqwest asks no resolver about an address, so the target takes its place in the URL.
        let instead_of_address = target.filter(|_| url.has_address());
        if let Some((host, port)) = &instead_of_address {
            connect_url.host = match host.contains(':') {
                true => format!("[{host}]"),
                false => host.clone(),
            };
            connect_url.port = Some(*port);
        }
        // Connections that go elsewhere never pass a proxy.
        let proxy = match redirected || options.bypass_proxy {
            true => None,
            false => client.proxies.find(url).cloned(),
        };
        let port = proxy
            .as_ref()
            .map_or(connect_url.effective_port(), Proxy::port);
        Ok(Self {
            profile: Profile {
                strict_tls: options.strict_tls,
                tls_versions: options.tls_versions,
                protocol: match url.scheme.as_str() {
                    "https" => options.protocol,
                    _ => Protocol::Http1,
                },
                port,
                certificate_host: instead_of_address.as_ref().map(|_| url.host.clone()),
                certificate,
                proxy,
            },
            keep_port: !redirected || instead_of_address.is_some(),
            url: connect_url,
        })
    }

    /// Whether the library says by itself what this value of `Host` says.
    ///
    /// With HTTP/2 it does so in `:authority`, and servers refuse a request that has both (RFC 9113, 8.3.1,
    /// leaves that to them; nginx 1.22 does). Where the server turns out to speak HTTP/1.1 it adds the field.
    pub(super) fn says_host(&self, host: Option<&str>) -> bool {
        let has_port = self.keep_port || self.url.port.is_none();
        self.profile.protocol != Protocol::Http1
            && has_port
            && host.is_some_and(|host| host.eq_ignore_ascii_case(&self.url.authority()))
    }
}

impl Profile {
    /// The proxy that connections pass.
    pub(super) fn proxy(&self) -> Option<&Proxy> {
        self.proxy.as_ref()
    }

    /// A client without any connection yet.
    pub(super) fn client(&self, options: &ClientOptions) -> Result<reqwest::Client, Error> {
        let invalid = |reason: String| Error::InvalidRequest { code: None, reason };
        let identity =
            self.certificate
                .and_then(|position| match &options.certificates[position].shown {
                    Shown::Identity(identity) => Some(identity),
                    Shown::Nothing | Shown::Broken(_) => None,
                });
        let tls = options.trust.client_config(&TlsOptions {
            strict: self.strict_tls,
            host: self.certificate_host.as_deref(),
            identity,
            versions: self.tls_versions,
            protocol: self.protocol,
        });
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .http1_title_case_headers()
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http1_max_headers(HEADER_FIELD_LIMIT)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .tls_backend_preconfigured(tls.map_err(|error| invalid(error.to_string()))?)
            .dns_resolver(Resolver {
                rules: match self.proxy {
                    Some(_) => Vec::new(),
                    None => options.connect_to.clone(),
                },
                port: self.port,
            })
            .connector_layer(MeasureConnections)
            .no_proxy();
        if self.protocol == Protocol::Http1 {
            builder = builder.http1_only();
        }
        if let Some(proxy) = &self.proxy {
            let through = reqwest::Proxy::all(proxy.url());
            builder = builder.proxy(through.map_err(|error| invalid(error.to_string()))?);
        }
        if let Some(limit) = options.timeout {
            builder = builder.connect_timeout(limit).read_timeout(limit);
        }
        builder.build().map_err(|error| invalid(error.to_string()))
    }
}
