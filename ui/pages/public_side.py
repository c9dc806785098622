"""公开版 of the month in view: what it would give away, what it does not print, and its way to a file or printer."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk import disclosure, public_edition
from desktop_app.desk.public_edition import Looked
from desktop_app.language import _
from desktop_app.model.disclosure import MARK_LABELS, Consent, Withheld
from ui.file_choice import file_to_write
from ui.long_work import write_when_made
from ui.pages.header import period_label
from ui.pages.leaks_box import LeaksBox
from ui.session import Session

_LISTED = 12  # fields that are named; of more it says how many


class PublicSide(QFrame):
    """`changed`: the pages look otherwise now. `paper_wanted` asks for a printer, `register` for the register."""

    changed = Signal()
    paper_wanted = Signal()
    register = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.session = session
        self.said = _words("badgeGood")
        self.leaks = LeaksBox(session)
        self.inside = _words("muted")
        self.allowed = _words("muted")
        self.forbid = QPushButton(_("撤回全部说明"))
        self.done = _words("muted")
        self.to_register = QPushButton(_("宣传公开登记(&I)…"))
        self.print = QPushButton(_("打印…"))
        self.export = QPushButton(_("导出公开版(&E)…"))
        self._lay_out()
        self.leaks.changed.connect(self._look_and_tell)
        self.forbid.clicked.connect(self.take_back_all)
        self.to_register.clicked.connect(self.register)
        self.print.clicked.connect(self.paper_wanted)
        self.export.clicked.connect(self._choose_file)

    def _lay_out(self) -> None:
        title = QLabel(_("公开版"))
        title.setObjectName("subtitle")
        about = _words("muted")
        about.setText(_("从不印存在问题、需协调事项、联系电话、校验提示和佐证材料。"))
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(9)
        for widget in (title, self.said, self.leaks, about, self.inside, self.allowed, self.forbid):
            box.addWidget(widget)
        box.addStretch(1)
        box.addWidget(self.done)
        box.addWidget(self.to_register)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.print)
        foot.addWidget(self.export, 1)
        box.addLayout(foot)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (self.leaks.hide_field, self.leaks.allow, self.leaks.reason, self.forbid)

    def look(self) -> None:
        """Read the month's public edition as it stands."""
        found = self.leaks.look_again(self.session.period)
        if found is None:
            return
        self._say(found)
        ready = not found.left
        self.export.setEnabled(ready)
        self.print.setEnabled(ready)
        self.export.setObjectName("primary" if ready else "step")
        for widget in (self.export, self.said):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def take_back_all(self) -> None:
        """What was allowed in this month's edition is looked at again."""
        desk, period = self.session.desk, self.session.period
        known = [each for each in disclosure.consents(desk, str(period)) if each.edition == str(period)]
        if self.session.attempt(lambda: public_edition.forbid(desk, period)):
            self._look_and_tell()
            said = _("说明已撤回，查出的内容重新列出。")
            self.session.messages.good(said, (_("恢复说明"), lambda: self._allow_again(known)))

    def _allow_again(self, known: Sequence[Consent]) -> None:
        desk = self.session.desk
        for each in known:
            if not self.session.attempt(partial(disclosure.allow, desk, each.edition, [each.leak], each.reason)):
                break
        else:
            self.session.messages.good(_("说明已恢复。"))
        self._look_and_tell()

    def save_public(self, file: Path) -> None:
        """Write the month's public edition in the background; refused while something is left."""
        from desktop_app.desk import make_report

        desk, period = self.session.desk, self.session.period
        ready: list[make_report.PaperWork] = []
        if self.session.attempt(lambda: ready.append(make_report.prepare(desk, period, edition="public"))):
            self.session.work.start(
                _("正在导出公开版…"),
                lambda stop: write_when_made(file, lambda: ready[0].render().pdf, stop),
                lambda written: self.session.messages.good(_("公开版已存到 {file}。").format(file=written)),
            )

    def _look_and_tell(self) -> None:
        self.look()
        self.changed.emit()

    def _say(self, found: Looked) -> None:
        count = len(found.left)
        self.said.setObjectName("badgeWarn" if count else "badgeGood")
        self.said.setText(
            _("查出 {count} 处不宜公开，处理完才能导出。").format(count=count)
            if count
            else _("✓ 没有查出不宜公开的内容，请通读一遍再导出。")
        )
        _show(self.inside, _inside(found))
        own = [each for each in found.consents if each.edition == str(found.edition)]
        _show(self.allowed, _allowed(own))
        self.forbid.setVisible(bool(own))
        self.done.setText(self._register_words())

    def _register_words(self) -> str:
        from desktop_app.desk import activities

        period = self.session.period
        count = len(activities.of_year(self.session.desk, period.year, period))
        said = _("本月登记的宣传公开活动 {count} 条").format(count=count)
        return said + (
            _("；签署以后登记的不进月报，进全年公开版。") if self.session.view.sealed else _("，印在月报和公开版里。")
        )

    def _choose_file(self) -> None:
        name = _("{unit}{month}工作进展（公开版）.pdf").format(
            unit=self.session.desk.unit.short_name, month=period_label(self.session.period)
        )
        file = file_to_write(self, _("导出公开版"), name, {".pdf": "PDF (*.pdf)"})
        if file is not None:
            self.save_public(file)


def _inside(found: Looked) -> str:
    """What is not printed; first what was marked in an earlier month."""
    earlier = [each for each in found.inside if each.since != found.month]
    own = [each for each in found.inside if each.since == found.month]
    said = []
    if earlier:
        said.append(_("沿用以前月份标为内部的：{fields}。").format(fields=_fields(earlier)))
    if own:
        said.append(_("本月标为内部的：{fields}。").format(fields=_fields(own)))
    return "\n".join(said)


def _fields(withheld: Sequence[Withheld]) -> str:
    said = _("{place}「{field}」")
    named = _("、").join(said.format(place=each.task, field=_(MARK_LABELS[each.field])) for each in withheld[:_LISTED])
    more = len(withheld) - _LISTED
    return named + (_("等 {count} 栏").format(count=len(withheld)) if more > 0 else "")


def _allowed(consents: Sequence[Consent]) -> str:
    reasons = dict.fromkeys(each.reason for each in consents)
    said = _("经说明可以公开的 {count} 处：{reasons}。").format(count=len(consents), reasons="；".join(reasons))
    return said if consents else ""


def _show(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _words(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
