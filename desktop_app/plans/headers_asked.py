"""Columns that nobody can tell by their heading: the question, and what its answer puts in place."""

import re
from collections.abc import Mapping
from dataclasses import replace

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.plan import Question
from desktop_app.plans.cells import squeeze
from desktop_app.plans.headings import FIELD_NAMES, Header
from desktop_app.plans.task_table import Row

NO_COLUMN = "没有这一列"


def ask_headers(sheet: str, annex: int, header: Header, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """One question for each column that is missing under a known heading; answered where `answers` has it."""
    return tuple(_question(sheet, annex, header, name, answers) for name in header.missing)


def _question(sheet: str, annex: int, header: Header, name: str, answers: Mapping[str, str]) -> Question:
    numbers = (header.fields.get("number"), header.fields.get("key"))
    rest = tuple(text for column, text in header.headings.items() if column not in numbers)
    others = tuple(sorted(header.others.values(), key=lambda text: not _alike(text, name)))
    choices = (others or rest) + (() if name in ("measure", "owners") else (NO_COLUMN,))
    key = f"{annex}-header-{name}"
    text = _("「{sheet}」里哪一列是「{field}」？").format(sheet=sheet, field=_(FIELD_NAMES[name]))
    return Question(key, "header", sheet, text, choices, None, answers.get(key))


def _alike(text: str, name: str) -> bool:
    hints = {
        "deadline": "时|期|日",
        "measure": "任务|措施|内容",
        "owners": "责|主|承|实施",
        "lead": "牵|统筹",
        "supporters": "协|配|参",
    }
    return bool(re.search(hints[name], text))


def put_in_place(row: Row, questions: tuple[Question, ...]) -> Row:
    """The row with the columns that the answers name; what is unread is let go once no question is open."""
    cells = {squeeze(heading): text for heading, text in row.unread}
    for question in questions:
        if question.answer is None:
            continue
        chosen = squeeze(question.answer)
        if chosen not in cells and chosen != NO_COLUMN:
            raise ClerkError(
                _("表里没有「{answer}」这一列。").format(answer=question.answer),
                _("可选：{choices}。").format(choices="、".join(question.choices)),
            )
        name = question.id.rpartition("-")[2]
        row = replace(row, **{name: cells.get(chosen, "")})  # type: ignore[arg-type]
    settled = all(question.answer is not None for question in questions)
    return replace(row, unread=()) if settled else row
