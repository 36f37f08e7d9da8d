//! Requests whose authorization needs a token that is not there yet.

use super::send::{Outgoing, Sent};
use super::token::{Obtained, TokenCalls};
use super::{Clock, Surroundings};
use crate::auth::{TokenError, TokenSettings, refuses_token};
use crate::collection::Auth;
use crate::http::{HttpResponse, Transport};
use crate::record::Step;
use crate::resolve::Prepared;
use crate::variables::Dialect;

/// A token that a request was signed with.
pub(super) struct TokenUse {
    settings: TokenSettings,
    obtained: Obtained,
}

impl<T: Transport, E, C: Clock> Surroundings<'_, T, E, C> {
    /// The authorization with a token in it, if it needs one. Without the token the request is not sent,
    /// and what became of it says why.
    ///
    /// A request with an `Authorization` field of its own keeps it: it does without a token in newman, and
    /// its author knows why. newman gets no tokens.
    pub(super) async fn with_token(
        &self,
        outgoing: &Outgoing<'_>,
        prepared: &Prepared,
        auth: Option<Auth>,
        sent: &mut Sent,
    ) -> Result<(Option<Auth>, Option<TokenUse>), ()> {
        let Some(auth) = auth else {
            return Ok((None, None));
        };
        let has_field = prepared.request.header("authorization").is_some();
        if self.options.dialect == Dialect::Newman || has_field {
            return Ok((Some(auth), None));
        }
        match self.token(&auth, sent).await {
            Ok(None) => Ok((Some(auth), None)),
            Ok(Some(token)) => {
                let value = token.obtained.token.access_token.as_str();
                let mut auth = auth;
                auth.parameters
                    .push(("accessToken".to_owned(), value.into()));
                Ok((Some(auth), Some(token)))
            }
            Err(TokenError::Stopped) => Err(()),
            Err(error) => {
                sent.steps.push(Step::Unsendable {
                    origin: outgoing.origin,
                    method: prepared.request.method.clone(),
                    url: prepared.request.url.to_string(),
                    reason: error.to_string(),
                    hint: Some(error.hint()),
                    transport: None,
                });
                Err(())
            }
        }
    }

    async fn token(&self, auth: &Auth, sent: &mut Sent) -> Result<Option<TokenUse>, TokenError> {
        let Some(settings) = TokenSettings::read(auth)? else {
            return Ok(None);
        };
        crate::auth::learn_credentials(auth, &self.secrets);
        let mut calls = TokenCalls {
            transport: self.transport,
            clock: &self.clock,
            send: &self.options.send,
            secrets: &self.secrets,
            interrupt: &self.interrupt,
            platform: self.platform,
            person: self.person,
            steps: Vec::new(),
        };
        let obtained = self.tokens.token(&settings, &mut calls).await;
        sent.steps.append(&mut calls.steps);
        let obtained = obtained?;
        Ok(Some(TokenUse { settings, obtained }))
    }

    /// Whether the request is to be sent once more because its token was refused: once only, and not when
    /// the token was new, as another one would be no better.
    pub(super) async fn renew(
        &self,
        token: Option<TokenUse>,
        response: &HttpResponse,
        renewed: &mut bool,
    ) -> bool {
        let Some(TokenUse { settings, obtained }) = token else {
            return false;
        };
        let is_old = !obtained.is_fresh && !settings.keeps_refused_token();
        if *renewed || !is_old || !refuses_token(response) {
            return false;
        }
        *renewed = true;
        self.tokens
            .forget(&settings, &obtained.token.access_token)
            .await;
        true
    }
}
