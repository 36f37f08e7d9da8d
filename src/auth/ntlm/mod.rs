//! NTLM over HTTP (MS-NTHT), with NTLMv2 only (MS-NLMP).

mod message;
mod proof;
mod scheme;

pub(super) use scheme::Ntlm;

#[cfg(test)]
mod tests;
