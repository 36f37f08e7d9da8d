//! Tokens over time, with a clock and a transport of the test's own.

use std::cell::{Cell, RefCell};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::{Person, TokenCalls, TokenStore};
use crate::auth::{TokenError, TokenSettings};
use crate::collection::Auth;
use crate::http::{
    Content, CookieError, Exchange, HttpRequest, HttpResponse, RequestUrl, SendOptions,
    StoredCookie, Timings, Transport,
};
use crate::redact::Secrets;
use crate::runner::{Clock, Interrupt};

/// Answers with the texts of the test, one after the other, and keeps the forms that came.
#[derive(Default)]
struct Answers {
    texts: RefCell<Vec<Value>>,
    forms: RefCell<Vec<String>>,
}

impl Transport for Answers {
    async fn send(&self, request: HttpRequest, options: &SendOptions) -> Exchange {
        assert!(!options.follow_redirects && !options.use_cookies);
        let form = request.body.as_ref().map(Content::preview);
        let form = String::from_utf8(form.unwrap_or_default().to_vec()).unwrap();
        self.forms.borrow_mut().push(form);
        // Lets others have their turn, as a network does.
        tokio::task::yield_now().await;
        let text = self.texts.borrow_mut().remove(0);
        Exchange {
            request,
            outcome: Ok(Arc::new(HttpResponse {
                status: if text["error"].is_null() { 200 } else { 400 },
                reason: String::new(),
                version: "1.1",
                headers: Vec::new(),
                body: text.to_string().into(),
            })),
            timings: Timings {
                started: UNIX_EPOCH,
                first_byte: None,
                total: Duration::ZERO,
            },
            hops: Vec::new(),
        }
    }

    fn cookies(&self, _url: &RequestUrl) -> Vec<StoredCookie> {
        Vec::new()
    }

    fn stored_cookies(&self, _url: &str) -> Result<Vec<StoredCookie>, CookieError> {
        Ok(Vec::new())
    }

    fn store_cookie(&self, url: &str, _set_cookie: &str) -> Result<StoredCookie, CookieError> {
        let url = url.to_owned();
        Err(CookieError::InvalidUrl { url })
    }

    fn remove_cookies(&self, _url: &str, _name: Option<&str>) -> Result<(), CookieError> {
        Ok(())
    }
}

/// A clock that the test sets.
#[derive(Default)]
struct SetClock(Cell<u64>);

impl Clock for SetClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.get())
    }

    fn elapsed(&self) -> Duration {
        Duration::from_secs(self.0.get())
    }
}

/// Everything that a token needs.
struct Stage {
    transport: Answers,
    clock: SetClock,
    secrets: Secrets,
    interrupt: Interrupt,
    person: Person,
    store: TokenStore,
}

impl Stage {
    fn new(answers: &[Value]) -> Self {
        Self {
            transport: Answers {
                texts: RefCell::new(answers.to_vec()),
                ..Answers::default()
            },
            clock: SetClock::default(),
            secrets: Secrets::default(),
            interrupt: Interrupt::default(),
            person: Person::nobody(),
            store: TokenStore::default(),
        }
    }

    async fn token(&self, settings: &TokenSettings) -> Result<String, TokenError> {
        let mut calls = TokenCalls {
            transport: &self.transport,
            clock: &self.clock,
            send: &SendOptions::default(),
            secrets: &self.secrets,
            interrupt: &self.interrupt,
            platform: |_| None,
            person: &self.person,
            steps: Vec::new(),
        };
        let obtained = self.store.token(settings, &mut calls).await;
        obtained.map(|obtained| obtained.token.access_token)
    }

    fn forms(&self) -> Vec<String> {
        self.transport.forms.borrow().clone()
    }
}

fn settings(more: Value) -> TokenSettings {
    let mut parameters = json!({"accessTokenUrl": "https://h/token", "clientId": "c"});
    for (key, value) in more.as_object().unwrap() {
        parameters[key] = value.clone();
    }
    let auth = json!({"type": "oauth2", "oauth2": parameters});
    TokenSettings::read(&Auth::from_json(Some(&auth)).unwrap())
        .unwrap()
        .unwrap()
}

fn token(name: &str, expires_in: u64) -> Value {
    json!({"access_token": name, "expires_in": expires_in})
}

