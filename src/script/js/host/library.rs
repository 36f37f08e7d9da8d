//! Libraries for `require`.

use rquickjs::function::Func;
use rquickjs::{Ctx, Object, Result, Value};

use super::super::session::Shared;
use super::super::value::Text;
use super::super::{bytecode, library};

pub(super) fn install<'js>(_: &Ctx<'js>, host: &Object<'js>, _: &Shared) -> Result<()> {
    host.set(
        "hasLibrary",
        Func::from(|name: Text| library::exists(&name.0)),
    )?;
    host.set("library", Func::from(factory))
}

/// The function that a library is wrapped in.
fn factory<'js>(ctx: Ctx<'js>, name: Text) -> Result<Value<'js>> {
    bytecode::run(&ctx, &library::bytecode(&ctx, &name.0)?)
}
