"""Makes moto's replicas live and die as those of RDS.

In moto 5.2.5 a replica shares its source's lists, zones and secret, remains a replica when it is promoted, and takes the secret of its
source with it when it is deleted. Here it starts as RDS starts one, follows a source that is renamed, and goes on alone without one.
"""

import copy
from typing import Any

from moto.rds.exceptions import DBInstanceAlreadyExists
from moto.rds.models import DBInstance, RDSBackend

from databases import given, resource_id

delete = RDSBackend.delete_db_instance


def create_replica(self: RDSBackend, db_kwargs: dict[str, Any]) -> DBInstance:
    asked = given(db_kwargs)
    source_id = asked["source_db_instance_identifier"]
    source = self.find_db_from_id(source_id)
    if asked["db_instance_identifier"] in self.databases:
        raise DBInstanceAlreadyExists()
    replica = copy.copy(source)
    replica.__dict__.pop("master_user_secret", None)
    replica.__dict__.pop("waiting", None)
    replica.backend = self
    replica.dbi_resource_id = resource_id()
    replica.pending_modified_values = {}
    replica.manage_master_user_password = False
    replica.tags = []
    replica.enabled_cloudwatch_logs_exports = []
    replica._associated_roles = []
    replica.vpc_security_group_ids = list(source.vpc_security_group_ids)
    replica.multi_az = False
    replica.backup_retention_period = 0
    replica.deletion_protection = False
    replica.performance_insights_enabled = False
    if source.region != self.region_name:
        # moto keeps the zones and groups of the other region otherwise.
        replica.availability_zone = f"{self.region_name}a"
        replica.db_parameter_group_name = None
        replica._db_subnet_group_name = None
        replica.__dict__.pop("db_subnet_group", None)
    exports = asked.pop("enable_cloudwatch_logs_exports", None) or []
    asked["source_db_instance_identifier"] = (
        source.db_instance_identifier if source.region == self.region_name else source.arn
    )
    replica.set_as_replica()
    replica.update(**{"storage_type": source.storage_type, **asked})
    replica.enabled_cloudwatch_logs_exports = list(exports)
    self.databases[asked["db_instance_identifier"]] = replica
    source.add_replica(replica)
    return replica


def part(backend: RDSBackend, replica: DBInstance) -> None:
    """Ends the replication. The source may be gone."""
    try:
        source = backend.find_db_from_id(replica.source_db_instance_identifier)
    except Exception:
        source = None
    if source is not None:
        gone = {replica.db_instance_identifier, replica.arn}
        source.replicas = [one for one in source.replicas if one not in gone]
    replica.is_replica = False
    replica.source_db_instance_identifier = None


def promote_replica(self: RDSBackend, db_kwargs: dict[str, Any]) -> DBInstance:
    asked = given(db_kwargs)
    database = self.describe_db_instances(asked["db_instance_identifier"])[0]
    if database.is_replica:
        part(self, database)
        database.update(**asked)
    return database


def delete_instance(self: RDSBackend, db_instance_identifier: str, *args: Any, **kwargs: Any) -> DBInstance:
    database = self.describe_db_instances(db_instance_identifier)[0]
    protected = database.deletion_protection
    if database.is_replica and not protected:
        part(self, database)
    gone = delete(self, db_instance_identifier, *args, **kwargs)
    # Replicas of the same region go on by themselves.
    for one in list(self.databases.values()):
        if getattr(one, "source_db_instance_identifier", None) == gone.db_instance_identifier:
            part(self, one)
    return gone


def rename(backend: RDSBackend, before: str, after: str) -> None:
    for one in backend.databases.values():
        if getattr(one, "source_db_instance_identifier", None) == before:
            one.source_db_instance_identifier = after
        one.replicas = [after if name == before else name for name in one.replicas]


def install() -> None:
    """After databases.install: a change can be a new name."""
    modify = RDSBackend.modify_db_instance

    def modify_and_rename(self: RDSBackend, db_instance_identifier: str, db_kwargs: dict[str, Any]) -> DBInstance:
        before = self.describe_db_instances(db_instance_identifier)[0].db_instance_identifier
        changed = modify(self, db_instance_identifier, db_kwargs)
        if changed.db_instance_identifier != before:
            rename(self, before, changed.db_instance_identifier)
        return changed

    RDSBackend.modify_db_instance = modify_and_rename
    RDSBackend.create_db_instance_read_replica = create_replica
    RDSBackend.promote_read_replica = promote_replica
    RDSBackend.delete_db_instance = delete_instance
