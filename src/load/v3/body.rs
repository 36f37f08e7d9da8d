//! The body of a request.

use serde_json::json;

use super::parameter;
use crate::collection::{Body, BodyContent, FormDataPart, GraphQl, Parameter};
use crate::load::notice::Notices;
use crate::load::yaml::{Content, Fields, Node, text_of};
use crate::suggest::nearest;

const TYPES: [&str; 9] = [
    "none",
    "json",
    "text",
    "xml",
    "html",
    "javascript",
    "urlencoded",
    "formdata",
    "file",
];

const PART_KEYS: [&str; 10] = [
    "id",
    "key",
    "type",
    "value",
    "src",
    "contentType",
    "fileName",
    "disabled",
    "enabled",
    "description",
];

/// Reads the member; `none` and nothing are no body.
pub(super) fn read(node: &Node, notices: &mut Notices) -> Option<Body> {
    let fields = Fields::read(node, "a body", &["type", "content", "disabled"], notices)?;
    let kind = fields
        .text("type", notices)
        .unwrap_or_else(|| "text".to_owned());
    let content = fields.get("content");
    let mut options = None;
    let content = match kind.as_str() {
        "none" => return None,
        "urlencoded" => BodyContent::UrlEncoded(
            content
                .map(|content| parameter::read(content, "a form field", notices))
                .unwrap_or_default(),
        ),
        "formdata" => BodyContent::FormData(
            content
                .map(|content| form_data(content, notices))
                .unwrap_or_default(),
        ),
        "file" => BodyContent::File(content.and_then(|content| file(content, notices))),
        "graphql" => BodyContent::GraphQl(graphql(content?, notices)),
        language => {
            if TYPES.contains(&language) {
                options = Some(json!({"raw": {"language": language}}));
            } else {
                notices.push(
                    node.line,
                    format!("there is no body of type `{language}`; it is sent as text"),
                    nearest(language, TYPES).map(|near| format!("did you mean `{near}`?")),
                );
            }
            BodyContent::Raw(content.map_or_else(String::new, |content| raw(content, notices)))
        }
    };
    Some(Body {
        content,
        disabled: fields.is("disabled", true),
        options,
    })
}

/// The members of a GraphQL query.
pub(super) fn graphql(node: &Node, notices: &mut Notices) -> GraphQl {
    let known = ["query", "variables", "operationName"];
    match Fields::read(node, "a GraphQL query", &known, notices) {
        Some(fields) => graphql_of(&fields, notices),
        None => GraphQl::default(),
    }
}

/// The same from the keys of a request.
pub(super) fn graphql_of(fields: &Fields<'_>, notices: &mut Notices) -> GraphQl {
    GraphQl {
        query: fields.text("query", notices),
        operation_name: fields.text("operationName", notices),
        variables: fields
            .get("variables")
            .filter(|variables| !variables.is_null())
            .map(Node::to_json),
    }
}

/// YAML where a text belongs is sent as JSON, which is what its author means.
fn raw(node: &Node, notices: &mut Notices) -> String {
    match &node.content {
        Content::Scalar(scalar) => scalar.text.clone(),
        _ => {
            notices.advise(
                node.line,
                format!("the body is {}, and is sent as JSON", node.kind()),
                "write the body as a text after `content: |-`",
            );
            node.to_json().to_string()
        }
    }
}

fn form_data(node: &Node, notices: &mut Notices) -> Vec<FormDataPart> {
    let Content::List(members) = &node.content else {
        let fields = parameter::read(node, "a form field", notices).into_iter();
        return fields
            .map(|parameter| FormDataPart {
                parameter,
                ..FormDataPart::default()
            })
            .collect();
    };
    members
        .iter()
        .filter_map(|member| {
            let fields = Fields::read(member, "a form field", &PART_KEYS, notices)?;
            Some(part(&fields, notices))
        })
        .collect()
}

fn part(fields: &Fields<'_>, notices: &mut Notices) -> FormDataPart {
    let parameter = parameter::entry(fields, notices);
    let content_type = fields.text("contentType", notices);
    let file_name = fields.text("fileName", notices);
    if fields.text("type", notices).as_deref() != Some("file") {
        return FormDataPart {
            parameter,
            files: None,
            content_type,
            file_name,
            is_list: false,
        };
    }
    FormDataPart {
        files: Some(match fields.get("src") {
            Some(source) => paths(source, notices),
            None => parameter
                .value
                .clone()
                .into_iter()
                .filter(|path| !path.is_empty())
                .collect(),
        }),
        parameter: Parameter {
            value: None,
            ..parameter
        },
        content_type,
        file_name,
        is_list: matches!(
            fields.get("src").map(|source| &source.content),
            Some(Content::List(_))
        ),
    }
}

