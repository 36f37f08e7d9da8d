//! Naming what a script tried to call, as V8 does in "`o.f` is not a function".

/// The expression that is called at this index of a text, in V8's short form.
///
/// Arguments print as `(...)`, computed texts as properties, and whatever has no name as
/// `(intermediate value)`. The index may be that of the last name, of something inside the last
/// brackets, or of an argument.
pub(super) fn name_at(source: &[char], index: usize) -> Option<String> {
    let end = match source.get(index)? {
        '(' => index,
        '[' => closing(source, index)? + 1,
        '.' => word_end(source, index + 1),
        first if is_word(*first) => word_end(source, index),
        _ => index,
    };
    let end = if is_called(source, end) {
        end
    } else {
        called_after(source, end).or_else(|| called_around(source, index))?
    };
    let start = chain_start(source, end)?;
    Some(short_form(&source[start..end]))
}

/// The expression after `new`, from the index where it begins or where its last name begins.
pub(super) fn constructed_at(source: &[char], index: usize) -> Option<String> {
    let mut end = word_end(source, index);
    while source.get(end) == Some(&'.') {
        end = word_end(source, end + 1);
    }
    let start = chain_start(source, end)?;
    Some(short_form(&source[start..end]))
}

fn is_called(source: &[char], end: usize) -> bool {
    let next = source
        .get(end..)
        .unwrap_or_default()
        .iter()
        .find(|mark| !mark.is_whitespace());
    matches!(next, Some('(' | '`'))
}

/// Where the callee ends when only its beginning was found.
fn called_after(source: &[char], start: usize) -> Option<usize> {
    let mut end = start;
    loop {
        end = match source.get(end)? {
            '[' => closing(source, end)? + 1,
            '.' => word_end(source, end + 1),
            _ => return None,
        };
        if is_called(source, end) {
            return Some(end);
        }
    }
}

/// The expression of names, members and calls that begins at the index.
pub(super) fn expression_at(source: &[char], index: usize) -> Option<String> {
    if !is_word(*source.get(index)?) || source[index].is_ascii_digit() {
        return None;
    }
    let mut end = word_end(source, index);
    while let Some(mark) = source.get(end) {
        end = match mark {
            '[' | '(' => closing(source, end)? + 1,
            '.' if source.get(end + 1).is_some_and(|next| is_word(*next)) => {
                word_end(source, end + 1)
            }
            _ => break,
        };
    }
    Some(short_form(&source[index..end]))
}

/// Where the callee ends when the index lies inside its brackets or its arguments.
fn called_around(source: &[char], index: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let opening = (0..index).rev().find(|&position| match source[position] {
        ')' | ']' | '}' => {
            depth += 1;
            false
        }
        '(' | '[' | '{' if depth > 0 => {
            depth -= 1;
            false
        }
        mark => matches!(mark, '(' | '[' | '{'),
    })?;
    match source[opening] {
        '(' => Some(skip_space_back(source, opening)),
        '[' => closing(source, opening)
            .map(|end| end + 1)
            .filter(|&end| is_called(source, end)),
        _ => None,
    }
}

/// Whether `new` stands before the expression that ends or begins here.
pub(super) fn follows_new(source: &[char], index: usize) -> bool {
    let mut start = index;
    while start > 0 && (is_word(source[start - 1]) || source[start - 1] == '.') {
        start -= 1;
    }
    let before: String = source[..start].iter().collect();
    before.trim_end().ends_with("new") && before.ends_with(char::is_whitespace)
}

/// Where the member expression that ends here begins.
fn chain_start(source: &[char], end: usize) -> Option<usize> {
    let mut position = end;
    loop {
        position = unit_start(source, position)?;
        let before = skip_space_back(source, position);
        match before.checked_sub(1).map(|last| source[last]) {
            Some('.') => {
                let dot = before - 1;
                position = skip_space_back(
                    source,
                    if dot > 0 && source[dot - 1] == '?' {
                        dot - 1
                    } else {
                        dot
                    },
                );
            }
            _ => return Some(position),
        }
    }
}

/// The start of an identifier, a literal or a group, with the calls and indices that follow it.
fn unit_start(source: &[char], end: usize) -> Option<usize> {
    let last = *source.get(end.checked_sub(1)?)?;
    if is_word(last) {
        let mut start = end;
        while start > 0 && is_word(source[start - 1]) {
            start -= 1;
        }
        return Some(start);
    }
    if matches!(last, '"' | '\'' | '`') {
        let opening = source[..end - 1].iter().rposition(|mark| *mark == last)?;
        return Some(opening);
    }
    if !matches!(last, ')' | ']' | '}') {
        return None;
    }
    let opening = opening(source, end - 1)?;
    let has_owner = opening > 0
        && (is_word(source[opening - 1]) || matches!(source[opening - 1], ')' | ']'))
        && !is_keyword_before(source, opening);
    if last != '}' && has_owner {
        unit_start(source, opening)
    } else {
        Some(opening)
    }
}

