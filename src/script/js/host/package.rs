//! Packages for `pm.require`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use rquickjs::function::Func;
use rquickjs::{Ctx, Exception, Object, Result, Value};

use super::super::bytecode;
use super::super::value::Text;
use crate::packages::Packages;

/// The names around a package's file: its `pm`, and the ones of the first sandbox, which it does not get.
const SURROUNDINGS: &str = "pm, tests, globals, environment, data, request, iteration, \
    responseBody, responseCode, responseTime, responseHeaders, responseCookies, postman, _, CryptoJS, tv4, \
    xml2Json, cheerio, Backbone";

/// The functions that know the packages of the run.
pub(in crate::script::js) fn install_packages<'js>(
    host: &Object<'js>,
    packages: &Arc<Packages>,
) -> Result<()> {
    let shared = Arc::clone(packages);
    host.set(
        "findPackage",
        Func::from(
            move |ctx: Ctx<'js>, name: Text| -> Result<Option<Object<'js>>> {
                let Some(package) = shared.find(&name.0) else {
                    return Ok(None);
                };
                let found = Object::new(ctx)?;
                found.set("name", package.name.as_str())?;
                found.set("isExternal", package.is_external())?;
                found.set("main", package.main())?;
                Ok(Some(found))
            },
        ),
    )?;
    let shared = Arc::clone(packages);
    host.set(
        "packageNames",
        Func::from(move || shared.names().map(str::to_owned).collect::<Vec<_>>()),
    )?;
    let shared = Arc::clone(packages);
    host.set(
        "findPackageFile",
        Func::from(move |name: Text, path: Text| {
            let path = shared.find(&name.0)?.find(&path.0)?;
            Some(path.to_owned())
        }),
    )?;
    let shared = Arc::clone(packages);
    host.set(
        "packageText",
        Func::from(move |name: Text, path: Text| shared.find(&name.0)?.files.get(&path.0).cloned()),
    )?;
    let shared = Arc::clone(packages);
    let compiled = RefCell::new(HashMap::new());
    host.set(
        "packageFunction",
        Func::from(move |ctx: Ctx<'js>, name: Text, path: Text| {
            function(&ctx, &shared, &compiled, name.0, path.0)
        }),
    )
}

/// Compiled code by package and path.
type Compiled = RefCell<HashMap<(String, String), Vec<u8>>>;

fn function<'js>(
    ctx: &Ctx<'js>,
    packages: &Packages,
    compiled: &Compiled,
    name: String,
    path: String,
) -> Result<Value<'js>> {
    let key = (name, path);
    if let Some(code) = compiled.borrow().get(&key) {
        return bytecode::run(ctx, code);
    }
    let (name, path) = &key;
    let Some(source) = packages
        .find(name)
        .and_then(|package| package.files.get(path))
    else {
        return Err(Exception::throw_message(ctx, "there is no such file"));
    };
    // On one line with the beginning, so that lines keep their numbers.
    let text = format!(
        "(function ({SURROUNDINGS}) {{return function (module, exports, require) {{{source}\n}};}})"
    );
    let code = bytecode::compile(ctx, &format!("{name}/{path}"), &text)?;
    let function = bytecode::run(ctx, &code)?;
    compiled.borrow_mut().insert(key, code);
    Ok(function)
}
