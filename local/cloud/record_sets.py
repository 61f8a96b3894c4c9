"""Makes moto delete the record that is meant, and tell what a zone's start of authority is.

moto 5.2.5 deletes every record of a zone that has the same set identifier, whatever its name and type: with the A record of a
failover pair goes the AAAA record. The value of the SOA record that it gives a new zone is told as a piece of Python.
"""

from typing import Any

from moto.route53.models import FakeZone, Route53Backend

change = Route53Backend.change_resource_record_sets
create = Route53Backend.create_hosted_zone


class Identifier(str):
    """A set identifier that knows its record."""

    record: dict[str, Any]


def create_zone(self: Route53Backend, *args: Any, **kwargs: Any) -> FakeZone:
    zone = create(self, *args, **kwargs)
    for one in zone.rrsets:
        if one.type == "SOA":
            one.records = [record["Value"] for record in one.records]
    return zone


def change_records(self: Route53Backend, zoneid: str, change_list: list[dict[str, Any]]) -> None:
    for one in change_list:
        record = one["ResourceRecordSet"]
        if one["Action"] == "DELETE" and "SetIdentifier" in record:
            record["SetIdentifier"] = Identifier(record["SetIdentifier"])
            record["SetIdentifier"].record = {key: record[key] for key in ("Name", "Type")}
    change(self, zoneid, change_list)


def delete_by_identifier(self: FakeZone, identifier: Identifier) -> None:
    name = identifier.record["Name"].rstrip(".")
    self.rrsets = [
        one
        for one in self.rrsets
        if (one.set_identifier, one.name.rstrip("."), one.type) != (identifier, name, identifier.record["Type"])
    ]


def install() -> None:
    Route53Backend.create_hosted_zone = create_zone
    Route53Backend.change_resource_record_sets = change_records
    FakeZone.delete_rrset_by_id = delete_by_identifier
