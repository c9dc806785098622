"""A window in a process of its own, as it is started by hand: `_window_process STARTED REST bare|BOOK`.

STARTED is the moment of the start on the monotonic clock, REST how many seconds the window is left alone after its
first paint. Prints what it took, as JSON, and what is loaded of the packages that are slow to load.
"""

import json
import os
import resource
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

HEAVY = (
    "PIL", "aiohttp", "asn1crypto", "babel", "cattrs", "cryptography", "docx", "fontTools", "fsspec", "httpx",
    "jsonschema", "keyring", "lxml", "numpy", "openpyxl", "paramiko", "pikepdf", "pkcs11", "pyhanko",
    "pyhanko_certvalidator", "pypdfium2", "reportlab", "rfc8785", "sqlite_utils", "xlrd",
)  # fmt: skip


class _Watch(QObject):
    """A window is painted inside its expose event; the turn after it is the first in which it can be seen."""

    def __init__(self, started: float, rest: float) -> None:
        super().__init__()
        self._started = started
        self._rest = rest
        self._found: dict[str, object] = {}

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell once."""
        if event.type() == QEvent.Type.Expose and not self._found:
            QTimer.singleShot(0, self._seen)
        return False

    def _seen(self) -> None:
        self._found = {
            "seconds": time.monotonic() - self._started,
            "cpu_seconds": time.process_time(),
            "heavy": [name for name in HEAVY if name in sys.modules],
            "window": _window().metaObject().className(),
        }
        QTimer.singleShot(round(self._rest * 1000), self._tell)

    def _tell(self) -> None:
        pages = int(open("/proc/self/statm").read().split()[1])  # noqa: PTH123, SIM115 - nothing more may be loaded
        self._found["memory_mb"] = pages * resource.getpagesize() / 2**20
        sys.stdout.write(json.dumps(self._found) + "\n")
        sys.stdout.flush()
        os._exit(0)


def _window():
    return next(widget for widget in QApplication.topLevelWidgets() if widget.isVisible())


def main(started: float, rest: float, what: str) -> None:
    """Show the window and watch it; the program's own is started by its command."""
    watch, real = _Watch(started, rest), QApplication.exec

    def watched(*_arguments: object) -> int:
        _window().windowHandle().installEventFilter(watch)
        return real()

    QApplication.exec = watched
    if what == "bare":
        from PySide6.QtWidgets import QLabel, QMainWindow

        application = QApplication([])
        window = QMainWindow()
        window.setCentralWidget(QLabel("月报"))
        window.resize(1280, 720)
        window.show()
        application.exec()
    else:
        from desktop_app.cli.main import main as command

        sys.exit(command(["--book", what, "--today", "2023-04-04"]))


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]), sys.argv[3])
