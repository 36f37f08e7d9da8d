"""What a script says about what it found."""
import base64
import json

RUN_END = {"Succeeded", "Failed", "Cancelled"}
BATCH_END = {"success", "dead", "killed", "error"}


def check(condition, text):
    """Prints one line, and ends the script where the condition does not hold."""
    print(("ok    " if condition else "WRONG ") + text, flush=True)
    if not condition:
        raise SystemExit(1)


def refused(action, kind, status, codes, text):
    """`action` has to raise `kind` with this status and one of these codes, any where there are none."""
    try:
        action()
    except kind as error:
        body = json.loads(error.response.text())
        code = body.get("error", body).get("code")  # The data plane has both shapes.
        check(error.status_code == status and bool(code) and (not codes or code in codes),
              f"{text}: {error.status_code} {code}")
        return error
    return check(False, f"{text}: accepted")


def claims(token):
    """What a token says; its signature is not looked at."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
