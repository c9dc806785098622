"""The top of every page: whose book, which month, when it is due, and whether what was typed is on disk."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QWidget

from desktop_app.desk import month
from desktop_app.desk.month import MonthView
from desktop_app.language import N_, _
from desktop_app.model.period import Period
from ui.restyle import rename, restyle
from ui.session import Session, months_to_choose
from ui.theme.wearing import WEARING

MARGIN, GAP, BADGE = 16, 10, 26  # px at the edges, between things, and of the badge beside its words
BETWEEN = "　·　"
WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))
BADGES = {"early": "badge", "due": "badgeWarn", "late": "badgeBad", "handed_in": "badgeGood", "handed_in_late": "badge"}


class Header(QFrame):
    """`period_chosen` carries the month to show."""

    period_chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.session = session
        self.unit = QLabel(session.desk.unit.short_name)
        self.unit.setObjectName("unit")
        self.sample = QLabel(_("示例"))
        self.sample.setObjectName("sample")
        self.sample.setToolTip(_("示例任务集（非官方文本），可以随意试填"))
        self.month = QComboBox()
        self.month.setAccessibleName(_("报告期"))
        self.due = QLabel()
        self.mark = QLabel()
        self.mark.setObjectName("saveMark")
        self.mark.setMaximumWidth(430)
        self._saved = ""  # 已保存 with its time, which may take two lines
        self._say_if_only_looking()
        label = QLabel(_("报告期(&T)"))
        label.setBuddy(self.month)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 8, MARGIN, 8)
        row.setSpacing(GAP)
        self._beside = (self.unit, self.sample, label, self.month, self.mark)
        for widget in (self.unit, self.sample, label, self.month, self.due):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.mark)
        self.month.activated.connect(lambda place: self.period_chosen.emit(self.month.itemData(place)))
        session.autosave.mark.connect(self.show_mark)
        session.month_changed.connect(self.show_month)
        WEARING.changed.connect(self._fit)
        self.show_month()

    def show_month(self) -> None:
        """Fill in what the month in view says."""
        view = self.session.view
        self.sample.setVisible(view.plan.sample)
        self.month.clear()
        newest = max(month.latest_period(self.session.desk), view.period)
        for period in months_to_choose(newest, view.plan.year):
            self.month.addItem(period_label(period), period)
        self.month.setCurrentIndex(self.month.findText(period_label(view.period)))
        self._fit()
        self.due.setToolTip(view.due.source)
        rename(self.due, BADGES.get(view.standing.word, "badge"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The badge takes as many lines as it needs beside the rest."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """One line where there is room for it, else a line for each thing it says."""
        words, metrics = due_words(self.session.view), self.due.fontMetrics()
        others = [widget for widget in self._beside if not widget.isHidden()]
        taken = sum(self._wanted(widget) for widget in others) + GAP * (len(others) + 1) + 2 * MARGIN
        lines = words.split(BETWEEN)
        self.due.setMinimumWidth(max(metrics.horizontalAdvance(line) for line in lines) + BADGE)
        whole = metrics.horizontalAdvance(words) + BADGE <= self.width() - taken
        self.due.setText(words if whole else "\n".join(lines))
        if self._saved:
            self.mark.setText(self._saved if whole else "\n".join(self._saved.rsplit(" ", 1)))

    def _wanted(self, widget: QWidget) -> int:
        """Its width in px; that of 已保存 in one line even while it stands in two, or each would make the other."""
        width = widget.sizeHint().width()
        return max(width, self.mark.fontMetrics().horizontalAdvance(self._saved)) if widget is self.mark else width

    def _say_if_only_looking(self) -> None:
        """What is shown is one moment of the book, and nothing that is typed would be kept."""
        seen = self.session.desk.seen_at
        if seen is not None:
            self.mark.setText(_("只读查看 · 这是 {when} 时的内容").format(when=f"{seen:%H:%M:%S}"))
            self.mark.setAccessibleName(self.mark.text())

    def show_mark(self, state: str, text: str) -> None:
        """已保存 10:42:07 only when the book has it; else the plain truth."""
        if self.session.desk.read_only:
            return
        words = {
            "saved": _("✓ 已保存 {when}").format(when=text),
            "typing": _("正在输入…"),
            "unsaved": _("✕ 未保存：{reason}").format(reason=text),
        }.get(state, "")
        restyle(self.mark, "state", state)
        room = self.mark.maximumWidth() - 24
        self._saved = words if state == "saved" else ""
        self.mark.setText(self.mark.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))
        self.mark.setToolTip(words)
        self.mark.setAccessibleName(words)
        self._fit()


def period_label(period: Period) -> str:
    """2023年3月, in the language of the window."""
    return _("{year}年{month}月").format(year=period.year, month=period.month)


def due_words(view: MonthView) -> str:
    """4月6日(周四)截止 · 还有2个工作日 · 建议不晚于4月4日."""
    due, safe, inclusive = view.due.due, view.due.safe, view.due.inclusive
    day = _("{month}月{day}日")
    first = _("{date}（{weekday}）截止") if inclusive else _("须在{date}（{weekday}）之前报送")
    words = [first.format(date=day.format(month=due.month, day=due.day), weekday=_(WEEKDAYS[due.weekday()]))]
    if view.standing.word in ("early", "due"):
        left = view.standing.workdays_left
        words.append(_("还有 {count} 个工作日").format(count=left) if left else _("请今天报送"))
        by = _("建议不晚于 {date}") if inclusive else _("最迟 {date}")
        words.append(by.format(date=day.format(month=safe.month, day=safe.day)))
    else:
        words.append(view.standing.text)
    if not view.due.certain:
        words.append(_("放假通知未到，日期为估计"))
    return BETWEEN.join(words)
