"""总结: the summary of a year or its first half, drafted from the months' own words, to be edited, kept, handed on."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.checks.provenance import ORIGIN_WORDS, Origin
from desktop_app.desk import year_summary
from desktop_app.errors import ClerkError
from desktop_app.language import _
from ui.autosave import Other
from ui.file_choice import file_to_write
from ui.session import Session

PAUSE_MS = 1500
KINDS = {".pdf": "PDF (*.pdf)", ".txt": "TXT (*.txt)"}


class SummaryPane(QWidget):
    """What is typed is saved when the typing pauses, when the field is left, and before the window closes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.year = 0
        self.dirty = False
        self.found: year_summary.Summary | None = None
        self._shown_half = False
        self.span = QComboBox()
        self.span.setAccessibleName(_("哪一份总结"))
        self.span.addItem(_("全年"), False)
        self.span.addItem(_("上半年"), True)
        self.saved = _quiet()
        self.said = _quiet()
        self.where = _quiet()
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("总结正文"))
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.anew = QPushButton(_("重新起草"))
        self.save = QPushButton(_("导出、打印…"))
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.keep)
        self._lay_out()
        self.text.textChanged.connect(self._typed)
        self.text.cursorPositionChanged.connect(self._at)
        self.span.activated.connect(lambda _place: self._other())
        self.anew.clicked.connect(self.draft_anew)
        self.save.clicked.connect(self._choose_file)
        session.autosave.others.append(Other(self.keep, self._let_go))

    def _lay_out(self) -> None:
        title = QLabel(_("总结(&S)"))
        title.setBuddy(self.span)
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (title, self.span, self.saved):
            head.addWidget(widget)
        head.addStretch(1)
        for button in (self.anew, self.save):
            head.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(head)
        box.addWidget(self.said)
        box.addWidget(self.text, 1)
        box.addWidget(self.where)

    @property
    def half(self) -> bool:
        """Whether the first half of the year is in view."""
        return bool(self.span.currentData())

    def show_year(self, wanted: int) -> None:
        """Another year, or the same afresh; where there is nothing to read, that is said."""
        if self.keep():
            return  # what could not be saved stays where it was typed
        self.year, self._shown_half = wanted, self.half
        try:
            found = year_summary.summary(self.session.desk, wanted, half=self.half)
        except ClerkError as problem:
            self.said.setText(str(problem))
            self.found = None
            self._show_text("")
            self.saved.clear()
            self._enable(on=False)
            return
        self._enable(on=True)
        self._show_text(found.text)
        self.saved.setText(
            _("已保存 {day}").format(day=f"{found.kept_at:%Y-%m-%d %H:%M}") if found.kept_at else _("草稿")
        )
        self._say(found)

    def _enable(self, *, on: bool) -> None:
        self.text.setVisible(on)
        self.where.setVisible(on)
        self.save.setEnabled(on)
        writable = on and not self.session.desk.read_only
        self.text.setReadOnly(not writable)
        self.anew.setEnabled(writable)

    def _show_text(self, text: str) -> None:
        with QSignalBlocker(self.text):
            self.text.setPlainText(text)
        self.dirty = False

    def _say(self, found: year_summary.Summary) -> None:
        self.found = found
        self.said.setText(" ".join(year_summary.origin_words(found)))
        self._at()

    def _other(self) -> None:
        """The other span; where the text in view cannot be saved, it stays."""
        if self.keep():
            self.span.setCurrentIndex(self.span.findData(self._shown_half))
            return
        self.show_year(self.year)

    def _typed(self) -> None:
        self.dirty = True
        self.saved.setText(_("正在输入"))
        self.timer.start(PAUSE_MS)

    def _at(self) -> None:
        """Where the sentences of the line under the cursor come from."""
        line = self.text.textCursor().block().text()
        here = [each for each in self.found.sentences if each.text in line] if self.found else []
        marks = {Origin.VERBATIM: "✓", Origin.FIGURES: "✓", Origin.CHANGED: "△", Origin.OWN: "○"}
        said = dict.fromkeys(f"{marks[each.origin]} {_(ORIGIN_WORDS[each.origin])}" for each in here)
        self.where.setText(_("光标所在行：{origins}").format(origins=_("、").join(said)) if said else "")

    def keep(self) -> str:
        """Save what was typed; why it could not be saved, "" where nothing is left over."""
        if not self.dirty:
            return ""
        self.timer.stop()
        desk, text, half = self.session.desk, self.text.toPlainText(), self._shown_half
        try:
            at = year_summary.keep(desk, self.year, text, half=half)
            self.dirty = False
            self.saved.setText(_("已保存 {day}").format(day=f"{at:%Y-%m-%d %H:%M}"))
            self._say(year_summary.judged(desk, self.year, text, half=half))
        except ClerkError as problem:
            self.saved.setText(_("没有存上"))
            self.session.messages.refuse(problem)
            return str(problem)
        return ""

    def _let_go(self) -> None:
        self.dirty = False

    def draft_anew(self) -> None:
        """Put a fresh draft in the place of the text; one click brings the text back."""
        if self.keep():
            return
        before, year, half = self.text.toPlainText(), self.year, self.half
        found = year_summary.summary(self.session.desk, year, half=half, anew=True)
        self._put(found.text)
        self.session.messages.note(
            _("已经重新起草。"), (_("恢复原来的文字"), lambda: self._back(year, before, half=half))
        )

    def _back(self, year: int, text: str, *, half: bool) -> None:
        if (self.year, self.half) == (year, half):
            self._put(text)
        else:
            self.session.attempt(lambda: year_summary.keep(self.session.desk, year, text, half=half))

    def _put(self, text: str) -> None:
        self._show_text(text)
        self.dirty = True
        self.keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Left by the keyboard or the mouse: save."""
        if event.type() == QEvent.Type.FocusOut:
            self.keep()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Another view or page: save."""
        self.keep()
        super().hideEvent(event)

    def save_summary(self, file: Path) -> None:
        """Write the text in view with its sources; pages are opened for printing."""
        if self.keep():
            return
        desk = self.session.desk
        if self.session.attempt(
            lambda: year_summary.write(desk, year_summary.summary(desk, self.year, half=self.half), file)
        ):
            self.session.messages.good(_("已存到 {file}。").format(file=file))
            if file.suffix.lower() == ".pdf":
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _choose_file(self) -> None:
        name = f"{self.session.desk.unit.short_name}{self.year}{self.span.currentText()}{_('工作总结')}.pdf"
        file = file_to_write(self, _("导出总结"), name, KINDS)
        if file is not None:
            self.save_summary(file)


def _quiet() -> QLabel:
    label = QLabel()
    label.setObjectName("muted")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
