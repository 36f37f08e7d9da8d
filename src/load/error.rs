//! Why an input cannot be used.

use std::fmt;

use super::yaml::YamlError;
use crate::{collection, files, rules};

/// What an input is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    /// The collection.
    Collection,
    /// An environment.
    Environment,
    /// The globals.
    Globals,
    /// A rules file.
    Rules,
    /// Iteration data.
    IterationData,
    /// A cookie jar.
    CookieJar,
    /// A list of client certificates.
    ClientCertificates,
    /// A scenario of the emulator.
    Scenario,
}

impl Input {
    fn format(self) -> &'static str {
        match self {
            Self::Collection | Self::ClientCertificates => "JSON",
            Self::Environment | Self::Globals => "JSON or YAML",
            Self::Rules | Self::Scenario => "YAML",
            Self::IterationData | Self::CookieJar => "text",
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Collection => "collection",
            Self::Environment => "environment",
            Self::Globals => "globals",
            Self::Rules => "rules file",
            Self::IterationData => "iteration data",
            Self::CookieJar => "cookie jar",
            Self::ClientCertificates => "list of client certificates",
            Self::Scenario => "scenario",
        })
    }
}

/// An input that cannot be read or is not what it should be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The file cannot be read.
    #[error("cannot load the {input} `{name}`")]
    File {
        /// What the file is for.
        input: Input,
        /// The name as the user wrote it.
        name: String,
        /// Why.
        #[source]
        source: files::Error,
    },
    /// The file holds nothing.
    #[error("cannot load the {input} `{name}`: the file is empty")]
    Empty {
        /// What the file is for.
        input: Input,
        /// The name as the user wrote it.
        name: String,
    },
    /// The file is not text.
    #[error("cannot load the {input} `{name}`: the file is binary data, not {}", input.format())]
    Binary {
        /// What the file is for.
        input: Input,
        /// The name as the user wrote it.
        name: String,
    },
    /// The file is not JSON.
    #[error("cannot load the {input} `{name}`: it is not valid JSON")]
    Json {
        /// What the file is for.
        input: Input,
        /// The name as the user wrote it.
        name: String,
        /// Where and why.
        #[source]
        source: JsonError,
    },
    /// The file is not YAML.
    #[error("cannot load the {input} `{name}`: it is not valid YAML")]
    Yaml {
        /// What the file is for.
        input: Input,
        /// The file.
        name: String,
        /// Where and why.
        #[source]
        source: YamlError,
    },
    /// A YAML file was named where its folder is the collection.
    #[error("cannot load the collection `{name}`: it is one YAML file of a collection")]
    YamlFile {
        /// The name as the user wrote it.
        name: String,
        /// The folder that it stands in.
        folder: String,
    },
    /// A folder holds neither requests nor a definition.
    #[error("cannot load the collection `{name}`: the folder holds no request in YAML")]
    NoRequestFiles {
        /// The name as the user wrote it.
        name: String,
        /// Something in the folder that could be meant.
        near: Option<String>,
    },
    /// Folders nest deeper than any real collection.
    #[error("cannot load the collection `{name}`: its folders nest more than {limit} deep")]
    TooDeep {
        /// The folder.
        name: String,
        /// The limit.
        limit: usize,
    },
    /// The file is JSON of another shape.
    #[error("cannot load the collection `{name}`")]
    Collection {
        /// The name as the user wrote it.
        name: String,
        /// What is wrong.
        #[source]
        source: collection::Error,
    },
    /// A member of the collection is of another kind.
    #[error("cannot load the collection `{name}`")]
    CollectionMember {
        /// The name as the user wrote it.
        name: String,
        /// Where and why.
        #[source]
        source: JsonError,
        /// What to do about it.
        hint: &'static str,
    },
    /// A variable is of another kind.
    #[error("cannot load the {input} `{name}`")]
    ScopeMember {
        /// What the file is for.
        input: Input,
        /// The name as the user wrote it.
        name: String,
        /// Where and why.
        #[source]
        source: JsonError,
    },
    /// The file is JSON of another shape.
    #[error("cannot load the {input} `{name}`: {reason}")]
    Scope {
        /// What the file is for.
        input: Input,
        /// The name as the user wrote it.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// The file holds no cookies in a form that is known.
    #[error("cannot load the cookie jar `{name}`: {reason}")]
    CookieJar {
        /// The name as the user wrote it.
        name: String,
        /// What is wrong where.
        reason: String,
    },
    /// The file is no list of client certificates.
    #[error("cannot load the list of client certificates `{name}`: {reason}")]
    ClientCertificates {
        /// The name as the user wrote it.
        name: String,
        /// What is wrong where.
        reason: String,
    },
    /// A data file is JSON, but no list.
    #[error(
        "cannot load the iteration data `{name}`: it holds {found}, where a list of rows belongs"
    )]
    NoRows {
        /// The name as the user wrote it.
        name: String,
        /// What it is, with its article.
        found: &'static str,
    },
    /// A data file is not CSV.
    #[error("cannot load the iteration data `{name}`: it is not valid CSV: {reason}")]
    Csv {
        /// The name as the user wrote it.
        name: String,
        /// Where and why.
        reason: String,
    },
    /// A data file stops being readable.
    #[error("cannot load the iteration data `{name}`")]
    DataFile {
        /// The name as the user wrote it.
        name: String,
        /// Why.
        source: std::io::Error,
    },
    /// The rules file is not YAML, or a member of it is missing, unknown or of another kind.
    #[error("cannot load the rules file `{name}`")]
    RulesText {
        /// The name as the user wrote it.
        name: String,
        /// Where and why.
        #[source]
        source: JsonError,
    },
    /// The rules file is not one.
    #[error("cannot load the rules file `{name}`")]
    Rules {
        /// The name as the user wrote it.
        name: String,
        /// What is wrong.
        #[source]
        source: rules::Error,
    },
    /// The scenario is not one.
    #[error("cannot load the scenario `{name}`")]
    Scenario {
        /// The name as the user wrote it.
        name: String,
        /// What to do about it.
        hint: String,
        /// Where and why.
        #[source]
        source: JsonError,
    },
}

