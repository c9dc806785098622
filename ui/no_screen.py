"""Qt ends the process where it finds no screen to draw on; whoever started it gets a sentence first."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from desktop_app.errors import WorldError
from desktop_app.language import _


@contextmanager
def told_of_in_words() -> Iterator[None]:
    """While the application is made: Qt's last word becomes ours, with its first one as the reason, and exit 3."""
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            sys.stderr.write(f"{refusal(said)}\n")
            sys.stderr.flush()
            os._exit(WorldError.exit_code)
        said.append(message)

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
    for message in said:
        sys.stderr.write(f"{message}\n")


def refusal(said: list[str]) -> WorldError:
    """Why there is no window."""
    reason = next((message.strip() for message in said if message.strip()), "Qt")
    return WorldError(
        _("窗口打不开：没有屏幕可用，或缺少系统组件（{what}）。").format(what=reason),
        _("请在桌面里打开；缺少的组件一般是 libxcb-cursor0。命令行不需要屏幕，仍可使用。"),
    )
