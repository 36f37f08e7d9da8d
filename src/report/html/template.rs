//! Handlebars templates that somebody else wrote, made safe to compile and to render.
//!
//! The engine follows nested blocks and partials by recursion without a limit, and loops as often as a
//! template says. So templates that nest too deep and templates with partials (which can contain
//! themselves) are refused before the engine sees them, and rendering ends after so many rounds of loops
//! and so many bytes.

use std::io::{self, Write};

use handlebars::{
    Context, Handlebars, RenderError, RenderErrorReason, Template, TemplateErrorReason,
};
use serde_json::Value;

use super::loops::register_loops;

/// Blocks, and parentheses and brackets inside an expression, may stand so deep in each other.
const DEEPEST: usize = 60;
/// A template may be so long.
const LONGEST_BYTES: usize = 4 * 1024 * 1024;
/// The engine knows templates by name.
const NAME: &str = "template";

/// Why a template cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// It is not handlebars.
    #[error("line {line}, column {column}: {reason}")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// In the engine's words.
        reason: String,
    },
    /// The engine could run out of stack.
    #[error("line {line}: more than {DEEPEST} blocks or brackets stand in each other")]
    TooDeep {
        /// Counted from 1.
        line: usize,
    },
    /// It includes other templates or defines some.
    #[error("line {line}: `{tag}` cannot be used, as there are no partials and decorators here")]
    Partial {
        /// Counted from 1.
        line: usize,
        /// The beginning of the expression.
        tag: String,
    },
    /// It is too long.
    #[error("it is longer than {LONGEST_BYTES} bytes")]
    TooLong,
    /// It is correct but cannot be filled in.
    #[error("{}{reason}", place(*.line, *.column))]
    Render {
        /// Counted from 1.
        line: Option<usize>,
        /// Counted from 1.
        column: Option<usize>,
        /// In the engine's words.
        reason: String,
    },
}

/// Why a template was not rendered to its end.
#[derive(Debug)]
pub(super) enum Failure {
    /// The template is at fault.
    Template(Problem),
    /// What it makes could not be written.
    Write(io::Error),
}

/// Reads a template.
pub(super) fn compile(text: &str) -> Result<Template, Problem> {
    if text.len() > LONGEST_BYTES {
        return Err(Problem::TooLong);
    }
    check_nesting(text)?;
    Template::compile(text).map_err(|error| {
        let (line, column) = error.pos().unwrap_or((1, 1));
        let reason = match error.reason() {
            // The parser lists what its grammar would allow here, which helps nobody.
            TemplateErrorReason::InvalidSyntax(_) => {
                "an expression is not handlebars, or a block is not closed".to_owned()
            }
            other => other.to_string(),
        };
        Problem::Syntax {
            line,
            column,
            reason,
        }
    })
}

/// An engine for one rendering of these templates: what it may do is counted down.
pub(super) fn engine() -> Handlebars<'static> {
    let mut engine = Handlebars::new();
    register_loops(&mut engine);
    engine
}

/// Fills a template in.
pub(super) fn render(
    mut engine: Handlebars<'_>,
    template: Template,
    data: Value,
    output: &mut dyn Write,
) -> Result<(), Failure> {
    engine.register_template(NAME, template);
    let context = Context::wraps(data).map_err(|error| failure(&error))?;
    engine
        .render_with_context_to_write(NAME, &context, output)
        .map_err(|error| failure(&error))
}

fn failure(error: &RenderError) -> Failure {
    match error.reason() {
        RenderErrorReason::IOError(error) => {
            Failure::Write(io::Error::new(error.kind(), error.to_string()))
        }
        reason => Failure::Template(Problem::Render {
            line: error.line_no,
            column: error.column_no,
            reason: reason.to_string(),
        }),
    }
}

fn place(line: Option<usize>, column: Option<usize>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!("line {line}, column {column}: "),
        _ => String::new(),
    }
}

