//! The list of failures at the end.

use super::difference::{Side, difference};
use super::screen::Screen;
use super::style::Tone;
use super::text::{clipped, lines, one_line, width, wrapped};
use crate::record::{Execution, Step};
use crate::report::problem::Problem;

/// So many failures are listed: the others have been shown when they happened.
const KEPT_FAILURES: usize = 200;

/// So much of a message is kept.
const MESSAGE_CHARACTERS: usize = 2000;

/// A message that repeats two long values is cut here, since the values follow as a difference.
const REPEATING_MESSAGE_CHARACTERS: usize = 160;

/// So much of a line of a difference is kept.
const LINE_CHARACTERS: usize = 400;

/// The columns that a detail takes at least, however narrow the terminal is.
const NARROWEST: usize = 16;

/// The columns that a name takes at least, if it is that long: enough for `AssertionError`.
const NARROWEST_NAME: usize = 14;

/// All failures by number, the first ones with what there is to say about them.
#[derive(Default)]
pub(super) struct FailureList {
    count: u64,
    kept: Vec<Row>,
}

struct Row {
    name: String,
    iteration: Option<usize>,
    detail: Vec<(Tone, String)>,
}

impl FailureList {
    /// Takes note of a step; the number of its failure, if it has one.
    pub(super) fn add(
        &mut self,
        step: &Step,
        execution: &Execution,
        several_iterations: bool,
    ) -> Option<u64> {
        let problem = Problem::of(step)?;
        self.count += 1;
        if self.kept.len() < KEPT_FAILURES {
            self.kept.push(Row {
                name: one_line(clipped(problem.name, 100).0),
                iteration: several_iterations.then_some(execution.cursor.iteration + 1),
                detail: detail(&problem, execution),
            });
        }
        Some(self.count)
    }

    /// Whether nothing failed.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }
}

fn detail(problem: &Problem<'_>, execution: &Execution) -> Vec<(Tone, String)> {
    let mut detail = Vec::new();
    if let Some((test, _)) = problem.test {
        detail.push((Tone::Plain, one_line(clipped(test, MESSAGE_CHARACTERS).0)));
    }
    match problem.long_comparison() {
        Some((expected, actual)) => {
            let message = problem
                .message
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            detail.extend(message_lines(&message, REPEATING_MESSAGE_CHARACTERS));
            detail.push((Tone::Good, "- expected".to_owned()));
            detail.push((Tone::Bad, "+ actual".to_owned()));
            detail.extend(
                difference(expected, actual)
                    .into_iter()
                    .map(difference_line),
            );
        }
        None => detail.extend(message_lines(&problem.message, MESSAGE_CHARACTERS)),
    }
    detail.push((Tone::Faint, format!("at {}", problem.at())));
    let path = one_line(&execution.item.path());
    detail.push((Tone::Faint, format!("inside \"{path}\"")));
    if let Some(hint) = problem.hint {
        detail.push((Tone::Hint, format!("hint: {}", one_line(hint))));
    }
    detail
}

fn message_lines(message: &str, limit: usize) -> Vec<(Tone, String)> {
    let (message, is_clipped) = clipped(message, limit);
    let mut shown: Vec<_> = lines(message)
        .into_iter()
        .map(|line| (Tone::Faint, line))
        .collect();
    if is_clipped && let Some((_, last)) = shown.last_mut() {
        last.push_str(" ...");
    }
    shown
}

fn difference_line((side, line): (Side, String)) -> (Tone, String) {
    let line = lines(clipped(&line, LINE_CHARACTERS).0).concat();
    match side {
        Side::Expected => (Tone::Good, format!("  - {line}")),
        Side::Actual => (Tone::Bad, format!("  + {line}")),
        Side::Both | Side::Omitted => (Tone::Faint, format!("    {line}")),
    }
}

/// Draws the list in newman's three columns.
pub(super) fn draw(screen: &mut Screen, failures: &FailureList) {
    let number_columns = failures.kept.len().to_string().len() + 2;
    let widest_name = failures
        .kept
        .iter()
        .map(|row| width(&row.name))
        .max()
        .unwrap_or(0);
    let widest_iteration = failures
        .kept
        .iter()
        .filter_map(|row| row.iteration)
        .map(|it| iteration_text(it).len())
        .max();
    let widest = widest_name
        .max(widest_iteration.unwrap_or(0))
        .max("failure".len());
    // On a narrow terminal the name may take a third.
    let name_columns = screen.terminal_width().map_or(widest, |columns| {
        widest.min((columns / 3).max(NARROWEST_NAME))
    });
    let indent = number_columns + name_columns + 4;
    let detail_columns = screen.terminal_width().map_or(usize::MAX, |columns| {
        columns.saturating_sub(indent).max(NARROWEST)
    });

    let heading = |text: &str| screen.paint(Tone::BadHeading, text);
    let line = format!(
        "{:>gap$}{}  {}{:padding$}  {}",
        "",
        heading("#"),
        heading("failure"),
        "",
        heading("detail"),
        gap = number_columns - 1,
        padding = name_columns - "failure".len(),
    );
    screen.line(&line);
    for (position, row) in failures.kept.iter().enumerate() {
        screen.line("");
        draw_row(
            screen,
            position + 1,
            row,
            [number_columns, name_columns, detail_columns],
        );
    }
    let rest = failures.count - failures.kept.len() as u64;
    if rest > 0 {
        let words = format!(
            "and {rest} more failure{} that {} not listed here",
            if rest == 1 { "" } else { "s" },
            if rest == 1 { "is" } else { "are" },
        );
        screen.line("");
        screen.toned_line(Tone::Bad, 1, &words);
    }
}

fn draw_row(screen: &mut Screen, number: usize, row: &Row, columns: [usize; 3]) {
    let [number_columns, name_columns, detail_columns] = columns;
    let mut left: Vec<(Tone, String)> = wrapped(&row.name, name_columns)
        .into_iter()
        .map(|name| (Tone::Plain, name))
        .collect();
    if let Some(iteration) = row.iteration {
        let text = iteration_text(iteration);
        left.extend(
            wrapped(&text, name_columns)
                .into_iter()
                .map(|line| (Tone::Faint, line)),
        );
    }
    let right: Vec<(Tone, String)> = row
        .detail
        .iter()
        .flat_map(|(tone, line)| {
            wrapped(line, detail_columns)
                .into_iter()
                .map(|part| (*tone, part))
        })
        .collect();
    for index in 0..left.len().max(right.len()) {
        let number = if index == 0 {
            format!("{number}.")
        } else {
            String::new()
        };
        let empty = (Tone::Plain, String::new());
        let (name_tone, name) = left.get(index).unwrap_or(&empty);
        let (tone, text) = right.get(index).unwrap_or(&empty);
        let padding = " ".repeat(name_columns.saturating_sub(width(name)));
        let name = screen.paint(*name_tone, name);
        let text = screen.paint(*tone, text);
        let line = format!("{number:>number_columns$}  {name}{padding}  {text}");
        screen.line(line.trim_end());
    }
}

fn iteration_text(iteration: usize) -> String {
    format!("iteration: {iteration}")
}
