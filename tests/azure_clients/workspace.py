"""Step 2: workspace details from the management plane."""
from checks import check
from settings import Settings


def workspace_details(settings):
    with settings.management_client() as client:
        found = client.workspaces.get(settings.resource_group, settings.workspace)
        names = [w.name for w in client.workspaces.list_by_resource_group(settings.resource_group)]
    check(found.name == settings.workspace, f"workspace {found.name} in {found.location}")
    check(found.type == "Microsoft.Synapse/workspaces", f"type {found.type}")
    check(found.id.lower().startswith(f"/subscriptions/{settings.subscription_id}/resourcegroups/"),
          "id starts with the subscription and resource group")
    check(found.provisioning_state == "Succeeded", "provisioningState Succeeded")
    check(found.connectivity_endpoints["dev"] == f"https://{settings.workspace}.dev.azuresynapse.net",
          "connectivityEndpoints.dev is the real host name")
    check(settings.workspace in names, "the resource group lists it")
    return found


if __name__ == "__main__":
    workspace_details(Settings(__doc__))
