"""A task table that was read and is not taken yet: what it brings, what it changes, what goes over to it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import take_plan
from desktop_app.desk.take_plan import PlanTaken
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from ui.dialogs.under_way import UnderWay
from ui.fields.day_field import DayField
from ui.fields.headed_list import HeadedList
from ui.models.plan_changes import Said, brought, changes, counts
from ui.roomy import RoomyDialog
from ui.session import Session
from ui.theme.colours import Pair
from ui.theme.tints import tint, tinted

if TYPE_CHECKING:
    from desktop_app.desk.steps import Steps

KINDS = (("added", N_("新增")), ("dropped", N_("取消")), ("changed", N_("调整")), ("moved", N_("只是序号变了")))


class TakePlanDialog(RoomyDialog):
    """Accepted only when the plan is in the book; `taken` then says what was taken.

    `look` says what taking the table would mean, from the day given on; it writes nothing.
    """

    def __init__(
        self, session: Session, look: Callable[[date | None], PlanTaken], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.look = look
        self.taken = look(None)
        self.under_way = UnderWay(session, self)
        self.revision = self.taken.follows is not None
        self.setWindowTitle(_("新一版任务表") if self.revision else _("新的任务表"))
        self.own_only = QCheckBox()
        self.list = HeadedList()
        self.effective = DayField(_("从这一天起按新表填报"))
        self.moved = QLabel()
        self.trouble = QLabel()
        self.do = QPushButton(_("采用新版") if self.revision else _("采用这份任务表"))
        self.cancel = QPushButton(_("不采用"))
        self._said = self._all_said()
        self._lay_out()
        self._connect()
        self._fill()
        self._tell_moved()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.setSpacing(8)
        box.addWidget(_label(self._title(), "subtitle"))
        box.addWidget(_label(self._summary()))
        box.addLayout(self._badges())
        if not self.taken.assigned:
            box.addWidget(_label(_("△ 里面没有由本单位主责的任务，请核对是不是选对了文件。"), "badgeWarn"))
        self.list.setWordWrap(True)
        self.list.setSpacing(1)
        self.list.setTabKeyNavigation(False)
        tinted(self.list)
        self.list.setAccessibleName(_("改了什么") if self.revision else _("读到了什么"))
        box.addWidget(self.own_only)
        box.addWidget(self.list, 1)
        since = QHBoxLayout()
        label = QLabel(_("从哪一天起按新表填报(&F)"))
        label.setBuddy(self.effective.line)
        since.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        since.addWidget(self.effective, 0, Qt.AlignmentFlag.AlignTop)
        since.addWidget(_label(self._since(), "muted"), 1)
        box.addLayout(since)
        for label in (self.moved, self.trouble):
            label.setWordWrap(True)
            box.addWidget(label)
        self.trouble.setObjectName("badgeBad")
        self.trouble.hide()
        self.do.setObjectName("primary")
        buttons = QHBoxLayout()
        buttons.addWidget(_label(_("还没有采用，填报簿里什么都没有变。"), "muted"), 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.do)
        self.do.setDefault(True)
        box.addLayout(buttons)
        self.resize(820, 620)

    def _connect(self) -> None:
        self.do.clicked.connect(self.take)
        self.cancel.clicked.connect(self.reject)
        self.own_only.toggled.connect(self._fill)
        self.effective.changed.connect(self._look_again)

    def take(self) -> None:
        """Take it, whole or not at all."""
        if not self.effective.check():
            self.effective.setFocus()
            return
        if reason := self.session.unsaved():
            self._trouble(reason)
            return
        self._set_busy(busy=True)
        self.under_way.follow(self.session.autosave.before_each(self._steps()), self._done, self._failed)

    def reject(self) -> None:
        """Nothing is taken before the last step; one that is not reached is not taken."""
        self.under_way.drop()
        super().reject()

    def _steps(self) -> "Steps[PlanTaken]":
        # Looked at afresh: drafts may have been begun since the dialog opened.
        return (yield from take_plan.taking(self.session.desk, self.look(self.effective.value)))

    def _done(self, taken: PlanTaken) -> None:
        self._set_busy(busy=False)
        self.session.refresh()
        self.taken = taken
        self.accept()

    def _failed(self, problem: Exception) -> None:
        self._set_busy(busy=False)
        if isinstance(problem, ClerkError):
            self._trouble(str(problem))
        else:
            self.session.messages.refuse(problem)

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.do, self.effective):
            widget.setEnabled(not busy)

    def _trouble(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()

    def _title(self) -> str:
        plan = self.taken.plan
        if self.taken.follows is None:
            return f"《{plan.title}》"
        return _("《{title}》第 {new} 版，与第 {old} 版相比").format(
            title=plan.title, new=plan.revision, old=self.taken.follows.revision
        )

    def _summary(self) -> str:
        plan = self.taken.plan
        words = [_("共 {count} 项任务，本单位主责 {own} 项").format(count=len(plan.tasks), own=self.taken.assigned)]
        still = plan.open_questions
        if still:
            words.append(_("有 {count} 处要由人确认（采用后再答）").format(count=len(still)))
        offered = sum(each.offered is not None for each in still)
        if offered:
            words.append(_("其中 {count} 处有以往答复可以采用").format(count=offered))
        if self.taken.absent:
            numbers = _("、").join(map(str, self.taken.absent))
            words.append(_("文件里没有附件{numbers}，照旧不变").format(numbers=numbers))
        return _("；").join(words) + _("。")

    def _badges(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if self.taken.comparison is not None:
            found = counts(self.taken.comparison)
            for kind, word in KINDS:
                text = _("{word} {count} 项").format(word=_(word), count=found[kind])
                row.addWidget(_label(text, "badgeWarn" if found[kind] and kind != "moved" else "badge", wrap=False))
            own = sum(each.own for each in self._said if each.kind in ("added", "dropped", "changed"))
            row.addWidget(_label(_("其中涉及本单位 {count} 项").format(count=own), "badgeGood", wrap=False))
        row.addStretch(1)
        return row

    def _since(self) -> str:
        starts = self.taken.plan.starts
        return _("可以不填：按表中写明的日期，没有写就从 {day} 起。").format(day=starts.isoformat())

    def _all_said(self) -> tuple[Said, ...]:
        taken, code = self.taken, self.session.desk.unit.code
        if taken.comparison is not None and taken.follows is not None:
            return changes(taken.comparison, taken.follows, taken.plan, code, self.session.unit_name)
        return brought(taken.plan, [(each.title, each.measures, each.indicators) for each in taken.sheets])

    def _fill(self) -> None:
        own = [each for each in self._said if each.own]
        self.own_only.setText(_("只看涉及本单位的（{count}）").format(count=len(own)))
        self.own_only.setVisible(self.revision and 0 < len(own) < len(self._said))
        self.list.clear()
        if self.taken.comparison is not None and self.taken.comparison.empty:
            self._add_heading(_("与填报簿里的任务表没有不同。"))
        shown = own if self.own_only.isChecked() else list(self._said)
        for kind, title in (
            *((kind, _(word)) for kind, word in KINDS[:3]),
            ("indicators", _("各区指标")),
            ("sheet", _("读到的表")),
            ("warning", _("导入提示")),
        ):
            self._add_group(title, [each for each in shown if each.kind == kind])

    def _add_group(self, title: str, group: Iterable[Said]) -> None:
        rows = list(group)
        if not rows:
            return
        self._add_heading(_("{title}（{count}）").format(title=title, count=len(rows)))
        for each in rows:
            item = QListWidgetItem(f"{_('本单位')}　{each.text}" if each.own else each.text)
            item.setToolTip(each.text)
            if each.own:
                tint(item, Pair.ACCENT)
            self.list.addItem(item)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        tint(item, Pair.HEADING)
        self.list.addItem(item)

    def _look_again(self) -> None:
        if self.effective.wrong:
            return
        try:
            self.taken = self.look(self.effective.value)
        except ClerkError as problem:
            self._trouble(str(problem))
        else:
            self.trouble.hide()
            self._tell_moved()

    def _tell_moved(self) -> None:
        months = _("、").join(period.spoken for period in self.taken.moved)
        text = _("采用后，已开始填报的 {months} 转到新表，写过的每个字都在；取消的任务里写过的仍可查看。")
        self.moved.setText(text.format(months=months) if months else _("已开始填报的月份都不受影响。"))


def _label(text: str, name: str = "", *, wrap: bool = True) -> QLabel:
    made = QLabel(text)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made
