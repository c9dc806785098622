"""宣传公开: the year's register of what was done in public, and the year's public edition."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk import activities, public_edition
from desktop_app.desk.signed_months import years
from desktop_app.language import _
from desktop_app.model.activity import ACTIVITY_WORDS, Activity
from desktop_app.model.period import Period
from ui.fields.columns import Columns
from ui.fields.reading_table import ReadingTable
from ui.file_choice import file_to_write
from ui.pages.leaks_box import LeaksBox
from ui.session import Session

_ALL = 0  # the whole year, in the list of months
_WIDE = (2, 4)


class PublicityPane(QWidget):
    """Read when looked at. `register` asks for the dialog: of an activity to correct, or of a month for a new one."""

    register = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.year = 0
        self.found: tuple[Activity, ...] = ()
        self.month = QComboBox()
        self.month.setAccessibleName(_("哪个月的登记"))
        self.month.addItem(_("全年"), _ALL)
        for number in range(1, 13):
            self.month.addItem(_("{month}月").format(month=number), number)
        self.add = QPushButton(_("登记(&A)…"))
        self.correct = QPushButton(_("更正(&G)…"))
        self.remove = QPushButton(_("取消登记(&X)"))
        heads = (_("日期"), _("种类"), _("标题"), _("渠道"), _("链接或文号"))
        self.table = ReadingTable(heads, _WIDE, _("宣传公开登记"))
        Columns(self.table, "publicity", session.remembered, _WIDE)
        self.said = QLabel()
        self.leaks = LeaksBox(session)
        self.save = QPushButton(_("导出全年公开版(&E)…"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        title = QLabel(_("月份(&M)"))
        title.setBuddy(self.month)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self.month)
        head.addStretch(1)
        for button in (self.add, self.correct, self.remove):
            head.addWidget(button)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(head)
        box.addWidget(self.table, 1)
        box.addLayout(foot)
        box.addWidget(self.leaks)

    def _connect(self) -> None:
        self.month.activated.connect(lambda _place: self.read())
        self.table.currentCellChanged.connect(lambda *_cell: self._enable())
        self.table.activated.connect(lambda _index: self.ask_about())
        self.add.clicked.connect(lambda: self.register.emit(self._month_for_new()))
        self.correct.clicked.connect(self.ask_about)
        self.remove.clicked.connect(self.take_off)
        self.leaks.changed.connect(self.look)
        self.leaks.activity.connect(lambda number: self.choose(number))
        self.save.clicked.connect(self._choose_file)

    def show_year(self, wanted: int) -> None:
        """Another year, or the same afresh."""
        self.year = wanted
        self.read()
        self.look()

    def choose(self, number: int, period: Period | None = None) -> None:
        """The cursor on one activity; where there is no such number, on those of a month."""
        in_view = period.month if period and period.year == self.year and not number else _ALL
        self.month.setCurrentIndex(self.month.findData(in_view))
        self.read(number)
        self.table.setFocus()

    def read(self, number: int = 0) -> None:
        """The register of the year, or of the month that is chosen."""
        kept = number or (self.activity.number if self.activity else 0)
        month = self.month.currentData()
        period = Period(self.year, month) if month else None
        self.found = ()
        found = activities.of_year(self.session.desk, self.year, period)
        self.table.show_rows(
            [
                (each.day.isoformat(), _(ACTIVITY_WORDS[each.kind]), _title(each), each.channel, each.link)
                for each in found
            ]
        )
        self.found = found
        places = [place for place, each in enumerate(found) if each.number == kept]
        if found:
            self.table.setCurrentCell(places[0] if places else 0, 0)
        self._enable()

    @property
    def activity(self) -> Activity | None:
        """The one under the cursor."""
        at = self.table.currentRow()
        return self.found[at] if 0 <= at < len(self.found) else None

    def ask_about(self) -> None:
        """Correct the one under the cursor."""
        if self.activity is not None and not self.session.desk.read_only:
            self.register.emit(self.activity)

    def take_off(self) -> None:
        """Take the one under the cursor off the register; one click brings it back."""
        gone = self.activity
        if gone is not None and self.session.attempt(lambda: activities.remove(self.session.desk, gone.number)):
            self._told(_("已取消登记：{title}").format(title=gone.title), gone.number)

    def kept(self, now: Activity, was: Activity | None) -> None:
        """The dialog has kept one: entered, or corrected where something was altered."""
        if was is not None and now.told == was.told:
            return
        if now.period.year == self.year and self.month.currentData() not in (_ALL, now.period.month):
            self.month.setCurrentIndex(self.month.findData(_ALL))
        said = _("已更正：{title}") if was else _("已登记：{title}")
        self._told(said.format(title=now.title), now.number)

    def look(self) -> None:
        """What the year's public edition would give away."""
        found = self.leaks.look_again(self.year) if self.year in years(self.session.desk) else None
        if found is None:
            self._say("muted", _("签署至少一个月以后，可以导出全年公开版。"))
            self.leaks.hide()
            self.save.setEnabled(False)
            return
        count = len(found.left)
        if count:
            self._say("badgeWarn", _("全年公开版查出 {count} 处不宜公开，处理完才能导出。").format(count=count))
        else:
            said = _("全年公开版取自 {month} 的月报和全年登记，没有查出不宜公开的内容。")
            self._say("muted", said.format(month=found.month.spoken))
        self.save.setEnabled(not count)

    def save_year(self, file: Path) -> None:
        """Write the year's public edition and open it."""
        if self.session.attempt(lambda: public_edition.year(self.session.desk, self.year, file)):
            self.session.messages.good(_("全年公开版已存到 {file}。").format(file=file))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _told(self, said: str, number: int) -> None:
        self.read(number)
        self.look()
        self.session.messages.good(said, (_("撤回"), lambda: self._back(number)))

    def _back(self, number: int) -> None:
        if self.session.attempt(lambda: activities.undo(self.session.desk, number)):
            self.read(number)
            self.look()
            self.session.messages.good(_("已撤回。"))

    def _month_for_new(self) -> Period:
        month = self.month.currentData()
        here = self.session.period
        return Period(self.year, month or (here.month if here.year == self.year else 12))

    def _say(self, name: str, text: str) -> None:
        self.said.setObjectName(name)
        self.said.setText(text)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)

    def _enable(self) -> None:
        writable = not self.session.desk.read_only
        self.add.setEnabled(writable)
        for button in (self.correct, self.remove):
            button.setEnabled(writable and self.activity is not None)

    def _choose_file(self) -> None:
        name = _("{unit}{year}年工作进展（公开版）.pdf").format(unit=self.session.desk.unit.short_name, year=self.year)
        file = file_to_write(self, _("导出全年公开版"), name, {".pdf": "PDF (*.pdf)"})
        if file is not None:
            self.save_year(file)


def _title(done: Activity) -> str:
    return _("{title}（任务 {task}）").format(title=done.title, task=done.task) if done.task else done.title
