//! Loading everything that a run needs, before anything is sent.

use std::path::Path;
use std::sync::Arc;

use super::client_options::client_options;
use super::credentials::learn_written_credentials;
use crate::cli::args::RunArgs;
use crate::cli::context::{Context, environment_variable};
use crate::cli::diagnostics::Diagnostics;
use crate::cli::error::Error;
use crate::cli::fetch::{CloudResource, cloud_source};
use crate::cli::variables::set_all;
use crate::collection::Collection;
use crate::files::{self, Source, WorkingDir};
use crate::http::{ClientOptions, JarCookie};
use crate::load::{
    ScopeFile, collection_folder, load_collection, load_cookie_jar, load_iteration_data,
    load_rules, load_scope,
};
use crate::packages::{Packages, load_packages};
use crate::plan::{RunPlan, plan_all, variable_scope};
use crate::record::ItemInfo;
use crate::redact::Secrets;
use crate::rules::RuleSet;
use crate::variables::{Dialect, Random, Rows, VariableScope, VariableScopes};
use crate::vault::{Vault, VaultSource};

/// The inputs of a run, read and checked.
pub(super) struct RunInputs {
    pub(super) collection: Collection,
    pub(super) plan: RunPlan,
    pub(super) rules: RuleSet,
    pub(super) scopes: VariableScopes,
    pub(super) client: ClientOptions,
    pub(super) cookies: Vec<JarCookie>,
    pub(super) files: WorkingDir,
    pub(super) rows: Option<Rows>,
    pub(super) iteration_count: usize,
    pub(super) dialect: Dialect,
    pub(super) vault: Option<Vault>,
    pub(super) packages: Arc<Packages>,
}

impl RunInputs {
    /// Reads all files that the arguments name, and tells what is doubtful in them.
    pub(super) fn load(
        args: &RunArgs,
        context: &Context,
        diagnostics: &Diagnostics,
        secrets: &Secrets,
    ) -> Result<Self, Error> {
        let client = client_options(args, context, diagnostics, secrets)?;
        let cloud = |resource: CloudResource, argument: &str| {
            let key = args.postman_api_key.as_deref();
            cloud_source(argument, resource, &client, secrets, key)
        };
        let source = |argument: &str| cloud(CloudResource::Other, argument);
        let (collection, notices) = load_collection(
            &cloud(CloudResource::Collection, &args.collection)?,
            args.dialect(),
        )?;
        diagnostics.notices(notices);
        let scopes = scopes(args, &collection, &cloud, diagnostics)?;
        let selection = args.selection.selection();
        let everything = plan_all(&collection, args.dialect());
        learn_written_credentials(&everything, secrets);
        let all_items: Vec<ItemInfo> = everything
            .items
            .iter()
            .map(|item| ItemInfo::clone(&item.info))
            .collect();
        let plan = everything.select(&collection, &selection, args.dialect())?;
        diagnostics.doubts(&selection.doubts(&collection));
        let rules = rules(args, &all_items, &source)?;
        let files = working_dir(args).map_err(Error::WorkingDir)?;
        let packages = match &args.packages {
            Some(folder) => load_packages(folder)?,
            None => Packages::default(),
        };
        let vault = match &args.vault {
            Some(written) => Some(Vault::new(vault_source(written, &source, diagnostics)?)),
            None => None,
        };
        let data = match &args.iteration_data {
            Some(data) => Some(load_iteration_data(&source(data)?, args.dialect())?),
            None => None,
        };
        let cookies = match &args.cookie_jar {
            Some(jar) => load_cookie_jar(&source(jar)?)?,
            None => Vec::new(),
        };
        let row_count = data.as_ref().map_or(1, |data| data.row_count.max(1));
        Ok(Self {
            iteration_count: args.iteration_count.unwrap_or(row_count),
            rows: data.map(|data| data.rows),
            collection,
            plan,
            rules,
            scopes,
            client,
            cookies,
            dialect: args.dialect(),
            files,
            vault,
            packages: Arc::new(packages),
        })
    }
}