fn is_keyword_before(source: &[char], end: usize) -> bool {
    let mut start = end;
    while start > 0 && is_word(source[start - 1]) {
        start -= 1;
    }
    let word: String = source[start..end].iter().collect();
    matches!(
        word.as_str(),
        "return" | "typeof" | "await" | "if" | "while" | "new" | "void" | "in" | "of"
    )
}

fn short_form(expression: &[char]) -> String {
    let mut text = String::new();
    let mut position = 0;
    while position < expression.len() {
        let mark = expression[position];
        match mark {
            '(' => {
                let end = closing(expression, position).unwrap_or(expression.len() - 1);
                text.push_str(if text.is_empty() {
                    "(intermediate value)"
                } else {
                    "(...)"
                });
                position = end + 1;
            }
            '[' if !text.is_empty() => {
                let end = closing(expression, position).unwrap_or(expression.len() - 1);
                text.push_str(&index_form(&expression[position + 1..end]));
                position = end + 1;
            }
            mark if mark.is_whitespace() => position += 1,
            mark => {
                text.push(mark);
                position += 1;
            }
        }
    }
    text
}

fn index_form(inner: &[char]) -> String {
    let text: String = inner.iter().collect();
    let text = text.trim();
    let unquoted = text
        .strip_prefix(['"', '\''])
        .and_then(|rest| rest.strip_suffix(['"', '\'']));
    match unquoted {
        Some(name) => format!(".{name}"),
        None if text.chars().all(is_word) => format!("[{text}]"),
        None => "[...]".to_owned(),
    }
}

fn closing(source: &[char], opening: usize) -> Option<usize> {
    let mut depth = 0_usize;
    source[opening..]
        .iter()
        .enumerate()
        .find_map(|(offset, mark)| {
            match mark {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth == 0).then_some(opening + offset)
        })
}

fn opening(source: &[char], closing: usize) -> Option<usize> {
    let mut depth = 0_usize;
    (0..=closing).rev().find(|&index| {
        match source[index] {
            ')' | ']' | '}' => depth += 1,
            '(' | '[' | '{' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })
}

fn word_end(source: &[char], start: usize) -> usize {
    source[start..]
        .iter()
        .position(|mark| !is_word(*mark))
        .map_or(source.len(), |length| start + length)
}

fn skip_space_back(source: &[char], end: usize) -> usize {
    source[..end]
        .iter()
        .rposition(|mark| !mark.is_whitespace())
        .map_or(0, |last| last + 1)
}

fn is_word(mark: char) -> bool {
    mark.is_alphanumeric() || matches!(mark, '_' | '$' | '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The caret stands before the place that the engine reports.
    fn name(marked: &str) -> Option<String> {
        let index = marked
            .chars()
            .position(|mark| mark == '^')
            .expect("there is a caret");
        let source: Vec<char> = marked.chars().filter(|mark| *mark != '^').collect();
        name_at(&source, index)
    }

    #[test]
    fn callees_print_as_v8_prints_them() {
        let cases = [
            ("x = ^f()", "f"),
            ("o.^f(1)", "o.f"),
            ("a.b.^c()", "a.b.c"),
            ("o?.^f()", "o?.f"),
            ("o[^k]()", "o[k]"),
            ("o['k-1'](^1)", "o.k-1"),
            ("list[0].^go()", "list[0].go"),
            ("^list[0]()", "list[0]"),
            ("^o['k-1']()", "o.k-1"),
            ("pm.expect(1).to.be.^true()", "pm.expect(...).to.be.true"),
            ("pm.response.json().^nope()", "pm.response.json(...).nope"),
            ("return (g()).^x()", "(intermediate value).x"),
            ("(function () {})().^x()", "(intermediate value)(...).x"),
            ("chain\n  .one()\n  .^two()", "chain.one(...).two"),
        ];

        for (source, expected) in cases {
            assert_eq!(name(source).as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn odd_places_have_no_name() {
        for source in ["^ x", "^+1", "a)^(b", "^"] {
            let _ = name(source);
        }
        assert_eq!(name("^+1"), None);
        assert_eq!(name("^async function f() {}"), None);
    }
}
