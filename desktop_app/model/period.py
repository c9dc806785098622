"""The month that is reported on."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.errors import UsageError
from desktop_app.language import _


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A report month 报告期 (上月), written YYYY-MM."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read YYYY-MM; raises UsageError for anything else, and for years outside 2000-2100."""
        found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip(), re.ASCII)
        if not found or not 1 <= int(found[2]) <= 12 or not 2000 <= int(found[1]) <= 2100:
            raise UsageError(_("「{text}」不是报告期。").format(text=text), _("请写成 YYYY-MM，例如 2023-03。"))
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def label(self) -> str:
        """2023年3月, as it is printed on paper: Chinese in every language."""
        return f"{self.year}年{self.month}月"

    @property
    def spoken(self) -> str:
        """The same in the language of the screen."""
        return _("{year}年{month}月").format(year=self.year, month=self.month)

    @property
    def next(self) -> "Period":
        """The month after."""
        return Period(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> "Period":
        """The month before."""
        return Period(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return self.next.first_day - timedelta(days=1)
