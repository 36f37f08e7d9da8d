//! What `pm.visualizer` draws, as HTML for a frame without scripts.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::template::{Failure, compile, engine, render};
use crate::record::Visualization;

/// A drawing may be so long.
const LONGEST_BYTES: usize = 512 * 1024;

/// `html`, or `error` when the template cannot be rendered: that is for the reader of the report, and no
/// failure of the run.
pub(super) fn visualization(drawn: &Visualization) -> Value {
    match html(drawn) {
        Ok(html) => json!({"html": html}),
        Err(error) => json!({"error": error}),
    }
}

fn html(drawn: &Visualization) -> Result<String, String> {
    let template = compile(&drawn.template).map_err(|problem| problem.to_string())?;
    let mut output = Limited(Vec::new());
    match render(engine(), template, drawn.data.clone(), &mut output) {
        Ok(()) => Ok(String::from_utf8_lossy(&output.0).into_owned()),
        Err(Failure::Template(problem)) => Err(problem.to_string()),
        Err(Failure::Write(error)) => Err(error.to_string()),
    }
}

/// Takes so many bytes and no more.
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST_BYTES {
            return Err(io::Error::other(format!(
                "it makes more than {LONGEST_BYTES} bytes of HTML"
            )));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(template: &str, data: Value) -> Value {
        visualization(&Visualization {
            template: template.to_owned(),
            data,
        })
    }

    #[test]
    fn a_template_is_filled_in_with_its_data() {
        assert_eq!(
            drawn(
                "<ul>{{#each users}}<li>{{name}}</li>{{/each}}</ul>",
                json!({"users": [{"name": "Ann"}, {"name": "<Bob>"}]})
            ),
            json!({"html": "<ul><li>Ann</li><li>&lt;Bob&gt;</li></ul>"})
        );
    }

    #[test]
    fn a_template_that_is_wrong_is_an_error_to_read() {
        let wrong = "an expression is not handlebars, or a block is not closed";
        assert_eq!(
            drawn("<p>\n{{#if a}}", json!({})),
            json!({"error": format!("line 2, column 10: {wrong}")})
        );
        assert_eq!(
            drawn("{{shout 'a'}}", json!({})),
            json!({"error": "line 1, column 1: Helper not found shout"})
        );
    }

    #[test]
    fn a_drawing_does_not_grow_without_end() {
        let list: Vec<usize> = (0..10_000).collect();
        let template = format!("{{{{#each this}}}}{}{{{{/each}}}}", "x".repeat(100));

        assert_eq!(
            drawn(&template, json!(list)),
            json!({"error": "it makes more than 524288 bytes of HTML"})
        );
    }
}
