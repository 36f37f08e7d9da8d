//! Which module may import which, and which module owns which external crate.
//!
//! `docs/architecture.md` explains the directions; the tables below are what is checked. A row lists what
//! is imported now: an import that nobody uses any more leaves the table as well.

#![expect(clippy::disallowed_methods, reason = "the test reads the sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

mod planted;
mod scanner;

use scanner::{Found, scan};

/// What each module imports. `cli`, which may import everything, has no row.
const IMPORTS: &[(&str, &[&str])] = &[
    ("collection", &[]),
    ("config", &["files", "suggest"]),
    ("emulator", &["suggest"]),
    ("files", &[]),
    ("http", &["files"]),
    ("packages", &["files"]),
    ("redact", &[]),
    ("suggest", &[]),
    ("variables", &[]),
    ("vault", &["variables"]),
    ("record", &["collection", "http", "redact"]),
    ("plan", &["collection", "record", "suggest", "variables"]),
    ("resolve", &["collection", "files", "http", "variables"]),
    ("auth", &["collection", "http", "redact", "variables"]),
    (
        "script",
        &["collection", "http", "packages", "record", "variables"],
    ),
    ("rules", &["http", "record", "suggest", "variables"]),
    ("report", &["files", "http", "record", "redact", "suggest"]),
    (
        "load",
        &[
            "collection",
            "emulator",
            "files",
            "http",
            "rules",
            "suggest",
            "variables",
        ],
    ),
    (
        "fuzzing",
        &[
            "collection",
            "files",
            "load",
            "plan",
            "resolve",
            "variables",
        ],
    ),
    (
        "check",
        &[
            "collection",
            "files",
            "load",
            "plan",
            "rules",
            "script",
            "suggest",
            "variables",
        ],
    ),
    (
        "runner",
        &[
            "auth",
            "collection",
            "files",
            "http",
            "plan",
            "record",
            "redact",
            "resolve",
            "rules",
            "script",
            "suggest",
            "variables",
            "vault",
        ],
    ),
];

/// May import every module.
const TOP: &str = "cli";

