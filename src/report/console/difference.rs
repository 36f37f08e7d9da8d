//! Expected and actual value, line by line.

/// More lines than this are not compared, only listed: the comparison takes time in the square of them.
const COMPARED_LINES: usize = 400;

/// So many equal lines are shown around a difference.
const CONTEXT_LINES: usize = 2;

/// So many lines are shown in all.
const SHOWN_LINES: usize = 40;

/// What a line of a difference says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Expected, but not found.
    Expected,
    /// Found, but not expected.
    Actual,
    /// In both.
    Both,
    /// Not a line, but a word on lines that are left out.
    Omitted,
}

/// The lines of both texts in one list: `Expected` ones come before the `Actual` ones that stand in their
/// place, and equal ones far from any difference are left out.
pub(super) fn difference(expected: &str, actual: &str) -> Vec<(Side, String)> {
    let expected: Vec<&str> = expected.lines().collect();
    let actual: Vec<&str> = actual.lines().collect();
    let all = if expected.len() > COMPARED_LINES || actual.len() > COMPARED_LINES {
        listed(&expected, &actual)
    } else {
        compared(&expected, &actual)
    };
    shortened(all)
}

fn listed<'text>(expected: &[&'text str], actual: &[&'text str]) -> Vec<(Side, &'text str)> {
    let expected = expected
        .iter()
        .map(|line| (Side::Expected, *line))
        .take(SHOWN_LINES / 2);
    let actual = actual
        .iter()
        .map(|line| (Side::Actual, *line))
        .take(SHOWN_LINES / 2);
    expected.chain(actual).collect()
}

/// By the longest list of lines that both have in the same order.
fn compared<'text>(expected: &[&'text str], actual: &[&'text str]) -> Vec<(Side, &'text str)> {
    let width = actual.len() + 1;
    let mut common = vec![0_u32; (expected.len() + 1) * width];
    for left in (0..expected.len()).rev() {
        for right in (0..actual.len()).rev() {
            common[left * width + right] = if expected[left] == actual[right] {
                common[(left + 1) * width + right + 1] + 1
            } else {
                common[(left + 1) * width + right].max(common[left * width + right + 1])
            };
        }
    }
    let mut lines = Vec::new();
    let (mut left, mut right) = (0, 0);
    while left < expected.len() || right < actual.len() {
        let both = left < expected.len() && right < actual.len();
        if both && expected[left] == actual[right] {
            lines.push((Side::Both, expected[left]));
            left += 1;
            right += 1;
        } else if right == actual.len()
            || both && common[(left + 1) * width + right] >= common[left * width + right + 1]
        {
            lines.push((Side::Expected, expected[left]));
            left += 1;
        } else {
            lines.push((Side::Actual, actual[right]));
            right += 1;
        }
    }
    lines
}

fn shortened(all: Vec<(Side, &str)>) -> Vec<(Side, String)> {
    let is_near = |position: usize| {
        let from = position.saturating_sub(CONTEXT_LINES);
        all[from..all.len().min(position + CONTEXT_LINES + 1)]
            .iter()
            .any(|(side, _)| *side != Side::Both)
    };
    let mut shown = Vec::new();
    let mut position = 0;
    while position < all.len() {
        if shown.len() >= SHOWN_LINES {
            shown.push((
                Side::Omitted,
                format!("({} more lines)", all.len() - position),
            ));
            break;
        }
        let far = (position..all.len())
            .take_while(|position| !is_near(*position))
            .count();
        if far > 1 {
            shown.push((Side::Omitted, format!("({far} equal lines)")));
            position += far;
        } else {
            let (side, line) = all[position];
            shown.push((side, line.to_owned()));
            position += 1;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(expected: &str, actual: &str) -> String {
        let mut text = String::new();
        for (side, line) in difference(expected, actual) {
            let mark = match side {
                Side::Expected => '-',
                Side::Actual => '+',
                Side::Both => ' ',
                Side::Omitted => '~',
            };
            text.push_str(&format!("{mark}{line}\n"));
        }
        text
    }

    #[test]
    fn changed_lines_stand_where_they_differ() {
        assert_eq!(
            drawn("{\n  a: 1,\n  b: 2\n}", "{\n  a: 1,\n  b: 3,\n  c: 4\n}"),
            " {\n   a: 1,\n-  b: 2\n+  b: 3,\n+  c: 4\n }\n"
        );
    }

    #[test]
    fn equal_lines_far_from_a_difference_are_left_out() {
        let expected: Vec<String> = (0..20).map(|line| line.to_string()).collect();
        let mut actual = expected.clone();
        actual[10] = "x".to_owned();

        assert_eq!(
            drawn(&expected.join("\n"), &actual.join("\n")),
            "~(8 equal lines)\n 8\n 9\n-10\n+x\n 11\n 12\n~(7 equal lines)\n"
        );
    }

    #[test]
    fn huge_values_are_listed_in_part() {
        let expected = "a\n".repeat(100_000);
        let actual = "b\n".repeat(100_000);

        assert_eq!(
            drawn(&expected, &actual),
            "-a\n".repeat(20) + &"+b\n".repeat(20)
        );
    }

    #[test]
    fn an_empty_side_is_no_line() {
        assert_eq!(drawn("", "a"), "+a\n");
        assert_eq!(drawn("a", ""), "-a\n");
    }
}
