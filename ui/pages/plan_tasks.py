"""The task table as imported beside what was understood: every task, its readings confirmed or put right."""

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import settle_plan
from desktop_app.language import N_, _
from desktop_app.model.plan import Plan, Task
from ui.fields.headed_list import HeadedView
from ui.fields.hinted_line import HintedLine
from ui.models.obligations import obligation_words
from ui.models.plan_lines import Line, PlanLines
from ui.models.plan_paint import PlanPaint
from ui.models.plan_words import corrected
from ui.models.task_list import Heading
from ui.pages.plan_task_card import TaskCard
from ui.session import Session


class Choice(StrEnum):
    """The filters over the table."""

    OWN = "own"
    EVERY = "every"
    KEY = "key"
    OPEN = "open"
    CORRECTED = "corrected"


CHOICE_WORDS = {
    Choice.OWN: N_("本单位"),
    Choice.EVERY: N_("全部"),
    Choice.KEY: N_("重点"),
    Choice.OPEN: N_("待确认"),
    Choice.CORRECTED: N_("已更正"),
}
_ROWS = ((Choice.OWN, Choice.EVERY, Choice.KEY), (Choice.OPEN, Choice.CORRECTED))


class TasksPane(QWidget):
    """`ask` carries the id of a question to go to."""

    ask = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.plan: Plan | None = None
        self.task_id = ""
        self._corrected: frozenset[str] = frozenset()
        self.search = HintedLine()
        self.search.setPlaceholderText(_("按编号或文字查找　Ctrl+F"))
        self.search.setAccessibleName(_("按编号或文字查找"))
        self.search.setClearButtonEnabled(True)
        self.chips: dict[Choice, QPushButton] = {}
        self.model = PlanLines(self)
        self.list = HeadedView()
        self.card = TaskCard(session)
        self.every = QPushButton()
        self.up = QPushButton(_("上一项　Alt+↑"))
        self.down = QPushButton(_("下一项　Alt+↓"))
        self.take_back = QPushButton(_("撤回确认"))
        self.confirm = QPushButton(_("确认无误　Ctrl+Enter"))
        self.confirm.setObjectName("primary")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        split = QSplitter()
        split.setHandleWidth(10)
        split.setChildrenCollapsible(False)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setSizes([330, 710])
        split.setStretchFactor(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(split)

    def _left(self) -> QWidget:
        self.list.setModel(self.model)
        self.list.setItemDelegate(PlanPaint(self.list))
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("计划里的任务"))
        chips = QGridLayout()
        chips.setHorizontalSpacing(5)
        chips.setVerticalSpacing(5)
        group = QButtonGroup(self)
        for choice in Choice:
            chip = QPushButton(_(CHOICE_WORDS[choice]))
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            group.addButton(chip)
            self.chips[choice] = chip
        for row, choices in enumerate(_ROWS):
            line = QHBoxLayout()
            line.setSpacing(5)
            for choice in choices:
                line.addWidget(self.chips[choice])
            line.addStretch(1)
            chips.addLayout(line, row, 0)
        self.chips[Choice.OWN].setChecked(True)
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(7)
        box.addWidget(self.search)
        box.addLayout(chips)
        box.addWidget(self.list, 1)
        box.addWidget(self.every)
        return left

    def _right(self) -> QFrame:
        self.area = QScrollArea()
        self.area.setObjectName("form")
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.card)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 8, 14, 8)
        bar.setSpacing(8)
        bar.addWidget(self.up)
        bar.addWidget(self.down)
        bar.addStretch(1)
        bar.addWidget(self.take_back)
        bar.addWidget(self.confirm)
        made = QFrame()
        made.setObjectName("card")
        box = QVBoxLayout(made)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addWidget(self.area, 1)
        box.addLayout(bar)
        return made

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (self.every, self.take_back, self.confirm, *self.card.writers)

    def _connect(self) -> None:
        for chip in self.chips.values():
            chip.toggled.connect(lambda on: self._narrow() if on else None)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.selectionModel().currentChanged.connect(self._picked)
        self.list.activated.connect(lambda _index: self.card.fields["targets"].edit.setFocus())
        self.card.corrected.connect(self._correct)
        self.card.withdrawn.connect(self._withdraw)
        self.card.ask.connect(self.ask)
        self.every.clicked.connect(self.confirm_own)
        for button, slot in (
            (self.up, lambda: self.step(-1)),
            (self.down, lambda: self.step(1)),
            (self.confirm, self.confirm_task),
            (self.take_back, lambda: self._withdraw(settle_plan.ALL)),
        ):
            button.clicked.connect(slot)
        for keys, slot in (
            ("Alt+Up", lambda: self.step(-1)),
            ("Alt+Down", lambda: self.step(1)),
            ("Ctrl+Return", self.confirm_task),
            ("Ctrl+Enter", self.confirm_task),
            ("Ctrl+F", self.search.setFocus),
        ):
            QShortcut(keys, self, slot)

    def show_plan(self, plan: Plan) -> None:
        """The tasks as they stand now; the chosen one stays chosen."""
        self.plan = plan
        self._corrected = corrected(plan)
        for choice, chip in self.chips.items():
            count = sum(self._is(task, choice) for task in plan.tasks)
            chip.setText(f"{_(CHOICE_WORDS[choice])} {count}")
            chip.setVisible(bool(count) or choice not in _ROWS[1] or chip.isChecked())
        left = [task for task in plan.owned_by(self.session.desk.unit.code) if _to_confirm(task)]
        self.every.setText(_("本单位主责的 {count} 项全部确认无误").format(count=len(left)))
        self.every.setVisible(bool(left))
        self._narrow()

    def choose(self, task_id: str) -> None:
        """Show one task; one that the filter leaves out is shown among all."""
        if self.model.place_of(task_id) < 0:
            self.search.clear()
            self.chips[Choice.EVERY].setChecked(True)
        self.task_id = task_id
        self._show()

    def step(self, step: int) -> None:
        """The neighbour in the list as it is filtered."""
        there = self.model.line_at(self.model.neighbour(self.model.place_of(self.task_id), step))
        if there is not None:
            self.choose(there.key)

    def focus_first(self) -> None:
        """The cursor in the list."""
        self.list.setFocus()

    def confirm_task(self) -> None:
        """Confirm the task in view as it stands, and go on to the next."""
        if self.plan is None or self.plan.task(self.task_id) is None:
            return
        onward = self.model.line_at(self.model.neighbour(self.model.place_of(self.task_id), 1))
        if (
            self._settle(
                partial(settle_plan.confirm, self.session.desk, (self.task_id,), settle_plan.ALL, self.plan.id)
            )
            and onward
        ):
            self.choose(onward.key)

    def confirm_own(self) -> None:
        """Confirm all that this unit must report on; open questions stay open."""
        if self.plan is None:
            return
        desk, plan = self.session.desk, self.plan
        tasks = [task.id for task in plan.owned_by(desk.unit.code) if _to_confirm(task)]
        if reason := self.session.unsaved():
            self.session.messages.note(reason)
            return
        steps = self.session.autosave.before_each(settle_plan.confirming(desk, tasks, settle_plan.ALL, plan.id))
        self.session.work.follow(
            _("正在确认 {count} 项任务…").format(count=len(tasks)),
            steps,
            lambda _plan: self._all_confirmed(len(tasks)),
            lambda: self.session.messages.note(_("已停下，没有确认。")),
        )

    def _all_confirmed(self, count: int) -> None:
        self.session.refresh()
        self.session.messages.good(_("✓ 已确认 {count} 项任务。每一项都可以撤回。").format(count=count))
        self.list.setFocus()

    def _settle(self, verb: partial[Plan]) -> bool:
        reason = self.session.settle(verb)
        if reason:
            self.session.messages.note(reason)
        return not reason

    def _correct(self, field: str, words: str) -> None:
        if self.plan is None:
            return
        verb = partial(settle_plan.correct, self.session.desk, self.task_id, field, words, self.plan.id)
        reason = self.session.settle(verb)
        if reason:
            self.card.fields[field].refuse(reason)
        else:
            self.card.fields[field].edit.setFocus()

    def _withdraw(self, field: str) -> None:
        if self.plan is None:
            return
        key = f"{self.task_id}.{field}"
        if self._settle(partial(settle_plan.withdraw, self.session.desk, key, self.plan.id)):
            (self.confirm if field == settle_plan.ALL else self.card.fields[field].edit).setFocus()

    def _narrow(self) -> None:
        if self.plan is None:
            return
        choice = next((choice for choice, chip in self.chips.items() if chip.isChecked()), Choice.EVERY)
        words = self.search.text().casefold().split()
        fitting = [task for task in self.plan.tasks if self._is(task, choice) and _holds(task, words)]
        self.model.set_items(_items(fitting, self.plan, self._corrected))
        if self.task_id not in {task.id for task in fitting} and fitting:
            self.task_id = fitting[0].id
        self._show()

    def _show(self) -> None:
        task = self.plan.task(self.task_id) if self.plan else None
        self.card.setVisible(task is not None)
        place = self.model.place_of(self.task_id)
        if place >= 0 and self.list.currentIndex().row() != place:
            self.list.setCurrentIndex(self.model.index(place))
        whole = task is not None and f"{task.id}.{settle_plan.ALL}" in {
            each.id for each in (self.plan.decisions if self.plan else ())
        }
        self.take_back.setVisible(whole)
        self.confirm.setEnabled(task is not None and not task.open_questions and not whole)
        self.confirm.setText(_("✓ 已确认") if whole else _("确认无误　Ctrl+Enter"))
        if task is None or self.plan is None:
            return
        if self.card.task_id != task.id:
            self.area.verticalScrollBar().setValue(0)
        self.card.show_task(task, self.plan)

    def _picked(self, now: QModelIndex, _before: QModelIndex) -> None:
        line = self.model.line_at(now.row())
        if line is not None and line.key != self.task_id:
            self.task_id = line.key
            self._show()

    def _is(self, task: Task, choice: Choice) -> bool:
        code = self.session.desk.unit.code
        if choice is Choice.OWN:
            return code in (*task.owners, *task.lead, *task.supporters)
        if choice is Choice.KEY:
            return task.key
        if choice is Choice.OPEN:
            return bool(task.open_questions)
        return choice is Choice.EVERY or task.id in self._corrected


