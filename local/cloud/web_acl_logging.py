"""Makes moto log the requests of web ACLs as AWS does.

moto 5.2.5 logs for web ACLs that do not exist, to places that do not exist or that AWS refuses, and goes on when the web ACL is gone.
"""

import re
from typing import Any

from moto.logs.models import logs_backends
from moto.s3.models import s3_backends
from moto.wafv2.exceptions import WAFNonexistentItemException
from moto.wafv2.models import GLOBAL_REGION, FakeLoggingConfiguration, WAFV2Backend, wafv2_backends

from web_acls import HOME, invalid

put = WAFV2Backend.put_logging_configuration


def exists(backend: WAFV2Backend, destination: str) -> bool:
    """Streams pass: the emulator keeps none."""
    place = re.search(r":(log-group|s3|deliverystream)[:/]+(aws-waf-logs-[^:/]*)", destination)
    if place is None:
        return False
    kind, name = place.groups()
    if kind == "s3":
        return name in s3_backends[backend.account_id][backend.partition].buckets
    return kind == "deliverystream" or name in logs_backends[backend.account_id][backend.region_name].groups


def put_logging_configuration(
    self: WAFV2Backend, arn: str, log_destination_configs: list[str], *rest: Any
) -> FakeLoggingConfiguration:
    acls = wafv2_backends[self.account_id][GLOBAL_REGION] if ":global/" in arn else self
    if arn not in acls.wacls:
        raise WAFNonexistentItemException()
    for destination in log_destination_configs:
        if not exists(self, destination):
            raise invalid(f"The ARN isn't valid., field: LOG_DESTINATION, parameter: {destination}")
    return put(self, arn, log_destination_configs, *rest)


def install() -> None:
    """After web_acl_associations.install: a web ACL that is not let go goes on to log."""
    delete = WAFV2Backend.delete_web_acl

    def delete_web_acl(self: WAFV2Backend, name: str, scope: str, _id: str, lock_token: str) -> None:
        arn = self.get_web_acl(None, name, _id).arn
        delete(self, name, scope, _id, lock_token)
        logging = wafv2_backends[self.account_id][HOME] if scope == "CLOUDFRONT" else self
        logging.logging_configurations.pop(arn, None)

    WAFV2Backend.put_logging_configuration = put_logging_configuration
    WAFV2Backend.delete_web_acl = delete_web_acl
