//! What happens while an item is executed, one step after the other.

use std::time::SystemTime;

use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use super::exchange;
use super::reporter::Parts;
use super::screen::Screen;
use super::style::Tone;
use super::text::{clipped, lines, one_line};
use crate::record::{
    Assertion, AssertionOutcome, ConsoleLevel, ConsoleMessage, FailureKind, ScriptPlace,
    SentRequest, Step,
};
use crate::report::measure::{duration_text, milliseconds, size_text};
use crate::report::problem::Problem;

/// A name longer than this says nothing more by being shown whole.
const NAME_CHARACTERS: usize = 1000;

/// The columns of a script's line that are shown around an error.
const SOURCE_COLUMNS: usize = 76;

const DATE_AND_TIME: &[BorrowedFormatItem<'_>] = format_description!(
    "[[[month padding:none]/[day padding:none]/[year], [hour repr:12 padding:none]:[minute]:[second] [period]]"
);
const TIME: &[BorrowedFormatItem<'_>] =
    format_description!("[[[hour repr:12 padding:none]:[minute]:[second] [period]]");

/// Draws a step; `number` is that of its failure.
pub(super) fn draw(
    screen: &mut Screen,
    parts: Parts,
    step: &Step,
    number: Option<u64>,
    last_time: &mut Option<SystemTime>,
) {
    match step {
        Step::Script(_) => {
            if let Some((problem, number)) = Problem::of(step).zip(number) {
                draw_script_error(screen, &problem, number);
            }
        }
        Step::Console(message) if parts.console => {
            if parts.timestamps {
                screen.line("");
                screen.toned_line(Tone::Faint, 2, &timestamp(*last_time, TIME));
            }
            draw_message(screen, message);
        }
        Step::Console(_) => {}
        Step::Request(sent) => {
            let timings = sent.exchange.timings;
            draw_request(screen, parts, sent, step);
            *last_time = Some(timings.started + timings.total);
        }
        Step::Assertion(assertion) if parts.assertions => {
            let time = parts.timestamps.then(|| timestamp(*last_time, TIME));
            draw_assertion(screen, parts, assertion, number, time);
        }
        Step::Assertion(_) => {}
        Step::Unsendable { method, url, .. } => {
            let start = request_start(screen, parts, *last_time, method, url);
            draw_request_error(screen, &start, step);
        }
    }
}

fn draw_script_error(screen: &mut Screen, problem: &Problem<'_>, number: u64) {
    let FailureKind::Script(kind) = problem.kind else {
        return;
    };
    let symbol = screen.symbols().script_error;
    let name = one_line(problem.name);
    let line = format!("{number:>3}{symbol} {name} in {}-script", kind.name());
    screen.toned_line(Tone::BadStrong, 0, &line);
    for line in lines(clipped(&problem.message, NAME_CHARACTERS).0) {
        screen.toned_line(Tone::Bad, 5, &line);
    }
    if let Some(place) = problem.place {
        draw_place(screen, place);
    }
}

/// Where it happened, with the line and a caret below the column.
fn draw_place(screen: &mut Screen, place: &ScriptPlace) {
    let owner = one_line(&place.owner);
    let words = format!("in `{owner}`, line {}, column {}", place.line, place.column);
    screen.toned_line(Tone::Faint, 5, &words);
    let Some((source, caret)) = source_window(&place.source_line, place.column) else {
        return;
    };
    screen.toned_line(Tone::Plain, 7, &source);
    screen.toned_line(Tone::Bad, 7, &format!("{:caret$}^", ""));
}

/// The part of a line around a column (counted from 1), and how many columns are left of it.
fn source_window(source_line: &str, column: u32) -> Option<(String, usize)> {
    let characters: Vec<char> = source_line.chars().collect();
    let indent = characters
        .iter()
        .take_while(|character| character.is_whitespace())
        .count();
    let at = usize::try_from(column).ok()?.checked_sub(1)?;
    if at > characters.len() || indent == characters.len() {
        return None;
    }
    let start = if at < SOURCE_COLUMNS {
        indent.min(at)
    } else {
        at - SOURCE_COLUMNS / 2
    };
    let end = characters.len().min(start + SOURCE_COLUMNS);
    let part = |from: usize, to: usize| one_line(&characters[from..to].iter().collect::<String>());
    let before = part(start, at.clamp(start, end));
    Some((part(start, end), super::text::width(&before)))
}

fn draw_message(screen: &mut Screen, message: &ConsoleMessage) {
    let tone = match message.level {
        ConsoleLevel::Log => Tone::Faint,
        ConsoleLevel::Info => Tone::Hint,
        ConsoleLevel::Debug => Tone::Debug,
        ConsoleLevel::Warn => Tone::Warning,
        ConsoleLevel::Error => Tone::Bad,
    };
    screen.in_box(tone, "", &message.arguments.join(", "));
}

fn draw_request(screen: &mut Screen, parts: Parts, sent: &SentRequest, step: &Step) {
    let request = &sent.exchange.request;
    let started = Some(sent.exchange.timings.started);
    let start = request_start(
        screen,
        parts,
        started,
        &request.method,
        &request.url.to_string(),
    );
    let Ok(response) = &sent.exchange.outcome else {
        draw_request_error(screen, &start, step);
        if parts.exchanges {
            exchange::draw(screen, &sent.exchange);
        }
        return;
    };
    if parts.exchanges {
        screen.line(&start);
        exchange::draw(screen, &sent.exchange);
        return;
    }
    let measured = format!(
        "[{} {}, {}, {}]",
        response.status,
        one_line(&response.reason),
        size_text(exchange::content_size(response) + response.header_size_bytes()),
        duration_text(milliseconds(sent.exchange.timings.total)),
    );
    let measured = screen.paint(Tone::Faint, &measured);
    screen.line(&format!("{start} {measured}"));
}

fn request_start(
    screen: &Screen,
    parts: Parts,
    time: Option<SystemTime>,
    method: &str,
    url: &str,
) -> String {
    let mut start = String::from("  ");
    if parts.timestamps {
        start.push_str(&screen.paint(Tone::Faint, &timestamp(time, DATE_AND_TIME)));
        start.push_str("  ");
    }
    start.push_str(&screen.paint(Tone::Faint, one_line(&format!("{method} {url}")).trim_end()));
    start
}

fn draw_request_error(screen: &mut Screen, start: &str, step: &Step) {
    let errored = screen.paint(Tone::Bad, "[errored]");
    screen.line(&format!("{start} {errored}"));
    let Some(problem) = Problem::of(step) else {
        return;
    };
    for line in lines(&problem.message) {
        screen.toned_line(Tone::Bad, 5, &line);
    }
    if let Some(hint) = problem.hint {
        screen.toned_line(Tone::Hint, 5, &format!("hint: {}", one_line(hint)));
    }
}

fn draw_assertion(
    screen: &mut Screen,
    parts: Parts,
    assertion: &Assertion,
    number: Option<u64>,
    time: Option<String>,
) {
    let (name, is_clipped) = clipped(&assertion.name, NAME_CHARACTERS);
    let mut name = one_line(name);
    if is_clipped {
        name.push_str(screen.symbols().ellipsis);
    }
    // As in newman, what stands before takes a column of a failure's number.
    let number_width = if time.is_some() { 2 } else { 3 };
    let time = time.map_or(String::new(), |time| {
        format!("  {}", screen.paint(Tone::Faint, &time))
    });
    let line = match (&assertion.outcome, number) {
        (AssertionOutcome::Failed(_), number) => {
            let line = format!("{:>number_width$}. {name}", number.unwrap_or_default());
            screen.paint(Tone::BadStrong, &line)
        }
        (AssertionOutcome::Skipped | AssertionOutcome::Passed, _) if !parts.passed_assertions => {
            return;
        }
        (AssertionOutcome::Skipped, _) => {
            format!(
                "  {}",
                screen.paint(Tone::Hint, &format!("-  [skipped] {name}"))
            )
        }
        (AssertionOutcome::Passed, _) => {
            let symbol = screen.paint(Tone::Good, screen.symbols().passed);
            format!("  {symbol}  {}", screen.paint(Tone::Faint, &name))
        }
    };
    screen.line(&format!("{time}{line}"));
}

/// A time in UTC, as newman writes it in American English; empty while no time is known.
fn timestamp(time: Option<SystemTime>, format: &[BorrowedFormatItem<'_>]) -> String {
    time.and_then(|time| OffsetDateTime::from(time).format(format).ok())
        .unwrap_or_default()
}
