"""Makes moto's databases behave as those of RDS where a stack can tell the difference.

moto 5.2.5 gives all instances one resource id, forgets what it was told of Performance Insights, applies every change at once, and
takes any version of an engine. Here each instance has its own id, and changes that are not to be applied at once wait for a maintenance
window, which comes with the next change that is.
"""

import hashlib
import secrets
import string
from typing import Any

from moto.rds.models import DBInstance, RDSBackend

from database_versions import full_version

# What moto does not take over from a request when it makes an instance.
FORGOTTEN = [
    "database_insights_mode",
    "dedicated_log_volume",
    "engine_lifecycle_support",
    "network_type",
    "performance_insights_kms_key_id",
    "performance_insights_retention_period",
]

# What the answer calls otherwise than the request does.
RENAMED = {
    "enable_performance_insights": "performance_insights_enabled",
    "db_port_number": "port",
}

# Changes that wait for the maintenance window unless they are to be applied at once, as the answer calls them
# (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html).
WAITING = {
    "allocated_storage": "AllocatedStorage",
    "ca_certificate_identifier": "CACertificateIdentifier",
    "db_instance_class": "DBInstanceClass",
    "engine_version": "EngineVersion",
    "iops": "Iops",
    "license_model": "LicenseModel",
    "multi_az": "MultiAZ",
    "new_db_instance_identifier": "DBInstanceIdentifier",
    "storage_throughput": "StorageThroughput",
    "storage_type": "StorageType",
}

make = DBInstance.__init__
update = DBInstance.update
modify = RDSBackend.modify_db_instance


def resource_id() -> str:
    alphabet = string.ascii_uppercase + string.digits
    return "db-" + "".join(secrets.choice(alphabet) for _ in range(26))


def given(request: dict[str, Any]) -> dict[str, Any]:
    """What a request says, by moto's names."""
    return {key: value for key, value in dict(**request).items() if value is not None}


def endpoint(self: DBInstance) -> dict[str, Any]:
    """With the zone of the instance's name, by which an alias reaches it. It is the same for a region, and made up."""
    zone = hashlib.sha256(self.region.encode()).hexdigest()[:13].upper()
    return {"Address": self.address, "Port": self.port, "HostedZoneId": f"Z{zone}"}


def make_instance(self: DBInstance, *args: Any, **kwargs: Any) -> None:
    kwargs["engine_version"] = full_version(kwargs["engine"], kwargs.get("engine_version"))
    make(self, *args, **kwargs)
    self.dbi_resource_id = resource_id()
    self.pending_modified_values: dict[str, Any] = {}
    self.backup_target = "region"
    self.publicly_accessible = self.publicly_accessible or False
    self.performance_insights_enabled = False
    self.network_type = "IPV4"
    remember(self, kwargs)


def remember(database: DBInstance, request: dict[str, Any]) -> None:
    for asked, told in {**{name: name for name in FORGOTTEN}, **RENAMED}.items():
        if request.get(asked) is not None:
            setattr(database, told, request[asked])
    if not database.performance_insights_enabled:
        database.performance_insights_kms_key_id = None
        database.performance_insights_retention_period = None
    elif not getattr(database, "performance_insights_retention_period", None):
        database.performance_insights_retention_period = 7


def update_instance(self: DBInstance, **kwargs: Any) -> None:
    if kwargs.get("engine_version"):
        known = self.engine_version
        wanted = kwargs["engine_version"]
        kwargs["engine_version"] = known if known.startswith(f"{wanted}.") else full_version(self.engine, wanted)
    update(self, **kwargs)
    remember(self, kwargs)


def modify_instance(self: RDSBackend, db_instance_identifier: str, db_kwargs: dict[str, Any]) -> DBInstance:
    database = self.describe_db_instances(db_instance_identifier)[0]
    asked = given(db_kwargs)
    if asked.get("apply_immediately"):
        wanted = {**getattr(database, "waiting", {}), **asked}
        waiting: dict[str, Any] = {}
    else:
        wanted = {key: value for key, value in asked.items() if key not in WAITING}
        waiting = {**getattr(database, "waiting", {}), **{key: asked[key] for key in asked if key in WAITING}}
    # A disk is grown before its limit is, and the other way round moto refuses.
    ordered = dict(sorted(wanted.items(), key=lambda item: item[0] != "allocated_storage"))
    changed = modify(self, db_instance_identifier, ordered)
    changed.waiting = waiting
    changed.pending_modified_values = {
        WAITING[key]: value for key, value in waiting.items() if getattr(changed, key, None) != value
    }
    return changed


def install() -> None:
    DBInstance.__init__ = make_instance
    DBInstance.update = update_instance
    DBInstance.endpoint = property(endpoint)
    RDSBackend.modify_db_instance = modify_instance
