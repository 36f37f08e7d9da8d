"""Steps 1 and 3: a token for the management plane, a token for the data plane."""
import time

from checks import check, claims
from settings import DATA_SCOPE, MANAGEMENT_SCOPE, Settings


def fetch(settings, scope):
    token = settings.credential().get_token(scope)
    said = claims(token.token)
    check(said["aud"].rstrip("/") == scope.removesuffix("/.default"), f"aud is {said['aud']}")
    check(said["tid"] == settings.tenant_id, "tid is the tenant")
    check(said["appid"] == settings.client_id, "appid is the client")
    check(said["exp"] > time.time() and token.expires_on > time.time(), "the token is not expired")
    return token.token


def management_token(settings):
    return fetch(settings, MANAGEMENT_SCOPE)


def data_token(settings):
    return fetch(settings, DATA_SCOPE)


if __name__ == "__main__":
    chosen = Settings(__doc__)
    management_token(chosen)
    data_token(chosen)
