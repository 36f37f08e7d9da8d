//! The picture on the terminal, as whole texts.

use std::io;

use insta::assert_snapshot;

use super::NAME;
use crate::http::Header;
use crate::record::{
    ConsoleLevel, ExchangeOrigin, Execution, RunEnd, RunEvent, ScriptError, ScriptKind, Step,
};
use crate::redact::Secrets;
use crate::report::samples::{
    Broken, Paper, answered, ending, events, exchange, execution, failed, item, log, options,
    passed, place, refused, report, response, script, script_failure, sent, skipped, unequal,
};
use crate::report::{Console, Error, Options};

fn drawn(change: impl FnOnce(&mut Options), events: Vec<RunEvent>) -> String {
    let paper = Paper::default();
    let mut options = options(paper.clone());
    change(&mut options);
    let errors = report(&[NAME], options, &Secrets::default(), events);
    assert!(errors.is_empty(), "{errors:?}");
    paper.text()
}

/// Everything but the banner, the summary and the failures, which have tests of their own.
fn course(executions: Vec<Execution>) -> String {
    drawn(
        without(&["no-banner", "no-summary", "no-failures"]),
        events(executions),
    )
}

fn without(flags: &[&'static str]) -> impl FnOnce(&mut Options) {
    let flags: Vec<_> = flags
        .iter()
        .map(|&flag| ((NAME.to_owned(), flag.to_owned()), None))
        .collect();
    |options| options.flags.extend(flags)
}

fn console(options: &mut Options) -> &mut Console {
    options.console.as_mut().unwrap()
}

#[test]
fn a_whole_run_looks_as_in_newman() {
    let run = vec![
        execution(
            item(&["Fold"], "r1"),
            0,
            vec![
                log(ConsoleLevel::Log, &["'hi'", "{ a: 1 }"]),
                script(ScriptKind::Prerequest, None),
                answered("/x?a=1"),
                passed("ok", 0),
                failed("bad", 1, "expected 1 to equal 2"),
                skipped("sk", 2),
                script(ScriptKind::Test, None),
            ],
        ),
        execution(item(&["Fold"], "again"), 0, vec![answered("/again")]),
        execution(item(&["Fold", "Inner"], "deep"), 0, vec![answered("/deep")]),
        execution(item(&[], "r2"), 0, vec![refused()]),
    ];

    let text = drawn(|_| {}, events(run));

    assert_snapshot!(text, @r#"
    postrider

    Shop

    ❏ Fold
    ↳ r1
      ┌
      │ 'hi', { a: 1 }
      └
      GET https://api.example.com/x?a=1 [200 OK, 50B, 45ms]
      ✓  ok
      1. bad
      -  [skipped] sk

    ↳ again
      GET https://api.example.com/again [200 OK, 50B, 45ms]

    ❏ Fold / Inner
    ↳ deep
      GET https://api.example.com/deep [200 OK, 50B, 45ms]

    → r2
      GET https://api.example.com/refused [errored]
         connect ECONNREFUSED 127.0.0.1:81
         hint: start the server, or check host and port of the request's URL

    ┌─────────────────────────┬──────────────────┬──────────────────┐
    │                         │         executed │           failed │
    ├─────────────────────────┼──────────────────┼──────────────────┤
    │              iterations │                1 │                0 │
    ├─────────────────────────┼──────────────────┼──────────────────┤
    │                requests │                4 │                1 │
    ├─────────────────────────┼──────────────────┼──────────────────┤
    │            test-scripts │                1 │                0 │
    ├─────────────────────────┼──────────────────┼──────────────────┤
    │      prerequest-scripts │                1 │                0 │
    ├─────────────────────────┼──────────────────┼──────────────────┤
    │              assertions │                3 │                1 │
    ├─────────────────────────┴──────────────────┴──────────────────┤
    │ total run duration: 368ms                                     │
    ├───────────────────────────────────────────────────────────────┤
    │ total data received: 15B (approx)                             │
    ├───────────────────────────────────────────────────────────────┤
    │ average response time: 45ms [min: 45ms, max: 45ms, s.d.: 0µs] │
    └───────────────────────────────────────────────────────────────┘

      #  failure         detail

     1.  AssertionError  bad
                         expected 1 to equal 2
                         at assertion:1 in test-script
                         inside "Fold / r1"

     2.  Error           connect ECONNREFUSED 127.0.0.1:81
                         at request
                         inside "r2"
                         hint: start the server, or check host and port of the request's URL
    "#);
}

#[test]
fn iterations_are_announced_if_there_are_several() {
    let iterations = (0..2).map(|iteration| {
        execution(
            item(&["Fold"], "r1"),
            iteration,
            vec![failed("bad", 0, "no")],
        )
    });

    let text = drawn(
        without(&["no-banner", "no-summary"]),
        events(iterations.collect()),
    );

    assert_snapshot!(text, @r#"
    Shop

    Iteration 1/2

    ❏ Fold
    ↳ r1
      1. bad

    Iteration 2/2

    ❏ Fold
    ↳ r1
      2. bad

      #  failure         detail

     1.  AssertionError  bad
         iteration: 1    no
                         at assertion:0 in test-script
                         inside "Fold / r1"

     2.  AssertionError  bad
         iteration: 2    no
                         at assertion:0 in test-script
                         inside "Fold / r1"
    "#);
}

#[test]
fn a_script_error_shows_its_line_with_a_caret() {
    let steps = vec![script_failure(ScriptKind::Prerequest), answered("/x")];

    let text = course(vec![execution(item(&[], "Create user"), 0, steps)]);

    assert_snapshot!(text, @"
    Shop

    → Create user
      1⠄ ReferenceError in prerequest-script
         user is not defined
         in `Create user`, line 2, column 11
           let id = user.id;
                   ^
      GET https://api.example.com/x [200 OK, 50B, 45ms]
    ");
}

#[test]
fn a_very_long_source_line_is_shown_around_the_error() {
    let error = ScriptError {
        name: "TypeError".to_owned(),
        message: "first line\nsecond line".to_owned(),
        place: Some(place(
            ScriptKind::Test,
            "Shop",
            1,
            501,
            &"0123456789".repeat(100),
        )),
    };

    let text = course(vec![execution(
        item(&[], "r"),
        0,
        vec![script(ScriptKind::Test, Some(error))],
    )]);

    assert_snapshot!(text, @"
    Shop

    → r
      1⠄ TypeError in test-script
         first line
         second line
         in `Shop`, line 1, column 501
           2345678901234567890123456789012345678901234567890123456789012345678901234567
                                                 ^
    ");
}

#[test]
fn a_place_outside_its_line_shows_no_line() {
    let error = ScriptError {
        name: "Error".to_owned(),
        message: "far".to_owned(),
        place: Some(place(ScriptKind::Test, "Shop", 0, 0, "abc")),
    };

    let text = course(vec![execution(
        item(&[], "r"),
        0,
        vec![script(ScriptKind::Test, Some(error))],
    )]);

    assert_snapshot!(text, @"
    Shop

    → r
      1⠄ Error in test-script
         far
         in `Shop`, line 0, column 0
    ");
}

#[test]
fn messages_in_a_row_share_a_box_and_are_wrapped() {
    let steps = vec![
        log(ConsoleLevel::Log, &["'multi\nline'", &"x".repeat(120)]),
        log(ConsoleLevel::Warn, &[]),
        log(ConsoleLevel::Error, &["'a'\n\n\n'b'"]),
        answered("/x"),
        log(ConsoleLevel::Info, &["'after'"]),
    ];

    let text = course(vec![execution(item(&[], "r"), 0, steps)]);

    assert_snapshot!(text, @"
    Shop

    → r
      ┌
      │ 'multi
      │ line', xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      │ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      │ xxxxxxxxxxxxxxxxxxx
      │ 
      │ 'a'
      │ 'b'
      └
      GET https://api.example.com/x [200 OK, 50B, 45ms]
      ┌
      │ 'after'
      └
    ");
}

#[test]
fn skipped_requests_and_jumps_are_told() {
    let mut skipped = execution(item(&[], "skipped"), 0, vec![]);
    skipped.skipped = true;
    let mut jumping = execution(item(&[], "jumping"), 0, vec![answered("/x")]);
    jumping.next_request = Some(Some("Log in".to_owned()));
    let mut ending = execution(item(&[], "ending"), 0, vec![answered("/x")]);
    ending.next_request = Some(None);

    let text = course(vec![skipped, jumping, ending]);

    assert_snapshot!(text, @"
    Shop

    → skipped
      -  [skipped] request

    → jumping
      GET https://api.example.com/x [200 OK, 50B, 45ms]

    Attempting to set next request to Log in

    → ending
      GET https://api.example.com/x [200 OK, 50B, 45ms]
    ");
}

#[test]
fn a_request_that_cannot_be_made_is_errored() {
    let step = Step::Unsendable {
        origin: ExchangeOrigin::Item,
        method: "GET".to_owned(),
        url: String::new(),
        reason: "runtime:extensions~request: request url is empty".to_owned(),
        hint: Some("enter a URL".to_owned()),
        transport: None,
    };

    let text = course(vec![execution(item(&[], "r"), 0, vec![step])]);

    assert_snapshot!(text, @"
    Shop

    → r
      GET [errored]
         runtime:extensions~request: request url is empty
         hint: enter a URL
    ");
}

#[test]
fn without_unicode_everything_drawn_is_ascii() {
    let run = vec![execution(
        item(&["Fold"], "r1"),
        0,
        vec![
            log(ConsoleLevel::Log, &["'hi'"]),
            answered("/x"),
            passed("ok", 0),
            script_failure(ScriptKind::Test),
        ],
    )];

    let text = drawn(|options| console(options).unicode = false, events(run));

    assert_snapshot!(text, @r#"
    postrider

    Shop

    Folder Fold
    Sub-folder r1
      -
      | 'hi'
      -
      GET https://api.example.com/x [200 OK, 50B, 45ms]
      Pass  ok
      1. ReferenceError in test-script
         user is not defined
         in `Create user`, line 2, column 11
           let id = user.id;
                   ^

    -----------------------------------------------------------------
    |                         |         executed |           failed |
    --------------------------+------------------+-------------------
    |              iterations |                1 |                0 |
    --------------------------+------------------+-------------------
    |                requests |                1 |                0 |
    --------------------------+------------------+-------------------
    |            test-scripts |                1 |                1 |
    --------------------------+------------------+-------------------
    |      prerequest-scripts |                0 |                0 |
    --------------------------+------------------+-------------------
    |              assertions |                1 |                0 |
    -----------------------------------------------------------------
    | total run duration: 368ms                                     |
    -----------------------------------------------------------------
    | total data received: 5B (approx)                              |
    -----------------------------------------------------------------
    | average response time: 45ms [min: 45ms, max: 45ms, s.d.: 0µs] |
    -----------------------------------------------------------------

      #  failure         detail

     1.  ReferenceError  user is not defined
                         at test-script:2:11
                         inside "Fold / r1"
    "#);
}

#[test]
fn long_values_are_compared_line_by_line() {
    let expected = "{\n  name: 'Ada',\n  age: 36,\n  tags: [ 'a' ]\n}";
    let actual = "{\n  name: 'Ada',\n  age: 37,\n  tags: [ 'a' ]\n}";
    let steps = vec![
        unequal("user", 0, expected, actual),
        unequal("number", 1, "1", "2"),
    ];

    let text = failures(
        |_| {},
        vec![execution(item(&["Users"], "Create user"), 0, steps)],
    );

    assert_snapshot!(text, @r#"
     #  failure         detail

    1.  AssertionError  user
                        expected { name: 'Ada', age: 37, tags: [ 'a' ] } to deeply equal { name: 'Ada', age: 36, tags: [ 'a' ] }
                        - expected
                        + actual
                            {
                              name: 'Ada',
                          -   age: 36,
                          +   age: 37,
                              tags: [ 'a' ]
                            }
                        at assertion:0 in test-script:3:5
                        inside "Users / Create user"

    2.  AssertionError  number
                        expected 2 to deeply equal 1
                        at assertion:1 in test-script:3:5
                        inside "Users / Create user"
    "#);
}

#[test]
fn the_list_of_failures_fits_into_a_narrow_terminal() {
    let steps = vec![
        failed(
            "a name with quite a few words in it",
            0,
            &"word ".repeat(12),
        ),
        failed("x", 1, &"y".repeat(50)),
    ];

    let text = failures(
        |options| console(options).width = Some(40),
        vec![execution(item(&[], "r"), 0, steps)],
    );

    assert!(
        text.lines().all(|line| line.chars().count() <= 40),
        "{text}"
    );
    assert_snapshot!(text, @r#"
     #  failure         detail

    1.  AssertionError  a name with quite a
                        few words in it
                        word word word word
                        word word word word
                        word word word word
                        at assertion:0 in
                        test-script
                        inside "r"

    2.  AssertionError  x
                        yyyyyyyyyyyyyyyyyyy
                        yyyyyyyyyyyyyyyyyyy
                        yyyyyyyyyyyy
                        at assertion:1 in
                        test-script
                        inside "r"
    "#);
}

#[test]
fn a_terminal_narrower_than_the_table_gets_a_list() {
    let mut text = drawn(
        |options| {
            console(options).width = Some(30);
            without(&["no-banner"])(options);
        },
        events(vec![execution(item(&[], "r"), 0, vec![answered("/x")])]),
    );

    let start = text.find("iterations").unwrap();
    assert_snapshot!(text.split_off(start), @"
    iterations: 1 executed, 0 failed
    requests: 1 executed, 0 failed
    test-scripts: 0 executed, 0 failed
    prerequest-scripts: 0 executed, 0 failed
    assertions: 0 executed, 0 failed
    total run duration: 368ms
    total data received: 5B (approx)
    average response time: 45ms [min: 45ms, max: 45ms, s.d.: 0µs]
    ");
}

#[test]
fn ten_thousand_failures_are_counted_but_not_all_listed() {
    let steps = (0..10_000)
        .map(|index| failed("bad", index, &"m".repeat(10_000)))
        .collect();

    let text = failures(|_| {}, vec![execution(item(&[], "r"), 0, steps)]);

    assert_eq!(text.matches("at assertion:").count(), 200);
    assert!(text.ends_with("\n\n and 9800 more failures that are not listed here\n"));
}

#[test]
fn hostile_text_moves_nothing_on_the_terminal() {
    let hostile = "\u{1b}[2J\u{1b}]0;title\u{7}\u{202e}\r\n\tend \u{0}";
    let mut thing = execution(
        item(&[hostile], hostile),
        0,
        vec![
            log(ConsoleLevel::Log, &[hostile]),
            sent(
                ExchangeOrigin::Item,
                exchange("/x", Ok(response(200, hostile, b""))),
            ),
            passed(hostile, 0),
            failed(hostile, 1, hostile),
            passed(&"n".repeat(2000), 2),
        ],
    );
    thing.next_request = Some(Some(hostile.to_owned()));

    let text = drawn(
        |options| {
            options.verbose = true;
            without(&["no-banner", "no-summary"])(options);
        },
        events(vec![thing]),
    );

    assert!(
        text.chars()
            .all(|character| character == '\n' || !character.is_control())
    );
    assert_snapshot!(text, @r#"
    Shop

    ❏ \x1b[2J\x1b]0;title\x07\u202e  end \x00
    ↳ \x1b[2J\x1b]0;title\x07\u202e  end \x00
      ┌
      │ \x1b[2J\x1b]0;title\x07\u202e
      │     end \x00
      └
      GET https://api.example.com/x
      200 \x1b[2J\x1b]0;title\x07\u202e  end \x00 ★ 45ms time ★ 46B↑ 68B↓ size ★ 2↑ 1↓ headers ★ 0 cookies
      ┌ ↑ request
      │ GET /x HTTP/1.1
      │ Accept: */*
      │ X-Key: value
      └
      ┌ ↓ response
      │ HTTP/1.1 200 \x1b[2J\x1b]0;title\x07\u202e  end \x00
      │ Content-Type: text/plain
      └
      first byte 40ms ★ total 45ms
      ✓  \x1b[2J\x1b]0;title\x07\u202e  end \x00
      1. \x1b[2J\x1b]0;title\x07\u202e  end \x00
      ✓  nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…

    Attempting to set next request to \x1b[2J\x1b]0;title\x07\u202e  end \x00

      #  failure         detail

     1.  AssertionError  \x1b[2J\x1b]0;title\x07\u202e  end \x00
                         \x1b[2J\x1b]0;title\x07\u202e
                             end \x00
                         at assertion:1 in test-script
                         inside "\x1b[2J\x1b]0;title\x07\u202e  end \x00 / \x1b[2J\x1b]0;title\x07\u202e  end \x00"
    "#);
}

#[test]
fn colours_are_used_only_when_asked_for() {
    let steps = vec![
        log(ConsoleLevel::Warn, &["'careful'"]),
        answered("/x"),
        passed("ok", 0),
        failed("bad", 1, "no"),
        skipped("later", 2),
    ];
    let run = || events(vec![execution(item(&[], "r"), 0, steps.clone())]);

    let text = drawn(|options| console(options).color = true, run());

    assert_snapshot!(text.replace('\u{1b}', "^"), @r#"
    postrider

    Shop

    → r
    ^[33m  ┌^[0m
    ^[33m  │ ^[0m^[90m'careful'^[0m
    ^[33m  └^[0m
      ^[90mGET https://api.example.com/x^[0m ^[90m[200 OK, 50B, 45ms]^[0m
      ^[32m✓^[0m  ^[90mok^[0m
    ^[31;1m  1. bad^[0m
      ^[36m-  [skipped] later^[0m

    ┌─────────────────────────┬──────────────────┬──────────────────┐
    │                         │         executed │           failed │
    ├─────────────────────────┼──────────────────┼──────────────────┤
    │              ^[32miterations^[0m │                1 │                0 │
    ├─────────────────────────┼──────────────────┼──────────────────┤
    │                ^[32mrequests^[0m │                1 │                0 │
    ├─────────────────────────┼──────────────────┼──────────────────┤
    │            ^[32mtest-scripts^[0m │                0 │                0 │
    ├─────────────────────────┼──────────────────┼──────────────────┤
    │      ^[32mprerequest-scripts^[0m │                0 │                0 │
    ├─────────────────────────┼──────────────────┼──────────────────┤
    │              ^[31massertions^[0m │                3 │                1 │
    ├─────────────────────────┴──────────────────┴──────────────────┤
    │ total run duration: 368ms                                     │
    ├───────────────────────────────────────────────────────────────┤
    │ total data received: 5B (approx)                              │
    ├───────────────────────────────────────────────────────────────┤
    │ average response time: 45ms [min: 45ms, max: 45ms, s.d.: 0µs] │
    └───────────────────────────────────────────────────────────────┘

      ^[31;4m#^[0m  ^[31;4mfailure^[0m         ^[31;4mdetail^[0m

     1.  AssertionError  bad
                         ^[90mno^[0m
                         ^[90mat assertion:1 in test-script^[0m
                         ^[90minside "r"^[0m
    "#);
    let plain = drawn(|_| {}, run());
    assert_eq!(without_colours(&text), plain);
}

#[test]
fn verbose_shows_the_exchange_as_it_was_sent() {
    let mut exchange = exchange(
        "/users?a=1",
        Ok(response(201, "Created", "é\n".repeat(3000).as_bytes())),
    );
    exchange.request.method = "POST".to_owned();
    exchange.request.body = Some(b"{\n  \"name\": \"Ada\"\n}".to_vec().into());
    let mut binary = response(200, "OK", b"\0\x01\x02");
    binary.headers = vec![
        Header::new("Set-Cookie", "a=1"),
        Header::new("Content-Length", "3"),
    ];
    let steps = vec![
        sent(ExchangeOrigin::Script, exchange),
        sent(ExchangeOrigin::Item, self::exchange("/binary", Ok(binary))),
        refused(),
    ];

    let text = drawn(
        |options| {
            options.verbose = true;
            without(&["no-banner", "no-summary", "no-failures"])(options);
        },
        events(vec![execution(item(&[], "r"), 0, steps)]),
    );

    assert_eq!(text.matches("  │ é\n").count(), 1024);
    assert_snapshot!(text.replace("  │ é\n", ""), @r#"
    Shop

    → r
      POST https://api.example.com/users?a=1
      201 Created ★ 45ms time ★ 74B↑ 9.05kB↓ size ★ 2↑ 1↓ headers ★ 0 cookies
      ┌ ↑ request ★ 19B
      │ POST /users?a=1 HTTP/1.1
      │ Accept: */*
      │ X-Key: value
      │ 
      │ {
      │   "name": "Ada"
      │ }
      └
      ┌ ↓ response ★ 9kB
      │ HTTP/1.1 201 Created
      │ Content-Type: text/plain
      │ 
      │ (showing 2048 characters of 9kB)
      └
      first byte 40ms ★ total 45ms
      GET https://api.example.com/binary
      200 OK ★ 45ms time ★ 51B↑ 58B↓ size ★ 2↑ 2↓ headers ★ 1 cookie
      ┌ ↑ request
      │ GET /binary HTTP/1.1
      │ Accept: */*
      │ X-Key: value
      └
      ┌ ↓ response ★ 3B
      │ HTTP/1.1 200 OK
      │ Set-Cookie: a=1
      │ Content-Length: 3
      │ 
      │ (binary content, 3B)
      └
      first byte 40ms ★ total 45ms
      GET https://api.example.com/refused [errored]
         connect ECONNREFUSED 127.0.0.1:81
         hint: start the server, or check host and port of the request's URL
      ┌ ↑ request
      │ GET /refused HTTP/1.1
      │ Accept: */*
      │ X-Key: value
      └
      first byte 40ms ★ total 45ms
    "#);
}

#[test]
fn timestamps_stand_before_requests_assertions_and_messages() {
    let steps = vec![
        log(ConsoleLevel::Log, &["'hi'"]),
        answered("/x"),
        passed("ok", 0),
        failed("bad", 1, "no"),
    ];

    let text = drawn(
        without(&["no-banner", "no-summary", "no-failures", "show-timestamps"]),
        events(vec![execution(item(&[], "r"), 0, steps)]),
    );

    assert_snapshot!(text, @"
    Shop

    → r

      [1:04:44 AM]
      ┌
      │ 'hi'
      └
      [11/25/2026, 1:04:44 AM]  GET https://api.example.com/x [200 OK, 50B, 45ms]
      [1:04:44 AM]  ✓  ok
      [1:04:44 AM] 1. bad
    ");
}

#[test]
fn each_part_can_be_switched_off() {
    let steps = vec![
        log(ConsoleLevel::Log, &["'hi'"]),
        passed("ok", 0),
        failed("bad", 1, "no"),
    ];
    let run = || events(vec![execution(item(&[], "r"), 0, steps.clone())]);
    let quiet = ["no-banner", "no-summary", "no-failures", "no-console"];

    let no_passed = drawn(
        without(&[&quiet[..], &["no-success-assertions"]].concat()),
        run(),
    );
    let no_assertions = drawn(without(&[&quiet[..], &["no-assertions"]].concat()), run());
    let silent = drawn(without(&["silent"]), run());
    let all_silent = drawn(|options| options.silent = true, run());

    assert_eq!(no_passed, "Shop\n\n→ r\n  1. bad\n");
    assert_eq!(no_assertions, "Shop\n\n→ r\n");
    assert_eq!(silent, "");
    assert_eq!(all_silent, "");
}

#[test]
fn a_flag_with_the_value_false_is_not_set() {
    let key = (NAME.to_owned(), "silent".to_owned());

    let text = drawn(
        |options| {
            options.flags.insert(key, Some("false".to_owned()));
        },
        events(vec![]),
    );

    assert!(text.starts_with("postrider\n\nShop\n"));
}

#[test]
fn a_run_that_was_stopped_says_so() {
    let run = || events(vec![execution(item(&[], "r"), 0, vec![])]);
    let flags = ["no-banner", "no-summary"];

    let bailed = drawn(without(&flags), ending(run(), RunEnd::Bailed));
    let interrupted = drawn(without(&flags), ending(run(), RunEnd::Interrupted));

    assert_eq!(
        bailed,
        "Shop\n\n→ r\n\nThe run was stopped at a failure, as --bail asks.\n"
    );
    assert_eq!(interrupted, "Shop\n\n→ r\n\nThe run was interrupted.\n");
}

#[test]
fn a_broken_pipe_ends_the_report_quietly() {
    let broken = options(Broken(io::ErrorKind::BrokenPipe));

    let errors = report(&[NAME], broken, &Secrets::default(), events(vec![]));

    assert!(errors.is_empty());
}

#[test]
fn a_full_disk_is_told_once() {
    let full = options(Broken(io::ErrorKind::StorageFull));

    let errors = report(&[NAME], full, &Secrets::default(), events(vec![]));

    assert!(
        matches!(errors.as_slice(), [Error::Console { .. }]),
        "{errors:?}"
    );
}

/// The list at the end alone.
fn failures(change: impl FnOnce(&mut Options), executions: Vec<Execution>) -> String {
    let text = drawn(
        |options| {
            change(options);
            without(&["no-summary", "no-assertions"])(options);
        },
        events(executions),
    );
    let start = text.find("\n\n  ").map(|start| start + 2);
    text[start.unwrap()..].to_owned()
}

fn without_colours(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        plain.push_str(&part[part.find('m').unwrap() + 1..]);
    }
    plain
}
