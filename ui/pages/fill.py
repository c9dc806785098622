"""填报: the tasks at the left, the form of the chosen one at the right."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QByteArray, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import save_entry, undo
from desktop_app.desk.desk import Desk
from desktop_app.desk.plan_changes import confirm_changes
from desktop_app.desk.undo import Undone
from desktop_app.language import _
from desktop_app.model.period import Period
from ui.fields.flow import Flow
from ui.fields.headed_list import HeadedView
from ui.fields.hinted_line import HintedLine
from ui.models.pasted import Pasted
from ui.models.task_list import CHOICE_WORDS, Choice, TaskList
from ui.models.task_paint import TaskPaint
from ui.pages.entry_form import EntryForm
from ui.pages.paste_column import lay_beside
from ui.pages.steps_back import turned_words
from ui.remembered import WIDTHS
from ui.session import Session


class FillPage(QWidget):
    """List and form, and the keys that lead from one task to the next. `ask` carries a question about the plan."""

    ask = Signal(str)
    column = Signal(object, str)  # what says what a copied column would do in a field, and the field in view

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.task_id = ""
        self.search = HintedLine()
        self.search.setPlaceholderText(_("编号、文字或拼音首字母　Ctrl+F"))
        self.search.setAccessibleName(_("按编号、文字或拼音首字母查找"))
        self.search.setClearButtonEnabled(True)
        self.chips: dict[Choice, QPushButton] = {}
        self.model = TaskList(session.light, session.late, self)
        self.list = HeadedView()
        self.form = EntryForm(session)
        self._lay_out()
        self._connect()
        self.show_month()

    def _lay_out(self) -> None:
        split = self.split = QSplitter()
        split.setHandleWidth(10)
        split.setChildrenCollapsible(False)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setSizes([400, 790])
        split.setStretchFactor(1, 1)
        if widths := self.session.remembered.text(WIDTHS):
            split.restoreState(QByteArray.fromBase64(widths.encode("ascii", "ignore")))
        page = QHBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        page.addWidget(split)

    def _left(self) -> QWidget:
        self.list.setModel(self.model)
        self.list.setItemDelegate(TaskPaint(self.list))
        self.list.setTabKeyNavigation(False)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("任务列表"))
        self.list.setMinimumWidth(330)
        chips = Flow(5)
        group = QButtonGroup(self)
        for choice in Choice:
            chip = QPushButton(_(CHOICE_WORDS[choice]))
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            group.addButton(chip)
            chip.toggled.connect(self._chip_toggled)
            chips.addWidget(chip)
            self.chips[choice] = chip
        self.chips[Choice.ALL].setChecked(True)
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(7)
        box.addWidget(self.search)
        box.addLayout(chips)
        box.addWidget(self.list, 1)
        self.undo = QPushButton(_("撤回　Ctrl+Alt+Z"))
        self.undo.setToolTip(_("撤回本月最后一次改动，重开程序后也可以"))
        self.paste = QPushButton(_("粘贴一列…　Ctrl+V"))
        self.paste.setToolTip(_("在表格里复制一列数字，从当前任务起依次填入"))
        foot = Flow()
        foot.addWidget(self.undo)
        foot.addWidget(self.paste)
        box.addLayout(foot)
        return left

    def _right(self) -> QWidget:
        self.area = QScrollArea()
        self.area.setObjectName("form")
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.form)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nil = QPushButton(_("零报告　Ctrl+0"))
        self.up = QPushButton(_("上一项　Alt+↑"))
        self.down = QPushButton(_("下一项　Alt+↓"))
        self.next = QPushButton(_("下一个未填　Ctrl+Enter"))
        self.next.setObjectName("primary")
        keys = Flow(8)
        keys.addWidget(self.nil)
        keys.to_the_right(self.up, self.down, self.next)
        bar = QVBoxLayout()
        bar.setContentsMargins(14, 8, 14, 8)
        bar.addLayout(keys)
        card = QFrame()
        card.setObjectName("card")
        box = QVBoxLayout(card)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addWidget(self.area, 1)
        box.addLayout(bar)
        return card

    def _connect(self) -> None:
        self.form.flags.ask.connect(self.ask)
        self.form.flags.seen.connect(self._confirm_changes)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._to_list)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda _index: self.form.focus_field(None))
        self.session.row_changed.connect(self._row_changed)
        self.session.rechecked.connect(self._rechecked)
        for button, slot in (
            (self.nil, self.form.toggle_nil),
            (self.up, lambda: self.step(-1)),
            (self.down, lambda: self.step(1)),
            (self.next, self.next_unfinished),
            (self.undo, self.take_back),
            (self.paste, self.paste_column),
        ):
            button.clicked.connect(slot)
        for keys, slot in (
            ("Ctrl+0", self.form.toggle_nil),
            ("Alt+Up", lambda: self.step(-1)),
            ("Alt+Down", lambda: self.step(1)),
            ("Ctrl+Return", self.next_unfinished),
            ("Ctrl+Enter", self.next_unfinished),
            ("Ctrl+F", self.search.setFocus),
            ("Ctrl+L", self.list.setFocus),
            ("Ctrl+Alt+Z", self.take_back),
        ):
            QShortcut(keys, self, slot)
        paste = QShortcut("Ctrl+V", self.list, self.paste_column)
        paste.setContext(Qt.ShortcutContext.WidgetShortcut)  # in a text Ctrl+V is the text's own
        self.form.column.connect(self.paste_column)
        self.form.figure_done.connect(self.next_figure)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (self.nil, self.undo, self.paste, *self.form.writers)

    def show_month(self) -> None:
        """Another month, or the same one read afresh."""
        view = self.session.view
        self.model.set_rows(view.rows, view.dropped)
        self._recount()
        known = [row.task.id for row in (*view.rows, *view.dropped)]
        if known:
            self.choose(self.task_id if self.task_id in known else known[0], reload=True)

    def choose(self, task_id: str, field: str | None = None, *, reload: bool = False) -> None:
        """Show one task; what the last one still holds is saved first. A field named gets the cursor."""
        self.session.autosave.flush()
        if task_id != self.task_id or reload:
            self.task_id = task_id
            self.form.load(self.session.view.row(task_id))
            self.area.verticalScrollBar().setValue(0)
        self._mark_place()
        if field is not None:
            self.form.focus_field(field)
            focus = self.form.focusWidget()
            if focus is not None:
                self.area.ensureWidgetVisible(focus, 0, 90)

    def step(self, step: int) -> None:
        """The neighbour in the list as it is filtered; the cursor stays in the same field."""
        there = self.model.row_at(self.model.neighbour(self.model.place_of(self.task_id), step))
        if there is not None:
            self.choose(there.task.id)

    def next_unfinished(self) -> None:
        """On to the next task that still needs the clerk, its first field under the cursor."""
        self.session.autosave.flush()
        task_id = self.model.next_unfinished(self.task_id)
        if task_id is None:
            self.session.messages.good(_("全部任务都已填完。下一步：到「校验」页核对。"))
            return
        if self.model.place_of(task_id) < 0:
            self.search.clear()
            self.chips[Choice.ALL].setChecked(True)
        self.choose(task_id)
        self.form.focus_field(None)

    def next_figure(self, field: str) -> None:
        """Enter in a figure: the same figure of the next task that has an amount, all of it chosen."""
        place = self.model.place_of(self.task_id)
        while (there := self.model.neighbour(place, 1)) != place:
            place, row = there, self.model.row_at(there)
            if row is not None and row.target is not None and not row.dropped:
                self.choose(row.task.id, field)
                self.form.numbers[field].selectAll()
                return
        self.session.autosave.flush()
        self.session.messages.good(_("这一列到底了，后面没有带数量的任务。"))

    def paste_column(self) -> None:
        """Lay what was copied beside the tasks from the one in view on; the dialog asks before anything is written."""
        self.session.autosave.flush()
        if self.form.locked:
            self.session.messages.note(_("本月已经封存，或这里只能查看，不能粘贴。"))
            return
        rows = [row for n in range(self.model.rowCount()) if (row := self.model.row_at(n)) and not row.dropped]
        text, first = QGuiApplication.clipboard().text(), self.task_id
        self.column.emit(partial(lay_beside, text, rows, first), self.form.last_figure)

    def take_column(self, pasted: Pasted) -> None:
        """Write a column that was looked at, in one step."""
        desk, period = self.session.desk, self.session.period
        if self.session.attempt(lambda: save_entry.save_many(desk, period, pasted.changes)):
            self.session.refresh()
            said = _("已填入 {count} 项。").format(count=len(pasted.changes))
            self.session.messages.good(said, (_("撤回"), self.take_back))

    def take_back(self) -> None:
        """Take back the last change of this month that the journal has, whichever task it was."""
        self._turn(undo.undo, _("已撤回：{what}"), (_("重做"), self.make_again))

    def make_again(self) -> None:
        """Make again what was taken back."""
        self._turn(undo.redo, _("已重做：{what}"), (_("撤回"), self.take_back))

    def _turn(self, verb: Callable[[Desk, Period], Undone], said: str, action: tuple[str, Callable[[], None]]) -> None:
        self.session.autosave.flush()
        done: list[Undone] = []
        if not self.session.attempt(lambda: done.append(verb(self.session.desk, self.session.period))):
            return
        self.session.refresh()
        self.choose(done[0].fields[0].task)
        self.session.messages.good(said.format(what=turned_words(done[0].fields)), action)

    def _confirm_changes(self) -> None:
        """What a revision altered in the task in view was read; the cursor goes on to the form."""
        row, plan = self.session.view.row(self.task_id), self.session.view.plan
        reason = self.session.settle(partial(confirm_changes, self.session.desk, row.task.id, row.unread, plan.id))
        if reason:
            self.session.messages.note(reason)
        else:
            self.form.focus_field(None)

    def _chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.row_at(now.row())
        if row is not None and row.task.id != self.task_id:
            self.choose(row.task.id)

    def _to_list(self) -> None:
        """From the search into the list; a number that is written out means that task and not the one in view."""
        number = self.search.text().strip()
        if self.model.place_of(number) >= 0:
            self.choose(number)
        self.list.setFocus()

    def _chip_toggled(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        if checked:  # the one that goes out says the same once more
            self._narrow()

    def _narrow(self) -> None:
        choice = next((choice for choice, chip in self.chips.items() if chip.isChecked()), Choice.ALL)
        self.model.narrow(choice, self.search.text())
        self._mark_place()

    def _mark_place(self) -> None:
        place = self.model.place_of(self.task_id)
        if place >= 0:
            self.list.setCurrentIndex(self.model.index(place))

    def _row_changed(self, task_id: str) -> None:
        self.model.update_row(self.session.view.row(task_id))
        self._recount()

    def _rechecked(self) -> None:
        self.model.restand()
        self.form.show_findings()
        self._recount()

    def _recount(self) -> None:
        counts = self.model.counts()
        for choice, chip in self.chips.items():
            chip.setText(f"{_(CHOICE_WORDS[choice])} {counts[choice]}")
