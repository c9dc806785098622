"""Standard output and standard error, which may be closed, full, or left by their reader."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from desktop_app.errors import WorldError
from desktop_app.language import _
from desktop_app.model.system_words import reason_of


def settle() -> None:
    """Both speak UTF-8; one that is closed swallows what is said, so that it never gets into the other."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as the process
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def give(text: str) -> None:
    """Write an answer to standard output and see that it got there.

    BrokenPipeError where the reader went away; WorldError where it could not be written.
    """
    try:
        print(text)  # noqa: T201
        sys.stdout.flush()
    except OSError as problem:
        _let_go()
        if isinstance(problem, BrokenPipeError):
            raise
        raise WorldError(
            _("结果写不出去：{reason}。").format(reason=reason_of(problem)),
            _("命令已经执行过了；请换一个地方输出，再看一次。"),
        ) from problem


def tell(text: str) -> None:
    """A sentence on standard error; where that cannot be written there is nobody to tell."""
    with suppress(OSError):
        print(text, file=sys.stderr)  # noqa: T201


def _let_go() -> None:
    """Nothing more can be written to standard output: what waits in it must not fail again at exit."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
