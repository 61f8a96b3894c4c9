"""Makes moto's log groups keep their class, and change their key.

moto 5.2.5 forgets the class of a log group and has no calls to change its key.
"""

from typing import Any

from moto.logs.models import LogGroup
from moto.logs.responses import LogsResponse

make = LogsResponse.create_log_group
describe = LogGroup.to_describe_dict


def create_log_group(self: LogsResponse) -> str:
    answer = make(self)
    group = self.logs_backend.groups[self._get_param("logGroupName")]
    group.log_group_class = self._get_param("logGroupClass") or "STANDARD"
    return answer


def to_describe_dict(self: LogGroup) -> dict[str, Any]:
    return {**describe(self), "logGroupClass": getattr(self, "log_group_class", "STANDARD")}


def set_key(self: LogsResponse) -> str:
    """Without a key in the request the group has none afterwards."""
    self.logs_backend.groups[self._get_param("logGroupName")].kms_key_id = self._get_param("kmsKeyId")
    return ""


def install() -> None:
    LogsResponse.create_log_group = create_log_group
    LogsResponse.associate_kms_key = set_key
    LogsResponse.disassociate_kms_key = set_key
    LogGroup.to_describe_dict = to_describe_dict
