//! A proxy inside the test's process: HTTP, CONNECT and SOCKS5 on one port.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Carries requests to servers on the loopback address, and remembers what it was asked for.
///
/// Every name leads to 127.0.0.1. Its threads end with the connections, and so with the program that is
/// tested.
pub(crate) struct Proxy {
    port: u16,
    seen: Arc<Mutex<Vec<String>>>,
}

/// What a proxy does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Carries everything.
    Open,
    /// Carries what comes with these credentials, as `NAME:PASSWORD`.
    Protected(&'static str),
    /// Refuses every tunnel.
    Forbidding,
    /// Closes each connection when it was asked for something.
    Closing,
}

impl Proxy {
    pub(crate) fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || converse(stream, manner, &shared));
            }
        });
        Self { port, seen }
    }

    /// Host and port.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// What it was asked for: a request's first line and credentials, or the target of a SOCKS request.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

fn converse(mut client: TcpStream, manner: Manner, seen: &Mutex<Vec<String>>) -> io::Result<()> {
    let mut first = [0];
    client.read_exact(&mut first)?;
    match first[0] {
        5 => socks(client, manner, seen),
        _ => http(client, first[0], manner, seen),
    }
}

fn http(
    mut client: TcpStream,
    first: u8,
    manner: Manner,
    seen: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let mut head = vec![first];
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        client.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let text = String::from_utf8(head).unwrap();
    let line = text.lines().next().unwrap().to_owned();
    let credentials = text
        .lines()
        .find_map(|line| line.strip_prefix("Proxy-Authorization: "))
        .or_else(|| {
            text.lines()
                .find_map(|line| line.strip_prefix("proxy-authorization: "))
        });
    let shown = credentials.map(|text| format!(" [{text}]"));
    seen.lock()
        .unwrap()
        .push(format!("{line}{}", shown.unwrap_or_default()));
    if let Manner::Protected(expected) = manner {
        let expected = format!("Basic {}", base64(expected));
        if credentials != Some(&expected) {
            client.write_all(
                b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
            )?;
            return client.shutdown(Shutdown::Both);
        }
    }
    match manner {
        Manner::Closing => return client.shutdown(Shutdown::Both),
        Manner::Forbidding => {
            client.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")?;
            return client.shutdown(Shutdown::Both);
        }
        Manner::Open | Manner::Protected(_) => {}
    }
    let target = line.split(' ').nth(1).unwrap();
    if let Some(authority) = line.strip_prefix("CONNECT ") {
        let port = port_of(authority.split(' ').next().unwrap());
        let server = TcpStream::connect(("127.0.0.1", port))?;
        client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
        return carry(client, server);
    }
    let (authority, path) = target
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let mut server = TcpStream::connect(("127.0.0.1", port_of(authority)))?;
    server.write_all(text.replacen(target, &format!("/{path}"), 1).as_bytes())?;
    carry(client, server)
}

/// RFC 1928, as far as a client needs it.
fn socks(mut client: TcpStream, manner: Manner, seen: &Mutex<Vec<String>>) -> io::Result<()> {
    let mut count = [0];
    client.read_exact(&mut count)?;
    let mut methods = vec![0; usize::from(count[0])];
    client.read_exact(&mut methods)?;
    if let Manner::Protected(expected) = manner {
        client.write_all(&[5, 2])?;
        let mut version = [0];
        client.read_exact(&mut version)?;
        let name = counted(&mut client)?;
        let password = counted(&mut client)?;
        let is_right = format!("{name}:{password}") == expected;
        client.write_all(&[1, u8::from(!is_right)])?;
        if !is_right {
            return client.shutdown(Shutdown::Both);
        }
    } else {
        client.write_all(&[5, 0])?;
    }
    let mut request = [0; 4];
    client.read_exact(&mut request)?;
    let host = match request[3] {
        1 => {
            let mut address = [0; 4];
            client.read_exact(&mut address)?;
            std::net::Ipv4Addr::from(address).to_string()
        }
        4 => {
            let mut address = [0; 16];
            client.read_exact(&mut address)?;
            std::net::Ipv6Addr::from(address).to_string()
        }
        _ => counted(&mut client)?,
    };
    let mut port = [0; 2];
    client.read_exact(&mut port)?;
    let port = u16::from_be_bytes(port);
    seen.lock().unwrap().push(format!("SOCKS {host}:{port}"));
    if manner == Manner::Forbidding {
        client.write_all(&[5, 2, 0, 1, 0, 0, 0, 0, 0, 0])?;
        return client.shutdown(Shutdown::Both);
    }
    let server = TcpStream::connect(("127.0.0.1", port))?;
    client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
    carry(client, server)
}

fn counted(stream: &mut TcpStream) -> io::Result<String> {
    let mut length = [0];
    stream.read_exact(&mut length)?;
    let mut text = vec![0; usize::from(length[0])];
    stream.read_exact(&mut text)?;
    Ok(String::from_utf8(text).unwrap())
}

fn port_of(authority: &str) -> u16 {
    authority
        .rsplit_once(':')
        .map_or(80, |(_, port)| port.parse().unwrap())
}

fn carry(client: TcpStream, server: TcpStream) -> io::Result<()> {
    let (mut from_client, mut to_server) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || {
        let _ended = io::copy(&mut from_client, &mut to_server);
        let _ended = to_server.shutdown(Shutdown::Both);
    });
    let (mut from_server, mut to_client) = (server, client);
    let copied = io::copy(&mut from_server, &mut to_client);
    to_client.shutdown(Shutdown::Both)?;
    copied.map(|_| ())
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}
