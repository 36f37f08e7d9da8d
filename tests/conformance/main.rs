//! Collections that newman 6.2.2 has run before, run again by postrider: everything a user relies on has to
//! be the same.
//!
//! # The cases
//!
//! Each case in `cases/AREA` is a small collection about one behaviour, `NAME.postman_collection.json`, with
//! optional companions of the same name: `.postman_environment.json`, `.postman_globals.json`,
//! `.postman_data.json` or `.csv`, and `.args` with further flags, one token on a line. Beside it stands
//! `NAME.newman.json`: the facts, as observed of newman 6.2.2 on Node 20, Linux. They say which requests
//! newman executed, what the servers received, what came back, what assertions, scripts and requests
//! failed with, the statistics, what scripts wrote to the console, the variables at the end, and the exit
//! code. `facts` describes the form.
//!
//! Nothing leaves the machine: collections name public services, and `server` stands in for these on
//! 127.0.0.1. newman has talked to servers that answer in the same way.
//!
//! # The comparison
//!
//! Every difference fails the test and is one line, as in
//!
//! ```text
//! auth/basic: wire[0].headers.authorization (GET postman-echo.com/basic-auth): newman "Basic …", candidate nothing
//! ```
//!
//! `executions[n]` counts the requests of the collection, `wire[n]` everything the servers received, and
//! `console[n]` the boxes of console output. `observation` tells what is not compared. Differences that are
//! meant stand in `accepted.json`, cases that wait for something in `not-yet.json`; an entry of either that
//! is true no more fails the test as well. Every case is run a second time with `--newman-compat`, where only
//! those differences may remain that `accepted.json` says to stay.
//!
//! # How to add a case
//!
//! 1. Write the collection and its companions into the folder of an area. Use the names of the services in
//!    `server`, one behaviour for each case, and nothing that varies by chance.
//! 2. Run `cargo test --test conformance`. The case fails for want of facts, and the failure names a file
//!    with what postrider did.
//! 3. Run newman 6.2.2 on the case, and check every line of that file against what newman did and sent.
//!    Correct it where they differ, mark texts that vary, and put it beside the case.

#![expect(
    clippy::unwrap_used,
    reason = "a test may fail anywhere, its helpers included"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "tests read and write files of their own"
)]

mod accepted;
mod area;
mod case;
mod compare;
mod facts;
mod javascript;
mod neutral;
mod observation;
mod planted;
mod program;
mod server;
mod text;

use area::{compare_area, compare_with_newman_compat};

#[test]
fn variables_resolve_as_in_newman() {
    compare_area("variables");
}

#[test]
fn urls_are_sent_as_by_newman() {
    compare_area("url");
}

#[test]
fn headers_are_sent_as_by_newman() {
    compare_area("headers");
}

#[test]
fn bodies_are_sent_as_by_newman() {
    compare_area("body");
}

#[test]
fn iteration_data_is_read_as_by_newman() {
    compare_area("data");
}

#[test]
fn what_goes_wrong_is_reported_as_by_newman() {
    compare_area("errors");
}

#[test]
fn requests_follow_each_other_as_in_newman() {
    compare_area("flow");
}

#[test]
fn scripts_run_as_in_newman() {
    compare_area("scripts");
}

#[test]
fn pm_offers_scripts_what_it_does_in_newman() {
    compare_area("pm-api");
}

#[test]
fn the_older_names_offer_scripts_what_they_do_in_newman() {
    compare_area("legacy-api");
}

#[test]
fn libraries_are_those_of_newman() {
    compare_area("libraries");
}

#[test]
fn cookies_are_kept_as_by_newman() {
    compare_area("cookies");
}

#[test]
fn redirects_are_followed_as_by_newman() {
    compare_area("redirects");
}

#[test]
fn responses_are_read_as_by_newman() {
    compare_area("protocol");
}

#[test]
fn authorization_is_sent_as_by_newman() {
    compare_area("auth");
}

#[test]
fn newman_compat_restores_what_newman_does() {
    compare_with_newman_compat(&case::areas());
}

#[test]
fn every_area_has_a_test() {
    let own = include_str!("main.rs");

    for area in case::areas() {
        let call = format!("compare_area(\"{area}\");");
        assert!(own.contains(&call), "no test for the cases of {area}");
    }
}
