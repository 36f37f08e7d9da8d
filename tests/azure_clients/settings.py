"""Settings of the scripts, and the clients made from them.

Every setting comes from a command-line option or, failing that, from an
environment variable of the same name (--tenant-id / AZURE_TENANT_ID).

The emulator can be reached in two ways:

  --base-address https://localhost:8443   one address stands in for all three hosts
  --proxy http://127.0.0.1:8080           the real host names, through the emulator's
                                          CONNECT proxy

One of the two is compulsory: without it these scripts would send the client
secret to the real Azure.
"""
import argparse
import json
import os
import time

from azure.identity import ClientSecretCredential
from azure.mgmt.synapse import SynapseManagementClient
from azure.synapse.artifacts import ArtifactsClient
from azure.synapse.spark import SparkClient

MANAGEMENT_SCOPE = "https://management.azure.com/.default"
DATA_SCOPE = "https://dev.azuresynapse.net/.default"

OPTIONS = {
    # option: (environment variable, default)
    "base-address": ("EMULATOR_BASE_ADDRESS", None),
    "proxy": ("EMULATOR_PROXY", None),
    "ca-file": ("EMULATOR_CA_FILE", None),
    "tenant-id": ("AZURE_TENANT_ID", None),
    "client-id": ("AZURE_CLIENT_ID", None),
    "client-secret": ("AZURE_CLIENT_SECRET", None),
    "subscription-id": ("AZURE_SUBSCRIPTION_ID", None),
    "resource-group": ("SYNAPSE_RESOURCE_GROUP", None),
    "workspace": ("SYNAPSE_WORKSPACE", None),
    "pipeline": ("SYNAPSE_PIPELINE", None),
    "parameters": ("SYNAPSE_PIPELINE_PARAMETERS", "{}"),
    "spark-pool": ("SYNAPSE_SPARK_POOL", None),
    "spark-file": ("SYNAPSE_SPARK_FILE", "abfss://demo@demolake.dfs.core.windows.net/jobs/wordcount.py"),
    "spark-job-definition": ("SYNAPSE_SPARK_JOB_DEFINITION", None),
    "notebook": ("SYNAPSE_NOTEBOOK", None),
    "trigger": ("SYNAPSE_TRIGGER", None),
    "sql-pool": ("SYNAPSE_SQL_POOL", None),
    "poll-seconds": ("EMULATOR_POLL_SECONDS", "0.3"),
    "timeout-seconds": ("EMULATOR_TIMEOUT_SECONDS", "60"),
}
MAY_BE_EMPTY = {"base-address", "proxy"}


class Settings:
    """Options as attributes, plus ready-made clients."""

    def __init__(self, description):
        parser = argparse.ArgumentParser(description=description)
        for option, (variable, default) in OPTIONS.items():
            parser.add_argument("--" + option, default=os.environ.get(variable, default),
                                help=f"or {variable}")
        self.__dict__.update(vars(parser.parse_args()))
        if bool(self.base_address) == bool(self.proxy):
            parser.error("give --base-address or --proxy, one of the two")
        missing = [o for o in OPTIONS
                   if o not in MAY_BE_EMPTY and not getattr(self, o.replace("-", "_"))]
        if missing:
            parser.error("missing: " + ", ".join("--" + o for o in missing))

        # The library under every Azure client reads these, whatever the shell had set.
        for variable in ("HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
            os.environ.pop(variable, None)
            os.environ.pop(variable.lower(), None)
        if self.proxy:
            os.environ["HTTPS_PROXY"] = self.proxy
        os.environ["REQUESTS_CA_BUNDLE"] = self.ca_file
        base = (self.base_address or "").rstrip("/")
        self.authority = base or "https://login.microsoftonline.com"
        self.management = base or "https://management.azure.com"
        self.endpoint = base or f"https://{self.workspace}.dev.azuresynapse.net"
        self.run_parameters = json.loads(self.parameters)
        self.poll = float(self.poll_seconds)

    def credential(self, **changes):
        """A credential with the client's secret; `changes` go over the settings."""
        who = {"tenant_id": self.tenant_id, "client_id": self.client_id,
               "client_secret": self.client_secret, **changes}
        # localhost is not an authority Microsoft knows: skip the look-up of known ones.
        return ClientSecretCredential(authority=self.authority, retry_total=1,
                                      disable_instance_discovery=bool(self.base_address), **who)

    def management_client(self, credential=None, **options):
        return SynapseManagementClient(credential or self.credential(), self.subscription_id,
                                       base_url=self.management, polling_interval=self.poll, **options)

    def artifacts_client(self, credential=None, **options):
        return ArtifactsClient(credential or self.credential(), self.endpoint,
                               polling_interval=self.poll, **options)

    def spark_client(self, pool=None, **options):
        return SparkClient(self.credential(), self.endpoint, pool or self.spark_pool, **options)

    def wait(self, read, state_of, ended, what):
        """Reads until the state is one of `ended`; gives the last value and the states seen."""
        seen, stop = [], time.monotonic() + float(self.timeout_seconds)
        while True:
            value = read()
            state = state_of(value)
            if state not in seen:
                seen.append(state)
            if state in ended:
                print("      " + " > ".join(seen))
                return value, seen
            if time.monotonic() > stop:
                raise SystemExit(f"{what} still {state} after {self.timeout_seconds} s")
            time.sleep(self.poll)