/// Where a text stops being what it should be.
#[derive(Debug, thiserror::Error)]
#[error("line {line}, column {column}: {reason}{excerpt}")]
pub(crate) struct JsonError {
    /// Counted from 1.
    pub(crate) line: usize,
    /// Counted from 1.
    pub(crate) column: usize,
    /// What the parser says.
    pub(crate) reason: String,
    /// The source line with a caret below it, or nothing.
    pub(crate) excerpt: String,
}

impl JsonError {
    /// The place without the source line, for texts that are not in memory.
    pub(super) fn without_excerpt(error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let suffix = format!(" at line {} column {}", error.line(), error.column());
        let reason = message.strip_suffix(&suffix).unwrap_or(&message).to_owned();
        Self {
            line: error.line(),
            column: error.column(),
            reason,
            excerpt: String::new(),
        }
    }
}

impl Error {
    /// The line of the file at which it stops being what it should be.
    pub(crate) fn line(&self) -> Option<usize> {
        match self {
            Self::Json { source, .. }
            | Self::CollectionMember { source, .. }
            | Self::ScopeMember { source, .. }
            | Self::RulesText { source, .. }
            | Self::Scenario { source, .. } => Some(source.line),
            Self::Yaml { source, .. } => Some(source.line()),
            _ => None,
        }
    }

    /// The column in that line, counted in characters, where it is known.
    pub(crate) fn column(&self) -> Option<usize> {
        match self {
            Self::Json { source, .. }
            | Self::CollectionMember { source, .. }
            | Self::ScopeMember { source, .. }
            | Self::RulesText { source, .. } => Some(source.column),
            _ => None,
        }
    }

