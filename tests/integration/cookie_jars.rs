//! Cookies that come from a file and go into one.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

const NETSCAPE: &str = "# Netscape HTTP Cookie File\n\
    .jar.localhost\tTRUE\t/\tFALSE\t0\twide\t1\n\
    #HttpOnly_a.jar.localhost\tFALSE\t/deep\tFALSE\t4102444800\tnarrow\t2\n\
    a.jar.localhost\tFALSE\t/\tFALSE\t1\tover\t3\n";

fn tough(cookies: Value) -> String {
    json!({"version": "tough-cookie@4.1.3", "cookies": cookies}).to_string()
}

fn server() -> Server {
    Server::start(|request| match request.target() {
        "/set" => Answer::ok("")
            .header("Set-Cookie", "theme=dark; Path=/; HttpOnly")
            .header("Set-Cookie", "lang=en; Domain=localhost; Max-Age=600"),
        _ => Answer::ok(""),
    })
}

/// Runs a collection with this jar and gives the `Cookie` field of each request.
fn sent(jar: impl AsRef<[u8]>, server: &Server, urls: &[String]) -> Vec<Option<String>> {
    let items: Vec<Value> = urls.iter().map(|url| get("A", url)).collect();
    Postrider::with_collection(&collection(json!(items)))
        .file("jar", jar)
        .arguments(&["--cookie-jar", "jar"])
        .run()
        .expect_code(0);
    let requests = server.requests();
    let cookies = requests.iter().map(|request| request.header("cookie"));
    cookies.map(|cookie| cookie.map(str::to_owned)).collect()
}

#[test]
fn cookies_of_a_netscape_file_are_sent_by_their_rules() {
    let server = server();
    let at = |host: &str, path: &str| format!("http://{host}:{}{path}", server.port());

    let urls = [
        at("a.jar.localhost", "/deep/x"),
        at("b.jar.localhost", "/"),
        at("localhost", "/"),
    ];

    assert_eq!(
        sent(NETSCAPE, &server, &urls),
        [
            Some("narrow=2; wide=1".to_owned()),
            Some("wide=1".to_owned()),
            None
        ]
    );
}

#[test]
fn cookies_of_a_tough_cookie_file_are_sent_by_their_rules() {
    let server = server();
    let at = |host: &str, path: &str| format!("http://{host}:{}{path}", server.port());
    let jar = tough(json!([
        {"key": "host", "value": "1", "domain": "a.localhost", "path": "/", "hostOnly": true},
        {"key": "wide", "value": "2", "domain": "a.localhost", "path": "/"},
        {"key": "over", "value": "3", "domain": "a.localhost", "path": "/",
            "expires": "2020-01-01T00:00:00.000Z"},
        {"value": "bare", "domain": "a.localhost", "path": "/x"},
    ]));

    let urls = [at("a.localhost", "/x"), at("b.a.localhost", "/")];

    assert_eq!(
        sent(jar, &server, &urls),
        [
            Some("bare; host=1; wide=2".to_owned()),
            Some("wide=2".to_owned())
        ]
    );
}

