//! Flags, help and version.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Postrider, collection};

fn output(arguments: &[&str]) -> String {
    Postrider::new().arguments(arguments).run().to_snapshot()
}

#[test]
fn the_version_goes_to_standard_output() {
    assert_snapshot!(output(&["--version"]), @"
    exit code: 0
    --- stdout
    postrider <version>
    ");
}

#[test]
fn the_help_lists_the_commands() {
    assert_snapshot!(output(&["--help"]), @"
    exit code: 0
    --- stdout
    Runs Postman collections from the command line: same results as Postman, one binary

    Usage: postrider [OPTIONS] [COMMAND]

    Commands:
      run          Run a collection and report the result
      list         Print what would run, in order
      check        Look for mistakes in collections and the files beside them, and send nothing
      auth         Try out the authorization of a collection
      emulator     Serve a local Azure Synapse until interrupted
      packages     Look after the folder of packages for `pm.require`
      completions  Print a script that completes commands and flags in a shell
      man          Print the manual page, of the program or of a command

    Options:
          --licenses  Print the licences of the JavaScript libraries inside this program
      -h, --help      Print help
      -V, --version   Print version
    ");
}

#[test]
fn the_help_of_run_lists_its_flags_by_heading() {
    assert_snapshot!(output(&["run", "--help"]), @"
    exit code: 0
    --- stdout
    Run a collection and report the result

    Usage: postrider run [OPTIONS] <COLLECTION>

    Arguments:
      <COLLECTION>
              Collection to run: Postman JSON (v1, v2.0, v2.1), a folder in Postman's YAML format (v3),
              or - for the standard input

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Input:
          --config <FILE>
              File of defaults [default: postrider.toml, from the current folder up to the root of the
              repository]

          --profile <NAME>
              Profile of the file of defaults to use

          --no-config
              Use no file of defaults

      -e, --environment <FILE>
              Environment to use (JSON or YAML)

      -g, --globals <FILE>
              Globals to use (JSON or YAML)

          --env-var <NAME=VALUE>
              Set a variable of the environment, over the file

          --global-var <NAME=VALUE>
              Set a variable of the globals, over the file

          --postman-api-key <KEY>
              Key for Postman's API, where collection and environment may be UIDs

          --no-angle-variables
              Read `<<name>>` as plain text instead of as `{{name}}`

          --seed <NUMBER>
              Make dynamic variables such as {{$guid}} give the same values in every run with this
              number

          --rules <FILE>
              Rules file with captures and expectations (YAML)

          --vault <SOURCE>
              Answer `pm.vault` and `{{vault:name}}` from env, env:PREFIX, file:FILE or command:COMMAND

          --packages <FOLDER>
              Folder of packages for `pm.require`

          --newman-compat
              Read inputs and report results as newman does, where postrider differs on purpose

          --working-dir <FOLDER>
              Folder in which relative paths of files in bodies begin

          --no-insecure-file-read
              Read files of bodies from the working directory only

      -d, --iteration-data <FILE>
              Iteration data, one row for each iteration: CSV, JSON or JSON lines

          --cookie-jar <FILE>
              Begin with the cookies of this file: tough-cookie's JSON or Netscape's cookies.txt

    Run:
      -n, --iteration-count <COUNT>
              Run the whole selection this many times [default: the rows of the data, or 1]

          --folder <NAME>
              Only this folder or request, by name or id (repeatable)

          --only <GLOB>
              Only folders and requests whose path matches, or with this id, such as 'Orders/**'
              (repeatable)

          --exclude <GLOB>
              Leave out folders and requests whose path matches, or with this id, whatever else selects
              them (repeatable)

          --tag <NAME>
              Only what has `[NAME]` in its own name or in that of a folder around it (repeatable)

          --bail [<MODE>]
              Stop at the first failure; `folder` stops at script and request errors only
              
              [possible values: failure, folder]

          --delay-request [<MS>]
              Wait before each request
              
              [default: 0]

          --timeout [<MS>]
              Stop the whole run after this time; the reports are written all the same

          --timeout-script [<MS>]
              Stop a script after this time

          --isolate-scripts
              Run each script in a realm of its own, so that scripts share nothing but variables

          --dry-run
              Print the resolved requests and send nothing; scripts do not run

          --emulator
              Start the Synapse emulator for this run and send its hosts to it

          --emulator-scenario <FILE>
              Lay a scenario file (YAML) over what the emulator pretends to be

      -x, --suppress-exit-code
              Exit with 0 whatever the run's result

    HTTP:
          --connect-to <HOST:PORT:ADDRESS:PORT>
              Connect to ADDRESS:PORT where a request says HOST:PORT; HOST may be empty, * or
              *.example.com (repeatable)

          --ssl-extra-ca-certs <FILE>
              Trust the CA certificates of this PEM file as well

          --ssl-client-cert <FILE>
              Show this certificate to servers that ask for one: PEM, DER or PKCS#12

          --ssl-client-key <FILE>
              Private key of the certificate, where it stands in a file of its own

          --ssl-client-passphrase <TEXT>
              What the private key is encrypted with

          --ssl-client-cert-list <FILE>
              Choose client certificates by the URL, as this list in newman's form says (JSON)

      -k, --insecure
              Do not check server certificates

          --timeout-request [<MS>]
              Give up a request when the server is silent for this time

          --proxy <URL>
              Send every request through this proxy: http, https, socks4, socks4a, socks5 or socks5h
              [default: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY]

          --no-proxy <HOSTS>
              Reach these hosts without a proxy: names, *, addresses, networks, each with or without a
              port [default: NO_PROXY]

          --ignore-proxy
              Leave the proxies of the environment alone

          --http2
              Speak HTTP/2 with servers that offer it over TLS

          --http1.1
              Speak HTTP/1.1 only, whatever requests ask for

          --max-response-size <SIZE>
              Keep no larger contents of responses in memory, such as <size>, <size> or 2GB; scripts cannot
              read what is larger [default: <size>]

          --ignore-redirects
              Do not follow redirects

    Output:
      -r, --reporters <NAMES>
              Reporters to use: cli, events, har, html, json, junit, tap, teamcity
              
              [default: cli]

          --verbose
              Show requests and responses in full

          --silent
              Print no report on the console

          --show-secrets
              Show the values of secrets instead of ***

          --disable-unicode
              Draw with ASCII characters only

          --export-environment <PATH>
              Write the environment as it is after the run

          --export-globals <PATH>
              Write the globals as they are after the run

          --export-collection <PATH>
              Write the collection in the form of v2.1

          --export-cookie-jar <PATH>
              Write the cookies as they are after the run, in tough-cookie's JSON

          --output <NAME>
              Print this variable's value after the run, as NAME=VALUE unless nothing else is printed
              (repeatable)

          --outputs <FILE>
              Write the variables of --output into this file and print none of them

          --outputs-format <FORMAT>
              Form of that file [default: by its name: *.json, *.env or $GITHUB_OUTPUT]

              Possible values:
              - json:   An object with the values as they are
              - dotenv: Lines `NAME=VALUE` with quotes where a shell needs them
              - github: What GitHub reads from the file that `$GITHUB_OUTPUT` names

          --save-responses <FOLDER>
              Write the content of each response into a file of this folder, with its secrets

          --color <WHEN>
              When to use colour

              Possible values:
              - auto: On a terminal, unless `NO_COLOR` is set
              - on:   Always
              - off:  Never
              
              [default: auto]

    Reporter options are written --reporter-NAME-OPTION [VALUE], as in `--reporter-json-export out.json`
    or `--reporter-cli-no-summary`.

    Exit codes: 0 ok, 1 failures, 2 usage, 3 input, 4 nothing ran, 5 output, 130 interrupted.
    ");
}

#[test]
fn the_help_of_auth_token_lists_its_flags() {
    assert_snapshot!(output(&["auth", "token", "-h"]), @"
    exit code: 0
    --- stdout
    Get the OAuth 2 token that a request would be sent with

    Usage: postrider auth token [OPTIONS] <COLLECTION> [REQUEST]

    Arguments:
      <COLLECTION>  Collection to read: a JSON file, a folder in YAML, or - for the standard input
      [REQUEST]     Request or folder, by name or id [default: the first request of type oauth2]

    Options:
          --config <FILE>            File of defaults [default: postrider.toml, from the current folder
                                     up to the root of the repository]
          --profile <NAME>           Profile of the file of defaults to use
          --no-config                Use no file of defaults
      -e, --environment <FILE>       Environment to use (JSON or YAML)
      -g, --globals <FILE>           Globals to use (JSON or YAML)
          --env-var <NAME=VALUE>     Set a variable of the environment, over the file
          --global-var <NAME=VALUE>  Set a variable of the globals, over the file
          --vault <SOURCE>           Answer `{{vault:name}}` from env, env:PREFIX, file:FILE or
                                     command:COMMAND
          --emulator                 Start the Synapse emulator and send its hosts to it
          --show-secrets             Show the token and the values of secrets instead of ***
      -h, --help                     Print help

    HTTP:
          --connect-to <HOST:PORT:ADDRESS:PORT>
              Connect to ADDRESS:PORT where a request says HOST:PORT; HOST may be empty, * or
              *.example.com (repeatable)
          --ssl-extra-ca-certs <FILE>
              Trust the CA certificates of this PEM file as well
          --ssl-client-cert <FILE>
              Show this certificate to servers that ask for one: PEM, DER or PKCS#12
          --ssl-client-key <FILE>
              Private key of the certificate, where it stands in a file of its own
          --ssl-client-passphrase <TEXT>
              What the private key is encrypted with
          --ssl-client-cert-list <FILE>
              Choose client certificates by the URL, as this list in newman's form says (JSON)
      -k, --insecure
              Do not check server certificates
          --timeout-request [<MS>]
              Give up a request when the server is silent for this time
          --proxy <URL>
              Send every request through this proxy: http, https, socks4, socks4a, socks5 or socks5h
              [default: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY]
          --no-proxy <HOSTS>
              Reach these hosts without a proxy: names, *, addresses, networks, each with or without a
              port [default: NO_PROXY]
          --ignore-proxy
              Leave the proxies of the environment alone

    The requests for the token go to standard error, the token to standard output; both without their
    secrets unless --show-secrets asks for them. Scripts do not run.

    Exit codes: 0 ok, 1 no token, 2 usage, 3 input, 4 the request needs no token.
    ");
}

#[test]
fn the_help_of_emulator_lists_its_flags() {
    assert_snapshot!(output(&["emulator", "--help"]), @"
    exit code: 0
    --- stdout
    Serve a local Azure Synapse until interrupted

    Usage: postrider emulator [OPTIONS]

    Options:
          --port <PORT>               Port to listen on at 127.0.0.1; 0 picks a free one [default: 8443]
          --proxy-port <PORT>         Serve a CONNECT proxy to the emulator at this port of 127.0.0.1 as
                                      well; 0 picks a free one
          --ca-out <FILE>             Write the CA certificate that clients have to trust to this file
                                      [default: postrider-emulator-ca.pem]
          --scenario <FILE>           Lay a scenario file (YAML) over what the emulator pretends to be;
                                      docs/emulator.md lists its keys
          --token-lifetime <SECONDS>  How long tokens are valid, in seconds [default: 3599]
          --step-time <MS>            Move runs on by time, one state each MS, instead of by looks at
                                      them
          --throttle <NTH>            Answer the NTH call to the management and data planes with 429 and
                                      Retry-After (repeatable)
          --retry-after <SECONDS>     Seconds that Retry-After says with --throttle [default: 1]
          --without-role <PLANE>      Take the role for this plane from every application (repeatable)
                                      [possible values: management, data]
      -h, --help                      Print help

    Outcomes that go by name:
      pl-demo, job-demo, nb-demo     succeed (pipeline, Spark job, notebook)
      pl-fails, job-fails, nb-fails  fail, with a reason
      pl-slow, nb-slow               take 20 looks
      pl-cancelled                   is cancelled by somebody else
      pl-recovers                    fails, and succeeds when recovered
      full                           a Spark pool where jobs wait until cancelled

    The client 00000000-0000-0000-0000-000000000000 has no role.
    The secret emulator~expired.secret has expired.
    ");
}

#[test]
fn no_command_is_answered_with_the_help() {
    assert_snapshot!(output(&[]), @"
    exit code: 2
    --- stderr
    Runs Postman collections from the command line: same results as Postman, one binary

    Usage: postrider [OPTIONS] [COMMAND]

    Commands:
      run          Run a collection and report the result
      list         Print what would run, in order
      check        Look for mistakes in collections and the files beside them, and send nothing
      auth         Try out the authorization of a collection
      emulator     Serve a local Azure Synapse until interrupted
      packages     Look after the folder of packages for `pm.require`
      completions  Print a script that completes commands and flags in a shell
      man          Print the manual page, of the program or of a command

    Options:
          --licenses  Print the licences of the JavaScript libraries inside this program
      -h, --help      Print help
      -V, --version   Print version
    ");
}

#[test]
fn an_unknown_command_is_refused_with_a_near_name() {
    assert_snapshot!(output(&["rum", "collection.json"]), @"
    exit code: 2
    --- stderr
    error: unrecognized subcommand 'rum'

      tip: a similar subcommand exists: 'run'

    Usage: postrider [OPTIONS] [COMMAND]

    For more information, try '--help'.
    ");
}

#[test]
fn an_unknown_flag_is_refused_with_a_near_name() {
    assert_snapshot!(output(&["run", "collection.json", "--foldr", "A"]), @"
    exit code: 2
    --- stderr
    error: unexpected argument '--foldr' found

      tip: a similar argument exists: '--folder'

    Usage: postrider run --folder <NAME> <COLLECTION>

    For more information, try '--help'.
    ");
}

#[test]
fn a_run_without_a_collection_is_refused() {
    assert_snapshot!(output(&["run"]), @"
    exit code: 2
    --- stderr
    error: the following required arguments were not provided:
      <COLLECTION>

    Usage: postrider run <COLLECTION>

    For more information, try '--help'.
    ");
}

#[test]
fn a_second_collection_is_refused() {
    assert_snapshot!(output(&["run", "a.json", "b.json"]), @"
    exit code: 2
    --- stderr
    error: unexpected argument 'b.json' found

    Usage: postrider run [OPTIONS] <COLLECTION>

    For more information, try '--help'.
    ");
}

#[test]
fn an_iteration_count_of_zero_is_refused() {
    assert_snapshot!(output(&["run", "collection.json", "-n", "0"]), @"
    exit code: 2
    --- stderr
    error: invalid value '0' for '--iteration-count <COUNT>': the value must be a positive integer

    For more information, try '--help'.
    ");
}

#[test]
fn a_time_that_is_no_number_is_refused() {
    assert_snapshot!(output(&["run", "collection.json", "--timeout-request", "soon"]), @"
    exit code: 2
    --- stderr
    error: invalid value 'soon' for '--timeout-request [<MS>]': the value must be a positive integer

    For more information, try '--help'.
    ");
}

#[test]
fn an_unknown_way_to_bail_is_refused() {
    assert_snapshot!(output(&["run", "collection.json", "--bail", "always"]), @"
    exit code: 2
    --- stderr
    error: invalid value 'always' for '--bail [<MODE>]'
      [possible values: failure, folder]

    For more information, try '--help'.
    ");
}

#[test]
fn a_flag_without_its_value_is_refused() {
    assert_snapshot!(output(&["run", "collection.json", "-e"]), @"
    exit code: 2
    --- stderr
    error: a value is required for '--environment <FILE>' but none was supplied

    For more information, try '--help'.
    ");
}

#[test]
fn a_variable_without_a_name_is_refused() {
    let outcome = Postrider::run_collection(&collection(json!([])), &["--env-var", "=value"]);

    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 2
    --- stderr
    error: cannot use `=value` for `--env-var`: the name before `=` is empty

    hint: `postrider run --help` explains the flag
    ");
}

#[test]
fn an_unknown_reporter_is_refused_with_a_near_name() {
    let collection = collection(json!([{"name": "A", "request": "http://127.0.0.1:9/"}]));

    let outcome = Postrider::run_collection(&collection, &["-r", "cli,jsn"]);

    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 2
    --- stderr
    error: cannot find a reporter called `jsn`

    hint: did you mean `json`?
    ");
}

#[test]
fn an_unknown_reporter_without_a_near_name_is_answered_with_all_names() {
    let collection = collection(json!([{"name": "A", "request": "http://127.0.0.1:9/"}]));

    let outcome = Postrider::run_collection(&collection, &["-r", "allure"]);

    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 2
    --- stderr
    error: cannot find a reporter called `allure`

    hint: choose from `cli`, `events`, `har`, `html`, `json`, `junit`, `tap`, `teamcity`
    ");
}

#[test]
fn the_licences_are_printed_on_demand() {
    let printed = output(&["--licenses"]);

    assert!(
        printed.starts_with("exit code: 0\n--- stdout\n"),
        "{printed}"
    );
    assert!(printed.contains("chai 4."), "{printed}");
}
