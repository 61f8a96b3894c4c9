"""Makes moto heed the conditions of bucket policies.

moto 5.2.5 takes a statement whose condition it was told nothing about for one that denies, so the usual "refuse plain HTTP"
policy would lock everybody out of the bucket. Here a statement counts when its condition holds. The way to the emulator
is loopback, which stands for TLS; a statement with any other condition does not count, since nothing is known of it.
"""

import json
from typing import Any

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket

ENCRYPTED = {"Bool": {"aws:SecureTransport": "true"}}


def counts(statement: dict[str, Any]) -> bool:
    return statement.get("Condition", ENCRYPTED) == ENCRYPTED


def get_permission(self: FakeBucket, action: str, resource: str) -> Any:
    if self.policy is None:
        return PermissionResult.NEUTRAL
    statements = json.loads(self.policy)["Statement"]
    counting = [
        {key: value for key, value in statement.items() if key != "Condition"}
        for statement in (statements if isinstance(statements, list) else [statements])
        if counts(statement)
    ]
    return IAMPolicy(json.dumps({"Statement": counting})).is_action_permitted(action, resource)


def install() -> None:
    FakeBucket.get_permission = get_permission
