"""台账: a year's ledgers to look at and to export, and the items in them to strike off."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import ledger as ledgers
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.ledger import LEDGER_WORDS, LedgerKind
from desktop_app.model.listed import ItemState, ListedItem
from ui.fields.columns import Columns
from ui.fields.flow import Flow
from ui.fields.reading_table import ReadingTable
from ui.file_choice import SHEET_OR_PAGES, file_to_write
from ui.models.ledger_lines import Shown, columns_of, shown
from ui.pages.archiving import archive_year, ask_folder
from ui.pages.weights_row import WeightsRow
from ui.remembered import Remembered
from ui.session import Session

_OF_ITEMS = (LedgerKind.INSPECTION, LedgerKind.PROBLEMS)


class LedgersPane(QWidget):
    """Read when looked at, from signed months only. `ask` carries an item to strike off, or to list again."""

    ask = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.year = 0
        self.found: Shown | None = None
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("哪一种台账"))
        for kind in (LedgerKind.INSPECTION, LedgerKind.PROBLEMS, LedgerKind.PERFORMANCE, LedgerKind.TIMELINESS):
            self.kind.addItem(_(LEDGER_WORDS[kind]), kind)
        self.said = QLabel()
        self.said.setObjectName("muted")
        self.said.setWordWrap(True)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_item = QPushButton(_("销号(&X)…"))
        self.reopen_item = QPushButton(_("重新挂账(&R)…"))
        self.save = QPushButton(_("导出、打印…"))
        self.archive = QPushButton(_("全年归档(&G)…"))
        self.archive.setToolTip(_("一年的月报、回执、台账和数据放进一个文件夹，不用本程序也能读"))
        self.weights = WeightsRow(session)
        self.tables = {kind: _table(kind, session.remembered) for kind in LedgerKind}
        self.stack = QStackedWidget()
        for kind, table in self.tables.items():
            self.stack.addWidget(table)
            table.currentCellChanged.connect(lambda row, *_rest, kind=kind: self._at(row) if kind is self.chosen else 0)
        self._lay_out()
        self.kind.activated.connect(lambda _place: self.read())
        for button in (self.close_item, self.reopen_item):
            button.clicked.connect(lambda: self.ask.emit(self.item))
        self.save.clicked.connect(self._choose_file)
        self.archive.clicked.connect(self._choose_folder)
        self.weights.changed.connect(self.read)

    def _lay_out(self) -> None:
        title = QLabel(_("台账(&L)"))
        title.setBuddy(self.kind)
        head = Flow(8)
        head.addWidget(title)
        head.addWidget(self.kind)
        head.to_the_right(self.close_item, self.reopen_item, self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(head)
        line = QHBoxLayout()
        line.addWidget(self.said, 1)
        line.addWidget(self.archive)
        box.addLayout(line)
        box.addWidget(self.weights)
        box.addWidget(self.stack, 1)
        box.addWidget(self.words)

    def show_year(self, wanted: int) -> None:
        """Another year, or the same afresh."""
        self.year = wanted
        self.read()

    def read(self) -> None:
        """Read the chosen ledger; where there is nothing to read, that is said."""
        kept = self.item.id if self.item else None
        self.stack.setCurrentWidget(self.table)
        try:
            self.found = shown(self.session.desk, self.year, self.chosen)
        except ClerkError as problem:
            self.found = None
            self.said.setText(str(problem))
            self.table.show_rows(())
        else:
            self._fill(self.found, kept)
        self.table.setVisible(self.found is not None)
        self.save.setEnabled(self.found is not None)
        self.archive.setEnabled(self.found is not None)
        self.weights.setVisible(self.found is not None and self.chosen is LedgerKind.PERFORMANCE)
        self.weights.show_values()
        self._at(self.table.currentRow())

    def _fill(self, found: Shown, kept: str | None) -> None:
        """The rows, the cursor on the item that had it."""
        self.table.setHorizontalHeaderLabels(list(found.heads))
        left = self.table.show_rows(found.rows)
        more = _("另有 {count} 行没有列出。").format(count=left) if left else ""
        self.said.setText(" ".join(filter(None, (found.said, more))))
        self.said.setToolTip("\n".join(found.notes))
        ids = [item.id for item in found.items]
        if kept in ids:
            self.table.setCurrentCell(ids.index(kept), 0)

    @property
    def table(self) -> ReadingTable:
        """The table of the ledger in view."""
        return self.tables[self.chosen]

    @property
    def chosen(self) -> LedgerKind:
        """Which ledger is in view; Qt gives an enumeration back as the word that it is."""
        return LedgerKind(self.kind.currentData())

    @property
    def item(self) -> ListedItem | None:
        """The listed item under the cursor."""
        at = self.table.currentRow()
        return self.found.items[at] if self.found and 0 <= at < len(self.found.items) else None

    def _at(self, row: int) -> None:
        """Say the whole of the row under the cursor, and offer what can be done with it."""
        found = self.found
        self.words.setText(found.words[row] if found and 0 <= row < len(found.words) else "")
        item, writable = self.item, not self.session.desk.read_only
        of_items = self.chosen in _OF_ITEMS
        self.close_item.setVisible(of_items)
        self.reopen_item.setVisible(of_items)
        self.close_item.setEnabled(writable and item is not None and item.state is not ItemState.CLOSED)
        self.reopen_item.setEnabled(writable and item is not None and item.state is ItemState.CLOSED)

    def settled(self, item: ListedItem) -> None:
        """The book has it: an item is struck off, or listed again."""
        said = _("{item} 重新挂账。") if item.state is ItemState.CLOSED else _("{item} 已销号。")
        self.session.messages.good(said.format(item=item.id))
        self.read()

    def save_ledger(self, file: Path) -> None:
        """Write the ledger in view to a workbook, or to pages that are opened for printing."""
        desk, kind = self.session.desk, self.chosen
        if self.session.attempt(lambda: ledgers.write(desk, self.year, kind, file)):
            self.session.messages.good(_("台账已存到 {file}。").format(file=file))
            if file.suffix.lower() == ledgers.PDF:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def archive_year(self, out: Path) -> None:
        """Write the year's folder in the background; then it is shown in the browser."""
        archive_year(self.session, self.year, out)

    def _choose_folder(self) -> None:
        out = ask_folder(self, self.session, self.year)
        if out is not None:
            self.archive_year(out)

    def _choose_file(self) -> None:
        name = f"{self.session.desk.unit.short_name}{self.year}{self.kind.currentText()}.xlsx"
        file = file_to_write(self, _("导出台账"), name, SHEET_OR_PAGES)
        if file is not None:
            self.save_ledger(file)


def _table(kind: LedgerKind, remembered: Remembered) -> ReadingTable:
    """A table with as many columns as the ledger shows; their heads come with its rows."""
    columns = columns_of(kind)
    wide = tuple(place for place, (_name, shares) in enumerate(columns) if shares)
    table = ReadingTable([""] * len(columns), wide, _(LEDGER_WORDS[kind]))
    Columns(table, f"ledger_{kind}", remembered, wide)
    return table