/// Looks at the beginnings of all expressions, without understanding them.
fn check_nesting(text: &str) -> Result<(), Problem> {
    // How much each open block adds: itself, and one for each `else` with a condition, which the engine
    // puts inside the one before.
    let mut open: Vec<usize> = Vec::new();
    let mut depth = 0;
    let mut position = 0;
    while let Some(found) = text[position..].find("{{") {
        let start = position + found;
        let line = || text[..start].matches('\n').count() + 1;
        let inside = text[start..].trim_start_matches('{');
        let end = end_of_tag(inside);
        let tag = &inside[..end];
        position = text.len() - inside.len() + end;
        let word = tag.trim_start_matches(['~', '&', ' ', '\t', '\r', '\n']);
        if word.starts_with('>') || word.starts_with('*') || is_partial_block(word) {
            let tag = format!("{{{{{}", word.chars().take(20).collect::<String>());
            return Err(Problem::Partial { line: line(), tag });
        }
        match word.chars().next() {
            Some('#') => {
                open.push(1);
                depth += 1;
            }
            Some('/') => depth -= open.pop().unwrap_or_default(),
            _ if has_condition(word) => {
                if let Some(block) = open.last_mut() {
                    *block += 1;
                    depth += 1;
                }
            }
            _ => {}
        }
        if depth > DEEPEST || brackets(tag) > DEEPEST {
            return Err(Problem::TooDeep { line: line() });
        }
    }
    Ok(())
}

/// Where an expression or a comment ends.
fn end_of_tag(inside: &str) -> usize {
    let end = if inside.trim_start_matches('~').starts_with("!--") {
        inside.find("--}}")
    } else {
        inside.find("}}")
    };
    end.unwrap_or(inside.len())
}

fn is_partial_block(word: &str) -> bool {
    word.strip_prefix('#')
        .is_some_and(|rest| rest.trim_start().starts_with(['>', '*']))
}

/// `else if x` or `^x`, in contrast to `else` and `^`.
fn has_condition(word: &str) -> bool {
    word.strip_prefix("else")
        .or_else(|| word.strip_prefix('^'))
        .is_some_and(|rest| {
            !rest
                .trim_matches(['~', ' ', '\t', '\r', '\n', '}'])
                .is_empty()
        })
}

