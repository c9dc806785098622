"""A machine on which nothing is but the program: no network, no bus, no keyring, no printer, no fonts.

Run as `python bare_machine.py COMMAND ...` it is the program, which closes its window after a look.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]
TRACED = "socket,connect,bind,sendto,sendmsg,sendmmsg"
WITHOUT_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'


@cache
def may_cut_off() -> bool:
    """Whether this user may start something without any network."""
    return subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0


@dataclass(frozen=True)
class Bare:
    """`home` is all that there is of a user; `folder` is where files may be written."""

    home: Path
    folder: Path

    def run(self, *words: object, script: str | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        """One command, or a script; as an ordinary user whom the rights of files bind, even where root tests."""
        return self._run([], words, script, more)

    def traced(self, log: Path, *words: object, script: str | None = None) -> subprocess.CompletedProcess[str]:
        """The same, and every call to a network in `log`."""
        watch = ["strace", "-f", "--seccomp-bpf", "-e", f"trace={TRACED}", "-o", str(log)]
        return self._run(watch, words, script, {})

    def _run(
        self, watch: list[str], words: tuple[object, ...], script: str | None, more: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        fonts = self.folder / "no-fonts.conf"
        fonts.write_text(WITHOUT_FONTS, encoding="utf-8")
        environment = {
            "HOME": str(self.home),
            "PYTHONPATH": str(TOP),
            "PYTHONDONTWRITEBYTECODE": "1",
            "QT_QPA_PLATFORM": "offscreen",
            "FONTCONFIG_FILE": str(fonts),
            "PATH": str(self.folder / "no-programs"),
            **more,
        }
        cut_off = ["unshare", "-n"] if may_cut_off() else []
        bound = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []
        asked = ["-c", script] if script else [__file__]
        program = [sys.executable, *asked, *map(str, words)]
        clean = ["env", "-i", *(f"{name}={value}" for name, value in environment.items())]
        return subprocess.run(
            [*watch, *cut_off, *bound, *clean, *program],
            cwd=self.folder, capture_output=True, encoding="utf-8", timeout=300, check=False,
        )  # fmt: skip


def reached_out(log: Path) -> list[str]:
    """Calls that make or use a socket of an internet family, to this machine's own addresses too."""
    return re.findall(r"^.*AF_INET6?\b.*$", log.read_text("utf-8", "replace"), re.M)


def _look_and_close() -> None:
    """Say which window is up and whether it draws Chinese, then leave as a clerk does."""
    from PySide6.QtGui import QFontInfo, QFontMetrics
    from PySide6.QtWidgets import QApplication

    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            drawn = all(QFontMetrics(window.font()).inFontUcs4(ord(letter)) for letter in "月报污染防治")
            family = QFontInfo(window.font()).family()
            sys.stdout.write(f"{type(window).__name__} {family} {'chinese' if drawn else 'boxes'}\n")
    QApplication.closeAllWindows()
    QApplication.quit()


def look() -> None:
    """From now on a window is looked at after a second, and closed."""
    from PySide6.QtCore import QTimer

    from ui import app

    made = app.make_application

    def make(*given: Any, **named: Any) -> Any:
        application = made(*given, **named)
        QTimer.singleShot(1000, _look_and_close)
        return application

    app.make_application = make


def main() -> int:
    """The program."""
    from desktop_app.cli.main import main as program

    if "open" in sys.argv:
        look()
    return program(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
