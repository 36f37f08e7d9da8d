//! nginx as the server.

use std::fs::{self, File};
use std::io::{BufReader, Read, Write};
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Authority, Outcome, Postrider, Program, collection, get};

const MEGABYTE: usize = 1024 * 1024;

/// nginx, and the authority that its certificate for `localhost` comes from.
struct Nginx {
    program: Program,
    authority: Authority,
}

impl Nginx {
    /// `listen` says what comes after the port, `server` what else the server's block holds.
    fn start(listen: &str, server: &str) -> Option<Self> {
        let authority = Authority::new();
        let (certificate, key) = authority.server_pem(&["localhost"]);
        let client_authority = include_str!("client/authority.pem");
        let program = Program::start(&["nginx"], |folder, port| {
            fs::write(folder.join("server.pem"), &certificate).unwrap();
            fs::write(folder.join("server.key"), &key).unwrap();
            fs::write(folder.join("clients.pem"), client_authority).unwrap();
            fs::create_dir(folder.join("files")).unwrap();
            fs::write(
                folder.join("nginx.conf"),
                config(folder, port, listen, server),
            )
            .unwrap();
            let folder = folder.to_str().unwrap();
            let arguments = ["-p", folder, "-c", "nginx.conf", "-e", "stderr"];
            arguments.map(Into::into).to_vec()
        })?;
        Some(Self { program, authority })
    }

    fn get(&self, path: &str) -> Value {
        get(path, self.url(path))
    }

    fn url(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.program.port())
    }

    /// A run with these items over TLS.
    fn run(&self, items: Value) -> Postrider {
        Postrider::with_collection(&collection(items))
            .file("ca.pem", self.authority.pem())
            .arguments(&["--ssl-extra-ca-certs", "ca.pem"])
            .arguments(&["-r", "json", "--reporter-json-export", "r.json"])
    }

    /// Writes a file of so many megabytes, in which no two pages are the same, into the folder of the
    /// server.
    fn large_file(&self, name: &str, megabytes: usize) {
        write_large(&self.program.path("files").join(name), megabytes);
    }
}

fn config(folder: &Path, port: u16, listen: &str, server: &str) -> String {
    let folder = folder.display();
    // As one process it is ended with a single signal, and needs no other user.
    format!(
        "daemon off;
        master_process off;
        pid {folder}/nginx.pid;
        error_log stderr;
        events {{}}
        http {{
            access_log off;
            default_type text/plain;
            client_body_temp_path {folder}/bodies;
            proxy_temp_path {folder}/proxy;
            fastcgi_temp_path {folder}/fastcgi;
            uwsgi_temp_path {folder}/uwsgi;
            scgi_temp_path {folder}/scgi;
            ssl_certificate {folder}/server.pem;
            ssl_certificate_key {folder}/server.key;
            root {folder}/files;
            server {{ listen 127.0.0.1:{port} {listen}; {server} }}
        }}"
    )
}

fn write_large(path: &Path, megabytes: usize) {
    let mut file = File::create(path).unwrap();
    for megabyte in 0..megabytes {
        let mut chunk = vec![b'.'; MEGABYTE];
        for (page, bytes) in chunk.chunks_mut(4096).enumerate() {
            let text = format!("{megabyte} {page}\n");
            bytes[..text.len()].copy_from_slice(text.as_bytes());
        }
        file.write_all(&chunk).unwrap();
    }
}

fn have_same_content(one: &Path, other: &Path) -> bool {
    let mut one = BufReader::with_capacity(MEGABYTE, File::open(one).unwrap());
    let mut other = BufReader::with_capacity(MEGABYTE, File::open(other).unwrap());
    loop {
        let (mut left, mut right) = (vec![0; MEGABYTE], vec![0; MEGABYTE]);
        let count = one.read(&mut left).unwrap();
        if count == 0 {
            return other.read(&mut right).unwrap() == 0;
        }
        if other.read_exact(&mut right[..count]).is_err() || left[..count] != right[..count] {
            return false;
        }
    }
}

fn codes(outcome: &Outcome) -> Vec<u64> {
    let report = outcome.json("r.json");
    let executions = report["run"]["executions"].as_array().unwrap().iter();
    executions
        .map(|execution| execution["response"]["code"].as_u64().unwrap_or_default())
        .collect()
}

#[test]
fn nginx_sees_the_client_certificate_that_it_requires() {
    let server = "ssl_client_certificate clients.pem; ssl_verify_client on;
        location / { return 200 $ssl_client_verify; }";

    for versions in ["TLSv1.2", "TLSv1.3"] {
        let server = format!("{server} ssl_protocols {versions};");
        let Some(nginx) = Nginx::start("ssl", &server) else {
            return;
        };
        let with = nginx
            .run(json!([nginx.get("/a"), nginx.get("/b")]))
            .file("c.pem", include_str!("client/ec.pem"))
            .file("c.key", include_str!("client/ec-pkcs8.key"))
            .arguments(&["--ssl-client-cert", "c.pem", "--ssl-client-key", "c.key"])
            .run()
            .expect_code(0);
        let without = nginx.run(json!([nginx.get("/a")])).run();

        assert_eq!(with.response_texts("r.json"), ["SUCCESS", "SUCCESS"]);
        assert_eq!(codes(&without), [400], "{versions}");
    }
}

