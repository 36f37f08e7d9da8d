//! Compiling JavaScript to bytecode and bringing bytecode to life, the only module with `unsafe` code;
//! for that reason it also copies the bytes of arrays.
//!
//! The bindings can do this for modules only, which are strict; libraries of scripts need sloppy code.
//! Bytecode never leaves the process that made it, so that damaged or foreign bytecode cannot occur.
#![expect(
    unsafe_code,
    reason = "the safe bindings have no calls for bytecode of scripts and the bytes of arrays"
)]

use std::ffi::CString;
use std::mem::MaybeUninit;

use rquickjs::{Ctx, Error, Result, TypedArray, Value, qjs};

/// Compiles a script without running it.
///
/// # Errors
///
/// A syntax error is thrown in the context.
pub(super) fn compile(ctx: &Ctx<'_>, name: &str, source: &str) -> Result<Vec<u8>> {
    let name = CString::new(name)?;
    let text = CString::new(source)?;
    let raw = ctx.as_raw().as_ptr();
    let flags = qjs::JS_EVAL_TYPE_GLOBAL | qjs::JS_EVAL_FLAG_COMPILE_ONLY;
    // SAFETY: the context is alive, both texts end with a zero byte and outlive the call.
    let compiled = unsafe {
        qjs::JS_Eval(
            raw,
            text.as_ptr(),
            source.len() as _,
            name.as_ptr(),
            flags as i32,
        )
    };
    write(ctx, &take(ctx, compiled)?)
}

/// Takes the ownership of a fresh value, or tells that the engine has thrown.
fn take<'js>(ctx: &Ctx<'js>, raw: qjs::JSValue) -> Result<Value<'js>> {
    // SAFETY: only looks at the tag.
    if unsafe { qjs::JS_IsException(raw) } {
        return Err(Error::Exception);
    }
    // SAFETY: the engine has handed over the ownership, and the value belongs to this context.
    Ok(unsafe { Value::from_raw(ctx.clone(), raw) })
}

fn write(ctx: &Ctx<'_>, compiled: &Value<'_>) -> Result<Vec<u8>> {
    let raw = ctx.as_raw().as_ptr();
    // Without the source text, which every function would carry a copy of.
    let flags = qjs::JS_WRITE_OBJ_BYTECODE | qjs::JS_WRITE_OBJ_STRIP_SOURCE;
    let mut length = MaybeUninit::uninit();
    // SAFETY: the value belongs to this context; the engine writes the length before it returns.
    let buffer =
        unsafe { qjs::JS_WriteObject(raw, length.as_mut_ptr(), compiled.as_raw(), flags as i32) };
    if buffer.is_null() {
        return Err(Error::Exception);
    }
    // SAFETY: the buffer is not null, so that the engine has set the length and filled as many bytes.
    let bytes =
        unsafe { std::slice::from_raw_parts(buffer, length.assume_init() as usize) }.to_vec();
    // SAFETY: the buffer came from this context's allocator and is not used any more.
    unsafe { qjs::js_free(raw, buffer.cast()) };
    Ok(bytes)
}

/// Runs bytecode that [`compile`] made in this process and gives the value of its last expression.
///
/// # Errors
///
/// What the code throws is thrown in the context.
pub(super) fn run<'js>(ctx: &Ctx<'js>, bytecode: &[u8]) -> Result<Value<'js>> {
    let raw = ctx.as_raw().as_ptr();
    // SAFETY: the bytes were written by the same version of the engine in this process.
    let function = unsafe {
        qjs::JS_ReadObject(
            raw,
            bytecode.as_ptr(),
            bytecode.len() as _,
            qjs::JS_READ_OBJ_BYTECODE as i32,
        )
    };
    // SAFETY: only looks at the tag.
    if unsafe { qjs::JS_IsException(function) } {
        return Err(Error::Exception);
    }
    // SAFETY: `JS_EvalFunction` takes the ownership of the function.
    take(ctx, unsafe { qjs::JS_EvalFunction(raw, function) })
}

/// A copy of an array's bytes; an array whose buffer is gone has none.
pub(super) fn bytes_of(array: &TypedArray<'_, u8>) -> Vec<u8> {
    // SAFETY: no JavaScript runs between taking the slice and copying it.
    unsafe { array.as_bytes() }.unwrap_or_default().to_vec()
}
