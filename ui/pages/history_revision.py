"""One revision: what became of it, who signed it, its pages as they were signed, and a copy of them."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk import year
from desktop_app.desk.year import Place, Signer
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import ROLE_LABELS
from ui.background import send
from ui.models.year_words import YearLine, period_words, place_words
from ui.pages.paper_view import PaperView
from ui.session import Session

if TYPE_CHECKING:
    from desktop_app.desk.history import Told


class RevisionPane(QWidget):
    """Reads only. The pages of a draft stand on 报送, where they are made."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.pdf = b""
        self._place: Place | None = None
        self._asked: object | None = None
        self.title, self.facts, self.signed, self.none = QLabel(), QLabel(), QLabel(), QLabel()
        self.title.setObjectName("subtitle")
        self.none.setObjectName("muted")
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self.title, self.facts, self.signed, self.none):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.facts, self.signed):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.paper = PaperView(session.messages.refuse)
        self.save = QPushButton(_("存一份副本…"))
        self.save.setObjectName("primary")
        self.save.clicked.connect(self._choose_file)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        box.addLayout(head)
        for widget in (self.facts, self.signed):
            box.addWidget(widget)
        box.addWidget(self.none, 1)
        box.addWidget(self.paper, 1)

    def show_line(self, line: YearLine | None) -> None:
        """Show a revision; its pages and signatures are read in the background."""
        told = line.told if line is not None else None
        self._asked = None  # whatever still comes home speaks of another one
        self._place = Place(told.period, told.revision) if told else None
        self.title.setText(place_words(self._place) if self._place else period_words(line.period) if line else "")
        self.facts.setText("\n".join(_facts(told)) if told else "")
        self.facts.setVisible(told is not None)
        self.pdf = self._signed_pdf(told)
        self.save.setEnabled(bool(self.pdf))
        self.signed.setVisible(bool(self.pdf))
        self.paper.setVisible(bool(self.pdf))
        self.none.setVisible(not self.pdf)
        if not self.pdf:
            self.none.setText(_("还没有签署，没有可看的原件。") if told else _("这个月没有月报。"))
            return
        pdf, now = self.pdf, self.session.desk.clock()
        self.signed.setText(_("签名：正在读取…"))
        self.paper.show_paper(lambda: pdf)
        asked = self._asked = object()
        send(
            lambda: year.signers(pdf, now),
            lambda found: self._show_signers(asked, found),
            lambda problem: self._no_signers(asked, problem),
        )

    def save_copy(self, file: Path) -> None:
        """Write exactly the signed bytes."""
        from desktop_app.desk.files import write_file

        if self.session.attempt(lambda: write_file(file, self.pdf)):
            self.session.messages.good(_("签署原件的副本已存到 {file}。").format(file=file))

    def _signed_pdf(self, told: "Told | None") -> bytes:
        if told is None or not told.signatures:
            return b""
        try:
            return year.signed_pdf(self.session.desk, Place(told.period, told.revision))
        except ClerkError as problem:
            self.session.messages.refuse(problem)
            return b""

    def _show_signers(self, asked: object, found: tuple[Signer, ...]) -> None:
        if asked is self._asked:
            self.signed.setText(_("签名：{names}").format(names="；".join(_signer_words(one) for one in found)))

    def _no_signers(self, asked: object, problem: Exception) -> None:
        if asked is self._asked:
            self.signed.setText(_("签名：读不出来"))
            self.session.messages.refuse(problem)

    def _choose_file(self) -> None:
        if self._place is None:
            return
        name = _("{unit}{month}月报（第{n}版）.pdf").format(
            unit=self.session.desk.unit.short_name, month=period_words(self._place.period), n=self._place.revision
        )
        file, _kind = QFileDialog.getSaveFileName(self, _("存签署原件的副本"), name, "PDF (*.pdf)")
        if file:
            self.save_copy(Path(file))


def _facts(told: "Told") -> list[str]:
    """What became of a revision, a line each."""
    said = []
    if told.check_code:
        said.append(_("校验码 {code}　·　{when} 封存").format(code=told.check_code, when=_moment(told.sealed_at)))
    if told.handed_in_at:
        where = "、".join(told.places) or _("（没有记下）")
        said.append(_("{when} 报送到：{where}").format(when=_moment(told.handed_in_at), where=where))
    if told.receipt:
        said.append(_("{when} 收到回执：{name}").format(when=_moment(told.receipt.at), name=told.receipt.name))
    if told.reason:
        said.append(_("更正原因：{reason}").format(reason=told.reason))
    return said or [_("{when} 打开").format(when=_moment(told.opened_at))]


def _signer_words(one: Signer) -> str:
    role = _(ROLE_LABELS[one.role]) if one.role else _("来历不明")
    sign = "✓" if one.holds else _("✕ 签名无效")
    return f"{role} {one.name} {_moment(one.at)} {sign}"


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at else "—"
