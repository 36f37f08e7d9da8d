//! A folder with its requests and folders.

use std::path::{Path, PathBuf};

use serde_json::Map;
use uuid::Uuid;

use super::definition::{self, Definition};
use super::request;
use crate::collection::{Collection, ItemGroup, Node};
use crate::files::{FolderEntry, Source, folder_name, is_folder, list_folder};
use crate::load::error::{Error, Input};
use crate::load::notice::{Notice, Notices};
use crate::load::yaml;

/// Real collections stay below ten; the limit guards the stack.
const DEPTH_LIMIT: usize = 100;

/// The folder that metadata and examples are kept in.
const RESOURCES: &str = ".resources";

/// The folder of a YAML collection, if that is what the source names: by itself or by its definition.
///
/// # Errors
///
/// When it is a single YAML file of another kind.
pub(in crate::load) fn root_of(source: &Source) -> Result<Option<PathBuf>, Error> {
    let Source::Path(path) = source else {
        return Ok(None);
    };
    if is_folder(path) {
        return Ok(Some(path.clone()));
    }
    // A file that cannot be read is told by whoever reads it next.
    if !has_suffix(path, "") || source.read().is_err() {
        return Ok(None);
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let is_definition =
        path.file_stem().is_some_and(|stem| stem == "definition") && folder.ends_with(RESOURCES);
    let root = match folder.parent() {
        Some(parent) if is_definition => parent,
        _ => folder,
    };
    let root = match root.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => root.to_owned(),
    };
    match is_definition {
        true => Ok(Some(root)),
        false => Err(Error::YamlFile {
            name: source.to_string(),
            folder: root.display().to_string(),
        }),
    }
}

/// Reads all requests below a folder.
///
/// # Errors
///
/// When a folder or file cannot be read, a file is not YAML, or there is no request.
pub(in crate::load) fn load_folder(root: &Path) -> Result<(Collection, Vec<Notice>), Error> {
    let mut walk = Walk {
        root: root.display().to_string(),
        notices: Vec::new(),
    };
    let folder = walk.folder(root, 0)?;
    let Some(Folder { definition, nodes }) = folder else {
        return Err(walk.nothing(root)?);
    };
    let name = definition.name.or_else(|| folder_name(root));
    let collection = Collection {
        id: id(definition.id),
        name: name.unwrap_or_else(|| walk.root.clone()),
        description: definition.description,
        nodes,
        events: definition.events,
        variables: definition.variables,
        auth: definition.auth,
        behavior: Map::new(),
        place: String::new(),
    };
    Ok((collection, walk.notices))
}

fn id(written: Option<String>) -> String {
    written
        .filter(|id| !id.is_empty())
        .unwrap_or_else(|| Uuid::new_v4().to_string())
}

struct Walk {
    root: String,
    notices: Vec<Notice>,
}

/// A folder that has a definition or a request somewhere below.
struct Folder {
    definition: Definition,
    nodes: Vec<Node>,
}

/// A node with what it is sorted by: its number, and its name among those with the same number.
struct Ordered {
    order: Option<f64>,
    name: String,
    node: Node,
}

impl Walk {
    fn folder(&mut self, path: &Path, depth: usize) -> Result<Option<Folder>, Error> {
        if depth > DEPTH_LIMIT {
            return Err(Error::TooDeep {
                name: self.root.clone(),
                limit: DEPTH_LIMIT,
            });
        }
        let entries = self.list(path)?;
        let definition = self.definition(&entries)?;
        let mut nodes = Vec::new();
        for entry in &entries {
            match entry.is_folder {
                true => nodes.extend(self.inner(entry, depth)?),
                false => nodes.extend(self.request(entry)?),
            }
        }
        if definition.is_none() && nodes.is_empty() {
            return Ok(None);
        }
        // What has no number comes last.
        let number = |node: &Ordered| node.order.unwrap_or(f64::INFINITY);
        nodes.sort_by(|left, right| {
            number(left)
                .total_cmp(&number(right))
                .then_with(|| left.name.to_lowercase().cmp(&right.name.to_lowercase()))
        });
        Ok(Some(Folder {
            definition: definition.unwrap_or_default(),
            nodes: nodes.into_iter().map(|ordered| ordered.node).collect(),
        }))
    }

