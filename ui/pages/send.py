"""报送: the pages as they will be, what is still open, signing, handing in, the receipt."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.language import N_, _
from desktop_app.model.report import MonthState, Role
from ui import strangers
from ui.background import send
from ui.long_work import write_when_made
from ui.pages.header import period_label
from ui.pages.paper_view import PaperView
from ui.pages.sent_box import SentBox
from ui.session import Session

if TYPE_CHECKING:  # making pages is heavy and waits until they are looked at
    from desktop_app.desk import printing
    from desktop_app.desk.receive import Received
    from desktop_app.desk.sign_report import SignedState

SIDE = 342  # logical px

STATES = {
    MonthState.DRAFT: ("badge", N_("草稿，还没有签署")),
    MonthState.SEALED: ("badgeWarn", N_("填报人已签署封存，等单位负责人签署")),
    MonthState.SIGNED: ("badgeGood", N_("✓ 已签署锁定，可以报送")),
    MonthState.HANDED_IN: ("badgeGood", N_("✓ 已报送，等市局回执")),
    MonthState.RECEIVED: ("badgeGood", N_("✓ 已收到回执，本月办结")),
    MonthState.RETURNED: ("badgeBad", N_("已退回")),
}


class SendPage(QWidget):
    """`sign` asks for the signing dialog of a role, `elsewhere` to sign a carried file, `paper_wanted` for a printer.

    `hand_in` asks where to, `go` for a page.
    """

    sign = Signal(object)
    hand_in = Signal()
    elsewhere = Signal(object)
    paper_wanted = Signal()
    go = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._stale = True
        self.paper = PaperView(session.messages.refuse)
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.open = QLabel()
        self.open.setWordWrap(True)
        self.code = QLabel()
        self.code.setWordWrap(True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.check = QPushButton(_("去校验"))
        self.prepare = QPushButton(_("① 填报人签署…"))
        self.approve = QPushButton(_("② 单位负责人签署…"))
        self.review = QPushButton(_("审核人签署（可以没有）…"))
        self.carry = QPushButton(_("带到别的电脑签…"))
        self.home = QPushButton(_("收回签好的文件…"))
        self.brought = QPushButton(_("签一份带来的文件…"))
        self.deliver = QPushButton(_("③ 报送…"))
        self.receipt = QPushButton(_("④ 收回执…"))
        self.print = QPushButton(_("打印…"))
        self.slip = QPushButton(_("存交接单…"))
        self.sent = SentBox(session)
        self.export = QPushButton(_("导出未签署副本…"))
        self._lay_out()
        self._connect()
        self.show_month()

    def _lay_out(self) -> None:
        side = QFrame()
        side.setObjectName("card")
        box = QVBoxLayout(side)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(9)
        title = QLabel(_("签署和报送"))
        title.setObjectName("subtitle")
        for widget in (title, self.state, self.code, self.open, self.check):
            box.addWidget(widget)
        box.addSpacing(6)
        away = QHBoxLayout()
        away.setSpacing(6)
        away.addWidget(self.carry)
        away.addWidget(self.home)
        box.addWidget(self.prepare)
        box.addWidget(self.review)
        box.addWidget(self.approve)
        box.addLayout(away)
        box.addWidget(self.deliver)
        box.addWidget(self.receipt)
        box.addWidget(self.sent)
        self.note = note = QLabel(_("这里的签名是软件数字签名（防篡改校验），不是电子印章；纸质件仍按规定盖章。"))
        note.setObjectName("muted")
        note.setWordWrap(True)
        box.addWidget(note)
        box.addStretch(1)
        papers = QHBoxLayout()
        papers.setSpacing(6)
        papers.addWidget(self.print)
        papers.addWidget(self.slip)
        box.addLayout(papers)
        box.addWidget(self.brought)
        box.addWidget(self.export)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        row.addWidget(_scrolling(side))
        row.addWidget(self.paper, 1)

    def _connect(self) -> None:
        self.check.clicked.connect(lambda: self.go.emit("check"))
        self.prepare.clicked.connect(lambda: self.sign.emit(Role.PREPARER))
        self.approve.clicked.connect(lambda: self.sign.emit(Role.APPROVER))
        self.review.clicked.connect(lambda: self.sign.emit(Role.REVIEWER))
        self.carry.clicked.connect(self._choose_carried)
        self.home.clicked.connect(self._choose_signed)
        self.brought.clicked.connect(self._choose_brought)
        self.deliver.clicked.connect(self.hand_in)
        self.receipt.clicked.connect(self._choose_receipt)
        self.export.clicked.connect(self._choose_copy)
        self.print.clicked.connect(self.paper_wanted)
        self.slip.clicked.connect(self._choose_slip)
        self.session.rechecked.connect(self._show_steps)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        signing = (self.prepare, self.review, self.approve, self.home)
        return (*signing, self.deliver, self.receipt, self.sent.ask, self.sent.watch)

    def show_month(self) -> None:
        """Read everything from the session; the pages are made when they can be seen."""
        view = self.session.view
        name, words = STATES[view.state]
        self.state.setObjectName(name)
        self.state.setText(_(words))
        self.code.setText(
            _("第 {n} 版　校验码 {code}").format(n=view.revision, code=view.check_code or _("签署时生成"))
        )
        self._show_steps()
        self.sent.show_month()
        self._stale = True
        if self.isVisible():
            self._draw()

    def _show_steps(self) -> None:
        """What is to be done next, and what keeps it from being done."""
        view = self.session.view
        blocking = sum(finding.blocks for finding in self.session.all_findings()) if not view.sealed else 0
        checking = self.session.checking and not view.sealed
        said = _("还有 {count} 个问题没有处理，暂时不能签署。").format(count=blocking) if blocking else ""
        self.open.setText(_("正在校验…") if checking else said)
        self.open.setVisible(blocking > 0 or checking)
        self.check.setVisible(blocking > 0)
        draft, sealed = view.state is MonthState.DRAFT, view.state is MonthState.SEALED
        signed, gone = view.state is MonthState.SIGNED, view.state is MonthState.HANDED_IN
        for button, usable, now in (
            (self.check, True, blocking > 0),
            (self.prepare, draft and not blocking and not checking, draft and not blocking),
            (self.approve, sealed, sealed),
            (self.deliver, signed or gone or view.state is MonthState.RECEIVED, signed),
            (self.receipt, signed or gone, gone),
        ):
            button.setEnabled(usable)
            button.setObjectName("primary" if now else "step")
            button.style().unpolish(button)
            button.style().polish(button)
        for button in (self.review, self.carry, self.home):
            button.setVisible(sealed)
        self.slip.setEnabled(not (draft or sealed))
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self.note.setVisible(draft or sealed)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The pages are made when they can be seen, not before."""
        super().showEvent(event)
        if self._stale:
            self._draw()

    def save_copy(self, file: Path) -> None:
        """Write an unsigned copy, marked 草稿, in the background."""
        from desktop_app.desk import make_report

        paper = make_report.prepare(self.session.desk, self.session.period, draft=True)
        work = partial(write_when_made, file, lambda: paper.render().pdf)
        self.session.work.start(_("正在导出未签署副本…"), work, self._copied)

    def carry_to(self, file: Path) -> None:
        """Write the sealed file, to be signed on another machine."""
        from desktop_app.desk import sign_elsewhere

        desk, period = self.session.desk, self.session.period
        if self.session.attempt(lambda: sign_elsewhere.carry_out(desk, period, file)):
            said = _("待签文件已存到 {file}。在另一台电脑的报送页「签一份带来的文件」，再带回来收。")
            self.session.messages.good(said.format(file=file))

    def take_home(self, file: Path) -> None:
        """Take a file back that was signed on another machine."""
        from desktop_app.desk import sign_elsewhere

        steps = self.session.autosave.before_each(sign_elsewhere.taking(self.session.desk, file))
        self.session.work.follow(_("正在核验带回的文件…"), steps, self._taken_home, self._not_taken)

    def _taken_home(self, done: "SignedState") -> None:
        self.session.refresh()
        self.session.messages.good(_("带回的签名已收下，现有 {count} 个签名。").format(count=done.signatures))

    def _not_taken(self) -> None:
        self.session.messages.note(_("已停下，没有收下。"))

    def print_on(self, choice: "printing.Choice") -> None:
        """Print what is shown: the signed bytes through the print system, or pages drawn where there is none."""
        from desktop_app.desk import printing

        session = self.session
        title = f"{session.desk.unit.short_name} {session.period}"
        make = printing.paper(session.desk, session.period)
        if printing.direct():
            send(lambda: printing.send(make(), choice, title), self._printed, self.session.messages.refuse)
            return
        from ui import printing as drawn

        printer = drawn.made_ready(choice)
        self.session.attempt(lambda: self._printed(drawn.print_pages(printer, make())))

    def save_slip(self, file: Path) -> None:
        """Write the handover slip."""
        from desktop_app.desk import handover

        desk, ready = self.session.desk, list[Callable[[], handover.Slip]]()
        if self.session.attempt(lambda: ready.append(handover.ready(desk, self.session.period))):
            work = partial(write_when_made, file, lambda: ready[0]().pdf)
            self.session.work.start(_("正在排交接单…"), work, self._slip_saved)

    def _slip_saved(self, file: Path) -> None:
        self.session.messages.good(_("交接单已存到 {file}。").format(file=file))

    def hand_in_to(self, folder: Path) -> None:
        """Write the signed bytes to a folder and say what was read back."""
        from desktop_app.desk import hand_in

        desk, period, messages = self.session.desk, self.session.period, self.session.messages
        done: list[hand_in.HandedIn] = []
        if self.session.attempt(lambda: done.append(hand_in.hand_in(desk, period, folder))):
            self.session.refresh()
            said = (
                _("已报送：{path}，读回核对一致。校验码 {code}。")
                if done[0].verified
                else _("已写入 {path}，但读回不一致，请换一个位置再报送。校验码 {code}。")
            )
            tell = messages.good if done[0].verified else messages.note
            tell(said.format(path=done[0].path, code=done[0].check_code))

    def take_in(self, files: list[Path]) -> None:
        """Take receipts in and say what each did."""
        from desktop_app.desk import collect

        self.session.autosave.flush()
        steps = self.session.autosave.before_each(collect.taking(self.session.desk, files))
        self.session.work.follow(_("正在核验收到的文件…"), steps, self._taken_in, self._taking_stopped)

    def _taking_stopped(self) -> None:
        self.session.refresh()
        self.session.messages.note(_("已停下，收下的留着，没有收的文件原样留着。"))

    def _taken_in(self, received: "Received") -> None:
        self.session.refresh()
        found = strangers.met(received.taken, received.refused)
        tell = self.session.messages.note if received.refused else self.session.messages.good
        words = strangers.said(received.taken, received.refused)
        tell("　".join(words), strangers.to_compare(self.session, found))
        if any(each.refused for each in found):  # somebody waits for this file: ask at once
            self.session.strangers_met.emit(found)

    def _draw(self) -> None:
        from desktop_app.desk import hand_in, make_report

        self._stale = False
        desk, period = self.session.desk, self.session.period
        if self.session.view.sealed:
            signed = hand_in.signed_pdf(desk, period)
            self.paper.show_paper(lambda: signed)
            return
        work = make_report.prepare(desk, period, draft=True)
        self.paper.show_paper(lambda: work.render().pdf)

    def _copied(self, file: Path) -> None:
        self.session.messages.good(_("未签署副本已存到 {file}。").format(file=file))

    def _printed(self, _job: object) -> None:
        self.session.messages.good(_("已交给打印机。"))

    def _choose_slip(self) -> None:
        name = _("{unit}{month}交接单.pdf").format(
            unit=self.session.desk.unit.short_name, month=period_label(self.session.period)
        )
        file, _kind = QFileDialog.getSaveFileName(self, _("存交接单"), name, "PDF (*.pdf)")
        if file:
            self.save_slip(Path(file))

    def _choose_copy(self) -> None:
        name = _("{unit}{month}月报（草稿）.pdf").format(
            unit=self.session.desk.unit.short_name, month=period_label(self.session.period)
        )
        file, _kind = QFileDialog.getSaveFileName(self, _("导出未签署副本"), name, "PDF (*.pdf)")
        if file:
            self.save_copy(Path(file))

    def _choose_carried(self) -> None:
        name = _("{unit}{month}月报（待签）.pdf").format(
            unit=self.session.desk.unit.short_name, month=period_label(self.session.period)
        )
        file, _kind = QFileDialog.getSaveFileName(self, _("带到别的电脑签"), name, "PDF (*.pdf)")
        if file:
            self.carry_to(Path(file))

    def _choose_signed(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self, _("选择签好带回的文件"), "", "PDF (*.pdf)")
        if file:
            self.take_home(Path(file))

    def _choose_brought(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self, _("选择带来签的文件"), "", "PDF (*.pdf)")
        if file:
            self.elsewhere.emit(Path(file))

    def _choose_receipt(self) -> None:
        files, _kind = QFileDialog.getOpenFileNames(self, _("选择市局发回的回执"), "", "PDF (*.pdf)")
        if files:
            self.take_in([Path(file) for file in files])


def _scrolling(side: QFrame) -> QScrollArea:
    """The column beside the pages, which long words and many deliveries make higher than a small screen."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFixedWidth(SIDE)
    area.setWidget(side)
    return area
