"""The districts' indicators: each one's figure for this unit, or for every district, and a line to put it right."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import settle_plan
from desktop_app.language import _
from desktop_app.model.plan import Indicator, Plan
from ui.fields.columns import Columns
from ui.fields.word_line import WordLine
from ui.models.plan_lines import Line, PlanLines
from ui.models.plan_paint import PlanPaint
from ui.models.plan_words import corrected, decision_words, target_words
from ui.models.task_list import Heading
from ui.restyle import restyle
from ui.session import Session
from ui.theme.tints import tinted


class IndicatorsPane(QWidget):
    """Indicators at the left, the chosen one's figures at the right, this unit's first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.plan: Plan | None = None
        self.chosen = ""
        self.model = PlanLines(self)
        self.list = QListView()
        self.title = QLabel()
        self.title.setObjectName("subtitle")
        self.place = QLabel()
        self.place.setObjectName("muted")
        self.table = QTableWidget(0, 4)
        self.name = QLabel()
        self.line = WordLine()
        self.save = QPushButton(_("记下更正　Enter"))
        self.save.setObjectName("primary")
        self.back = QPushButton(_("撤回更正"))
        self.refusal = QLabel()
        self.refusal.setObjectName("badgeBad")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(PlanPaint(self.list))
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("各区指标"))
        self.list.setMinimumWidth(300)
        self._dress_table()
        card = QFrame()
        card.setObjectName("card")
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        for label in (self.title, self.place, self.refusal):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setBuddy(self.line)
        hint = QLabel(_("例如：33、不超过5.0、持续改善；不涉及就写 /"))
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(self.line, 1)
        line.addWidget(self.back)
        line.addWidget(self.save)
        for widget in (self.title, self.place):
            box.addWidget(widget)
        box.addWidget(self.table, 1)
        for label in (self.name, hint):
            box.addWidget(label)
        box.addLayout(line)
        box.addWidget(self.refusal)
        split = QSplitter()
        split.setHandleWidth(10)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(card)
        split.setSizes([330, 710])
        split.setStretchFactor(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(split)

    def _dress_table(self) -> None:
        self.table.setHorizontalHeaderLabels([_("单位"), _("表中原文"), _("读成"), _("谁确认")])
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        tinted(self.table)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setAccessibleName(_("这项指标的各区目标"))
        header = self.table.horizontalHeader()
        Columns(self.table, "indicators", self.session.remembered, (1, 2, 3))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (self.line, self.save, self.back)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._picked)
        self.list.activated.connect(lambda _index: self.table.setFocus())
        self.table.currentCellChanged.connect(lambda *_places: self._show_line())
        self.table.cellActivated.connect(lambda _row, _column: self.line.setFocus())
        self.line.returnPressed.connect(self.correct)
        self.save.clicked.connect(self.correct)
        self.back.clicked.connect(self.withdraw)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(keys, self, partial(self.step, step))

    def show_plan(self, plan: Plan) -> None:
        """The indicators as they stand now; the chosen one stays chosen."""
        self.plan = plan
        self.model.set_items(_items(plan, self.session.desk.unit.code))
        known = [row.id for row in plan.indicators]
        if self.chosen not in known:
            self.chosen = known[0] if known else ""
        self._show()

    def step(self, step: int) -> None:
        """The neighbour in the list."""
        there = self.model.line_at(self.model.neighbour(self.model.place_of(self.chosen), step))
        if there is not None:
            self.choose(there.key)

    def choose(self, key: str) -> None:
        """Show one indicator."""
        self.chosen = key
        self._show()

    def focus_first(self) -> None:
        """The cursor in the list."""
        self.list.setFocus()

    def correct(self) -> None:
        """Write down what the unit's figure is."""
        row, code = self._row(), self._code()
        if self.plan is None or row is None or not code:
            return
        words = self.line.text().strip()
        if not words:
            self._refuse(_("请写明目标值；这项指标不涉及该区就写「/」。"))
            return
        self._settle(partial(settle_plan.answer, self.session.desk, f"{row.id}.{code}", words, self.plan.id))

    def withdraw(self) -> None:
        """Take a correction back: the table's own figure holds again."""
        row, code = self._row(), self._code()
        if self.plan is not None and row is not None and code:
            self._settle(partial(settle_plan.withdraw, self.session.desk, f"{row.id}.{code}", self.plan.id))

    def _settle(self, verb: partial[Plan]) -> None:
        place = self.table.currentRow()
        reason = self.session.settle(verb)
        if reason:
            self._refuse(reason)
        else:
            self.table.setCurrentCell(place, 0)
            self.table.setFocus()

    def _row(self) -> Indicator | None:
        return next((row for row in self.plan.indicators if row.id == self.chosen), None) if self.plan else None

    def _code(self) -> str:
        item = self.table.item(self.table.currentRow(), 0)
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def _show(self) -> None:
        row = self._row()
        place = self.model.place_of(self.chosen)
        if place >= 0 and self.list.currentIndex().row() != place:
            self.list.setCurrentIndex(self.model.index(place))
        self.table.setRowCount(0)
        if row is None or self.plan is None:
            return
        self.title.setText(f"{row.id}　{row.name}")
        self.place.setText("　·　".join(part for part in (row.group, row.unit) if part))
        own = self.session.desk.unit.code
        districts = self.session.desk.directory.districts(with_development_area=True)
        units = sorted(districts, key=lambda unit: unit.code != own)
        self.table.setRowCount(len(units))
        decisions = {each.id: each for each in self.plan.decisions}
        for place, unit in enumerate(units):
            decision = decisions.get(f"{row.id}.{unit.code}")
            target = row.target_for(unit.code)
            name = _("{unit}（本单位）").format(unit=unit.short_name) if unit.code == own else unit.short_name
            raw = decision.was or _("（见更正）") if decision else target.raw if target else "/"
            read = target_words(target) if target else _("不涉及")
            for column, words in enumerate((name, raw, read, decision_words(decision, self.plan) if decision else "")):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                if unit.code == own:
                    face = item.font()
                    face.setBold(True)
                    item.setFont(face)
                if column == 0:
                    item.setData(Qt.ItemDataRole.UserRole, unit.code)
                self.table.setItem(place, column, item)
        self.table.resizeRowsToContents()
        self.table.setCurrentCell(0, 0)
        self._show_line()

    def _show_line(self) -> None:
        row, code = self._row(), self._code()
        item = self.table.item(self.table.currentRow(), 0)
        target = row.target_for(code) if row else None
        self.name.setText(_("{unit}应为(&G)").format(unit=item.text()) if item else "")
        self.line.setAccessibleName(self.name.text().replace("(&G)", ""))
        self.line.setText(target.raw if target else "/")
        decisions = self.plan.decisions if self.plan else ()
        self.back.setVisible(row is not None and any(each.id == f"{row.id}.{code}" for each in decisions))
        self._refuse("")

    def _refuse(self, reason: str) -> None:
        self.refusal.setText(reason)
        self.refusal.setVisible(bool(reason))
        self.line.setAccessibleDescription(reason)
        restyle(self.line, "refused", "true" if reason else "false")

    def _picked(self, now: QModelIndex, _before: QModelIndex) -> None:
        line = self.model.line_at(now.row())
        if line is not None and line.key != self.chosen:
            self.choose(line.key)


def _items(plan: Plan, own: str) -> tuple[Line | Heading, ...]:
    found: list[Line | Heading] = []
    changed = corrected(plan)
    for annex in plan.annexes:
        rows = [row for row in plan.indicators if row.annex == annex.number]
        if rows:
            title = _("附件{number}　{title}（{count}）")
            found.append(Heading(title.format(number=annex.number, title=annex.title, count=len(rows))))
        for row in rows:
            target = row.target_for(own)
            said = _("本单位：{words}").format(words=target_words(target)) if target else row.unit
            pill = _("已更正") if row.id in changed else ""
            found.append(Line(row.id, f"{row.id}　{row.name}", said, pill, "changed" if pill else ""))
    return tuple(found)
