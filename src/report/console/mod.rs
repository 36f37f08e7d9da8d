//! The reporter `cli`: the run as text on the terminal, in newman's picture.
//!
//! [`ConsoleReporter`] follows the events; [`Screen`](screen::Screen) collects the text of one event and
//! knows colours, symbols and widths; the other files each draw one thing.

mod difference;
mod exchange;
mod failures;
mod reporter;
mod screen;
mod steps;
mod style;
mod summary;
#[cfg(test)]
mod tests;
mod text;

pub(super) use reporter::{ConsoleReporter, NAME};
