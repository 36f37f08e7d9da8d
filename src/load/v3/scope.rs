//! Environments and globals in YAML.

use crate::load::notice::Notices;
use crate::load::yaml::{Fields, Node};
use crate::variables::{Dialect, Variable, VariableScope};

const KEYS: [&str; 7] = [
    "$kind",
    "id",
    "name",
    "values",
    "color",
    "description",
    "order",
];

/// Reads an environment or globals; the error says what is missing.
pub(in crate::load) fn read_scope(
    node: &Node,
    notices: &mut Notices,
) -> Result<VariableScope, String> {
    let Some(fields) = Fields::read(node, "the file", &KEYS, notices) else {
        return Err("it is not a mapping with a list `values`".to_owned());
    };
    let Some(values) = fields.get("values") else {
        return Err("the mapping has no list `values`".to_owned());
    };
    let entries = super::variable::read(values, notices).into_iter();
    let mut scope = VariableScope::from_entries(entries.map(|entry| Variable {
        description: entry.description,
        ..Variable::declared(
            entry.key,
            entry.value,
            entry.kind.as_deref(),
            entry.disabled,
            Dialect::Postrider,
        )
    }));
    scope.id = fields.text("id", notices);
    scope.name = fields.text("name", notices);
    Ok(scope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::yaml::parse_yaml;
    use crate::variables::VariableKind;

    fn read(text: &str) -> (VariableScope, Vec<String>) {
        let mut notices = Notices::about("e.yaml");
        let node = parse_yaml(text, &mut notices).unwrap();
        let scope = read_scope(&node, &mut notices).unwrap();
        let told = notices.into_list();
        (scope, told.iter().map(ToString::to_string).collect())
    }

    fn value(scope: &VariableScope, key: &str) -> Option<String> {
        Some(scope.get(key)?.to_text())
    }

    #[test]
    fn entries_have_a_value_a_type_and_a_switch() {
        let (scope, told) = read(
            "name: Local\ncolor: null\nvalues:\n  - {key: a, value: \"1\", enabled: true, type: default}\n  \
             - {key: b, value: \"2\", enabled: false}\n  - {key: c, value: s, type: secret}\n  \
             - {key: d, value: s, secret: true, type: default}\n  - key: e\n    value:\n",
        );

        assert_eq!(scope.name.as_deref(), Some("Local"));
        assert_eq!(value(&scope, "a").as_deref(), Some("1"));
        assert_eq!(value(&scope, "b"), None);
        assert_eq!(value(&scope, "e").as_deref(), Some(""));
        for key in ["c", "d"] {
            assert_eq!(scope.entry(key).unwrap().kind, VariableKind::Secret);
        }
        assert_eq!(told, Vec::<String>::new());
    }

    #[test]
    fn a_map_of_values_is_read_as_well() {
        let (scope, _) = read("values:\n  base-url: http://h\n  port: 80\n");

        assert_eq!(value(&scope, "base-url").as_deref(), Some("http://h"));
        assert_eq!(value(&scope, "port").as_deref(), Some("80"));
    }

    #[test]
    fn what_is_doubtful_is_told_and_the_rest_is_read() {
        let (scope, told) = read(
            "values:\n  - {key: a, value: 0123}\n  - key: b\n    valeu: x\n  - key: c\n    source: \
             {provider: postman}\n  - value: nameless\n  - key: d\n    value: {{x}}\n",
        );

        assert_eq!(value(&scope, "a").as_deref(), Some("0123"));
        assert_eq!(value(&scope, "c"), None);
        assert_eq!(value(&scope, "d").as_deref(), Some("{{x}}"));
        assert_eq!(
            told,
            [
                "`e.yaml`, line 2: the value of `a` stands in no quotes, and YAML reads it as a number",
                "`e.yaml`, line 4: a variable has no key `valeu`; it is not used",
                "`e.yaml`, line 6: the value of `c` is kept elsewhere and is not in the file",
                "`e.yaml`, line 7: the variable has no `key`",
                "`e.yaml`, line 9: `{{x}}` stands in no quotes, which makes it a mapping",
            ]
        );
    }

    #[test]
    fn a_file_without_values_is_an_error() {
        let mut notices = Notices::about("e.yaml");
        let node = parse_yaml("name: x\n", &mut notices).unwrap();

        assert_eq!(
            read_scope(&node, &mut notices).unwrap_err(),
            "the mapping has no list `values`"
        );
    }
}
