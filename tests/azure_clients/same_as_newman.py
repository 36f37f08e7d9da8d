"""The collections that need no rules, run by newman and by postrider through the emulator's CONNECT proxy.

Needs nothing but Python's own library. NEWMAN and POSTRIDER name the two programs.
"""
import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

from checks import check

ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = ROOT / "environments" / "synapse-emulator.postman_environment.json"
COLLECTIONS = ("synapse", "synapse-operations")


def report(program, collection, settings):
    """Runs one program on a collection; gives its exit code and what its JSON report says."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        surroundings = {**os.environ, "HTTPS_PROXY": settings.proxy, "https_proxy": settings.proxy,
                        "NO_PROXY": "", "no_proxy": ""}
        done = subprocess.run(
            [*program, "run", str(collection), "-e", str(ENVIRONMENT), "--reporters", "json",
             "--reporter-json-export", str(path), "--ssl-extra-ca-certs", settings.ca_file],
            env=surroundings, capture_output=True, text=True)
        if not path.exists():
            raise SystemExit(f"{program[0]} wrote no report: {done.stdout}{done.stderr}")
        return done.returncode, json.loads(path.read_text(encoding="utf-8"))["run"]


def course(run):
    """Requests in their order, each with the status of its response and what its assertions say."""
    return [(execution["item"]["name"], execution.get("response", {}).get("code"),
             [(it["assertion"], it.get("error", {}).get("message")) for it in execution.get("assertions", [])])
            for execution in run["executions"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--proxy", required=True)
    parser.add_argument("--ca-file", required=True)
    settings = parser.parse_args()
    for name in COLLECTIONS:
        collection = ROOT / "collections" / f"{name}.postman_collection.json"
        theirs_code, theirs = report([os.environ["NEWMAN"]], collection, settings)
        ours_code, ours = report([os.environ["POSTRIDER"]], collection, settings)
        check(theirs_code == ours_code == 0, f"{name}: both programs end with 0")
        check(theirs["stats"] == ours["stats"], f"{name}: {ours['stats']['requests']['total']} requests, "
              f"{ours['stats']['assertions']['total']} assertions, the same statistics")
        check(course(theirs) == course(ours), f"{name}: the same requests, statuses and assertions")


if __name__ == "__main__":
    main()
