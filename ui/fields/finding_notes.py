"""Findings under the field they speak of, each warning with the box for its 情况说明."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk.check_list import SEVERITY_WORDS, short_message
from desktop_app.language import _
from desktop_app.model.finding import Finding, Severity
from ui.fields.text_field import TextField
from ui.theme.lights import SEVERITY_SIGNS

NOTHING: Mapping[str, str] = MappingProxyType({})


class FindingNote(QFrame):
    """One finding. `explained` carries rule code and text; `left` tells that its box was left.

    `stale` is a 情况说明 that was written for other values: shown, and taken again by one button.
    """

    explained = Signal(str, str)
    left = Signal()

    def __init__(
        self, finding: Finding, *, writable: bool, prefix: str = "", stale: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("finding")
        self.setProperty("severity", finding.severity.value)
        self.finding = finding
        word = _(SEVERITY_WORDS[finding.severity])
        text = QLabel(
            f"{SEVERITY_SIGNS[finding.severity]} {word}　{prefix}{short_message(finding)} {finding.remedy}".strip()
        )
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 4)
        box.setSpacing(3)
        box.addWidget(text)
        self.setAccessibleName(text.text())
        self.box: TextField | None = None
        self.reuse: QPushButton | None = None
        if finding.severity is Severity.WARNING:
            box.addLayout(self._explanation(finding, writable=writable))
            if stale:
                box.addLayout(self._stale(stale, writable=writable))

    def _explanation(self, finding: Finding, *, writable: bool) -> QHBoxLayout:
        self.box = TextField(1, 6)
        self.box.show_text(finding.explanation or "")
        self.box.setReadOnly(not writable)
        self.box.setPlaceholderText(_("写明原因后即可签署"))
        self.box.edited.connect(self._write)
        self.box.left.connect(self.left)
        label = QLabel(_("情况说明"))
        label.setBuddy(self.box)
        self.box.setAccessibleName(_("情况说明：{message}").format(message=finding.message))
        row = QHBoxLayout()
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.box, 1)
        return row

    def _stale(self, text: str, *, writable: bool) -> QHBoxLayout:
        words = QLabel(_("情况有变，原来的说明不再有效：{text}").format(text=text))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reuse = QPushButton(_("仍然适用，沿用"))
        self.reuse.setObjectName("chip")
        self.reuse.setEnabled(writable)
        self.reuse.clicked.connect(lambda: self._take_again(text))
        row = QHBoxLayout()
        row.addWidget(words, 1)
        row.addWidget(self.reuse, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _take_again(self, text: str) -> None:
        """The old words for the new values: a person stands for them by this button."""
        if self.box is not None:
            self.box.show_text(text)
            self._write(text)
            self.left.emit()

    def _write(self, text: str) -> None:
        self.explained.emit(self.finding.code, text)


class FindingNotes(QWidget):
    """All findings of one field. A note that stays the same stays the same widget, so that its box keeps the cursor."""

    explained = Signal(str, str)
    left = Signal()

    def __init__(self, prefix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prefix = prefix
        self._notes: dict[tuple[str, str, str, str], FindingNote] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(3)
        self.hide()

    @property
    def notes(self) -> tuple[FindingNote, ...]:
        """The notes shown, in order."""
        return tuple(self._notes.values())

    def clear(self) -> None:
        """Another task comes: no note may stay."""
        self.show_findings((), writable=False)

    def show_findings(
        self, findings: tuple[Finding, ...], *, writable: bool, stale: Mapping[str, str] = NOTHING
    ) -> None:
        """Show these and only these; `stale` holds explanations written for other values, by rule code."""
        wanted = {
            (finding.code, finding.message, finding.remedy, stale.get(finding.code, "")): finding
            for finding in findings
        }
        for key in [key for key in self._notes if key not in wanted]:
            note = self._notes.pop(key)
            self._box.removeWidget(note)
            note.hide()
            note.deleteLater()
        for key, finding in wanted.items():
            if key not in self._notes:
                note = FindingNote(finding, writable=writable, prefix=self._prefix, stale=key[-1])
                note.explained.connect(self.explained)
                note.left.connect(self.left)
                self._notes[key] = note
                self._box.addWidget(note)
        self.setVisible(bool(self._notes))
