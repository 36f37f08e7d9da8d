//! The scenario that ships: one workspace in which every way to end can be seen.

use std::time::Duration;

use serde_json::json;

use super::{
    Activity, ActivityFailure, ClientSecret, Notebook, NotebookFailure, Parameter, Pipeline,
    PipelineEnd, Principal, Scenario, SparkJob, SparkJobDefinition, SparkJobFailure, SparkPool,
    SqlPool, Subscription, Tenant, Trigger, Workspace,
};
use crate::emulator::state::Pace;

const TENANT: &str = "11111111-1111-4111-8111-111111111111";
const OTHER_TENANT: &str = "12121212-1212-4212-8212-121212121212";
const CLIENT: &str = "22222222-2222-4222-8222-222222222222";
const SUBSCRIPTION: &str = "33333333-3333-4333-8333-333333333333";
// Real secrets hold `~` and `.`, which tests the encoding of forms.
const SECRET: &str = "emulator~only.secret";
const EXPIRED_SECRET: &str = "emulator~expired.secret";
const GROUP: &str = "rg-demo";
const WORKSPACE: &str = "ws-demo";
const POOL: &str = "sparkpool1";
/// An application that may sign in and do nothing else.
const CLIENT_WITHOUT_ROLE: &str = "23232323-2323-4323-8323-232323232323";
/// As long as Azure's tokens usually are good.
const TOKEN_LIFETIME: Duration = Duration::from_secs(3599);

/// Names and values that a person needs for talking to the emulator, under the variable names of
/// the sample environments.
pub(crate) fn identifiers() -> Vec<(&'static str, &'static str)> {
    vec![
        ("tenantId", TENANT),
        ("clientId", CLIENT),
        ("clientSecret", SECRET),
        ("subscriptionId", SUBSCRIPTION),
        ("resourceGroupName", GROUP),
        ("workspaceName", WORKSPACE),
        ("pipelineName", "pl-demo"),
        ("sparkJobDefinition", "job-demo"),
        ("sparkPoolName", POOL),
        ("notebookName", "nb-demo"),
        ("triggerName", "tr-nightly"),
        ("sqlPoolName", "sqlpool1"),
    ]
}

impl Scenario {
    /// The scenario of the sample environments.
    pub(crate) fn demo() -> Self {
        Self {
            tenants: vec![
                tenant(
                    TENANT,
                    "emulator.example",
                    "44444444-4444-4444-8444-444444444444",
                ),
                // The same application in another directory: its tokens are good, and wrong for
                // the subscription.
                tenant(
                    OTHER_TENANT,
                    "other.example",
                    "45454545-4545-4545-8545-454545454545",
                ),
            ],
            subscriptions: vec![Subscription {
                id: SUBSCRIPTION.to_owned(),
                tenant_id: TENANT.to_owned(),
                display_name: "Emulator".to_owned(),
                resource_groups: vec![GROUP.to_owned()],
            }],
            workspaces: vec![workspace()],
            faults: Vec::new(),
            pace: Pace::Looks,
            token_lifetime: TOKEN_LIFETIME,
        }
    }
}

fn tenant(id: &str, domain: &str, object_id: &str) -> Tenant {
    Tenant {
        id: id.to_owned(),
        domain: domain.to_owned(),
        principals: vec![
            principal(CLIENT, object_id, true),
            principal(
                CLIENT_WITHOUT_ROLE,
                "46464646-4646-4646-8646-464646464646",
                false,
            ),
        ],
    }
}

fn principal(client_id: &str, object_id: &str, has_roles: bool) -> Principal {
    Principal {
        client_id: client_id.to_owned(),
        object_id: object_id.to_owned(),
        secrets: vec![
            ClientSecret {
                value: SECRET.to_owned(),
                is_expired: false,
            },
            ClientSecret {
                value: EXPIRED_SECRET.to_owned(),
                is_expired: true,
            },
        ],
        reads_resources: has_roles,
        has_synapse_role: has_roles,
    }
}

