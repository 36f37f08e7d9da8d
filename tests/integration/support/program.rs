//! Servers and proxies that others wrote, started as programs.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A program that does not listen by then never will.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many ports are tried, as another program may take one before ours does.
const ATTEMPTS: usize = 5;

/// Where programs are that are not in the path of every user.
const SYSTEM_FOLDERS: [&str; 3] = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"];

/// A program that listens on a port of the loopback address; it ends with the test.
pub(crate) struct Program {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl Program {
    /// Starts the first of these programs that is installed.
    ///
    /// `prepare` gets a folder for files and the port to listen on, and gives the arguments. Where there is
    /// no such program this says so, and the test has to do without.
    pub(crate) fn start(
        names: &[&str],
        prepare: impl Fn(&Path, u16) -> Vec<OsString>,
    ) -> Option<Self> {
        let Some(path) = names.iter().find_map(|name| find(name)) else {
            skip(names[0]);
            return None;
        };
        let mut said = String::new();
        for _ in 0..ATTEMPTS {
            match Self::attempt(&path, &prepare) {
                Ok(program) => return Some(program),
                Err(output) => said = output,
            }
        }
        panic!("{} does not start:\n{said}", path.display());
    }

    fn attempt(
        path: &Path,
        prepare: &impl Fn(&Path, u16) -> Vec<OsString>,
    ) -> Result<Self, String> {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output.txt");
        let streams = File::create(&output).unwrap();
        let port = free_port();
        let child = Command::new(path)
            .args(prepare(folder.path(), port))
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(streams.try_clone().unwrap())
            .stderr(streams)
            .spawn()
            .unwrap();
        let mut program = Self {
            child,
            port,
            folder,
        };
        let began = Instant::now();
        while program.child.try_wait().unwrap().is_none() && began.elapsed() < PATIENCE {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(program);
            }
            // Nothing tells when a program of others is ready.
            thread::sleep(Duration::from_millis(5));
        }
        Err(fs::read_to_string(output).unwrap())
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Host and port.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// `http://127.0.0.1:PORT` followed by a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address())
    }

    /// The path of a file in its folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// Says that a test has nothing to run against, past the test runner, which shows no output of tests that
/// pass.
pub(crate) fn skip(what: &str) {
    let thread = thread::current();
    let test = thread.name().unwrap_or("a test");
    let _unseen = writeln!(
        std::io::stderr(),
        "skipped: {test} ({what} is not installed)"
    );
}

fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(SYSTEM_FOLDERS.map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}
