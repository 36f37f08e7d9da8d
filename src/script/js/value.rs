//! Variables as JavaScript sees them, and JavaScript values as variables.

use rquickjs::function::This;
use rquickjs::{Ctx, FromJs, Function, IntoJs, Object, Result, TypedArray, Value as JsValue};
use serde_json::{Number, Value as Json};

use super::bytecode;
use crate::variables::{Value, VariableKind, javascript_number};

/// The largest integer up to which a double has no gaps.
const LARGEST_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Hands a variable to JavaScript with the cast that its declared type asks for.
pub(super) fn to_js<'js>(
    ctx: &Ctx<'js>,
    value: &Value,
    kind: VariableKind,
) -> Result<JsValue<'js>> {
    match kind {
        VariableKind::String => value.to_text().into_js(ctx),
        VariableKind::Number => number_of(value).into_js(ctx),
        VariableKind::Boolean => is_truthy(value).into_js(ctx),
        VariableKind::Array | VariableKind::Object => structure_of(ctx, value),
        VariableKind::Any | VariableKind::Secret => plain(ctx, value),
    }
}

fn plain<'js>(ctx: &Ctx<'js>, value: &Value) -> Result<JsValue<'js>> {
    match value {
        Value::Undefined => Ok(JsValue::new_undefined(ctx.clone())),
        Value::Null => Ok(JsValue::new_null(ctx.clone())),
        Value::Bool(flag) => flag.into_js(ctx),
        Value::Number(number) | Value::WrittenNumber { number, .. } => number.as_f64().into_js(ctx),
        Value::String(text) => text.as_str().into_js(ctx),
        Value::Structure(structure) => ctx.json_parse(structure.to_string()),
    }
}

/// A text that is no JSON gives undefined, as in newman 6.2.2.
fn structure_of<'js>(ctx: &Ctx<'js>, value: &Value) -> Result<JsValue<'js>> {
    match value {
        Value::String(text) => match serde_json::from_str::<Json>(text) {
            Ok(json) => plain(ctx, &Value::from_json(json)),
            Err(_) => Ok(JsValue::new_undefined(ctx.clone())),
        },
        other => plain(ctx, other),
    }
}

/// What `Number(value)` gives.
fn number_of(value: &Value) -> f64 {
    match value {
        Value::Undefined | Value::Structure(_) => f64::NAN,
        Value::Null => 0.0,
        Value::Bool(flag) => f64::from(u8::from(*flag)),
        Value::Number(number) | Value::WrittenNumber { number, .. } => {
            number.as_f64().unwrap_or(f64::NAN)
        }
        Value::String(text) => javascript_number(text),
    }
}

/// What `Boolean(value)` gives; the text `false` is true, as in newman 6.2.2.
fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Undefined | Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(number) | Value::WrittenNumber { number, .. } => {
            number.as_f64().is_some_and(|number| number != 0.0)
        }
        Value::String(text) => !text.is_empty(),
        Value::Structure(_) => true,
    }
}

/// Takes a simple value over; anything else counts as undefined.
pub(super) fn from_js<'js>(ctx: &Ctx<'js>, value: JsValue<'js>) -> Result<Value> {
    Ok(if value.is_null() {
        Value::Null
    } else if let Some(flag) = value.as_bool() {
        Value::Bool(flag)
    } else if let Some(number) = value.as_number() {
        number_to_value(number)
    } else if value.is_string() {
        Value::String(Text::from_js(ctx, value)?.0)
    } else {
        Value::Undefined
    })
}

/// JSON has no NaN and no infinity; Postman passes null in their place.
fn number_to_value(number: f64) -> Value {
    let is_integer = number.fract() == 0.0 && number.abs() <= LARGEST_SAFE_INTEGER;
    if is_integer {
        return Value::Number((number as i64).into());
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// A text from JavaScript, in which halves of surrogate pairs become the replacement character.
pub(super) struct Text(pub(super) String);

impl<'js> FromJs<'js> for Text {
    fn from_js(ctx: &Ctx<'js>, value: JsValue<'js>) -> Result<Self> {
        let string = rquickjs::String::from_value(value)?;
        if let Ok(text) = string.to_string() {
            return Ok(Self(text));
        }
        let class: Object<'js> = ctx.globals().get("String")?;
        let prototype: Object<'js> = class.get("prototype")?;
        let repair: Function<'js> = prototype.get("toWellFormed")?;
        repair.call((This(string),)).map(Self)
    }
}

/// Bytes from JavaScript, out of an `Uint8Array`.
pub(super) struct Bytes(pub(super) Vec<u8>);

impl<'js> FromJs<'js> for Bytes {
    fn from_js(ctx: &Ctx<'js>, value: JsValue<'js>) -> Result<Self> {
        let array = TypedArray::from_js(ctx, value)?;
        Ok(Self(bytecode::bytes_of(&array)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_number_reads_texts_as_javascript_does() {
        let cases = [
            ("7", 7.0),
            (" 1.5 ", 1.5),
            ("1e3", 1000.0),
            ("0x1f", 31.0),
            ("", 0.0),
        ];

        for (text, number) in cases {
            assert_eq!(number_of(&text.into()), number, "{text}");
        }
        for text in ["7x", "inf", "nan", "one"] {
            assert!(number_of(&text.into()).is_nan(), "{text}");
        }
    }
}
