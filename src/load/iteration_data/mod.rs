//! Iteration data: one row of variables for each iteration, from CSV, JSON or JSON lines.
//!
//! A file is read twice: once to check it and to count its rows, and once more, row by row, while the
//! run goes on, so that it never stands in memory as a whole.

mod cell;
mod csv;
mod format;
mod input;
mod json_list;
mod rows;

pub(crate) use rows::load_iteration_data;
