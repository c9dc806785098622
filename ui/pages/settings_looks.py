"""外观: how large the letters of the window are. Remembered for this machine, not in the book."""

from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QWidget

from desktop_app.language import _
from ui.pages.settings_card import SettingsCard
from ui.remembered import TEXT_SIZE
from ui.session import Session
from ui.theme.style import FITS, SIZES, dress


class LooksCard(SettingsCard):
    """A choice counts at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("外观"), _("只管这台电脑上的窗口，不影响纸面，也不记入填报簿。"), parent)
        self.size_choice = QComboBox()
        for percent in SIZES:
            said = f"{percent}%" if percent <= FITS else _("{percent}%（要更大的屏幕）").format(percent=percent)
            self.size_choice.addItem(said, percent)
        form = QFormLayout()
        form.addRow(_("文字大小(&5)"), self.size_choice)
        self.box.addLayout(form)
        self.size_choice.activated.connect(lambda _place: self.choose(self.size_choice.currentData()))

    def show_values(self) -> None:
        """Show what is remembered."""
        known = self.session.remembered.number(TEXT_SIZE, SIZES[0])
        self.size_choice.setCurrentIndex(max(0, self.size_choice.findData(known)))

    def choose(self, percent: int) -> None:
        """Write everything in this size from now on."""
        self.session.remembered.keep(**{TEXT_SIZE: percent})
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dress(application, percent)
