//! Scripts of requests and definitions.

use crate::collection::{Event, Script, ScriptKind};
use crate::load::notice::Notices;
use crate::load::yaml::{Content, Fields, Node};

const KEYS: [&str; 7] = [
    "id", "name", "type", "code", "language", "packages", "requests",
];

/// Reads the list of scripts. A type may carry the protocol in front, as definitions write it; scripts
/// for other protocols than HTTP are left out there.
pub(super) fn read(node: &Node, is_definition: bool, notices: &mut Notices) -> Vec<Event> {
    let Content::List(members) = &node.content else {
        if !node.is_null() {
            let message = format!("`scripts` is {}, where a list belongs", node.kind());
            notices.push(node.line, message, None);
        }
        return Vec::new();
    };
    members
        .iter()
        .filter_map(|member| event(member, is_definition, notices))
        .collect()
}

fn event(node: &Node, is_definition: bool, notices: &mut Notices) -> Option<Event> {
    let fields = Fields::read(node, "a script", &KEYS, notices)?;
    let kind = fields.text("type", notices).unwrap_or_default();
    let (protocol, moment) = kind.split_once(':').unwrap_or(("http", &kind));
    let listen = match moment {
        "beforeRequest" | "beforeQuery" => ScriptKind::Prerequest,
        "afterResponse" => ScriptKind::Test,
        _ => {
            notices.advise(
                node.line,
                format!("a script of type `{kind}` is not run"),
                "the types are `beforeRequest` and `afterResponse`",
            );
            return None;
        }
    };
    if is_definition && protocol != "http" {
        notices.advise(
            node.line,
            format!("a script of type `{kind}` is not run"),
            "scripts that requests inherit have the types `http:beforeRequest` and `http:afterResponse`",
        );
        return None;
    }
    let language = fields.get("language");
    if let Some(language) = language
        && fields.text("language", notices).as_deref() != Some("text/javascript")
    {
        notices.advise(
            language.line,
            "the script is taken for JavaScript, whatever its `language` says",
            "write `text/javascript`",
        );
    }
    Some(Event {
        listen,
        script: Script {
            id: fields.text("id", notices),
            source: fields.text("code", notices)?.replace("\r\n", "\n"),
        },
        disabled: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::yaml::parse_yaml;

    fn read_yaml(text: &str, is_definition: bool) -> (Vec<(&'static str, String)>, Vec<String>) {
        let mut notices = Notices::about("f");
        let node = parse_yaml(text, &mut notices).unwrap();
        let events = read(&node, is_definition, &mut notices);
        let told = notices.into_list();
        (
            events
                .into_iter()
                .map(|event| (event.listen.name(), event.script.source))
                .collect(),
            told.iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn both_moments_and_both_spellings_are_read() {
        let text = "- type: beforeRequest\n  code: |-\n    a();\n    b();\n- type: http:afterResponse\n  \
                    language: text/javascript\n  code: \"c();\\r\\nd();\"\n";

        let (events, told) = read_yaml(text, true);
        assert_eq!(
            events,
            [
                ("prerequest", "a();\nb();".to_owned()),
                ("test", "c();\nd();".to_owned())
            ]
        );
        assert_eq!(told, Vec::<String>::new());
    }

    #[test]
    fn what_is_not_run_is_told() {
        let text = "- type: test\n  code: a();\n- type: grpc:afterResponse\n  code: a();\n\
                    - type: afterResponse\n  exec: a();\n- type: afterResponse\n  language: javascript\n  \
                    code: b();\n";

        let (events, told) = read_yaml(text, true);
        assert_eq!(events, [("test", "b();".to_owned())]);
        assert_eq!(
            told,
            [
                "`f`, line 1: a script of type `test` is not run",
                "`f`, line 3: a script of type `grpc:afterResponse` is not run",
                "`f`, line 6: a script has no key `exec`; it is not used",
                "`f`, line 8: the script is taken for JavaScript, whatever its `language` says",
            ]
        );
    }
}