/// Without a folder of its own, a run finds files where it was started and beside the collection.
fn working_dir(args: &RunArgs) -> Result<WorkingDir, files::Error> {
    let outside_allowed = !args.no_insecure_file_read;
    if let Some(root) = &args.working_dir {
        let working_dir = WorkingDir::new(root, outside_allowed)?;
        let refuses_all = args.newman_compat && !outside_allowed && root.is_relative();
        return Ok(match refuses_all {
            true => working_dir.refusing_all(),
            false => working_dir,
        });
    }
    let started_in = WorkingDir::new(Path::new("."), outside_allowed)?;
    if args.newman_compat {
        return Ok(started_in);
    }
    match collection_folder(&Source::parse(&args.collection)) {
        Some(folder) => started_in.or_in(&folder),
        None => Ok(started_in),
    }
}

/// Finds the source behind an argument.
type FindSource<'find> = dyn Fn(&str) -> Result<Source, Error> + 'find;

fn scopes(
    args: &RunArgs,
    collection: &Collection,
    cloud: &dyn Fn(CloudResource, &str) -> Result<Source, Error>,
    diagnostics: &Diagnostics,
) -> Result<VariableScopes, Error> {
    let scope = |file: ScopeFile, argument: Option<&str>| {
        let resource = match file {
            ScopeFile::Environment => CloudResource::Environment,
            ScopeFile::Globals => CloudResource::Other,
        };
        let source = |argument: &str| cloud(resource, argument);
        scope(file, argument, args.dialect(), &source, diagnostics)
    };
    let mut environment = scope(ScopeFile::Environment, args.environment.as_deref())?;
    let mut globals = scope(ScopeFile::Globals, args.globals.as_deref())?;
    set_all(&mut environment, "--env-var", &args.env_var)?;
    set_all(&mut globals, "--global-var", &args.global_var)?;
    Ok(VariableScopes {
        environment,
        globals,
        collection: variable_scope(&collection.variables, args.dialect()),
        angle_variables: !args.no_angle_variables,
        random: args
            .seed
            .map_or_else(Random::default, Random::from_seed)
            .into(),
        ..VariableScopes::default()
    })
}

fn scope(
    file: ScopeFile,
    argument: Option<&str>,
    dialect: Dialect,
    source: &FindSource<'_>,
    diagnostics: &Diagnostics,
) -> Result<VariableScope, Error> {
    let Some(argument) = argument else {
        return Ok(VariableScope::default());
    };
    let (scope, notices) = load_scope(file, &source(argument)?, dialect)?;
    diagnostics.notices(notices);
    Ok(scope)
}

/// `env`, `env:PREFIX`, `file:FILE` or `command:COMMAND`.
fn vault_source(
    written: &str,
    source: &FindSource<'_>,
    diagnostics: &Diagnostics,
) -> Result<VaultSource, Error> {
    match written.split_once(':').unwrap_or((written, "")) {
        ("env", prefix) => Ok(VaultSource::Environment {
            prefix: prefix.to_owned(),
            read: environment_variable,
        }),
        ("file", file) if !file.is_empty() => {
            let (scope, notices) =
                load_scope(ScopeFile::Environment, &source(file)?, Dialect::Postrider)?;
            diagnostics.notices(notices);
            Ok(VaultSource::File(scope))
        }
        ("command", command) if !command.is_empty() => Ok(VaultSource::Command(command.to_owned())),
        _ => Err(Error::Flag {
            flag: "--vault",
            value: written.to_owned(),
            reason: "it is none of env, env:PREFIX, file:FILE and command:COMMAND".to_owned(),
        }),
    }
}

/// A rule may be for a request that is not selected, but not for one that does not exist.
fn rules(
    args: &RunArgs,
    all_items: &[ItemInfo],
    source: &FindSource<'_>,
) -> Result<RuleSet, Error> {
    let Some(name) = &args.rules else {
        return Ok(RuleSet::default());
    };
    let rules = load_rules(&source(name)?)?;
    rules
        .check_names(all_items)
        .map_err(|source| Error::Rules {
            name: name.clone(),
            source,
        })?;
    Ok(rules)
}
