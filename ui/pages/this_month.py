"""本月: what is owed, what is missing, what is late, and the one next step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.month import Row
from desktop_app.language import _
from desktop_app.model.report import MonthState
from desktop_app.model.standing_remark import StandingRemark
from ui.fields.headed_list import HeadedView
from ui.fields.remark_box import RemarkBox
from ui.models.task_list import Choice, TaskList
from ui.models.task_paint import TaskPaint
from ui.pages.header import period_label
from ui.pages.progress import Counts, Step, counts, next_step, steps
from ui.pages.sharing_card import SharingCard
from ui.pages.turn_line import TurnLine
from ui.restyle import rename
from ui.session import Session
from ui.theme.lights import Light

UNFINISHED = (Light.ERROR, Light.WARNING, Light.EMPTY, Light.STARTED)


class ThisMonthPage(QWidget):
    """`go` asks for a page, `open_task` for a task's form."""

    go = Signal(str)
    open_task = Signal(str)

    def __init__(self, session: Session, stack: QStackedWidget) -> None:
        super().__init__()
        stack.addWidget(self)  # before it is filled: else it is measured and styled now, and again with the window
        self.session = session
        self.title = QLabel()
        self.title.setObjectName("title")
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.remarks = RemarkBox()
        self.remarks.answered.connect(self._answer)
        self.remarks.corrected.connect(self._correct)
        self.remarks.open_task.connect(self.open_task)
        self.facts = [QLabel() for _fact in range(5)]
        self.steps: list[QPushButton] = []
        self._next = 0
        self.said: list[QLabel] = []
        self.model = TaskList(session.light, session.late, self)
        self.list = HeadedView()
        self.list_title = QLabel()
        self.list_title.setObjectName("subtitle")
        self.sharing = SharingCard(session)
        self.turn = TurnLine(session)
        self._lay_out()
        session.rechecked.connect(self._rechecked)
        self.show_month()

    def _lay_out(self) -> None:
        inner = QWidget()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)  # before that is filled, for the same reason
        page = QVBoxLayout(inner)
        page.setContentsMargins(20, 14, 20, 14)
        page.setSpacing(10)
        page.addWidget(self.title)
        page.addWidget(self.state)
        page.addWidget(self.turn)
        page.addWidget(self.remarks)
        figures = QHBoxLayout()
        figures.setSpacing(10)
        for label in self.facts:
            figures.addWidget(label)
        figures.addStretch(1)
        page.addLayout(figures)
        body = QHBoxLayout()
        body.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(14)
        left.addWidget(self._steps_card())
        left.addWidget(self.sharing)
        left.addStretch(1)
        body.addLayout(left, 5)
        body.addWidget(self._list_card(), 6)
        page.addLayout(body, 1)

    def _steps_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 14, 16, 14)
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(14)
        head = QLabel(_("五步办完本月"))
        head.setObjectName("subtitle")
        grid.addWidget(head, 0, 0, 1, 2)
        for place in range(5):
            button = QPushButton()
            button.setMinimumWidth(128)
            button.setProperty("step", True)
            button.clicked.connect(
                lambda _checked=False, place=place: self.go.emit(steps(self.session, counts(self.session))[place].page)
            )
            said = QLabel()
            said.setWordWrap(True)
            grid.addWidget(button, place + 1, 0)
            grid.addWidget(said, place + 1, 1)
            self.steps.append(button)
            self.said.append(said)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(6, 1)
        return card

    def _list_card(self) -> QFrame:
        self.list.setModel(self.model)
        self.list.setItemDelegate(TaskPaint(self.list))
        self.list.setTabKeyNavigation(False)
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(180)
        self.list.activated.connect(lambda index: self._open(index.row()))
        self.list.clicked.connect(lambda index: self._open(index.row()))
        card = QFrame()
        card.setObjectName("card")
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 14, 16, 14)
        box.addWidget(self.list_title)
        box.addWidget(self.list, 1)
        return card

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book; the answers to remarks are held by their box."""
        return (self.remarks.reason, self.remarks.again, self.sharing.bring)

    def show_month(self) -> None:
        """Read everything from the session."""
        view, count = self.session.view, counts(self.session)
        self.title.setText(_("{month}工作进展月报").format(month=period_label(view.period)))
        self.state.setText(self._state())
        returned = view.state is MonthState.RETURNED
        writable = not (view.sealed or self.session.desk.read_only)
        self.remarks.show_remarks(view.remarks, returned=returned, writable=writable)
        self.turn.show_due()
        self._show_figures(count)
        found = steps(self.session, count)
        self._next = next_step(found)
        for place, step in enumerate(found):
            self._show_step(place, step, self._next)
        waiting = tuple(row for row in view.rows if row.required and self._unfinished(row))
        self.model.set_rows(() if view.sealed else waiting)
        self.model.narrow(Choice.ALL, "")
        self.list.setAccessibleName(_("还要处理的任务"))
        if view.sealed:
            self.list_title.setText(_("本月数据已封存"))
        elif waiting:
            self.list_title.setText(_("还要处理的任务：{count} 项（Enter 打开）").format(count=len(waiting)))
            self.list.setCurrentIndex(self.model.index(0))
        else:
            self.list_title.setText(_("任务都已填好（应报 {owed} 项）").format(owed=count.owed))

    def focus_next(self) -> None:
        """The next step's button is where the cursor waits."""
        self.steps[min(self._next, 4)].setFocus()

    def _rechecked(self) -> None:
        """While the page is in view; it is read afresh whenever it comes into view. The cursor stays, or goes on."""
        if not self.isVisible():
            return
        waited = self.steps[min(self._next, 4)].hasFocus()
        self.show_month()
        if waited:
            self.focus_next()

    def _unfinished(self, row: Row) -> bool:
        return self.session.light(row) in UNFINISHED if self.session.known else not row.entry.answered

    def _state(self) -> str:
        view = self.session.view
        said = _("第 {revision} 版").format(revision=view.revision)
        if view.check_code:
            said += _("　·　校验码 {code}").format(code=view.check_code)
        if view.cutoff:
            said += _("　·　内部截止 {month}月{day}日").format(month=view.cutoff.month, day=view.cutoff.day)
        if view.plan.sample:
            said += _("　·　示例任务集（非官方文本），可以随意试填")
        return f"{view.plan.title}　·　{said}"

    def _show_figures(self, count: Counts) -> None:
        facts = (
            (count.owed, _("应报任务")),
            (count.filled, _("已填")),
            (count.empty, _("未填")),
            (count.problems, _("有问题")),
            (count.late, _("进度滞后")),
        )
        for place, (label, (number, word)) in enumerate(zip(self.facts, facts, strict=True)):
            label.setText(f"{'…' if number is None else number}　{word}")
            rename(label, "badgeWarn" if place >= 2 and number else "badge")

    def _show_step(self, place: int, step: Step, now: int) -> None:
        button = self.steps[place]
        sign = "✓" if step.done else f"{place + 1}"
        button.setText(f"{sign}　{step.word}")
        button.setAccessibleName(f"{step.word} {step.said}")
        rename(button, "primary" if place == now else "step")
        button.setEnabled(place <= now)
        self.said[place].setText(step.said)

    def _open(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.open_task.emit(row.task.id)

    def _answer(self, remark: StandingRemark, text: str) -> None:
        from desktop_app.desk import correct

        desk, period = self.session.desk, self.session.period
        if self.session.attempt(lambda: correct.answer(desk, period, remark.task, remark.field, text)):
            self.session.refresh()

    def _correct(self, reason: str) -> None:
        from desktop_app.desk import correct

        desk, period = self.session.desk, self.session.period
        if self.session.attempt(lambda: correct.correct(desk, period, reason)):
            self.session.refresh()
            self.session.messages.good(_("已另起一版：原来签署的文件保持不变，内容都已带到新的一版。"))
