//! The reporter `html`: the run as one page that needs nothing else.
//!
//! Rows (what a list shows) and details (everything else about one item) are packed as compressed JSON
//! while the run goes on and put aside; at the end a handlebars template makes the page around them
//! ([`page`]). The page's script unpacks the rows when it opens and a packet of details when somebody
//! looks at an item, so that a run of ten thousand requests opens at once.
//!
//! Nothing that an API answers becomes markup: it is data for the script, which only ever sets texts. The
//! page's policy lets no other script run and nothing be loaded. What `pm.visualizer` draws is the one
//! exception, and it is shown in a frame in which scripts are off.

mod body;
mod detail;
mod facts;
mod failure;
mod figures;
mod loops;
mod packet;
mod page;
mod phases;
mod reporter;
mod row;
mod template;
#[cfg(test)]
mod tests;
mod visualizer;

pub(super) use reporter::{HtmlReporter, NAME};
pub(super) use template::Problem as TemplateProblem;
#[cfg(test)]
pub(super) use tests::readable;
