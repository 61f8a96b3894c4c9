"""Makes moto's web ACLs behave as those of AWS where a stack can tell the difference.

moto 5.2.5 gives every web ACL the same capacity, takes rules that refer to nothing, forgets how data is protected, keeps what an
update leaves out, and has web ACLs for CloudFront in every region.
"""

import json
from typing import Any, Callable, Iterable

from moto.core.common_types import TYPE_RESPONSE
from moto.core.utils import camelcase_to_underscores
from moto.wafv2.exceptions import WAFNonexistentItemException, WAFOptimisticLockException, WAFv2ClientError
from moto.wafv2.models import GLOBAL_REGION, FakeRule, FakeWebACL, WAFV2Backend
from moto.wafv2.responses import WAFV2Response

from web_acl_capacity import LIMIT, MANAGED_GROUPS, Statement, capacity

# Where the web ACLs for CloudFront are kept.
HOME = "us-east-1"

# What an update says anew, beside rules and description.
PARTS = [
    "AssociationConfig",
    "CaptchaConfig",
    "ChallengeConfig",
    "CustomResponseBodies",
    "DataProtectionConfig",
    "DefaultAction",
    "TokenDomains",
    "VisibilityConfig",
]

create = WAFV2Response.create_web_acl
describe = FakeWebACL.to_dict


def refusal(kind: str, message: str) -> WAFv2ClientError:
    return WAFv2ClientError(f"WAF{kind}Exception", message)


def invalid(reason: str) -> WAFv2ClientError:
    return refusal("InvalidParameter", f"Error reason: {reason}")


def in_moto_words(request: dict[str, Any]) -> dict[str, Any]:
    return {camelcase_to_underscores(key): value for key, value in request.items()}


def statements(value: Any) -> Iterable[tuple[str, Statement]]:
    """Every statement of rules, by its kind, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from statements(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key.endswith("Statement") and key not in ("Statement", "ScopeDownStatement"):
                yield key, item
            yield from statements(item)


def refuse_unknown(backend: WAFV2Backend, rules: list[dict[str, Any]]) -> None:
    known = {
        "IPSetReferenceStatement": backend.ip_sets,
        "RegexPatternSetReferenceStatement": backend.regex_pattern_sets,
        "RuleGroupReferenceStatement": backend.rule_groups,
    }
    for kind, it in statements(rules):
        if kind in known and it["ARN"] not in known[kind]:
            raise WAFNonexistentItemException()
        if kind != "ManagedRuleGroupStatement":
            continue
        if it["VendorName"] != "AWS":
            raise refusal("SubscriptionNotFound", f"There is no subscription to {it['VendorName']}.")
        if it["Name"] not in MANAGED_GROUPS:
            raise invalid(f"There is no managed rule group {it['Name']}., field: MANAGED_RULE_GROUP_STATEMENT")


def check_rules(backend: WAFV2Backend, rules: list[dict[str, Any]]) -> int:
    """Answers with the capacity that they take."""
    for key in ("Name", "Priority"):
        values = [rule[key] for rule in rules]
        if len(set(values)) < len(values):
            raise invalid(f"The same {key.lower()} is given to several rules., field: RULE")
    refuse_unknown(backend, rules)
    groups = {arn: group.capacity for arn, group in backend.rule_groups.items()}
    needed = capacity([rule["Statement"] for rule in rules], groups)
    if needed > LIMIT:
        raise refusal("LimitsExceeded", f"The rules take {needed} capacity units of at most {LIMIT}.")
    return needed


def in_scope(answer: Callable[[WAFV2Response], TYPE_RESPONSE]) -> Callable[[WAFV2Response], TYPE_RESPONSE]:
    """Refuses to answer for CloudFront elsewhere than where its web ACLs are."""

    def answered(self: WAFV2Response) -> TYPE_RESPONSE:
        if self._get_param("Scope") == "CLOUDFRONT":
            if self.region not in (HOME, GLOBAL_REGION):
                raise invalid("The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT")
            self.region = GLOBAL_REGION
        return answer(self)

    return answered


def create_web_acl(self: WAFV2Response) -> TYPE_RESPONSE:
    asked = json.loads(self.body)
    backend = self.wafv2_backend
    if any(acl.name == asked["Name"] for acl in backend.wacls.values()):
        raise refusal("DuplicateItem", f"There is a web ACL {asked['Name']} already.")
    needed = check_rules(backend, asked.get("Rules", []))
    answer = create(self)
    made = next(acl for acl in backend.wacls.values() if acl.name == asked["Name"])
    made.capacity = needed
    made.data_protection_config = asked.get("DataProtectionConfig")
    return answer


def update_web_acl(self: WAFV2Response) -> TYPE_RESPONSE:
    asked = json.loads(self.body)
    acl = self.wafv2_backend.get_web_acl(None, asked["Name"], asked["Id"])
    if acl.lock_token != asked["LockToken"]:
        raise WAFOptimisticLockException()
    acl.capacity = check_rules(self.wafv2_backend, asked.get("Rules", []))
    acl.rules = [FakeRule(**in_moto_words(rule)) for rule in asked.get("Rules", [])]
    acl.description = asked.get("Description", "")
    for part in PARTS:
        setattr(acl, camelcase_to_underscores(part), asked.get(part))
    acl.lock_token = acl._generate_lock_token()
    return 200, {}, json.dumps({"NextLockToken": acl.lock_token})


def to_dict(self: FakeWebACL) -> dict[str, Any]:
    return {**describe(self), "DataProtectionConfig": getattr(self, "data_protection_config", None)}


def install() -> None:
    WAFV2Response.create_web_acl = in_scope(create_web_acl)
    WAFV2Response.update_web_acl = in_scope(update_web_acl)
    WAFV2Response.get_web_acl = in_scope(WAFV2Response.get_web_acl)
    WAFV2Response.list_web_ac_ls = in_scope(WAFV2Response.list_web_ac_ls)
    WAFV2Response.delete_web_acl = in_scope(WAFV2Response.delete_web_acl)
    FakeWebACL.to_dict = to_dict
