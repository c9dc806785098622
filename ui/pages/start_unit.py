"""The first step of the first run: which unit this is, found by a few letters of its name."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.language import _
from desktop_app.model.unit import Unit
from ui.fields.word_line import WordLine


class UnitStep(QWidget):
    """`changed` tells that another unit is chosen, or none; `taken` that somebody goes on with the chosen one."""

    changed = Signal()
    taken = Signal()

    def __init__(self, units: Sequence[Unit], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.units = tuple(units)
        self.search = WordLine()
        self.list = QListWidget()
        self._lay_out()
        self.search.textChanged.connect(self._sift)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(self.changed)
        self.list.itemActivated.connect(self.taken)
        self._sift("")

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(_("输入几个字查找，例如：朝阳、交通"))
        self.list.setTabKeyNavigation(False)
        label = QLabel(_("① 本单位是(&U)"))
        label.setObjectName("subtitle")
        label.setBuddy(self.search)
        self.search.setAccessibleName(_("查找本单位"))
        self.list.setAccessibleName(_("单位名录"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(9)
        box.addWidget(label)
        box.addWidget(self.search)
        box.addWidget(self.list, 1)

    @property
    def code(self) -> str:
        """The chosen unit's; "" where none is chosen."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def settle(self, unit: Unit) -> None:
        """It is this one, and no other can be chosen any more."""
        self.units = (unit,)
        self._sift("")

    def _sift(self, text: str) -> None:
        self.list.clear()
        for unit in self.units:
            if not text.strip() or any(text.strip() in word for word in (unit.name, unit.code, *unit.aliases)):
                item = QListWidgetItem(f"{unit.short_name}　{unit.name}" if unit.short_name != unit.name else unit.name)
                item.setData(Qt.ItemDataRole.UserRole, unit.code)
                self.list.addItem(item)
        if self.list.count() and (text.strip() or len(self.units) == 1):
            self.list.setCurrentRow(0)
        self.changed.emit()
