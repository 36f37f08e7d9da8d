//! From what a script threw to what a report says.

use std::fmt;

use rquickjs::{Coerced, Ctx, FromJs, Result, Value as JsValue};

use super::place::frame_in;
use super::session::Session;
use super::value::Text;
use crate::record::{
    Assertion, AssertionError, AssertionOutcome, ScriptError, ScriptKind, ScriptPlace,
};

/// Something thrown, read while it can still be read.
pub(super) struct Thrown {
    name: String,
    message: String,
    stack: String,
    actual: Option<String>,
    expected: Option<String>,
}

impl Thrown {
    /// An error of our own, which has no place.
    pub(super) fn new(name: &str, message: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            message: message.into(),
            stack: String::new(),
            actual: None,
            expected: None,
        }
    }

    /// The same error with a place.
    pub(super) fn at(self, stack: String) -> Self {
        Self { stack, ..self }
    }

    /// Reads a thrown value; getters that throw in turn count as absent.
    pub(super) fn read<'js>(ctx: &Ctx<'js>, value: JsValue<'js>) -> Self {
        let Some(object) = value.as_object() else {
            let message = Coerced::<String>::from_js(ctx, value);
            return Self::new(
                "Error",
                message.map_or_else(|_| "?".to_owned(), |text| text.0),
            );
        };
        let text = |key: &str| {
            let found = object.get::<_, JsValue<'js>>(key);
            // Forget what a getter threw.
            let found = found.inspect_err(|_| drop(ctx.catch())).ok()?;
            found
                .is_string()
                .then(|| Text::from_js(ctx, found).ok())
                .flatten()
                .map(|text| text.0)
        };
        Self {
            name: text("name").unwrap_or_else(|| "Error".to_owned()),
            message: text("message").unwrap_or_else(|| json(ctx, &value)),
            stack: text("stack").unwrap_or_default(),
            actual: text("actualText"),
            expected: text("expectedText"),
        }
    }
}

/// A thrown object that is no error is told by its content.
fn json<'js>(ctx: &Ctx<'js>, value: &JsValue<'js>) -> String {
    let text = ctx
        .json_stringify(value.clone())
        .inspect_err(|_| drop(ctx.catch()));
    let text = text
        .ok()
        .flatten()
        .and_then(|text| Text::from_js(ctx, text.into_value()).ok());
    text.map_or_else(|| "[object]".to_owned(), |text| text.0)
}

impl fmt::Display for Thrown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.name, self.message)
    }
}

impl<'js> FromJs<'js> for Thrown {
    fn from_js(ctx: &Ctx<'js>, value: JsValue<'js>) -> Result<Self> {
        Ok(Self::read(ctx, value))
    }
}

/// What failed outside of assertions.
pub(super) fn script_error(session: &Session, thrown: Thrown) -> ScriptError {
    let place = place(session, &thrown.stack);
    ScriptError {
        name: thrown.name,
        message: thrown.message,
        place,
    }
}

/// A test that failed.
pub(super) fn assertion(
    session: &Session,
    index: usize,
    name: String,
    thrown: Thrown,
) -> Assertion {
    let place = place(session, &thrown.stack);
    let Thrown {
        name: class,
        message,
        actual,
        expected,
        ..
    } = thrown;
    let error = AssertionError {
        name: class,
        message,
        actual,
        expected,
    };
    Assertion {
        name,
        index,
        outcome: AssertionOutcome::Failed(error),
        place,
    }
}

/// What is wrong with a script that was only compiled, so that the session does not know whose it is.
pub(super) fn syntax_error(
    session: &Session,
    kind: ScriptKind,
    owner: &str,
    thrown: Thrown,
) -> ScriptError {
    let place = place_of(session, kind, owner, &thrown.stack);
    ScriptError {
        name: thrown.name,
        message: thrown.message,
        place,
    }
}

fn place(session: &Session, stack: &str) -> Option<ScriptPlace> {
    let context = session.context()?;
    place_of(session, context.kind, &context.owner, stack)
}

fn place_of(session: &Session, kind: ScriptKind, owner: &str, stack: &str) -> Option<ScriptPlace> {
    let frame = frame_in(stack, &session.file, &session.source)?;
    let source_line = session
        .source
        .lines()
        .nth(frame.line.saturating_sub(1) as usize)?;
    Some(ScriptPlace {
        kind,
        owner: owner.to_owned(),
        line: frame.line,
        column: frame.column,
        source_line: source_line.to_owned(),
    })
}