fn refusal(error: &str) -> Value {
    json!({"error": error})
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

#[test]
fn a_token_is_renewed_a_little_before_its_end() {
    let stage = Stage::new(&[token("first", 3600), token("second", 100)]);
    let settings = settings(json!({}));
    let at = |second| {
        stage.clock.0.set(second);
        block_on(stage.token(&settings)).unwrap()
    };

    assert_eq!(
        [at(0), at(3539), at(3540), at(3629)],
        ["first", "first", "second", "second"]
    );
    assert_eq!(stage.secrets.mask("first second"), "*** ***");
}

#[test]
fn those_who_ask_at_the_same_time_get_the_same_token() {
    let stage = Stage::new(&[token("first", 3600)]);
    let settings = settings(json!({}));

    let tokens = block_on(async {
        tokio::join!(
            stage.token(&settings),
            stage.token(&settings),
            stage.token(&settings)
        )
    });

    let first = || Ok("first".to_owned());
    assert_eq!(tokens, (first(), first(), first()));
    assert_eq!(stage.forms().len(), 1);
}

#[test]
fn a_refusal_is_remembered_and_a_token_that_was_refused_is_forgotten_once() {
    let stage = Stage::new(&[token("first", 3600), token("second", 3600), refusal("x")]);
    let (good, bad) = (settings(json!({})), settings(json!({"scope": "bad"})));

    block_on(async {
        stage.token(&good).await.unwrap();
        stage.store.forget(&good, "first").await;
        assert_eq!(stage.token(&good).await.as_deref(), Ok("second"));
        // Somebody else saw the first token refused as well, but later.
        stage.store.forget(&good, "first").await;
        assert_eq!(stage.token(&good).await.as_deref(), Ok("second"));
        let refused = stage.token(&bad).await.unwrap_err();
        assert_eq!(stage.token(&bad).await, Err(refused));
    });
    assert_eq!(stage.forms().len(), 3);
}

#[test]
fn a_device_code_that_nobody_enters_ends() {
    let code = json!({"device_code": "device", "user_code": "U", "verification_uri": "https://h",
        "interval": 0, "expires_in": 10});
    let stage = Stage::new(&[
        code,
        refusal("authorization_pending"),
        refusal("expired_token"),
    ]);
    let settings =
        settings(json!({"grant_type": "device_code", "deviceAuthorizationUrl": "https://h/d"}));

    let error = block_on(stage.token(&settings)).unwrap_err();

    assert_eq!(error.to_string(), "the login failed: expired_token");
    assert_eq!(stage.forms().len(), 3);
}

#[test]
fn without_a_terminal_nobody_is_asked_to_log_in() {
    let stage = Stage::new(&[]);
    let settings =
        settings(json!({"grant_type": "authorization_code", "authUrl": "https://h/login"}));

    let error = block_on(stage.token(&settings)).unwrap_err();

    assert_eq!(
        error.to_string(),
        "the grant authorization_code needs a person, and this is no terminal"
    );
}

/// Comes back from the login page as a browser does, and gives what it is shown.
fn browse(address: &str, query: &str) -> String {
    let address: url::Url = address.parse().unwrap();
    let value = |name: &str| {
        let found = address.query_pairs().find(|(key, _)| key == name);
        found.unwrap().1.into_owned()
    };
    let back: url::Url = value("redirect_uri").parse().unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", back.port().unwrap())).unwrap();
    let target = format!("{}?{query}&state={}", back.path(), value("state"));
    write!(stream, "GET {target} HTTP/1.1\r\nHost: h\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

/// A stage with somebody whose browser comes back with this query, and the pages that are shown.
fn stage_with_person(answers: &[Value], query: &'static str) -> (Stage, Rc<RefCell<Vec<String>>>) {
    let pages = Rc::new(RefCell::new(Vec::new()));
    let mut stage = Stage::new(answers);
    let shown = Rc::clone(&pages);
    stage.person = Person {
        is_at_terminal: true,
        tell: Box::new(move |text| {
            shown.borrow_mut().push(text.to_owned());
            let address = text.split(' ').nth(5).unwrap().to_owned();
            std::thread::spawn(move || browse(&address, query));
        }),
    };
    (stage, pages)
}

#[test]
fn a_login_in_the_browser_leads_to_a_token() {
    let (stage, told) = stage_with_person(&[token("first", 3600)], "code=the+code");
    let settings = settings(
        json!({"grant_type": "authorization_code", "authUrl": "https://h/login",
        "clientSecret": "client-secret"}),
    );

    let token = block_on(stage.token(&settings));

    assert_eq!(token.as_deref(), Ok("first"));
    assert_eq!(told.borrow().len(), 1);
    let form = stage.forms().remove(0);
    assert!(
        form.starts_with(
            "grant_type=authorization_code&code=the+code&redirect_uri=http%3A%2F%2F127.0.0.1%3A"
        ),
        "{form}"
    );
    assert!(form.contains("&code_verifier="), "{form}");
}

#[test]
fn a_login_that_is_refused_says_why() {
    let query = "error=access_denied&error_description=not+today";
    let (stage, _) = stage_with_person(&[], query);
    let settings =
        settings(json!({"grant_type": "authorization_code", "authUrl": "https://h/login"}));

    let error = block_on(stage.token(&settings)).unwrap_err();

    assert_eq!(
        error.to_string(),
        "the login failed: access_denied: not today"
    );
}
