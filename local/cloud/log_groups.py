"""Makes moto's log groups keep their class, and take only keys that CloudWatch Logs may use.

moto 5.2.5 forgets the class of a log group, has no calls to change its key, and takes any key. CloudWatch Logs refuses one that it
cannot use (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html).
"""

from typing import Any

from moto.kms.models import kms_backends
from moto.logs.exceptions import InvalidParameterException
from moto.logs.models import LogGroup, LogsBackend
from moto.logs.responses import LogsResponse

from policies import allows

ACTIONS = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey")

make = LogsResponse.create_log_group
describe = LogGroup.to_describe_dict


def check_key(backend: LogsBackend, group: str, arn: str) -> None:
    def refuse(reason: str) -> InvalidParameterException:
        return InvalidParameterException(f"the log group {group} cannot use the key {arn}, which {reason}")

    region = backend.region_name
    key = kms_backends[backend.account_id][region].keys.get(arn.rsplit("/", 1)[-1])
    if key is None or key.arn != arn:
        raise refuse(f"does not exist in {region}")
    if not key.enabled or key.key_spec != "SYMMETRIC_DEFAULT":
        raise refuse("is not enabled, or not symmetric")
    who = {"Service": f"logs.{region}.amazonaws.com"}
    name = f"arn:{backend.partition}:logs:{region}:{backend.account_id}:log-group:{group}"
    context = {"kms:EncryptionContext:aws:logs:arn": name, "aws:SourceAccount": backend.account_id, "aws:SourceArn": name}
    refused = [action for action in ACTIONS if not allows(key.policy, who, action, key.arn, context)]
    if refused:
        raise refuse(f"does not let {who['Service']} do {', '.join(refused)} for {name}; allow that in its policy")


def create_log_group(self: LogsResponse) -> str:
    name, key = self._get_param("logGroupName"), self._get_param("kmsKeyId")
    if key:
        check_key(self.logs_backend, name, key)
    answer = make(self)
    self.logs_backend.groups[name].log_group_class = self._get_param("logGroupClass") or "STANDARD"
    return answer


def to_describe_dict(self: LogGroup) -> dict[str, Any]:
    return {**describe(self), "logGroupClass": getattr(self, "log_group_class", "STANDARD")}


def set_key(self: LogsResponse) -> str:
    """Without a key in the request the group has none afterwards."""
    name, key = self._get_param("logGroupName"), self._get_param("kmsKeyId")
    if key:
        check_key(self.logs_backend, name, key)
    self.logs_backend.groups[name].kms_key_id = key
    return ""


def install() -> None:
    LogsResponse.create_log_group = create_log_group
    LogsResponse.associate_kms_key = set_key
    LogsResponse.disassociate_kms_key = set_key
    LogGroup.to_describe_dict = to_describe_dict
