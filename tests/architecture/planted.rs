//! Violations planted in every form that an import can have.

use super::violations;

const RUNNER: &[&str] = &["`report/mod.rs` imports runner"];

fn found(source: &str) -> Vec<String> {
    violations("report/mod.rs", source)
}

#[test]
fn a_plain_import_is_found() {
    assert_eq!(found("use crate::runner::Runner;"), RUNNER);
    assert_eq!(found("use crate::runner;"), RUNNER);
    assert_eq!(found("pub(crate) use crate::runner::*;"), RUNNER);
}

#[test]
fn an_import_in_a_group_is_found() {
    assert_eq!(found("use crate::{record::{Event as E}, runner};"), RUNNER);
    assert_eq!(
        found("use crate::{record, runner::{Runner as R, Options}};"),
        RUNNER
    );
    assert_eq!(
        found("use {std::fmt, crate::{http, runner as other}};"),
        RUNNER
    );
}

#[test]
fn an_import_over_several_lines_is_found() {
    let source = "use crate::{\n    record::{\n        Event as E,\n        Sink,\n    },\n    \
        // the loop\n    runner::Runner,\n};\n";

    assert_eq!(found(source), RUNNER);
}

#[test]
fn an_import_with_another_name_is_found() {
    assert_eq!(found("use crate::runner as engine;"), RUNNER);
    assert_eq!(found("use crate :: /* why */ runner as _;"), RUNNER);
}

#[test]
fn a_path_in_an_expression_is_found() {
    assert_eq!(
        found("fn f() { let x = crate::runner::start(1, 2); }"),
        RUNNER
    );
    assert_eq!(
        found("fn f() -> Vec<crate::runner::Options> { vec![] }"),
        RUNNER
    );
    assert_eq!(found("impl<T: crate::runner::Clock> X for T {}"), RUNNER);
    assert_eq!(
        found("fn f() { g(&<crate::runner::Runner as Default>::default()) }"),
        RUNNER
    );
}

#[test]
fn a_path_in_a_macro_is_found() {
    assert_eq!(found("fn f() { assert_eq!(crate::runner::X, 1); }"), RUNNER);
    assert_eq!(
        found("macro_rules! m { () => { $crate::runner::X }; }"),
        RUNNER
    );
}

#[test]
fn a_visibility_that_names_another_module_is_found() {
    assert_eq!(found("pub(in crate::runner) struct X;"), RUNNER);
}

#[test]
fn a_path_that_climbs_out_is_found() {
    let runner = ["`report/json/writer.rs` imports runner"];
    let deep = |source| violations("report/json/writer.rs", source);

    assert_eq!(found("use super::runner::Runner;"), RUNNER);
    assert_eq!(found("use self::super::{record, runner};"), RUNNER);
    assert_eq!(deep("use super::super::super::runner;"), runner);
    assert_eq!(
        deep("mod tests { use super::super::super::super::runner; }"),
        runner
    );
    assert_eq!(deep("use super::super::{super::runner::Runner};"), runner);
}

#[test]
fn a_path_that_stays_inside_is_no_import() {
    let deep = |source| violations("report/json/writer.rs", source);

    assert_eq!(deep("use super::super::runner;"), Vec::<String>::new());
    assert_eq!(
        deep("mod tests { use super::super::super::runner; }"),
        Vec::<String>::new()
    );
    assert_eq!(
        deep("use self::runner::X; use crate::report::runner;"),
        Vec::<String>::new()
    );
    assert_eq!(
        found("mod a { mod b { use super::super::runner; } }"),
        Vec::<String>::new()
    );
}

#[test]
fn another_name_for_the_whole_crate_is_found() {
    let whole = ["`report/mod.rs` imports the whole crate"];

    assert_eq!(found("use crate as root; use root::runner::X;"), whole);
    assert_eq!(found("use crate::{self as root};"), whole);
    assert_eq!(found("use crate::*;"), whole);
    assert_eq!(found("use super as root;"), whole);
    assert_eq!(found("use super::*;"), whole);
    assert_eq!(found("extern crate self as root;"), whole);
}

#[test]
fn comments_and_texts_are_no_imports() {
    let source = r##"
        //! See crate::runner.
        /// [`crate::runner::Runner`]
        // use crate::runner;
        /* use crate::runner; /* nested */ use crate::runner; */
        const A: &str = "use crate::runner;";
        const B: &str = "\"use crate::runner; \\";
        const C: &str = r#"" use crate::runner; "#;
        const D: &[u8] = br"\use crate::runner";
        const E: char = '"'; const F: &str = "use crate::runner;"; const G: char = '\'';
        fn f<'a>(x: &'a str) -> &'a str { x }
    "##;

    assert_eq!(found(source), Vec::<String>::new());
}

#[test]
fn what_follows_a_text_or_a_lifetime_is_still_read() {
    assert_eq!(
        found("const A: &str = r#\"\\\"#; use crate::runner;"),
        RUNNER
    );
    assert_eq!(
        found("fn f<'a>(x: &'a str) -> crate::runner::X<'a> {}"),
        RUNNER
    );
    assert_eq!(found("const A: char = '\\''; use crate::runner;"), RUNNER);
    assert_eq!(
        found("const A: char = '\\u{7f}'; use crate::r#runner;"),
        RUNNER
    );
    assert_eq!(
        found("const A: &[u8] = b\"\\\"\"; use crate::runner;"),
        RUNNER
    );
}

#[test]
fn the_crate_root_imports_only_the_command_line() {
    assert_eq!(
        violations("lib.rs", "mod cli; pub use cli::main;"),
        Vec::<String>::new()
    );
    assert_eq!(
        violations("lib.rs", "pub use runner::Runner;"),
        ["`lib.rs` imports runner"]
    );
    assert_eq!(
        violations("lib.rs", "pub use self::runner::Runner;"),
        ["`lib.rs` imports runner"]
    );
}

#[test]
fn a_crate_outside_its_module_is_found() {
    let reqwest = ["`report/mod.rs` uses the crate reqwest, which belongs to http"];

    for source in [
        "use reqwest::Client;",
        "use reqwest;",
        "use ::reqwest::Client as C;",
        "use {std::fmt, reqwest::{Client}};",
        "fn f() { reqwest::get(\"x\"); }",
        "fn f(x: &::reqwest::Client) {}",
        "extern crate reqwest;",
        "#[derive(reqwest::Derive)] struct X;",
    ] {
        assert_eq!(found(source), reqwest, "{source}");
    }
}

#[test]
fn a_crate_in_its_own_module_is_no_violation() {
    assert_eq!(
        violations("http/client.rs", "use reqwest::Client;"),
        Vec::<String>::new()
    );
}

#[test]
fn a_name_inside_a_path_is_no_crate() {
    assert_eq!(
        found("use crate::http::reqwest::X; use self::clap::Y;"),
        Vec::<String>::new()
    );
    assert_eq!(
        found("use crate::{http::tokio, record};"),
        Vec::<String>::new()
    );
}

#[test]
fn a_module_at_another_place_is_found() {
    assert_eq!(
        found("#[path = \"../runner/run.rs\"]\nmod run;"),
        ["`report/mod.rs` hides a module's place with #[path]"]
    );
}
