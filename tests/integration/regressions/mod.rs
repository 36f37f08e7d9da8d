//! What users of Postman runners reported as broken, and the shapes that files of real projects have.
//!
//! A test of a report has its address above it; the others hold what was found in public collections.

mod bodies;
mod data_files;
mod encodings;
mod environments;
mod header_fields;
mod inputs;
mod items;
mod order;
mod responses;
mod urls;
mod v1;
mod variables;
