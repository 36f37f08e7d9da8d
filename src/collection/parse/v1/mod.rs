//! Reading a collection of format v1: a flat list of requests beside folders that name them in order.
//!
//! What becomes of it follows newman 6.2.2, which turns such a file into format v2.1 first.

mod auth;
mod body;
mod request;
mod tree;

pub(super) use tree::read;
