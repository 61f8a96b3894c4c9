"""Makes moto delete the record that is meant.

moto 5.2.5 deletes every record of a zone that has the same set identifier, whatever its name and type: with the A record of a
failover pair goes the AAAA record.
"""

from typing import Any

from moto.route53.models import FakeZone, Route53Backend

change = Route53Backend.change_resource_record_sets


class Identifier(str):
    """A set identifier that knows its record."""

    record: dict[str, Any]


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
    Route53Backend.change_resource_record_sets = change_records
    FakeZone.delete_rrset_by_id = delete_by_identifier
