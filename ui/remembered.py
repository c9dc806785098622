"""What the window remembers between sittings: where it stood, which page, how large the letters. Never in the book."""

import json
import logging
from pathlib import Path

from desktop_app.desk.files import write_file
from desktop_app.errors import ClerkError

log = logging.getLogger("yuebao")
TEXT_SIZE, COLOURS, LANGUAGE = "text_size", "colours", "language"
WIDTHS = "task_list_widths"  # of the task list and the form beside it
LARGEST = 64 * 1024  # bytes; a longer file is not ours


class Remembered:
    """Short texts and numbers by name. A file that is lost, broken or not to be written costs nothing but memory.

    Without a file it lasts as long as the window.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._values = _read(file) if file else {}

    def text(self, name: str) -> str:
        """A text, "" where none is kept."""
        found = self._values.get(name)
        return found if isinstance(found, str) else ""

    def number(self, name: str, otherwise: int) -> int:
        """A whole number."""
        found = self._values.get(name)
        return found if isinstance(found, int) and not isinstance(found, bool) else otherwise

    def keep(self, **values: str | int) -> None:
        """Keep these; what is not named stays."""
        if all(self._values.get(name) == value for name, value in values.items()):
            return
        self._values |= values
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_file(self._file, json.dumps(self._values, ensure_ascii=False, indent=1).encode())
        except (ClerkError, OSError) as problem:
            log.warning("what the window remembers was not kept: %s", problem)


def _read(file: Path) -> dict[str, object]:
    try:
        data = file.read_bytes()
        found = json.loads(data) if len(data) <= LARGEST else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(name): value for name, value in found.items()} if isinstance(found, dict) else {}
