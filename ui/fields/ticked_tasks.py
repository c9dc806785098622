"""Tasks to tick, found by text, number or one of a few filters; what is ticked stays so while the list is narrowed."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.language import N_, _
from desktop_app.model.plan import Task
from ui.fields.word_line import WordLine

TASK = Qt.ItemDataRole.UserRole


class Shown(StrEnum):
    """The filters over the list."""

    ALL = "all"
    OWN = "own"
    KEY = "key"
    TICKED = "ticked"


SHOWN_WORDS = {
    Shown.ALL: N_("全部"),
    Shown.OWN: N_("本单位主责"),
    Shown.KEY: N_("重点"),
    Shown.TICKED: N_("已勾选"),
}


class TickedTasks(QWidget):
    """`changed`: something was ticked or is no longer."""

    changed = Signal()

    def __init__(self, tasks: Iterable[Task], own: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = own
        self.search = WordLine()
        self.search.setPlaceholderText(_("按编号或文字查找　Ctrl+F"))
        self.search.setAccessibleName(_("按编号或文字查找"))
        self.search.setClearButtonEnabled(True)
        self.chips = {shown: QPushButton(_(word)) for shown, word in SHOWN_WORDS.items()}
        self.every = QPushButton(_("勾选看到的(&A)"))
        self.none = QPushButton(_("看到的都不选(&N)"))
        self.count = QLabel()
        self.list = QListWidget()
        self.list.setAccessibleName(_("要分解的任务，按空格勾选"))
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for task in tasks:
            item = QListWidgetItem(f"{task.id}　{'★ ' if task.key else ''}{task.title}　{task.measure[:60]}")
            item.setToolTip(task.measure)
            item.setData(TASK, task)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self._lay_out()
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self.list.setFocus)
        self.every.clicked.connect(lambda: self._tick_shown(on=True))
        self.none.clicked.connect(lambda: self._tick_shown(on=False))
        self.list.itemChanged.connect(self._told)
        self.list.setCurrentRow(0)
        self._told()

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        chips, foot = QHBoxLayout(), QHBoxLayout()
        chips.setSpacing(5)
        for chip in self.chips.values():
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            chip.setAutoDefault(False)
            group.addButton(chip)
            chips.addWidget(chip)
            chip.toggled.connect(lambda on: self._narrow() if on else None)
        chips.addStretch(1)
        self.chips[Shown.ALL].setChecked(True)
        for button in (self.every, self.none):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.count)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.search)
        box.addLayout(chips)
        box.addWidget(self.list, 1)
        box.addLayout(foot)

    def ticked(self) -> tuple[str, ...]:
        """The ids of the ticked tasks, in the plan's order, whether they are in view or not."""
        return tuple(_task(item).id for item in self._items() if item.checkState() is Qt.CheckState.Checked)

    def tick(self, tasks: Collection[str]) -> None:
        """Tick these and no others."""
        self._put((item, _task(item).id in tasks) for item in self._items())

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _tick_shown(self, *, on: bool) -> None:
        self._put((item, on) for item in self._items() if not item.isHidden())

    def _put(self, wanted: Iterable[tuple[QListWidgetItem, bool]]) -> None:
        """Tick many, and tell of it once."""
        told = self.list.blockSignals(True)
        for item, on in wanted:
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(told)
        self.list.viewport().update()
        self._told()

    def _told(self) -> None:
        self.count.setText(_("已勾选 {count} 项").format(count=len(self.ticked())))
        self.changed.emit()

    def _narrow(self) -> None:
        shown = next((shown for shown, chip in self.chips.items() if chip.isChecked()), Shown.ALL)
        words = self.search.text().casefold().split()
        for item in self._items():
            task = _task(item)
            text = f"{task.id} {task.title} {task.measure} {task.section} {'★' if task.key else ''}".casefold()
            item.setHidden(not (self._fits(item, shown) and all(word in text for word in words)))
        here = self.list.currentItem()
        if here is None or here.isHidden():
            first = next((item for item in self._items() if not item.isHidden()), None)
            if first is not None:
                self.list.setCurrentItem(first)

    def _fits(self, item: QListWidgetItem, shown: Shown) -> bool:
        if shown is Shown.OWN:
            return self._own in _task(item).owners
        if shown is Shown.KEY:
            return _task(item).key
        return shown is Shown.ALL or item.checkState() is Qt.CheckState.Checked


def _task(item: QListWidgetItem) -> Task:
    task: Task = item.data(TASK)
    return task
