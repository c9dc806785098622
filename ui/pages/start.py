"""First run in three steps: the unit, the bureau's task table, a key; or everything with the sample plan."""

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.desk import book_work, keys, open_book, take_plan
from desktop_app.desk.desk import Desk
from desktop_app.desk.rebuild import Rebuilt
from desktop_app.errors import ClerkError
from desktop_app.language import _
from ui.background import send, walk
from ui.messages import MessageBar, Messages
from ui.pages.plan import TABLE_FILES
from ui.pages.plan_reading import TableReading
from ui.pages.start_key import KeyStep
from ui.pages.start_unit import UnitStep
from ui.roomy import make_room


class StartPage(QWidget):
    """`ready` carries an open desk that has a task table. A book that has none yet comes in with its unit settled.

    The table and the key can each be put off: a book without a table asks for it again at the next start.
    """

    ready = Signal(object)

    def __init__(
        self,
        book: Path,
        today: date | None,
        messages: Messages,
        desk: Desk | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.book = book
        self.today = today
        self.messages = messages
        self.desk = desk
        self.questions = False  # whether the table taken has questions for a person: then its page comes first
        self.unit = UnitStep((desk.unit,) if desk else open_book.units())
        self.search, self.list = self.unit.search, self.unit.list
        self.table = QPushButton(_("选择任务表并开始…"))
        self.later = QPushButton(_("任务表以后再选，先建密钥(&L)"))
        self.reading = TableReading()
        self.key = KeyStep()
        self._tabled = False  # whether the book has a task table now
        self.sample = QPushButton(_("先用示例任务集试一试"))
        self.rebuild = QPushButton(_("填报簿丢了？从以前签署的月报和回执恢复…"))
        self._lay_out()
        self._connect()
        self._allow()

    def _lay_out(self) -> None:
        title = QLabel(_("欢迎使用月报"))
        title.setObjectName("title")
        words = QLabel(
            _("每月把本单位在污染防治攻坚战行动计划中的任务进展填好、校验、签署、报送。全部在本机完成，不需要网络。")
        )
        words.setWordWrap(True)
        sample_words = QLabel(_("示例任务集不是官方文本，单独存放，不影响以后的正式填报。"))
        sample_words.setObjectName("muted")
        sample_words.setWordWrap(True)
        self.first = self._unit_and_table()
        self.key.hide()
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(44 * card.fontMetrics().horizontalAdvance("月"))
        box = QVBoxLayout(card)
        box.setContentsMargins(28, 22, 28, 22)
        box.setSpacing(9)
        for widget in (title, words, MessageBar(self.messages)):
            box.addWidget(widget)
        box.addWidget(self.first, 1)
        box.addWidget(self.key, 1)
        box.addSpacing(8)
        box.addWidget(sample_words)
        box.addWidget(self.sample)
        box.addWidget(self.rebuild)
        page = QHBoxLayout(self)
        page.setContentsMargins(20, 20, 20, 20)
        page.addStretch(1)
        page.addWidget(card, 8)
        page.addStretch(1)

    def _unit_and_table(self) -> QWidget:
        """The first two steps, which are seen together."""
        table_label = QLabel(_("② 市局发来的任务表（Excel、WPS、Word 或 CSV 文件）"))
        table_label.setObjectName("subtitle")
        self.table.setObjectName("primary")
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(9)
        box.addWidget(self.unit, 1)
        for widget in (table_label, self.table, self.later, self.reading):
            box.addWidget(widget)
        return page

    def event(self, event: QEvent) -> bool:
        """Another step, or a longer sentence: the window grows with it."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            make_room(self)
        return done

    def _connect(self) -> None:
        self.unit.changed.connect(self._allow)
        self.unit.taken.connect(self.table.setFocus)
        self.table.clicked.connect(self._choose_table)
        self.later.clicked.connect(self.put_table_off)
        self.key.done.connect(self._key_done)
        self.reading.brought.connect(self._brought)
        self.reading.failed.connect(self._failed)
        self.reading.cancelled.connect(self._cancelled)
        self.sample.clicked.connect(self.try_sample)
        self.rebuild.clicked.connect(self._choose_reports)
        self.rebuild.setVisible(self.desk is None)

    def take(self, file: Path) -> None:
        """Make the book if need be and read the table; what cannot be read leaves the book without a table."""
        try:
            desk = self._settled()
            if desk is None:
                return
            reading = take_plan.reading(desk, file)
        except ClerkError as problem:
            self.messages.refuse(problem)
            return
        self._set_busy(busy=True)
        self.reading.read(reading)

    def put_table_off(self) -> None:
        """The unit is settled and the key comes next; the table is asked for again."""
        try:
            desk = self._settled()
        except ClerkError as problem:
            self.messages.refuse(problem)
            return
        if desk is not None:
            self._next(desk)

    def _settled(self) -> Desk | None:
        """The book, made for the chosen unit where there is none yet; None where no unit is chosen. ClerkError."""
        if self.desk is None and not self.unit.code:
            self.messages.note(_("请先选定本单位。"))
            return None
        if self.desk is None:
            self.desk = open_book.create(self.book, self.unit.code, today=self.today)
            self.unit.settle(self.desk.unit)
        return self.desk

    def _brought(self, following: Any) -> None:
        self._set_busy(busy=False)
        desk = self.desk
        if desk is None:
            return
        try:
            taken = take_plan.look_at(desk, following)
            if not taken.assigned and not taken.plan.open_questions:
                self.messages.note(_("任务表读入了，但里面没有由本单位主责的任务，请核对是不是选对了文件和单位。"))
                return
        except ClerkError as problem:
            self.messages.refuse(problem)
            return
        self._set_busy(busy=True)
        walk(
            take_plan.taking(desk, taken), self._taken, self._failed, lambda: not isValid(self) or self.desk is not desk
        )

    def _taken(self, taken: take_plan.PlanTaken) -> None:
        self._set_busy(busy=False)
        self.questions = bool(taken.plan.open_questions)
        self._tabled = True
        if self.desk is not None:
            self._next(self.desk)

    def _next(self, desk: Desk) -> None:
        """The key, where the book has none yet; else the month."""
        try:
            known = keys.list_keys(desk)
        except ClerkError as problem:  # a damaged one: 设置 says which
            self.messages.refuse(problem)
            self._go_on("")
            return
        if known:
            self._go_on("")
            return
        self.messages.hush()
        self.ask_for_key(desk)

    def ask_for_key(self, desk: Desk) -> None:
        """Show the third step."""
        self.first.hide()
        self.rebuild.hide()
        self.key.show()
        self.key.ask(desk)

    def _key_done(self, said: str) -> None:
        self._go_on(said)
        if said and self.desk is None and not self.questions:  # which come first, and say so
            self.messages.good(said)

    def _go_on(self, said: str) -> None:
        """To the month; where the table was put off back to it, with what to do about it."""
        if self._tabled and self.desk is not None:
            desk, self.desk = self.desk, None
            self.ready.emit(desk)
            return
        self.key.hide()
        self.first.show()
        self.later.hide()
        self.table.setFocus()
        waits = _("单位已记下。任务表到了，再打开月报从这里选；现在可以关闭窗口，或者先用示例任务集试一试。")
        self.messages.note(f"{said} {waits}".strip())

    def _failed(self, problem: Exception) -> None:
        self._set_busy(busy=False)
        self.messages.refuse(problem)

    def _cancelled(self) -> None:
        self._set_busy(busy=False)
        self.messages.note(_("没有读取，填报簿里什么都没有变。"))

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.search, self.list, self.sample, self.rebuild):
            widget.setEnabled(not busy)
        self._allow(busy=busy)
        if not busy:
            self.table.setFocus()

    def _allow(self, *, busy: bool = False) -> None:
        for button in (self.table, self.later):
            button.setEnabled(not busy and bool(self.unit.code))

    def try_sample(self) -> None:
        """The sample book, apart from the real one; opened again where it is there already."""
        try:
            desk = open_sample(self.book, self.today)
        except ClerkError as problem:
            self.messages.refuse(problem)
            return
        if self.desk is not None:
            self.desk.close()
            self.desk = None
        self.ready.emit(desk)

    def _choose_reports(self) -> None:
        files, _kind = QFileDialog.getOpenFileNames(
            self, _("选择签署的月报和回执，可以一次选许多个"), "", _("PDF 文件 (*.pdf)")
        )
        if files:
            self.rebuild_from([Path(file) for file in files])

    def rebuild_from(self, files: list[Path]) -> None:
        """Make the book again from signed reports, in the background."""
        self._set_busy(busy=True)
        self.messages.note(_("正在逐份核验 {count} 个文件…").format(count=len(files)))
        send(book_work.rebuild(self.book, files, self.today), self._rebuilt, self._failed)

    def _rebuilt(self, found: Rebuilt) -> None:
        if not isValid(self):
            return
        self._set_busy(busy=False)
        left = "；".join(f"{Path(row.file).name}：{row.reason}" for row in found.refused)
        if found.book is None:
            self.messages.note(_("没有一份可以采用的月报，没有建立填报簿。") + left)
            return
        try:
            desk = open_book.open_desk(self.book, today=self.today)
        except ClerkError as problem:
            self.messages.refuse(problem)
            return
        self.ready.emit(desk)
        said = [_("已从 {count} 份月报恢复。").format(count=len(found.months)), *found.notes, *found.missing]
        self.messages.note(" ".join(said) + (_(" 没有采用：{left}").format(left=left) if left else ""))

    def _choose_table(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(
            self, _("选择任务表"), "", _("任务表 ({endings})").format(endings=TABLE_FILES)
        )
        if file:
            self.take(Path(file))


def open_sample(book: Path, today: date | None) -> Desk:
    """The sample book beside the real one."""
    from desktop_app.desk.demo import sample_book

    file = book.with_name("sample.yuebao")
    if file.exists():
        from desktop_app.desk.demo import DAY

        return open_book.open_desk(file, today=today or DAY)
    return sample_book(file, today=today)
