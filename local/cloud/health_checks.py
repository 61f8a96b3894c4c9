"""Makes moto keep all of a health check.

moto 5.2.5 forgets which alarm a health check watches and what it does without data, and gives checks without an endpoint a port. Here
a health check is what it was asked to be, with Route 53's defaults.
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.route53.models import HealthCheck
from moto.route53.responses import Route53

CONFIG = [
    "AlarmIdentifier",
    "ChildHealthChecks",
    "Disabled",
    "EnableSNI",
    "FailureThreshold",
    "FullyQualifiedDomainName",
    "HealthThreshold",
    "IPAddress",
    "InsufficientDataHealthStatus",
    "Inverted",
    "Port",
    "Regions",
    "ResourcePath",
    "SearchString",
]

make = Route53.create_health_check


def defaults(kind: str) -> dict[str, Any]:
    """https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html"""
    if kind in ("CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"):
        return {"Inverted": False, "Disabled": False}
    encrypted = kind.startswith("HTTPS")
    ports = {} if kind == "TCP" else {"Port": 443 if encrypted else 80}
    return {
        **ports,
        "Inverted": False,
        "Disabled": False,
        "EnableSNI": encrypted,
        "FailureThreshold": 3,
        "MeasureLatency": False,
        "RequestInterval": 30,
    }


def create_health_check(self: Route53) -> ActionResult:
    answer = make(self)
    reference = self._get_param("CallerReference")
    made = next(check for check in self.backend.health_checks.values() if check.caller_reference == reference)
    asked = dict(self._get_param("HealthCheckConfig"))
    made.config = {**defaults(asked["Type"]), **asked}
    return answer


def update_health_check(self: Route53) -> ActionResult:
    found = self.backend.get_health_check(self._get_param("HealthCheckId"))
    for name in self._get_param("ResetElements", []):
        found.config.pop(name, None)
    for name in CONFIG:
        value = self._get_param(name)
        if value not in (None, []):
            found.config[name] = value
    found.health_check_version += 1
    return ActionResult({"HealthCheck": found})


def install() -> None:
    Route53.create_health_check = create_health_check
    Route53.update_health_check = update_health_check
    HealthCheck.health_check_config = property(lambda self: self.config)
