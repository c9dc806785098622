"""An office's certificate before it is trusted: whose it is, and the fingerprint to compare by telephone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk import enrolling
from desktop_app.desk.enrolling import Offered, Stranger
from desktop_app.errors import ClerkError
from desktop_app.language import _
from ui.dialogs.foot import foot
from ui.dialogs.under_way import UnderWay
from ui.roomy import RoomyDialog
from ui.session import Session

if TYPE_CHECKING:
    from desktop_app.desk.steps import Steps

IN_A_ROW = 4  # groups of the fingerprint


class OfficeDialog(RoomyDialog):
    """Accepted only when the certificate is trusted; `said` then says what that did.

    `waiting` are files of this office that came before it was known: what was refused of them is taken in then.
    """

    def __init__(
        self, session: Session, offered: Offered, waiting: Sequence[Stranger] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.offered = offered
        self.waiting = waiting
        self.said = ""
        self.under_way = UnderWay(session, self)
        self.setWindowTitle(_("登记收文方的证书"))
        self.mark = QLabel(_rows(offered.fingerprint))
        self.compared = QCheckBox(_("已打电话核对，{count} 组完全一致(&Y)").format(count=_count(offered)))
        self.trouble = QLabel()
        waits = any(stranger.refused for stranger in waiting)
        self.do = QPushButton(_("登记并收下(&D)") if waits else _("登记(&D)"))
        self.cancel = QPushButton(_("先不登记(&C)"))
        self._lay_out()
        self.do.setEnabled(False)
        self.compared.toggled.connect(self.do.setEnabled)
        self.do.clicked.connect(self.perform)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        face.setPointSizeF(self.font().pointSizeF() * 1.3)
        self.mark.setFont(face)
        self.mark.setObjectName("raw")
        self.mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.mark.setTextFormat(Qt.TextFormat.PlainText)
        self.mark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.mark.setAccessibleName(_("证书指纹：{mark}").format(mark=self.offered.fingerprint))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        for stranger in self.waiting:
            box.addWidget(_words(f"{stranger.name}：{stranger.said}"))
        whose = _("证书是「{unit}」的，有效期至 {day}。证书是各单位自己做的，写什么名字都可以，真假要靠核对指纹。")
        box.addWidget(_words(whose.format(unit=self.offered.unit_name, day=self.offered.until.isoformat())))
        if self.offered.others:
            other = _("△ 本机已经登记过「{unit}」的另一张证书。除非对方说过换了证书，不要登记这一张。")
            box.addWidget(_words(other.format(unit=self.offered.unit_name), "badgeWarn"))
        how = _("请用平时的联系电话（不要用文件里写的）打给对方，请对方念出自己证书的指纹，与下面逐组核对：")
        box.addWidget(_words(how))
        box.addWidget(self.mark)
        box.addWidget(self.compared)
        box.addWidget(self.trouble)
        after = _("登记后，它签发的回执、退回单、任务表和工作日历就会收下。登记不能撤回，没有把握就先不登记。")
        box.addWidget(_words(after, "muted"))
        box.addLayout(foot(self.trouble, self.do, self.cancel))
        self.setMinimumWidth(560)

    def perform(self) -> None:
        """Trust exactly what is shown, and take in what waited for it, verified in the background."""
        self._set_busy(busy=True)
        self.under_way.follow(self.session.autosave.before_each(self._steps()), self._done, self._failed)

    def reject(self) -> None:
        """What is trusted is trusted: closing waits until what waited for it is in."""
        if not self.under_way.busy:
            super().reject()

    def _steps(self) -> "Steps[list[str]]":
        from desktop_app.desk import collect
        from ui import strangers

        desk = self.session.desk
        done = enrolling.trust(desk, self.offered)
        words = [_("已登记{unit}的证书。").format(unit=done.unit_name)]
        for stranger in self.waiting:
            if stranger.refused:
                came = yield from collect.taking_again(desk, stranger.name, stranger.pdf)
                words += strangers.said(came.taken, came.refused)
            else:
                words.append(_("{name} 就是用它签的，身份已核对。").format(name=stranger.name))
        return words

    def _done(self, words: list[str]) -> None:
        self.said = "　".join(words)
        self.accept()

    def _failed(self, problem: Exception) -> None:
        self._set_busy(busy=False)
        if not isinstance(problem, ClerkError):
            self.session.messages.refuse(problem)
            return
        self.trouble.setText(str(problem))
        self.trouble.show()

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.do, self.cancel, self.compared):
            widget.setEnabled(not busy)


def _rows(fingerprint: str) -> str:
    """The fingerprint, a few groups in a row."""
    groups = fingerprint.split()
    return "\n".join("  ".join(groups[start : start + IN_A_ROW]) for start in range(0, len(groups), IN_A_ROW))


def _count(offered: Offered) -> int:
    return len(offered.fingerprint.split())


def _words(text: str, name: str = "") -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