    fn list(&self, path: &Path) -> Result<Vec<FolderEntry>, Error> {
        list_folder(path).map_err(|source| Error::File {
            input: Input::Collection,
            name: self.root.clone(),
            source,
        })
    }

    fn definition(&mut self, entries: &[FolderEntry]) -> Result<Option<Definition>, Error> {
        let Some(resources) = entries
            .iter()
            .find(|entry| entry.is_folder && entry.name == RESOURCES)
        else {
            return Ok(None);
        };
        let files = self.list(&resources.path)?;
        let names = ["definition.yaml", "definition.yml"];
        let Some(file) = files
            .iter()
            .find(|file| names.contains(&file.name.as_str()))
        else {
            return Ok(None);
        };
        let (node, mut notices) = self.parse(&file.path)?;
        let definition = definition::read(&node, &mut notices);
        self.notices.extend(notices.into_list());
        Ok(Some(definition))
    }

    /// Metadata of a request may also stand beside it, in a folder whose name ends in `.resources`.
    fn inner(&mut self, entry: &FolderEntry, depth: usize) -> Result<Option<Ordered>, Error> {
        if entry.name.starts_with('.') || entry.name.ends_with(RESOURCES) {
            return Ok(None);
        }
        let Some(Folder { definition, nodes }) = self.folder(&entry.path, depth + 1)? else {
            return Ok(None);
        };
        let name = definition.name.unwrap_or_else(|| entry.name.clone());
        Ok(Some(Ordered {
            order: definition.order,
            name: name.clone(),
            node: Node::Group(Box::new(ItemGroup {
                id: id(definition.id),
                name,
                description: definition.description,
                nodes,
                events: definition.events,
                variables: definition.variables,
                auth: definition.auth,
                behavior: Map::new(),
                place: String::new(),
            })),
        }))
    }

    fn request(&mut self, entry: &FolderEntry) -> Result<Option<Ordered>, Error> {
        if !has_suffix(&entry.path, "request") {
            return Ok(None);
        }
        let (node, mut notices) = self.parse(&entry.path)?;
        let suffix = [".request.yaml", ".request.yml"];
        let name = suffix
            .iter()
            .find_map(|suffix| entry.name.strip_suffix(suffix))
            .unwrap_or(&entry.name);
        let found = request::read(&node, name, &mut notices);
        self.notices.extend(notices.into_list());
        Ok(found.map(|found| Ordered {
            order: found.order,
            name: found.item.name.clone(),
            node: Node::Item(Box::new(found.item)),
        }))
    }

    fn parse(&self, path: &Path) -> Result<(yaml::Node, Notices), Error> {
        let name = path.display().to_string();
        let text = Source::Path(path.to_owned())
            .read_text()
            .map_err(|source| Error::File {
                input: Input::Collection,
                name: self.root.clone(),
                source,
            })?;
        let mut notices = Notices::about(name.as_str());
        let node = yaml::parse_yaml(&text, &mut notices).map_err(|source| Error::Yaml {
            input: Input::Collection,
            name,
            source,
        })?;
        Ok((node, notices))
    }

    /// Someone may mean a JSON file in the folder.
    fn nothing(&self, root: &Path) -> Result<Error, Error> {
        let entries = self.list(root)?;
        let json = entries
            .iter()
            .find(|entry| !entry.is_folder && entry.name.ends_with(".json"));
        Ok(Error::NoRequestFiles {
            name: self.root.clone(),
            near: json.map(|entry| entry.path.display().to_string()),
        })
    }
}

/// Whether a file is `<name>.<kind>.yaml` or `.yml`; without a kind any YAML file.
fn has_suffix(path: &Path, kind: &str) -> bool {
    let extension = path.extension().unwrap_or_default();
    let stem = Path::new(path.file_stem().unwrap_or_default());
    (extension == "yaml" || extension == "yml")
        && (kind.is_empty() || stem.extension().is_some_and(|extension| extension == kind))
}
