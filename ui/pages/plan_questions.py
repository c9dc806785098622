"""What needs a person: the questions at the left, the chosen one at the right; an answer leads to the next."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import settle_plan
from desktop_app.desk.plan_answers import choice_words
from desktop_app.language import _
from desktop_app.model.plan import Plan, Question
from ui.models.plan_lines import Line, PlanLines
from ui.models.plan_paint import PlanPaint
from ui.models.plan_words import short
from ui.models.task_list import Heading
from ui.pages.plan_question_card import QuestionCard
from ui.session import Session


class QuestionsPane(QWidget):
    """`finished` asks for the list of tasks when nothing is left to answer."""

    finished = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.plan: Plan | None = None
        self.chosen = ""
        self.model = PlanLines(self)
        self.list = QListView()
        self.offers = QPushButton()
        self.card = QuestionCard()
        self.all_done = QLabel()
        self.up = QPushButton(_("上一个　Alt+↑"))
        self.down = QPushButton(_("下一个　Alt+↓"))
        self.take = QPushButton(_("采用这个答复　Enter"))
        self.take.setObjectName("primary")
        self.onward = QPushButton(_("去看任务"))
        self.onward.setObjectName("primary")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(PlanPaint(self.list))
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("要由人确认的问题"))
        left = QWidget()
        left.setMinimumWidth(280)
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(7)
        box.addWidget(self.offers)
        box.addWidget(self.list, 1)
        split = QSplitter()
        split.setHandleWidth(10)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self._right())
        split.setSizes([340, 700])
        split.setStretchFactor(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(split)

    def _right(self) -> QFrame:
        self.area = QScrollArea()
        self.area.setObjectName("form")
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.card)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.all_done.setWordWrap(True)
        self.all_done.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 8, 14, 8)
        bar.setSpacing(8)
        bar.addWidget(self.up)
        bar.addWidget(self.down)
        bar.addStretch(1)
        bar.addWidget(self.onward)
        bar.addWidget(self.take)
        made = QFrame()
        made.setObjectName("card")
        box = QVBoxLayout(made)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addWidget(self.all_done, 1)
        box.addWidget(self.area, 1)
        box.addLayout(bar)
        return made

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (self.offers, self.take, self.card.offer, self.card.own, self.card.line)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._picked)
        self.list.activated.connect(lambda _index: self.card.focus_first())
        self.card.answered.connect(self._answer)
        self.take.clicked.connect(self.card.take)
        self.up.clicked.connect(lambda: self.step(-1))
        self.down.clicked.connect(lambda: self.step(1))
        self.onward.clicked.connect(self.finished)
        self.offers.clicked.connect(self.accept_offers)
        for keys, slot in (
            ("Alt+Up", lambda: self.step(-1)),
            ("Alt+Down", lambda: self.step(1)),
            ("Alt+Y", self.card.take_offer),
        ):
            QShortcut(keys, self, slot)

    def show_plan(self, plan: Plan) -> None:
        """The questions as they stand now; the chosen one stays chosen."""
        if self.plan is not None and plan.id != self.plan.id:
            self.card.tell_last("")
            self.chosen = ""
        self.plan = plan
        kept = self.chosen
        self.model.set_items(_items(plan))
        offered = sum(each.offered is not None for each in plan.open_questions)
        self.offers.setVisible(offered > 1)
        self.offers.setText(_("全部采用以往答复（{count} 个）").format(count=offered))
        self.chosen = ""
        known = [each.id for each in plan.questions]
        self.choose(kept if kept in known else next((each.id for each in _in_order(plan)), ""))

    def choose(self, key: str) -> None:
        """Show one question; "" says that there is none."""
        question = self._question(key)
        none_left = self.plan is None or not self.plan.open_questions
        self.area.setVisible(question is not None)
        self.all_done.setVisible(question is None)
        self.take.setVisible(question is not None)
        self.onward.setVisible(none_left)
        # Only one button may be the next step: with nothing left open it is the way on.
        self.take.setObjectName("" if none_left else "primary")
        self.take.style().unpolish(self.take)
        self.take.style().polish(self.take)
        self.all_done.setText(_("✓ 没有要由人确认的问题。"))
        for button in (self.up, self.down):
            button.setEnabled(question is not None)
        if question is None or self.plan is None:
            return
        self.chosen = key
        self.take.setText(_("采用这个答复　Enter") if question.answer is None else _("改成这个答复　Enter"))
        self.card.show_question(question, self.plan)
        self.area.verticalScrollBar().setValue(0)
        place = self.model.place_of(key)
        if place >= 0 and self.list.currentIndex().row() != place:
            self.list.setCurrentIndex(self.model.index(place))

    def step(self, step: int) -> None:
        """The neighbour in the list."""
        there = self.model.line_at(self.model.neighbour(self.model.place_of(self.chosen), step))
        if there is not None and there.key != self.chosen:
            self.card.tell_last("")
            self.choose(there.key)
            self.card.focus_first()

    def focus_first(self) -> None:
        """The cursor on what is to be decided."""
        (self.card.focus_first if self.chosen else self.onward.setFocus)()

    def accept_offers(self) -> None:
        """Answer all as the same words were answered before."""
        if self.plan is None:
            return
        plan_id = self.plan.id
        count = sum(each.offered is not None for each in self.plan.open_questions)
        self.chosen = ""
        reason = self.session.settle(partial(settle_plan.accept_offers, self.session.desk, plan_id=plan_id))
        if reason:
            self.card.refuse(reason)
            return
        self.card.tell_last(_("✓ 采用了 {count} 个以往答复，都列在「已确认」里，可以改。").format(count=count))
        self.focus_first()

    def _answer(self, choice: str) -> None:
        question = self._question(self.chosen)
        if self.plan is None or question is None:
            return
        onward = _next_open(self.plan, question.id) if question.answer is None else question.id
        reason = self.session.settle(partial(settle_plan.answer, self.session.desk, question.id, choice, self.plan.id))
        if reason:
            self.card.refuse(reason)
            self.card.line.setFocus()
            return
        self.card.tell_last(
            _("✓ {task} 已记下：{choice}").format(
                task=question.task or question.place, choice=short(choice_words(choice, question), 60)
            )
        )
        fresh = self._question(onward)
        if fresh is None and self.plan.open_questions:
            fresh = self.plan.open_questions[0]
        self.choose(fresh.id if fresh else self.chosen)
        if self.plan.open_questions:
            self.card.focus_first()
        else:
            self.onward.setFocus()

    def _question(self, key: str) -> Question | None:
        return next((each for each in self.plan.questions if each.id == key), None) if self.plan else None

    def _picked(self, now: QModelIndex, _before: QModelIndex) -> None:
        line = self.model.line_at(now.row())
        if line is not None and line.key != self.chosen:
            self.card.tell_last("")
            self.choose(line.key)


def _in_order(plan: Plan) -> list[Question]:
    """Open ones first, those about a whole table before the rest: they may settle others."""
    still = sorted(plan.open_questions, key=lambda each: each.kind != "header")
    return [*still, *(each for each in plan.questions if each.answer is not None)]


def _items(plan: Plan) -> tuple[Line | Heading, ...]:
    still = [each for each in _in_order(plan) if each.answer is None]
    done = [each for each in plan.questions if each.answer is not None]
    found: list[Line | Heading] = []
    if still:
        found += [Heading(_("要由人确认（{count}）").format(count=len(still)))]
        found += [_line(each, _("有以往答复") if each.offered is not None else _("待确认"), "open") for each in still]
    if done:
        found += [Heading(_("已确认（{count}）").format(count=len(done)))]
        found += [_line(each, _("✓ 已答"), "good") for each in done]
    return tuple(found)


def _line(question: Question, pill: str, tone: str) -> Line:
    place = question.task or question.place
    said = choice_words(question.answer, question) if question.answer is not None else question.place
    return Line(question.id, f"{place}　{short(question.subject) or short(question.words)}", said, pill, tone)


def _next_open(plan: Plan, key: str) -> str:
    """The question after this one, round the end, that is still open; "" where there is none."""
    ids = [each.id for each in _in_order(plan) if each.answer is None]
    if key not in ids:
        return ids[0] if ids else ""
    at = ids.index(key)
    rest = [*ids[at + 1 :], *ids[:at]]
    return rest[0] if rest else ""
