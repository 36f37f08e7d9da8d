//! The ways to a token, one exchange after the other.

use std::path::Path;
use std::time::Duration;

use super::TokenCalls;
use super::browser::log_in;
use super::call::{is_busy, is_metadata_busy};
use super::store::Entry;
use crate::auth::{
    BasicForm, DeviceCode, Grant, Poll, Token, TokenError, TokenRequest, TokenSettings, read_token,
};
use crate::files::read_bytes;
use crate::http::Transport;
use crate::runner::Clock;

/// The fields of a form.
type Form = Vec<(&'static str, String)>;

impl<T: Transport, C: Clock> TokenCalls<'_, T, C> {
    /// Gets a new token.
    ///
    /// 1. What renews a token is tried first: it needs no person and tells the server less.
    /// 2. If the server does not take it any more, the grant itself begins anew.
    pub(super) async fn obtain(
        &mut self,
        settings: &TokenSettings,
        entry: &mut Entry,
    ) -> Result<Token, TokenError> {
        let refresh_token = entry.refresh_token.take();
        let refresh_token = refresh_token.or_else(|| settings.refresh_token());
        if let Some(refresh_token) = refresh_token {
            let renewed = self.refresh(settings, &refresh_token, entry).await;
            let is_worn_out =
                matches!(&renewed, Err(error) if error.code() == Some("invalid_grant"));
            if !is_worn_out || settings.grant == Grant::RefreshToken {
                // A server that sends no new one means that the old one stays.
                entry.refresh_token = Some(refresh_token);
                return renewed;
            }
        }
        match settings.grant {
            Grant::ClientCredentials | Grant::Password => {
                self.ask(entry, settings, |basic, calls| {
                    settings.token_request(basic, &calls.signing())
                })
                .await
            }
            Grant::DeviceCode => self.device(settings, entry).await,
            Grant::AuthorizationCode if self.person.is_at_terminal => {
                let form = log_in(self, settings).await?;
                self.exchange_form(settings, form, entry).await
            }
            Grant::AuthorizationCode => Err(TokenError::NobodyThere {
                grant: settings.grant,
            }),
            Grant::Implicit => Err(TokenError::Implicit),
            Grant::RefreshToken => Err(TokenError::Missing {
                grant: settings.grant,
                parameter: "refreshToken",
            }),
            Grant::ManagedIdentity => self.managed_identity(settings).await,
            Grant::WorkloadIdentity => self.workload_identity(settings).await,
        }
    }

    async fn refresh(
        &mut self,
        settings: &TokenSettings,
        refresh_token: &str,
        entry: &mut Entry,
    ) -> Result<Token, TokenError> {
        self.ask(entry, settings, |basic, calls| {
            settings.refresh_request(refresh_token, basic, &calls.signing())
        })
        .await
    }

    async fn exchange_form(
        &mut self,
        settings: &TokenSettings,
        form: Form,
        entry: &mut Entry,
    ) -> Result<Token, TokenError> {
        self.ask(entry, settings, |basic, calls| {
            settings.form_request(form.clone(), basic, &calls.signing())
        })
        .await
    }

    /// Sends what is made, and once more with the client's credentials in their other form if the server
    /// does not know the client by the first one.
    async fn ask(
        &mut self,
        entry: &mut Entry,
        settings: &TokenSettings,
        make: impl Fn(BasicForm, &Self) -> Result<TokenRequest, TokenError>,
    ) -> Result<Token, TokenError> {
        let first = self.read(&make(entry.basic, self)?).await;
        let is_unknown = matches!(&first, Err(error) if error.code() == Some("invalid_client"));
        if !is_unknown || entry.basic == BasicForm::Encoded || !settings.has_two_basic_forms() {
            return first;
        }
        let second = self.read(&make(BasicForm::Encoded, self)?).await;
        if second.is_ok() {
            entry.basic = BasicForm::Encoded;
        }
        second
    }

    async fn read(&mut self, request: &TokenRequest) -> Result<Token, TokenError> {
        let answered = self.call(request, is_busy).await?;
        self.learn(read_token(
            &answered.response,
            &answered.url,
            answered.asked,
        ))
    }

    /// Makes a token known as a secret, whatever form it came in.
    fn learn(&self, token: Result<Token, TokenError>) -> Result<Token, TokenError> {
        if let Ok(token) = &token {
            self.secrets.add(&token.access_token);
            if let Some(refresh_token) = &token.refresh_token {
                self.secrets.add(refresh_token);
            }
        }
        token
    }

    async fn device(
        &mut self,
        settings: &TokenSettings,
        entry: &mut Entry,
    ) -> Result<Token, TokenError> {
        let request = settings.device_request(entry.basic, &self.signing())?;
        let answered = self.call(&request, is_busy).await?;
        let code = DeviceCode::read(&answered.response, &answered.url)?;
        self.secrets.add(&code.device_code);
        (self.person.tell)(&code.instructions());
        let began = self.clock.now();
        let mut interval = code.interval;
        loop {
            self.wait(interval).await?;
            let asked = self.exchange_form(settings, code.form(), entry).await;
            let error = match asked {
                Ok(token) => return Ok(token),
                Err(error) => error,
            };
            match Poll::after(error, interval) {
                Poll::After(next) => interval = next,
                Poll::End(error) => return Err(error),
            }
            let waited = self.clock.now().duration_since(began).unwrap_or_default();
            if waited > code.lifetime {
                return Err(timed_out(code.lifetime));
            }
        }
    }

    async fn managed_identity(&mut self, settings: &TokenSettings) -> Result<Token, TokenError> {
        let identity = settings.managed_identity(self.platform)?;
        let header = identity.request.request.headers.first();
        if let Some(header) = header.filter(|field| !field.is("metadata")) {
            self.secrets.add(&header.value);
        }
        let url = identity.request.request.url.clone();
        let call = self.call(&identity.request, is_metadata_busy);
        let answered = match tokio::time::timeout(identity.limit, call).await {
            Ok(answered) => answered?,
            Err(_) => {
                return Err(TokenError::Unreachable {
                    url: format!("{}://{}", url.scheme, url.authority()),
                    reason: format!("no answer within {} s", identity.limit.as_secs()),
                });
            }
        };
        self.learn(read_token(
            &answered.response,
            &answered.url,
            answered.asked,
        ))
    }

    /// The platform renews its token about hourly, so the file is read each time.
    async fn workload_identity(&mut self, settings: &TokenSettings) -> Result<Token, TokenError> {
        let federation = settings.federation(self.platform)?;
        let path = &federation.token_file;
        let unreadable = |reason: String| TokenError::UnreadableFederatedToken {
            path: path.clone(),
            reason,
        };
        let bytes = read_bytes(Path::new(path)).map_err(|error| unreadable(error.to_string()))?;
        let token = String::from_utf8(bytes).map_err(|error| unreadable(error.to_string()))?;
        self.read(&settings.federated_request(&federation, &token)?)
            .await
    }
}

/// Nobody logged in.
pub(super) fn timed_out(limit: Duration) -> TokenError {
    TokenError::LoginTimedOut {
        seconds: limit.as_secs(),
    }
}
