//! `{{#each list}}` and `{{#list}}`, which come to an end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use handlebars::{
    BlockContext, BlockParams, Context, Handlebars, Helper, HelperDef, HelperResult, Output,
    RenderContext, RenderErrorReason, Renderable,
};
use serde_json::{Value, json};

/// So many rounds of all loops together.
const ROUNDS: u64 = 200_000;

/// Puts these loops in the place of the engine's own.
pub(super) fn register_loops(engine: &mut Handlebars<'_>) {
    let rounds = Arc::new(AtomicU64::new(0));
    let each = Each {
        rounds: Arc::clone(&rounds),
    };
    engine.register_helper("each", Box::new(each));
    engine.register_helper("blockHelperMissing", Box::new(Section { rounds }));
}

/// `{{#each list}}`; the same as the engine's, but counted.
struct Each {
    rounds: Arc<AtomicU64>,
}

impl HelperDef for Each {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        output: &mut dyn Output,
    ) -> HelperResult {
        let parameter = helper
            .param(0)
            .ok_or(RenderErrorReason::ParamNotFoundForIndex("each", 0))?;
        let subject = Subject {
            value: parameter.value(),
            path: parameter.context_path(),
        };
        let rounds = &self.rounds;
        each(&subject, rounds, helper, engine, context, state, output)
    }
}

/// `{{#name}}` for a name that is no helper: a loop for a list, a condition for a boolean, else the
/// context of the block (handlebars.js 4, `lib/handlebars/helpers/block-helper-missing.js`).
struct Section {
    rounds: Arc<AtomicU64>,
}

impl HelperDef for Section {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        output: &mut dyn Output,
    ) -> HelperResult {
        if helper.param(0).is_some() {
            return Err(RenderErrorReason::HelperNotFound(helper.name().to_owned()).into());
        }
        let found = state.evaluate(context, helper.name())?;
        let path = found.context_path().cloned();
        let subject = Subject {
            value: found.as_json(),
            path: path.as_ref(),
        };
        match subject.value {
            Value::Array(_) => {
                let rounds = &self.rounds;
                each(&subject, rounds, helper, engine, context, state, output)
            }
            Value::Null | Value::Bool(false) => otherwise(helper, engine, context, state, output),
            Value::Bool(true) => match helper.template() {
                Some(template) => template.render(engine, context, state, output),
                None => Ok(()),
            },
            _ => {
                state.push_block(subject.block());
                let result = match helper.template() {
                    Some(template) => template.render(engine, context, state, output),
                    None => Ok(()),
                };
                state.pop_block();
                result
            }
        }
    }
}

/// What a loop goes over, and where in the data it is, if it is there.
struct Subject<'value> {
    value: &'value Value,
    path: Option<&'value Vec<String>>,
}

impl<'value> Subject<'value> {
    fn block<'rc>(&self) -> BlockContext<'rc> {
        let mut block = BlockContext::new();
        match self.path {
            Some(path) => block.base_path_mut().clone_from(path),
            None => block.set_base_value(self.value.clone()),
        }
        block
    }

    fn members(&self) -> Vec<(Value, String, &'value Value)> {
        match self.value {
            Value::Array(elements) => elements
                .iter()
                .enumerate()
                .map(|(index, element)| (json!(index), index.to_string(), element))
                .collect(),
            Value::Object(members) => members
                .iter()
                .map(|(key, member)| (json!(key), key.clone(), member))
                .collect(),
            _ => Vec::new(),
        }
    }
}

fn each<'reg: 'rc, 'rc>(
    subject: &Subject<'_>,
    rounds: &AtomicU64,
    helper: &Helper<'rc>,
    engine: &'reg Handlebars<'reg>,
    context: &'rc Context,
    state: &mut RenderContext<'reg, 'rc>,
    output: &mut dyn Output,
) -> HelperResult {
    let members = subject.members();
    let Some(template) = helper.template() else {
        return Ok(());
    };
    if members.is_empty() {
        return otherwise(helper, engine, context, state, output);
    }
    let count = members.len();
    state.push_block(subject.block());
    for (index, (key, step, value)) in members.into_iter().enumerate() {
        if rounds.fetch_add(1, Ordering::Relaxed) >= ROUNDS {
            let message = format!("the loops take more than {ROUNDS} rounds");
            return Err(RenderErrorReason::Other(message).into());
        }
        if let Some(block) = state.block_mut() {
            block.set_local_var("first", json!(index == 0));
            block.set_local_var("last", json!(index + 1 == count));
            block.set_local_var("index", json!(index));
            block.set_local_var("key", key.clone());
            match subject.path {
                Some(path) => {
                    let mut path = path.clone();
                    path.push(step);
                    *block.base_path_mut() = path;
                }
                None => block.set_base_value(value.clone()),
            }
            block.set_block_params(parameters(helper, subject, key, value)?);
        }
        template.render(engine, context, state, output)?;
    }
    state.pop_block();
    Ok(())
}

/// `as |item|` and `as |item index|`.
fn parameters<'rc>(
    helper: &Helper<'rc>,
    subject: &Subject<'_>,
    key: Value,
    value: &Value,
) -> Result<BlockParams<'rc>, handlebars::RenderError> {
    let mut parameters = BlockParams::new();
    let (item, index) = match (helper.block_param(), helper.block_param_pair()) {
        (Some(item), _) => (item, None),
        (None, Some((item, index))) => (item, Some(index)),
        (None, None) => return Ok(parameters),
    };
    match subject.path {
        Some(_) => parameters.add_path(item, Vec::new())?,
        None => parameters.add_value(item, value.clone())?,
    }
    if let Some(index) = index {
        parameters.add_value(index, key)?;
    }
    Ok(parameters)
}

fn otherwise<'reg: 'rc, 'rc>(
    helper: &Helper<'rc>,
    engine: &'reg Handlebars<'reg>,
    context: &'rc Context,
    state: &mut RenderContext<'reg, 'rc>,
    output: &mut dyn Output,
) -> HelperResult {
    match helper.inverse() {
        Some(template) => template.render(engine, context, state, output),
        None => Ok(()),
    }
}
