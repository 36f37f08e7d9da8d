"""Failures that the emulator's own scenario holds by name, as Azure's clients see them."""
from azure.core.exceptions import HttpResponseError
from azure.synapse.artifacts.models import RunFilterParameters

from checks import check, refused
from pipeline import create_run, follow_run, last_day
from settings import Settings
from spark import follow, submit

WITHOUT_ROLE = "23232323-2323-4323-8323-232323232323"


def pipelines(settings):
    with settings.artifacts_client() as client:
        def run(pipeline, **options):
            run_id = create_run(settings, client, pipeline, **options)
            return follow_run(settings, client, run_id, pipeline)

        failed = run("pl-fails")
        check(failed.status == "Failed", f"pl-fails: {failed.message}")
        activities = client.pipeline_run.query_activity_runs(
            "pl-fails", failed.run_id, RunFilterParameters(**last_day())).value
        errors = [activity for activity in activities if activity.status == "Failed"]
        check(len(errors) == 1 and errors[0].activity_name in failed.message,
              "the message names the activity that failed")
        check(bool(errors[0].error["errorCode"] and errors[0].error["message"]),
              f"the activity tells why: {errors[0].error['message']}")

        first = run("pl-recovers")
        check(first.status == "Failed", "pl-recovers fails at first")
        activities = client.pipeline_run.query_activity_runs(
            "pl-recovers", first.run_id, RunFilterParameters(**last_day())).value
        at = next(activity.activity_name for activity in activities if activity.status == "Failed")
        again = run("pl-recovers", reference_pipeline_run_id=first.run_id, is_recovery=True,
                    start_activity_name=at)
        check(again.status == "Succeeded", f"pl-recovers succeeds when it is run again from {at}")
        check(again.run_group_id == first.run_group_id and again.is_latest, "both runs share a group")

        check(run("pl-cancelled").status == "Cancelled", "pl-cancelled is cancelled by somebody else")
        check(run("pl-slow").status == "Succeeded", "pl-slow succeeds in the end")


def spark_jobs(settings):
    with settings.spark_client() as client:
        job = follow(settings, client, submit(settings, client, "job-fails"))
        check((job.state, job.result) == ("dead", "Failed"), f"job-fails ended {job.state}")
        check(job.errors[0].error_code == "LIVY_JOB_FAILED", f"it tells why: {job.errors[0].message}")
    with settings.spark_client("full") as client:
        batch_id = submit(settings, client, "waiting")
        for _ in range(3):
            job = client.spark_batch.get_spark_batch_job(batch_id, detailed=True)
        check(job.state == "not_started", "a batch in the pool without room waits")
        client.spark_batch.cancel_spark_batch_job(batch_id)
        job = follow(settings, client, batch_id)
        check((job.state, job.result) == ("error", "Cancelled"), f"cancelled before its start: {job.state}")


def roles(settings):
    nobody = settings.credential(client_id=WITHOUT_ROLE)
    with settings.management_client(nobody) as client:
        refused(lambda: client.workspaces.get(settings.resource_group, settings.workspace),
                HttpResponseError, 403, {"AuthorizationFailed"}, "no role at the management plane")
    with settings.artifacts_client(nobody) as client:
        refused(lambda: client.pipeline.create_pipeline_run(settings.pipeline),
                HttpResponseError, 403, {"Unauthorized"}, "no role at the data plane")


if __name__ == "__main__":
    chosen = Settings(__doc__)
    pipelines(chosen)
    spark_jobs(chosen)
    roles(chosen)
