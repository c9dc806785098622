"""A rule: what is looked for, how grave it is, what to do; and the function that looks."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from desktop_app.language import _
from desktop_app.model.finding import Finding, Severity

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the catalogue. `code` is a letter and three digits that are never used again.

    The digits alone name the rule, so that it can be said on the telephone; `fields` are the entry's fields it reads;
    `source` is the clause it rests on. Texts are untranslated: pass them through _() to show them.
    """

    code: str
    severity: Severity
    title: str
    meaning: str
    remedy: str
    source: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotChecked:
    """The third answer (未校验): `lacks` names the values that the rule needs and that are missing."""

    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule saw. `values` have stable names and texts free of language: an explanation is held against them."""

    message: str
    values: tuple[tuple[str, str], ...] = ()
    field: str | None = None


Answer = Found | NotChecked | None


@dataclass(frozen=True, slots=True)
class Check(Generic[Subject]):
    """A rule with the function that looks for it in one row, or in the whole report."""

    rule: Rule
    look: Callable[[Subject], Answer]

    def finding(self, found: Found, task: str, message: str) -> Finding:
        """What was found as the house passes it on; a rule about a single field names it by itself."""
        rule = self.rule
        field = found.field or (rule.fields[0] if rule.fields else None)
        return Finding(rule.code, rule.severity, task, field, message, _(rule.remedy), found.values)


def checking(rule: Rule) -> Callable[[Callable[[Subject], Answer]], Check[Subject]]:
    """Bind a function to the rule that it looks for."""

    def bind(look: Callable[[Subject], Answer]) -> Check[Subject]:
        return Check(rule, look)

    return bind


def lacking(row: object, *names: str) -> NotChecked:
    """The third answer, naming those of these values that the row does not have."""
    return NotChecked(tuple(name for name in names if getattr(row, name) is None))


def points(value: Decimal) -> str:
    """Percent or percentage points with at most one decimal."""
    rounded = value.quantize(Decimal("0.1"))
    return format(rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded, "f")
