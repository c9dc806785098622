"""The year's amounts: which task is behind by how much, and the curve of the chosen one against its schedule."""

from decimal import Decimal

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.desk import year
from desktop_app.desk.year import Course
from desktop_app.language import _
from desktop_app.model.plain import decimal_text
from ui.fields.columns import Columns
from ui.fields.reading_table import ROWS, ReadingTable
from ui.fields.year_curve import YearCurve
from ui.models.task_list import shown_id
from ui.session import Session

_TENTH = Decimal("0.1")


class CurvesPane(QWidget):
    """A table of tasks with an amount, and below it the large curve of the one under the cursor."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.courses: tuple[Course, ...] = ()
        self.said = QLabel()
        self.said.setObjectName("muted")
        headings = (_("任务"), _("名称"), _("实际"), _("序时"), _("相差"))
        self.table = ReadingTable(headings, (1,), _("有数量的任务"))
        Columns(self.table, "courses", session.remembered, (1,))
        self.curve = YearCurve()
        self.curve.setMinimumHeight(230)
        self.table.currentCellChanged.connect(lambda row, *_rest: self._draw(row))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.said)
        box.addWidget(self.table, 1)
        box.addWidget(self.curve, 1)

    def show_year(self, wanted: int) -> None:
        """Read the year's months; the task farthest behind comes first."""
        found = year.courses(self.session.desk, wanted)
        self.courses = tuple(sorted(found, key=lambda course: -(course.behind or Decimal(0))))[:ROWS]
        self.table.show_rows([_cells(course) for course in self.courses])
        behind = sum(course.behind is not None and course.behind > 0 for course in self.courses)
        said = _("有数量的任务 {count} 项，低于序时进度的 {behind} 项，差得多的在前。")
        self.said.setText(
            said.format(count=len(self.courses), behind=behind) if found else _("这一年没有带数量的任务。")
        )
        self.curve.setVisible(bool(found))
        self._draw(0)

    def _draw(self, row: int) -> None:
        if not 0 <= row < len(self.courses):
            return
        course = self.courses[row]
        schedule = ((0, 0.0), *((month, float(percent)) for month, percent in course.schedule))
        done = tuple((month, float(percent)) for month, percent in course.done)
        words = _("{task}：实际 {done}，序时 {expected}")
        cells = _cells(course)
        self.curve.draw(schedule, done, words.format(task=cells[1], done=cells[2], expected=cells[3]))


def _cells(course: Course) -> tuple[str, str, str, str, str]:
    """Sign, name and figures of the last month reported on."""
    title = f"{course.task.title}（{decimal_text(course.target.value or Decimal(0))}{course.target.unit}）"
    behind = course.behind
    if behind is None:
        return shown_id(course.task.id), title, "—", "—", _("未填")
    at, percent = course.done[-1]
    expected = dict(course.schedule)[at]
    gap = abs(behind).quantize(_TENTH)
    said = _("△ 差 {gap}").format(gap=_percent(gap)) if behind > 0 else _("✓ 超 {gap}").format(gap=_percent(gap))
    return shown_id(course.task.id), title, _percent(percent), _percent(expected), said


def _percent(value: Decimal) -> str:
    return decimal_text(value.quantize(_TENTH)).removesuffix(".0") + "%"
