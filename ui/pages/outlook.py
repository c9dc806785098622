"""全年预测: every task's curve as a small chart, where its pace leads, and what will miss its date, to be handed on."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop_app.desk import last_year_archive, outlook_list, set_back
from desktop_app.desk.outlook import METHOD, outlook, share
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.outlook import ArchivedCourses, Outlook, TaskOutlook
from desktop_app.model.plain import decimal_text
from ui.fields.columns import Columns
from ui.fields.reading_table import ReadingTable
from ui.fields.small_year import SmallYears, YearPicture
from ui.file_choice import SHEET_OR_PAGES, file_to_write
from ui.models.outlook_lines import SIGNS, actual, cells, title, words
from ui.models.task_list import shown_id
from ui.roomy import scrolling
from ui.session import Session
from ui.theme.tints import tint

ROWS = 4  # of the list, its head among them
FOLDER = "archive_folder"  # where the archives lay the last time
LIST = 150  # px of the list to begin with, and twice that of the charts


class OutlookPane(QWidget):
    """Read when looked at, from signed months only; a task under the cursor of the list is marked among the charts."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.year = 0
        self.tasks: tuple[TaskOutlook, ...] = ()
        self.said, self.legend = _quiet(), _quiet()
        self.words = _quiet()
        self.method = _quiet()
        self.method.setText(_(METHOD))
        headings = (_("任务"), _("名称"), _("累计 / 目标"), _("年底推算"), _("每月需"), _("判断"))
        self.table = ReadingTable(headings, (1,), _("各项任务，预计完不成的在前"))
        Columns(self.table, "outlook", session.remembered, (1,), sorts=False)  # what needs most stands first
        self.charts = SmallYears()
        self.area = scrolling(self.charts)
        self.save = QPushButton(_("导出清单…"))
        self.paper = QPushButton(_("打印曲线图…"))
        self.last = QPushButton(_("上年归档(&A)…"))
        self.last.setToolTip(_("填报簿里没有上一年的，选上一年的归档文件夹；核对无误后记住"))
        self.no_last = QPushButton(_("不用这份归档"))
        self._lay_out()
        self.table.currentCellChanged.connect(lambda row, *_rest: self._at(row))
        self.charts.clicked.connect(lambda place: self.table.setCurrentCell(place, 0))
        self.save.clicked.connect(self._choose_list)
        self.paper.clicked.connect(self._choose_chart)
        self.last.clicked.connect(self._choose_last)
        self.no_last.clicked.connect(self.forget_last)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.legend, 1)
        for button in (self.save, self.paper):
            head.addWidget(button)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(self.area)
        halves.setSizes([LIST, LIST * 2])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(head)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.said, 1)
        for button in (self.no_last, self.last):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(line)
        box.addWidget(halves, 1)
        box.addWidget(self.words)
        box.addWidget(self.method)

    def show_year(self, wanted: int) -> None:
        """Another year, or the same afresh; where there is nothing to read, that is said."""
        self.year = wanted
        try:
            self._fill(outlook(self.session.desk, wanted))
        except ClerkError as problem:
            self.tasks = ()
            self.said.setText(str(problem))
            self.words.clear()
            self.table.show_rows(())
            self.charts.draw(())
        for widget in (self.table, self.area, self.method, self.words):
            widget.setVisible(bool(self.tasks))
        self.legend.setText(_("─ 实际　┄ 序时　▷ 推算　··· 上年") if self.tasks else "")
        for button in (self.save, self.paper):
            button.setEnabled(bool(self.tasks))
        kept = last_year_archive.kept_courses(self.session.desk, wanted - 1)
        if kept is not None and not self.tasks:
            self.said.setText(" ".join((self.said.text(), *outlook_list.archive_words(kept))))
        self.no_last.setVisible(kept is not None)
        for button in self.writers:
            button.setEnabled(not self.session.desk.read_only)

    @property
    def writers(self) -> tuple[QPushButton, ...]:
        """What changes the book."""
        return (self.last, self.no_last)

    def take_last(self, folder: Path) -> None:
        """Verify last year's archive in the background and keep its figures; a refusal is said and changes nothing."""
        session, wanted = self.session, self.year
        looks: list[last_year_archive.Look] = []
        if session.attempt(lambda: looks.append(last_year_archive.looking(session.desk, wanted - 1, folder))):
            words = _("正在核对归档「{folder}」。").format(folder=folder.name)
            session.work.start(words, lambda stop: looks[0](stop.here), lambda found: self._took_last(found, wanted))

    def _took_last(self, found: ArchivedCourses, wanted: int) -> None:
        back = set_back.way_back(self.session.desk, last_year_archive.key(found.year))
        if self.session.attempt(lambda: last_year_archive.keep(self.session.desk, found)):
            said = " ".join(outlook_list.archive_words(found))
            self.session.messages.good(said, (_("撤回"), lambda: self._back(back, wanted)))
            self.show_year(self.year)

    def forget_last(self) -> None:
        """Not any more; one click brings it back."""
        desk, wanted = self.session.desk, self.year
        back = set_back.way_back(desk, last_year_archive.key(wanted - 1))
        if self.session.attempt(lambda: last_year_archive.forget(desk, wanted - 1)):
            self.session.messages.note(_("不再用这份归档。"), (_("撤回"), lambda: self._back(back, wanted)))
            self.show_year(wanted)

    def _back(self, back: Callable[[], None], wanted: int) -> None:
        if self.session.attempt(back):
            self.show_year(wanted)

    def _choose_last(self) -> None:
        title = _("选{year}年的归档文件夹").format(year=self.year - 1)
        folder = QFileDialog.getExistingDirectory(self, title, self.session.remembered.text(FOLDER))
        if folder:
            self.session.remembered.keep(**{FOLDER: str(Path(folder).parent)})
            self.take_last(Path(folder))

    def _fill(self, found: Outlook) -> None:
        first = outlook_list.missing(found)
        self.tasks = (*first, *(task for task in found.tasks if task not in first))
        self.said.setText(" ".join((outlook_list.said(found), *outlook_list.compared_words(found))))
        self.charts.draw([_picture(task) for task in self.tasks])
        self.table.show_rows([cells(task) for task in self.tasks])
        for row, task in enumerate(self.tasks):
            if item := self.table.item(row, self.table.columnCount() - 1):
                tint(item, SIGNS[task.standing][1])
        if self.charts.charts:  # however large the letters are: a few rows, and the whole of one chart
            self.table.setMinimumHeight(ROWS * self.table.verticalHeader().minimumSectionSize())
            self.area.setMinimumHeight(self.charts.charts[0].sizeHint().height() + 2)
        self._at(0)

    def _at(self, row: int) -> None:
        """Say all of the task under the cursor, and show its chart."""
        self.words.setText(words(self.tasks[row]) if 0 <= row < len(self.tasks) else "")
        chart = self.charts.choose(row)
        if chart is not None and self.isVisible():
            self.area.ensureWidgetVisible(chart)

    def save_list(self, file: Path) -> None:
        """Write the list to a workbook, or to pages that are opened for printing."""
        if self.session.attempt(lambda: outlook_list.write_list(self.session.desk, self.year, file)):
            self._written(file)

    def save_chart(self, file: Path) -> None:
        """Write the curves to one page that is opened for printing."""
        if self.session.attempt(lambda: outlook_list.write_chart(self.session.desk, self.year, file)):
            self._written(file)

    def _written(self, file: Path) -> None:
        self.session.messages.good(_("已存到 {file}。").format(file=file))
        if file.suffix.lower() == ".pdf":
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _choose_list(self) -> None:
        name = f"{self.session.desk.unit.short_name}{self.year}{_('全年预测')}.xlsx"
        file = file_to_write(self, _("导出清单"), name, SHEET_OR_PAGES)
        if file is not None:
            self.save_list(file)

    def _choose_chart(self) -> None:
        name = f"{self.session.desk.unit.short_name}{self.year}{_('进度图')}.pdf"
        file = file_to_write(self, _("打印曲线图"), name, {".pdf": "PDF (*.pdf)"})
        if file is not None:
            self.save_chart(file)


def _quiet() -> QLabel:
    label = QLabel()
    label.setObjectName("muted")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _picture(task: TaskOutlook) -> YearPicture:
    """The small chart of one task."""
    name = f"{shown_id(task.id)} {title(task)}（{decimal_text(task.target)}{task.unit}）"
    sign = SIGNS[task.standing][0]
    need = _("　每月需 {needed}").format(needed=decimal_text(task.needed)) if task.needed else ""
    band = task.forecast
    return YearPicture(
        name,
        f"{sign} {actual(task)}{need}",
        words(task),
        ((0, 0.0), *((month, float(percent)) for month, percent in task.schedule)),
        tuple((month, float(percent)) for month, percent in task.points),
        tuple((month, float(percent)) for month, percent in task.last_year.percents) if task.last_year else (),
        None if band is None else tuple(float(share(each, task.target)) for each in (band.low, band.mid, band.high)),  # type: ignore[arg-type]
    )
