//! Credentials that stand in the collection itself.

use crate::auth::learn_credentials;
use crate::plan::RunPlan;
use crate::redact::Secrets;

/// Makes the credentials that are written into a collection known as secrets, from a plan of all its items.
///
/// The definition of the collection is reported before any request is signed, so what is written into
/// it has to be known by then; requests that are not selected are part of it too.
pub(super) fn learn_written_credentials(everything: &RunPlan, secrets: &Secrets) {
    for item in &everything.items {
        let auth = item.request.auth.iter().chain(&item.auth);
        auth.for_each(|auth| learn_credentials(auth, secrets));
        if let Some((_, Some(password))) = &item.request.url.user_info
            && !password.contains("{{")
        {
            secrets.add(password);
        }
    }
}
