"""The tasks of a month as a list: filtered and searched here, not in a proxy; optional tasks apart under a heading."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.desk.month import Row
from desktop_app.language import N_, _
from desktop_app.model.plan import Task
from ui.models import pinyin
from ui.models.obligations import obligation_words
from ui.theme.lights import LIGHT_WORDS, Light

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
LIGHT_ROLE = Qt.ItemDataRole.UserRole + 1


def shown_id(task_id: str) -> str:
    """The number that people know: a dropped measure (3-9~1) had it before it was dropped."""
    return task_id.partition("~")[0]


def plan_word(row: Row) -> str:
    """What a revision of the plan did to a task, in a word; "" where it did nothing."""
    return _("有调整") if row.unread else ""


def state_word(row: Row, light: Light) -> str:
    """Where a task stands; one that the plan holds no longer stands nowhere."""
    if row.dropped:
        return _("已取消") if row.ours else _("已移交")
    return _(LIGHT_WORDS[light])


class Choice(StrEnum):
    """The filters over the list."""

    ALL = "all"
    EMPTY = "empty"
    PROBLEM = "problem"
    LATE = "late"
    KEY = "key"


UNFILLED = (Light.EMPTY, Light.STARTED)
PROBLEMS = (Light.ERROR, Light.WARNING)
CHOICE_WORDS = {
    Choice.ALL: N_("全部"),
    Choice.EMPTY: N_("未填"),
    Choice.PROBLEM: N_("有问题"),
    Choice.LATE: N_("滞后"),
    Choice.KEY: N_("重点"),
}


@dataclass(frozen=True)
class Heading:
    """A line between groups."""

    text: str


class TaskList(QAbstractListModel):
    """Rows of a MonthView; `light` tells how one stands, `late` whether it is behind."""

    def __init__(
        self, light: Callable[[Row], Light], late: Callable[[Row], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._light = light
        self._late = late
        self._rows: tuple[Row, ...] = ()
        self._dropped: tuple[Row, ...] = ()
        self._shown: list[Row | Heading] = []
        self._choice = Choice.ALL
        self._words: list[str] = []
        self._texts: dict[str, tuple[Task, str]] = {}
        self._places: dict[str, int] = {}

    def set_rows(self, rows: tuple[Row, ...], dropped: tuple[Row, ...] = ()) -> None:
        """A month's rows, and those that are only to be read; the filter stays."""
        self._rows, self._dropped = rows, dropped
        self._sift()

    def update_row(self, row: Row) -> None:
        """One row changed; it stays in view even where the filter would now leave it out."""
        self._rows = tuple(row if old.task.id == row.task.id else old for old in self._rows)
        place = self.place_of(row.task.id)
        if place >= 0:
            self._shown[place] = row
            where = self.index(place)
            self.dataChanged.emit(where, where)

    def restand(self) -> None:
        """Where the rows stand changed; those in view stay, as where one changed."""
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def narrow(self, choice: Choice, text: str) -> None:
        """Show one kind only, and of those the ones whose number or words hold every word searched for.

        A word of letters may be the initials of the pinyin.
        """
        self._choice, self._words = choice, text.casefold().split()
        self._sift()

    def counts(self) -> dict[Choice, int]:
        """How many rows each filter would show."""
        lights = [(row, self._light(row)) for row in self._rows]
        return {
            Choice.ALL: len(lights),
            Choice.EMPTY: sum(row.required and light in UNFILLED for row, light in lights),
            Choice.PROBLEM: sum(light in PROBLEMS for _row, light in lights),
            Choice.LATE: sum(map(self._late, self._rows)),
            Choice.KEY: sum(row.task.key for row in self._rows),
        }

    def place_of(self, task_id: str) -> int:
        """Where a task stands in the list shown, -1 where it does not."""
        return self._places.get(task_id, -1)

    def row_at(self, place: int) -> Row | None:
        """The row shown at a place; None for headings and beyond the ends."""
        item = self._shown[place] if 0 <= place < len(self._shown) else None
        return item if isinstance(item, Row) else None

    def neighbour(self, place: int, step: int) -> int:
        """The next place up (-1) or down (+1) that holds a task; the same where there is none."""
        there = place + step
        while 0 <= there < len(self._shown):
            if isinstance(self._shown[there], Row):
                return there
            there += step
        return place

    def next_unfinished(self, task_id: str) -> str | None:
        """The next required task after this one, round the end, that still needs the clerk."""
        ids = [row.task.id for row in self._rows]
        start = ids.index(task_id) + 1 if task_id in ids else 0
        for row in (*self._rows[start:], *self._rows[:start]):
            if row.required and row.task.id != task_id and self._light(row) not in (Light.DONE, Light.LATE):
                return row.task.id
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and Qt's default
        """How many lines are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if self.row_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the screen reader and for search; the delegate paints from ROW_ROLE."""
        if not 0 <= index.row() < len(self._shown):
            return None
        item = self._shown[index.row()]
        if role == ROW_ROLE:
            return item
        if isinstance(item, Heading):
            return item.text if role == Qt.ItemDataRole.DisplayRole else None
        if role == LIGHT_ROLE:
            return self._light(item)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{shown_id(item.task.id)} {item.task.title} {plan_word(item)} {state_word(item, self._light(item))}"
        return item.task.measure if role == Qt.ItemDataRole.ToolTipRole else None

    def _sift(self) -> None:
        self.beginResetModel()
        fits = self._fits(self._choice)
        fitting = [row for row in self._rows if fits(row)]
        if self._words:
            fitting = [row for row in fitting if self._holds(row)]
        optional: list[Row | Heading] = [row for row in fitting if not row.required]
        self._shown = [row for row in fitting if row.required]
        if optional:
            self._shown += [Heading(_("协办任务（选报，可以不填）")), *optional]
        gone = [row for row in self._dropped if self._choice is Choice.ALL and self._holds(row)]
        if gone:
            self._shown += [Heading(_("不再报的任务（只读）")), *gone]
        self._places = {item.task.id: place for place, item in enumerate(self._shown) if isinstance(item, Row)}
        self.endResetModel()

    def _fits(self, choice: Choice) -> Callable[[Row], bool]:
        """What a filter asks of a row."""
        light = self._light
        return {
            Choice.ALL: lambda _row: True,
            Choice.KEY: lambda row: row.task.key,
            Choice.LATE: self._late,
            Choice.EMPTY: lambda row: row.required and light(row) in UNFILLED,
            Choice.PROBLEM: lambda row: light(row) in PROBLEMS,
        }[choice]

    def _text(self, task: Task) -> str:
        """All that is searched; made once for a task, for the next key asks again."""
        kept = self._texts.get(task.id)
        if kept is None or kept[0] is not task:
            marks = f"{obligation_words(task)} {'★' if task.key else ''}"
            kept = task, f"{task.id} {task.title} {task.measure} {task.section} {marks}".casefold()
            self._texts[task.id] = kept
        return kept[1]

    def _holds(self, row: Row) -> bool:
        text = self._text(row.task)
        return all(word in text or (pinyin.may_be(word) and pinyin.found(word, text)) for word in self._words)
