//! Builds the JavaScript libraries that scripts can `require` into the program.
//!
//! Where they come from, first match:
//!
//! 1. the folder in `POSTRIDER_SANDBOX_DIR`, or `sandbox/dist`, which the published package carries;
//! 2. nowhere, when the documentation is built on docs.rs, which has no network;
//! 3. npm: `npm ci` and the bundle script run in the output folder, unless an earlier build did that
//!    with the same lock file and script.
//!
//! The chunks are embedded deflated, which is smaller than bytecode and does not depend on the version
//! of the engine.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::exit,
    reason = "a build script is a program of its own, without the modules that own these things"
)]

use std::collections::hash_map::DefaultHasher;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

const DIRECTORY_VARIABLE: &str = "POSTRIDER_SANDBOX_DIR";
const INPUTS: [&str; 4] = ["package.json", "package-lock.json", ".npmrc", "bundle.mjs"];
const STRONGEST_COMPRESSION: u8 = 9;

fn main() {
    let package = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let output = PathBuf::from(variable("OUT_DIR"));
    println!("cargo::rerun-if-env-changed={DIRECTORY_VARIABLE}");
    println!("cargo::rerun-if-env-changed=DOCS_RS");
    println!("cargo::rerun-if-changed=build.rs");

    match ready_chunks(&package) {
        Some(directory) => {
            println!(
                "cargo::rerun-if-changed={}",
                directory.join("index.txt").display()
            );
            embed(&directory, &output);
        }
        None if env::var_os("DOCS_RS").is_some() => embed_nothing(&output),
        None => embed(&bundled(&package.join("sandbox"), &output), &output),
    }
}

/// The folder of chunks that somebody made before, if there is one.
fn ready_chunks(package: &Path) -> Option<PathBuf> {
    if let Some(directory) = env::var_os(DIRECTORY_VARIABLE) {
        return Some(PathBuf::from(directory));
    }
    let shipped = package.join("sandbox").join("dist");
    shipped.join("index.txt").is_file().then_some(shipped)
}

/// Runs npm and the bundle script in the output folder and gives the folder of chunks.
fn bundled(source: &Path, output: &Path) -> PathBuf {
    for input in INPUTS {
        // Only files that exist: cargo builds again each time when a watched one is missing.
        println!("cargo::rerun-if-changed={}", source.join(input).display());
    }
    let workshop = output.join("sandbox");
    let chunks = workshop.join("dist");
    let stamp = workshop.join("stamp");
    let fingerprint = fingerprint(source);
    if fs::read_to_string(&stamp).is_ok_and(|text| text == fingerprint) {
        return chunks;
    }
    fs::create_dir_all(&workshop).unwrap_or_else(|error| fail(&workshop, &error));
    let _ = fs::remove_file(&stamp);
    for input in INPUTS {
        let target = workshop.join(input);
        fs::copy(source.join(input), &target).unwrap_or_else(|error| fail(&target, &error));
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(
        Command::new(npm).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
        &workshop,
    );
    run(Command::new("node").args(["bundle.mjs", "dist"]), &workshop);
    fs::write(&stamp, fingerprint).unwrap_or_else(|error| fail(&stamp, &error));
    chunks
}

fn fingerprint(source: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    for input in INPUTS {
        let path = source.join(input);
        fs::read(&path)
            .unwrap_or_else(|error| fail(&path, &error))
            .hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

fn run(command: &mut Command, directory: &Path) {
    let reason = match command.current_dir(directory).output() {
        Ok(result) if result.status.success() => return,
        Ok(result) => {
            let text = String::from_utf8_lossy(&result.stderr).into_owned();
            let lines: Vec<&str> = text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .collect();
            lines[lines.len().saturating_sub(8)..].join("\n")
        }
        Err(error) => error.to_string(),
    };
    let program = command.get_program().to_string_lossy().into_owned();
    stop(&format!(
        "building the script libraries needs Node >= 18 and npm with access to a registry, or ready \
         chunks in a folder named by {DIRECTORY_VARIABLE}, but `{program}` did not work: {reason}"
    ));
}

/// Writes the table of chunks, each one deflated.
fn embed(directory: &Path, output: &Path) {
    let index = directory.join("index.txt");
    let lines = fs::read_to_string(&index).unwrap_or_else(|error| fail(&index, &error));
    let mut table = String::new();
    for (name, file) in lines.lines().filter_map(|line| line.split_once('\t')) {
        let source = directory.join(file);
        let deflated = deflate(&source, &output.join(format!("{file}.deflate")));
        writeln!(table, "    ({name:?}, include_bytes!({deflated:?})),").expect("text grows");
    }
    let licences = deflate(
        &directory.join("THIRD_PARTY.txt"),
        &output.join("THIRD_PARTY.txt.deflate"),
    );
    write_table(output, &table, &format!("include_bytes!({licences:?})"));
}

fn deflate(source: &Path, target: &Path) -> String {
    let content = fs::read(source).unwrap_or_else(|error| fail(source, &error));
    let packed = miniz_oxide::deflate::compress_to_vec(&content, STRONGEST_COMPRESSION);
    fs::write(target, packed).unwrap_or_else(|error| fail(target, &error));
    target.to_string_lossy().into_owned()
}

fn embed_nothing(output: &Path) {
    write_table(output, "", "&[]");
}

fn write_table(output: &Path, table: &str, licences: &str) {
    let text = format!(
        "/// Name and deflated source of each chunk.\n\
         static CHUNKS: &[(&str, &[u8])] = &[\n{table}];\n\n\
         /// The deflated licences of all packages in the chunks.\n\
         static LICENCES: &[u8] = {licences};\n"
    );
    let path = output.join("chunks.rs");
    fs::write(&path, text).unwrap_or_else(|error| fail(&path, &error));
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| stop(&format!("cargo did not set {name}")))
}

fn fail(path: &Path, error: &std::io::Error) -> ! {
    stop(&format!(
        "cannot use {} while building the script libraries: {error}",
        path.display()
    ))
}

/// Cargo shows what the script wrote to stderr; a panic would wrap the sentence in noise.
fn stop(message: &str) -> ! {
    eprintln!("error: {message}");
    std::process::exit(1)
}
