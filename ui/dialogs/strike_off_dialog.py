"""销号 and 重新挂账: what shows it, and who confirms it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import month, strike_off
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.listed import ListedItem
from ui.dialogs.foot import foot
from ui.fields.day_field import DayField
from ui.fields.word_line import WordLine
from ui.roomy import RoomyDialog
from ui.session import Session

_LINES = 4


class _ItemDialog(RoomyDialog):
    """An item in words, a text, a person; accepted when the book has it."""

    def __init__(self, session: Session, item: ListedItem, title: str, do: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.session = session
        self.item = item
        self.setWindowTitle(title)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _LINES + 14)
        self.person = WordLine(month.people(session.desk).approver)
        self.trouble = QLabel()
        self.do = QPushButton(do)
        self.cancel = QPushButton(_("先不记"))
        self.form = QFormLayout()
        self.form.setVerticalSpacing(9)
        about = QLabel(f"{item.id}　{item.title}\n{item.last.period}：{item.last.words}")
        about.setWordWrap(True)
        about.setTextFormat(Qt.TextFormat.PlainText)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.setSpacing(10)
        box.addWidget(about)
        box.addLayout(self.form)
        box.addWidget(self.trouble)
        box.addLayout(foot(self.trouble, self.do, self.cancel))
        self.setMinimumWidth(560)
        self.do.clicked.connect(self.save)
        self.cancel.clicked.connect(self.reject)

    def save(self) -> None:
        """Write it down; what is missing is said here and nothing is written."""
        raise NotImplementedError

    def attempt(self, verb: Callable[[], object]) -> None:
        """Accept where the verb does it, else say why it does not."""
        try:
            verb()
        except ClerkError as problem:
            self.trouble.setText(str(problem))
            self.trouble.show()
        else:
            self.accept()


class StrikeOffDialog(_ItemDialog):
    """销号: evidence, who confirms it, when, and a file that shows it."""

    def __init__(self, session: Session, item: ListedItem, parent: QWidget | None = None) -> None:
        super().__init__(session, item, _("销号"), _("销号"), parent)
        self.day = DayField(_("确认日期"))
        self.day.show_day(session.desk.today())
        self.file: Path | None = None
        self.file_name = QLabel(_("（可以不附）"))
        self.file_name.setObjectName("muted")
        self.choose = QPushButton(_("选择…"))
        self.choose.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.file_name, 1)
        row.addWidget(self.choose)
        self.form.addRow(_("销号依据(&E)"), self.text)
        self.form.addRow(_("确认人(&B)"), self.person)
        self.form.addRow(_("确认日期(&D)"), self.day)
        self.form.addRow(_("佐证文件(&F)"), row)
        for field, focus in ((self.day, self.day.line), (row, self.choose)):
            label = self.form.labelForField(field)
            if isinstance(label, QLabel):
                label.setBuddy(focus)
        self.text.setPlaceholderText(_("怎样解决的，何以为证。销号后台账和日志里都有记录。"))
        self.choose.clicked.connect(self._choose)

    def take_file(self, file: Path) -> None:
        """The file of evidence; its name and digest are kept, not the file."""
        self.file = file
        self.file_name.setText(file.name)

    def save(self) -> None:
        """Strike the item off."""
        if not self.day.check():
            self.day.setFocus()
            return
        self.attempt(
            lambda: strike_off.close(
                self.session.desk,
                self.item.id,
                self.text.toPlainText(),
                self.person.text(),
                day=self.day.value,
                file=self.file,
            )
        )

    def _choose(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self, _("佐证文件"))
        if file:
            self.take_file(Path(file))


class ReopenDialog(_ItemDialog):
    """重新挂账: why, and who says so."""

    def __init__(self, session: Session, item: ListedItem, parent: QWidget | None = None) -> None:
        super().__init__(session, item, _("重新挂账"), _("重新挂账"), parent)
        self.form.addRow(_("原因(&E)"), self.text)
        self.form.addRow(_("确认人(&B)"), self.person)

    def save(self) -> None:
        """List the item again."""
        self.attempt(
            lambda: strike_off.reopen(self.session.desk, self.item.id, self.text.toPlainText(), self.person.text())
        )