/// The modules that may use a crate; every dependency is here or in [`SHARED`].
const OWNERS: &[(&str, &[&str])] = &[
    ("aes", &["http", "script"]),
    ("aho_corasick", &["redact"]),
    ("axum", &["emulator"]),
    ("brotli_decompressor", &["http"]),
    ("cbc", &["http", "script"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("comfy_table", &["report"]),
    ("cookie_store", &["http"]),
    ("des", &["http"]),
    ("encoding_rs", &["files", "script"]),
    ("fake", &["variables"]),
    ("flate2", &["http", "report"]),
    ("futures_core", &["http"]),
    ("futures_util", &["script"]),
    ("getrandom", &["emulator"]),
    ("globset", &["plan"]),
    ("handlebars", &["report"]),
    ("hmac", &["auth"]),
    ("hyper", &["emulator", "http"]),
    ("hyper_util", &["emulator"]),
    ("indexmap", &["load"]),
    ("jiff", &["script"]),
    ("jsonc_parser", &["load"]),
    ("jsonpath_rust", &["rules"]),
    ("md4", &["auth"]),
    ("md5", &["auth", "http"]),
    ("mime_guess", &["resolve"]),
    ("miniz_oxide", &["script"]),
    ("p12_keystore", &["http"]),
    ("p256", &["auth"]),
    ("p384", &["auth"]),
    ("p521", &["auth"]),
    ("pkcs8", &["http"]),
    ("rcgen", &["emulator", "http"]),
    ("reqwest", &["http"]),
    ("ring", &["emulator", "script"]),
    ("rquickjs", &["script"]),
    ("rsa", &["auth", "emulator"]),
    ("rustls", &["emulator", "http"]),
    ("rustls_native_certs", &["http"]),
    ("ruzstd", &["http"]),
    ("ryu_js", &["variables"]),
    ("serde_saphyr", &["emulator", "load", "rules"]),
    ("sha1", &["auth"]),
    ("sha2", &["auth", "packages", "report"]),
    ("strsim", &["suggest"]),
    ("terminal_size", &["cli"]),
    (
        "tokio",
        &["cli", "emulator", "http", "runner", "script", "vault"],
    ),
    ("tokio_rustls", &["emulator"]),
    ("toml", &["config"]),
    ("tower_layer", &["http"]),
    ("tower_service", &["http"]),
    ("unicode_width", &["report"]),
    ("webpki", &["http"]),
];

/// Crates of plain data and algorithms, which any module may use.
const SHARED: &[&str] = &[
    "base64",
    "bytes",
    "percent_encoding",
    "serde",
    "serde_json",
    "thiserror",
    "time",
    "url",
    "uuid",
];

/// What the crate root hands out: the entry point, and to fuzz targets what reads bytes.
const ROOT_IMPORTS: &[&str] = &[TOP, "fuzzing"];

#[test]
fn modules_import_only_what_the_table_allows() {
    let violations: Vec<String> = sources()
        .iter()
        .flat_map(|(file, source)| violations(file, source))
        .collect();

    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn the_table_lists_no_import_that_nobody_uses() {
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, source) in sources() {
        let owner = module_of(&file);
        let modules = scan(&file, &source)
            .into_iter()
            .filter_map(|found| match found {
                Found::Module(name) if name != owner => Some(name),
                _ => None,
            });
        used.entry(owner.clone()).or_default().extend(modules);
    }

    let unused: Vec<String> = IMPORTS
        .iter()
        .flat_map(|(module, allowed)| {
            let used = used.get(*module).cloned().unwrap_or_default();
            let unused = allowed.iter().filter(move |name| !used.contains(**name));
            unused.map(move |name| format!("{module} no longer imports {name}"))
        })
        .collect();
    assert!(unused.is_empty(), "\n{}\n", unused.join("\n"));
}

#[test]
fn every_module_has_a_row_in_the_table() {
    let modules: BTreeSet<String> = sources()
        .iter()
        .map(|(file, _)| module_of(file))
        .filter(|name| !name.is_empty())
        .collect();

    let rows: BTreeSet<String> = IMPORTS
        .iter()
        .map(|(name, _)| *name)
        .chain([TOP])
        .map(str::to_owned)
        .collect();
    assert_eq!(modules, rows);
}

#[test]
fn every_dependency_has_an_owner_or_is_shared() {
    let dependencies = dependencies();

    let known: BTreeSet<String> = OWNERS
        .iter()
        .map(|(name, _)| *name)
        .chain(SHARED.iter().copied())
        .map(str::to_owned)
        .collect();
    assert_eq!(dependencies, known);
}

#[test]
fn modules_are_folders_and_never_files_beside_one() {
    let files: Vec<String> = sources()
        .into_iter()
        .map(|(file, _)| file)
        .filter(|file| !file.contains('/') && !matches!(file.as_str(), "lib.rs" | "main.rs"))
        .collect();

    assert!(files.is_empty(), "{files:?}");
}

fn violations(file: &str, source: &str) -> Vec<String> {
    let owner = module_of(file);
    let allowed: Option<&[&str]> = match owner.as_str() {
        TOP => None,
        "" => Some(ROOT_IMPORTS),
        owner => Some(
            IMPORTS
                .iter()
                .find(|(name, _)| *name == owner)
                .map_or(&[], |(_, allowed)| *allowed),
        ),
    };
    let mut messages: BTreeSet<String> = BTreeSet::new();
    for found in scan(file, source) {
        match found {
            Found::Module(name) => {
                let is_module = name == TOP || IMPORTS.iter().any(|(module, _)| *module == name);
                let is_allowed =
                    name == owner || allowed.is_none_or(|allowed| allowed.contains(&name.as_str()));
                if is_module && !is_allowed {
                    messages.insert(format!("`{file}` imports {name}"));
                }
            }
            Found::WholeCrate => {
                messages.insert(format!("`{file}` imports the whole crate"));
            }
            Found::PathAttribute => {
                messages.insert(format!("`{file}` hides a module's place with #[path]"));
            }
            Found::Crate(name) => {
                let owners = OWNERS.iter().find(|(owned, _)| *owned == name);
                if let Some((_, owners)) = owners
                    && !owners.contains(&owner.as_str())
                {
                    let owners = owners.join(", ");
                    messages.insert(format!(
                        "`{file}` uses the crate {name}, which belongs to {owners}"
                    ));
                }
            }
        }
    }
    messages.into_iter().collect()
}

/// The top-level module that a file is part of; empty for the crate root.
fn module_of(file: &str) -> String {
    file.split_once('/')
        .map(|(module, _)| module)
        .unwrap_or_default()
        .to_owned()
}

/// Every source file with its path below `src`.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, "", &mut files);
    assert!(
        files.len() > 50,
        "only {} source files were found",
        files.len()
    );
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder is part of the package")
        .map(|entry| {
            entry
                .expect("it can be listed")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    for name in names {
        let path = folder.join(&name);
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files);
        } else if name.ends_with(".rs") {
            let source = fs::read_to_string(&path).expect("sources are UTF-8");
            files.push((format!("{prefix}{name}"), source));
        }
    }
}

/// The names under `[dependencies]`, as they are written in paths.
fn dependencies() -> BTreeSet<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let text = fs::read_to_string(manifest).expect("the package has a manifest");
    text.lines()
        .skip_while(|line| line.trim() != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim().replace('-', "_"))
        .collect()
}
