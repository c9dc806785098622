"""What the style sheet looks at has changed: have it look again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at."""
    widget.setProperty(name, value)
    look_again(widget)


def rename(widget: QWidget, name: str) -> None:
    """Set the object name that the style sheet looks at."""
    if widget.objectName() != name:
        widget.setObjectName(name)
        look_again(widget)


def look_again(widget: QWidget) -> None:
    """Have the style sheet look at a widget anew; one that was never shown is looked at when it is."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
