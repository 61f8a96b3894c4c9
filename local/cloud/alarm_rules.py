"""Reads the rules of composite alarms
(https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html).
"""

import re

STATES = ("ALARM", "OK", "INSUFFICIENT_DATA")
# A quoted text, a mark, or a word; names without blanks, commas and brackets need no quotes.
TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[(),]|[^\s(),"]+|")')


class Rule:
    """One reading of a rule, from left to right. AND and OR bind differently, which does not matter to what is named."""

    def __init__(self, text: str) -> None:
        self.tokens = TOKEN.findall(text)
        self.alarms: list[str] = []
        self.expression()
        if self.tokens:
            raise self.refusal("AND, OR or the end")

    def refusal(self, wanted: str) -> ValueError:
        return ValueError(f"needs {wanted} instead of {self.tokens[0] if self.tokens else 'its end'}")

    def take(self, *wanted: str) -> str:
        if not self.tokens or self.tokens[0] not in wanted:
            raise self.refusal(" or ".join(wanted))
        return self.tokens.pop(0)

    def follows(self, *wanted: str) -> bool:
        return bool(self.tokens) and self.tokens[0] in wanted

    def expression(self) -> None:
        self.operand()
        while self.follows("AND", "OR"):
            self.tokens.pop(0)
            self.operand()

    def operand(self) -> None:
        word = self.take("NOT", "(", "TRUE", "FALSE", "AT_LEAST", *STATES)
        if word == "NOT":
            self.operand()
        elif word == "(":
            self.expression()
            self.take(")")
        elif word == "AT_LEAST":
            self.at_least()
        elif word in STATES:
            self.take("(")
            self.name()
            self.take(")")

    def at_least(self) -> None:
        """AT_LEAST(2, ALARM, (one, other)), or a share such as 50%."""
        self.take("(")
        if not self.tokens or not re.fullmatch(r"[1-9]\d*%?", self.tokens[0]):
            raise self.refusal("a number or a share such as 50%")
        self.tokens.pop(0)
        self.take(",")
        if self.follows("NOT"):
            self.tokens.pop(0)
        self.take(*STATES)
        self.take(",")
        self.take("(")
        self.name()
        while self.follows(","):
            self.tokens.pop(0)
            self.name()
        self.take(")")
        self.take(")")

    def name(self) -> None:
        if not self.tokens or self.tokens[0] in ("(", ")", ",", '"'):
            raise self.refusal("the name of an alarm")
        token = self.tokens.pop(0)
        self.alarms.append(re.sub(r"\\(.)", r"\1", token[1:-1]) if token.startswith('"') else token)


def alarms_of(rule: str) -> list[str]:
    """The names and ARNs of the alarms that a rule watches, each once. A ValueError says what is wrong with it."""
    return list(dict.fromkeys(Rule(rule).alarms))
