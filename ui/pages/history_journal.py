"""The journal of one task or field in one revision: who changed what and when."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.desk import stepping_back, year
from desktop_app.desk.year import Place
from desktop_app.language import _
from desktop_app.model.entry import FIELD_LABELS
from ui.fields.columns import Columns
from ui.fields.reading_table import ReadingTable
from ui.models.plan_words import short
from ui.models.task_list import shown_id
from ui.session import Session


class JournalPane(QWidget):
    """Reads only; the journal never forgets."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._place: Place | None = None
        self.task, self.field = QComboBox(), QComboBox()
        self.task.setAccessibleName(_("哪项任务"))
        self.field.setAccessibleName(_("哪个填报项"))
        self.task.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.field.addItem(_("全部填报项"), None)
        for name, word in FIELD_LABELS.items():
            self.field.addItem(_(word), name)
        self.said = QLabel()
        self.said.setObjectName("muted")
        headings = (_("时间"), _("谁"), _("填报项"), _("原来"), _("改为"))
        self.table = ReadingTable(headings, (3, 4), _("修改日志，新的在上"))
        Columns(self.table, "journal", session.remembered, (3, 4))
        row = QHBoxLayout()
        row.setSpacing(8)
        for title, choice, share in ((_("任务(&K)"), self.task, 3), (_("填报项(&I)"), self.field, 1)):
            label = QLabel(title)
            label.setBuddy(choice)
            row.addWidget(label)
            row.addWidget(choice, share)
            choice.activated.connect(lambda _place: self.read())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(row)
        box.addWidget(self.said)
        box.addWidget(self.table, 1)

    def show_place(self, place: Place | None) -> None:
        """Another revision; the same task stays chosen where it has it."""
        kept = self.task.currentData()
        self._place = place
        self.task.clear()
        for task in year.tasks(self.session.desk, place.period) if place else ():
            self.task.addItem(short(f"{shown_id(task.id)}　{task.title}", 48), task.id)
        self.task.setCurrentIndex(max(0, self.task.findData(kept)))
        self.read()

    def read(self) -> None:
        """Read what the journal has on the choice."""
        place, task, field = self._place, self.task.currentData(), self.field.currentData()
        found: tuple[stepping_back.Written, ...] = ()
        if place is not None and task:
            found = stepping_back.changes(self.session.desk, place.period, task, field, place.revision)
        self.table.show_rows(
            [(f"{row.at:%m-%d %H:%M:%S}", row.actor, _(row.label), _read(row.old), _read(row.new)) for row in found]
        )
        said = _("{count} 次改动。取自填报簿的日志，只增不改。")
        self.said.setText(said.format(count=len(found)) if found else _("没有改动。"))


def _read(text: str) -> str:
    """A status is one of our words; an empty value is a dash."""
    return _(text) if text else "—"
