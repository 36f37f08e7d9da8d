//! Every parser and the resolver, open to bytes from anywhere: for the fuzz targets in `fuzz/` and for
//! the property tests below. Nothing that is read may make them panic or hang.

mod targets;

pub use targets::{
    collection, environment, iteration_data, json_path, request, rules, substitution,
};
