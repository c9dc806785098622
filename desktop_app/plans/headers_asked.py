"""Columns that nobody can tell by their heading: the question, and what its answer puts in place."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.plan import Question
from desktop_app.model.sentence import say
from desktop_app.plans.cells import squeeze
from desktop_app.plans.heading_words import COLUMN_NAMES, field_of, resembled
from desktop_app.plans.headings import Header, unknown
from desktop_app.plans.inside_cells import obligation_of, split_roles
from desktop_app.plans.questions import asked
from desktop_app.plans.task_table import YES, Row, title_of

# Answers are data that are kept and compared, so they are Chinese in every language of the window.
NO_COLUMN = N_("没有这一列")
ALL_YEAR_END = N_("没有这一列，都是年底前")
NOT_READ = N_("不读这一列")
_YEAR_END = "年底前"
_UNITS = ("lead", "owners", "supporters")


def ask_headers(
    sheet: str, annex: int, header: Header, answers: Mapping[str, str], mark: str = "", given: tuple[str, ...] = ()
) -> tuple[Question, ...]:
    """A question for each column that is missing, and for each unknown heading that may be one that is free.

    `mark` tells apart the questions of several tables that make one annex; `given` is known without a column.
    """
    start = f"{annex}-header-{mark}"
    missing = tuple(_ask_missing(sheet, start, header, name, answers) for name in header.missing if name not in given)
    return (*missing, *_ask_unknown(sheet, start, header, answers))


def _ask_missing(sheet: str, start: str, header: Header, name: str, answers: Mapping[str, str]) -> Question:
    """Which column is it? Those that resemble it first; the lead's where the owners have none of their own."""
    likely = header.headings.get(header.likely.get(name, 0))
    open_columns = sorted(unknown(header).values(), key=lambda text: (text != likely, name not in resembled(text)))
    aside = {header.fields.get(other) for other in ("number", "key", "obligation")} | set(header.others)
    known = [column for column in header.headings if column not in aside]
    if name == "owners" and "lead" in header.fields:
        known = [header.fields[role] for role in ("lead", "supporters") if role in header.fields]
    choices = open_columns or [header.headings[column] for column in known]
    if name == "deadline":
        choices = [*open_columns, ALL_YEAR_END, NO_COLUMN]
    key = f"{start}{name}"
    text = say(N_("「{sheet}」里哪一列是「{field}」？"), sheet=sheet, field=say(COLUMN_NAMES[name]))
    subject = choices[0] if open_columns else ""
    return asked(key, "header", sheet, text, tuple(choices), None, answers.get(key), subject)


def _ask_unknown(sheet: str, start: str, header: Header, answers: Mapping[str, str]) -> Iterator[Question]:
    taken = {"title" if name == "topic" else name for name in header.fields}
    free = [name for name in COLUMN_NAMES if name not in taken and name not in header.missing]
    for column, heading in unknown(header).items():
        alike = resembled(heading)
        if any(name in header.missing for name in alike[:1]):
            continue
        if field_of(heading) and not set(alike) & set(_UNITS):
            continue
        suggested = [name for name in alike if name in free]
        if alike[:1] and alike[0] in _UNITS:
            suggested = [name for name in (*suggested, *_UNITS) if name in free and name in _UNITS]
        if not suggested:
            continue
        names = dict.fromkeys((suggested[0], *free))
        choices = (*(COLUMN_NAMES[name] for name in names), NOT_READ)
        key = f"{start}c{column}"
        text = say(N_("「{sheet}」里「{heading}」这一列是什么？"), sheet=sheet, heading=heading)
        yield asked(key, "header", sheet, text, choices, None, answers.get(key), heading)


def columns_asked(header: Header, questions: tuple[Question, ...]) -> tuple[int, ...]:
    """The columns whose texts must be kept until the questions are answered."""
    if any(_field_asked(question) for question in questions):
        return tuple(header.headings)
    subjects = {question.subject for question in questions}
    return tuple(column for column, heading in header.headings.items() if heading in subjects)


def put_in_place(row: Row, questions: tuple[Question, ...]) -> Row:
    """The row with the columns that the answers name; what is unread is let go once no question is open."""
    if not row.unread:
        return row
    cells = {squeeze(heading): text for heading, text in row.unread}
    about = [question for question in questions if _concerns(question, cells)]
    for question in about:
        if question.answer is not None:
            row = _placed(row, question, squeeze(question.answer), cells)
    settled = all(question.answer is not None for question in about)
    return replace(row, unread=()) if settled else row


def _concerns(question: Question, cells: Mapping[str, str]) -> bool:
    """Whether a question is about the table that this row stands in: an annex may have several."""
    columns = question.choices if _field_asked(question) else (question.subject,)
    stated = {squeeze(column) for column in columns} - {squeeze(NO_COLUMN), squeeze(ALL_YEAR_END)}
    return bool(cells) and (not stated or bool(stated & set(cells)))


def _field_asked(question: Question) -> str | None:
    """The field that a question seeks a column for; None where it seeks a column's meaning."""
    name = question.id.rpartition("-")[2]
    return name if name in COLUMN_NAMES else None


def meanings(question: Question) -> frozenset[str]:
    """The answers to what a column is that are our names of columns, not words of the table."""
    asks_meaning = question.kind == "header" and _field_asked(question) is None
    return frozenset(COLUMN_NAMES.values()) if asks_meaning else frozenset()


def _placed(row: Row, question: Question, chosen: str, cells: Mapping[str, str]) -> Row:
    name = _field_asked(question)
    if name:
        if chosen == squeeze(ALL_YEAR_END):
            return _with(row, name, _YEAR_END)
        if chosen not in cells and chosen != squeeze(NO_COLUMN):
            raise _no_choice(question)
        return _with(row, name, cells.get(chosen, ""))
    if chosen == squeeze(NOT_READ):
        return row
    meant = next((field for field, label in COLUMN_NAMES.items() if squeeze(label) == chosen), None)
    if meant is None or squeeze(COLUMN_NAMES[meant]) not in map(squeeze, question.choices):
        raise _no_choice(question)
    return _with(row, meant, cells.get(squeeze(question.subject), ""))


def _with(row: Row, name: str, text: str) -> Row:
    value: object = text
    if name == "owners" and len(roles := split_roles(text)) > 1:
        told: dict[str, Any] = {role: words for role, words in roles.items() if role == name or not getattr(row, role)}
        return replace(row, **told)
    if name == "key":
        value = row.key or squeeze(text) in YES
    elif name == "obligation":
        value = obligation_of(text) or row.obligation
    elif name == "measure":
        row = replace(row, title=row.title or title_of(text))
    return replace(row, **{name: value})  # type: ignore[arg-type]


def _no_choice(question: Question) -> ClerkError:
    return ClerkError(
        _("表里没有「{answer}」这一列。").format(answer=question.answer),
        _("可选：{choices}。").format(choices="、".join(question.choices)),
    )
