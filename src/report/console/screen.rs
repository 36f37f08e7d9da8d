//! The text of one event, and where it goes.

use std::io;

use super::style::{Symbols, Tone};
use super::text;
use crate::report::{Console, Output};

/// newman's width for boxes where there is no terminal.
const DEFAULT_WIDTH: usize = 60;

/// How many columns of a line the frame of a box and a margin take.
const FRAME_COLUMNS: usize = 6;

/// Collects text and writes it out when an event has been drawn.
pub(super) struct Screen {
    /// `None` once nobody reads any more.
    output: Option<Output>,
    text: String,
    terminal_width: Option<usize>,
    color: bool,
    unicode: bool,
    symbols: Symbols,
    box_tone: Option<Tone>,
}

impl Screen {
    pub(super) fn new(console: Console) -> Self {
        Self {
            output: Some(console.output),
            text: String::new(),
            terminal_width: console.width,
            color: console.color,
            unicode: console.unicode,
            symbols: Symbols::of(console.unicode),
            box_tone: None,
        }
    }

    pub(super) fn symbols(&self) -> Symbols {
        self.symbols
    }

    /// Whether characters outside ASCII may be drawn.
    pub(super) fn is_unicode(&self) -> bool {
        self.unicode
    }

    /// The columns of the terminal, if there is one.
    pub(super) fn terminal_width(&self) -> Option<usize> {
        self.terminal_width
    }

    /// The text in a tone, if colours are wanted.
    pub(super) fn paint(&self, tone: Tone, text: &str) -> String {
        tone.paint(text, self.color)
    }

    /// Adds a line that is finished text: harmless and painted. An open box is closed before.
    pub(super) fn line(&mut self, line: &str) {
        self.close_box();
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Adds a line in one tone.
    pub(super) fn toned_line(&mut self, tone: Tone, indent: usize, line: &str) {
        let painted = self.paint(tone, line);
        self.line(&format!("{:indent$}{painted}", ""));
    }

    /// Adds text to the open box, which is opened with a title if there is none. Text without lines that
    /// say something takes one empty line.
    pub(super) fn in_box(&mut self, tone: Tone, title: &str, content: &str) {
        let [corner, bar, _] = self.symbols.frame;
        if self.box_tone.is_none() {
            let corner = self.paint(tone, &format!("  {corner}"));
            let title = if title.is_empty() {
                String::new()
            } else {
                format!(" {title}")
            };
            self.text.push_str(&format!("{corner}{title}\n"));
            self.box_tone = Some(tone);
        }
        let bar = self.paint(tone, &format!("  {bar} "));
        for row in self.box_rows(content) {
            let row = self.paint(Tone::Faint, &row);
            self.text.push_str(&format!("{bar}{row}\n"));
        }
    }

    /// newman draws no empty lines in a box of console messages.
    fn box_rows(&self, content: &str) -> Vec<String> {
        let columns = self.box_columns();
        let rows: Vec<String> = text::lines(content)
            .iter()
            .filter(|line| !line.trim().is_empty())
            .flat_map(|line| text::cut(line, columns))
            .collect();
        if rows.is_empty() {
            vec![String::new()]
        } else {
            rows
        }
    }

    fn box_columns(&self) -> usize {
        self.terminal_width
            .unwrap_or(DEFAULT_WIDTH)
            .saturating_sub(FRAME_COLUMNS)
            .max(10)
    }

    /// Ends an open box.
    pub(super) fn close_box(&mut self) {
        if let Some(tone) = self.box_tone.take() {
            let corner = self.paint(tone, &format!("  {}", self.symbols.frame[2]));
            self.text.push_str(&format!("{corner}\n"));
        }
    }

    /// Writes out what was collected. When nobody reads any more, everything else goes nowhere.
    ///
    /// # Errors
    /// Whatever the writer says, except that its pipe is broken.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.close_box();
        let text = std::mem::take(&mut self.text);
        let Some(output) = &self.output else {
            return Ok(());
        };
        match output.print(&text) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.output = None;
                Ok(())
            }
            other => other,
        }
    }
}
