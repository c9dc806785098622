"""计划: the task table as imported beside what was understood of it, what needs a person, and new tables in."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import month, take_plan
from desktop_app.desk.take_plan import PlanTaken
from desktop_app.language import N_, _
from ui.fields.flow import Flow
from ui.pages.plan_head import PlanHead
from ui.pages.plan_indicators import IndicatorsPane
from ui.pages.plan_questions import QuestionsPane
from ui.pages.plan_reading import TableReading
from ui.pages.plan_tasks import TasksPane
from ui.roomy import RoomyStack
from ui.session import Session

if TYPE_CHECKING:
    from desktop_app.desk.split_plan import Split

TABLE_FILES = "*.xlsx *.xls *.et *.csv *.docx *.xlsm"
VIEWS = (
    ("questions", N_("要由人确认")),
    ("tasks", N_("任务")),
    ("indicators", N_("各区指标")),
    ("warnings", N_("导入提示")),
)


class PlanPage(QWidget):
    """`review` carries what says what taking a table would mean, `dates` the plan whose dates are to be written.

    `split` carries the plan whose tasks are to be handed on.
    """

    review = Signal(object)
    dates = Signal(object)
    split = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._wanted = ""
        self.head = PlanHead(session)
        self.questions = QuestionsPane(session)
        self.tasks = TasksPane(session)
        self.indicators = IndicatorsPane(session)
        self.warnings = QLabel()
        self.stack = RoomyStack()
        self.views: dict[str, QPushButton] = {}
        self.reading = TableReading()
        self.plan = self.head.show_plans("")
        self._lay_out()
        self._connect()
        self.show_month()
        self.show_view("questions" if self.plan.open_questions else "tasks")

    def _lay_out(self) -> None:
        self.warnings.setWordWrap(True)
        self.warnings.setTextFormat(Qt.TextFormat.PlainText)
        self.warnings.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.warnings.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.warnings.setContentsMargins(18, 14, 18, 14)
        area = QScrollArea()
        area.setObjectName("form")
        area.setWidgetResizable(True)
        area.setWidget(self.warnings)
        area.setAccessibleName(_("导入提示"))
        for pane in (self.questions, self.tasks, self.indicators, area):
            self.stack.addWidget(pane)
        page = QVBoxLayout(self)
        page.setContentsMargins(14, 8, 14, 10)
        page.setSpacing(8)
        page.addWidget(self.head)
        page.addWidget(self.reading)
        page.addLayout(self._chips())
        page.addWidget(self.stack, 1)

    def _chips(self) -> Flow:
        row = Flow()
        group = QButtonGroup(self)
        for name, word in VIEWS:
            chip = QPushButton(_(word))
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            group.addButton(chip)
            row.addWidget(chip)
            self.views[name] = chip
        return row

    def _connect(self) -> None:
        for name, chip in self.views.items():
            chip.toggled.connect(lambda on, name=name: self._go(name) if on else None)
        self.head.chosen.connect(self.show_plan)
        self.head.bring.clicked.connect(self._choose_file)
        self.head.dates.clicked.connect(lambda: self.dates.emit(self.plan))
        self.head.split.clicked.connect(lambda: self.split.emit(self.plan))
        self.reading.brought.connect(self._brought)
        self.reading.failed.connect(self._failed)
        self.reading.cancelled.connect(self._cancelled)
        self.questions.finished.connect(lambda: self.show_view("tasks"))
        self.tasks.ask.connect(self.show_question)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        panes = (self.questions, self.tasks, self.indicators)
        return (
            self.head.dates,
            self.head.split,
            self.head.bring,
            *(widget for pane in panes for widget in pane.writers),
        )

    def show_month(self) -> None:
        """Read everything afresh: the plans of the book, and the one in view."""
        self.plan = self.head.show_plans(self._wanted)
        self._wanted = self.plan.id if self.plan.id != self.session.view.plan.id else ""
        still = len(self.plan.open_questions)
        counts = {
            "questions": still,
            "tasks": len(self.plan.tasks),
            "indicators": len(self.plan.indicators),
            "warnings": len(self.plan.warnings),
        }
        for name, word in VIEWS:
            self.views[name].setText(f"{_(word)} {counts[name]}")
        self.views["indicators"].setVisible(bool(self.plan.indicators))
        self.views["warnings"].setVisible(bool(self.plan.warnings))
        for pane in (self.questions, self.tasks, self.indicators):
            pane.show_plan(self.plan)
        self.warnings.setText("\n\n".join(f"△ {text}" for text in self.plan.remarks))
        shown = next((name for name, chip in self.views.items() if chip.isChecked()), "tasks")
        if not counts[shown] and shown in ("indicators", "warnings"):
            self.show_view("tasks")

    def show_plan(self, plan_id: str) -> None:
        """Show another plan of the book."""
        self._wanted = plan_id
        self.show_month()

    def show_view(self, name: str) -> None:
        """Questions, tasks, indicators or warnings."""
        self.views[name].setChecked(True)

    def show_question(self, key: str) -> None:
        """Go to one question, of the plan that rules the month in view where it is another one's."""
        if not any(each.id == key for each in self.plan.questions):
            self.show_plan(self.session.view.plan.id)
        self.show_view("questions")
        self.questions.choose(key)
        self.questions.focus_first()

    def focus_first(self) -> None:
        """The cursor on what is next."""
        pane = self.stack.currentWidget()
        if isinstance(pane, QuestionsPane | TasksPane | IndicatorsPane):
            pane.focus_first()

    def read(self, file: Path) -> None:
        """Read a table in the background; nothing is taken before somebody says so."""
        readings: list[take_plan.Reading] = []
        if not self.session.attempt(lambda: readings.append(take_plan.reading(self.session.desk, file))):
            return
        self.head.bring.setEnabled(False)
        self.reading.read(readings[0])

    def taken(self, taken: PlanTaken) -> None:
        """Show what was taken, and what it asks."""
        if taken.plan.year != self.session.period.year:
            self.session.choose(month.latest_period(self.session.desk))
        still = taken.plan.open_questions
        self.show_plan(taken.plan.id)
        self.show_view("questions" if still else "tasks")
        self.focus_first()
        said = _("✓ 已采用《{title}》第 {revision} 版，共 {count} 项任务。").format(
            title=taken.plan.title, revision=taken.plan.revision, count=len(taken.plan.tasks)
        )
        if still:
            said = _("{said}下一步：确认 {count} 处。").format(said=said, count=len(still))
        self.session.messages.good(said)

    def split_done(self, made: "Split") -> None:
        """Where the table went and to whom it is; from now on that unit reports here."""
        self.session.refresh()
        done = made.published
        said = _("已把 {count} 项任务分解给{unit}，写到 {path}，校验码 {code}。").format(
            count=len(made.tasks), unit=made.unit.name, path=made.where, code=done.check_code
        )
        words = [said, *filter(None, (made.removal,)), *done.doubts]
        if made.added:
            words.append(_("「{unit}」已加进单位名录。").format(unit=made.unit.name))
        self.session.messages.good("\n".join(words))

    def welcome(self) -> None:
        """The first table was taken: say what it asks, and that the rest can wait for nobody."""
        text = _(
            "任务表已读入。有 {count} 处要由人确认（例如「相关区政府」是哪些区），就在下面答复；其余任务可以先填。"
        )
        self.show_view("questions")
        self.session.messages.note(text.format(count=len(self.plan.open_questions)))

    def _brought(self, following: Any) -> None:
        self._not_busy()
        desk = self.session.desk

        def look(effective: date | None) -> PlanTaken:
            return take_plan.look_at(desk, following, effective=effective)

        self.review.emit(look)

    def _failed(self, problem: Exception) -> None:
        self._not_busy()
        self.session.messages.refuse(problem)

    def _cancelled(self) -> None:
        self._not_busy()
        self.session.messages.note(_("没有读取，填报簿里什么都没有变。"))

    def _not_busy(self) -> None:
        self.head.bring.setEnabled(True)
        self.head.bring.setFocus()

    def _go(self, name: str) -> None:
        self.stack.setCurrentIndex([view for view, _word in VIEWS].index(name))

    def _choose_file(self) -> None:
        kinds = _("任务表 ({endings})").format(endings=TABLE_FILES)
        file, _kind = QFileDialog.getOpenFileName(self, _("选择市局发来的任务表"), "", kinds)
        if file:
            self.read(Path(file))
