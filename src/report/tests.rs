//! What holds for all reporters together.

use std::io;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::samples::{
    Broken, Paper, events, exchange, execution, failed, file_report, item, log, options, read,
    report, response, script_failure, sent,
};
use super::{Error, ReporterSet, html};
use crate::http::{Error as HttpError, Exchange, Header};
use crate::record::{
    CollectionInfo, ConsoleLevel, ExchangeOrigin, ItemInfo, RunEvent, ScriptKind, Step,
};
use crate::redact::Secrets;

/// Everything a reporter may see is full of this.
const SECRET: &str = "s3cr3t~\"value\"";

/// A run with the secret wherever a secret can be.
fn secret_run() -> Vec<RunEvent> {
    let secret = SECRET;
    let mut exchange: Exchange = exchange(
        &format!("/{secret}"),
        Ok(response(200, secret, secret.as_bytes())),
    );
    exchange.request.method = secret.to_owned();
    exchange.request.url.host = secret.to_owned();
    exchange.request.headers = vec![Header::new("Authorization", format!("Bearer {secret}"))];
    exchange.request.body = Some(secret.as_bytes().to_vec().into());
    let too_many = HttpError::TooManyRedirects {
        url: format!("https://h/?key={secret}"),
    };
    let failed_exchange = sent(ExchangeOrigin::Item, self::exchange("/", Err(too_many)));
    let Step::Request(mut request) = sent(ExchangeOrigin::Item, exchange) else {
        unreachable!("the helper makes a request");
    };
    request.definition = Arc::new(json!({"url": secret, "auth": {"token": secret}}));
    let info = ItemInfo {
        id: "id".to_owned(),
        parent: ("id".to_owned(), secret.to_owned()),
        definition: Arc::new(json!({"name": secret, "event": [secret]})),
        ..ItemInfo::clone(&item(&[secret], secret))
    };
    let steps = vec![
        script_failure(ScriptKind::Prerequest),
        log(ConsoleLevel::Log, &[secret]),
        Step::Request(request),
        failed_exchange,
        failed(secret, 0, secret),
        Step::Unsendable {
            origin: ExchangeOrigin::Item,
            method: secret.to_owned(),
            url: secret.to_owned(),
            reason: secret.to_owned(),
            hint: Some(secret.to_owned()),
            transport: Some(HttpError::HostNotFound {
                host: secret.to_owned(),
            }),
        },
    ];
    let mut execution = execution(Arc::new(info), 0, steps);
    execution.cursor.reference = "ref".to_owned();
    execution.next_request = Some(Some(secret.to_owned()));
    let mut events = events(vec![execution]);
    if let RunEvent::RunStarted { collection, .. } = &mut events[0] {
        *collection = Arc::new(CollectionInfo {
            id: "id".to_owned(),
            name: secret.to_owned(),
            definition: Arc::new(json!({"variable": [{"key": "token", "value": secret}]})),
        });
    }
    if let Some(RunEvent::RunFinished(summary)) = events.last_mut() {
        let values = Arc::new(json!({"values": [{"key": "token", "value": secret}]}));
        let summary = Arc::make_mut(summary);
        summary.environment = Arc::clone(&values);
        summary.globals = values;
    }
    events
}

fn secrets() -> Secrets {
    let secrets = Secrets::default();
    secrets.add(SECRET);
    secrets
}

#[test]
fn no_reporter_shows_a_secret() {
    let paper = Paper::default();
    let mut console = options(paper.clone());
    console.verbose = true;
    assert!(report(&["cli"], console, &secrets(), secret_run()).is_empty());

    for text in [
        paper.text(),
        html::readable(&file_report("html", &secrets(), secret_run())),
        file_report("json", &secrets(), secret_run()),
        file_report("junit", &secrets(), secret_run()),
        file_report("events", &secrets(), secret_run()),
        file_report("har", &secrets(), secret_run()),
        file_report("tap", &secrets(), secret_run()),
        file_report("teamcity", &secrets(), secret_run()),
    ] {
        assert!(text.contains("***"), "{text}");
        assert!(!text.contains("s3cr3t"), "{text}");
    }
}

#[test]
fn the_secrets_of_this_test_would_be_seen() {
    let none = Secrets::default();

    for text in [
        html::readable(&file_report("html", &none, secret_run())),
        file_report("json", &none, secret_run()),
    ] {
        assert!(text.matches("s3cr3t").count() > 20);
    }
}

#[test]
fn the_bytes_of_a_response_hide_secrets_too() {
    let report = file_report("json", &secrets(), secret_run());

    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(
        report["run"]["executions"][0]["response"]["stream"]["data"],
        json!(b"***")
    );
}

#[test]
fn an_unknown_reporter_is_refused_with_near_names() {
    let names = ["cli".to_owned(), "jnuit".to_owned()];
    let Err(error) = ReporterSet::new(&names, options(Paper::default()), Secrets::default()) else {
        panic!("there is no such reporter");
    };
    let names = ["allure".to_owned()];
    let Err(far) = ReporterSet::new(&names, options(Paper::default()), Secrets::default()) else {
        panic!("there is no such reporter");
    };

    assert_eq!(error.to_string(), "cannot find a reporter called `jnuit`");
    assert_eq!(error.hint().unwrap(), "did you mean `junit`?");
    assert_eq!(
        far.hint().unwrap(),
        "choose from `cli`, `events`, `har`, `html`, `json`, `junit`, `tap`, `teamcity`"
    );
}

#[test]
fn a_reporter_named_twice_reports_once() {
    let paper = Paper::default();

    report(
        &["cli", "cli"],
        options(paper.clone()),
        &Secrets::default(),
        events(vec![]),
    );

    assert_eq!(paper.text().matches("postrider").count(), 1);
}

#[test]
fn one_reporter_that_fails_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.xml");
    let mut options = options(Broken(io::ErrorKind::StorageFull));
    options.exports.insert("junit".to_owned(), path.clone());

    let errors = report(
        &["cli", "junit"],
        options,
        &Secrets::default(),
        events(vec![]),
    );

    assert!(
        matches!(errors.as_slice(), [Error::Console { .. }]),
        "{errors:?}"
    );
    assert!(read(&path).starts_with("<?xml"));
}

#[test]
fn a_console_that_is_missing_is_no_error() {
    let mut options = options(Paper::default());
    options.console = None;

    assert!(report(&["cli"], options, &Secrets::default(), events(vec![])).is_empty());
}

#[test]
fn reports_in_one_folder_do_not_meet() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(Paper::default());
    for name in ["json", "junit"] {
        options
            .exports
            .insert(name.to_owned(), folder.path().to_owned());
    }

    let errors = report(
        &["json", "junit"],
        options,
        &Secrets::default(),
        events(vec![]),
    );

    assert!(errors.is_empty(), "{errors:?}");
    let mut names: Vec<_> = folder
        .path()
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    let stem = "postrider-run-report-2026-11-25-01-04-44-304-0";
    let expected = ["json", "xml"].map(|end| folder.path().join(format!("{stem}.{end}")));
    assert_eq!(
        names.iter().map(|name| name as &Path).collect::<Vec<_>>(),
        expected
    );
}
