"""Where something is to be written: one question, answered with a name whose ending fits what goes into the file."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

SHEET_OR_PAGES: Mapping[str, str] = {".xlsx": "Excel (*.xlsx)", ".pdf": "PDF (*.pdf)"}


def file_to_write(parent: QWidget, title: str, name: str, kinds: Mapping[str, str]) -> Path | None:
    """Ask for a place, `name` to begin with. `kinds` are endings with their words; None where nothing was chosen.

    A name with none of the endings gets that of the kind that was chosen in the dialog.
    """
    file, chosen = QFileDialog.getSaveFileName(parent, title, name, ";;".join(kinds.values()))
    if not file:
        return None
    path = Path(file)
    wanted = next((ending for ending, words in kinds.items() if words == chosen), next(iter(kinds)))
    return path if path.suffix.lower() in kinds else path.with_name(path.name + wanted)
