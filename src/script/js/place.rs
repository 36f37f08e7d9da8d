//! Scripts as the engine gets them, and lines in them.

/// A line of its own, because the engine counts columns wrongly on the line where a function begins.
/// The prelude takes one from the line numbers in stacks. Postman's scripts have no `arguments`, and
/// a `"use strict"` that begins them is no directive there.
const OPENING: &str = "(async function (arguments) {;\n";

/// The same without `await`.
const PLAIN_OPENING: &str = "(function (arguments) {;\n";

/// On a line of its own, because the script may end with a comment.
const CLOSING: &str = "\n})";

/// The script as an expression whose value is a function, as a rule an asynchronous one.
///
/// So `await` and `return` work everywhere in it, and what it declares stays inside.
pub(super) fn wrapped(source: &str, may_await: bool) -> String {
    let opening = if may_await { OPENING } else { PLAIN_OPENING };
    format!("{opening}{source}{CLOSING}")
}

/// A line and a column of a script, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) line: u32,
    pub(super) column: u32,
}

/// The innermost frame of a stack that lies in this script.
///
/// The engine counts columns in bytes; here they are characters.
pub(super) fn frame_in(stack: &str, file: &str, source: &str) -> Option<Frame> {
    stack.lines().find_map(|line| frame(line, file, source))
}

fn frame(text: &str, file: &str, source: &str) -> Option<Frame> {
    let after = text.trim_start().strip_prefix("at ")?.rsplit_once(file)?.1;
    let mut numbers = after
        .strip_prefix(':')?
        .trim_end_matches(')')
        .splitn(2, ':');
    let line: u32 = numbers.next()?.parse().ok()?;
    let column: usize = numbers.next()?.parse().ok()?;
    let Some(content) = source.lines().nth(line.checked_sub(1)? as usize) else {
        return end_of(source);
    };
    let before = &content[..content.floor_char_boundary(column.saturating_sub(1))];
    Some(Frame {
        line,
        column: before.chars().count() as u32 + 1,
    })
}

/// Something is missing at the end of the script.
fn end_of(source: &str) -> Option<Frame> {
    let (index, content) = source.lines().enumerate().last()?;
    Some(Frame {
        line: index as u32 + 1,
        column: content.chars().count() as u32 + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "first\nä; second\nthird";

    #[test]
    fn the_innermost_frame_of_the_script_counts() {
        let stack =
            "E: m\n    at fail (postrider:chai:1:9)\n    at script-3:2:5\n    at f (script-3:1:1)";

        assert_eq!(
            frame_in(stack, "script-3", SOURCE),
            Some(Frame { line: 2, column: 4 })
        );
        assert_eq!(frame_in(stack, "script-1", SOURCE), None);
    }

    #[test]
    fn a_place_behind_the_last_line_is_its_end() {
        let frame = frame_in("    at script-3:4:2", "script-3", SOURCE);

        assert_eq!(frame, Some(Frame { line: 3, column: 6 }));
    }
}
