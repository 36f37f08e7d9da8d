//! Running the program on a case, bounded in time, and what it leaves behind.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::case::Case;
use crate::server::{Request, Servers};

/// A run that says nothing for longer than this is stuck.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Whose ways the program is to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Its own.
    Own,
    /// newman's, where the two differ.
    NewmanCompat,
}

/// Everything a run leaves behind.
#[derive(Debug, Clone, Default)]
pub(crate) struct Run {
    /// The exit code, or how the program ended without one.
    pub(crate) exit: Value,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) report: Option<Value>,
    pub(crate) environment: Option<Value>,
    pub(crate) globals: Option<Value>,
    pub(crate) collection: Option<Value>,
    pub(crate) requests: Vec<Request>,
    /// Folders of this run, and what stands for them in facts.
    pub(crate) places: Vec<(String, &'static str)>,
}

/// Runs a case against these servers.
pub(crate) fn run(case: &Case, mode: Mode, servers: &Servers) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    let certificates = servers.certificate_folder();
    let text = |path: &Path| path.to_string_lossy().into_owned();

    let mut command = Command::new(env!("CARGO_BIN_EXE_postrider"));
    command.arg("run").arg(&case.collection);
    for flag in &case.flags {
        let flag = flag
            .replace("{case}", &text(&case.folder))
            .replace("{certificates}", &text(&certificates))
            .replace("{out}", &text(out));
        command.arg(flag);
    }
    command
        .args(["--reporters", "cli,json", "--color", "off"])
        .arg("--show-secrets");
    if mode == Mode::NewmanCompat {
        command.arg("--newman-compat");
    }
    for (flag, name) in [
        ("--reporter-json-export", "report.json"),
        ("--export-environment", "environment.json"),
        ("--export-globals", "globals.json"),
        ("--export-collection", "collection.json"),
    ] {
        command.arg(flag).arg(out.join(name));
    }
    command
        .arg("--ssl-extra-ca-certs")
        .arg(certificates.join("ca.pem"));
    for rule in servers.connect_to() {
        command.args(["--connect-to", &rule]);
    }
    command
        .current_dir(&case.folder)
        .env_clear()
        .envs([("HOME", out), ("TMPDIR", out)])
        .envs([("LANG", "C.UTF-8"), ("TZ", "UTC")]);

    servers.take_requests();
    let (exit, stdout, stderr) = wait(&mut command);
    let json = |name: &str| read_json(&out.join(name));
    Run {
        exit,
        stdout,
        stderr,
        report: json("report.json"),
        environment: json("environment.json"),
        globals: json("globals.json"),
        collection: json("collection.json"),
        requests: servers.take_requests(),
        places: vec![
            (text(out), "<run>"),
            (text(&case.folder), "<case>"),
            (text(&certificates), "<certificates>"),
        ],
    }
}

fn read_json(file: &Path) -> Option<Value> {
    let text = fs::read_to_string(file).ok()?;
    let unreadable =
        |error: serde_json::Error| serde_json::json!({"unreadable": error.to_string()});
    Some(serde_json::from_str(&text).unwrap_or_else(unreadable))
}

fn wait(command: &mut Command) -> (Value, String, String) {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stdout = collect(child.stdout.take().unwrap());
    let stderr = collect(child.stderr.take().unwrap());
    let (stdout, is_stuck) = drain(&stdout);
    if is_stuck {
        let _gone = child.kill();
    }
    let (stderr, _) = drain(&stderr);
    let status = child.wait().unwrap();
    let exit = match status.code() {
        Some(code) => code.into(),
        None if is_stuck => "no end".into(),
        None => status.to_string().into(),
    };
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (exit, text(stdout), text(stderr))
}

/// Hands on what comes out of a pipe until it is closed.
fn collect(mut pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(count @ 1..) = pipe.read(&mut buffer) {
            if sender.send(buffer[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    receiver
}

/// All bytes, and whether there was no end to them.
fn drain(receiver: &Receiver<Vec<u8>>) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    loop {
        match receiver.recv_timeout(TIME_LIMIT) {
            Ok(more) => bytes.extend(more),
            Err(error) => return (bytes, error == RecvTimeoutError::Timeout),
        }
    }
}
