//! Keys of two halves, as the numbers that make them up.

use std::collections::BTreeMap;

use rquickjs::{Ctx, FromJs, Object, Result, TypedArray, Value as JsValue};

use super::super::super::value::{Bytes, Text};

/// The numbers of a key under the names that JSON Web Keys have for them (RFC 7518, 6), without zeros in
/// front for RSA and at full length for curves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Key {
    /// `RSA`, or the curve.
    pub(super) kind: String,
    numbers: BTreeMap<&'static str, Vec<u8>>,
}

/// The members that a key may have, secret ones last.
const NAMES: [&str; 10] = ["n", "e", "x", "y", "d", "p", "q", "dp", "dq", "qi"];

impl Key {
    /// A key of that kind with these numbers.
    pub(super) fn new(
        kind: &str,
        numbers: impl IntoIterator<Item = (&'static str, Vec<u8>)>,
    ) -> Self {
        Self {
            kind: kind.to_owned(),
            numbers: numbers.into_iter().collect(),
        }
    }

    /// A number of the key; empty when it has none of that name.
    pub(super) fn number(&self, name: &str) -> &[u8] {
        self.numbers.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether it is the secret half.
    pub(super) fn is_private(&self) -> bool {
        self.numbers.contains_key("d")
    }

    /// The point of a curve as it is written without compression.
    pub(super) fn point(&self) -> Vec<u8> {
        [&[4], self.number("x"), self.number("y")].concat()
    }
}

/// The key as an object of byte arrays.
pub(super) fn to_js<'js>(ctx: &Ctx<'js>, key: &Key) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("kind", key.kind.as_str())?;
    for name in NAMES {
        if let Some(number) = key.numbers.get(name) {
            object.set(name, TypedArray::<u8>::new_copy(ctx.clone(), number)?)?;
        }
    }
    Ok(object)
}

impl<'js> FromJs<'js> for Key {
    fn from_js(ctx: &Ctx<'js>, value: JsValue<'js>) -> Result<Self> {
        let object = Object::from_js(ctx, value)?;
        let kind: Text = object.get("kind")?;
        let mut key = Self::new(&kind.0, []);
        for name in NAMES {
            if let Some(number) = object.get::<_, Option<Bytes>>(name)? {
                key.numbers.insert(name, number.0);
            }
        }
        Ok(key)
    }
}
