//! The table of counts at the end.

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentLineStyle, LineStyle, Table, TableStyle, Width,
};

use super::screen::Screen;
use super::style::Tone;
use super::text::width;
use crate::record::{Count, RunSummary};
use crate::report::measure::{duration_text, milliseconds, size_text};

/// The widths of newman's columns before the lines below the counts stretch them.
const LABEL_COLUMNS: usize = 25;
const COUNT_COLUMNS: usize = 10;

/// Draws counts, duration, data and response times.
pub(super) fn draw(screen: &mut Screen, summary: &RunSummary) {
    let stats = &summary.stats;
    let rows = [
        ("iterations", stats.iterations),
        ("requests", stats.requests),
        ("test-scripts", stats.test_scripts),
        ("prerequest-scripts", stats.prerequest_scripts),
        ("assertions", stats.assertions),
    ];
    let totals = totals(summary);
    let longest = totals.iter().map(|line| width(line) + 2).max().unwrap_or(0);
    let counted = rows
        .iter()
        .map(|(_, count)| count.total.to_string().len() + 2)
        .max()
        .unwrap_or(0);
    let narrow = LABEL_COLUMNS + 2 * COUNT_COLUMNS.max(counted) + 2;
    let extra = longest.saturating_sub(narrow);
    let executed = COUNT_COLUMNS.max(counted) + extra.div_ceil(2);
    let failed = COUNT_COLUMNS.max(counted) + extra / 2;
    let columns = [LABEL_COLUMNS, executed, failed];

    let table_width = columns.iter().sum::<usize>() + columns.len() + 1;
    if screen
        .terminal_width()
        .is_some_and(|width| width < table_width)
    {
        draw_list(screen, &rows, &totals);
    } else {
        draw_table(screen, &rows, &totals, columns);
    }
}

fn totals(summary: &RunSummary) -> Vec<String> {
    let mut lines = vec![
        format!(
            "total run duration: {}",
            duration_text(milliseconds(summary.duration))
        ),
        format!(
            "total data received: {} (approx)",
            size_text(summary.received_bytes)
        ),
    ];
    let times = &summary.response_times;
    if times.count > 0 {
        lines.push(format!(
            "average response time: {} [min: {}, max: {}, s.d.: {}]",
            duration_text(times.mean_ms()),
            duration_text(milliseconds(times.minimum)),
            duration_text(milliseconds(times.maximum)),
            duration_text(times.deviation_ms()),
        ));
    }
    lines
}

/// The same on a terminal too narrow for the table.
fn draw_list(screen: &mut Screen, rows: &[(&str, Count)], totals: &[String]) {
    for (label, count) in rows {
        let line = format!("{label}: {} executed, {} failed", count.total, count.failed);
        screen.toned_line(tone(count), 0, &line);
    }
    for line in totals {
        screen.line(line);
    }
}

fn draw_table(screen: &mut Screen, rows: &[(&str, Count)], totals: &[String], columns: [usize; 3]) {
    let lines = Lines::of(screen.is_unicode());
    let mut table = Table::new();
    table.load_style(lines.table_style());
    table.set_header(["", "executed", "failed"]);
    for (label, count) in rows {
        table.add_row([
            (*label).to_owned(),
            count.total.to_string(),
            count.failed.to_string(),
        ]);
    }
    for (column, columns) in table.column_iter_mut().zip(columns) {
        column.set_cell_alignment(CellAlignment::Right);
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(columns)));
    }
    for line in table.lines() {
        screen.line(&painted(screen, &line, rows));
    }

    let inner: usize = columns.iter().sum::<usize>() + columns.len() - 1;
    let [left, right] = lines.separator_ends;
    let between = format!(
        "{left}{}{right}",
        lines.horizontal.to_string().repeat(inner)
    );
    for (position, line) in totals.iter().enumerate() {
        if position > 0 {
            screen.line(&between);
        }
        let padding = " ".repeat((inner - 1).saturating_sub(width(line)));
        screen.line(&format!("{0} {line}{padding}{0}", lines.vertical));
    }
    let [left, right] = lines.bottom_ends;
    screen.line(&format!(
        "{left}{}{right}",
        lines.horizontal.to_string().repeat(inner)
    ));
}

/// Colours the label of a row: the table itself must not know of colours, or it would count them.
fn painted(screen: &Screen, line: &str, rows: &[(&str, Count)]) -> String {
    for (label, count) in rows {
        // The space keeps `test-scripts` from being found in `prerequest-scripts`.
        let cell = format!(" {label} ");
        if line.contains(&cell) {
            let painted = format!(" {} ", screen.paint(tone(count), label));
            return line.replacen(&cell, &painted, 1);
        }
    }
    line.to_owned()
}

fn tone(count: &Count) -> Tone {
    if count.failed > 0 {
        Tone::Bad
    } else {
        Tone::Good
    }
}

/// The characters that the table is drawn with.
struct Lines {
    horizontal: char,
    vertical: char,
    cross: char,
    top: [char; 3],
    separator_ends: [char; 2],
    /// Between the counts and the lines that reach over all columns.
    junction: char,
    bottom_ends: [char; 2],
}

impl Lines {
    fn of(unicode: bool) -> Self {
        if unicode {
            Self {
                horizontal: '─',
                vertical: '│',
                cross: '┼',
                top: ['┌', '┬', '┐'],
                separator_ends: ['├', '┤'],
                junction: '┴',
                bottom_ends: ['└', '┘'],
            }
        } else {
            Self {
                horizontal: '-',
                vertical: '|',
                cross: '+',
                top: ['-', '-', '-'],
                separator_ends: ['-', '-'],
                junction: '-',
                bottom_ends: ['-', '-'],
            }
        }
    }

    fn table_style(&self) -> TableStyle {
        let [top_left, top_middle, top_right] = self.top;
        let [left, right] = self.separator_ends;
        let horizontal = self.horizontal;
        let content = ContentLineStyle::new(self.vertical, self.vertical, self.vertical);
        TableStyle::new()
            .top_border(LineStyle::new(top_left, horizontal, top_middle, top_right))
            .header_lines(content)
            .header_separator(LineStyle::new(left, horizontal, self.cross, right))
            .content_lines(content)
            .row_separator(LineStyle::new(left, horizontal, self.cross, right))
            .bottom_border(LineStyle::new(left, horizontal, self.junction, right))
    }
}
