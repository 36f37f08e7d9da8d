//! Near names for something that does not exist: `did you mean`.

mod near;

pub(crate) use near::nearest;