def _to_confirm(task: Task) -> bool:
    """Whether a task has fields that nobody stood for yet, and nothing is asked about it."""
    return not task.open_questions and len(task.confirmed) < len(settle_plan.SETTLED)


def _holds(task: Task, words: list[str]) -> bool:
    text = f"{task.id} {task.title} {task.measure} {task.section} {task.owners_raw} {task.deadline.raw}"
    text = f"{text} {obligation_words(task)} {'★' if task.key else ''}".casefold()
    return all(word in text for word in words)


def _items(tasks: list[Task], plan: Plan, changed: frozenset[str]) -> tuple[Line | Heading, ...]:
    found: list[Line | Heading] = []
    for annex in plan.annexes:
        own = [task for task in tasks if task.annex == annex.number]
        if own:
            title = _("附件{number}　{title}（{count}）")
            found.append(Heading(title.format(number=annex.number, title=annex.title, count=len(own))))
            found += [_line(task, changed) for task in own]
    return tuple(found)


def _line(task: Task, changed: frozenset[str]) -> Line:
    star = "★ " if task.key else ""
    pill, tone = "", ""
    if task.open_questions:
        pill, tone = _("？ 待确认"), "open"
    elif task.id in changed:
        pill, tone = _("已更正"), "changed"
    elif len(task.confirmed) == len(settle_plan.SETTLED):
        pill, tone = _("✓ 已确认"), "good"
    measure = "　".join(part for part in (obligation_words(task), task.measure) if part)
    return Line(task.id, f"{task.id}　{star}{task.title}", measure, pill, tone)
