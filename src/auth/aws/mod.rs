//! AWS Signature Version 4.

mod canonical;
mod scheme;

pub(super) use scheme::AwsV4;

#[cfg(test)]
mod tests;