fn paths(node: &Node, notices: &mut Notices) -> Vec<String> {
    let paths: Vec<Option<String>> = match &node.content {
        Content::List(members) => members
            .iter()
            .map(|member| text_of(member, "src", notices))
            .collect(),
        _ => vec![text_of(node, "src", notices)],
    };
    paths
        .into_iter()
        .flatten()
        .filter(|path| !path.is_empty())
        .collect()
}

/// A path, or a mapping with `src`.
fn file(node: &Node, notices: &mut Notices) -> Option<String> {
    match &node.content {
        Content::Mapping(_) => {
            Fields::read(node, "the file of a body", &["src"], notices)?.text("src", notices)
        }
        _ => text_of(node, "content", notices),
    }
    .filter(|path| !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::yaml::parse_yaml;

    fn read_yaml(text: &str) -> (Option<Body>, Vec<String>) {
        let mut notices = Notices::about("f");
        let node = parse_yaml(text, &mut notices).unwrap();
        let body = read(&node, &mut notices);
        let told = notices.into_list();
        (body, told.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_type_of_a_text_is_its_language() {
        let (body, told) = read_yaml("type: json\ncontent: |-\n  {\"a\": 0123}\n");

        let body = body.unwrap();
        assert_eq!(body.language(), Some("json"));
        assert_eq!(body.content, BodyContent::Raw("{\"a\": 0123}".to_owned()));
        assert_eq!(told, Vec::<String>::new());
        assert_eq!(read_yaml("type: none\n").0, None);
    }

    #[test]
    fn form_fields_are_a_map_or_a_list() {
        let forms = [
            "type: urlencoded\ncontent:\n  a: \"1\"\n",
            "type: urlencoded\ncontent:\n  - key: a\n    value: \"1\"\n",
        ];

        for form in forms {
            let expected = BodyContent::UrlEncoded(vec![Parameter::new("a", "1")]);
            assert_eq!(read_yaml(form).0.unwrap().content, expected);
        }
    }

    #[test]
    fn parts_of_a_form_may_be_files() {
        let (body, told) = read_yaml(
            "type: formdata\ncontent:\n  - {key: t, type: text, value: x, contentType: a/b}\n  \
             - {key: f, type: file, src: ./a.bin}\n  - {key: g, type: file, src: [a, b], disabled: true}\n  \
             - {key: h, type: file, src: []}\n  - {key: i, type: file, value: c}\n",
        );

        let Some(BodyContent::FormData(parts)) = body.map(|body| body.content) else {
            panic!("it is a form");
        };
        let files: Vec<_> = parts
            .iter()
            .map(|part| part.files.as_ref().map(|files| files.join(" ")))
            .collect();
        let expected = [None, Some("./a.bin"), Some("a b"), Some(""), Some("c")];
        assert_eq!(files, expected.map(|files| files.map(str::to_owned)));
        assert_eq!(parts[0].content_type.as_deref(), Some("a/b"));
        assert!(parts[2].parameter.disabled);
        assert_eq!(told, Vec::<String>::new());
    }

    #[test]
    fn a_file_is_a_path_or_a_mapping_with_one() {
        let forms = [
            "type: file\ncontent: ./a.bin\n",
            "type: file\ncontent:\n  src: ./a.bin\n",
        ];

        for form in forms {
            let expected = BodyContent::File(Some("./a.bin".to_owned()));
            assert_eq!(read_yaml(form).0.unwrap().content, expected);
        }
    }

    #[test]
    fn what_is_doubtful_is_told_and_sent() {
        let (body, told) = read_yaml("type: jsn\ncontent:\n  a: {{x}}\n");

        assert_eq!(
            body.unwrap().content,
            BodyContent::Raw("{\"a\":\"{{x}}\"}".to_owned())
        );
        assert_eq!(
            told,
            [
                "`f`, line 1: there is no body of type `jsn`; it is sent as text",
                "`f`, line 3: `{{x}}` stands in no quotes, which makes it a mapping",
                "`f`, line 3: the body is a mapping, and is sent as JSON",
            ]
        );
    }
}
