"""设置: what a unit settles for itself. Everything counts at once and can be changed back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.language import _
from ui.pages.settings_book import BookCard
from ui.pages.settings_calendars import CalendarsCard
from ui.pages.settings_card import SettingsCard
from ui.pages.settings_deadline import DeadlineCard
from ui.pages.settings_fonts import FontsCard
from ui.pages.settings_keys import KeysCard
from ui.pages.settings_looks import LooksCard
from ui.pages.settings_offices import OfficesCard
from ui.pages.settings_people import PeopleCard
from ui.pages.settings_places import PlacesCard
from ui.pages.settings_thresholds import ThresholdsCard
from ui.pages.settings_units import UnitsCard
from ui.session import Session


class SettingsPage(QWidget):
    """Cards in two columns, read from left to right and downwards.

    Nothing is read before the page is shown: keys and the keyring take longer than the first screen may.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.deadline = DeadlineCard(session)
        self.people = PeopleCard(session)
        self.thresholds = ThresholdsCard(session)
        self.calendars = CalendarsCard(session)
        self.units = UnitsCard(session)
        self.book = BookCard(session)
        self.places = PlacesCard(session)
        self.keys = KeysCard(session)
        self.offices = OfficesCard(session)
        self.looks = LooksCard(session)
        self.fonts = FontsCard(session)
        self._lay_out()

    def _lay_out(self) -> None:
        title = QLabel(_("设置"))
        title.setObjectName("title")
        said = QLabel(_("改了就生效，并记入填报簿的日志；已签署的月报不受影响。"))
        said.setObjectName("muted")
        columns = QHBoxLayout()
        columns.setSpacing(12)
        for cards in (
            (self.deadline, self.thresholds, self.looks, self.fonts),
            (self.people, self.book, self.calendars, self.units),
        ):
            column = QVBoxLayout()
            column.setSpacing(12)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            columns.addLayout(column, 1)
        inner = QWidget()
        page = QVBoxLayout(inner)
        page.setContentsMargins(20, 10, 20, 12)
        page.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(title)
        head.addWidget(said, 1, Qt.AlignmentFlag.AlignBottom)
        page.addLayout(head)
        page.addLayout(columns)
        page.addWidget(self.places)
        page.addWidget(self.keys)
        page.addWidget(self.offices)
        page.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    @property
    def cards(self) -> tuple[SettingsCard, ...]:
        """Every section, in the order in which they are read."""
        own = (self.deadline, self.people, self.thresholds, self.calendars, self.units)
        return (*own, self.places, self.keys, self.offices, self.book, self.looks, self.fonts)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return tuple(widget for card in self.cards for widget in card.writers)

    def show_month(self) -> None:
        """Read everything from the book; the example is the month in view."""
        for card in self.cards:
            card.show_values()

    def focus_first(self) -> None:
        """The cursor waits on the first choice."""
        (self.deadline.inclusive if self.deadline.inclusive.isChecked() else self.deadline.strict).setFocus()
