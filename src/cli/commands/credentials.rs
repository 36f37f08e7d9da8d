//! Credentials that stand in the collection itself.

use crate::auth::learn_credentials;
use crate::cli::error::Error;
use crate::collection::Collection;
use crate::plan::{Selection, plan};
use crate::redact::Secrets;
use crate::variables::Dialect;

/// Makes the credentials that are written into a collection known as secrets.
///
/// The definition of the collection is reported before any request is signed, so what is written into
/// it has to be known by then; requests that are not selected are part of it too.
pub(super) fn learn_written_credentials(
    collection: &Collection,
    secrets: &Secrets,
) -> Result<(), Error> {
    for item in plan(collection, &Selection::default(), Dialect::Newman)?.items {
        let auth = item.request.auth.iter().chain(&item.auth);
        auth.for_each(|auth| learn_credentials(auth, secrets));
        if let Some((_, Some(password))) = &item.request.url.user_info
            && !password.contains("{{")
        {
            secrets.add(password);
        }
    }
    Ok(())
}