    /// The file, which is one of many where a collection is a folder.
    pub(crate) fn file(&self) -> &str {
        match self {
            Self::File { name, .. }
            | Self::Empty { name, .. }
            | Self::Binary { name, .. }
            | Self::Json { name, .. }
            | Self::Yaml { name, .. }
            | Self::YamlFile { name, .. }
            | Self::NoRequestFiles { name, .. }
            | Self::TooDeep { name, .. }
            | Self::Collection { name, .. }
            | Self::CollectionMember { name, .. }
            | Self::ScopeMember { name, .. }
            | Self::Scope { name, .. }
            | Self::CookieJar { name, .. }
            | Self::ClientCertificates { name, .. }
            | Self::NoRows { name, .. }
            | Self::Csv { name, .. }
            | Self::DataFile { name, .. }
            | Self::RulesText { name, .. }
            | Self::Rules { name, .. }
            | Self::Scenario { name, .. } => name,
        }
    }

    /// Whether the file itself could not be read, whatever it holds.
    pub(crate) fn is_unreadable(&self) -> bool {
        matches!(self, Self::File { .. } | Self::DataFile { .. })
    }

    /// What a user can do about it.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::File { source, .. } => source
                .hint()
                .unwrap_or("check the file and try again")
                .to_owned(),
            Self::RulesText { .. }
            | Self::Empty {
                input: Input::Rules,
                ..
            }
            | Self::Binary {
                input: Input::Rules,
                ..
            } => "docs/rules.md lists the members of a rules file".to_owned(),
            Self::CookieJar { .. }
            | Self::Empty {
                input: Input::CookieJar,
                ..
            }
            | Self::Binary {
                input: Input::CookieJar,
                ..
            } => "name a file that --export-cookie-jar has written, or a cookies.txt in Netscape's form"
                .to_owned(),
            Self::ClientCertificates { .. }
            | Self::Empty {
                input: Input::ClientCertificates,
                ..
            }
            | Self::Binary {
                input: Input::ClientCertificates,
                ..
            } => {
                r#"write a list like [{"matches": ["https://api.example/*"], "cert": {"src": "client.pem"}, "key": {"src": "client.key"}}]"#
                    .to_owned()
            }
            Self::Empty {
                input: Input::Scenario,
                ..
            }
            | Self::Binary {
                input: Input::Scenario,
                ..
            } => "docs/emulator.md lists the keys of a scenario".to_owned(),
            Self::Scenario { hint, .. } => hint.clone(),
            Self::Empty { input, .. } | Self::Binary { input, .. } => {
                format!("name the file that holds the {input}, as exported from Postman")
            }
            Self::Json {
                input: Input::IterationData | Input::CookieJar | Input::ClientCertificates,
                source,
                ..
            } => format!("check the JSON near line {}", source.line),
            Self::Json { input, source, .. } => format!(
                "export the {input} again from Postman, or check the JSON near line {}",
                source.line
            ),
            Self::Yaml { source, .. } => source.hint(),
            Self::YamlFile { folder, .. } => format!("name the folder `{folder}`"),
            Self::NoRequestFiles {
                near: Some(near), ..
            } => format!("did you mean `{near}`?"),
            Self::NoRequestFiles { near: None, .. } => {
                "name the folder that holds the files `*.request.yaml`, or a JSON file".to_owned()
            }
            Self::TooDeep { .. } => {
                "move the inner folders outwards, or look for symbolic links that go in a circle"
                    .to_owned()
            }
            Self::Collection { source, .. } => source.hint().to_owned(),
            Self::CollectionMember { hint, .. } => (*hint).to_owned(),
            Self::Scope { input, .. } | Self::ScopeMember { input, .. } => format!(
                "export the {input} from Postman; it is an object with a list `values` of keys and values"
            ),
            Self::Rules { source, .. } => source.hint(),
            Self::NoRows { .. } => {
                "write a list of objects, one for each iteration; a file with one object on each line is called `.jsonl`"
                    .to_owned()
            }
            Self::Csv { .. } => {
                "close the quote, or write two quotes where one is meant".to_owned()
            }
            Self::DataFile { .. } => "check the file and try again".to_owned(),
        }
    }
}
