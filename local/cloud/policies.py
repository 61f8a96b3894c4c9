"""Asks the policy of a resource whether it lets somebody do something, as far as the local cloud has to know.

moto weighs the actions and resources of policies, but not who asks, and conditions hardly. Here a condition that nothing is known of
speaks neither for nor against: a statement that allows still counts, one that denies does not.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any


def every(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def fits(pattern: str, text: str) -> bool:
    """`*` stands for any letters, `?` for one."""
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, text, re.DOTALL) is not None


OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "ArnEquals": fits,
    "ArnLike": fits,
    "Bool": lambda wanted, given: wanted.lower() == given.lower(),
    "StringEquals": lambda wanted, given: wanted == given,
    "StringEqualsIgnoreCase": lambda wanted, given: wanted.lower() == given.lower(),
    "StringLike": fits,
}


def outcomes(condition: Mapping[str, Any], context: Mapping[str, str]) -> Iterable[bool | None]:
    """Of each part of a condition whether it holds, or None where that is not known."""
    known = {key.lower(): value for key, value in context.items()}
    for operator, parts in condition.items():
        name = operator.removesuffix("IfExists")
        test = OPERATORS.get(name.replace("Not", ""))
        for key, wanted in parts.items():
            given = known.get(key.lower())
            if test is None or given is None:
                yield None
            else:
                yield any(test(str(one), given) for one in every(wanted)) != ("Not" in name)


def named(statement: Mapping[str, Any], field: str, test: Callable[[Any], bool]) -> bool:
    if f"Not{field}" in statement:
        return not test(statement[f"Not{field}"])
    return field in statement and test(statement[field])


def speaks_of(statement: Mapping[str, Any], who: Mapping[str, str], action: str, resource: str) -> bool:
    def principal(value: Any) -> bool:
        if value == "*":
            return True
        return any(who.get(kind) in every(names) for kind, names in value.items())

    return (
        named(statement, "Principal", principal)
        and named(statement, "Action", lambda value: any(fits(one.lower(), action.lower()) for one in every(value)))
        and named(statement, "Resource", lambda value: any(fits(one, resource) for one in every(value)))
    )


def allows(
    policy: str | bytes | None,
    who: Mapping[str, str],
    action: str,
    resource: str,
    context: Mapping[str, str] | None = None,
) -> bool:
    """`who` asks, by the kind of principal: `{"Service": "logs.eu-west-1.amazonaws.com"}`. A key's policy speaks of `*`."""
    allowed = False
    for statement in every(json.loads(policy or "{}").get("Statement", [])):
        if not speaks_of(statement, who, action, resource):
            continue
        known = list(outcomes(statement.get("Condition", {}), context or {}))
        if statement["Effect"] == "Deny" and all(known):
            return False
        allowed = allowed or (statement["Effect"] == "Allow" and False not in known)
    return allowed
