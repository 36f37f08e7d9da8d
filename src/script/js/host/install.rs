//! Making the object of host functions.

use rquickjs::{Ctx, Object, Result};

use super::super::session::Shared;
use super::{
    call, console, crypto, error, facts, library, response, time_zone, timer, variables, web,
};

/// An object with every host function.
pub(in crate::script::js) fn host_object<'js>(
    ctx: &Ctx<'js>,
    session: &Shared,
) -> Result<Object<'js>> {
    let host = Object::new(ctx.clone())?;
    for install in [
        call::install,
        console::install,
        crypto::install,
        error::install,
        facts::install,
        library::install,
        response::install,
        time_zone::install,
        timer::install,
        variables::install,
        web::install,
    ] {
        install(ctx, &host, session)?;
    }
    Ok(host)
}
