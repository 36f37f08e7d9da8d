//! Expressions and what they give, in tables beside this file.
//!
//! The values in the tables were compared with those of newman 6.2.2, and for `intl`, `web` and `crypto`
//! with those of Node 20.

use super::support::{Case, error, lines, run, run_all};

/// Prints a value so that types can be told apart.
const SHOW: &str = r#"
const show = (value, depth = 0) => {
    const member = (each) => show(each, depth + 1);
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value === 'function') return `[Function ${value.name}/${value.length}]`;
    if (typeof value === 'bigint') return `${value}n`;
    if (Object.is(value, -0)) return '-0';
    if (typeof value !== 'object' || value === null) return String(value);
    if (depth > 4) return '…';
    if (value instanceof Date) return `Date ${isNaN(value) ? 'invalid' : value.toISOString()}`;
    if (value instanceof RegExp) return String(value);
    if (value instanceof Error) return `Error<${value.name}: ${value.message}>`;
    if (Array.isArray(value)) return `[${value.map(member).join(', ')}]`;
    if (value instanceof ArrayBuffer) return `AB ${show(Array.from(new Uint8Array(value)))}`;
    if (ArrayBuffer.isView(value)) return `View${show(Array.from(value))}`;
    if (value instanceof Map) return `Map${show(Array.from(value))}`;
    if (value instanceof Set) return `Set${show(Array.from(value))}`;
    const name = value.constructor?.name;
    const shown = name === undefined || name === 'Object' || name.length <= 2 ? '' : name;
    return `${shown}{${Object.keys(value).map((key) => `${key}: ${member(value[key])}`).join(', ')}}`;
};
"#;

fn rows(table: &str) -> Vec<(&str, &str)> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(" ⇒ ").expect("a row has two sides"))
        .collect()
}

/// Evaluates the expressions of a table one after the other in one script.
fn check(case: impl Fn(&str) -> Case, table: &str) {
    let rows = rows(table);
    let statements: String = rows
        .iter()
        .map(|(expression, _)| {
            format!(
                "try {{ console.log(show({expression})) }} \
                 catch (e) {{ console.log('! ' + e.name + ': ' + e.message.replaceAll('\\n', '\\\\n')) }}\n"
            )
        })
        .collect();

    let outcome = run(case(&format!("{SHOW}{statements}")));

    assert_eq!(outcome.error, None);
    let found = lines(&outcome);
    assert_eq!(found.len(), rows.len());
    let wrong: Vec<String> = rows
        .iter()
        .zip(found)
        .filter_map(|((expression, expected), found)| {
            let found = unquoted(&found);
            (found != *expected).then(|| format!("{expression} ⇒ {found}\n    expected {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The console shows a text in quotes and with escapes; the texts here have no line breaks.
fn unquoted(printed: &str) -> String {
    let inner = &printed[1..printed.len() - 1];
    let mut text = String::new();
    let mut marks = inner.chars();
    while let Some(mark) = marks.next() {
        if mark != '\\' {
            text.push(mark);
            continue;
        }
        text.extend(marks.next());
    }
    text
}

#[test]
fn errors_are_told_in_v8s_words_and_with_their_place() {
    let rows = rows(include_str!("tables/errors.txt"));

    let outcomes = run_all(rows.iter().map(|(source, _)| Case::test(source)).collect());

    let wrong: Vec<String> = rows
        .iter()
        .zip(&outcomes)
        .filter_map(|((source, expected), outcome)| {
            let found = error(outcome).replace('\n', "\\n");
            (found != *expected).then(|| format!("{source} ⇒ {found}\n    expected {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn pm_itself_and_the_names_that_are_there_or_not() {
    check(Case::test, include_str!("tables/world.txt"));
}

#[test]
fn the_response_has_every_member() {
    check(Case::test, include_str!("tables/response.txt"));
}

#[test]
fn the_request_has_every_member() {
    check(Case::test, include_str!("tables/request.txt"));
}

#[test]
fn a_request_before_it_is_sent_can_be_changed_in_every_way() {
    let request = serde_json::json!({
        "method": "POST",
        "description": {"content": "desc", "type": "text/plain"},
        "url": {
            "raw": "http://localhost:8080/echo/:id?x=1", "protocol": "http", "host": ["localhost"],
            "port": "8080", "path": ["echo", ":id"], "query": [{"key": "x", "value": "1"}],
            "variable": [{"key": "id", "value": "7"}],
        },
        "header": [{"key": "H1", "value": "one"}, {"key": "H2", "value": "two"}],
        "body": {"mode": "urlencoded", "urlencoded": [
            {"key": "a", "value": "1"}, {"key": "b", "value": "2", "disabled": true},
            {"key": "a", "value": "3"},
        ]},
        "auth": {"type": "basic", "basic": [
            {"key": "username", "value": "u", "type": "string"},
            {"key": "password", "value": "p", "type": "string"},
        ]},
    });

    check(
        |source| Case::prerequest(source).with(|context| context.request = request.clone().into()),
        include_str!("tables/prerequest.txt"),
    );
}

#[test]
fn variables_are_read_set_and_replaced() {
    check(
        |source| {
            Case::test(source).with(|context| {
                context.scopes.collection.set("cv", "coll".into());
            })
        },
        include_str!("tables/variables.txt"),
    );
}

#[test]
fn cookies_are_lists_of_properties() {
    check(Case::test, include_str!("tables/cookies.txt"));
}

#[test]
fn the_names_of_the_first_sandbox_have_every_member() {
    check(Case::test, include_str!("tables/legacy.txt"));
}

#[test]
fn modules_are_found_by_their_exact_names() {
    check(Case::test, include_str!("tables/modules.txt"));
}

#[test]
fn what_postman_adds_to_chai_fails_in_its_words() {
    check(Case::test, include_str!("tables/assertions.txt"));
}

#[test]
fn names_of_the_web_platform_work_as_in_node() {
    check(Case::test, include_str!("tables/web.txt"));
}

#[test]
fn the_web_cryptography_api_works_as_in_node() {
    check(Case::test, include_str!("tables/crypto.txt"));
}

#[test]
fn numbers_dates_and_lists_are_written_as_in_node() {
    check(Case::test, include_str!("tables/intl.txt"));
}

/// `docs/scripts.md` says which names there are; a name counts as there when one kind of script has it.
#[test]
fn the_list_of_names_in_the_documents_is_true() {
    let text = include_str!("../../../../docs/scripts.md");
    let rows: Vec<(&str, &str)> = text
        .lines()
        .filter_map(|line| {
            let (name, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
            Some((name, rest.split(" |").next()?))
        })
        .collect();
    let source: String = rows
        .iter()
        .map(|(name, _)| {
            format!("try {{ console.log(typeof ({name})) }} catch {{ console.log('undefined') }}\n")
        })
        .collect();

    let found = [Case::test, Case::prerequest].map(|kind| lines(&run(kind(&source))));

    let wrong: Vec<String> = rows
        .iter()
        .enumerate()
        .filter_map(|(index, (name, state))| {
            let is_there = found.iter().any(|lines| lines[index] != "'undefined'");
            let is_true = match *state {
                "yes" | "differs" => is_there,
                "no" => !is_there,
                _ => false,
            };
            (!is_true).then(|| format!("{name} is said to be: {state}"))
        })
        .collect();
    assert!(rows.len() > 150, "{}", rows.len());
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_language_does_what_browsers_do() {
    check(Case::test, include_str!("tables/language.txt"));
}
