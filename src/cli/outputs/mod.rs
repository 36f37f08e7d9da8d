//! Variables that are handed on to the next program after a run.
//!
//! 1. [`Destination`] says before the run where they go, and refuses names that cannot be written there.
//! 2. [`find_outputs`] looks them up when the run is over, and hides secrets.
//! 3. [`Destination::hand_on`] prints or writes them.

mod destination;
mod form;
mod found;

pub(super) use destination::Destination;
pub(super) use found::find_outputs;
