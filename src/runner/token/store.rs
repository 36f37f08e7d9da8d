//! The tokens of a run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::TokenCalls;
use crate::auth::{BasicForm, Token, TokenError, TokenSettings};
use crate::http::Transport;
use crate::runner::Clock;

/// Every token that was obtained, by what decides about it.
///
/// A token that several requests need at the same time is asked for once. Each has a lock of its own, so
/// that waiting for one server holds up nobody who needs another one.
#[derive(Default)]
pub(crate) struct TokenStore {
    entries: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Entry>>>>,
}

/// What is known of one token.
#[derive(Default)]
pub(super) struct Entry {
    pub(super) token: Option<Token>,
    /// Outlives the token that it came with.
    pub(super) refresh_token: Option<String>,
    /// Which form of a Basic field the server takes.
    pub(super) basic: BasicForm,
    /// Why there will never be one.
    failure: Option<TokenError>,
}

/// A token for one request.
pub(crate) struct Obtained {
    /// The token, and what is known of it.
    pub(crate) token: Token,
    /// Whether it was asked for just now, for this very request.
    pub(crate) is_fresh: bool,
}

impl TokenStore {
    /// A token that may be used now: the one that is known, else a new one.
    ///
    /// # Errors
    ///
    /// When there is none. What a server has refused is not asked again.
    pub(crate) async fn token<T: Transport, C: Clock>(
        &self,
        settings: &TokenSettings,
        calls: &mut TokenCalls<'_, T, C>,
    ) -> Result<Obtained, TokenError> {
        let entry = self.entry(settings);
        let mut entry = entry.lock().await;
        let now = calls.clock.now();
        if let Some(token) = entry.token.as_ref().filter(|token| token.is_usable(now)) {
            let token = token.clone();
            return Ok(Obtained {
                token,
                is_fresh: false,
            });
        }
        if let Some(failure) = &entry.failure {
            return Err(failure.clone());
        }
        entry.token = None;
        match calls.obtain(settings, &mut entry).await {
            Ok(token) => {
                if token.refresh_token.is_some() {
                    entry.refresh_token.clone_from(&token.refresh_token);
                }
                entry.token = Some(token.clone());
                Ok(Obtained {
                    token,
                    is_fresh: true,
                })
            }
            Err(error) => {
                entry.failure = Some(error.clone()).filter(TokenError::is_final);
                Err(error)
            }
        }
    }

    /// Forgets a token that a server refused, unless another one has taken its place meanwhile.
    pub(crate) async fn forget(&self, settings: &TokenSettings, refused: &str) {
        let entry = self.entry(settings);
        let mut entry = entry.lock().await;
        let is_known = |token: &Token| token.access_token == refused;
        if entry.token.as_ref().is_some_and(is_known) {
            entry.token = None;
        }
    }

    fn entry(&self, settings: &TokenSettings) -> Arc<tokio::sync::Mutex<Entry>> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(entries.entry(settings.key()).or_default())
    }
}
