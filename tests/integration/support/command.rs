//! Running the binary in a folder of its own.

use std::ffi::OsString;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use super::redact::redact;

/// A run that takes longer is stuck.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// The binary, a temporary folder to run it in, and its arguments.
pub(crate) struct Postrider {
    folder: TempDir,
    arguments: Vec<OsString>,
    variables: Vec<(String, String)>,
    stdin: Option<Box<dyn Read + Send>>,
    started_in: String,
}

impl Postrider {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            arguments: Vec::new(),
            variables: Vec::new(),
            stdin: None,
            started_in: String::new(),
        }
    }

    /// `postrider run collection.json` with this collection and further arguments.
    pub(crate) fn run_collection(collection: &Value, arguments: &[&str]) -> Outcome {
        Self::with_collection(collection).arguments(arguments).run()
    }

    /// As [`Postrider::run_collection`], not yet started.
    pub(crate) fn with_collection(collection: &Value) -> Self {
        Self::new()
            .file("collection.json", collection.to_string())
            .arguments(&["run", "collection.json"])
    }

    /// Writes a file into the folder.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn arguments(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(OsString::from));
        self
    }

    /// Sets an environment variable; there are no others.
    pub(crate) fn variable(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// What the program reads from its standard input.
    /// Starts it in a folder of its folder.
    pub(crate) fn started_in(mut self, folder: &str) -> Self {
        self.started_in = folder.to_owned();
        self
    }

    pub(crate) fn stdin(mut self, input: impl Read + Send + 'static) -> Self {
        self.stdin = Some(Box::new(input));
        self
    }

    /// The path of a file in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs it to its end.
    pub(crate) fn run(self) -> Outcome {
        self.spawn().wait()
    }

    pub(crate) fn spawn(self) -> Running {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postrider"));
        command
            .args(&self.arguments)
            .current_dir(self.folder.path().join(&self.started_in))
            .env_clear()
            .envs(self.variables);
        let input = if self.stdin.is_some() {
            Stdio::piped()
        } else {
            Stdio::null()
        };
        command
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        if let Some((mut input, mut pipe)) = self.stdin.zip(child.stdin.take()) {
            // The program may stop reading at any time.
            thread::spawn(move || std::io::copy(&mut input, &mut pipe));
        }
        let stdout = collect(child.stdout.take().unwrap());
        let stderr = collect(child.stderr.take().unwrap());
        Running {
            child,
            stdout,
            stderr,
            seen: Vec::new(),
            folder: self.folder,
            is_over: false,
        }
    }
}

/// A program that has been started; it is killed when the test ends before it does.
pub(crate) struct Running {
    child: Child,
    stdout: Receiver<Vec<u8>>,
    stderr: Receiver<Vec<u8>>,
    seen: Vec<u8>,
    folder: TempDir,
    is_over: bool,
}

impl Running {
    /// Asks the program to stop, as Ctrl-C does.
    pub(crate) fn interrupt(&self) {
        let kill = format!("kill -INT {}", self.child.id());
        let status = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(status.success());
    }

    /// Ends the program at once.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.is_over = true;
    }

    /// The path of a file in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Waits until the standard output holds a text, and gives everything until then.
    pub(crate) fn wait_for_stdout(&mut self, text: &str) -> String {
        loop {
            let seen = String::from_utf8_lossy(&self.seen).into_owned();
            if seen.contains(text) {
                return seen;
            }
            let more = self.stdout.recv_timeout(TIME_LIMIT);
            self.seen
                .extend(more.unwrap_or_else(|error| panic!("no `{text}` ({error}) in:\n{seen}")));
        }
    }

    /// Waits for the end.
    pub(crate) fn wait(mut self) -> Outcome {
        let stdout = [std::mem::take(&mut self.seen), drain(&self.stdout)].concat();
        let stderr = drain(&self.stderr);
        let status = self.child.wait().unwrap();
        self.is_over = true;
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap());
        Outcome {
            code: status.code(),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
            folder,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.is_over {
            let _gone = self.child.kill();
            let _gone = self.child.wait();
        }
    }
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

fn drain(receiver: &Receiver<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        match receiver.recv_timeout(TIME_LIMIT) {
            Ok(more) => bytes.extend(more),
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return bytes,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => panic!("the program is stuck"),
        }
    }
}

/// What a program has left behind.
pub(crate) struct Outcome {
    /// The exit code; nothing when a signal ended the program.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    folder: TempDir,
}

impl Outcome {
    /// Exit code and both streams, with everything that varies between runs made equal.
    pub(crate) fn to_snapshot(&self) -> String {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        let folder = self.folder.path().to_string_lossy();
        let mut text = format!("exit code: {code}\n");
        for (name, stream) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !stream.is_empty() {
                text.push_str(&format!("--- {name}\n{}", redact(stream, &folder)));
            }
        }
        text
    }

    /// Exit code and standard error only, for tests of messages.
    pub(crate) fn message(&self) -> String {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        let folder = self.folder.path().to_string_lossy();
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        format!("exit code: {code}\n{}", redact(&self.stderr, &folder))
    }

    /// Fails with everything there is to see unless the exit code is the expected one.
    pub(crate) fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "\n{}\n{}", self.stdout, self.stderr);
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// The path of a file in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn has_file(&self, name: &str) -> bool {
        self.folder.path().join(name).exists()
    }

    /// The names of all files in the folder, for tests of what is left behind.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// The contents of all responses, as a JSON report of this name has them.
    pub(crate) fn response_texts(&self, report: &str) -> Vec<String> {
        let report = self.json(report);
        let executions = report["run"]["executions"].as_array().unwrap().iter();
        executions
            .map(|execution| {
                let bytes = execution["response"]["stream"]["data"].as_array();
                let bytes = bytes.into_iter().flatten().filter_map(Value::as_u64);
                let bytes: Vec<u8> = bytes.map(|byte| u8::try_from(byte).unwrap()).collect();
                String::from_utf8(bytes).unwrap()
            })
            .collect()
    }

    pub(crate) fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }
}
