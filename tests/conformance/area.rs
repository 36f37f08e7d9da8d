//! Runs the cases of an area and compares each with its facts.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use serde_json::Value;

use crate::accepted::Lists;
use crate::case::Case;
use crate::compare::compare;
use crate::facts;
use crate::observation::observe;
use crate::program::{Mode, run};
use crate::server::Servers;

/// Cases at a time.
const WORKERS: usize = 2;

/// The exit codes that the program documents.
const EXIT_CODES: [u8; 7] = [0, 1, 2, 3, 4, 5, 130];

/// What became of a case.
enum Verdict {
    Equal,
    /// All differences are meant.
    Accepted,
    /// It differs, as `not-yet.json` says.
    NotYet,
    /// What is wrong.
    Wrong(Vec<String>),
}

/// Compares all cases of an area, and fails with every difference that is neither meant nor for later.
pub(crate) fn compare_area(area: &str) {
    let wrong = differences(area, Mode::Own);
    assert!(wrong.is_empty(), "{}\n", wrong.join("\n"));
}

/// The same for all areas with `--newman-compat`, which leaves only the differences that are said to stay.
pub(crate) fn compare_with_newman_compat(areas: &[String]) {
    let wrong: Vec<String> = areas
        .iter()
        .flat_map(|area| differences(area, Mode::NewmanCompat))
        .collect();
    assert!(wrong.is_empty(), "{}\n", wrong.join("\n"));
}

/// What is wrong in an area, after a line that counts; nothing when nothing is wrong.
fn differences(area: &str, mode: Mode) -> Vec<String> {
    let cases = Case::all_of(area);
    let lists = Lists::of(area, mode);
    let verdicts = run_all(&cases, mode, &lists);

    let mut counts = [0; 4];
    let mut lines = Vec::new();
    for (name, verdict) in verdicts {
        let place = match verdict {
            Verdict::Equal => 0,
            Verdict::Accepted => 1,
            Verdict::NotYet => 2,
            Verdict::Wrong(differences) => {
                lines.extend(differences.iter().map(|line| format!("{name}: {line}")));
                3
            }
        };
        counts[place] += 1;
    }
    for entry in lists.unused() {
        lines.push(format!(
            "accepted.json: nothing differs any more as in `{entry}`"
        ));
    }
    for entry in lists.without_case(cases.iter().map(|case| case.name.as_str())) {
        lines.push(format!("not-yet.json: there is no case `{entry}`"));
    }
    let [equal, accepted, not_yet, wrong] = counts;
    let summary =
        format!("{area}: {equal} equal, {accepted} accepted, {not_yet} not yet, {wrong} wrong");
    #[expect(
        clippy::print_stdout,
        reason = "`--nocapture` shows how many cases are equal"
    )]
    {
        println!("{summary}");
    }
    if !lines.is_empty() {
        lines.insert(0, summary);
    }
    lines
}

fn run_all(cases: &[Case], mode: Mode, lists: &Lists) -> Vec<(String, Verdict)> {
    let queue = Mutex::new(cases.iter());
    let verdicts = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let servers = Servers::start();
                loop {
                    let next = queue.lock().unwrap().next();
                    let Some(case) = next else { break };
                    let verdict = judge(case, mode, lists, &servers);
                    verdicts.lock().unwrap().push((case.name.clone(), verdict));
                }
            });
        }
    });
    let mut verdicts = verdicts.into_inner().unwrap();
    verdicts.sort_by(|(left, _), (right, _)| left.cmp(right));
    verdicts
}

fn judge(case: &Case, mode: Mode, lists: &Lists, servers: &Servers) -> Verdict {
    let run = run(case, mode, servers);
    let observation = observe(&run);
    let Some(facts) = case.facts() else {
        return Verdict::Wrong(vec![keep(case, &observation)]);
    };
    let facts = match facts::read(&facts) {
        Ok(facts) => facts,
        Err(error) => return Verdict::Wrong(vec![format!("the facts are not JSON: {error}")]),
    };
    if run.stderr.contains("panicked at") {
        return Verdict::Wrong(vec![format!("the program panicked: {}", run.stderr)]);
    }
    let differences = compare(&facts, &observation);
    let open: Vec<String> = differences
        .iter()
        .filter(|line| !lists.accepts(&case.name, line))
        .cloned()
        .collect();
    match (lists.is_not_yet(&case.name), open.is_empty()) {
        (true, true) => Verdict::Wrong(vec![
            "it does not differ any more: take it out of not-yet.json".to_owned(),
        ]),
        (true, false) => match is_known(&run.exit) {
            true => Verdict::NotYet,
            false => Verdict::Wrong(vec![format!("the program ended with {}", run.exit)]),
        },
        (false, true) if differences.is_empty() => Verdict::Equal,
        (false, true) => Verdict::Accepted,
        (false, false) => Verdict::Wrong(with_errors(open, &run.stderr)),
    }
}

fn is_known(exit: &Value) -> bool {
    EXIT_CODES.iter().any(|code| *exit == *code)
}

/// The differences, and what the program said when it could not run at all.
fn with_errors(mut differences: Vec<String>, stderr: &str) -> Vec<String> {
    let mut shown = String::new();
    for line in stderr.lines().filter(|line| !line.is_empty()).take(5) {
        write!(shown, "\n    {line}").expect("writing to a text cannot fail");
    }
    if let Some(last) = differences.last_mut()
        && !shown.is_empty()
    {
        last.push_str(&format!("\n  the program's messages:{shown}"));
    }
    differences
}

/// Writes down what the program did with a new case, for somebody to check against newman.
fn keep(case: &Case, observation: &Value) -> String {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("conformance")
        .join(format!("{}.newman.json", case.name));
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, facts::write(observation)).unwrap();
    format!(
        "there are no facts; what postrider does stands in {}: check every line of it against newman, then \
         put it beside the case",
        file.display()
    )
}
