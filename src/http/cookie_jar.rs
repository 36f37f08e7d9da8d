//! The cookies of one worker (RFC 6265), shared by its requests and scripts.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::SystemTime;

use cookie_store::{CookieDomain, CookieExpiration, CookieStore, RawCookie};
use url::Url;

use super::{CookieError, HttpResponse, JarCookie, RequestUrl, StoredCookie};

/// Stores what responses set and knows what requests send.
#[derive(Debug, Default)]
pub(super) struct CookieJar {
    store: RefCell<CookieStore>,
    /// When each cookie was first set, by domain, path and name; the store does not keep it.
    created: RefCell<HashMap<(String, String, String), SystemTime>>,
}

impl CookieJar {
    /// Takes over every `Set-Cookie` field; one that is not valid for the URL is ignored.
    pub(super) fn store_response(&self, url: &RequestUrl, response: &HttpResponse) {
        let Some(url) = to_url(url) else { return };
        let mut store = self.store.borrow_mut();
        for field in response
            .headers
            .iter()
            .filter(|field| field.is("set-cookie"))
        {
            if let Ok(cookie) = cookie_store::RawCookie::parse(field.value.clone()) {
                // A refused cookie is no failure of the response, as in every browser.
                let _refused = store.insert_raw(&cookie.into_owned(), &url);
            }
        }
        drop(store);
        self.date_new_cookies();
    }

    /// Puts in a cookie that stood in a file; one that has expired or cannot be is left out.
    pub(super) fn add(&self, cookie: &JarCookie) {
        let JarCookie { cookie, created } = cookie;
        let Ok(url) = Url::parse(&format!("https://{}/", cookie.domain)) else {
            return;
        };
        let mut raw = RawCookie::new(cookie.name.clone(), cookie.value.clone());
        raw.set_path(cookie.path.clone());
        raw.set_secure(cookie.secure);
        raw.set_http_only(cookie.http_only);
        if let Some(moment) = cookie.expires {
            raw.set_expires(time::OffsetDateTime::from(moment));
        }
        if !cookie.host_only {
            raw.set_domain(cookie.domain.clone());
        }
        let _refused = self.store.borrow_mut().insert_raw(&raw, &url);
        self.created.borrow_mut().insert(key(cookie), *created);
    }

    /// Every cookie that has not expired, in the order they were set.
    pub(super) fn all(&self) -> Vec<JarCookie> {
        self.date_new_cookies();
        let created = self.created.borrow();
        let store = self.store.borrow();
        let cookies = store.iter_unexpired().map(stored);
        let mut all: Vec<JarCookie> = cookies
            .map(|cookie| JarCookie {
                created: created
                    .get(&key(&cookie))
                    .copied()
                    .unwrap_or(SystemTime::UNIX_EPOCH),
                cookie,
            })
            .collect();
        all.sort_by_key(|cookie| cookie.created);
        all
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a cookie is dated when it is set"
    )]
    fn date_new_cookies(&self) {
        let now = SystemTime::now();
        let mut known = self.created.borrow_mut();
        // A cookie that went in between and came again is a new one.
        *known = self
            .store
            .borrow()
            .iter_unexpired()
            .map(|cookie| {
                let key = key(&stored(cookie));
                let created = known.get(&key).copied().unwrap_or(now);
                (key, created)
            })
            .collect();
    }

    /// The cookies to send, the longest path first and then the oldest (RFC 6265, 5.4).
    pub(super) fn cookies(&self, url: &RequestUrl) -> Vec<StoredCookie> {
        to_url(url).map_or_else(Vec::new, |url| self.matching(&url))
    }

    fn matching(&self, url: &Url) -> Vec<StoredCookie> {
        let store = self.store.borrow();
        let mut cookies: Vec<StoredCookie> = store.matches(url).into_iter().map(stored).collect();
        cookies.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        cookies
    }

    /// The cookies to send to a URL that a script names.
    pub(super) fn named(&self, url: &str) -> Result<Vec<StoredCookie>, CookieError> {
        Ok(self.matching(&parse(url)?))
    }

    /// Stores the cookie of a `Set-Cookie` field and gives it as it is kept.
    pub(super) fn store(&self, url: &str, set_cookie: &str) -> Result<StoredCookie, CookieError> {
        let parsed = parse(url)?;
        let refused = |reason: String| CookieError::Refused {
            cookie: set_cookie
                .split(['=', ';'])
                .next()
                .unwrap_or_default()
                .to_owned(),
            url: url.to_owned(),
            reason,
        };
        let raw = cookie_store::RawCookie::parse(set_cookie.to_owned())
            .map_err(|error| refused(error.to_string()))?;
        let cookie = cookie_store::Cookie::try_from_raw_cookie(&raw, &parsed)
            .map_err(|error| refused(error.to_string()))?
            .into_owned();
        let kept = stored(&cookie);
        self.store
            .borrow_mut()
            .insert(cookie, &parsed)
            .map_err(|error| refused(error.to_string()))?;
        Ok(kept)
    }

    /// Forgets cookies that would be sent to a URL.
    pub(super) fn remove(&self, url: &str, name: Option<&str>) -> Result<(), CookieError> {
        let found = self.named(url)?;
        let mut store = self.store.borrow_mut();
        for cookie in found {
            if name.is_none_or(|name| name == cookie.name) {
                store.remove(&cookie.domain, &cookie.path, &cookie.name);
            }
        }
        Ok(())
    }

    /// The value of the `Cookie` field, or nothing when no cookie fits.
    pub(super) fn header(&self, url: &RequestUrl) -> Option<String> {
        let pairs: Vec<String> = self
            .cookies(url)
            .into_iter()
            .map(|cookie| match cookie.name.as_str() {
                "" => cookie.value,
                name => format!("{name}={}", cookie.value),
            })
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

fn stored(cookie: &cookie_store::Cookie<'_>) -> StoredCookie {
    let (domain, host_only) = match &cookie.domain {
        CookieDomain::HostOnly(host) => (host.clone(), true),
        CookieDomain::Suffix(suffix) => (suffix.clone(), false),
        CookieDomain::NotPresent | CookieDomain::Empty => (String::new(), true),
    };
    StoredCookie {
        name: cookie.name().to_owned(),
        value: cookie.value().to_owned(),
        domain,
        host_only,
        path: String::from(&cookie.path),
        expires: match cookie.expires {
            CookieExpiration::AtUtc(moment) => Some(moment.into()),
            CookieExpiration::SessionEnd => None,
        },
        secure: cookie.secure().unwrap_or(false),
        http_only: cookie.http_only().unwrap_or(false),
    }
}

/// A URL without a scheme is one of `http`, as everywhere in Postman.
fn parse(url: &str) -> Result<Url, CookieError> {
    let parsed = match url.contains("://") {
        true => Url::parse(url),
        false => Url::parse(&format!("http://{url}")),
    };
    parsed.map_err(|_| CookieError::InvalidUrl {
        url: url.to_owned(),
    })
}

fn key(cookie: &StoredCookie) -> (String, String, String) {
    (
        cookie.domain.clone(),
        cookie.path.clone(),
        cookie.name.clone(),
    )
}

fn to_url(url: &RequestUrl) -> Option<Url> {
    Url::parse(&url.to_string()).ok()
}
