//! `postrider emulator`

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use super::run::milliseconds;
use crate::cli::args::{EmulatorArgs, PlaneArg};
use crate::cli::error::Error;
use crate::cli::exit_code::ExitCode;
use crate::cli::standard_output::print;
use crate::emulator::{self, Emulator, HOSTS, Scenario, identifiers};
use crate::files::{Source, write_atomically};
use crate::load::load_scenario;

/// Serves until the process is interrupted.
pub(in crate::cli) fn emulator(args: &EmulatorArgs) -> Result<ExitCode, Error> {
    let emulator = Emulator::start(emulator::Options {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, args.port)),
        proxy_address: args
            .proxy_port
            .map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port))),
        scenario: scenario(args)?,
    })?;
    write_atomically(&args.ca_out, emulator.ca_certificate_pem().as_bytes())
        .map_err(Error::EmulatorCa)?;
    print(&introduction(&emulator, args));
    emulator.wait();
    Ok(ExitCode::Ok)
}

/// What the flags say goes over what the file says.
fn scenario(args: &EmulatorArgs) -> Result<Scenario, Error> {
    let mut scenario = match &args.scenario {
        Some(file) => load_scenario(&Source::parse(file))?,
        None => Scenario::demo(),
    };
    if let Some(seconds) = args.token_lifetime {
        scenario.set_token_lifetime(Duration::from_secs(seconds as u64));
    }
    if let Some(step) = args.step_time {
        scenario.move_by_time(milliseconds(step));
    }
    for call in &args.throttle {
        scenario.throttle(*call as u64, Duration::from_secs(args.retry_after));
    }
    for plane in &args.without_role {
        match plane {
            PlaneArg::Management => scenario.remove_management_role(),
            PlaneArg::Data => scenario.remove_synapse_role(),
        }
    }
    Ok(scenario)
}

fn introduction(emulator: &Emulator, args: &EmulatorArgs) -> String {
    let address = emulator.address();
    let ca_file = args.ca_out.display();
    let mut text = format!("address: https://{address}\n");
    if let Some(proxy) = emulator.proxy_address() {
        text.push_str(&format!("proxy: http://{proxy}\n"));
    }
    text.push_str(&format!(
        "ca: {ca_file}\n\nvariables of the emulated subscription:\n"
    ));
    for (name, value) in identifiers() {
        text.push_str(&format!("  {name:<20} {value}\n"));
    }
    text.push_str("\npostrider reaches it with\n  postrider run COLLECTION -e ENVIRONMENT");
    text.push_str(&format!(" --ssl-extra-ca-certs {ca_file}"));
    for host in HOSTS {
        text.push_str(&format!(
            " \\\n    --connect-to '{host}:443:{}:{}'",
            address.ip(),
            address.port()
        ));
    }
    if let Some(proxy) = emulator.proxy_address() {
        text.push_str(
            "\n\nother clients, such as the Azure CLI and SDKs, reach it unchanged with\n",
        );
        text.push_str(&shell_lines(proxy, &args.ca_out));
    }
    text.push_str("\n\nCtrl-C ends it.\n");
    text
}

/// Lines for a POSIX shell. Both spellings are set, since clients differ in which one wins.
fn shell_lines(proxy: SocketAddr, ca_out: &Path) -> String {
    // The lines are copied into a shell that may stand in another folder.
    let ca_file = std::path::absolute(ca_out).unwrap_or_else(|_| ca_out.to_owned());
    let ca_file = quoted(&ca_file.to_string_lossy());
    [
        format!("export HTTPS_PROXY=http://{proxy} https_proxy=http://{proxy}"),
        "export NO_PROXY= no_proxy=".to_owned(),
        format!("export REQUESTS_CA_BUNDLE={ca_file} SSL_CERT_FILE={ca_file}"),
        format!("export CURL_CA_BUNDLE={ca_file} NODE_EXTRA_CA_CERTS={ca_file}"),
        "export AZURE_CORE_COLLECT_TELEMETRY=no".to_owned(),
    ]
    .map(|line| format!("  {line}"))
    .join("\n")
}

/// A word for a POSIX shell.
fn quoted(text: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "/._-+~".contains(character);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_other_characters_is_quoted_for_the_shell() {
        assert_eq!(quoted("/tmp/ca.pem"), "/tmp/ca.pem");
        assert_eq!(quoted("/it's here/ca"), "'/it'\\''s here/ca'");
    }
}
