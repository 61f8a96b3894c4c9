"""Answers what AWS itself knows and no API of AWS's tells, for `make live`, which runs AWS's own parts: its load balancers.

- `GET /webstack/certificate?arn=ARN`: an imported certificate with its chain and its private key, as load balancers have them.
- `POST /webstack/target-health`: what load balancers found out about their targets, see target_health.py.

Like all of the emulator it is reached from this machine only, and trusts whoever is there. What it tells was put in from here, and the keys
are also in the state of the stack that imported them.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import target_health
from moto.acm.models import acm_backends

PREFIX = "/webstack/"

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Unknown(Exception):
    pass


def certificate(asked: dict[str, Any]) -> dict[str, str]:
    arn = parse_qs(asked["QUERY_STRING"]).get("arn", [""])[0]
    parts = arn.split(":")
    known = acm_backends[parts[4]][parts[3]]._certificates.get(arn) if len(parts) == 6 else None
    if known is None or known.type != "IMPORTED":
        raise Unknown(f"no certificate was imported as {arn or 'nothing: arn is missing'}")
    texts = {"certificate": known.cert, "chain": known.chain, "privateKey": known.key}
    return {name: (text or b"").decode() for name, text in texts.items()}


def health(asked: dict[str, Any]) -> dict[str, Any]:
    return target_health.report(json.loads(asked["wsgi.input"].read(int(asked["CONTENT_LENGTH"]))))


PLACES = {("GET", "certificate"): certificate, ("POST", "target-health"): health}


def answer(asked: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    place = (asked["REQUEST_METHOD"], asked["PATH_INFO"].removeprefix(PREFIX))
    if place not in PLACES:
        return "404 Not Found", {"message": f"nothing answers {' '.join(place)} here"}
    try:
        return "200 OK", PLACES[place](asked)
    except Unknown as unknown:
        return "404 Not Found", {"message": str(unknown)}


def before(application: Application) -> Application:
    """The application, with the inside of AWS under /webstack/ before it. No service has anything there, unless a bucket has that name."""

    def dispatch(asked: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not asked["PATH_INFO"].startswith(PREFIX):
            return application(asked, start_response)
        status, told = answer(asked)
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(told).encode()]

    return dispatch
