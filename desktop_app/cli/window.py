"""Without a command, or with `open`: the window."""

import gc
from argparse import Namespace
from pathlib import Path

from desktop_app.errors import UsageError, WorldError
from desktop_app.language import _


def run(options: Namespace) -> int:
    """Open the window on the book given, the default book, or a first run."""
    if getattr(options, "json", False):
        raise UsageError(_("没有写命令。"), _("--json 要和命令一起用；用 --help 查看命令。"))
    return show(options, sample=options.sample)


def open_file(options: Namespace) -> int:
    """open [FILE]: the window on this book, or what this PDF is. What a desktop runs when a file is opened with us."""
    from desktop_app.desk import seen_file

    if getattr(options, "json", False):
        raise UsageError(_("open 只打开窗口，没有 JSON。"), _("请用 verify 核验，或用 read 读出数据。"))
    file: Path | None = options.file
    if file is not None and seen_file.is_document(file):
        return show(options, sample=False, file=file)
    if file is not None:
        options.book = file
    return show(options, sample=False)


def show(options: Namespace, *, sample: bool, file: Path | None = None) -> int:
    """The window itself; WorldError where the screen's libraries are missing."""
    from importlib import import_module

    gc.disable()  # while all is loaded for the first time nothing is garbage; the window turns it on when it is up
    try:
        # by name, so that the house below ui/ can be built and checked without Qt
        app = import_module("ui.app")
    except ImportError as missing:
        raise WorldError(
            _("窗口打不开：缺少系统组件（{what}）。").format(what=missing),
            _("命令行仍可使用；从源码运行的，packaging/setup 会装上或说出缺什么。"),
        ) from missing
    result: int = app.run(
        getattr(options, "book", None),
        today=getattr(options, "today", None),
        sample=sample,
        language=getattr(options, "lang", None) or "",
        file=file,
    )
    return result