#[test]
fn a_jar_may_have_a_mark_or_be_in_utf16() {
    let server = server();
    let jar = tough(json!([{"key": "a", "value": "1", "domain": "localhost", "hostOnly": true}]));
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(jar.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();

    let url = format!("http://localhost:{}/", server.port());

    assert_eq!(sent(utf16, &server, &[url]), [Some("a=1".to_owned())]);
}

fn exporting(server: &Server, arguments: &[&str]) -> Outcome {
    let url = format!("http://localhost:{}/set", server.port());
    Postrider::with_collection(&collection(json!([get("A", url)])))
        .file("jar.txt", "localhost\tFALSE\t/\tFALSE\t0\ttheme\tlight\n")
        .arguments(&["--export-cookie-jar", "out/jar.json"])
        .arguments(arguments)
        .run()
        .expect_code(0)
}

#[test]
fn the_jar_is_written_as_newman_writes_it() {
    let outcome = exporting(&server(), &[]);

    let mut jar = outcome.json("out/jar.json");
    for cookie in jar["cookies"].as_array_mut().unwrap() {
        for key in ["creation", "lastAccessed", "expires"] {
            if let Some(moment) = cookie.get_mut(key) {
                assert!(moment.as_str().unwrap().ends_with('Z'), "{moment}");
                *moment = json!("<moment>");
            }
        }
    }
    assert_eq!(
        jar,
        json!({
            "version": "tough-cookie@4.1.3",
            "storeType": "MemoryCookieStore",
            "rejectPublicSuffixes": false,
            "enableLooseMode": true,
            "allowSpecialUseDomain": true,
            "prefixSecurity": "silent",
            "cookies": [
                {
                    "key": "theme", "value": "dark", "domain": "localhost", "path": "/",
                    "httpOnly": true, "hostOnly": true,
                    "creation": "<moment>", "lastAccessed": "<moment>"
                },
                {
                    "key": "lang", "value": "en", "expires": "<moment>", "domain": "localhost",
                    "path": "/", "hostOnly": false,
                    "creation": "<moment>", "lastAccessed": "<moment>"
                }
            ]
        })
    );
}

#[test]
fn a_cookie_that_is_set_again_keeps_the_moment_of_its_creation() {
    let outcome = exporting(&server(), &["--cookie-jar", "jar.txt"]);

    let cookie = &outcome.json("out/jar.json")["cookies"][0];
    assert_eq!(cookie["value"], "dark");
    assert_eq!(cookie["creation"], "1970-01-01T00:00:00.000Z");
}

#[test]
fn an_exported_jar_can_be_used_again() {
    let first = exporting(&server(), &[]).read("out/jar.json");
    let server = server();
    let url = format!("http://localhost:{}/", server.port());

    assert_eq!(
        sent(first, &server, &[url]),
        [Some("theme=dark; lang=en".to_owned())]
    );
}

#[test]
fn known_secrets_are_hidden_in_the_exported_jar_unless_asked_for() {
    let run = |arguments: &[&str]| {
        let server = Server::start(|_| Answer::ok("").header("Set-Cookie", "sid=top-secret-1"));
        let environment = json!({"values": [
            {"key": "sid", "value": "top-secret-1", "type": "secret"}
        ]});
        let outcome = Postrider::with_collection(&collection(json!([get("A", server.url("/"))])))
            .file("e.json", environment.to_string())
            .arguments(&["-e", "e.json", "--export-cookie-jar", "jar.json"])
            .arguments(arguments)
            .run();
        outcome.expect_code(0).json("jar.json")["cookies"][0]["value"].clone()
    };

    assert_eq!(run(&[]), "***");
    assert_eq!(run(&["--show-secrets"]), "top-secret-1");
}

/// The message about a cookie jar with this content.
fn about(jar: impl AsRef<[u8]>) -> String {
    Postrider::with_collection(&collection(json!([get("A", "http://127.0.0.1:9/")])))
        .file("jar", jar)
        .arguments(&["--cookie-jar", "jar"])
        .run()
        .message()
}

#[test]
fn a_jar_that_cannot_be_used_is_named_with_the_place_and_without_its_content() {
    assert_snapshot!(about("{\n  \"cookies\": [{\"value\": \"secret\" \"key\"}]\n}"), @"
    exit code: 3
    error: cannot load the cookie jar `jar`: it is not valid JSON
      caused by: line 2, column 34: expected `,` or `}`

    hint: check the JSON near line 2
    ");
    assert_snapshot!(about("{\"cookie\": []}"), @"
    exit code: 3
    error: cannot load the cookie jar `jar`: the object has no list `cookies`

    hint: name a file that --export-cookie-jar has written, or a cookies.txt in Netscape's form
    ");
    assert_snapshot!(about("# x\nlocalhost\tTRUE\t/\tsecret\n"), @"
    exit code: 3
    error: cannot load the cookie jar `jar`: line 2: expected 7 fields with tabs between them, found 4

    hint: name a file that --export-cookie-jar has written, or a cookies.txt in Netscape's form
    ");
    assert_snapshot!(about(""), @"
    exit code: 3
    error: cannot load the cookie jar `jar`: the file is empty

    hint: name a file that --export-cookie-jar has written, or a cookies.txt in Netscape's form
    ");
}

#[test]
fn a_jar_that_is_missing_is_named() {
    let outcome = Postrider::with_collection(&collection(json!([get("A", "http://127.0.0.1:9/")])))
        .arguments(&["--cookie-jar", "no/jar.json"])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot load the cookie jar `no/jar.json`
      caused by: cannot read `no/jar.json`: there is no such file

    hint: check the spelling and the folder postrider was started in
    ");
}

#[test]
fn a_jar_that_cannot_be_written_is_told() {
    let server = server();
    let outcome = Postrider::with_collection(&collection(json!([get("A", server.url("/"))])))
        .file("taken", "")
        .arguments(&["--export-cookie-jar", "taken/jar.json", "--silent"])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 5
    error: cannot export the cookie jar
      caused by: cannot make the folder `taken`
      caused by: File exists (os error 17)

    hint: check the path, its permissions and the free space
    ");
}
