"""外观: language and colours of the window, and how large its letters are. Kept on this machine, not in the book."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QWidget

from desktop_app.language import LANGUAGES, _, code
from ui.pages.settings_card import SettingsCard
from ui.remembered import COLOURS, TEXT_SIZE
from ui.session import Session
from ui.theme.style import FITS, SIZES, dress
from ui.theme.wearing import CHOICE_WORDS, Choice, choice_of


class LooksCard(SettingsCard):
    """A choice counts at once; for another language the window has to be made anew."""

    language_chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("外观"), _("只管这台电脑上的窗口，不影响纸面，也不记入填报簿。"), parent)
        self.colours_choice, self.size_choice, self.language_choice = QComboBox(), QComboBox(), QComboBox()
        for short, name in LANGUAGES.items():
            self.language_choice.addItem(name, short)
        for choice, word in CHOICE_WORDS.items():
            self.colours_choice.addItem(_(word), choice.value)
        for percent in SIZES:
            said = f"{percent}%" if percent <= FITS else _("{percent}%（要更大的屏幕）").format(percent=percent)
            self.size_choice.addItem(said, percent)
        form = QFormLayout()
        form.addRow(_("语言 Language(&7)"), self.language_choice)
        form.addRow(_("颜色(&6)"), self.colours_choice)
        form.addRow(_("文字大小(&5)"), self.size_choice)
        self.box.addLayout(form)
        self.language_choice.activated.connect(lambda _place: self.speak(self.language_choice.currentData()))
        self.colours_choice.activated.connect(lambda _place: self.colour(Choice(self.colours_choice.currentData())))
        self.size_choice.activated.connect(lambda _place: self.choose(self.size_choice.currentData()))

    def show_values(self) -> None:
        """Show what is remembered, and the language spoken."""
        self.language_choice.setCurrentIndex(self.language_choice.findData(code()))
        self.colours_choice.setCurrentIndex(self.colours_choice.findData(self._colours.value))
        self.size_choice.setCurrentIndex(max(0, self.size_choice.findData(self._percent)))

    def speak(self, chosen: str) -> None:
        """Another language; the same one again changes nothing."""
        if chosen != code():
            self.language_chosen.emit(chosen)

    def choose(self, percent: int) -> None:
        """Write everything in this size from now on."""
        self.session.remembered.keep(**{TEXT_SIZE: percent})
        self._dress()

    def colour(self, choice: Choice) -> None:
        """Show everything in these colours from now on."""
        self.session.remembered.keep(**{COLOURS: choice.value})
        self._dress()

    @property
    def _percent(self) -> int:
        return self.session.remembered.number(TEXT_SIZE, SIZES[0])

    @property
    def _colours(self) -> Choice:
        return choice_of(self.session.remembered.text(COLOURS))

    def _dress(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dress(application, self._percent, self._colours)
