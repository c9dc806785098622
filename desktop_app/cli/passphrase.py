"""A passphrase from a file, the keyring, or the person; never from an argument."""

import getpass
import sys
from pathlib import Path

from desktop_app.cli import streams
from desktop_app.desk.files import read_file
from desktop_app.errors import ClerkError, UsageError
from desktop_app.language import _
from desktop_app.model.text import is_text


def from_file(path: Path) -> str:
    """The first line of a UTF-8 file, without its end; ClerkError where it is empty."""
    try:
        text = read_file(path, largest=64 * 1024).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ClerkError(_("口令文件 {path} 不是 UTF-8 文本。").format(path=path)) from problem
    line = text.split("\n", 1)[0].rstrip("\r")
    if not line:
        raise ClerkError(_("口令文件 {path} 是空的。").format(path=path), _("请把口令写在第一行。"))
    return line


def given(file: Path | None, remembered: str | None, prompt: str) -> str:
    """The passphrase: --passphrase-file, else the keyring's, else asked for (a line of stdin without a terminal)."""
    if file is not None:
        return from_file(file)
    if remembered is not None:
        return remembered
    if sys.stdin is not None and sys.stdin.isatty():
        answer = getpass.getpass(prompt + " ")
    else:
        streams.tell(prompt)
        answer = sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""
    if not answer:
        raise UsageError(_("需要口令，但没有得到。"), _("可用 --passphrase-file 指定口令文件。"))
    if not is_text(answer):
        raise UsageError(_("输入的口令不是 UTF-8 编码的文字。"), _("请把终端的编码设为 UTF-8 再试。"))
    return answer
