//! Arguments that say how servers are reached.

use std::path::PathBuf;

use super::number::positive;

/// How servers are reached, for every command that sends requests.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct ConnectionArgs {
    /// Connect to ADDRESS:PORT where a request says HOST:PORT; HOST may be empty, * or *.example.com (repeatable)
    #[arg(long, value_name = "HOST:PORT:ADDRESS:PORT", help_heading = "HTTP")]
    pub(super) connect_to: Vec<String>,

    /// Trust the CA certificates of this PEM file as well
    #[arg(long, value_name = "FILE", help_heading = "HTTP")]
    pub(super) ssl_extra_ca_certs: Option<PathBuf>,

    /// Show this certificate to servers that ask for one: PEM, DER or PKCS#12
    #[arg(long, value_name = "FILE", help_heading = "HTTP")]
    pub(super) ssl_client_cert: Option<PathBuf>,

    /// Private key of the certificate, where it stands in a file of its own
    #[arg(
        long,
        value_name = "FILE",
        requires = "ssl_client_cert",
        help_heading = "HTTP"
    )]
    pub(super) ssl_client_key: Option<PathBuf>,

    /// What the private key is encrypted with
    #[arg(
        long,
        value_name = "TEXT",
        allow_hyphen_values = true,
        requires = "ssl_client_cert",
        help_heading = "HTTP"
    )]
    pub(super) ssl_client_passphrase: Option<String>,

    /// Choose client certificates by the URL, as this list in newman's form says (JSON)
    #[arg(long, value_name = "FILE", help_heading = "HTTP")]
    pub(super) ssl_client_cert_list: Option<String>,

    /// Do not check server certificates
    #[arg(short = 'k', long, help_heading = "HTTP")]
    pub(super) insecure: bool,

    /// Give up a request when the server is silent for this time
    #[arg(long, value_name = "MS", value_parser = positive, help_heading = "HTTP")]
    pub(super) timeout_request: Option<Option<usize>>,

    /// Send every request through this proxy: http, https, socks4, socks4a, socks5 or socks5h [default: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY]
    #[arg(long, value_name = "URL", help_heading = "HTTP")]
    pub(super) proxy: Option<String>,

    /// Reach these hosts without a proxy: names, *, addresses, networks, each with or without a port [default: NO_PROXY]
    #[arg(long, value_name = "HOSTS", help_heading = "HTTP")]
    pub(super) no_proxy: Option<String>,

    /// Leave the proxies of the environment alone
    #[arg(long, conflicts_with = "proxy", help_heading = "HTTP")]
    pub(super) ignore_proxy: bool,
}
