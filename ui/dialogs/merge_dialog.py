"""并回草稿: what was written elsewhere beside what stands here, and for what both wrote, which of the two."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import merge
from desktop_app.desk.merge_draft import OURS, THEIRS
from desktop_app.language import _
from desktop_app.model.merging import Choice, Drawn
from ui.dialogs.foot import foot
from ui.fields.headed_list import HeadedList
from ui.models import merge_words as words
from ui.session import Session
from ui.theme.colours import Pair
from ui.theme.tints import tint, tinted

if TYPE_CHECKING:
    from desktop_app.desk.merge import Looked, Taken

ROW = Qt.ItemDataRole.UserRole


class MergeDialog(QDialog):
    """Accepted only when it is in the draft; `taken` then says what. What nobody chose stays as it is here."""

    def __init__(self, session: Session, looked: "Looked", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.looked = looked
        self.taken: Taken | None = None
        self.sides: dict[str, str] = {}
        self.setWindowTitle(_("并回草稿"))
        self.list = HeadedList()
        self.mine, self.its = QRadioButton(_("取本簿的　1")), QRadioButton()
        self.ours, self.theirs = QPlainTextEdit(), QPlainTextEdit()
        self.our_hand, self.their_hand = QLabel(), QLabel()
        self.all_ours = QPushButton(_("都取本簿的"))
        self.all_theirs = QPushButton(_("都取对方的"))
        self.left = QLabel()
        self.trouble = QLabel()
        self.do = QPushButton(_("并入　Ctrl+Enter"))
        self.cancel = QPushButton(_("不并入"))
        self._lay_out()
        self._fill()
        self._connect()
        self.list.setCurrentRow(1)
        self.list.setFocus()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.setSpacing(8)
        for text, name in ((f"「{self.looked.source}」", "subtitle"), (words.summary(self.looked), "")):
            said = QLabel(text)
            said.setObjectName(name)
            said.setWordWrap(True)
            said.setTextFormat(Qt.TextFormat.PlainText)
            box.addWidget(said)
        self.list.setAccessibleName(_("并入什么"))
        self.list.setTabKeyNavigation(False)
        tinted(self.list)
        box.addWidget(self.list, 3)
        box.addLayout(self._beside(), 2)
        all_of_them = QHBoxLayout()
        all_of_them.addWidget(self.left, 1)
        for button in (self.all_ours, self.all_theirs):
            button.setVisible(len(self.looked.choices) > 1)
            all_of_them.addWidget(button)
        box.addLayout(all_of_them)
        box.addWidget(self.trouble)
        buttons = foot(self.trouble, self.do, self.cancel)
        nothing_yet = QLabel(_("还没有并入，草稿里什么都没有变。"))
        nothing_yet.setObjectName("muted")
        buttons.insertWidget(0, nothing_yet)
        box.addLayout(buttons)
        for button in (self.do, self.cancel, self.all_ours, self.all_theirs):
            button.setAutoDefault(False)  # Enter in the list goes on to the next choice
        self.do.setDefault(False)
        self.resize(860, 620)

    def _beside(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        self._group = QButtonGroup(self)
        sides = ((_("本簿"), self.mine, self.our_hand, self.ours), (_("对方"), self.its, self.their_hand, self.theirs))
        for column, (name, choose, who, text) in enumerate(sides):
            title = QLabel(name)
            title.setObjectName("subtitle")
            who.setObjectName("muted")
            who.setTextFormat(Qt.TextFormat.PlainText)
            head = QHBoxLayout()
            head.setSpacing(10)
            head.addWidget(title)
            head.addWidget(who, 1)
            text.setReadOnly(True)
            text.setTabChangesFocus(True)
            text.setAccessibleName(name)
            self._group.addButton(choose)
            grid.addLayout(head, 0, column)
            grid.addWidget(text, 1, column)
            grid.addWidget(choose, 2, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda _now, _before: self._show())
        self.list.itemActivated.connect(lambda _item: self._onward())
        self.mine.clicked.connect(lambda: self.choose(OURS))
        self.its.clicked.connect(lambda: self.choose(THEIRS))
        self.all_ours.clicked.connect(lambda: self.choose_all(OURS))
        self.all_theirs.clicked.connect(lambda: self.choose_all(THEIRS))
        self.do.clicked.connect(self.take)
        self.cancel.clicked.connect(self.reject)
        for keys, slot in (
            ("1", lambda: self._chosen_by_key(OURS)),
            ("2", lambda: self._chosen_by_key(THEIRS)),
            ("Ctrl+Return", self.take),
            ("Ctrl+Enter", self.take),
        ):
            QShortcut(keys, self, slot)

    def _fill(self) -> None:
        groups = (
            (_("两边都写了，请选（{count}）"), self.looked.choices),
            (_("只有对方写了，将采用（{count}）"), self.looked.drawn),
            (_("没有合并（{count}）"), self.looked.skipped),
        )
        for title, group in groups:
            if group:
                head = QListWidgetItem(title.format(count=len(group)))
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                tint(head, Pair.HEADING)
                self.list.addItem(head)
            for row in group:
                item = QListWidgetItem(row if isinstance(row, str) else "")
                item.setData(ROW, row)
                self.list.addItem(item)
                self._word(item)
        self._show()

    def choose(self, side: str) -> None:
        """One of the two for the choice in view."""
        row = self._row()
        if isinstance(row, Choice):
            self.sides[row.id] = side
            self._word(self.list.currentItem())
            self._show()

    def choose_all(self, side: str) -> None:
        """One of the two for every choice."""
        self.sides = {row.id: side for row in self.looked.choices}
        for place in range(self.list.count()):
            self._word(self.list.item(place))
        self._show()

    def take(self) -> None:
        """Take it, whole or not at all."""
        done: list[merge.Taken] = []
        reason = self.session.settle(lambda: done.append(merge.take(self.session.desk, self.looked, self.sides)))
        if reason:
            self.trouble.setText(reason)
            self.trouble.show()
            return
        self.taken = done[0]
        self.accept()

    def _chosen_by_key(self, side: str) -> None:
        if isinstance(self._row(), Choice):
            self.choose(side)
            self._onward()

    def _onward(self) -> None:
        """The next choice that is open; where there is none the cursor stays."""
        here, count = self.list.currentRow(), self.list.count()
        for place in (*range(here + 1, count), *range(here)):
            row = self.list.item(place).data(ROW)
            if isinstance(row, Choice) and row.id not in self.sides:
                self.list.setCurrentRow(place)
                return

    def _row(self) -> Choice | Drawn | str | None:
        item = self.list.currentItem()
        row: Choice | Drawn | str | None = item.data(ROW) if item is not None else None
        return row

    def _word(self, item: QListWidgetItem) -> None:
        row = item.data(ROW)
        if isinstance(row, Choice):
            side = self.sides.get(row.id)
            mark = {OURS: _("✓ 取本簿的"), THEIRS: _("✓ 取对方的")}.get(side or "", _("？ 还没有选"))
            item.setText(f"{words.place(row)}　{mark}")
            tint(item, Pair.ACCENT if side else Pair.AMBER)
        elif isinstance(row, Drawn):
            item.setText(words.place(row))

    def _show(self) -> None:
        row = self._row()
        both = isinstance(row, Choice)
        for radio, side in ((self.mine, OURS), (self.its, THEIRS)):
            radio.setEnabled(both)
            self._group.setExclusive(False)
            radio.setChecked(isinstance(row, Choice) and self.sides.get(row.id) == side)
            self._group.setExclusive(True)
        self.its.setText(words.taking(self.looked, row.field if isinstance(row, Choice) else ""))
        ours, theirs = ("", "") if row is None or isinstance(row, str) else _texts(row)
        self.ours.setPlainText(ours)
        self.theirs.setPlainText(theirs)
        self.our_hand.setText(words.hand(row.our_hand) if isinstance(row, Choice) else "")
        self.their_hand.setText(self._their_hand(row))
        still = sum(choice.id not in self.sides for choice in self.looked.choices)
        self.left.setText(_("还有 {count} 处没有选").format(count=still) if still else "")

    def _their_hand(self, row: Choice | Drawn | str | None) -> str:
        if isinstance(row, Choice):
            return words.hand(row.their_hand) or self.looked.source
        return row.source if isinstance(row, Drawn) else ""


def _texts(row: Choice | Drawn) -> tuple[str, str]:
    ours, theirs = (row.ours, row.theirs) if isinstance(row, Choice) else (row.old, row.new)
    return words.value(row.field, ours), words.value(row.field, theirs)
