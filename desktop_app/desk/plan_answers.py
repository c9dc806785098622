"""What was understood of a task, field by field, in the words by which settle_plan.correct takes it."""

from typing import Any

from desktop_app.desk.desk import Desk
from desktop_app.language import _
from desktop_app.model.plan import Question, TargetKind, Task
from desktop_app.plans import duplicates, headers_asked, understanding
from desktop_app.plans.deciding import MARKS, NOBODY, mark
from desktop_app.plans.in_words import NO_AMOUNT
from desktop_app.plans.wording import deadline_words, target_words

CHOICES = {name: tuple(words) for name, words in MARKS.items()}

_OWN_WORDS = frozenset(
    (
        understanding.ALL_DISTRICTS,
        understanding.ALL_WITH_AREA,
        understanding.ONLY_NAMED,
        understanding.NO_UNIT,
        *understanding.DEADLINE_CHOICES,
        headers_asked.NO_COLUMN,
        headers_asked.ALL_YEAR_END,
        headers_asked.NOT_READ,
        *duplicates.CHOICES,
        NO_AMOUNT,
        *(word for words in MARKS.values() for word in words),
    )
)


def choice_words(choice: str, question: Question | None = None) -> str:
    """An answer in the language of the moment; names, and words of the table, stay as they are."""
    own = choice in _OWN_WORDS or (question is not None and choice in headers_asked.meanings(question))
    return _(choice) if own else choice


def answer_words(desk: Desk, task: Task, field: str) -> str:
    """The present reading of a field as a person would write it; given back unchanged it means the same."""
    if field == "deadline":
        return deadline_words(task.deadline)
    if field == "targets":
        amounts = [each for each in task.targets if each.kind is not TargetKind.QUALITATIVE]
        return "；".join(target_words(each, desk.directory) for each in amounts) or NO_AMOUNT
    if field in MARKS:
        return mark(field, getattr(task, field))
    units = (desk.directory.find(code) for code in getattr(task, field))
    return "、".join(unit.short_name for unit in units if unit) or NOBODY


def marked(field: str, word: str) -> Any:
    """The mark (key, obligation) that a decision keeps in this word."""
    return MARKS[field][word]
