//! The members that the objects of JSON files have.

/// What an object is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    Collection,
    Info,
    /// A folder or an item; its members tell.
    Node,
    Folder,
    Item,
    Request,
    Url,
    QueryParameter,
    PathVariable,
    Header,
    Body,
    Field,
    Part,
    BodyFile,
    GraphQl,
    Auth,
    AuthParameter,
    Behavior,
    Event,
    Script,
    Variable,
    Scope,
    ScopeVariable,
    CollectionV1,
    FolderV1,
    RequestV1,
}

/// What apps and services write beside what a run needs, in objects of every kind.
const HARMLESS: &[&str] = &[
    "createdAt",
    "createdBy",
    "description",
    "descriptionFormat",
    "id",
    "isDeleted",
    "lastUpdatedBy",
    "name",
    "owner",
    "team",
    "type",
    "uid",
    "updatedAt",
    "uuid",
    "version",
];

/// The settings that `protocolProfileBehavior` may hold.
const BEHAVIOR: &[&str] = &[
    "disableBodyPruning",
    "disableCookies",
    "disableUrlEncoding",
    "disabledSystemHeaders",
    "followAuthorizationHeader",
    "followOriginalHttpMethod",
    "followRedirects",
    "insecureHTTPParser",
    "maxRedirects",
    "protocolVersion",
    "removeRefererHeaderOnRedirect",
    "strictSSL",
    "tlsCipherSelection",
    "tlsDisabledProtocols",
    "tlsPreferServerCiphers",
];

/// The types of authorizations, which name the members that hold their parameters.
const AUTH: &[&str] = &[
    "apikey", "asap", "awsv4", "basic", "bearer", "digest", "edgegrid", "hawk", "jwt", "noauth",
    "ntlm", "oauth1", "oauth2",
];

