//! What a check finds in files of its own.

mod files;
mod members;
mod places;
mod rules;
