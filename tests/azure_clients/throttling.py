"""Refusals that pass: the clients try again by themselves, and nothing is started twice.

The emulator has to be started anew with `--scenario throttled.yaml`.
"""
import time

from azure.synapse.artifacts.models import RunFilterParameters

from checks import check
from pipeline import create_run, follow_run, last_day
from settings import Settings
from spark import follow, submit


def seconds(action):
    start = time.monotonic()
    return action(), time.monotonic() - start


def main():
    settings = Settings(__doc__.splitlines()[0])
    with settings.management_client() as client:
        found, took = seconds(lambda: client.workspaces.get(settings.resource_group, settings.workspace))
        check(found.name == settings.workspace and took >= 1, "the workspace is read after a 429 and its pause")
    with settings.artifacts_client() as client:
        run_id, took = seconds(lambda: create_run(settings, client, settings.pipeline))
        check(took >= 1, "the run is created after a 429 and its pause")
        run = follow_run(settings, client, run_id, settings.pipeline)
        check(run.status == "Succeeded", "the run is followed beyond a 503")
        runs = client.pipeline_run.query_pipeline_runs_by_workspace(
            RunFilterParameters(**last_day())).value
        check([run.run_id for run in runs] == [run_id], "the repeated request has started one run")
    with settings.spark_client() as client:
        batch_id, took = seconds(lambda: submit(settings, client, "throttled"))
        check(took >= 1, "the batch is created after a 429 and its pause")
        check(follow(settings, client, batch_id).result == "Succeeded", "the batch succeeded")
        check(len(client.spark_batch.get_spark_batch_jobs().sessions) == 1, "there is one batch")


if __name__ == "__main__":
    main()
