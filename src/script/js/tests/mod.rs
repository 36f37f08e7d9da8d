//! The engine driven through the trait.

mod messages;
mod smoke;
mod support;
