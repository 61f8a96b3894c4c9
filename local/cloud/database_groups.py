"""Makes moto's subnet and parameter groups change as those of RDS.

moto 5.2.5 loses a subnet group when it changes, takes a parameter group of any family, and cannot reset one.
"""

import re
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import DBParameterGroupNotFoundError, InvalidParameterValue
from moto.rds.models import RDSBackend
from moto.rds.responses import RDSResponse

from database_versions import VERSIONS

make_parameter_group = RDSBackend.create_db_parameter_group


def modify_subnet_group(self: RDSBackend, subnet_name: str, description: str, subnets: list[Any]) -> Any:
    group = self.describe_db_subnet_groups(subnet_name)[0]
    group.subnets = subnets
    group.description = description or group.description
    return group


def create_parameter_group(self: RDSBackend, kwargs: dict[str, Any]) -> Any:
    family = kwargs.get("db_parameter_group_family") or ""
    engine = re.match("[a-z]*", family)[0]  # type: ignore[index]
    if engine in VERSIONS and family.removeprefix(engine) not in VERSIONS[engine]:
        raise InvalidParameterValue(f"ParameterGroupFamily {family} is not a valid parameter group family")
    return make_parameter_group(self, kwargs)


def reset_parameter_group(self: RDSResponse) -> ActionResult:
    """Named parameters, or all, have the engine's values again."""
    name = self.params["DBParameterGroupName"]
    groups = self.backend.describe_db_parameter_groups({"db_parameter_group_name": name})
    if not groups:
        raise DBParameterGroupNotFoundError(name)
    named = [parameter["ParameterName"] for parameter in self.params.get("Parameters", [])]
    for parameter in named or list(groups[0].parameters):
        groups[0].parameters.pop(parameter, None)
    return ActionResult({"DBParameterGroupName": name})


def install() -> None:
    RDSBackend.modify_db_subnet_group = modify_subnet_group
    RDSBackend.create_db_parameter_group = create_parameter_group
    RDSResponse.reset_db_parameter_group = reset_parameter_group
