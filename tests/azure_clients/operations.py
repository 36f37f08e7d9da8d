"""What an orchestrator does besides starting things: triggers, notebooks, Spark and SQL pools."""
import uuid

from azure.core.exceptions import ResourceNotFoundError
from azure.mgmt.synapse.models import Sku, SqlPoolPatchInfo
from azure.synapse.artifacts.models import (
    RunFilterParameters, RunNotebookParameter, RunNotebookRequest, RunNotebookSparkSessionOptions,
)

from checks import RUN_END, check, refused
from pipeline import last_day
from settings import Settings


def spark_pools(settings):
    with settings.management_client() as client:
        names = [pool.name for pool in client.big_data_pools.list_by_workspace(
            settings.resource_group, settings.workspace)]
        check(settings.spark_pool in names, "the management plane lists the Spark pool")
    with settings.artifacts_client() as client:
        names = [pool.name for pool in client.big_data_pools.list().value]
        check(settings.spark_pool in names, "the data plane lists the Spark pool")
        pool = client.big_data_pools.get(settings.spark_pool)
        check(pool.provisioning_state == "Succeeded", f"Spark {pool.spark_version}, {pool.node_count} nodes")


def triggers(settings):
    name = settings.trigger
    with settings.artifacts_client() as client:
        names = [trigger.name for trigger in client.trigger.get_triggers_by_workspace()]
        check(name in names, "the workspace lists the trigger")

        def state():
            return client.trigger.get_trigger(name).properties.runtime_state

        client.trigger.begin_stop_trigger(name).result()
        check(state() == "Stopped", "the trigger is stopped")
        client.trigger.begin_start_trigger(name).result()
        check(state() == "Started", "the trigger is started")

        def firings():
            query = RunFilterParameters(**last_day())
            runs = client.trigger_run.query_trigger_runs_by_workspace(query).value
            return [run for run in runs if run.trigger_name == name]

        before = firings()
        check(bool(before), f"it has fired {len(before)} times")
        client.trigger_run.rerun_trigger_instance(name, before[0].trigger_run_id)
        after = firings()
        check(len(after) == len(before) + 1, "a rerun fires it once more")
        newest = next(run for run in after
                      if run.trigger_run_id not in [old.trigger_run_id for old in before])
        client.trigger_run.cancel_trigger_instance(name, newest.trigger_run_id)
        started = list(newest.triggered_pipelines.values())
        check(bool(started), f"a firing starts {len(started)} pipelines")
        run, _ = settings.wait(lambda: client.pipeline_run.get_pipeline_run(started[0]),
                               lambda run: run.status, RUN_END, "the run of the firing")
        check(run.status == "Cancelled", "cancelling the firing cancels its pipeline")
        refused(lambda: client.trigger.get_trigger("no-such-trigger"),
                ResourceNotFoundError, 404, {"TriggerNotFound"}, "missing trigger")


def notebooks(settings):
    request = RunNotebookRequest(
        notebook=settings.notebook, spark_pool=settings.spark_pool,
        session_options=RunNotebookSparkSessionOptions(
            driver_memory="28g", driver_cores=4, executor_memory="28g", executor_cores=4),
        parameters={"day": RunNotebookParameter(type="String", value="monday")})
    with settings.artifacts_client() as client:
        run_id = str(uuid.uuid4())
        client.run_notebook.begin_create_run(run_id, request).result()
        answer, _ = settings.wait(lambda: client.run_notebook.get_status(run_id),
                                  lambda answer: answer.result.run_status, RUN_END, "the notebook run")
        result = answer.result
        check(result.run_id == run_id, "the notebook run has the id of the caller")
        check(result.run_status == "Succeeded", f"the notebook run ended {result.run_status}")
        check(bool(result.exit_value), f"its exit value is {result.exit_value!r}")
        snapshot = client.run_notebook.get_snapshot(run_id).result
        check(snapshot.snapshot.notebook == settings.notebook, "the snapshot names the notebook")

        run_id = str(uuid.uuid4())
        client.run_notebook.begin_create_run(run_id, request, polling=False)
        client.run_notebook.cancel_run(run_id)
        state = client.run_notebook.get_status(run_id).result.run_status
        check(state == "Cancelled", f"the cancelled notebook run ended {state}")


def sql_pools(settings):
    where = (settings.resource_group, settings.workspace, settings.sql_pool)
    with settings.management_client() as client:
        names = [pool.name for pool in client.sql_pools.list_by_workspace(*where[:2])]
        check(settings.sql_pool in names, "the workspace lists the SQL pool")
        client.sql_pools.begin_pause(*where).result()
        check(client.sql_pools.get(*where).status == "Paused", "the SQL pool is paused")
        client.sql_pools.begin_resume(*where).result()
        pool = client.sql_pools.get(*where)
        check(pool.status == "Online", "the SQL pool is online")

        old, new = pool.sku.name, "DW200c" if pool.sku.name != "DW200c" else "DW100c"
        for level in (new, old):
            client.sql_pools.update(*where, SqlPoolPatchInfo(sku=Sku(name=level)))
            settings.wait(lambda: client.sql_pools.get(*where),
                          lambda pool: pool.status, {"Online"}, "the SQL pool")
            check(client.sql_pools.get(*where).sku.name == level, f"the SQL pool is scaled to {level}")


def main():
    settings = Settings(__doc__)
    print("Spark pools")
    spark_pools(settings)
    print("triggers")
    triggers(settings)
    print("notebooks")
    notebooks(settings)
    print("SQL pools")
    sql_pools(settings)


if __name__ == "__main__":
    main()
