"""Makes moto's flow logs keep all that they were asked for, and find the places that they write to.

moto 5.2.5 forgets how files are to be written, takes the path of files for a part of their bucket's name, and looks for a log group by a
name that a request with an ARN does not have: delivery then fails.
"""

from typing import Any, SupportsIndex

from moto.core.responses import ActionResult
from moto.ec2.models.flow_logs import FlowLogs, FlowLogsBackend
from moto.ec2.responses.flow_logs import FlowLogs as FlowLogsResponse

create = FlowLogsBackend.create_flow_logs
answer_create = FlowLogsResponse.create_flow_logs


class Place(str):
    """A bucket and a path in it, as an ARN. Taken apart, as moto does to find the bucket, it has no path."""

    def split(self, separator: str | None = None, times: SupportsIndex = -1) -> list[str]:
        *rest, last = super().split(separator, times)
        return [*rest, last.partition("/")[0]]


def create_flow_logs(self: FlowLogsBackend, **asked: Any) -> tuple[list[FlowLogs], list[Any]]:
    place = asked["log_destination"]
    if place and asked["log_destination_type"] == "s3":
        asked["log_destination"] = Place(place)
    elif place and ":log-group:" in place:
        asked["log_group_name"] = place.split(":log-group:")[-1]
    return create(self, **asked)


def answer(self: FlowLogsResponse) -> ActionResult:
    answered = answer_create(self)
    for made in answered.result["FlowLogIds"]:
        self.ec2_backend.flow_logs[made].destination_options = self._get_param("DestinationOptions")
    return answered


def install() -> None:
    FlowLogsBackend.create_flow_logs = create_flow_logs
    FlowLogsResponse.create_flow_logs = answer
