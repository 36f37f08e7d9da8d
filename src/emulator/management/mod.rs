//! The management plane (Azure Resource Manager): what exists, and who may see it.

mod big_data_pool;
mod dispatch;
mod refusal;
mod sql_pool;
mod subscription;
mod workspace;

#[cfg(test)]
pub(super) use dispatch::route_names;
pub(super) use dispatch::{AUDIENCES, answer};
