"""What the emulator must refuse, and how."""
import requests
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ResourceNotFoundError

from checks import check, refused
from settings import DATA_SCOPE, MANAGEMENT_SCOPE, Settings

NOBODY = "99999999-9999-4999-8999-999999999999"
LOGIN_FIELDS = {"error", "error_description", "error_codes", "timestamp", "trace_id", "correlation_id"}


def login_answer(settings, **changes):
    """A token request written by hand: azure-identity keeps only the text of an error."""
    form = {"grant_type": "client_credentials", "client_id": settings.client_id,
            "client_secret": settings.client_secret, "scope": DATA_SCOPE, **changes}
    tenant = form.pop("tenant", settings.tenant_id)
    form = {name: value for name, value in form.items() if value is not None}
    return requests.post(f"{settings.authority}/{tenant}/oauth2/v2.0/token", data=form, timeout=10)


def login(settings):
    for text, status, error, codes, changes in (
        ("bad secret", 401, "invalid_client", {7000215}, {"client_secret": "not-the-secret"}),
        ("no secret", 401, "invalid_client", {7000216, 7000218}, {"client_secret": None}),
        ("unknown application", 400, "unauthorized_client", {700016}, {"client_id": NOBODY}),
        ("unknown tenant", 400, "invalid_request", {90002}, {"tenant": NOBODY}),
        ("scope without /.default", 400, "invalid_scope", {1002012, 70011},
         {"scope": "https://dev.azuresynapse.net/user_impersonation"}),
        ("unknown resource", 400, "invalid_resource", {500011},
         {"scope": "https://nothing.example/.default"}),
        ("unknown grant", 400, "unsupported_grant_type", {70003}, {"grant_type": "tea_leaves"}),
        ("no scope", 400, "invalid_request", {900144}, {"scope": None}),
    ):
        answer = login_answer(settings, **changes)
        body = answer.json()
        check(answer.status_code == status and body["error"] == error,
              f"{text}: {answer.status_code} {body['error']}")
        check(LOGIN_FIELDS <= set(body) and codes & set(body["error_codes"]),
              f"{text}: {body['error_description'][:60]}")

    # The same through azure-identity.
    try:
        settings.credential(client_secret="not-the-secret").get_token(DATA_SCOPE)
    except ClientAuthenticationError as error:
        check("AADSTS7000215" in str(error), "bad secret, azure-identity")
    else:
        check(False, "bad secret accepted by azure-identity")
    # An unknown tenant fails one request earlier, at the OpenID document.
    try:
        settings.credential(tenant_id=NOBODY).get_token(DATA_SCOPE)
    except ClientAuthenticationError as error:
        check("authority configuration" in str(error), "unknown tenant, azure-identity")
    else:
        check(False, "unknown tenant accepted by azure-identity")


def management(settings):
    with settings.management_client() as client:
        refused(lambda: client.workspaces.get(settings.resource_group, "no-such-workspace"),
                ResourceNotFoundError, 404, {"ResourceNotFound"}, "missing workspace")
    with settings.management_client(credential_scopes=[DATA_SCOPE]) as client:
        error = refused(lambda: client.workspaces.get(settings.resource_group, settings.workspace),
                        ClientAuthenticationError, 401,
                        {"InvalidAuthenticationTokenAudience", "InvalidAuthenticationToken"},
                        "data token at the management plane")
        check("authorization_uri" in error.response.headers.get("WWW-Authenticate", ""),
              "the 401 names the authorization_uri")


def data(settings):
    with settings.artifacts_client() as client:
        refused(lambda: client.pipeline.create_pipeline_run("no-such-pipeline"),
                ResourceNotFoundError, 404, {"PipelineNotFound"}, "missing pipeline")
        refused(lambda: client.pipeline_run.get_pipeline_run(NOBODY),
                ResourceNotFoundError, 404, set(), "missing run")
    with settings.artifacts_client(credential_scopes=[MANAGEMENT_SCOPE]) as client:
        refused(lambda: client.pipeline.create_pipeline_run(settings.pipeline),
                ClientAuthenticationError, 401,
                {"AuthenticationFailed", "InvalidTokenAuthenticationAudience"},
                "management token at the data plane")
    with settings.spark_client() as client:
        try:
            client.spark_batch.get_spark_batch_job(987654)
        except HttpResponseError as error:
            check(error.status_code == 404, "missing batch: 404")
        else:
            check(False, "missing batch: accepted")


if __name__ == "__main__":
    chosen = Settings(__doc__)
    login(chosen)
    management(chosen)
    data(chosen)
