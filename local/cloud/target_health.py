"""Makes moto tell the health of targets as load balancers find it, while there are some that look.

moto 5.2.5 calls every registered target healthy at once. `make live` runs the load balancers of a network, and reports what they find, each
time with a lease of some seconds. While the lease of a network runs, its targets have the health that was reported last, and those that
nobody has reported on yet are `initial`. Without a lease all is as before.
"""

from collections.abc import Iterator
from time import monotonic
from typing import Any

from moto.elbv2.models import ELBv2Backend, FakeHealthStatus, FakeTargetGroup

Target = tuple[str, int]

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-reason-codes
REGISTERING = ("initial", "Elb.RegistrationInProgress", "Target registration is in progress")
DRAINING = ("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress")
NOT_REGISTERED = ("unused", "Target.NotRegistered", "Target is not registered to the target group")

describe = ELBv2Backend.describe_target_health
presumed = FakeTargetGroup.health_for

# By the id of a network: until when its report counts, and what it says, by the ARNs of target groups.
leases: dict[str, tuple[float, dict[str, dict[Target, dict[str, Any]]]]] = {}


def report(told: dict[str, Any]) -> dict[str, Any]:
    """Takes all there is to say of a network's targets.

    `{"networkId", "leaseSeconds", "groups": {ARN: [{"id", "port", "state", "reason"?, "description"?}]}}`
    """
    groups = {
        arn: {(one["id"], int(one["port"])): one for one in targets} for arn, targets in told["groups"].items()
    }
    leases[told["networkId"]] = (monotonic() + told["leaseSeconds"], groups)
    return {}


def found(group: FakeTargetGroup) -> dict[Target, dict[str, Any]] | None:
    """What was reported of a group's targets. None: nobody looks."""
    until, groups = leases.get(group.vpc_id, (0.0, {}))
    return groups.get(group.arn, {}) if until > monotonic() else None


def health(group: FakeTargetGroup, target: Target, told: tuple[str, str | None, str | None]) -> FakeHealthStatus:
    return FakeHealthStatus(*target, group.health_check_port, *told)


def health_for(self: FakeTargetGroup, target: dict[str, Any], ec2_backend: Any) -> FakeHealthStatus:
    before, reports = presumed(self, target, ec2_backend), found(self)
    if reports is None:
        return before
    key = (target["Id"], int(before.port))
    one = reports.get(key)
    if target["Id"] not in self.targets:
        return health(self, key, NOT_REGISTERED if one is None else DRAINING)
    if before.status != "healthy":
        return before
    # One that was registered again while it drains is not draining any more.
    if one is None or one["state"] == "draining":
        return health(self, key, REGISTERING)
    return health(self, key, (one["state"], one.get("reason"), one.get("description")))


def describe_target_health(
    self: ELBv2Backend, target_group_arn: str, targets: list[dict[str, Any]]
) -> list[FakeHealthStatus]:
    answer = describe(self, target_group_arn, targets)
    return answer if targets else [*answer, *leaving(self.target_groups[target_group_arn])]


def leaving(group: FakeTargetGroup) -> Iterator[FakeHealthStatus]:
    """Targets that are not registered any more and still have work to finish, which AWS lists beside the others."""
    for key, one in (found(group) or {}).items():
        if one["state"] == "draining" and key[0] not in group.targets:
            yield health(group, key, DRAINING)


def install() -> None:
    FakeTargetGroup.health_for = health_for
    ELBv2Backend.describe_target_health = describe_target_health