#[test]
fn nginx_and_postrider_agree_on_the_version_of_http() {
    let location = "location / { return 200 $server_protocol; }";
    let cases = [
        ("ssl http2", "--http2", "HTTP/2.0"),
        ("ssl http2", "--http1.1", "HTTP/1.1"),
        ("ssl", "--http2", "HTTP/1.1"),
    ];

    for (listen, flag, expected) in cases {
        let Some(nginx) = Nginx::start(listen, location) else {
            return;
        };
        let outcome = nginx.run(json!([nginx.get("/")])).arguments(&[flag]).run();

        assert_eq!(outcome.response_texts("r.json"), [expected], "{listen}");
    }
}

#[test]
fn connections_to_nginx_are_kept_until_it_ends_them() {
    let server = "keepalive_requests 2; location / { return 200 $connection_requests; }";
    let Some(nginx) = Nginx::start("ssl http2", server) else {
        return;
    };
    let paths = ["/1", "/2", "/3", "/4", "/5"].map(|path| nginx.get(path));

    for flag in ["--http1.1", "--http2"] {
        let outcome = nginx.run(json!(paths)).arguments(&[flag]).run();

        let texts = outcome.expect_code(0).response_texts("r.json");
        assert_eq!(texts, ["1", "2", "1", "2", "1"], "{flag}");
    }
}

#[test]
fn connections_that_nginx_closed_in_between_are_made_anew() {
    let server = "keepalive_timeout 20ms; location / { return 200 $connection_requests; }";
    let Some(nginx) = Nginx::start("ssl http2", server) else {
        return;
    };
    let paths = ["/1", "/2"].map(|path| nginx.get(path));

    for flag in ["--http1.1", "--http2"] {
        let run = nginx.run(json!(paths)).arguments(&[flag]);
        let outcome = run.arguments(&["--delay-request", "500"]).run();

        let texts = outcome.expect_code(0).response_texts("r.json");
        assert_eq!(texts, ["1", "1"], "{flag}");
    }
}

#[test]
fn what_nginx_compresses_is_decoded() {
    let server = "gzip on; gzip_min_length 1; gzip_types text/plain;";
    let Some(nginx) = Nginx::start("ssl http2", server) else {
        return;
    };
    let text = "the same again\n".repeat(2000);
    fs::write(nginx.program.path("files/text"), &text).unwrap();

    for flag in ["--http1.1", "--http2"] {
        let outcome = nginx.run(json!([nginx.get("/text")])).arguments(&[flag]);
        let outcome = outcome.run().expect_code(0);

        let report = outcome.json("r.json");
        let fields = &report["run"]["executions"][0]["response"]["header"];
        let encoding = json!({"key": "Content-Encoding", "value": "gzip"});
        assert!(fields.as_array().unwrap().contains(&encoding), "{fields}");
        assert_eq!(outcome.response_texts("r.json"), [text.as_str()]);
    }
}

#[test]
fn a_hundred_megabytes_arrive_as_nginx_has_them() {
    let Some(nginx) = Nginx::start("", "") else {
        return;
    };
    nginx.large_file("large.bin", 100);
    let item = get("A", nginx.program.url("/large.bin"));

    let outcome = Postrider::with_collection(&collection(json!([item])))
        .arguments(&["--save-responses", "saved"])
        .run()
        .expect_code(0);

    assert!(have_same_content(
        &outcome.path("saved/0001-200.txt"),
        &nginx.program.path("files/large.bin")
    ));
}

#[test]
fn files_go_to_nginx_and_come_back_over_tls() {
    let server = "client_max_body_size 64m; dav_methods PUT;";
    let Some(nginx) = Nginx::start("ssl http2", server) else {
        return;
    };

    for (flag, name) in [("--http1.1", "/one.bin"), ("--http2", "/two.bin")] {
        let put = json!({"name": "Up", "request": {
            "method": "PUT",
            "url": nginx.url(name),
            "body": {"mode": "file", "file": {"src": "upload.bin"}}
        }});
        let run = nginx
            .run(json!([put, nginx.get(name)]))
            .arguments(&["--save-responses", "saved", "--max-response-size", "1MB"])
            .arguments(&[flag]);
        write_large(&run.path("upload.bin"), 8);
        let outcome = run.run().expect_code(0);

        assert_eq!(codes(&outcome), [201, 200]);
        let stored = nginx.program.path("files").join(&name[1..]);
        assert!(have_same_content(&outcome.path("upload.bin"), &stored));
        let saved = outcome.path("saved/0002-200.txt");
        assert!(have_same_content(&saved, &stored));
    }
}

#[test]
fn an_upload_that_nginx_refuses_early_has_its_answer() {
    let Some(nginx) = Nginx::start("ssl http2", "client_max_body_size 1k;") else {
        return;
    };

    for flag in ["--http1.1", "--http2"] {
        let post = json!({"name": "Up", "request": {
            "method": "POST",
            "url": nginx.url("/a"),
            "body": {"mode": "file", "file": {"src": "upload.bin"}}
        }});
        let run = nginx.run(json!([post, nginx.get("/b")])).arguments(&[flag]);
        write_large(&run.path("upload.bin"), 8);

        assert_eq!(codes(&run.run()), [413, 404], "{flag}");
    }
}
