"""The six steps and some operations with the Azure CLI, through the emulator's CONNECT proxy.

az forms its own host names, so only --proxy works here, not --base-address.
The az program is the one on PATH, or the one named by the variable AZ.
"""
import json
import os
import subprocess
import tempfile
import time

from checks import BATCH_END, RUN_END, check
from settings import Settings


def az(*words, fails=False):
    """Run one az command; return its JSON answer, or its error text if it must fail."""
    done = subprocess.run([os.environ.get("AZ", "az"), *words, "--output", "json"],
                          capture_output=True, text=True)
    if fails:
        check(done.returncode != 0, "az " + " ".join(words[:3]) + " is refused")
        return done.stderr
    if done.returncode:
        raise SystemExit(f"az {' '.join(words[:3])}: {done.stderr.strip()}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def until(read, field, ended, timeout):
    seen, stop = [], time.monotonic() + timeout
    while True:
        value = read()
        if value[field] not in seen:
            seen.append(value[field])
        if value[field] in ended:
            print("      " + " > ".join(seen))
            return value
        if time.monotonic() > stop:
            raise SystemExit(f"{field} still {value[field]} after {timeout} s")
        time.sleep(0.2)


def operations(settings, where, pool, timeout):
    """What comes after the six steps: looking closer, cancelling, triggers and SQL pools."""
    run_id = az("synapse", "pipeline", "create-run", *where, "--name", "pl-fails")["runId"]
    run = until(lambda: az("synapse", "pipeline-run", "show", *where, "--run-id", run_id),
                "status", RUN_END, timeout)
    span = ["--last-updated-after", "2000-01-01T00:00:00Z", "--last-updated-before", "2100-01-01T00:00:00Z"]
    found = az("synapse", "activity-run", "query-by-pipeline-run", *where, "--name", "pl-fails",
               "--run-id", run_id, *span)["value"]
    why = [activity["error"]["message"] for activity in found if activity["status"] == "Failed"]
    check(run["status"] == "Failed" and bool(why), f"why pl-fails failed: {why}")
    found = az("synapse", "pipeline-run", "query-by-workspace", *where, *span)["value"]
    check(run_id in [run["runId"] for run in found], "the query finds the run")

    run_id = az("synapse", "pipeline", "create-run", *where, "--name", "pl-slow")["runId"]
    az("synapse", "pipeline-run", "cancel", *where, "--run-id", run_id, "--yes")
    run = until(lambda: az("synapse", "pipeline-run", "show", *where, "--run-id", run_id),
                "status", RUN_END, timeout)
    check(run["status"] == "Cancelled", "a run is cancelled")

    job_id = str(az("synapse", "spark", "job", "submit", *pool, "--name", "az cancelled",
                    "--main-definition-file", settings.spark_file, "--language", "PySpark",
                    "--executor-size", "Small", "--executors", "2")["id"])
    az("synapse", "spark", "job", "cancel", *pool, "--livy-id", job_id, "--yes")
    job = az("synapse", "spark", "job", "show", *pool, "--livy-id", job_id)
    check(job["result"] == "Cancelled", "a batch is cancelled")

    az("synapse", "trigger", "stop", *where, "--name", settings.trigger)
    state = az("synapse", "trigger", "show", *where, "--name", settings.trigger)["properties"]["runtimeState"]
    check(state == "Stopped", "the trigger is stopped")
    az("synapse", "trigger", "start", *where, "--name", settings.trigger)
    state = az("synapse", "trigger", "show", *where, "--name", settings.trigger)["properties"]["runtimeState"]
    check(state == "Started", "the trigger is started")

    at = [*where, "--resource-group", settings.resource_group]
    names = [pool["name"] for pool in az("synapse", "spark", "pool", "list", *at)]
    check(settings.spark_pool in names, "the Spark pools are listed")
    at += ["--name", settings.sql_pool]
    for action, status in (("pause", "Paused"), ("resume", "Online")):
        az("synapse", "sql", "pool", action, *at)
        found = az("synapse", "sql", "pool", "show", *at)["status"]
        check(found == status, f"the SQL pool is {status}")


def main():
    settings = Settings(__doc__.splitlines()[0])
    if not settings.proxy:
        raise SystemExit("az_cli.py needs --proxy")
    timeout = float(settings.timeout_seconds)
    where = ["--workspace-name", settings.workspace]
    pool = [*where, "--spark-pool-name", settings.spark_pool]
    os.environ.update(AZURE_CORE_COLLECT_TELEMETRY="no", AZURE_CORE_ONLY_SHOW_ERRORS="yes")
    with tempfile.TemporaryDirectory() as home:
        os.environ["AZURE_CONFIG_DIR"] = home  # leave the user's own login alone

        accounts = az("login", "--service-principal", "--username", settings.client_id,
                      "--password", settings.client_secret, "--tenant", settings.tenant_id)
        check(settings.subscription_id in [a["id"] for a in accounts], "login finds the subscription")
        for resource in ("https://management.azure.com", "https://dev.azuresynapse.net"):
            token = az("account", "get-access-token", "--resource", resource)
            check(token["tokenType"] == "Bearer" and token["expires_on"] > time.time(),
                  f"token for {resource}")

        found = az("synapse", "workspace", "show", "--name", settings.workspace,
                   "--resource-group", settings.resource_group)
        check(found["name"] == settings.workspace, f"workspace {found['name']}")

        run_id = az("synapse", "pipeline", "create-run", *where, "--name", settings.pipeline,
                    "--parameters", json.dumps(settings.run_parameters))["runId"]
        run = until(lambda: az("synapse", "pipeline-run", "show", *where, "--run-id", run_id),
                    "status", RUN_END, timeout)
        check(run["status"] == "Succeeded", f"run {run_id} ended {run['status']}")

        job_id = az("synapse", "spark", "job", "submit", *pool, "--name", "az batch",
                    "--main-definition-file", settings.spark_file, "--language", "PySpark",
                    "--executor-size", "Small", "--executors", "2")["id"]
        job = until(lambda: az("synapse", "spark", "job", "show", *pool, "--livy-id", str(job_id)),
                    "state", BATCH_END, timeout)
        check(job["result"] == "Succeeded", f"batch {job_id} ended {job['result']}")

        error = az("synapse", "pipeline", "create-run", *where, "--name", "no-such-pipeline", fails=True)
        check("PipelineNotFound" in error, "a missing pipeline is named as such")
        operations(settings, where, pool, timeout)
    print("all done with az")


if __name__ == "__main__":
    main()
