//! Scripts that were compiled before, because most of them run once in each iteration.

use std::collections::HashMap;
use std::rc::Rc;

use rquickjs::{Ctx, Function, Persistent, Result};

/// How much text is remembered, in bytes. The engine keeps a few times as much for it.
const CAPACITY: usize = 4 << 20;

/// The bodies of scripts by their text.
#[derive(Default)]
pub(super) struct ScriptCache {
    bodies: HashMap<Rc<str>, Body>,
    size_bytes: usize,
}

/// A compiled script and the name under which the engine knows its text.
#[derive(Clone)]
pub(super) struct Body {
    function: Persistent<Function<'static>>,
    pub(super) file: Rc<str>,
}

impl Body {
    /// The function that runs the script, each time with fresh names.
    pub(super) fn function<'js>(&self, ctx: &Ctx<'js>) -> Result<Function<'js>> {
        self.function.clone().restore(ctx)
    }
}

impl ScriptCache {
    /// The body of the script with this text.
    pub(super) fn get(&self, source: &str) -> Option<Body> {
        self.bodies.get(source).cloned()
    }

    /// Remembers a body, and forgets all others when there is no room left.
    pub(super) fn add<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        source: &str,
        file: &str,
        function: Function<'js>,
    ) {
        if source.len() > CAPACITY {
            return;
        }
        if self.size_bytes + source.len() > CAPACITY {
            self.bodies.clear();
            self.size_bytes = 0;
        }
        self.size_bytes += source.len();
        let body = Body {
            function: Persistent::save(ctx, function),
            file: file.into(),
        };
        self.bodies.insert(source.into(), body);
    }
}
