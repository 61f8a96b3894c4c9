"""What the rules of a web ACL cost, in the units (WCU) by which AWS limits and charges them.

https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html and, for AWS's own groups,
https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html.
"""

from typing import Any

Statement = dict[str, Any]

# What a web ACL may cost at most.
LIMIT = 5000

MANAGED_GROUPS = {
    "AWSManagedRulesACFPRuleSet": 50,
    "AWSManagedRulesATPRuleSet": 50,
    "AWSManagedRulesAdminProtectionRuleSet": 100,
    "AWSManagedRulesAmazonIpReputationList": 25,
    "AWSManagedRulesAnonymousIpList": 50,
    "AWSManagedRulesAntiDDoSRuleSet": 50,
    "AWSManagedRulesBotControlRuleSet": 50,
    "AWSManagedRulesCommonRuleSet": 700,
    "AWSManagedRulesKnownBadInputsRuleSet": 200,
    "AWSManagedRulesLinuxRuleSet": 200,
    "AWSManagedRulesPHPRuleSet": 100,
    "AWSManagedRulesSQLiRuleSet": 200,
    "AWSManagedRulesUnixRuleSet": 100,
    "AWSManagedRulesWindowsRuleSet": 200,
    "AWSManagedRulesWordPressRuleSet": 100,
}

PLAIN = {"AsnMatchStatement": 1, "GeoMatchStatement": 1, "LabelMatchStatement": 1}

MATCHES = {
    "ByteMatchStatement": lambda it: 10 if it["PositionalConstraint"].startswith("CONTAINS") else 2,
    "RegexMatchStatement": lambda _: 3,
    "RegexPatternSetReferenceStatement": lambda _: 25,
    "SizeConstraintStatement": lambda _: 1,
    "SqliMatchStatement": lambda it: 30 if it.get("SensitivityLevel") == "HIGH" else 20,
    "XssMatchStatement": lambda _: 40,
}


def capacity(statements: list[Statement], groups: dict[str, int]) -> int:
    """`groups` has the capacity of rule groups of the account by their ARN."""
    # The same transformation of the same part of a request is paid for once.
    transformations: set[str] = set()
    return sum(cost(one, groups, transformations) for one in statements) + 10 * len(transformations)


def cost(statement: Statement, groups: dict[str, int], transformations: set[str]) -> int:
    kind, it = next(iter(statement.items()))
    if kind in PLAIN:
        return PLAIN[kind]
    if kind in MATCHES:
        return match_cost(MATCHES[kind](it), it, transformations)
    if kind == "IPSetReferenceStatement":
        return 5 if it.get("IPSetForwardedIPConfig", {}).get("Position") == "ANY" else 1
    if kind == "RuleGroupReferenceStatement":
        return groups[it["ARN"]]
    inner = it.get("Statements") or [it[key] for key in ("Statement", "ScopeDownStatement") if it.get(key)]
    nested = sum(cost(one, groups, transformations) for one in inner)
    if kind == "ManagedRuleGroupStatement":
        return MANAGED_GROUPS[it["Name"]] + nested
    if kind == "RateBasedStatement":
        return 2 + 30 * len(it.get("CustomKeys") or []) + nested
    return nested


def match_cost(base: int, it: dict[str, Any], transformations: set[str]) -> int:
    field = it["FieldToMatch"]
    applied = [one["Type"] for one in it["TextTransformations"] if one["Type"] != "NONE"]
    transformations.update(f"{field} {one}" for one in applied)
    return base * (2 if "JsonBody" in field else 1) + (10 if "AllQueryArguments" in field else 0)
