"""Gives moto composite alarms.

moto 5.2.5 has no call to put one. Here they are put, described and deleted as CloudWatch does it: a rule names alarms that exist, and
an alarm that a rule names does not go before the rule does.
"""

from typing import Any

from moto.cloudwatch.exceptions import ValidationError
from moto.cloudwatch.models import Alarm, CloudWatchBackend
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

from alarm_rules import alarms_of

# As many as one rule may watch (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html).
MOST_ALARMS = 100

describe = CloudWatchResponse.describe_alarms
delete = CloudWatchBackend.delete_alarms


def find(backend: CloudWatchBackend, name: str) -> Alarm | None:
    """By name or ARN."""
    return next((alarm for alarm in backend.alarms.values() if name in (alarm.name, alarm.alarm_arn)), None)


def watched(composite: Alarm) -> list[str]:
    return alarms_of(composite.rule) if composite.rule else []


def put_composite_alarm(self: CloudWatchResponse) -> ActionResult:
    backend = self.cloudwatch_backend
    name = self._get_param("AlarmName")
    suppressor = self._get_param("ActionsSuppressor")
    try:
        alarms = alarms_of(self._get_param("AlarmRule"))
    except ValueError as error:
        raise ValidationError(f"the rule of the alarm {name} {error}") from error
    if len(alarms) > MOST_ALARMS:
        raise ValidationError(f"the rule of the alarm {name} watches {len(alarms)} alarms, more than {MOST_ALARMS}")
    missing = [one for one in [*alarms, *([suppressor] if suppressor else [])] if find(backend, one) is None]
    if missing:
        reason = f"because it watches alarms that do not exist: {', '.join(missing)}"
        raise ValidationError(f"the alarm {name} cannot be saved, {reason}")
    known = backend.alarms.get(name)
    tags = backend.tagger.get_tag_dict_for_resource(known.alarm_arn) if known else None
    answer = self.put_metric_alarm()
    made = backend.alarms[name]
    made.actions_suppressor = suppressor
    made.actions_suppressor_wait_period = self._get_param("ActionsSuppressorWaitPeriod")
    made.actions_suppressor_extension_period = self._get_param("ActionsSuppressorExtensionPeriod")
    if tags is not None:
        # A change of an alarm changes no tags.
        backend.tagger.delete_all_tags_for_resource(made.alarm_arn)
        backend.tagger.tag_resource(made.alarm_arn, backend.tagger.convert_dict_to_tags_input(tags))
    return answer


def describe_alarms(self: CloudWatchResponse) -> ActionResult:
    """Composite ones only when they are asked for."""
    found: Any = describe(self).result
    types = self._get_param("AlarmTypes") or ["MetricAlarm"]
    return ActionResult({kind: found[kind] if kind.removesuffix("s") in types else [] for kind in found})


def delete_alarms(self: CloudWatchBackend, alarm_names: list[str]) -> None:
    others = [alarm for alarm in self.alarms.values() if alarm.name not in alarm_names]
    for alarm in [self.alarms[name] for name in alarm_names if name in self.alarms]:
        parents = [one.name for one in others if {alarm.name, alarm.alarm_arn} & {*watched(one)}]
        if parents:
            reason = f"because composite alarms watch it: {', '.join(parents)}"
            raise ValidationError(f"the alarm {alarm.name} cannot be deleted, {reason}")
    for name in alarm_names:
        if name in self.alarms:
            self.tagger.delete_all_tags_for_resource(self.alarms[name].alarm_arn)
    delete(self, alarm_names)


def install() -> None:
    CloudWatchResponse.put_composite_alarm = put_composite_alarm
    CloudWatchResponse.describe_alarms = describe_alarms
    CloudWatchBackend.delete_alarms = delete_alarms
