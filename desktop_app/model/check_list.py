"""The findings of a month as a list on paper or in a workbook."""

from dataclasses import dataclass

from desktop_app.model.period import Period
from desktop_app.model.unit import Unit


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line: how grave, where it stands, what is wrong, what to do; `place` is the task's title, or 整份月报."""

    group: str
    severity: str
    family: str
    code: str
    task: str
    place: str
    field: str
    message: str
    remedy: str
    explanation: str
    source: str

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of the columns."""
        return (
            self.severity,
            self.group,
            self.task,
            self.place,
            self.field,
            self.message,
            self.remedy,
            self.explanation,
            self.code,
            self.family,
            self.source,
        )


@dataclass(frozen=True, slots=True)
class CheckList:
    """Every finding of a month, the gravest first, and what was not checked last."""

    unit: Unit
    period: Period
    revision: int
    title: str
    summary: str
    heads: tuple[str, ...]
    lines: tuple[CheckLine, ...]
    sample: bool
