"""The top of the form: the task in the plan's own words, its deadline and target, last month, and the curve."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.desk.month import Row
from desktop_app.language import _
from desktop_app.model.entry import FIELD_LABELS
from desktop_app.model.period import Period
from desktop_app.model.plan import Target
from ui.fields.curve import Curve
from ui.models.obligations import obligation_words
from ui.models.task_list import shown_id
from ui.pages.figures import done_points, figure, rate, schedule_points

_TENTH = Decimal("0.1")


class TaskHead(QWidget):
    """Read only, selectable, always in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setObjectName("subtitle")
        self.title.setWordWrap(True)
        self.measure = QLabel()
        self.measure.setWordWrap(True)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.last = QLabel()
        self.last.setObjectName("muted")
        self.last.setWordWrap(True)
        self.curve = Curve()
        words = QVBoxLayout()
        words.setSpacing(3)
        for label in (self.title, self.measure, self.facts, self.last):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(words, 1)
        row.addWidget(self.curve, 0, Qt.AlignmentFlag.AlignTop)

    def show_row(self, row: Row, period: Period) -> None:
        """Show a task."""
        task = row.task
        star = "★ " if task.key else ""
        self.title.setText(f"{shown_id(task.id)}　{star}{task.title}")
        self.title.setToolTip(_("★ 重点任务") if task.key else "")
        self.measure.setText(task.measure)
        facts = [_("时限：{deadline}").format(deadline=task.deadline.raw.strip() or _("未写明"))]
        if row.target is not None:
            facts.append(_("目标：{target}").format(target=target_words(row.target)))
        if row.scheduled is not None and row.target is not None:
            facts.append(_("到本月底应完成 {percent}%").format(percent=figure(row.scheduled.quantize(_TENTH))))
        if not row.required and not row.dropped:
            facts.append(_("协办，选报"))
        if task.obligation:
            facts.append(obligation_words(task))
        facts.append(_("附件{number}").format(number=task.annex))
        self.facts.setToolTip(row.annex_title)
        self.facts.setText("　·　".join(facts))
        self.last.setText(last_month_words(row))
        self.draw(row, period)

    def draw(self, row: Row, period: Period) -> None:
        """The curve alone, as figures change; tasks without an amount have none."""
        schedule = schedule_points(row, period) if row.target is not None and row.target.value else ()
        self.curve.setVisible(bool(schedule))
        self.curve.draw(schedule, done_points(row, period) if schedule else ())


def target_words(target: Target) -> str:
    """36 万平方米; whose figure it is where it is the unit's own."""
    amount = f"{figure(target.value)} {target.unit}".strip() or target.raw
    return (
        _("{amount}（本单位）").format(amount=amount) if target.scope else _("{amount}（全市）").format(amount=amount)
    )


def last_month_words(row: Row) -> str:
    """Last month in one line."""
    before = row.previous
    if before is None or before.empty:
        return _("上月：没有填报")
    unit = row.target.unit if row.target else ""
    said = [_(before.status.label)] if before.status else []
    if before.nil:
        said.append(_(FIELD_LABELS["nil"]))
    if before.cumulative is not None:
        said.append(_("累计 {amount} {unit}").format(amount=figure(before.cumulative), unit=unit).strip())
    percent = rate(row, before)
    if percent is not None:
        said.append(_("完成率 {percent}%").format(percent=figure(percent)))
    return _("上月：{said}").format(said="　".join(said) or _("已填报"))
