use std::io::{ErrorKind, Read as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::client::{Ask, DATA, Running};
use crate::emulator::{Emulator, Error, Options};

#[test]
fn both_versions_of_http_are_spoken() {
    let running = Running::demo();
    let ask =
        || Ask::new("GET", DATA, "/pipelines?api-version=2020-12-01").bearer(&running.data_token());

    let (old, new) = (running.send(ask()), running.send_http2(ask()));

    assert_eq!((old.status.as_u16(), new.status.as_u16()), (200, 200));
    assert_eq!(old.json(), new.json());
}

#[test]
fn the_certificate_covers_addresses_of_this_machine() {
    let running = Running::demo();
    let port = running.emulator.address().port();

    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}")] {
        assert_eq!(
            running
                .send(Ask::new("GET", &host, "/common/discovery/instance"))
                .status,
            200,
            "{host}"
        );
    }
}

#[test]
fn a_host_that_is_not_emulated_is_told_so() {
    let running = Running::demo();

    let reply = running.send(Ask::new("GET", "localhost", "/").header("host", "other.example"));

    assert_eq!(reply.wrapped(), (421, "MisdirectedRequest".to_owned()));
}

#[test]
fn the_certificates_are_new_at_each_start() {
    let (first, second) = (Running::demo(), Running::demo());

    assert_ne!(
        first.emulator.ca_certificate_pem(),
        second.emulator.ca_certificate_pem()
    );
}

#[test]
fn dropping_it_closes_its_connections() {
    let running = Running::demo();
    let mut stream = TcpStream::connect(running.emulator.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();

    drop(running);

    let read = stream.read(&mut [0]);
    assert!(match read {
        Ok(length) => length == 0,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    });
}

#[test]
fn an_address_in_use_is_named_with_a_hint() {
    let running = Running::demo();
    let address = running.emulator.address();

    let Err(error) = Emulator::start(Options {
        address,
        ..Options::default()
    }) else {
        panic!("started")
    };

    assert!(matches!(error, Error::Listen { address: named, .. } if named == address));
    assert_eq!(error.to_string(), format!("cannot listen on `{address}`"));
    assert!(error.hint().is_some());
}

#[test]
fn the_default_listens_on_a_free_port_of_the_loopback_address() {
    let emulator = Emulator::start(Options::default()).unwrap();

    let SocketAddr::V4(address) = emulator.address() else {
        panic!("not IPv4")
    };
    assert!(address.ip().is_loopback());
    assert_ne!(address.port(), 0);
}
