"""报送: the pages as they will be, what is still open, signing, handing in, the receipt; and the public edition."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.language import N_, _
from desktop_app.model.report import MonthState, Role
from ui import strangers
from ui.pages.paper_view import PaperView
from ui.pages.public_side import PublicSide
from ui.pages.send_away import SendAway
from ui.pages.send_papers import SendPapers
from ui.pages.sent_box import SentBox
from ui.session import Session

if TYPE_CHECKING:  # making pages is heavy and waits until they are looked at
    from desktop_app.desk.receive import Received

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

    It carries the edition to be printed; `hand_in` asks where to, `go` for a page.
    """

    sign = Signal(object)
    hand_in = Signal()
    elsewhere = Signal(object)
    paper_wanted = Signal(str)
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
        self.away = SendAway(session, self)
        self.deliver = QPushButton(_("③ 报送…"))
        self.receipt = QPushButton(_("④ 收回执…"))
        self.papers = SendPapers(session, self)
        self.sent = SentBox(session)
        self.public = PublicSide(session)
        self.editions = {False: QPushButton(_("报送版")), True: QPushButton(_("公开版"))}
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
        for button in (self.check, self.prepare, self.approve, self.deliver, self.receipt):
            button.setProperty("step", True)
        away = QHBoxLayout()
        away.setSpacing(6)
        away.addWidget(self.away.carry)
        away.addWidget(self.away.home)
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
        papers.addWidget(self.papers.print)
        papers.addWidget(self.papers.slip)
        box.addLayout(papers)
        box.addWidget(self.away.brought)
        box.addWidget(self.papers.export)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        self.sides = QStackedWidget()
        self.sides.setFixedWidth(SIDE)
        for each in (side, self.public):
            self.sides.addWidget(_scrolling(each))
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(self._chips())
        left.addWidget(self.sides, 1)
        row.addLayout(left)
        row.addWidget(self.paper, 1)

    def _chips(self) -> QHBoxLayout:
        """Which edition is in view."""
        row, group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(6)
        for public, chip in self.editions.items():
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            chip.setChecked(not public)
            group.addButton(chip)
            row.addWidget(chip)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.check.clicked.connect(lambda: self.go.emit("check"))
        self.prepare.clicked.connect(lambda: self.sign.emit(Role.PREPARER))
        self.approve.clicked.connect(lambda: self.sign.emit(Role.APPROVER))
        self.review.clicked.connect(lambda: self.sign.emit(Role.REVIEWER))
        self.away.brought_here.connect(self.elsewhere)
        self.deliver.clicked.connect(self.hand_in)
        self.receipt.clicked.connect(self._choose_receipt)
        self.papers.print.clicked.connect(lambda: self.paper_wanted.emit("full"))
        self.session.rechecked.connect(self._show_steps)
        self.editions[True].toggled.connect(self._turn)
        self.public.changed.connect(self._redraw)
        self.public.paper_wanted.connect(lambda: self.paper_wanted.emit("public"))

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        signing = (self.prepare, self.review, self.approve, self.away.home)
        return (*signing, self.deliver, self.receipt, self.sent.ask, self.sent.watch, *self.public.writers)

    def show_month(self) -> None:
        """Read everything from the session; the pages are made when they can be seen."""
        view = self.session.view
        name, words = STATES[view.state]
        self.state.setObjectName(name)
        self.state.setText(_(words))
        code = _("第 {n} 版　校验码 {code}") if view.check_code else _("第 {n} 版　校验码在签署时生成")
        self.code.setText(code.format(n=view.revision, code=view.check_code))
        self._show_steps()
        self.sent.show_month()
        if self.public_shown:
            self.public.look()
        self._redraw()

    @property
    def public_shown(self) -> bool:
        """Whether the public edition is in view."""
        return self.editions[True].isChecked()

    def _turn(self, public: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.sides.setCurrentIndex(int(public))
        if public:
            self.session.autosave.flush()
            self.public.look()
        self._redraw()

    def _redraw(self) -> None:
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
        for button in (self.review, self.away.carry, self.away.home):
            button.setVisible(sealed)
        self.papers.slip.setEnabled(not (draft or sealed))
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self.note.setVisible(draft or sealed)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The pages are made when they can be seen, not before."""
        super().showEvent(event)
        if self._stale:
            self._draw()

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
        from desktop_app.desk import hand_in, make_report, public_edition

        self._stale = False
        desk, period = self.session.desk, self.session.period
        if self.public_shown:
            self.paper.show_paper(public_edition.pages(desk, period))
            return
        if self.session.view.sealed:
            signed = hand_in.signed_pdf(desk, period)
            self.paper.show_paper(lambda: signed)
            return
        work = make_report.prepare(desk, period, draft=True)
        self.paper.show_paper(lambda: work.render().pdf)

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
