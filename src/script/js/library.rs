//! The JavaScript libraries that scripts can `require`.
//!
//! They are embedded as deflated source. Each one is compiled once per process, when it is first asked
//! for, and every engine starts it from that bytecode.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rquickjs::{Context, Ctx, Result, Runtime};

use super::{bytecode, prelude};

include!(concat!(env!("OUT_DIR"), "/chunks.rs"));

/// What each chunk is wrapped in; names that libraries expect of their surroundings are parameters, so
/// that scripts do not see them.
const OPENING: &str =
    "(function (require, module, exports, global, globalThis, self, process, crypto) {";
const CLOSING: &str = "\n})";

type Cell = Arc<OnceLock<Option<Arc<[u8]>>>>;

/// One cell for each library, so that two threads that need the same one compile it once.
static COMPILED: Mutex<Option<HashMap<&'static str, Cell>>> = Mutex::new(None);

/// The licences of all packages that are part of the program, as one text.
pub(crate) fn licenses() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| inflate(LICENCES))
}

/// Whether there is a library of that name.
pub(super) fn exists(name: &str) -> bool {
    source(name).is_some()
}

/// The bytecode of a library or of a part of the prelude.
///
/// # Errors
///
/// There is none of that name, or it does not compile for want of memory.
pub(super) fn bytecode(ctx: &Ctx<'_>, name: &str) -> Result<Arc<[u8]>> {
    let Some((name, _)) = source(name) else {
        return Err(rquickjs::Exception::throw_message(
            ctx,
            &format!("there is no library {name}"),
        ));
    };
    let cell = {
        let mut table = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(table.get_or_insert_default().entry(name).or_default())
    };
    match cell.get_or_init(|| compile(name)) {
        Some(bytes) => Ok(Arc::clone(bytes)),
        None => Err(rquickjs::Exception::throw_internal(
            ctx,
            &format!("cannot compile {name}"),
        )),
    }
}

/// Starts compiling what nearly every script needs, while the collection is still being read.
pub(super) fn warm_up() {
    static STARTED: OnceLock<()> = OnceLock::new();
    STARTED.get_or_init(|| {
        let helper = std::thread::Builder::new().name("script libraries".to_owned());
        // Without the helper the first script compiles the library itself.
        let _ = helper.spawn(|| {
            if let Ok(runtime) = Runtime::new()
                && let Ok(context) = Context::full(&runtime)
            {
                let _ = context.with(|ctx| bytecode(&ctx, "chai").map(drop));
            }
        });
    });
}

/// An engine of its own has no limits that a script could have used up.
fn compile(name: &str) -> Option<Arc<[u8]>> {
    let runtime = Runtime::new().ok()?;
    runtime.set_max_stack_size(0);
    let context = Context::full(&runtime).ok()?;
    let (_, source) = source(name)?;
    context.with(|ctx| {
        bytecode::compile(
            &ctx,
            &format!("{}{name}", prelude::OWN_FILES),
            &source.text(),
        )
        .ok()
        .map(Arc::from)
    })
}

enum Source {
    Chunk(&'static [u8]),
    Prelude(&'static str),
}

impl Source {
    fn text(&self) -> String {
        match self {
            Self::Chunk(deflated) => format!("{OPENING}{}{CLOSING}", inflate(deflated)),
            Self::Prelude(text) => (*text).to_owned(),
        }
    }
}

fn source(name: &str) -> Option<(&'static str, Source)> {
    if let Some((name, text)) = parts().find(|(part, _)| *part == name) {
        return Some((name, Source::Prelude(text)));
    }
    let (name, deflated) = CHUNKS.iter().find(|(chunk, _)| *chunk == name)?;
    Some((name, Source::Chunk(deflated)))
}

fn parts() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    prelude::PARTS.iter().chain(prelude::LATER_PARTS)
}

fn inflate(deflated: &[u8]) -> String {
    miniz_oxide::inflate::decompress_to_vec(deflated)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}
