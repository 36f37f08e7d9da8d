//! Our own JavaScript: `pm` and everything else that scripts find in their realm.
//!
//! Each part is a function of two arguments: the host functions, and an object on which the parts leave
//! what other parts use. They run once per realm, in order; the last one gives the functions that Rust
//! calls. Parts for what few scripts use run when a script first needs them. No part leaves anything of
//! its own in the global scope except the names that scripts know.

mod parts;

pub(super) use parts::{LATER_PARTS, OWN_FILES, PARTS};
