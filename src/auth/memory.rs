//! What servers have asked for, so that later requests need not be refused first.

use std::collections::HashMap;

use crate::collection::{Auth, AuthParameters};
use crate::http::RequestUrl;
use crate::variables::Dialect;

/// What was learnt during a run, by the place where the authorization stands and the server.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    learnt: HashMap<(String, String), AuthParameters>,
}

impl Memory {
    /// What was learnt of an authorization, by the name of the place where it stands.
    ///
    /// What one server asked says nothing about another one. newman does not tell them apart.
    pub(crate) fn recall(&self, place: &str, url: &RequestUrl, dialect: Dialect) -> AuthParameters {
        self.learnt
            .get(&key(place, url, dialect))
            .cloned()
            .unwrap_or_default()
    }

    /// Keeps what was learnt.
    pub(crate) fn keep(
        &mut self,
        place: &str,
        url: &RequestUrl,
        dialect: Dialect,
        learnt: AuthParameters,
    ) {
        if !learnt.is_empty() {
            self.learnt.insert(key(place, url, dialect), learnt);
        }
    }
}

/// Puts later parameters in place of earlier ones of the same name; null removes one.
pub(crate) fn merge(learnt: &mut AuthParameters, later: AuthParameters) {
    for (key, value) in later {
        learnt.retain(|(known, _)| *known != key);
        if !value.is_null() {
            learnt.push((key, value));
        }
    }
}

/// The authorization together with what was learnt, which wins. In newman the user's parameters win.
pub(crate) fn with_learnt(auth: &Auth, learnt: &AuthParameters, dialect: Dialect) -> Auth {
    let is_given = |key: &str| {
        let own = auth.parameters.iter().rev().find(|(name, _)| name == key);
        own.is_some_and(|(_, value)| !value.is_null() && value != "")
    };
    let mut complete = auth.clone();
    complete.parameters.extend(
        learnt
            .iter()
            .filter(|(key, _)| dialect == Dialect::Postrider || !is_given(key))
            .cloned(),
    );
    complete
}

fn key(place: &str, url: &RequestUrl, dialect: Dialect) -> (String, String) {
    let origin = match dialect {
        Dialect::Postrider => format!("{}://{}:{}", url.scheme, url.host, url.effective_port()),
        Dialect::Newman => String::new(),
    };
    (place.to_owned(), origin)
}
