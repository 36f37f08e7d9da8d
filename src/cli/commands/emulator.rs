//! `postrider emulator`

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::cli::args::EmulatorArgs;
use crate::cli::error::Error;
use crate::cli::exit_code::ExitCode;
use crate::cli::standard_output::print;
use crate::emulator::{self, Emulator, HOSTS, identifiers};
use crate::files::write_atomically;

/// Serves until the process is interrupted.
pub(in crate::cli) fn emulator(args: &EmulatorArgs) -> Result<ExitCode, Error> {
    let emulator = Emulator::start(emulator::Options {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, args.port)),
        token_lifetime: Duration::from_secs(args.token_lifetime as u64),
    })?;
    write_atomically(&args.ca_out, emulator.ca_certificate_pem().as_bytes())
        .map_err(Error::EmulatorCa)?;
    print(&introduction(emulator.address(), args));
    emulator.wait();
    Ok(ExitCode::Ok)
}

fn introduction(address: SocketAddr, args: &EmulatorArgs) -> String {
    let ca_file = args.ca_out.display();
    let mut text = format!(
        "address: https://{address}\nca: {ca_file}\n\nvariables of the emulated subscription:\n"
    );
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
    text.push_str("\n\nCtrl-C ends it.\n");
    text
}
