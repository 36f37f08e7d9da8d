//! What tests need to run the binary against servers of their own.

mod certificate;
mod collection;
mod command;
mod connection;
mod modern_server;
mod program;
mod proxy;
mod redact;
mod server;
mod synapse;
mod token_server;
mod tunnel;

pub(crate) use certificate::{Authority, self_signed};
pub(crate) use collection::{collection, environment, get, post};
pub(crate) use command::{Outcome, Postrider, Running};
pub(crate) use connection::{Answer, Request};
pub(crate) use modern_server::ModernServer;
pub(crate) use program::{Program, skip};
pub(crate) use proxy::{Manner, Proxy};
pub(crate) use server::Server;
pub(crate) use synapse::{
    ARTICLE, ARTICLE_RULES, CLIENT_SECRET, ENVIRONMENT, OAUTH2, OPERATIONS, packaged,
    packaged_json, run_article, run_synapse,
};
pub(crate) use token_server::{form, refusal, token, token_server};
pub(crate) use tunnel::Tunnel;
