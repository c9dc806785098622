"""校验阈值: the bounds of the checks, in plain words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from desktop_app.desk import settings
from desktop_app.language import _
from ui.fields.number_field import NumberField
from ui.pages.settings_card import SettingsCard
from ui.session import Session


class ThresholdsCard(SettingsCard):
    """A figure counts when the field is left; one that makes no sense is refused and the old one comes back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session, _("校验阈值"), _("各处掌握的尺度不同，可按本单位的要求调整；收文方复核时仍按默认值。"), parent
        )
        self.fields: dict[str, NumberField] = {}
        self.usual: dict[str, QLabel] = {}
        self.restore = QPushButton(_("全部恢复默认(&O)"))
        self._lay_out()
        self.restore.clicked.connect(self.restore_defaults)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(7)
        for place, setting in enumerate(self._settings()):
            field = NumberField()
            field.setFixedWidth(84)
            field.setAccessibleName(setting.meaning)
            field.left.connect(lambda name=setting.name: self.keep(name))
            field.returnPressed.connect(lambda name=setting.name: self.keep(name))
            label, usual = QLabel(setting.meaning), QLabel()
            label.setWordWrap(True)
            label.setBuddy(field)
            usual.setObjectName("muted")
            grid.addWidget(label, place, 0)
            grid.addWidget(field, place, 1)
            grid.addWidget(usual, place, 2)
            self.fields[setting.name], self.usual[setting.name] = field, usual
        grid.setColumnStretch(0, 1)
        self.box.addLayout(grid)
        self.box.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignRight)

    def show_values(self) -> None:
        """Read everything from the book."""
        found = self._settings()
        for setting in found:
            self.fields[setting.name].show_text(setting.value)
            self.usual[setting.name].setText(_("默认 {value}").format(value=setting.default))
        self.restore.setEnabled(any(setting.value != setting.default for setting in found))

    def keep(self, name: str) -> None:
        """Settle one figure as it stands in its field; an empty field takes the default."""
        text = self.fields[name].text().strip()
        before = next(setting.value for setting in self._settings() if setting.name == name)
        if text == before:
            return
        desk = self.session.desk
        if self.session.attempt(lambda: settings.change(desk, name, text or settings.DEFAULT)):
            self.session.refresh()
        self.show_values()

    def restore_defaults(self) -> None:
        """All figures as they were at first."""
        desk = self.session.desk
        if self.session.attempt(lambda: settings.restore_thresholds(desk)):
            self.session.refresh()

    def _settings(self) -> tuple[settings.Setting, ...]:
        found = settings.settings(self.session.desk)
        return tuple(setting for setting in found if setting.name.startswith(settings.THRESHOLDS))