/// How deep the brackets of an expression stand in each other.
fn brackets(tag: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for character in tag.chars() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rendered(text: &str, data: Value) -> Result<String, String> {
        let template = compile(text).map_err(|problem| problem.to_string())?;
        let mut output = Vec::new();
        match render(engine(), template, data, &mut output) {
            Ok(()) => Ok(String::from_utf8(output).unwrap()),
            Err(Failure::Template(problem)) => Err(problem.to_string()),
            Err(Failure::Write(error)) => Err(error.to_string()),
        }
    }

    #[test]
    fn what_a_template_inserts_is_escaped_unless_it_asks_for_the_contrary() {
        assert_eq!(
            rendered("{{a}} {{{a}}}", json!({"a": "<b c=\"'&'\">"})).unwrap(),
            "&lt;b c&#x3D;&quot;&#x27;&amp;&#x27;&quot;&gt; <b c=\"'&'\">"
        );
    }

    #[test]
    fn loops_follow_handlebars() {
        let data = json!({"list": ["a", "b"], "none": [], "object": {"x": 1, "y": 2}, "deep": {"in": "z"}});

        for (template, text) in [
            (
                "{{#each list}}{{@index}}{{this}}{{#unless @last}}, {{/unless}}{{/each}}",
                "0a, 1b",
            ),
            ("{{#each none}}x{{else}}nothing{{/each}}", "nothing"),
            ("{{#each missing}}x{{/each}}", ""),
            ("{{#each object}}{{@key}}={{this}};{{/each}}", "x=1;y=2;"),
            (
                "{{#each list as |item number|}}{{number}}:{{item}} {{/each}}",
                "0:a 1:b ",
            ),
            (
                "{{#each list as |item|}}{{item}}{{../deep.in}}{{/each}}",
                "azbz",
            ),
            ("{{#each (lookup this 'list')}}{{this}}{{/each}}", "ab"),
            ("{{#list}}<{{this}}>{{/list}}", "<a><b>"),
            ("{{#none}}x{{else}}nothing{{/none}}", "nothing"),
            ("{{#missing}}x{{else}}nothing{{/missing}}", "nothing"),
            ("{{#deep}}{{in}}{{/deep}}", "z"),
            (
                "{{#each list}}{{#each @root.list}}{{this}}{{@../index}}{{/each}}{{/each}}",
                "a0b0a1b1",
            ),
        ] {
            assert_eq!(
                rendered(template, data.clone()).unwrap(),
                text,
                "{template}"
            );
        }
    }

    #[test]
    fn a_template_that_is_wrong_is_told_with_its_place() {
        for (template, message) in [
            (
                "a\n{{#each x}}",
                "line 2, column 12: an expression is not handlebars, or a block is not closed",
            ),
            (
                "{{#if a}}{{/each}}",
                "line 1, column 10: helper \"if\" was opened, but \"each\" is closing",
            ),
            (
                "{{nobody knows}}",
                "line 1, column 1: Helper not found nobody",
            ),
            (
                "{{#nobody knows}}{{/nobody}}",
                "line 1, column 1: Helper not found nobody",
            ),
            (
                "{{else}}",
                "line 1, column 3: an expression is not handlebars, or a block is not closed",
            ),
        ] {
            let found = rendered(template, json!({})).unwrap_err();
            assert_eq!(found, message);
        }
    }

    #[test]
    fn what_could_exhaust_the_stack_is_refused() {
        let repeated = |open: &str, close: &str, count: usize| {
            format!("\n{}{}", open.repeat(count), close.repeat(count))
        };
        let deep = format!("line 2: more than {DEEPEST} blocks or brackets stand in each other");

        for (open, close) in [
            ("{{#if a}}", "{{/if}}"),
            ("{{~# if a}}", "{{/if}}"),
            ("{{#each a}}{{else}}", "{{/each}}"),
        ] {
            assert!(rendered(&repeated(open, close, DEEPEST), json!({})).is_ok());
            assert_eq!(
                rendered(&repeated(open, close, 5000), json!({})).unwrap_err(),
                deep
            );
        }
        let chain = format!("\n{{{{#if a}}}}{}{{{{/if}}}}", "{{else if b}}".repeat(5000));
        assert_eq!(rendered(&chain, json!({})).unwrap_err(), deep);
        let expression = format!("\n{{{{{}{}}}}}", "(a ".repeat(5000), ")".repeat(5000));
        assert_eq!(rendered(&expression, json!({})).unwrap_err(), deep);
        let list = format!("\n{{{{a {}{}}}}}", "[".repeat(5000), "]".repeat(5000));
        assert_eq!(rendered(&list, json!({})).unwrap_err(), deep);
    }

    #[test]
    fn many_blocks_one_after_the_other_are_not_deep() {
        let text = "{{#if a}}{{else if b}}x{{/if}}".repeat(500);

        assert_eq!(
            rendered(&text, json!({"b": true})).unwrap(),
            "x".repeat(500)
        );
    }

    #[test]
    fn partials_are_refused_because_they_can_contain_themselves() {
        for text in [
            "{{#*inline \"a\"}}{{> a}}{{/inline}}{{> a}}",
            "{{> a}}",
            "{{~>a}}",
            "{{#> a}}{{/a}}",
            "{{* a}}",
        ] {
            let found = rendered(text, json!({})).unwrap_err();
            assert!(
                found.ends_with("as there are no partials and decorators here"),
                "{found}"
            );
        }
    }

    #[test]
    fn loops_in_loops_come_to_an_end() {
        let list: Vec<usize> = (0..1000).collect();
        let inner = "{{#each @root.list}}".repeat(5) + &"{{/each}}".repeat(5);

        assert_eq!(
            rendered(&inner, json!({"list": list})).unwrap_err(),
            "line 1, column 81: the loops take more than 200000 rounds"
        );
    }

    #[test]
    fn any_text_is_a_template_or_an_error() {
        for text in [
            "{{",
            "{{{",
            "{{{{",
            "}}",
            "{{}}",
            "\\{{a}}",
            "{{!-- {{> a}}",
            "\0\u{2028}",
        ] {
            let _ = rendered(text, json!({}));
        }
    }
}
