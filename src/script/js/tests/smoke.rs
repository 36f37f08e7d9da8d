//! A first look.
use super::support::*;
use crate::record::*;
use crate::script::*;

#[test]
fn it_runs() {
    let Ok(path) = std::env::var("SCRIPT") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let mut parts: Vec<String> = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if line.starts_with("//---") {
            parts.push(String::new());
        } else {
            parts.last_mut().unwrap().push_str(line);
        }
    }
    let pre = std::env::var("KIND").is_ok_and(|k| k == "prerequest");
    let ts: Option<u64> = std::env::var("TS").ok().and_then(|t| t.parse().ok());
    let cases = parts
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let c = if pre {
                Case::prerequest(p)
            } else {
                Case::test(p)
            };
            c.with(|c| {
                if i == 0 {
                    c.scopes.environment.set("ev", "env".into());
                    c.scopes.environment.name = Some("E".into());
                    c.scopes.globals.set("gv", "glob".into());
                }
                if let Some(ts) = ts {
                    c.timeout = Some(std::time::Duration::from_millis(ts));
                }
            })
        })
        .collect();
    for o in run_all(cases) {
        for e in &o.effects {
            match e {
                ScriptEffect::Console(m) => {
                    println!("CONSOLE {:?} {}", m.level, m.arguments.join(", "))
                }
                ScriptEffect::Assertion(a) => match &a.outcome {
                    AssertionOutcome::Passed => println!("PASS {:?} ", a.name),
                    AssertionOutcome::Skipped => println!("SKIP {:?} ", a.name),
                    AssertionOutcome::Failed(e) => println!(
                        "FAIL {:?} {:?} @{:?} {:?}",
                        a.name,
                        (&e.name, &e.message, a.index),
                        a.place.as_ref().map(|p| (p.line, p.column, &p.source_line)),
                        (&e.actual, &e.expected)
                    ),
                },
            }
        }
        if let Some(e) = &o.error {
            println!(
                "SCRIPTERR {} {} @{:?}",
                e.name,
                e.message,
                e.place.as_ref().map(|p| (p.line, p.column, &p.source_line))
            );
        }
        if let Some(r) = &o.request {
            println!("REQUEST {r}");
        }
        if let Some(n) = &o.next_request {
            println!("NEXT {n:?}");
        }
        println!("-- {:?} skip={}", o.duration, o.skip_request);
    }
}
