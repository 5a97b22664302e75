"""What the settings must not be. Everything wrong is said at once."""

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 43  # 256 bits in base64


def refuse_unsafe(**settings):
    """Stop here, and say why, where these settings would put people's money or data at risk."""
    faults = [*_always(**settings), *(_in_a_demo(**settings) if settings["demo"] else () if settings["debug"] else _in_production(**settings))]
    if faults:
        lines = "\n".join(f"  - {fault}" for fault in faults)
        raise ImproperlyConfigured(f"This configuration is not safe, so the office does not start:\n{lines}\n{_advice(**settings)}")


def _always(*, debug, demo, hosts, secrets, marked_production, **_):
    if debug and marked_production:
        yield "DEBUG=1 together with PRODUCTION=1: error pages would show the code and the data."
    if debug and demo:
        yield "DEBUG=1 together with DEMO=1: choose one."
    if "*" in hosts:
        yield "ALLOWED_HOSTS is `*`: name the hosts, otherwise anybody can forge the office's address."
    for name, secret in secrets.items():
        if secret and (len(secret) < SHORTEST_SECRET or len(set(secret)) < 12 or "insecure" in secret or "change" in secret.lower()):
            yield f"{name} is weak: at least {SHORTEST_SECRET} random characters."
    if secrets["SECRET_KEY"] and secrets["SECRET_KEY"] == secrets["IDENTITY_KEY"]:
        yield "SECRET_KEY and IDENTITY_KEY are the same: one leak would open both."


def _in_a_demo(*, marked_production, servers, **_):
    if marked_production:
        yield "DEMO=1 together with PRODUCTION=1: anybody could sign in as the director."
    for name, url in servers.items():
        if url:
            yield f"DEMO=1 together with {name}: a demo keeps to its own embedded servers, away from real data."


def _in_production(*, secrets, hosts, https, servers, **_):
    for name, secret in secrets.items():
        if not secret:
            yield f"{name} is not set."
    if not hosts:
        yield "ALLOWED_HOSTS is not set: the names under which the office is reached."
    if not https:
        yield "HTTPS is not 1: passwords and identity numbers would travel in the open."
    for name, url in servers.items():
        if not url:
            yield f"{name} is not set: embedded servers are for demo, development and tests."


def _advice(*, demo, debug, **_):
    if demo or debug:
        return "See .env.example."
    return "Neither DEMO=1 nor DEBUG=1 is set, so this is production: see .env.example. To try the office here, run `make demo`."
