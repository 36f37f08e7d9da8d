//! Apache's server, which asks for credentials.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Outcome, Postrider, Program, collection, skip};

/// Where systems keep the server's modules.
const MODULE_FOLDERS: [&str; 4] = [
    "/usr/lib/apache2/modules",
    "/usr/lib64/httpd/modules",
    "/usr/lib/httpd/modules",
    "/usr/libexec/apache2",
];

/// The modules that are needed, where they are not part of the program.
const MODULES: [&str; 9] = [
    "mpm_event",
    "unixd",
    "authn_core",
    "authn_file",
    "authz_core",
    "authz_user",
    "auth_basic",
    "auth_digest",
    "alias",
];

/// `user` with the password `p@ss`, for `/digest`: the MD5 of `user:a realm:p@ss`.
const DIGEST_USERS: &str = "user:a realm:57c2ada15ab5b44b18bff96557a8bb64\n";

/// `user` with the password `p@ss`, for `/basic`, as `htpasswd -s` writes it.
const BASIC_USERS: &str = "user:{SHA}SAv9mAXCuLCIWvLrguJf85sCv4E=\n";

/// The server with three files: `/basic`, `/digest`, and `/short`, whose nonces live for a second.
fn apache() -> Option<Program> {
    let modules = MODULE_FOLDERS
        .iter()
        .map(Path::new)
        .find(|folder| folder.join("mod_auth_digest.so").is_file());
    let Some(modules) = modules else {
        skip("apache2");
        return None;
    };
    Program::start(&["apache2", "httpd"], |folder, port| {
        open_to_all(folder);
        for name in ["basic", "digest", "short"] {
            fs::write(folder.join(name), name).unwrap();
        }
        fs::write(folder.join("users.digest"), DIGEST_USERS).unwrap();
        fs::write(folder.join("users.basic"), BASIC_USERS).unwrap();
        let path = folder.join("apache.conf");
        fs::write(&path, config(modules, folder, port)).unwrap();
        vec!["-X".into(), "-f".into(), path.into()]
    })
}

/// Started by root the server changes to another user, who has to reach the files.
fn open_to_all(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

fn config(modules: &Path, folder: &Path, port: u16) -> String {
    let folder = folder.display();
    let load: String = MODULES
        .iter()
        .map(|name| (name, modules.join(format!("mod_{name}.so"))))
        .filter(|(_, path)| path.is_file())
        .map(|(name, path)| format!("LoadModule {name}_module \"{}\"\n", path.display()))
        .collect();
    let digest = |path: &str, seconds: u32| {
        format!(
            "<Location {path}>\nAuthType Digest\nAuthName \"a realm\"\nAuthDigestProvider file\n\
             AuthUserFile \"{folder}/users.digest\"\nAuthDigestNonceLifetime {seconds}\n\
             Require valid-user\n</Location>\n"
        )
    };
    format!(
        "{load}ServerRoot \"{folder}\"\nDefaultRuntimeDir \"{folder}\"\n\
         PidFile \"{folder}/apache.pid\"\nErrorLog \"{folder}/error.log\"\n\
         Listen 127.0.0.1:{port}\nServerName localhost\nUser nobody\nGroup \"#65534\"\n\
         DocumentRoot \"{folder}\"\nKeepAliveTimeout 50ms\n\
         <Location /basic>\nAuthType Basic\nAuthName \"a realm\"\nAuthBasicProvider file\n\
         AuthUserFile \"{folder}/users.basic\"\nRequire valid-user\n</Location>\n{}{}",
        digest("/digest", 300),
        digest("/short", 1),
    )
}

/// A request with this kind of authorization.
fn item(program: &Program, method: &str, path: &str, kind: &str, password: &str) -> Value {
    json!({"name": path, "request": {
        "method": method,
        "url": program.url(path),
        "auth": {"type": kind, kind: [
            {"key": "username", "value": "user"}, {"key": "password", "value": password}
        ]}
    }})
}

fn run(items: Value, arguments: &[&str]) -> Outcome {
    Postrider::with_collection(&collection(items))
        .arguments(&["-r", "json", "--reporter-json-export", "r.json"])
        .arguments(arguments)
        .run()
}

fn codes(outcome: &Outcome) -> Vec<u64> {
    let report = outcome.json("r.json");
    let executions = report["run"]["executions"].as_array().unwrap().iter();
    executions
        .map(|execution| execution["response"]["code"].as_u64().unwrap_or_default())
        .collect()
}

#[test]
fn apache_takes_basic_credentials() {
    let Some(program) = apache() else {
        return;
    };
    let items = json!([
        item(&program, "GET", "/basic", "basic", "p@ss"),
        item(&program, "GET", "/basic", "basic", "wrong"),
    ]);

    assert_eq!(codes(&run(items, &[])), [200, 401]);
}

#[test]
fn apache_takes_the_answers_to_its_digest_challenges() {
    let Some(program) = apache() else {
        return;
    };
    let items = json!([
        item(&program, "GET", "/digest", "digest", "p@ss"),
        item(&program, "HEAD", "/digest", "digest", "p@ss"),
        item(
            &program,
            "GET",
            "/digest?a=b%20c&d=%C3%A9",
            "digest",
            "p@ss"
        ),
        item(&program, "GET", "/digest", "digest", "wrong"),
        item(&program, "GET", "/digest", "digest", "p@ss"),
    ]);

    let codes = codes(&run(items, &[]));

    let right = [401, 200];
    let wrong = [401, 401];
    assert_eq!(codes, [right, right, right, wrong, right].concat());
}

#[test]
fn a_nonce_that_apache_has_given_up_is_replaced() {
    let Some(program) = apache() else {
        return;
    };
    let short = item(&program, "GET", "/short", "digest", "p@ss");

    let outcome = run(json!([short]), &["-n", "2", "--delay-request", "2100"]);

    assert_eq!(codes(&outcome), [401, 200, 401, 200]);
}
