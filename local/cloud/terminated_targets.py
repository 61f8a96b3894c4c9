"""Makes moto take instances out of their target groups whoever terminates them.

moto 5.2.5 does so where the API of EC2 is asked to, and leaves those registered that a scaling group terminates.
"""

from typing import Any

from moto.ec2.models import EC2Backend
from moto.elbv2.models import elbv2_backends

terminate = EC2Backend.terminate_instances


def terminate_instances(self: EC2Backend, instance_ids: list[str]) -> list[Any]:
    terminated = terminate(self, instance_ids)
    ids = [instance.id for instance, _ in terminated]
    elbv2_backends[self.account_id][self.region_name].notify_terminate_instances(ids)
    return terminated


def install() -> None:
    EC2Backend.terminate_instances = terminate_instances
