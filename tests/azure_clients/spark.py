"""Step 6: submit a Spark job and follow it, by Livy batch and by job definition."""
from azure.synapse.spark.models import SparkBatchJobOptions

from checks import BATCH_END, check
from settings import Settings


def submit(settings, client, name):
    job = client.spark_batch.create_spark_batch_job(SparkBatchJobOptions(
        name=name, file=settings.spark_file, arguments=["one", "two"], configuration={},
        driver_memory="4g", driver_cores=4, executor_memory="4g", executor_cores=4,
        executor_count=2), detailed=True)
    check(job.state == "not_started" and job.result == "Uncertain", f"batch {job.id} accepted")
    check(job.livy_info.job_creation_request.name == name, "the request is echoed in livyInfo")
    return job.id


def follow(settings, client, batch_id):
    job, _ = settings.wait(lambda: client.spark_batch.get_spark_batch_job(batch_id, detailed=True),
                           lambda job: job.state, BATCH_END, f"batch {batch_id}")
    return job


def run_batch(settings):
    with settings.spark_client() as client:
        batch_id = submit(settings, client, "acceptance batch")
        job = follow(settings, client, batch_id)
        check((job.state, job.result) == ("success", "Succeeded"), f"batch ended {job.state}, {job.result}")
        plain = client.spark_batch.get_spark_batch_job(batch_id)
        check(plain.state == "success" and plain.livy_info is None, "without detailed: plain Livy fields")
        listed = client.spark_batch.get_spark_batch_jobs(detailed=True).sessions
        check(batch_id in [j.id for j in listed], "the pool lists the batch")


def cancel_batch(settings):
    with settings.spark_client() as client:
        batch_id = submit(settings, client, "batch to cancel")
        client.spark_batch.cancel_spark_batch_job(batch_id)
        job = follow(settings, client, batch_id)
        check(job.result == "Cancelled", f"the cancelled batch ended {job.state}, {job.result}")


def run_definition(settings):
    """The call the article shows: sparkJobDefinitions/{name}/execute."""
    with settings.artifacts_client() as client:
        poller = client.spark_job_definition.begin_execute_spark_job_definition(
            settings.spark_job_definition)
        job = poller.result(timeout=float(settings.timeout_seconds))
    check(job.result == "Succeeded", f"job definition ended {job.result}")


if __name__ == "__main__":
    chosen = Settings(__doc__)
    run_batch(chosen)
    cancel_batch(chosen)
    run_definition(chosen)
