//! The page around the packets.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use handlebars::{
    BlockContext, Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext,
    RenderError, RenderErrorReason, Renderable, Template,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::figures::Grouped;
use super::packet::{Packets, unpack};
use super::template::{Failure, engine, render};

/// The template that is used when nobody gives another one.
pub(super) const PAGE: &str = include_str!("assets/page.hbs");
const STYLE: &str = include_str!("assets/page.css");
/// One script in several files; each ends with a line break.
const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("assets/data.js"),
    include_str!("assets/elements.js"),
    include_str!("assets/bars.js"),
    include_str!("assets/filter.js"),
    include_str!("assets/charts.js"),
    include_str!("assets/highlight.js"),
    include_str!("assets/curl.js"),
    include_str!("assets/detail.js"),
    include_str!("assets/lists.js"),
    include_str!("assets/main.js"),
    "})();\n"
);

/// What was put aside during the run.
#[derive(Debug)]
pub(super) struct Packed {
    pub(super) rows: Packets,
    pub(super) details: Packets,
}

/// Fills the template in with the facts about the run and the packets.
pub(super) fn write_page(
    template: Template,
    facts: &Value,
    packed: Packed,
    output: &mut dyn Write,
) -> Result<(), Failure> {
    let packed = Arc::new(Mutex::new(packed));
    let mut data = facts.clone();
    data["style"] = json!(STYLE);
    data["script"] = json!(SCRIPT);
    data["policy"] = json!(policy());
    let mut engine = engine();
    let run = embedded_json(facts).map_err(Failure::Write)?;
    let blocks = DataBlocks {
        run,
        packed: Arc::clone(&packed),
    };
    engine.register_helper("data", Box::new(blocks));
    engine.register_helper("grouped", Box::new(Grouped));
    engine.register_helper("requests", Box::new(Requests { packed }));
    render(engine, template, data, output)
}

/// What the page may do: run its one script, style itself and show pictures that are inside it.
///
/// Frames made of text inherit it, so that a drawing cannot load anything either. Styles are free because
/// drawings bring their own, and nothing of what an API answers can become a style of the page.
fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(SCRIPT));
    format!(
        "default-src 'none'; script-src 'sha256-{hash}'; style-src 'unsafe-inline'; img-src data:; \
         base-uri 'none'; form-action 'none'"
    )
}

/// JSON that cannot end the element it stands in.
fn embedded_json(value: &Value) -> io::Result<String> {
    Ok(serde_json::to_string(value)?.replace('<', "\\u003c"))
}

/// `{{{data}}}`: the elements that hold the data of the page's script.
struct DataBlocks {
    run: String,
    packed: Arc<Mutex<Packed>>,
}

impl HelperDef for DataBlocks {
    fn call<'reg: 'rc, 'rc>(
        &self,
        _: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        output: &mut dyn Output,
    ) -> HelperResult {
        output.write("<script type=\"application/json\" id=\"run\">")?;
        output.write(&self.run)?;
        output.write("</script>\n")?;
        let mut packed = lock(&self.packed)?;
        write_packets("rows", &mut packed.rows, output)?;
        write_packets("details", &mut packed.details, output)?;
        Ok(())
    }
}

fn write_packets(class: &str, packets: &mut Packets, output: &mut dyn Output) -> io::Result<()> {
    packets.for_each(&mut |packet| {
        output.write("<script type=\"text/plain\" class=\"")?;
        output.write(class)?;
        output.write("\">")?;
        output.write(packet)?;
        output.write("</script>\n")
    })
}

/// The packets are read from one place at a time.
fn lock(packed: &Mutex<Packed>) -> Result<MutexGuard<'_, Packed>, RenderError> {
    match packed.try_lock() {
        Ok(packed) => Ok(packed),
        Err(TryLockError::Poisoned(error)) => Ok(error.into_inner()),
        Err(TryLockError::WouldBlock) => {
            let message = "`requests` and `data` cannot stand inside `requests`".to_owned();
            Err(RenderErrorReason::Other(message).into())
        }
    }
}

/// `{{#requests}}...{{/requests}}`: the block once for each item, with its details as the context.
struct Requests {
    packed: Arc<Mutex<Packed>>,
}

impl HelperDef for Requests {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        output: &mut dyn Output,
    ) -> HelperResult {
        let Some(template) = helper.template() else {
            return Ok(());
        };
        let mut packed = lock(&self.packed)?;
        let mut failed = None;
        let mut index = 0;
        state.push_block(BlockContext::new());
        let read = packed.details.for_each(&mut |packet| {
            for record in unpack(packet)? {
                if let Some(block) = state.block_mut() {
                    block.set_local_var("index", json!(index));
                    block.set_base_value(record);
                }
                index += 1;
                template
                    .render(engine, context, state, output)
                    .map_err(|error| {
                        failed = Some(error);
                        io::Error::other("the template failed")
                    })?;
            }
            Ok(())
        });
        state.pop_block();
        match failed {
            Some(error) => Err(error),
            None => Ok(read?),
        }
    }
}
