//! What is wrong or doubtful in collections and the files beside them, found without sending anything.
//!
//! [`check`] reads all files of one check together, because one defines the names that another uses, and
//! gives a [`CheckResult`] of findings; `report` writes it. No finding holds a value that may be a
//! secret.

mod body_files;
mod checker;
mod credential;
mod duplicates;
mod finding;
mod inputs;
mod level;
mod lines;
mod members;
mod places;
mod report;
mod rule;
mod script_names;
mod scripts;
mod secrets;
mod shape;
mod text;
mod undefined;

#[cfg(test)]
mod tests;

pub(crate) use checker::{CheckOptions, Target, check};
pub(crate) use finding::{CheckResult, Severity};
pub(crate) use report::{to_json, to_sarif, to_text};
