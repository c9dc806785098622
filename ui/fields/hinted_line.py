"""A line to write in that is never too narrow for its own hint."""

from PySide6.QtCore import QSize

from ui.fields.word_line import WordLine

BESIDE = 44  # px that are not words: edges, and the button that clears


class HintedLine(WordLine):
    """As wide as its hint at least, whatever the size of the letters."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the hint."""
        least = super().minimumSizeHint()
        hint = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(max(least.width(), hint + BESIDE), least.height())