impl Shape {
    /// The object in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Collection | Self::CollectionV1 => "a collection",
            Self::Info => "the `info` of a collection",
            Self::Node | Self::Item => "an item",
            Self::Folder | Self::FolderV1 => "a folder",
            Self::Request | Self::RequestV1 => "a request",
            Self::Url => "a URL",
            Self::QueryParameter => "a query parameter",
            Self::PathVariable => "a path variable",
            Self::Header => "a header",
            Self::Body => "a body",
            Self::Field => "a form field",
            Self::Part => "a part of a form",
            Self::BodyFile => "the file of a body",
            Self::GraphQl => "a GraphQL body",
            Self::Auth => "an authorization",
            Self::AuthParameter => "a parameter of an authorization",
            Self::Behavior => "`protocolProfileBehavior`",
            Self::Event => "an event",
            Self::Script => "a script",
            Self::Variable => "a variable",
            Self::Scope => "an environment or globals",
            Self::ScopeVariable => "a variable",
        }
    }

    /// The members that count in a run.
    pub(super) fn members(self) -> &'static [&'static str] {
        match self {
            Self::Collection => &[
                "info",
                "item",
                "event",
                "variable",
                "auth",
                "protocolProfileBehavior",
            ],
            Self::Info => &["name", "schema"],
            Self::Folder => &[
                "name",
                "item",
                "event",
                "variable",
                "auth",
                "protocolProfileBehavior",
            ],
            Self::Node | Self::Item => &["name", "request", "event", "protocolProfileBehavior"],
            Self::Request => &["method", "url", "header", "body", "auth"],
            Self::Url => &[
                "protocol", "host", "port", "path", "query", "hash", "variable", "auth",
            ],
            Self::QueryParameter | Self::Header | Self::Field => &["key", "value", "disabled"],
            Self::PathVariable => &["key", "value"],
            Self::Part => &[
                "key",
                "value",
                "disabled",
                "type",
                "src",
                "contentType",
                "fileName",
            ],
            Self::Body => &[
                "mode",
                "raw",
                "urlencoded",
                "formdata",
                "file",
                "graphql",
                "options",
                "disabled",
            ],
            Self::BodyFile => &["src", "content"],
            Self::GraphQl => &["query", "operationName", "variables"],
            Self::Auth => AUTH,
            Self::AuthParameter => &["key", "value"],
            Self::Behavior => BEHAVIOR,
            Self::Event => &["listen", "script", "disabled"],
            Self::Script => &["exec"],
            Self::Variable => &["key", "value", "type", "disabled", "enabled"],
            Self::Scope => &["name", "values"],
            Self::ScopeVariable => &["key", "value", "type", "enabled", "disabled"],
            Self::CollectionV1 => &[
                "name",
                "order",
                "folders",
                "folders_order",
                "requests",
                "events",
                "variables",
                "auth",
            ],
            Self::FolderV1 => &[
                "name",
                "order",
                "folders_order",
                "events",
                "variables",
                "auth",
            ],
            Self::RequestV1 => &[
                "name",
                "method",
                "url",
                "headers",
                "headerData",
                "queryParams",
                "pathVariables",
                "pathVariableData",
                "data",
                "dataMode",
                "rawModeData",
                "graphqlModeData",
                "dataOptions",
                "dataDisabled",
                "auth",
                "currentHelper",
                "helperAttributes",
                "events",
                "preRequestScript",
                "tests",
                "protocolProfileBehavior",
            ],
        }
    }

    /// Whether nobody loses anything when a run passes a member over.
    pub(super) fn is_harmless(self, name: &str) -> bool {
        let own: &[&str] = match self {
            Self::Item | Self::Node => &["response"],
            Self::Request => &["proxy", "certificate"],
            Self::Url => &["raw"],
            Self::QueryParameter => &["equals", "enabled", "system"],
            Self::Header => &["enabled", "system", "warning"],
            Self::Field | Self::Part => &["enabled"],
            Self::PathVariable => &["disabled", "enabled", "system"],
            Self::AuthParameter => &["enabled", "disabled", "system"],
            Self::Script => &["packages", "requests", "src"],
            Self::Variable => &["system"],
            Self::Scope => &["timestamp", "synced", "syncedFilename", "isPublic", "color"],
            Self::ScopeVariable => &["hovered", "text", "sessionValue", "sessionIndex"],
            // Old exports are full of what the app of their time needed.
            Self::RequestV1 => &["collection", "folder", "responses", "collectionId", "time"],
            Self::CollectionV1 | Self::FolderV1 => &["collection", "folder", "collectionId"],
            _ => &[],
        };
        name.starts_with(['_', '$'])
            || name.starts_with("x-")
            || HARMLESS.contains(&name)
            || own.contains(&name)
    }

    /// Whether members that are like no other are worth a note.
    pub(super) fn is_current(self) -> bool {
        !matches!(self, Self::CollectionV1 | Self::FolderV1 | Self::RequestV1)
    }

    /// The objects in a member, or in the list that it is.
    pub(super) fn inner(self, member: &str) -> Option<Self> {
        Some(match (self, member) {
            (Self::Collection, "info") => Self::Info,
            (Self::Collection | Self::Folder, "item") => Self::Node,
            (Self::Collection | Self::Folder | Self::Item, "event") => Self::Event,
            (Self::Collection | Self::Folder, "variable") => Self::Variable,
            (Self::Collection | Self::Folder | Self::Request, "auth") => Self::Auth,
            (Self::Item, "request") => Self::Request,
            (Self::Request, "url") => Self::Url,
            (Self::Request, "header") => Self::Header,
            (Self::Request, "body") => Self::Body,
            (Self::Url, "query") => Self::QueryParameter,
            (Self::Url, "variable") => Self::PathVariable,
            (Self::Body, "urlencoded") => Self::Field,
            (Self::Body, "formdata") => Self::Part,
            (Self::Body, "file") => Self::BodyFile,
            (Self::Body, "graphql") => Self::GraphQl,
            (Self::Auth, _) => Self::AuthParameter,
            (Self::Event, "script") => Self::Script,
            (_, "protocolProfileBehavior") => Self::Behavior,
            (Self::Scope, "values") => Self::ScopeVariable,
            (Self::CollectionV1, "folders") => Self::FolderV1,
            (Self::CollectionV1, "requests") => Self::RequestV1,
            (Self::CollectionV1 | Self::FolderV1 | Self::RequestV1, "events") => Self::Event,
            (Self::CollectionV1 | Self::FolderV1, "variables") => Self::Variable,
            (Self::CollectionV1 | Self::FolderV1 | Self::RequestV1, "auth") => Self::Auth,
            _ => return None,
        })
    }

    /// Whether a map, which takes the place of a list of keys and values, is one of these.
    pub(super) fn is_entry(self) -> bool {
        matches!(
            self,
            Self::QueryParameter
                | Self::PathVariable
                | Self::Header
                | Self::Field
                | Self::Part
                | Self::AuthParameter
                | Self::Variable
                | Self::Event
                | Self::ScopeVariable
        )
    }

    /// Where a member may have been meant to stand.
    pub(super) fn neighbours(self) -> &'static [Self] {
        match self {
            Self::Collection => &[Self::Info],
            Self::Folder => &[Self::Item, Self::Request],
            Self::Item | Self::Node => &[Self::Request, Self::Url, Self::Body, Self::Folder],
            Self::Request => &[Self::Item, Self::Url, Self::Body],
            Self::Event => &[Self::Script],
            _ => &[],
        }
    }
}
