"""The top of the plan's page: which plan rules the month in view, since when, and the other plans of the book."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk import plan_in_force
from desktop_app.desk.plan_in_force import PlanTerm
from desktop_app.language import _
from desktop_app.model.plan import Plan
from ui.models.plan_words import day_words, short
from ui.pages.header import period_label
from ui.session import Session


class PlanHead(QFrame):
    """`chosen` carries the id of the plan to show."""

    chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.title = QLabel()
        self.title.setObjectName("subtitle")
        self.title.setWordWrap(True)
        self.sample = QLabel(_("示例"))
        self.sample.setObjectName("sample")
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.other = QLabel()
        self.other.setObjectName("badgeWarn")
        self.plans = QComboBox()
        self.plans_label = QLabel(_("查看(&V)"))
        self.plans_label.setBuddy(self.plans)
        self.plans.setAccessibleName(_("填报簿里的各份计划"))
        self.dates = QPushButton(_("文号和日期…"))
        self.split = QPushButton(_("分解任务…"))
        self.bring = QPushButton(_("导入任务表…"))
        words = QVBoxLayout()
        words.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.title, 1)
        words.addLayout(first)
        words.addWidget(self.facts)
        side = QVBoxLayout()
        side.setSpacing(6)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.dates)
        buttons.addWidget(self.split)
        buttons.addWidget(self.bring)
        pick = QHBoxLayout()
        pick.addStretch(1)
        pick.addWidget(self.other)
        pick.addWidget(self.plans_label)
        pick.addWidget(self.plans)
        side.addLayout(buttons)
        side.addLayout(pick)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addLayout(side)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.plans.activated.connect(lambda place: self.chosen.emit(self.plans.itemData(place)))

    def show_plans(self, wanted: str) -> Plan:
        """Show the plan of this id, the one of the month in view where it is not in the book; which it is."""
        terms = plan_in_force.all_plans(self.session.desk)
        ruling = self.session.view.plan
        shown = next((each for each in terms if each.plan.id == (wanted or ruling.id)), None)
        plan, code = shown.plan if shown else ruling, self.session.desk.unit.code
        self.title.setText(plan.title)
        self.sample.setVisible(plan.sample)
        self.facts.setText(self._facts(plan, rules=plan.id == ruling.id))
        self.other.setText(_("不是{month}所用的计划").format(month=period_label(self.session.period)))
        self.other.setVisible(plan.id != ruling.id)
        self.split.setEnabled(any(code in (*task.owners, *task.supporters) for task in plan.tasks))
        self.plans.clear()
        for each in reversed(terms):
            self.plans.addItem(_said(each), each.plan.id)
        self.plans.setCurrentIndex(self.plans.findData(plan.id))
        for widget in (self.plans, self.plans_label):
            widget.setVisible(len(terms) > 1)
        return plan

    def _facts(self, plan: Plan, *, rules: bool) -> str:
        own = len(plan.owned_by(self.session.desk.unit.code))
        facts = [_("{month}按这份计划填报").format(month=period_label(self.session.period))] if rules else []
        facts += [plan.document_number or _("文号未写明"), _("第 {revision} 版").format(revision=plan.revision)]
        dated = plan.effective or plan.issued
        since = _("自 {day} 起施行") if dated else _("施行日期未写明，按 {day} 起")
        facts.append(since.format(day=day_words(plan.starts)))
        if plan.repealed:
            facts.append(_("{day} 起废止").format(day=day_words(plan.repealed)))
        facts.append(_("{count} 项任务，本单位主责 {own} 项").format(count=len(plan.tasks), own=own))
        return "　·　".join(facts)


def _said(each: PlanTerm) -> str:
    plan = each.plan
    words = (
        _("{year}年 第 {revision} 版 {number}")
        .format(year=plan.year, revision=plan.revision, number=plan.document_number)
        .strip()
    )
    months = _("、").join(str(period.month) for period in each.months)
    if months:
        words += _("（{months}月用）").format(months=months)
    elif each.superseded:
        words += _("（已被新版取代）")
    return short(words, 44)
