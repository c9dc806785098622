"""Two measures under one number: both are taken under ids of their own until a person says which one holds."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.plan import Question
from desktop_app.model.sentence import say
from desktop_app.plans.cells import squeeze
from desktop_app.plans.questions import asked
from desktop_app.plans.task_table import Row

KEEP_BOTH = N_("两条都保留")
KEEP_FIRST = N_("只保留前一条")
KEEP_SECOND = N_("只保留后一条")
CHOICES = (KEEP_BOTH, KEEP_FIRST, KEEP_SECOND)


def tell_apart(
    rows: list[Row], sheet: str, answers: Mapping[str, str], taken: set[str]
) -> tuple[list[Row], list[Question]]:
    """The rows with ids that are unique in the plan (`taken` grows), and a question for each that was not."""
    questions: list[Question] = []
    unique: list[Row] = []
    free: dict[str, int] = {}
    for row in rows:
        if row.id in taken:
            first, step = row, free.get(row.id, 2)
            while f"{first.id}-{step}" in taken:
                step += 1
            free[first.id] = step + 1
            row = replace(first, number=f"{first.number}-{step}")  # noqa: PLW2901 - the same row under its own id
            questions.append(_question(first, row, sheet, answers))
        taken.add(row.id)
        unique.append(row)
    return unique, questions


def _question(first: Row, second: Row, sheet: str, answers: Mapping[str, str]) -> Question:
    key = f"{second.id}-duplicate"
    text = N_("序号{number}出现了不止一次，后一条暂编为{second}：{measure}")
    said = say(text, number=first.number, second=second.number, measure=second.measure[:40])
    where = say(N_("{sheet} 序号{number}"), sheet=sheet, number=first.number)
    return asked(key, "duplicate", where, said, CHOICES, second.id, answers.get(key))


def left_out(questions: Iterable[Question]) -> set[str]:
    """The ids of all measures that the answers about doubles leave out; ClerkError for an answer that is none."""
    answered = [each for each in questions if each.kind == "duplicate" and each.answer is not None]
    return {dropped for each in answered if (dropped := dropped_by(each))}


def dropped_by(question: Question) -> str | None:
    """The task id that an answered question drops, None where both stay; ClerkError for another answer."""
    second = question.task or ""
    answer = squeeze(question.answer or "")
    if answer == KEEP_BOTH:
        return None
    if answer == KEEP_FIRST:
        return second
    if answer == KEEP_SECOND:
        return second.rpartition("-")[0]
    raise ClerkError(
        _("「{answer}」不是这个问题的答复。").format(answer=question.answer),
        _("可选：{choices}。").format(choices="、".join(CHOICES)),
    )
