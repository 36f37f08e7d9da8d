"""Steps 4 and 5: create a pipeline run and follow it to its end."""
from datetime import datetime, timedelta, timezone

from azure.synapse.artifacts.models import RunFilterParameters, RunQueryFilter

from checks import RUN_END, check
from settings import Settings


def create_run(settings, client, pipeline, **options):
    run_id = client.pipeline.create_pipeline_run(
        pipeline, parameters=settings.run_parameters or None, **options).run_id
    check(len(run_id) == 36, f"run {run_id} created")
    return run_id


def follow_run(settings, client, run_id, pipeline):
    run, _ = settings.wait(lambda: client.pipeline_run.get_pipeline_run(run_id),
                           lambda run: run.status, RUN_END, f"run {run_id}")
    check(run.run_id == run_id and run.pipeline_name == pipeline, "run id and pipeline name")
    check(run.run_end is not None and run.duration_in_ms is not None, "runEnd and durationInMs are set")
    return run


def last_day():
    now = datetime.now(timezone.utc)
    return {"last_updated_after": now - timedelta(days=1), "last_updated_before": now + timedelta(days=1)}


def run_pipeline(settings):
    with settings.artifacts_client() as client:
        listed = [p.name for p in client.pipeline.get_pipelines_by_workspace()]
        check(settings.pipeline in listed, "the workspace lists the pipeline")
        run_id = create_run(settings, client, settings.pipeline)
        run = follow_run(settings, client, run_id, settings.pipeline)
        check(run.status == "Succeeded", f"the run ended {run.status}")
        activities = client.pipeline_run.query_activity_runs(
            settings.pipeline, run_id, RunFilterParameters(**last_day())).value
        check(bool(activities), f"{len(activities)} activity runs")
        mine = RunQueryFilter(operand="PipelineName", operator="Equals", values=[settings.pipeline])
        runs = client.pipeline_run.query_pipeline_runs_by_workspace(
            RunFilterParameters(filters=[mine], **last_day())).value
        check(run_id in [r.run_id for r in runs], "queryPipelineRuns finds the run")
    return run


def rerun_and_cancel(settings, first_run):
    """Re-run in recovery mode (same group), then cancel it."""
    with settings.artifacts_client() as client:
        again = create_run(settings, client, settings.pipeline,
                           reference_pipeline_run_id=first_run.run_id, is_recovery=True)
        client.pipeline_run.cancel_pipeline_run(again)
        run = follow_run(settings, client, again, settings.pipeline)
        check(run.status == "Cancelled", f"the second run ended {run.status}")
        check(run.run_group_id == first_run.run_group_id, "both runs share a group")


if __name__ == "__main__":
    chosen = Settings(__doc__)
    rerun_and_cancel(chosen, run_pipeline(chosen))
