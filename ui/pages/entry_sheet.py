"""The fields of one task's entry and how they lie on the page. What typing does is the form's affair."""

from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.desk.month import Row
from desktop_app.language import _
from desktop_app.model.disclosure import FIGURES, MARKED, NARRATIVE, NEXT_STEPS
from desktop_app.model.entry import NUMBER_FIELDS, Entry
from ui.fields.evidence_field import EvidenceField
from ui.fields.field_box import FieldBox
from ui.fields.finding_notes import FindingNotes
from ui.fields.flow import Flow, Shelf
from ui.fields.number_field import NumberField
from ui.fields.public_mark import PublicMark
from ui.fields.status_field import StatusField
from ui.fields.text_field import TextField
from ui.pages.figures import figure
from ui.pages.plan_flags import PlanFlags
from ui.pages.task_head import TaskHead

TEXTS = {"narrative": 3, "problems": 2, "next_steps": 2, "coordination": 1}
ROW = ("status", *NUMBER_FIELDS)
_NEVER_PUBLIC = ("problems", "coordination", "evidence")


class EntrySheet(QWidget):
    """Head, figures in one row with their sentences below, words, evidence; shown, locked and narrowed here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = TaskHead()
        self.flags = PlanFlags()
        self.reason = QLabel()
        self.reason.setObjectName("badgeWarn")
        self.reason.setWordWrap(True)
        self.task_notes = FindingNotes()
        self.boxes: dict[str, FieldBox] = {}
        self.status = StatusField()
        self.numbers = {name: NumberField() for name in NUMBER_FIELDS}
        self.texts = {name: TextField(lines) for name, lines in TEXTS.items()}
        self.texts["nil_reason"] = TextField(1)
        self.nil = QCheckBox(_("本月无新增进展（零报告）　Ctrl+0"))
        self.evidence = EvidenceField()
        self.borrow = QPushButton(_("沿用上月文字　Alt+Y"))
        self.stand = QPushButton(_("确认沿用　Alt+Q"))
        self.record = QPushButton(_("修改记录　Alt+H"))
        self.marks = {field: PublicMark(field, short=field == FIGURES) for field in MARKED}
        self.figures_public = QWidget()
        self._required = False
        self.keys = QLabel(_("Enter：下一项的同一格"))
        self._make_boxes()
        self._lay_out()

    def _make_boxes(self) -> None:
        labels = {
            "status": _("进展状态(&S)"),
            "this_month": _("本月完成(&M)"),
            "cumulative": _("累计完成(&L)"),
            "percent": _("完成率%(&R)"),
            "under_way": _("在施(&Z)"),
            "nil_reason": _("零报告原因(&0)"),
            "narrative": _("本月进展(&J)"),
            "problems": _("存在问题（原因）(&W)"),
            "next_steps": _("下一步工作安排(&X)"),
            "coordination": _("需市级协调事项(&C)"),
            "evidence": _("佐证材料(&E)"),
        }
        fields: dict[str, QWidget] = {"status": self.status, "evidence": self.evidence, **self.numbers, **self.texts}
        for name, label in labels.items():
            self.boxes[name] = FieldBox(label, fields[name], narrow=name in ROW)
        self.evidence.attach.setAccessibleName(_("附加佐证材料"))
        self.nil.toggled.connect(lambda _on: self._demand())

    def _lay_out(self) -> None:
        figures = Shelf(10)
        for name in ROW:
            figures.addWidget(self.boxes[name])
        figures.addWidget(self.figures_public)
        self._lay_out_mark()
        for button in (self.borrow, self.stand):
            button.setObjectName("chip")
            self.boxes["narrative"].beside_label(button)
        for field in (NARRATIVE, NEXT_STEPS):
            self.boxes[field].beside_label(self.marks[field])
        for name in _NEVER_PUBLIC:
            self.boxes[name].aside.setText(_("内部"))
            self.boxes[name].aside.setToolTip(_("公开版从来不印这一栏"))
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 10, 16, 10)
        page.setSpacing(8)
        for widget in (self.head, self.flags, self.reason, self.task_notes):
            page.addWidget(widget)
        page.addLayout(figures)
        words = QVBoxLayout()
        words.setSpacing(0)
        for name in ROW:
            words.addWidget(self.boxes[name].words)
        page.addLayout(words)
        self.keys.setObjectName("muted")
        self.record.setObjectName("chip")
        self.record.setToolTip(_("谁在什么时候把什么改成了什么；在一项里按 Ctrl+Z 可以一步步退回"))
        nil = Flow(10)
        nil.addWidget(self.nil)
        nil.to_the_right(self.keys, self.record)
        page.addLayout(nil)
        for name in ("nil_reason", *TEXTS, "evidence"):
            page.addWidget(self.boxes[name])
        page.addStretch(1)

    def _lay_out_mark(self) -> None:
        """The mark of all figures, after the last of them."""
        title = QLabel(_("数字"))
        title.setObjectName("muted")
        self.figures_public.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        box = QVBoxLayout(self.figures_public)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(title)
        box.addWidget(self.marks[FIGURES])

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        words = (*self.numbers.values(), *self.texts.values())
        return (self.status, *words, self.nil, self.borrow, self.stand, self.evidence.attach, self.flags.confirm)

    def show_entry(self, entry: Entry) -> None:
        """Every field as the book has it."""
        self.status.show_status(entry.status)
        for name, line in self.numbers.items():
            line.show_text(figure(getattr(entry, name)))
        for name, text_field in self.texts.items():
            text_field.show_text(getattr(entry, name))
        self.nil.setChecked(entry.nil)
        self.boxes["nil_reason"].setVisible(entry.nil)

    def show_refused(self, typed: dict[str, object], reasons: dict[str, str]) -> None:
        """Over it what was typed and could not be saved, and why."""
        for name, value in typed.items():
            if name in self.numbers:
                self.numbers[name].show_text(str(value))
            elif name in self.texts:
                self.texts[name].show_text(str(value))
        for name, box in self.boxes.items():
            box.refuse(reasons.get(name, ""))

    def show_extent(self, row: Row) -> None:
        """Tasks without an amount have no figures, unless some were filled in."""
        self._required = row.required
        self._demand()
        shown = row.target is not None or any(getattr(row.entry, name) is not None for name in NUMBER_FIELDS)
        unit = row.target.unit if row.target else ""
        self.keys.setVisible(shown)
        self.figures_public.setVisible(shown)
        for name in NUMBER_FIELDS:
            self.boxes[name].setVisible(shown)
            self.boxes[name].words.setVisible(shown)
            self.boxes[name].aside.setText(unit if name != "percent" else "")

    def lock(self, *, locked: bool, reason: str) -> None:
        """Let it be written in, or only read; the reason stands above it."""
        for line in self.numbers.values():
            line.setReadOnly(locked)
        for text_field in self.texts.values():
            text_field.setReadOnly(locked)
        self.status.setEnabled(not locked)
        self.nil.setEnabled(not locked)
        self.evidence.set_writable(writable=not locked)
        self.reason.setVisible(bool(reason))
        self.reason.setText(reason)

    def _demand(self) -> None:
        """Status and words, or the reason why there are none."""
        nil = self.nil.isChecked()
        for name, asked in (("status", not nil), ("narrative", not nil), ("nil_reason", nil)):
            self.boxes[name].require(required=self._required and asked)
