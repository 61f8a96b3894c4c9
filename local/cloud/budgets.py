"""Makes moto's budgets as complete as those of AWS.

moto 5.2.5 cannot change a budget, does not tell who is told of a notification, knows no tags, makes what a budget counts by itself
where its filter says how, and leaves a period without a start where the request names only its end.
"""

import json
from datetime import datetime, timezone
from typing import Any

from moto.budgets.exceptions import DuplicateRecordException, NotFoundException
from moto.budgets.models import Budget, BudgetsBackend, Notification
from moto.budgets.responses import BudgetsResponse
from moto.core.utils import unix_time

make = Budget.__init__
tell = Budget.to_dict
take = BudgetsResponse.create_budget
add = BudgetsBackend.create_notification


def first_of_month() -> float:
    return datetime.now(timezone.utc).replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()


def init(self: Budget, budget: dict[str, Any], notifications: list[dict[str, Any]]) -> None:
    make(self, budget, notifications)
    self.budget["TimePeriod"].setdefault("Start", first_of_month())
    self.tags = {}


def to_dict(self: Budget) -> dict[str, Any]:
    told = tell(self)
    if "Metrics" in told:
        told.pop("CostTypes", None)
    return told


def found(self: BudgetsResponse) -> Budget:
    budgets = self.backend.budgets[self._get_param("AccountId")]
    name = self._get_param("BudgetName") or self._get_param("NewBudget")["BudgetName"]
    if name not in budgets:
        raise NotFoundException(f"Unable to get budget: {name} - the budget doesn't exist.")
    return budgets[name]


def tagged(self: BudgetsResponse) -> Budget:
    """The budget of an ARN such as arn:aws:budgets::123456789012:budget/name."""
    arn = self._get_param("ResourceARN")
    account, name = arn.split(":", 4)[4].split(":budget/")
    budgets = self.backend.budgets[account]
    if name not in budgets:
        raise NotFoundException(f"Unable to find the resource: {arn}")
    return budgets[name]


def tags_of(self: BudgetsResponse) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in self._get_param("ResourceTags") or []}


def create_budget(self: BudgetsResponse) -> str:
    answer = take(self)
    made = self.backend.budgets[self._get_param("AccountId")][self._get_param("Budget")["BudgetName"]]
    made.tags = tags_of(self)
    return answer


def update_budget(self: BudgetsResponse) -> str:
    before = found(self)
    news = self._get_param("NewBudget")
    before.budget = {"TimePeriod": {}, **news, "LastUpdatedTime": unix_time()}
    before.budget["TimePeriod"].setdefault("Start", first_of_month())
    return "{}"


def is_same(notification: Notification, details: dict[str, Any]) -> bool:
    return all(notification.details[key] == value for key, value in details.items() if key != "NotificationState")


def create_notification(
    self: BudgetsBackend,
    account_id: str,
    budget_name: str,
    notification: dict[str, Any],
    subscribers: dict[str, Any],
) -> None:
    budget = self.budgets[account_id].get(budget_name)
    if budget and any(is_same(one, notification) for one in budget.notifications):
        raise DuplicateRecordException(record_type="notification", record_name=budget_name)
    add(self, account_id, budget_name, notification, subscribers)


def describe_subscribers_for_notification(self: BudgetsResponse) -> str:
    details = self._get_param("Notification")
    for notification in found(self).notifications:
        if is_same(notification, details):
            return json.dumps({"Subscribers": notification.subscribers})
    raise NotFoundException("Unable to get subscribers - the notification doesn't exist.")


def list_tags_for_resource(self: BudgetsResponse) -> str:
    tags = tagged(self).tags
    return json.dumps({"ResourceTags": [{"Key": key, "Value": value} for key, value in tags.items()]})


def tag_resource(self: BudgetsResponse) -> str:
    tagged(self).tags.update(tags_of(self))
    return "{}"


def untag_resource(self: BudgetsResponse) -> str:
    budget = tagged(self)
    for key in self._get_param("ResourceTagKeys"):
        budget.tags.pop(key, None)
    return "{}"


def install() -> None:
    Budget.__init__ = init
    Budget.to_dict = to_dict
    BudgetsBackend.create_notification = create_notification
    for answer in (
        create_budget,
        describe_subscribers_for_notification,
        list_tags_for_resource,
        tag_resource,
        untag_resource,
        update_budget,
    ):
        setattr(BudgetsResponse, answer.__name__, answer)
