//! The reporter `junit`: the run as JUnit XML for CI systems.
//!
//! There is no standard of that format. What is written here is read by Jenkins, GitLab, Azure DevOps,
//! CircleCI, Buildkite and the usual GitHub actions, and is valid by the grammar of Jenkins' xUnit plugin.
//! It is not newman's form, which keeps only the last iteration and hides request and script errors from
//! tools that read test cases: here each request of each iteration is a suite, each assertion a case, and
//! the request itself a case that carries its errors.

mod reporter;
mod suite;
#[cfg(test)]
mod tests;
mod text;
mod xml;

pub(super) use reporter::{JunitReporter, NAME};
