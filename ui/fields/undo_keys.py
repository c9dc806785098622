"""Ctrl+Z when a field's own steps are used up: further back goes the journal."""

from PySide6.QtGui import QKeyEvent, QKeySequence


def goes_back(event: QKeyEvent, *, own_steps: bool) -> bool:
    """Whether this key asks for a step that the field itself does not have."""
    return not own_steps and event.matches(QKeySequence.StandardKey.Undo)
