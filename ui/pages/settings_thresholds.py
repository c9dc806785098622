"""校验阈值: the bounds of the checks, in plain words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QWidget

from desktop_app.desk import set_back, settings
from desktop_app.language import _
from ui.fields.number_field import NumberField
from ui.pages.settings_card import SettingsCard
from ui.session import Session


class ThresholdsCard(SettingsCard):
    """A figure counts when the field is left; one that makes no sense is refused and the old one comes back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            _("校验阈值"),
            _("各处掌握的尺度不同，可按要求调整；调整过的阈值随月报一起报送，收文方复核时用同样的，并会看到不同之处。"),
            parent,
        )
        self.fields: dict[str, NumberField] = {}
        self.choices: dict[str, QComboBox] = {}
        self.usual: dict[str, QLabel] = {}
        self._shown: dict[str, str] = {}
        self.restore = QPushButton(_("全部恢复默认(&O)"))
        self._lay_out()
        self.restore.clicked.connect(self.restore_defaults)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(7)
        for place, setting in enumerate(self._settings()):
            field = self._choice(setting) if setting.choices else self._figure(setting)
            field.setAccessibleName(setting.meaning)
            label, usual = QLabel(setting.meaning), QLabel()
            label.setWordWrap(True)
            label.setBuddy(field)
            usual.setObjectName("muted")
            grid.addWidget(label, place, 0)
            grid.addWidget(field, place, 1)
            grid.addWidget(usual, place, 2)
            self.usual[setting.name] = usual
        grid.setColumnStretch(0, 1)
        self.box.addLayout(grid)
        self.box.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignRight)

    def _figure(self, setting: settings.Setting) -> NumberField:
        field = self.fields[setting.name] = NumberField()
        field.setFixedWidth(84)
        field.left.connect(lambda name=setting.name: self.keep(name))
        field.returnPressed.connect(lambda name=setting.name: self.keep(name))
        return field

    def _choice(self, setting: settings.Setting) -> QComboBox:
        field = self.choices[setting.name] = QComboBox()
        for value, label in setting.choices:
            field.addItem(label, value)
        field.activated.connect(lambda _index, name=setting.name: self._settle(name, self.choices[name].currentData()))
        return field

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (*self.fields.values(), *self.choices.values(), self.restore)

    def show_values(self) -> None:
        """Read everything from the book."""
        found = self._settings()
        self._shown = {setting.name: setting.value for setting in found}
        for setting in found:
            usual = dict(setting.choices).get(setting.default, setting.default)
            self.usual[setting.name].setText(_("默认 {value}").format(value=usual))
            if setting.choices:
                box = self.choices[setting.name]
                box.setCurrentIndex(box.findData(setting.value))
            else:
                self.fields[setting.name].show_text(setting.value)
        self.restore.setEnabled(any(setting.value != setting.default for setting in found))

    def keep(self, name: str) -> None:
        """Settle one figure as it stands in its field; an empty field takes the default."""
        self._settle(name, self.fields[name].text().strip())

    def _settle(self, name: str, text: str) -> None:
        if text == self._shown.get(name):  # asked of no book: a field is left, too, when the window closes
            return
        desk = self.session.desk
        if self.session.attempt(lambda: settings.change(desk, name, text or settings.DEFAULT)):
            self.session.refresh()
        self.show_values()

    def restore_defaults(self) -> None:
        """All figures as they were at first."""
        desk = self.session.desk
        back = set_back.way_back(desk, set_back.THRESHOLDS)
        if self.session.attempt(lambda: settings.restore_thresholds(desk)):
            self.session.refresh()
            self.session.messages.good(_("校验阈值已全部恢复默认。"), self.undoing(back))

    def _settings(self) -> tuple[settings.Setting, ...]:
        found = settings.settings(self.session.desk)
        return tuple(setting for setting in found if setting.name.startswith(settings.THRESHOLDS))