fn workspace() -> Workspace {
    Workspace {
        name: WORKSPACE.to_owned(),
        subscription_id: SUBSCRIPTION.to_owned(),
        resource_group: GROUP.to_owned(),
        location: "australiaeast".to_owned(),
        uid: "77777777-7777-4777-8777-777777777777".to_owned(),
        identity_id: "55555555-5555-4555-8555-555555555555".to_owned(),
        managed_resource_group: "synapseworkspace-managedrg-66666666-6666-4666-8666-666666666666"
            .to_owned(),
        storage_account: "demolake".to_owned(),
        filesystem: "demo".to_owned(),
        pipelines: pipelines(),
        spark_pools: vec![spark_pool(POOL, false), spark_pool("full", true)],
        spark_job_definitions: vec![
            definition("job-demo", "wordcount.py", SparkJob::default()),
            definition(
                "job-fails",
                "broken.py",
                SparkJob {
                    steps_running: 1,
                    failure: Some(SparkJobFailure {
                        source: "User".to_owned(),
                        message: "The application broken.py ended with exit code 1: \
                              ModuleNotFoundError: No module named 'wordlist'"
                            .to_owned(),
                    }),
                },
            ),
        ],
        notebooks: notebooks(),
        triggers: vec![
            trigger("tr-nightly", "ScheduleTrigger", true),
            trigger("tr-landing", "BlobEventsTrigger", false),
        ],
        sql_pools: vec![SqlPool {
            name: "sqlpool1".to_owned(),
            level: "DW100c".to_owned(),
            is_paused: false,
        }],
    }
}

fn spark_pool(name: &str, is_full: bool) -> SparkPool {
    SparkPool {
        name: name.to_owned(),
        spark_version: "3.4".to_owned(),
        node_count: 3,
        is_full,
    }
}

fn notebooks() -> Vec<Notebook> {
    let notebook = |name: &str| Notebook {
        name: name.to_owned(),
        steps_running: 1,
        exit_value: None,
        failure: None,
    };
    vec![
        Notebook {
            exit_value: Some("42 rows".to_owned()),
            ..notebook("nb-demo")
        },
        Notebook {
            failure: Some(NotebookFailure {
                name: "ValueError".to_owned(),
                message: "column 'amount' holds text".to_owned(),
            }),
            ..notebook("nb-fails")
        },
        Notebook {
            steps_running: 20,
            ..notebook("nb-slow")
        },
    ]
}

fn trigger(name: &str, kind: &str, is_started: bool) -> Trigger {
    Trigger {
        name: name.to_owned(),
        kind: kind.to_owned(),
        pipelines: vec!["pl-demo".to_owned()],
        is_started,
    }
}

fn pipelines() -> Vec<Pipeline> {
    vec![
        pipeline("pl-demo", 1, PipelineEnd::Succeeds),
        pipeline("Pipeline 1", 1, PipelineEnd::Succeeds),
        pipeline("pl-fails", 1, PipelineEnd::Fails(load_failure(false))),
        pipeline("pl-recovers", 1, PipelineEnd::Fails(load_failure(true))),
        pipeline("pl-slow", 20, PipelineEnd::Succeeds),
        pipeline("pl-cancelled", 1, PipelineEnd::IsCancelled),
    ]
}

fn load_failure(is_mended_by_recovery: bool) -> ActivityFailure {
    ActivityFailure {
        activity: "Load orders".to_owned(),
        code: "2200".to_owned(),
        message: "The file orders.csv was not found in container landing".to_owned(),
        is_mended_by_recovery,
    }
}

fn pipeline(name: &str, steps_in_progress: u32, end: PipelineEnd) -> Pipeline {
    Pipeline {
        name: name.to_owned(),
        parameters: vec![
            Parameter {
                name: "source".to_owned(),
                kind: "String".to_owned(),
                default: Some(json!("landing")),
            },
            Parameter {
                name: "days".to_owned(),
                kind: "Int".to_owned(),
                default: Some(json!(1)),
            },
        ],
        activities: vec![
            Activity {
                name: "Find files".to_owned(),
                kind: "GetMetadata".to_owned(),
            },
            Activity {
                name: "Load orders".to_owned(),
                kind: "Copy".to_owned(),
            },
        ],
        steps_in_progress,
        end,
    }
}

fn definition(name: &str, file: &str, job: SparkJob) -> SparkJobDefinition {
    SparkJobDefinition {
        name: name.to_owned(),
        pool: POOL.to_owned(),
        language: "PySpark".to_owned(),
        file: format!("abfss://demo@demolake.dfs.core.windows.net/jobs/{file}"),
        job,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_sample_environment_holds_the_same_values() {
        let text = include_str!("../../../environments/synapse-emulator.postman_environment.json");
        let environment: Value = serde_json::from_str(text).unwrap();
        let values = environment["values"].as_array().unwrap();

        for (name, value) in identifiers() {
            let found = values.iter().find(|entry| entry["key"] == name);
            assert_eq!(
                found.map(|entry| &entry["value"]),
                Some(&json!(value)),
                "{name}"
            );
        }
    }

    #[test]
    fn names_are_found_without_regard_to_case() {
        let scenario = Scenario::demo();

        let workspace = scenario.workspace("WS-Demo").unwrap();

        assert!(workspace.pipeline("PL-DEMO").is_some());
        assert!(workspace.pipeline("pipeline 1").is_some());
        assert!(workspace.pipeline("pl-nope").is_none());
        assert!(scenario.tenant("EMULATOR.example").is_some());
    }
}
